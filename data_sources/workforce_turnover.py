"""NHS workforce turnover: leavers by organisation over twelve months; the headings are not confirmed.

No real file has been at hand, and no description of the file carries its headings. The benchmarking csv is
therefore found and recognised, and then refused: a leaver rate guessed from a column's look would be worse
than none. To read it, put its headings into `parse` and make its measures those of indicator `leaver_rate`:
`leavers_12_months` and `mean_staff_12_months`, of a period that is the whole twelve months.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._month_pages import files_on, month_pages
from data_sources.discovery import month_claimed
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import first_line, is_workbook

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="workforce_turnover",
    title="NHS Workforce Statistics, turnover by organisation",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://digital.nhs.uk/data-and-information/publications/statistical/"
        "nhs-workforce-statistics"
    ),
    layouts=("benchmarking_csv",),
    unconfirmed=("benchmarking_csv",),
)

_FILE = r"turnover.*\.csv$"


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a csv whose first line speaks both of benchmarking and of leavers or turnover."""
    if is_workbook(path):
        return False
    words = first_line(path).casefold()
    return (
        "," in words
        and "benchmark" in words
        and any(word in words for word in ("leaver", "turnover"))
    )


def discover(http: "Http") -> list[Release]:
    """The turnover csv on the latest month's page; whether it holds earlier months is not confirmed.

    A landing page without months, or a latest month without the file, is a SourceError.
    """
    pages = month_pages(http, SOURCE.landing_page)
    latest = max(pages, key=lambda page: pages[page])
    links = files_on(http, latest, _FILE, "a turnover csv")
    return [Release(SOURCE.id, link.text, link.url, month_claimed(link)) for link in links]


def parse(snapshot: Snapshot) -> Parsed:
    """Nothing yet: every file is a SourceError that quotes its headings, for them to be confirmed."""
    raise SourceError(
        f"{snapshot.file_name}, row 1: the layout of turnover files is not confirmed, so nothing is read; "
        f"the headings are {first_line(snapshot.path)!r}."
    )
