"""How often intervals of interrupted time series hold the truth: the table, a new simulation, the page."""

import numpy as np
import pandas as pd
import pytest

from bench.its import (
    CLOSELY,
    EFFECTS,
    SERIES,
    SETTINGS,
    TABLE,
    WITH_ARIMA,
    simulate,
    tables,
)
from settings import ROOT

PAGE = ROOT / "docs" / "methods" / "interrupted_time_series.md"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(TABLE)


@pytest.fixture(scope="module")
def default(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["method"] == "reml_ar1"]
    return rows.assign(held=rows["held"] / rows["series"])


def test_the_table_is_whole(table: pd.DataFrame) -> None:
    assert set(zip(table["n"], table["phi"], strict=True)) == set(SETTINGS)
    everywhere = 6 * len(SETTINGS) * len(EFFECTS)
    assert len(table) == everywhere + len(WITH_ARIMA) * len(EFFECTS)
    default = table[table["method"] == "reml_ar1"]
    made = [CLOSELY.get(each, SERIES) for each in zip(default["n"], default["phi"], strict=True)]
    assert default["series"].to_list() == made
    assert not table.duplicated(["n", "phi", "method", "effect"]).any()


def test_the_default_holds_the_truth_about_as_often_as_it_says(default: pd.DataFrame) -> None:
    """From 24 points on and errors up to 0.6 alike: within 0.93 and 0.97, to two digits."""
    rows = default[(default["n"] >= 24) & (default["phi"] <= 0.6)]
    assert len(rows) == 54
    assert rows["held"].round(2).between(0.93, 0.97).all()
    low = rows[rows["held"] < 0.93]
    assert low[["n", "phi", "effect", "series"]].to_numpy().tolist() == [
        [24, 0.6, "level", 200_000]
    ]
    assert low["held"].to_numpy() == pytest.approx([0.9284], abs=5e-5)


def test_no_other_estimator_holds_it_as_often_when_errors_are_alike(table: pd.DataFrame) -> None:
    held = table.assign(held=table["held"] / table["series"])
    alike = held[(held["phi"] >= 0.4) & (held["n"] >= 24)]
    by_method = alike.groupby("method")["held"].mean().drop("arima_1_0_0")
    assert by_method.idxmax() == "reml_ar1"
    assert by_method["ols"] < 0.85
    assert by_method["newey_west"] < 0.85


@pytest.mark.parametrize(("n", "phi"), [(24, 0.6), (48, 0.2)])
def test_another_simulation_gives_the_same_shares(table: pd.DataFrame, n: int, phi: float) -> None:
    """Four standard errors of the difference; 1,500 series by the default, 1,000 by the others."""
    keys = ["method", "effect"]
    found = simulate(n, phi, 1_500, seed=99).set_index(keys)
    kept = table[(table["n"] == n) & (table["phi"] == phi)].set_index(keys).loc[found.index]
    share = kept["held"] / kept["series"]
    error = np.sqrt(share * (1 - share) * (1 / kept["series"] + 1 / found["series"]))
    assert ((found["held"] / found["series"] - share).abs() < 4 * error).all()
    assert found["half_width"].to_numpy() == pytest.approx(kept["half_width"], rel=0.15)


def test_the_methods_page_prints_what_was_measured(table: pd.DataFrame) -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in tables(table) if row not in page] == []
