"""Minimum detectable effects against the reference results shared with other teams (base R)."""

import json
from pathlib import Path

import numpy as np
import pytest

from indicators.stats.its.power import Errors, Plan, detectable, known_error, known_power

pytestmark = pytest.mark.published

CONTRASTS = {
    "level": [0, 0, 1, 0],
    "slope": [0, 0, 0, 1],
    "k6": [0, 0, 1, 6],
    "k12": [0, 0, 1, 12],
}


def test_the_closed_form_is_that_of_base_r(gold: Path) -> None:
    """Correlation known, errors of SD 1: standard errors, detectable effects, power at a change of 1."""
    checks = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    near = next(c["tolerance"]["rel"] for c in checks if c["id"] == "power.gls")
    rows = json.loads((gold / "power" / "power_expected.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) > 20
    for row in rows:
        time = np.arange(1, row["n_pre"] + row["n_post"] + 1)
        after = (time > row["n_pre"]).astype(float)
        x = np.column_stack([np.ones(len(time)), time, after, (time - row["n_pre"] - 1) * after])
        se = {
            name: known_error(Plan(x, time, np.array(contrast, dtype=float)), Errors(row["rho"]))
            for name, contrast in CONTRASTS.items()
        }
        assert se == pytest.approx({name: row[name] for name in CONTRASTS}, rel=near)
        assert detectable(se["level"]) == pytest.approx(row["mde80_level"], rel=near)
        assert detectable(se["k12"]) == pytest.approx(row["mde80_k12"], rel=near)
        assert known_power(1, se["level"]) == pytest.approx(row["power_level1"], rel=near)
