"""Community waiting lists as published: all four months are read, add up, and meet the national overview."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import community_waits
from data_sources.source import Parsed, Snapshot
from data_sources.tables import read_sheet

pytestmark = pytest.mark.published

MEASURES = ["waiting", "waiting_by_weeks", "waiting_over_52_weeks"]
ENGLAND = {
    date(2024, 8, 1): [1099310, 1091437, 53808],
    date(2024, 12, 1): [1041194, 1036603, 57897],
    date(2025, 3, 1): [1088853, 1084613, 77700],
    date(2025, 7, 1): [1192179, 1189588, 89507],
}
PROVIDERS = {
    date(2024, 8, 1): 149,
    date(2024, 12, 1): 145,
    date(2025, 3, 1): 142,
    date(2025, 7, 1): 144,
}
WITHOUT_RETURNS = {
    date(2024, 8, 1): {"QHG"},
    date(2024, 12, 1): {"QHG"},
    date(2025, 3, 1): {"QHG"},
    date(2025, 7, 1): {"QHG", "QOX"},
}
"""Systems without a figure: all cells blank. Every provider with a row sent something."""
ENGLAND_ONLY = ("(A) Adult safeguarding", "(CYP) Looked after children teams", "(CYP) Safeguarding")


@pytest.fixture(scope="module")
def paths(published: Path) -> list[Path]:
    return sorted((published / "published" / "community_waits").glob("*.xlsx"))


@pytest.fixture(scope="module")
def months(paths: list[Path]) -> dict[date | None, Parsed]:
    assert len(paths) == 4
    files = [parsed(path) for path in paths]
    return {file.period_start: file for file in files}


def parsed(path: Path) -> Parsed:
    assert community_waits.recognises(path, path.name), path.name
    return community_waits.parse(Snapshot("s", "community_waits", path, path.name, "", 0))


def counts(file: Parsed, level: str) -> pd.DataFrame:
    """One row per organisation and one column per measure; a blank is missing."""
    figures = file.tables["figures"]
    rows = figures[figures["level"] == level]
    wide = rows.pivot_table("value", "org_code", "measure", aggfunc="first")[MEASURES]
    return wide.apply(pd.to_numeric)


@pytest.mark.parametrize("month", ENGLAND)
def test_england_and_what_adds_up_to_it(months, month):
    file = months[month]
    assert counts(file, "england").loc["ENG"].to_list() == ENGLAND[month]
    for level in ("provider", "system", "region"):
        assert counts(file, level).sum().to_list() == ENGLAND[month]
    assert len(counts(file, "provider")) == PROVIDERS[month]
    assert len(counts(file, "region")) == 7
    assert len(counts(file, "system")) == 42


@pytest.mark.parametrize("month", WITHOUT_RETURNS)
def test_blank_systems_are_missing_and_not_zero(months, month):
    systems = counts(months[month], "system")
    assert set(systems[systems["waiting"].isna()].index) == WITHOUT_RETURNS[month]
    assert systems.isna().any(axis=1).sum() == len(WITHOUT_RETURNS[month])
    assert not counts(months[month], "provider").isna().any(axis=None)


def test_the_total_is_the_national_overview_without_the_services_for_england_only(paths):
    for path in paths:
        rows = {row[0]: row for row in read_sheet(path, "Table 3").rows[4:]}
        elsewhere = sum(int(rows[service][1]) for service in ENGLAND_ONLY)
        england = counts(parsed(path), "england").loc["ENG", "waiting"]
        assert england == int(rows["England"][1]) - elsewhere, path.name


def test_over_52_weeks_differs_from_the_overview_by_the_services_for_england_only(paths):
    """Their bands are in the overview's England row but printed nowhere else."""
    differences = {}
    for path in paths:
        england = next(row for row in read_sheet(path, "Table 3").rows if row[0] == "England")
        file = parsed(path)
        over = counts(file, "england").loc["ENG", "waiting_over_52_weeks"]
        differences[file.period_start] = sum(map(int, england[8:])) - over
    assert differences == {
        date(2024, 8, 1): 279,
        date(2024, 12, 1): 9,
        date(2025, 3, 1): 12,
        date(2025, 7, 1): 852,
    }


def test_lists_without_lengths_of_wait_do_not_count_as_short_waits(months):
    # North Cumbria returns four services without lengths of wait: zeros in every band, in all four months.
    for month, file in months.items():
        cumbria = counts(file, "provider").loc["RNN"]
        assert cumbria["waiting_by_weeks"] < 0.78 * cumbria["waiting"], month
        assert cumbria["waiting_over_52_weeks"] > 0


def test_no_file_of_another_publication_is_claimed(published, paths):
    own = paths[0].parent
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != own]
    assert len(others) > 100
    assert [path.name for path in others if community_waits.recognises(path, path.name)] == []
