"""Reliability against the reference results shared with other teams (R, lme4)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.stats.reliability import spearman_brown
from indicators.stats.variance_components import components_of

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def expected(gold: Path) -> dict[str, Any]:
    return json.loads((gold / "screen" / "screen_expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def close(gold: Path) -> float:
    checks = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    return next(c["tolerance"]["rel"] for c in checks if c["id"] == "screen.reliability")


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
