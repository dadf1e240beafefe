"""The statistics of segment dynamics against the reference results shared with other teams (R, published).

The folder `gold` lies beside the folder of published files; each check has its tolerance in its manifest.
Cox models are the library's own: checked so that whoever needs one knows that statsmodels may be trusted.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from indicators.stats.competing import aalen_johansen
from indicators.stats.steps import read_steps
from indicators.stats.survival import kaplan_meier, restricted_mean
from indicators.stats.transitions import count_transitions, k_step

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def tolerance(gold: Path) -> dict[str, dict[str, float]]:
    checks = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    return {check["id"]: check["tolerance"] for check in checks}


@pytest.fixture(scope="module")
def expected(gold: Path) -> dict[str, Any]:
    return json.loads((gold / "survival" / "survival_expected.json").read_text(encoding="utf-8"))


def read(gold: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(gold / "survival" / f"{name}.csv")


def from_start(stop: pd.Series, event: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"entry": 0.0, "stop": stop, "event": event})


def known(values: list[float | None]) -> list[float]:
    return [math.nan if value is None else value for value in values]


def test_kaplan_meier_of_aml_by_arm(gold, expected, tolerance):
    near = tolerance["surv.aml"]["abs"]
    given = expected["km_aml"]
    arms = read(gold, "aml").groupby("x")
    for kind, low, high in (("log", "lower", "upper"), ("loglog", "loglog_lower", "loglog_upper")):
        curves = {
            f"x={arm}": kaplan_meier(from_start(r["time"], r["status"]), ci=kind) for arm, r in arms
        }
        table = pd.concat([curve.table for curve in curves.values()])
        assert table["time"].tolist() == given["time"]
        assert table["at_risk"].tolist() == given["n_risk"]
        columns = {"survival": "surv", "se": "se", "ci_low": low, "ci_high": high}
        for ours, theirs in columns.items():
            assert table[ours].tolist() == pytest.approx(
                known(given[theirs]), abs=near, nan_ok=True
            )
        assert {arm: curve.median.estimate for arm, curve in curves.items()} == given["median"]


def test_median_and_restricted_mean_of_lung(gold, expected):
    lung = read(gold, "lung")
    curve = kaplan_meier(from_start(lung["time"], (lung["status"] == 2).astype(int)), ci="log")
    given = expected["km_lung"]
    median = curve.median
    found = (median.estimate, median.ci_low, median.ci_high)
    assert found == (given["median"], given["lo"], given["hi"])
    mean = restricted_mean(curve, 365)
    assert (mean.estimate, mean.se) == pytest.approx((given["rmst365"], given["rmst365_se"]))


def test_aalen_johansen_of_mgus2(gold, expected, tolerance):
    near = tolerance["surv.mgus2"]["abs"]
    given, cuminc = expected["aj_mgus2"], expected["cuminc_mgus2"]
    rows = read(gold, "mgus2_compete")
    found = aalen_johansen(from_start(rows["etime"], rows["event"]))
    for cause in (1, 2):
        of_cause = found[found["cause"] == cause]
        read_off = read_steps(
            of_cause, given["times"], {"probability": 0.0, "se": 0.0}, rows["etime"].max()
        )
        probability, se = read_off["probability"].to_numpy(), read_off["se"].to_numpy()
        assert probability == pytest.approx(np.array(given["pstate"])[:, cause], abs=near)
        assert se == pytest.approx(np.array(given["se"])[:, cause], abs=near)
        assert probability == pytest.approx(np.array(cuminc["est"][cause - 1]), abs=near)
        # cmprsk has another variance, which leaves ours where few are at risk: the last, at 360 months.
        theirs = np.sqrt(np.array(cuminc["var"][cause - 1]))
        assert se[:-1] == pytest.approx(theirs[:-1], rel=0.005)


def test_quarterly_transitions(gold, expected, tolerance):
    near = tolerance["surv.transition"]["abs"]
    names = {"id": "unit", "q": "period", "segment": "state"}
    found = count_transitions(read(gold, "segment_panel").rename(columns=names))
    given = expected["transition"]
    assert found.counts.to_numpy().tolist() == given["counts"]
    assert found.probabilities.to_numpy() == pytest.approx(np.array(given["p1"]), abs=near)
    four = k_step(found.probabilities, 4)
    assert four.to_numpy() == pytest.approx(np.array(given["p4"]), abs=near)


def test_the_library_s_log_rank_test(gold, expected, tolerance):
    aml = read(gold, "aml")
    statistic, _ = survdiff(aml["time"], aml["status"], aml["x"])
    near = tolerance["surv.aml"]["abs"]
    assert statistic == pytest.approx(expected["logrank_aml"]["chisq"], abs=near)


def same_cox(fit: Any, given: dict[str, Any], near: float) -> None:
    assert fit.params == pytest.approx(list(given["coef"].values()), abs=near)
    assert fit.bse == pytest.approx(list(given["se"].values()), abs=near)
    assert fit.llf == pytest.approx(given["loglik"][1], abs=near)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_the_library_s_cox_model_of_lung(gold, expected, tolerance, ties):
    lung = read(gold, "lung").dropna(subset=["age", "sex", "ph.ecog"])
    fit = PHReg(lung["time"], lung[["age", "sex", "ph.ecog"]], lung["status"] == 2, ties=ties).fit()
    same_cox(fit, expected[f"cox_lung_{ties}"], tolerance["surv.lung"]["coef_abs"])


def test_the_library_s_cox_model_with_delayed_entry(gold, expected, tolerance):
    """PHReg counts who enters at an event time as at risk of it; a moment later is (entry, stop] as in R."""
    heart = read(gold, "heart")
    covariates = heart[["age", "surgery", "transplant"]]
    entry = heart["start"] + 1e-6
    fit = PHReg(heart["stop"], covariates, heart["event"], entry=entry, ties="efron").fit()
    same_cox(fit, expected["cox_heart_start_stop"], tolerance["surv.heart"]["coef_abs"])
