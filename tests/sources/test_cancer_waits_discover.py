"""Cancer waiting times: which links of the landing page and the pages of the years are releases."""

from collections.abc import Mapping
from datetime import date

import pytest

from data_sources import cancer_waits as cancer
from data_sources._cancer_waits_counts import named_months
from data_sources.http import Link
from data_sources.source import Release, SourceError

FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
YEAR = "https://www.england.nhs.uk/statistics/2026-27-monthly-cancer-waiting-times-statistics/"
OLD_YEAR = "https://www.england.nhs.uk/statistics/2019-20-monthly-cancer-waiting-times-statistics/"


class Site:
    """Pages as tests write them."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages[url]


def file(name: str, text: str = "Download") -> Link:
    return Link(text, f"{FILES}/2026/06/{name}")


YEAR_CSV = file(
    "2022-23-Apr-Mar-Monthly-Combined-CSV-Final.csv", "2022-23 Apr – Mar Monthly Combined CSV Final"
)
HALF_YEAR_CSV = file("2025-26-Oct-Mar-Cumulative-Monthly-Combined-CSV-Provisional.csv")
ODD_NAME = file("cwt.csv", "2025-26 Apr – Sep Monthly Combined CSV Final")
APRIL = file("April-2026-Monthly-Combined-CSV-Provisional.csv")
APRIL_NEW_ICBS = file("April-2026-Monthly-Combined-CSV-Provisional-New-ICB-Structure.csv")
MAY = file("May-2026-Monthly-Combined-CSV-Provisional.csv")
PROVIDERS = file("SEPTEMBER-2025-CWT-CRS-PROVIDER-WORKBOOK-FINAL.xlsx")
COMMISSIONERS = file("SEPTEMBER-2025-CWT-CRS-COMMISSIONER-WORKBOOK-FINAL.xlsx")
EXTRACT = file("CWT-CRS-Apr-2025-to-Jul-2025-Data-Extract-Provider.xlsx")
OTHERS = [
    file("CWT-CRS-National-Time-Series-Oct-2009-Sep-2025.xlsx", "National time series"),
    file("Monthly-Combined-CSV-guide.pdf", "Monthly Combined CSV guide"),
    file("CWT-CRS-2025-Data-Extract-Commissioner.xlsx"),
]


def discovered(landing: list[Link], **pages: list[Link]) -> list[Release]:
    site = Site({cancer.SOURCE.landing_page: landing, YEAR: pages["year"]})
    return cancer.discover(site)  # type: ignore[arg-type]


def test_files_of_the_landing_page_and_of_its_years_are_found_once_each() -> None:
    landing = [
        YEAR_CSV,
        HALF_YEAR_CSV,
        ODD_NAME,
        *OTHERS,
        Link("2026-27", YEAR),
        Link("Old", OLD_YEAR),
    ]
    releases = discovered(landing, year=[PROVIDERS, COMMISSIONERS, EXTRACT, MAY, YEAR_CSV, *OTHERS])
    assert [(release.source_id, release.url, release.period_start) for release in releases] == [
        ("cancer_waits", YEAR_CSV.url, date(2022, 4, 1)),
        ("cancer_waits", HALF_YEAR_CSV.url, date(2025, 10, 1)),
        ("cancer_waits", ODD_NAME.url, date(2025, 4, 1)),
        ("cancer_waits", PROVIDERS.url, date(2025, 9, 1)),
        ("cancer_waits", COMMISSIONERS.url, date(2025, 9, 1)),
        ("cancer_waits", EXTRACT.url, date(2025, 4, 1)),
        ("cancer_waits", MAY.url, date(2026, 5, 1)),
    ]
    assert releases[0].title == YEAR_CSV.text


def test_a_month_by_the_new_icbs_replaces_the_same_month_by_the_old_ones() -> None:
    releases = discovered([Link("2026-27", YEAR)], year=[APRIL, APRIL_NEW_ICBS, MAY, PROVIDERS])
    assert [release.url for release in releases] == [APRIL_NEW_ICBS.url, MAY.url, PROVIDERS.url]


def test_a_landing_page_without_years_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        discovered([YEAR_CSV, Link("2019-20", OLD_YEAR)], year=[])
    assert str(refused.value) == (
        "https://www.england.nhs.uk/statistics/statistical-work-areas/cancer-waiting-times/: "
        "no link to the page of a financial year."
    )


def test_a_year_without_files_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        discovered([YEAR_CSV, Link("2026-27", YEAR)], year=OTHERS)
    assert str(refused.value) == f"{YEAR}: no link to a combined CSV or a workbook."


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-25-Apr-Mar-Monthly-Combined-CSV-Final.csv", date(2024, 4, 1), date(2025, 3, 1)),
        ("2025-26 Oct – Mar Monthly Combined CSV", date(2025, 10, 1), date(2026, 3, 1)),
        ("2026-27-Apr-Monthly-Combined-CSV.csv", date(2026, 4, 1), date(2026, 4, 1)),
        ("2025-26-January-Monthly-Combined-CSV.csv", date(2026, 1, 1), date(2026, 1, 1)),
        ("CWT-CRS-Apr-2025-to-Jul-2025-Data-Extract.xlsx", date(2025, 4, 1), date(2025, 7, 1)),
        ("nhs_commissioner_wait_times_jul_2021.xlsx", date(2021, 7, 1), date(2021, 7, 1)),
        ("SEPTEMBER-2025-CWT-CRS-PROVIDER-WORKBOOK.xlsx", date(2025, 9, 1), date(2025, 9, 1)),
        ("Monthly-Combined-CSV-2024-25.csv", None, None),
        ("book.xlsx", None, None),
    ],
)
def test_months_that_a_name_claims(text: str, first: date | None, last: date | None) -> None:
    assert named_months(text) == (first, last)
