"""How often pooled intervals hold the truth: the committed table, the page that shows it, and a small run."""

import re

import pandas as pd
import pytest

from bench import pooled_effects as bench
from settings import ROOT

SHOWN = (
    *("entrants", "controls", "differ", "covers", "shared_covers", "bin_covers", "band_covers"),
    *("year_covers", "leads_rejected", "chance_rejected"),
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(bench.TABLE)


def test_the_table_is_of_every_setting(table: pd.DataFrame) -> None:
    assert len(table) == 16
    assert (table["runs"] == bench.RUNS).all()
    assert (table["studies"] == bench.STUDIES).all()


def test_intervals_hold_the_truth_where_dates_are_spread(table: pd.DataFrame) -> None:
    """METHODS 4.2: .937 to .955 in all eight settings; ours lie within three standard errors of that."""
    spread = table[table["dates"] == "spread"]
    assert spread["covers"].between(0.92, 0.975).all()
    assert spread["estimate"].abs().max() < 0.04


def test_shared_controls_mend_what_one_date_breaks(table: pd.DataFrame) -> None:
    same = table[table["dates"] == "same"]
    assert same["covers"].min() < 0.9
    assert same["shared_covers"].between(0.92, 0.985).all()


def test_the_event_study_holds_the_truth_too(table: pd.DataFrame) -> None:
    assert table["bin_covers"].between(0.92, 0.985).all()
    assert table["band_covers"].min() > 0.91
    assert table["year_covers"].between(0.92, 0.985).all()
    assert table["leads_rejected"].dropna().max() < 0.09


def test_chance_rejects_one_in_twenty_where_nobody_was_affected(table: pd.DataFrame) -> None:
    assert table.loc[table["differ"] == 0, "chance_rejected"].between(0.02, 0.09).all()
    assert table.loc[table["differ"] == 1, "chance_rejected"].min() > 0.15


def test_a_small_run_agrees(table: pd.DataFrame) -> None:
    found = bench.simulate(runs=40, studies=2)
    assert found["covers"].mean() == pytest.approx(table["covers"].mean(), abs=0.04)
    assert found["shared_covers"].mean() == pytest.approx(table["shared_covers"].mean(), abs=0.04)


def test_the_page_shows_the_committed_table(table: pd.DataFrame) -> None:
    page = (ROOT / "docs" / "methods" / "pooled_evidence.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (spread|same) \| (.*) \|$", page, flags=re.MULTILINE)
    assert [dates for dates, _ in rows] == list(table["dates"])
    for (_, cells), kept in zip(rows, table[list(SHOWN)].itertuples(index=False), strict=True):
        shown = [float("nan") if cell == "–" else float(cell) for cell in cells.split(" | ")]
        assert shown == pytest.approx(list(kept), abs=0.00501, nan_ok=True)
