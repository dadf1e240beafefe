"""Funnels, pooled effects, Wilson intervals and adjusted probabilities against the shared reference results.

What comes from where stands in the manifest beside them: base R, FunnelPlotR, metafor, published examples.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from indicators.analyses.running import analyse_files
from indicators.stats.funnel import adjusted_z, dispersion_of, proportions
from indicators.stats.funnel_limits import Funnel, exact_limits, flags_of, normal_limits
from indicators.stats.meta import pool
from indicators.stats.multiple import adjusted
from indicators.stats.proportions import wilson

pytestmark = pytest.mark.published


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def funnels(gold: Path) -> dict[str, Any]:
    return read_json(gold / "funnel" / "funnel_expected.json")


@pytest.fixture(scope="module")
def trusts(gold: Path) -> tuple[np.ndarray, np.ndarray]:
    rows = pd.read_csv(gold / "funnel" / "funnel_trusts.csv")
    return rows["num"].to_numpy(dtype=float), rows["den"].to_numpy(dtype=float)


@pytest.mark.parametrize("transform", ["arcsine", "score"])
def test_z_and_overdispersion(funnels, trusts, transform) -> None:
    given = funnels[f"proportion_{transform}"]
    sizes = proportions(*trusts, transform)
    found = dispersion_of(sizes)
    assert Funnel(sizes, found).target == pytest.approx(given["p0"], rel=1e-8)
    assert found.phi == pytest.approx(given["phi_wins"], rel=1e-8)
    assert found.tau2 == pytest.approx(given["tau2"], rel=1e-8)
    assert sizes.z.tolist() == pytest.approx(given["z"], rel=1e-8)
    assert adjusted_z(sizes, found).tolist() == pytest.approx(given["z_add"], rel=1e-8)
    multiplied = adjusted_z(sizes, found, "multiplicative").tolist()
    assert multiplied == pytest.approx(given["z_mult"], rel=1e-8)


def test_funnel_limits_and_flags(funnels, trusts) -> None:
    given, exact = funnels["proportion_arcsine"], funnels["exact_binomial_limits"]
    sizes = proportions(*trusts)
    found = dispersion_of(sizes)
    for how, ending in (("none", "unadj"), ("additive", "add"), ("multiplicative", "mult")):
        funnel = Funnel(sizes, found, how)  # type: ignore[arg-type]
        assert (np.flatnonzero(flags_of(funnel)) + 1).tolist() == given[f"flag_{ending}_998"]
    for how, start in (("none", "unadj"), ("additive", "od")):
        limits = normal_limits(Funnel(sizes, found, how), np.array([3000.0])).iloc[0]  # type: ignore[arg-type]
        for name in ("95", "998"):
            pair = [limits[f"lower_{name}"], limits[f"upper_{name}"]]
            assert pair == pytest.approx(given["limits_at_n3000"][start + name], rel=1e-8)
    at = exact_limits(Funnel(sizes, found), np.array(exact["n"], dtype=float))
    for ours, theirs in {"lower_95": "l95", "upper_95": "u95"}.items():
        assert at[ours].tolist() == pytest.approx(exact[theirs], rel=1e-8)
    for ours, theirs in {"lower_998": "l998", "upper_998": "u998"}.items():
        assert at[ours].tolist() == pytest.approx(exact[theirs], rel=1e-8)


def test_scores_drawn_in_and_as_they_are(funnels, trusts) -> None:
    for transform in ("arcsine", "score"):
        given = funnels[f"proportion_{transform}"]
        z = proportions(*trusts, transform).z
        assert (z**2).mean() == pytest.approx(given["phi_raw"], rel=1e-8)
        drawn_in = np.clip(z, *np.quantile(z, [0.1, 0.9]))
        assert drawn_in.tolist() == pytest.approx(given["z_wins"], rel=1e-8)


def run(folder: Path, rows: pd.DataFrame, **spec: Any) -> dict[str, Any]:
    rows.to_csv(folder / "rows.csv", index=False)
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    return analyse_files(folder / "spec.json", folder / "rows.csv")


@pytest.mark.parametrize(
    ("how", "ending"), [("none", "unadj"), ("additive", "add"), ("multiplicative", "mult")]
)
def test_the_command_gives_the_funnel(
    gold: Path, funnels: dict[str, Any], tmp_path: Path, how: str, ending: str
) -> None:
    given = funnels["proportion_arcsine"]
    names = {"org": "unit", "num": "numerator", "den": "denominator"}
    rows = pd.read_csv(gold / "funnel" / "funnel_trusts.csv").rename(columns=names)
    result = run(tmp_path, rows, analysis="funnel", overdispersion=how)
    flagged = [n for n, unit in enumerate(result["units"], 1) if unit["flag"] is not None]
    assert flagged == given[f"flag_{ending}_998"]
    assert result["phi"] == pytest.approx(given["phi_wins"], rel=1e-8)
    assert [unit["z"] for unit in result["units"]] == pytest.approx(given["z"], rel=1e-8)


POOLED = {
    "bcg_DL": {"method": "DL"},
    "bcg_REML": {"method": "REML"},
    "bcg_PM": {"method": "PM"},
    "bcg_DL_knha": {"method": "DL", "knapp_hartung": True},
}
OURS = {
    "b": "estimate",
    "se": "se",
    "tau2": "tau2",
    "QE": "q",
    "I2": "i2",
    "lo": "ci_low",
    "hi": "ci_high",
}


@pytest.mark.parametrize("name", POOLED)
def test_the_bcg_trials_pooled(
    gold: Path, funnels: dict[str, Any], tmp_path: Path, name: str
) -> None:
    """metafor looks for tau² by REML to about 1e-6, and by PM to an absolute 1.2e-4 only: see below."""
    given, rel = funnels[name], {"DL": 1e-8, "REML": 1e-5, "PM": 1e-4}[POOLED[name]["method"]]
    rows = pd.read_csv(gold / "funnel" / "bcg_yivi.csv")
    found = pool(rows["yi"].to_numpy(), rows["vi"].to_numpy(), **POOLED[name])  # type: ignore[arg-type]
    renamed = rows.set_axis(["effect", "variance"], axis=1).assign(unit=range(len(rows)))
    result = run(tmp_path, renamed, analysis="meta", **POOLED[name])
    for theirs, ours in OURS.items():
        if theirs in given:
            assert getattr(found, ours) == pytest.approx(given[theirs], rel=rel), theirs
            assert result[ours] == getattr(found, ours)
    if "pi" in given:
        found_pi = [result["prediction_low"], result["prediction_high"]]
        assert found_pi == pytest.approx(given["pi"], rel=1e-8)


def test_metafors_paule_mandel_is_ours_stopped_early(gold: Path, funnels: dict[str, Any]) -> None:
    """Its root of spread = 12, looked for in (0, 100) with R's usual tolerance, leaves 11.9993; ours 12."""
    rows = pd.read_csv(gold / "funnel" / "bcg_yivi.csv")
    effect, variance = rows["yi"].to_numpy(), rows["vi"].to_numpy()

    def excess(tau2: float) -> float:
        weight = 1 / (variance + tau2)
        mean = (weight * effect).sum() / weight.sum()
        return float((weight * (effect - mean) ** 2).sum()) - 12

    early = optimize.brentq(excess, 0, 100, xtol=np.finfo(float).eps ** 0.25)
    assert early == pytest.approx(funnels["bcg_PM"]["tau2"], rel=1e-8)
    assert excess(early) == pytest.approx(-0.0007, abs=1e-5)
    assert excess(pool(effect, variance, "PM").tau2) == pytest.approx(0, abs=1e-9)


def test_wilson_intervals(funnels: dict[str, Any]) -> None:
    given = funnels["wilson"]
    low, high = wilson(given["x"], given["n"])
    assert low.tolist() == pytest.approx(given["lo"], abs=1e-10)
    assert high.tolist() == pytest.approx(given["hi"], abs=1e-10)


def test_adjusted_probabilities(funnels: dict[str, Any]) -> None:
    given = funnels["bh"]
    p = np.array(given["p"])
    for method in ("bh", "by", "holm"):
        assert adjusted(p, method).tolist() == pytest.approx(given[method], abs=1e-10)
    assert (adjusted(p) <= 0.05).sum() == given["n_reject_05"]
