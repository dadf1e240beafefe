"""Virtual ward workbooks as published: every one is read and adds up."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import virtual_wards as wards
from data_sources.periods import month_after
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

ENGLAND = {
    "2024-08-01": (12_366, 8_403),
    "2024-09-01": (12_497, 8_786),
    "2024-10-01": (12_651, 9_896),
    "2024-11-01": (12_739, 9_815),
    "2024-12-01": (12_733, 9_602),
    "2025-01-01": (12_627, 10_162),
    "2025-02-01": (12_724, 9_340),
    "2025-03-01": (12_825, 9_767),
    "2025-04-01": (12_724, 9_182),
    "2025-05-01": (12_453, 9_335),
    "2025-06-01": (12_554, 9_737),
    "2025-07-01": (12_576, 9_002),
}
"""Capacity and patients by month, read off the workbooks by eye."""

IN_TWO_REGIONS = {"RV3", "RYX", "RVR", "NQT"}


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, Parsed]:
    paths = sorted((published / "published" / "virtual_wards").glob("*.xlsx"))
    return {path.name: parsed(path) for path in paths}


def parsed(path: Path) -> Parsed:
    publication = recognise(path, path.name)
    assert publication is not None and publication.SOURCE.id == "virtual_wards", path.name
    return wards.parse(Snapshot("s", "virtual_wards", path, path.name, "", 0))


@pytest.fixture(scope="module")
def figures(files: dict[str, Parsed]) -> pd.DataFrame:
    return pd.concat([file.tables["figures"] for file in files.values()], ignore_index=True)


def test_every_month_is_there_once_and_from_april_2025_with_providers(files):
    months = [date(2024, 8, 1)]
    while months[-1] < date(2025, 7, 1):
        months.append(month_after(months[-1]))
    assert sorted(file.period_start for file in files.values()) == months
    for name, file in files.items():
        has_providers = file.layout == "provider_workbook"
        assert has_providers == (file.period_start >= date(2025, 4, 1)), name


def test_england_of_every_month(figures):
    england = figures[figures["level"] == "england"]
    table = england.assign(value=england["value"].astype(int)).pivot_table(
        "value", "period_start", "measure"
    )
    assert {
        month: tuple(row) for month, row in zip(table.index, table.to_numpy(), strict=True)
    } == ENGLAND


@pytest.mark.parametrize(("level", "months"), [("system", 12), ("provider", 4)])
def test_england_is_the_sum_of_its_parts(figures, level, months):
    parts = figures[figures["level"] == level]
    sums = parts.assign(value=pd.to_numeric(parts["value"], errors="coerce")).pivot_table(
        "value", "period_start", "measure", aggfunc="sum"
    )
    assert len(sums) == months
    for month, capacity, patients in sums.itertuples():
        assert (capacity, patients) == ENGLAND[month], month


def test_how_many_report(figures):
    counts = figures.groupby(["level", "period_start"])["org_code"].nunique()
    assert set(counts["system"]) == {42}
    assert counts["provider"].to_list() == [156, 155, 155, 155]


def test_two_boards_sent_no_patients_once(figures):
    missing = figures[~figures["value"].str.isdecimal()]
    columns = ["period_start", "org_code", "measure", "value"]
    assert missing[columns].to_numpy().tolist() == [
        ["2025-02-01", "QHL", "patients", "**"],
        ["2025-02-01", "QT6", "patients", "**"],
    ]


def test_four_providers_are_sums_over_two_regions(figures):
    sums = figures[figures["source_row"].isna()]
    assert set(sums["org_code"]) == IN_TWO_REGIONS
    assert len(sums) == 4 * 2 * 4
    april = sums[sums["period_start"] == "2025-04-01"].set_index(["org_code", "measure"])["value"]
    assert (april["RVR", "capacity"], april["RVR", "patients"]) == ("201", "179")


def test_no_file_of_another_publication_is_claimed(published):
    own = published / "published" / "virtual_wards"
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != own]
    assert len(others) > 100
    assert [path.name for path in others if wards.recognises(path, path.name)] == []
