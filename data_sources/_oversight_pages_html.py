"""Finding in a web page the lists and tables that say which organisation is in which segment or programme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]

from data_sources.periods import find_day
from data_sources.source import LayoutChanged, SourceError

Statement = tuple[str, str, str, str, str]
"""Organisation as written, its code ('' unless printed), segment, programme, text of the row."""

Topic = tuple[str, str]
"""Segment and programme that a heading announces; both '' where it announces neither."""

_NONE: Topic = ("", "")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MAIN = ("//main", "//article", "//*[@id='main-content']")
_SEGMENT = re.compile(r"\bsegment\s+([1-5])\b", re.IGNORECASE)
_PROGRAMMES = {
    "rsp": re.compile(r"recovery support programme|\bRSP\b", re.IGNORECASE),
    "pip": re.compile(r"provider improvement programme|\bN?PIP\b", re.IGNORECASE),
    "irp": re.compile(r"intensive recovery programme|\bIRP\b", re.IGNORECASE),
}
_MEMBERS = re.compile(
    r"\b(?:organisations|trusts|providers|systems|boards|members)\b", re.IGNORECASE
)
_GONE = re.compile(r"\b(?:exit\w*|left|leav\w+|former\w*|no longer|previous\w*)\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:NHS|Trust|ICB|ICS|Integrated Care|Hospitals?|Healthcare|System|Partnership|CCG)\b",
    re.IGNORECASE,
)
_NAME_HEADING = re.compile(
    r"(?:organisation|trust|provider|system|ICB|board)(?: name)?|name", re.IGNORECASE
)
_CODE = re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}")
_CODE_HEADING = re.compile(r"(?:organisation |trust |provider |ODS |org )?code", re.IGNORECASE)
_SEGMENT_HEADING = re.compile(
    r"(?:(?:SOF|NOF|oversight|current|framework) )*segment(?:ation)?", re.IGNORECASE
)
_SEGMENT_CELL = re.compile(r"(?:segment )?([1-5])", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:last updated|updated on|as at|as of|correct (?:as )?(?:at|of|on))\W.{0,40}", re.IGNORECASE
)


@dataclass(frozen=True)
class Page:
    """A web page and the name of the file it was kept in."""

    file_name: str
    root: Any


def open_page(content: bytes, file_name: str) -> Page:
    """A page's elements; one that does not end as a page does is refused, as it may lack organisations."""
    if not content.rstrip().lower().endswith(b"</html>"):
        raise SourceError(f"{file_name}: the page is cut short: it does not end with </html>.")
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return Page(file_name, lxml.html.document_fromstring(content, parser=parser))
    except ParserError as error:
        raise SourceError(f"{file_name}: the web page is empty.") from error


def text_of(element: Any) -> str:
    """The visible text of an element on one line."""
    return " ".join(str(element.text_content()).replace("\xa0", " ").split())


def title_of(page: Page) -> str:
    """The page's title, '' if it has none."""
    return next((text_of(title) for title in page.root.iter("title")), "")


def canonical_address(page: Page) -> str:
    """The address the page gives as its own, '' if it gives none."""
    links = page.root.xpath("//link[@rel='canonical']/@href") or [""]
    return str(links[0]).strip()


def printed_day(page: Page) -> date | None:
    """The day the page prints as that of its last update, if it prints one."""
    said = _PRINTED.search(text_of(_main(page)))
    return find_day(said[0]) if said else None


def listed(page: Page) -> list[Statement]:
    """Every organisation that a list or table of the page puts in a segment or programme, in page order.

    A page that lists none, a list item that names no organisation and an organisation in two segments
    are SourceErrors.
    """
    statements = list(dict.fromkeys(_statements(page)))
    if not statements:
        expected = "a list or table of organisations by segment or programme"
        raise LayoutChanged(page.file_name, "page", expected, title_of(page))
    segments: dict[str, str] = {}
    for name, _, segment, _, _ in statements:
        if segment and segments.setdefault(name, segment) != segment:
            expected = f"one segment of {name}"
            raise LayoutChanged(page.file_name, "page", expected, f"{segments[name]} and {segment}")
    return statements


def _main(page: Page) -> Any:
    for path in _MAIN:
        if found := page.root.xpath(path):
            return found[0]
    raise LayoutChanged(
        page.file_name, "page", "a main part (main, article or main-content)", "none"
    )


def _statements(page: Page) -> Iterator[Statement]:
    topic = _NONE
    for element in _main(page).iter(*_HEADINGS, "p", "ul", "ol", "table"):
        if element.tag in _HEADINGS:
            topic = _topic(text_of(element))
        elif element.tag == "p":
            topic = _after_paragraph(text_of(element), topic)
        elif element.tag == "table":
            yield from _from_table(page, element, topic)
        elif topic != _NONE:
            yield from _from_list(page, element, topic)


def _topic(heading: str) -> Topic:
    """What a heading says of those listed under it; who has left is in neither segment nor programme."""
    if _GONE.search(heading):
        return _NONE
    segments = set(_SEGMENT.findall(heading))
    if len(segments) == 1:
        return segments.pop(), ""
    named = [programme for programme, words in _PROGRAMMES.items() if words.search(heading)]
    return ("", named[0]) if len(named) == 1 and _MEMBERS.search(heading) else _NONE


def _after_paragraph(text: str, topic: Topic) -> Topic:
    """A paragraph that leads into a list with a colon may say what the list is; any other changes nothing."""
    if not text.endswith(":"):
        return topic
    return _NONE if _GONE.search(text) else _topic(text) if _topic(text) != _NONE else topic


def _from_list(page: Page, element: Any, topic: Topic) -> Iterator[Statement]:
    for item in element.iterchildren("li"):
        text = text_of(item)
        if item.xpath(".//ul | .//ol") or not _NAME.search(text):
            raise LayoutChanged(page.file_name, "list", "the name of an organisation", text[:80])
        yield text, "", *topic, text


def _from_table(page: Page, element: Any, topic: Topic) -> Iterator[Statement]:
    rows = [[text_of(cell) for cell in row.iterchildren("th", "td")] for row in element.iter("tr")]
    names = _columns(rows, _NAME_HEADING)
    segments = _columns(rows, _SEGMENT_HEADING)
    if not names or (not segments and topic == _NONE):
        return
    if len(names) > 1 or len(segments) > 1 or element.xpath(".//*[@rowspan > 1 or @colspan > 1]"):
        expected = "one column of names, one of segments at most, and no merged cells"
        raise LayoutChanged(page.file_name, "table", expected, " | ".join(rows[0]))
    codes = _columns(rows, _CODE_HEADING)
    for row in rows[1:]:
        yield _from_row(page, row, len(rows[0]), (names[0], segments, codes), topic)


def _columns(rows: list[list[str]], heading: re.Pattern[str]) -> list[int]:
    """Where in the first row the heading stands, counted from 0."""
    return [at for at, cell in enumerate(rows[0] if rows else []) if heading.fullmatch(cell)]


def _from_row(
    page: Page, row: list[str], width: int, columns: tuple[int, list[int], list[int]], topic: Topic
) -> Statement:
    name_column, segments, codes = columns
    text = " | ".join(row)
    if len(row) != width or not _NAME.search(row[name_column]):
        raise LayoutChanged(page.file_name, "table", "a row with an organisation's name", text)
    code = row[codes[0]] if codes else ""
    if codes and not _CODE.fullmatch(code):
        raise LayoutChanged(page.file_name, "table", "an organisation code", text)
    if not segments:
        return row[name_column], code, *topic, text
    segment = _SEGMENT_CELL.fullmatch(row[segments[0]])
    if segment is None:
        raise LayoutChanged(page.file_name, "table", "a segment from 1 to 5", text)
    return row[name_column], code, segment[1], "", text
