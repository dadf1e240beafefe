"""NHS England's pages of segments and of the Recovery Support Programme, as they stand and as archived.

A page drops organisations over time, so that history lies in its archived versions. Each gives the table
`page_statements`: who was listed on that page, in which segment or programme, when it was captured. What it
does not list it does not deny. The layouts are written to descriptions: no saved page has been at hand. Two
captures with the same bytes are one snapshot, that of the earlier.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from data_sources._oversight_pages_html import (
    Page,
    canonical_address,
    listed,
    open_page,
    printed_day,
    title_of,
)
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="oversight_pages",
    title="NHS England: segmentation and Recovery Support Programme pages",
    publisher="NHS England",
    cadence="irregular",
    landing_page=(
        "https://www.england.nhs.uk/system-and-organisational-oversight/recovery-support-programme/"
    ),
    layouts=("segmentation_page", "programme_page"),
    unconfirmed=("segmentation_page", "programme_page"),
)

PAGES = (
    SOURCE.landing_page,
    "https://www.england.nhs.uk/publication/nhs-system-oversight-framework-segmentation/",
    "https://www.england.nhs.uk/publication/nhs-oversight-framework-segmentation/",
)
"""The pages followed, each with its archived versions."""

STATEMENT_COLUMNS = (
    *("page", "captured_at", "stated_on", "org_name", "org_code", "segment", "programme"),
    *("row_text",),
)
"""`page` is an address without scheme, `captured_at` a moment (UTC), `stated_on` the day the page prints as
its own ('' if none). `org_code` is '' unless the page prints it. One of segment (1 to 5) and programme
(`rsp`, `pip`, `irp`) may be ''."""

CAPTURES = "https://web.archive.org/cdx/search/cdx"
"""Where the archive lists its captures of a page."""

_CDX_HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
_FIRST_YEAR = 2021
_TITLE = re.compile(
    r"NHS England\W+(?:NHS (?:System )?Oversight Framework segmentation|Recovery Support Programme)"
    r"|(?:NHS (?:System )?Oversight Framework segmentation|Recovery Support Programme)\W+NHS England",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(
    r"^https?://(?:web\.archive\.org/web|webarchive\.nationalarchives\.gov\.uk/ukgwa)"
    r"/(\d{14})(?:[a-z]{2}_)?/(.+)$"
)
_STAMP = re.compile(r"(?<!\d)(20\d{12})(?!\d)")
_MOMENT = "%Y%m%d%H%M%S"


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a saved web page with the title of one of the pages followed."""
    content = path.read_bytes()
    if (
        not content[:200]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    ):
        return False
    try:
        return bool(_TITLE.search(title_of(open_page(content, path.name))))
    except (SourceError, LxmlError):
        return False


def discover(http: "Http") -> list[Release]:
    """Each page as it stands, and its captures in the archive, earliest first.

    A list of captures that is not as known, or without any capture of any page, is a SourceError.
    """
    captures = [release for page in PAGES for release in _captures(http, page)]
    if not captures:
        raise SourceError(f"{CAPTURES}: no capture of {SOURCE.landing_page}.")
    live = [Release(SOURCE.id, "as it stands", page, is_page=True) for page in PAGES]
    return [*captures, *live]


def _captures(http: "Http", page: str) -> Iterator[Release]:
    """A page's captures, each version once where it came several times in a row."""
    address = (
        f"{CAPTURES}?url={quote(page, safe='')}&output=json&filter=statuscode:200&collapse=digest"
        f"&from={_FIRST_YEAR}"
    )
    for row in _rows_of(http.get(address).content, page):
        stamp, original, kind = row[1], row[2], row[3]
        if kind == "text/html":
            moment = _moment(stamp, f"{CAPTURES} of {page}")
            url = f"https://web.archive.org/web/{stamp}id_/{original}"
            yield Release(SOURCE.id, f"as of {moment:%d %B %Y}", url, moment.date(), is_page=True)


def _rows_of(content: bytes, page: str) -> list[list[str]]:
    """Rows of the archive's JSON below its header; an empty answer means that nothing was captured."""
    try:
        rows = json.loads(content or b"[]")
    except ValueError as error:
        raise SourceError(f"{CAPTURES}: the list of captures of {page} is no JSON.") from error
    is_table = isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == len(_CDX_HEADER) for row in rows
    )
    if not is_table or (rows and rows[0] != _CDX_HEADER):
        raise SourceError(f"{CAPTURES}: the list of captures of {page} has not the columns known.")
    return [[str(cell) for cell in row] for row in rows[1:]]


def parse(snapshot: Snapshot) -> Parsed:
    """Who is listed on the page, and when it was captured, as `page_statements`.

    A SourceError: a page cut short, without list or table of organisations, or without a day of capture
    in its address, name or retrieval; a list item that names no organisation; one organisation in two
    segments.
    """
    page = open_page(snapshot.path.read_bytes(), snapshot.file_name)
    moment = _captured_at(snapshot)
    stated = printed_day(page)
    first = (
        _address(snapshot, page),
        moment.strftime("%Y-%m-%dT%H:%M:%S"),
        stated.isoformat() if stated else "",
    )
    rows = [(*first, *statement) for statement in listed(page)]
    statements = pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS), dtype="str")
    layout = "segmentation_page" if statements["segment"].ne("").any() else "programme_page"
    start = moment.date()
    end = date.fromordinal(start.toordinal() + 1)
    return Parsed(layout, {"page_statements": statements}, start, end, stated)


def _captured_at(snapshot: Snapshot) -> datetime:
    """When the page stood as it does here: by the archive's address, the file's name, or the retrieval."""
    archived = _ARCHIVED.match(snapshot.url or "") or _STAMP.search(snapshot.file_name)
    if archived:
        return _moment(archived[1], snapshot.file_name)
    if snapshot.url and snapshot.retrieved_at:
        return snapshot.retrieved_at.astimezone(UTC)
    raise SourceError(
        f"{snapshot.file_name}: no day of capture: save an archived page under a name with the "
        "archive's fourteen digits, such as 20240412093000.html."
    )


def _moment(stamp: str, place: str) -> datetime:
    try:
        return datetime.strptime(stamp, _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise SourceError(f"{place}: {stamp!r} is no moment of capture.") from error


def _address(snapshot: Snapshot, page: Page) -> str:
    """The page's own address without scheme, `www.` and closing slash, wherever the copy came from."""
    said = snapshot.url or canonical_address(page)
    if not said:
        raise SourceError(f"{snapshot.file_name}: the page does not say at which address it stood.")
    archived = _ARCHIVED.match(said)
    own = archived[2] if archived else said
    return re.sub(r"^https?://(?:www\.)?", "", own.partition("?")[0].partition("#")[0]).rstrip("/")
