"""Publications of digital.nhs.uk: the page of each month under a landing page, and the files on it."""

import re
from datetime import date
from typing import TYPE_CHECKING

from data_sources.discovery import file_name
from data_sources.periods import find_month
from data_sources.source import SourceError

if TYPE_CHECKING:
    from data_sources.http import Http, Link


def month_pages(http: "Http", landing_page: str) -> dict[str, date]:
    """Address and month of the pages right under a landing page that are named for a month; none at all
    is a SourceError.
    """
    pages = {link.url: _month_under(link.url, landing_page) for link in http.links(landing_page)}
    found = {url: month for url, month in pages.items() if month}
    if not found:
        raise SourceError(f"{landing_page}: no link to the page of a month.")
    return found


def _month_under(url: str, landing_page: str) -> date | None:
    page = re.fullmatch(rf"{re.escape(landing_page)}/([a-z0-9-]+)/?", url)
    return find_month(page[1]) if page else None


def files_on(http: "Http", page: str, wanted: str, words: str) -> list["Link"]:
    """Links of a page whose file's name matches `wanted`, whatever the case, each address once.

    None at all is a SourceError that calls the file by `words`.
    """
    pattern = re.compile(wanted, re.IGNORECASE)
    links = {link.url: link for link in http.links(page) if pattern.search(file_name(link))}
    if not links:
        raise SourceError(f"{page}: no link to {words}.")
    return list(links.values())
