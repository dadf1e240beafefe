"""RTT: which links of the landing pages are releases, and which files are recognised."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from data_sources import rtt
from data_sources.http import Link
from data_sources.source import SourceError
from tests.sources.rtt_files import (
    EAST,
    SHEET,
    SHEET_NAME,
    SMALL,
    extract,
    extract_2015,
    header_july_2016,
    row,
    sheet,
    snapshot,
    zipped,
)


class Site:
    """Landing pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
YEAR = f"{rtt.SOURCE.landing_page}rtt-data-2024-25"
OLD_YEAR = f"{rtt.SOURCE.landing_page}rtt-data-2014-15"
INDEX = [
    Link("2024-25 RTT waiting times data", YEAR),
    Link("2024-25 RTT waiting times data", f"{YEAR}/"),
    Link("2014-15 RTT waiting times data", OLD_YEAR),
    Link("2019-20 Annual Report – spreadsheet (XLS 99K)", f"{FILES}/2020/11/Annual-Report.xls"),
]
MARCH = Link(
    "Full CSV data file Mar25 (ZIP, 4M)", f"{FILES}/2025/05/Full-CSV-data-file-Mar25-ZIP-4M-1.zip"
)
REVISED = Link(
    "Full CSV data file Mar25 (ZIP, 4M) revised",
    f"{FILES}/2025/07/Full-CSV-data-file-Mar25-ZIP-4M-revised.zip",
)
OLD_NAME = Link("Full CSV", f"{FILES}/2016/09/18wksRTT-Monthly-EXTRACTS-Oct15-revised.zip")
ODD_NAME = Link("Full CSV data file Apr24 (ZIP, 3M)", f"{FILES}/2024/06/april.zip")
WORKBOOK = Link("Incomplete Provider Mar25", f"{FILES}/2025/05/Incomplete-Provider-Mar25.xlsx")


def test_extracts_are_found_by_year_once_each_with_their_revisions() -> None:
    site = Site(
        {
            rtt.SOURCE.landing_page: [*INDEX, MARCH],
            f"{YEAR}/": [REVISED, MARCH, WORKBOOK, OLD_NAME, ODD_NAME],
        }
    )
    releases = rtt.discover(site)  # type: ignore[arg-type]
    assert [(release.source_id, release.url, release.period_start) for release in releases] == [
        ("rtt", MARCH.url, date(2025, 3, 1)),
        ("rtt", REVISED.url, date(2025, 3, 1)),
        ("rtt", OLD_NAME.url, date(2015, 10, 1)),
        ("rtt", ODD_NAME.url, date(2024, 4, 1)),
    ]
    assert releases[1].title == REVISED.text


def test_a_landing_page_without_years_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        rtt.discover(Site({rtt.SOURCE.landing_page: [MARCH, INDEX[2], INDEX[3]]}))  # type: ignore[arg-type]
    assert str(refused.value) == (
        "https://www.england.nhs.uk/statistics/statistical-work-areas/rtt-waiting-times/: "
        "no link to a page of RTT data by year."
    )


def test_a_year_without_extracts_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        rtt.discover(Site({rtt.SOURCE.landing_page: [*INDEX, MARCH], f"{YEAR}/": [WORKBOOK]}))  # type: ignore[arg-type]
    assert str(refused.value) == f"{YEAR}/: no link to a full extract ('Full CSV data file')."


def test_files_are_recognised_by_what_they_hold(tmp_path: Path) -> None:
    rows = [row("RAA", EAST, {0: 1}, part="PART_2")]
    old = extract_2015(header_july_2016(), "2016-17", "JULY", rows)
    for file in (
        extract(tmp_path, old),
        zipped(tmp_path, "x.zip", {"a.csv": SMALL}),
        sheet(tmp_path, SHEET),
    ):
        assert rtt.recognises(file.path, "anything.bin")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x03\x04 no zip",
        b"\xff\xfe\x00",
        b"Period,Org Code\n",
        b"Region Code,>0-1\n",
    ],
)
def test_foreign_files_are_not_recognised_whatever_their_name(
    tmp_path: Path, content: bytes
) -> None:
    file = snapshot(tmp_path, SHEET_NAME, content)
    assert not rtt.recognises(file.path, "Full-CSV-data-file-Jan26-ZIP-4M.zip")


def test_zips_of_other_things_are_not_recognised(tmp_path: Path) -> None:
    damaged = b"PK" + zipped(tmp_path, "x.zip", {"a.csv": SMALL}).path.read_bytes()[9:]
    assert not rtt.recognises(snapshot(tmp_path, "x.zip", damaged).path, "x.zip")
    other = zipped(
        tmp_path, "Full-CSV-data-file-Jan26.zip", {"a.csv": b"Period,Org Code\n", "b.txt": SMALL}
    )
    assert not rtt.recognises(other.path, other.file_name)
