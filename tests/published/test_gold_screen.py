"""The screen against the reference results shared with other teams (R: lme4, survival, base)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.stats.reliability import spearman_brown
from indicators.stats.screen.redundancy import redundancy
from indicators.stats.screen.responsiveness import standardised_response
from indicators.stats.variance_components import components_of

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def expected(gold: Path) -> dict[str, Any]:
    return json.loads((gold / "screen" / "screen_expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tolerance(gold: Path) -> dict[str, dict[str, float]]:
    checks = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    return {check["id"]: check["tolerance"] for check in checks}


@pytest.fixture(scope="module")
def close(tolerance: dict[str, dict[str, float]]) -> float:
    return tolerance["screen.reliability"]["rel"]


@pytest.fixture(scope="module")
def panel(gold: Path) -> pd.DataFrame:
    return pd.read_csv(gold / "screen" / "indicator_panel.csv")


def test_variances_without_periods_and_reliability_of_means(
    panel: pd.DataFrame, expected: dict[str, Any], close: float
) -> None:
    unit, value = panel["org"].to_numpy(), panel["y"].to_numpy()
    found, given = components_of(unit, np.zeros(len(unit), int), value), expected["icc_reml"]
    assert found.between == pytest.approx(given["var_between"], rel=close)
    assert found.within == pytest.approx(given["var_within"], rel=close)
    assert found.icc == pytest.approx(given["icc"], rel=close)
    assert found.icc == pytest.approx(expected["icc_anova"]["icc1"], rel=close)
    assert spearman_brown(found.icc, 4) == pytest.approx(given["sb4"], rel=close)
    assert spearman_brown(found.icc, 12) == pytest.approx(given["sb12"], rel=close)
    periods = expected["icc_anova"]["k"]
    assert spearman_brown(found.icc, periods) == pytest.approx(
        expected["icc_anova"]["icc1k"], rel=close
    )


def test_variances_with_period_means_taken_out(
    panel: pd.DataFrame, expected: dict[str, Any], close: float
) -> None:
    found = components_of(*(panel[name].to_numpy() for name in ("org", "q", "y")))
    given = expected["icc_reml_timefe"]
    assert found.between == pytest.approx(given["var_between"], rel=close)
    assert found.within == pytest.approx(given["var_within"], rel=close)
    assert found.icc == pytest.approx(given["icc"], rel=close)


def test_standardised_response_mean(
    gold: Path, expected: dict[str, Any], tolerance: dict[str, dict[str, float]]
) -> None:
    pairs = pd.read_csv(gold / "screen" / "event_pairs.csv")
    found = standardised_response((pairs["post"] - pairs["pre"]).to_numpy())
    assert found is not None
    assert found.value == pytest.approx(expected["srm"]["srm"], abs=tolerance["screen.srm"]["abs"])


def test_clusters_of_indicators(
    gold: Path, expected: dict[str, Any], tolerance: dict[str, dict[str, float]]
) -> None:
    close, given = tolerance["screen.clusters"]["abs"], expected["clusters"]
    matrix = pd.read_csv(gold / "screen" / "indicator_matrix.csv").drop(columns="org")
    found = redundancy(matrix.to_numpy())
    assert found.rank_correlation == pytest.approx(np.array(given["spearman"]), abs=close)
    assert found.heights == pytest.approx(np.array(given["merge_height"]), abs=close)
    assert found.cluster.tolist() == [given["cut03"][name] for name in matrix.columns]
