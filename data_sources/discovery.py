"""Finding a publication's files: the links of its landing page and of the pages it has by year."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

from data_sources.periods import find_month
from data_sources.source import Release, Source, SourceError

if TYPE_CHECKING:
    from data_sources.http import Http, Link


def year_pages(http: "Http", source: Source, is_year_page: Callable[[str], bool]) -> list[str]:
    """Addresses of the pages by financial year that a landing page links to; none is a SourceError."""
    pages = [link.url for link in http.links(source.landing_page) if is_year_page(link.url)]
    if not pages:
        raise SourceError(f"{source.landing_page}: no link to the page of a financial year.")
    return list(dict.fromkeys(pages))


def linked_files(
    http: "Http",
    source: Source,
    page: str,
    wanted: tuple[Callable[["Link"], bool], str],
    period_of: Callable[["Link"], date | None],
) -> list[Release]:
    """The files that a page links to, once each, for the periods that their links claim.

    `wanted` is the test of a link, and what is missing where a page has none: then it is a SourceError.
    """
    is_wanted, what = wanted
    links = {link.url: link for link in http.links(page) if is_wanted(link)}
    if not links:
        raise SourceError(f"{page}: no link to {what}.")
    return [Release(source.id, link.text, link.url, period_of(link)) for link in links.values()]


def files_by_year(
    http: "Http",
    source: Source,
    pages: list[str],
    wanted: tuple[Callable[["Link"], bool], str],
    period_of: Callable[["Link"], date | None],
) -> list[Release]:
    """The files of several pages, as `linked_files`; one that several pages link to counts once."""
    found = [one for page in pages for one in linked_files(http, source, page, wanted, period_of)]
    return list({release.url: release for release in found}.values())


def file_name(link: "Link") -> str:
    """The name of the file that a link leads to, as a person reads it."""
    return unquote(link.url).rpartition("/")[2]


def month_claimed(link: "Link") -> date | None:
    """The month in a file's name, which the file is checked against, else in the words of the link."""
    return find_month(file_name(link)) or find_month(link.text)
