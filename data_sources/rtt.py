"""Consultant-led referral to treatment (RTT) waiting times: patients still waiting at month end."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._rtt_extract import read_extract
from data_sources._rtt_provider_sheet import is_header, provider_figures
from data_sources._rtt_sums import extract_figures, extract_month
from data_sources.archives import open_zip
from data_sources.periods import check_claimed_month, find_month, month_after, read_month
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import read_whole_csv

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="rtt",
    title="Consultant-led Referral to Treatment Waiting Times",
    publisher="NHS England",
    cadence="monthly",
    landing_page="https://www.england.nhs.uk/statistics/statistical-work-areas/rtt-waiting-times/",
    layouts=(
        "full_extract",
        "provider_sheet",
        "compiled_full_extract",
        "compiled_full_extract_systems",
        "compiled_org_month",
        "compiled_successor_month",
    ),
)

FIRST_FINANCIAL_YEAR = 2015
"""Full extracts begin with October 2015; the pages of earlier years hold workbooks only."""

_HEAD_BYTES = 20_000
_EXTRACT_SIGNS = ("RTT Part", "Commissioner Org Code", "Total All")
_YEAR_PAGE = re.compile(r"(\d{4})-\d{2}\b")
_EXTRACT_FILE = re.compile(r"(Full.CSV.data.file|Monthly.EXTRACTS).[A-Z][a-z]{2}\d{2}")


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - the content decides
    """Whether a file is a zipped RTT full extract or an incomplete pathways sheet by provider."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(b"PK"):
        return is_header(head.decode("utf-8-sig", "replace").partition("\n")[0])
    return any(all(sign in text for sign in _EXTRACT_SIGNS) for text in _csv_heads(path))


def _csv_heads(path: Path) -> list[str]:
    """The opening of every CSV in a zip; nothing of a zip that cannot be read."""
    try:
        with open_zip(path, path.name) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            heads = [archive.open(name).read(_HEAD_BYTES) for name in names]
    except SourceError:
        return []
    return [head.decode("utf-8", "replace") for head in heads]


def discover(http: "Http") -> list[Release]:
    """Every full extract linked from the landing page and its pages by financial year.

    A file linked twice is one release; a revised file beside the first one is another. A landing
    page without year pages and a year page without extracts are SourceErrors.
    """
    index = http.links(SOURCE.landing_page)
    releases = _extracts(index)
    for page in _year_pages(index):
        found = _extracts(http.links(page))
        if not found:
            raise SourceError(f"{page}: no link to a full extract ('Full CSV data file').")
        releases += found
    return list({release.url: release for release in releases}.values())


def _year_pages(index: list["Link"]) -> list[str]:
    pages = {}
    for link in index:
        year = _YEAR_PAGE.match(link.text.strip())
        if year and int(year[1]) >= FIRST_FINANCIAL_YEAR and "/rtt-data-" in link.url:
            pages[link.url.rstrip("/")] = link.url
    if not pages:
        raise SourceError(f"{SOURCE.landing_page}: no link to a page of RTT data by year.")
    return list(pages.values())


def _extracts(links: list["Link"]) -> list[Release]:
    releases = []
    for link in links:
        names = [link.url.rsplit("/", 1)[-1], link.text]  # either may be wrong: the file name first
        named = [name for name in names if _EXTRACT_FILE.search(name)]
        if named and link.url.lower().endswith(".zip"):
            releases.append(Release(SOURCE.id, link.text, link.url, find_month(named[0])))
    return releases


def parse(snapshot: Snapshot) -> Parsed:
    """Pathways still waiting at the end of one month, in all and by length of wait.

    `within_18_weeks` counts waits up to and including 18 weeks, `over_52_weeks` and its like those
    longer than so many weeks; over 65, 78 and 104 are published from April 2021.

    A full extract is summed per provider and, from April 2020, per commissioning system, without
    patients of commissioners outside England. A provider sheet gives the published total of each
    NHS trust, where `-` means that nobody waits; its month stands in the file name only.
    """
    with snapshot.path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    return _parse_extract(snapshot) if zipped else _parse_provider_sheet(snapshot)


def _parse_extract(snapshot: Snapshot) -> Parsed:
    extract = read_extract(snapshot.path, snapshot.file_name)
    month = extract_month(extract, snapshot.file_name)
    check_claimed_month(find_month(snapshot.file_name), month, snapshot.file_name)
    figures = extract_figures(extract, month, snapshot.file_name)
    return Parsed("full_extract", {"figures": figures}, month, month_after(month))


def _parse_provider_sheet(snapshot: Snapshot) -> Parsed:
    month = read_month(snapshot.file_name, snapshot.file_name)
    sheet = read_whole_csv(snapshot.path, snapshot.file_name)
    figures = provider_figures(sheet, month)
    return Parsed("provider_sheet", {"figures": figures}, month, month_after(month))
