"""Turnover: the file is found and recognised, and refused until its headings are confirmed.

There are no damage tests: nothing is read that damage could make wrong.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from data_sources import workforce_turnover as turnover
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import SourceError
from tests.sources.files import Rows, snapshot_of, write_csv, write_xlsx

NAME = "NHS Workforce Statistics, May 2025 Turnover benchmarking.csv"
ROWS: Rows = [["Some date", "Benchmark Group", "Leavers"], ["2025-05-31", "Acute", 12]]
"""Invented headings that use the file's words: none of them is known."""


def test_a_benchmarking_file_is_recognised_and_refused_with_its_headings(tmp_path: Path) -> None:
    path = write_csv(tmp_path / NAME, ROWS)
    publication = recognise(path, NAME)
    assert publication is not None
    assert publication.SOURCE.id == "workforce_turnover"
    with pytest.raises(SourceError) as refused:
        publication.parse(snapshot_of(path, "workforce_turnover"))
    assert str(refused.value) == (
        f"{NAME}, row 1: the layout of turnover files is not confirmed, so nothing is read; "
        "the headings are 'Some date,Benchmark Group,Leavers'."
    )


def test_its_only_layout_is_unconfirmed() -> None:
    assert turnover.SOURCE.layouts == turnover.SOURCE.unconfirmed == ("benchmarking_csv",)


@pytest.mark.parametrize(
    "header",
    [
        ["Date", "Org Code", "Cluster Group", "Benchmark Group", "Staff Group", "Total"],
        ["Date", "Org Code", "Leavers"],
        ["Leavers by benchmark group"],
        [],
    ],
)
def test_files_that_speak_of_other_things_are_not_recognised(
    tmp_path: Path, header: list[str]
) -> None:
    assert not turnover.recognises(write_csv(tmp_path / NAME, [header]), NAME)


def test_a_workbook_is_not_recognised(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"Turnover, benchmark, leavers": ROWS})
    assert not turnover.recognises(path, NAME)


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


LANDING = turnover.SOURCE.landing_page
MAY, APRIL = f"{LANDING}/may-2025", f"{LANDING}/april-2025"
INDEX = [Link("April 2025", APRIL), Link("May 2025", MAY)]
FILES = "https://files.digital.nhs.uk/AB/CD12EF"
CSV = Link(
    "Turnover benchmarking", f"{FILES}/NHS%20Workforce%20Statistics%2C%20May%202025%20Turnover.csv"
)
BOOK = Link("Turnover tables", f"{FILES}/Turnover%20tables%2C%20May%202025.xlsx")


def test_the_csv_of_the_latest_month_is_found() -> None:
    site = Site({LANDING: INDEX, MAY: [BOOK, CSV, CSV]})
    (found,) = turnover.discover(site)  # type: ignore[arg-type]
    assert (found.title, found.url, found.period_start) == (CSV.text, CSV.url, date(2025, 5, 1))


def test_a_landing_page_without_months_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        turnover.discover(Site({LANDING: [CSV]}))  # type: ignore[arg-type]
    assert str(refused.value) == f"{LANDING}: no link to the page of a month."


def test_a_month_without_the_file_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        turnover.discover(Site({LANDING: INDEX, MAY: [BOOK], APRIL: [CSV]}))  # type: ignore[arg-type]
    assert str(refused.value) == f"{MAY}: no link to a turnover csv."
