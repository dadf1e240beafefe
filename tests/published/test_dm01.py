"""Diagnostics files as published: every month is read, adds up, and agrees with its other layouts."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import dm01
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.periods import month_after
from data_sources.source import Parsed, Snapshot, SourceError
from tests.sources.files import write_zip

pytestmark = pytest.mark.published

MEASURES = ["waiting", "waiting_6_weeks_plus", "waiting_13_weeks_plus"]
ENGLAND = {
    date(2024, 4, 1): [1635239, 376165, 118611],
    date(2024, 8, 1): [1562141, 374205, 131391],
    date(2025, 3, 1): [1703242, 312744, 103422],
    date(2025, 7, 1): [1730933, 378816, 131140],
}


@pytest.fixture(scope="module")
def folder(published: Path) -> Path:
    return published / "published" / "dm01"


@pytest.fixture(scope="module")
def workbooks(folder: Path) -> dict[date | None, Parsed]:
    files = [parsed(path) for path in sorted(folder.glob("*.xls"))]
    return {file.period_start: file for file in files}


def parsed(path: Path) -> Parsed:
    assert dm01.recognises(path, path.name), path.name
    return dm01.parse(Snapshot("s", "dm01", path, path.name, "", 0))


def counts(file: Parsed, level: str = "provider") -> pd.DataFrame:
    """One row per organisation and one column per measure, as numbers."""
    figures = file.tables["figures"]
    rows = figures[figures["level"] == level]
    return rows.pivot_table("value", "org_code", "measure", aggfunc="first")[MEASURES].astype(int)


def test_all_sixteen_months_are_read(workbooks, folder):
    months = [date(2024, 4, 1)]
    while months[-1] < date(2025, 7, 1):
        months.append(month_after(months[-1]))
    assert sorted(workbooks) == months
    assert len(list(folder.glob("*.xls"))) == len(months) == 16


def test_providers_add_up_to_england_and_none_waits_longer_without_waiting(workbooks):
    for month, file in workbooks.items():
        providers = counts(file)
        england = counts(file, "england").loc["ENG"]
        assert providers.sum().to_dict() == england.to_dict(), month
        assert 434 <= len(providers) <= 451
        assert (providers["waiting_13_weeks_plus"] <= providers["waiting_6_weeks_plus"]).all()
        assert (providers["waiting_6_weeks_plus"] <= providers["waiting"]).all()


@pytest.mark.parametrize("month", ENGLAND)
def test_england_is_the_published_figure(workbooks, month):
    assert counts(workbooks[month], "england").loc["ENG"].to_list() == ENGLAND[month]


def test_six_weeks_share_of_march_2025(workbooks):
    england = counts(workbooks[date(2025, 3, 1)], "england").loc["ENG"]
    share = 100 * england["waiting_6_weeks_plus"] / england["waiting"]
    assert share == pytest.approx(18.36, abs=0.005)


def test_revised_months_say_so(workbooks):
    revised = [month for month, file in workbooks.items() if file.published_on == date(2025, 7, 10)]
    # May 2025 was first published on the day on which the six months before were revised.
    assert sorted(revised) == [
        *(date(2024, month, 1) for month in range(8, 13)),
        *(date(2025, 1, 1), date(2025, 5, 1)),
    ]


def test_the_by_test_sheet_gives_what_the_workbook_gives(workbooks, folder):
    sheet = parsed(folder / "Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.csv")
    by_test, book = counts_without_commas(sheet), counts(workbooks[date(2025, 3, 1)])
    assert by_test.equals(book.loc[by_test.index])
    # The thirteen providers that report no test at all stand in the workbook only.
    absent = book.drop(by_test.index)
    assert len(absent) == 13
    assert (absent == 0).all(axis=None)


def counts_without_commas(file: Parsed) -> pd.DataFrame:
    figures = file.tables["figures"]
    plain = figures.assign(value=figures["value"].str.replace(",", ""))
    return counts(Parsed(file.layout, {"figures": plain}))


def test_rows_of_one_provider_are_not_taken_for_a_full_extract(folder):
    samples = sorted(folder.glob("*.RDY-rows.csv"))
    assert len(samples) == 5
    for path in samples:
        with pytest.raises(SourceError, match="outside its zip"):
            parsed(path)


def test_a_zipped_part_of_an_extract_is_refused(folder, tmp_path):
    sample = folder / "DM01-MARCH-2025-full-extract.RDY-rows.csv"
    path = write_zip(tmp_path / "DM01-MARCH-2025-full-extract.zip", {"a.csv": sample.read_bytes()})
    with pytest.raises(SourceError, match="1 providers, expected at least 300"):
        parsed(path)


@pytest.mark.parametrize("month", [(2024, 12), (2025, 1), (2025, 2), (2025, 3)])
def test_extract_rows_of_a_provider_give_what_the_workbook_gives(
    workbooks, folder, tmp_path, monkeypatch, month
):
    monkeypatch.setattr("data_sources._dm01_csv.FEWEST_PROVIDERS", 1)
    start = date(*month, 1)
    sample = folder / f"DM01-{start:%B}-{start:%Y}-full-extract.RDY-rows.csv".replace(
        f"{start:%B}", f"{start:%B}".upper()
    )
    path = write_zip(tmp_path / "DM01-full-extract.zip", {"a.csv": sample.read_bytes()})
    extract = counts(parsed(path))
    assert extract.loc["RDY"].to_list() == counts(workbooks[start]).loc["RDY"].to_list()


def test_the_compiled_table_is_read_whole_and_overlaps_no_workbook(published, workbooks):
    path = published / "compiled" / "dm01_trust_snapshots_2020_2022.csv"
    assert recognise_compiled(path) == ("dm01", "compiled_trust_snapshots")
    figures = parse_compiled(Snapshot("s", "dm01", path, path.name, "", 0)).tables["figures"]
    months = figures.groupby("measure")["period_start"].nunique()
    assert months.to_dict() == {
        "waiting": 14,
        "waiting_6_weeks_plus": 6,
        "waiting_13_weeks_plus": 6,
    }
    assert len(figures) == 4814 + 2 * (4814 - 3131)
    assert figures["period_start"].max() < min(month.isoformat() for month in workbooks if month)


def test_no_file_of_another_publication_is_claimed(published, folder):
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != folder]
    assert len(others) > 100
    assert [path.name for path in others if dm01.recognises(path, path.name)] == []
