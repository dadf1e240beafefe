"""`controlled_its` on the shared controlled series, through Python and through the command.

The shared results have no numbers for it (no check of the manifest, nothing in `its_expected.json`), so that
its tolerances for REML are kept against two references: the single-series analysis of the difference made
here, and REML from whole matrices for the stacked model (tests/stats/test_its_controlled.py), whose numbers
are written below. A random level for every unit in place of a fixed one gives 2.15952 and 0.284147 with
standard errors 1.04931 and 0.076902; no level of their own at all gives 2.42809 and 0.276212 with 1.20139 and
0.097094, which takes what sets units apart for error.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.published.test_gold_its_analysis import Run, run

__all__ = ["run"]
pytestmark = pytest.mark.published
ENTRY = 37
ABSOLUTE, RELATIVE = 1e-5, 1e-4


@pytest.fixture(scope="module")
def rows(gold: Path) -> pd.DataFrame:
    given = pd.read_csv(gold / "its" / "cits.csv")
    return given.rename(columns={"t": "period", "y": "value"})[
        ["unit", "treated", "period", "value"]
    ]


def terms(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["term"]: one for one in result["coefficients"]}


@pytest.mark.parametrize("method", ["reml_ar1", "ols", "newey_west", "prais_winsten"])
def test_the_difference_is_the_analysis_of_one_series(
    run: Run, rows: pd.DataFrame, method: str
) -> None:
    wide = rows.pivot_table(index="period", columns="unit", values="value")
    gap = wide["U0"] - wide.drop(columns="U0").mean(axis=1)
    asked = {"interruptions": [ENTRY], "method": method, "covid": "none", "family": "gaussian"}
    single = run({"analysis": "its"} | asked, gap.rename("value").reset_index())
    found = run({"analysis": "controlled_its"} | asked, rows)
    assert list(terms(found)) == ["intercept", "time", "level_1", "slope_1"]
    for term, own in terms(single).items():
        ours = terms(found)[term]
        assert ours["estimate"] == pytest.approx(own["estimate"], abs=ABSOLUTE)
        assert ours["se"] == pytest.approx(own["se"], rel=RELATIVE)
        assert ours["df"] == pytest.approx(own["df"], abs=2e-3)
    assert [one["unit"] for one in found["comparators"]] == ["U1", "U2", "U3", "U4", "U5"]
    assert {test["p"] for test in found["placebo_in_space"]["tests"]} == {1 / 6}


def test_the_stacked_model(run: Run, rows: pd.DataFrame) -> None:
    found = run({"analysis": "controlled_its", "interruptions": [ENTRY], "form": "stacked"}, rows)
    assert found["n"] == 360
    assert found["phi"] == pytest.approx(0.4770667, abs=RELATIVE)
    assert found["sigma"] == pytest.approx(1.3386704, rel=RELATIVE)
    held = {"treated:level_1": (2.1596080, 1.0493487), "treated:slope_1": (0.2841441, 0.0769068)}
    for term, (estimate, error) in held.items():
        assert terms(found)[term]["estimate"] == pytest.approx(estimate, abs=ABSOLUTE)
        assert terms(found)[term]["se"] == pytest.approx(error, rel=RELATIVE)
    first = next(one for one in found["effects"] if one["horizon"] == 0)
    assert first["estimate"] == pytest.approx(2.1596080, abs=ABSOLUTE)
