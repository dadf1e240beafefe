"""The workforce workbook as published: organisations add up to England, and growth is what it prints."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import workforce
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot
from data_sources.tables import read_sheet

pytestmark = pytest.mark.published

NAME = "NHS Workforce Statistics, May 2025 England and Organisation.xlsx"


@pytest.fixture(scope="module")
def path(published: Path) -> Path:
    return published / "published" / "workforce" / NAME


@pytest.fixture(scope="module")
def parsed(path: Path) -> Parsed:
    publication = recognise(path, NAME)
    assert publication is not None
    assert publication.SOURCE.id == "workforce"
    return workforce.parse(Snapshot("s", "workforce", path, NAME, "", 0))


@pytest.fixture(scope="module")
def staff(parsed: Parsed) -> pd.DataFrame:
    """Staff as numbers, one row per month and one column per organisation, England among them."""
    figures = parsed.tables["figures"].assign(
        value=lambda frame: pd.to_numeric(frame["value"]),
    )
    return figures.pivot_table("value", "period_start", "org_code", aggfunc="first")


def test_months_and_organisations(parsed, staff):
    assert (str(parsed.period_start), str(parsed.period_end)) == ("2009-09-01", "2025-06-01")
    levels = parsed.tables["figures"].groupby("level").size().to_dict()
    assert levels == {"england": 189, "provider": 69_679}
    assert staff.shape == (189, 704)
    assert staff.drop(columns="ENG").notna().sum(axis=1).iloc[[0, -1]].to_list() == [389, 247]


def test_organisations_add_up_to_england_in_every_month(staff):
    added = staff.drop(columns="ENG").sum(axis=1)
    assert (added - staff["ENG"]).abs().max() < 0.000_01


def test_without_the_split_organisation_england_is_missed_until_june_2020(staff):
    split = staff["RYK-X"].dropna()
    assert (split.index.min(), split.index.max()) == ("2009-09-01", "2020-05-01")
    assert split.iloc[-1] == 1275.85335
    assert set(staff["RYK"].dropna().index) == {
        month for month in staff.index if "2020-09" < month < "2024-10"
    }


def test_england_is_that_of_the_other_tables(path, staff):
    by_group = read_sheet(path, "3. NHSE, Org & SG - FTE")
    assert (by_group.cell(5, 1), by_group.cell(6, 7)) == ("May 2025 monthly data", "Total")
    assert float(by_group.cell(8, 7)) == staff["ENG"].iloc[-1] == 1373862.75008
    last = {
        by_group.cell(row, 6): float(by_group.cell(row, 7))
        for row in range(9, len(by_group.rows) + 1)
        if by_group.cell(row, 6)
    }
    assert last == staff.iloc[-1].drop("ENG").dropna().to_dict()


def test_growth_of_england_is_the_printed_one(path, staff):
    front = read_sheet(path, "1. England")
    row = next(
        row
        for row in range(1, len(front.rows) + 1)
        if front.cell(row, 2) == "Total" and float(front.cell(row, 3)) < 1_100_000
    )
    england = staff["ENG"]
    assert float(front.cell(row, 3)) == england.iloc[0]
    printed = float(front.cell(row, len(front.rows[row - 1])))
    assert england.iloc[-1] / england.iloc[-13] - 1 == pytest.approx(printed, abs=1e-9)
    assert printed == pytest.approx(0.021_561, abs=1e-6)


def test_merged_trusts_leave_in_the_month_of_their_merger(staff):
    last = {code: staff[code].last_valid_index() for code in ("R1C", "RYK", "RAP", "TAF", "RRP")}
    assert last == {
        "R1C": "2024-09-01",
        "RYK": "2024-09-01",
        "RAP": "2024-12-01",
        "TAF": "2024-10-01",
        "RRP": "2024-10-01",
    }
    assert staff["G6V2S"].first_valid_index() == "2024-11-01"
