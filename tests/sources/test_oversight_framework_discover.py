"""The oversight framework: which links of its pages are releases, in which order."""

from collections.abc import Mapping
from datetime import date

import pytest

from data_sources import oversight_framework as nof
from data_sources.http import Link
from data_sources.source import SourceError

FILES = "https://www.england.nhs.uk/wp-content/uploads"
STEM = "nhs-oversight-framework"


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[str]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return [Link(f"File {at}", address) for at, address in enumerate(self.pages.get(url, []))]


Q1 = f"{FILES}/2025/09/{STEM}-acute-trust-data.csv"
Q2 = f"{FILES}/2025/12/{STEM}-non-acute-hospital-trust-league-table-q2.csv"
Q3 = f"{FILES}/2026/03/{STEM}-acute-trust-data-q3-25-26.csv"
Q3_AGAIN = f"{FILES}/2026/04/{STEM}-acute-trust-data-q3-25-26-v2.csv"
Q4 = f"{FILES}/2026/06/{STEM}-mental-health-and-community-trust-league-table-q4-25-26.csv"
OTHERS = [
    f"{FILES}/2026/06/{STEM}-csv-metadata-file.csv",
    f"{FILES}/2026/06/{STEM}-acute-trust-data-q3-25-26.pdf",
    f"{FILES}/2026/06/{STEM}-icb-data.csv",
]


def test_files_of_both_pages_are_found_once_each_and_a_revision_comes_after_what_it_replaces():
    pages = {nof.SOURCE.landing_page: [Q4, Q3_AGAIN, *OTHERS, Q3], nof.RESULTS_PAGE: [Q3, Q2, Q1]}
    releases = nof.discover(Site(pages))  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in releases] == [
        (Q2, None),
        (Q1, None),
        (Q3, date(2025, 10, 1)),
        (Q3_AGAIN, date(2025, 10, 1)),
        (Q4, date(2026, 1, 1)),
    ]
    assert {one.source_id for one in releases} == {"oversight_framework"}


def test_a_page_without_files_is_an_error():
    with pytest.raises(SourceError) as refused:
        nof.discover(Site({nof.SOURCE.landing_page: OTHERS}))  # type: ignore[arg-type]
    assert str(refused.value) == (
        "https://www.england.nhs.uk/nhs-oversight-framework/segmentation-and-league-tables/: "
        "no link to metric data or a league table."
    )
