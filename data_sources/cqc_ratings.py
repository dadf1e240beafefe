"""CQC ratings of NHS trusts: the latest overall and well-led rating of each, from the monthly workbook.

Measures are `overall` and `well_led`, texts as published (`Good`; sql makes the ordinal), and with `_on` the
day each was published. A file tells how things stood on the day in its name: many ratings are years old. The
workbook is written to a description and to the headings of public database scripts; none has been at hand.
Where a trust has two ratings published on one day both stand in the text, with ` / ` between them.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._ods_stream import first_part, stream_rows
from data_sources.layouts import is_code
from data_sources.periods import find_day, month_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import column_letters, figures_frame

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="cqc_ratings",
    title="Care Quality Commission: latest ratings of providers",
    publisher="Care Quality Commission",
    cadence="monthly",
    landing_page="https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    layouts=("providers_sheet",),
    unconfirmed=("providers_sheet",),
    not_additive=("overall", "well_led", "overall_on", "well_led_on"),
)

PROVIDERS = "Providers"
MEASURES = {"Overall": "overall", "Well-led": "well_led"}
"""Domains that are read, of the group `Overall`; those of single services are not."""

_HEADINGS = (
    *("Provider ID", "Provider Name", "Provider Type", "Service / Population Group"),
    *("Latest Rating", "Publication Date"),
)
_OTHER_NAMES = {"Domain": ("Domain", "Key Question")}
_ODS_CODE = "Provider ODS Code"
_TRUST_TYPE = "NHS Healthcare Organisation"
_CQC_NUMBER = re.compile(r"\d+-\d+")
_RATING = re.compile(
    r"Outstanding|Good|Requires improvement|Inadequate|No published rating|Not (?:yet )?(?:formally )?rated"
    r"|Inspected but not rated|Insufficient evidence to rate|Not applicable|-",
    re.IGNORECASE,
)
_FILE = re.compile(r"/(\d{1,2}_[A-Za-z]+_20\d{2})_Latest_ratings[^/]*\.ods$", re.IGNORECASE)
_START = 5_000_000


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is an OpenDocument spreadsheet whose first header is that of CQC's latest ratings."""
    start = first_part(path, _START)
    return all(words in start for words in (b"Service / Population Group", b"Latest Rating"))


def discover(http: "Http") -> list[Release]:
    """The monthly workbooks that the page of CQC's data links to, latest first."""
    links = {link.url: link for link in http.links(SOURCE.landing_page) if _FILE.search(link.url)}
    if not links:
        raise SourceError(f"{SOURCE.landing_page}: no link to a workbook of latest ratings.")
    releases = [Release(SOURCE.id, link.text, link.url, _month(link)) for link in links.values()]
    return sorted(releases, key=lambda one: one.period_start or date.min, reverse=True)


def _month(link: "Link") -> date | None:
    day = _day_named(link.url)
    return day.replace(day=1) if day else None


def _day_named(name: str) -> date | None:
    """The day in a name such as `05_May_2026_Latest_ratings.ods`."""
    return find_day(re.sub(r"[_-]+", " ", name.rpartition("/")[2]))


def parse(snapshot: Snapshot) -> Parsed:
    """The ratings of NHS trusts, of the month in the file's name.

    A SourceError: a name without a day, an unknown heading or rating, an NHS organisation whose code is
    none, a rating published after the day in the name, no rating at all.
    """
    day = _day_named(snapshot.file_name)
    if day is None:
        raise SourceError(
            f"{snapshot.file_name}: no day in the name such as 05_May_2026_Latest_ratings.ods."
        )
    month = day.replace(day=1)
    period = (month.isoformat(), month_after(month).isoformat())
    ratings = _collect(snapshot, day)
    figures = figures_frame((*period, *figure) for one in ratings for figure in one.figures())
    return Parsed("providers_sheet", {"figures": figures}, month, month_after(month), day)


@dataclass
class _Rating:
    """The latest rating of a provider in a domain, and others published on the same day."""

    code: str
    name: str
    measure: str
    published_on: date
    row: int
    ratings: list[str] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[object, ...]]:
        """The rating and its day, as the columns of figures but for the period."""
        body = ("provider", self.code, self.name)
        yield *body, self.measure, " / ".join(self.ratings), PROVIDERS, self.row
        yield *body, f"{self.measure}_on", self.published_on.isoformat(), PROVIDERS, self.row


def _collect(snapshot: Snapshot, day: date) -> list[_Rating]:
    latest: dict[tuple[str, str], _Rating] = {}
    for found in _ratings(snapshot, day):
        known = latest.setdefault((found.code, found.measure), found)
        if found.published_on > known.published_on:
            latest[found.code, found.measure] = found
        elif found.published_on == known.published_on:
            known.ratings += [text for text in found.ratings if text not in known.ratings]
    if not latest:
        raise SourceError(f"{snapshot.file_name}, sheet {PROVIDERS!r}: no rating of an NHS trust.")
    return list(latest.values())


def _ratings(snapshot: Snapshot, day: date) -> Iterator[_Rating]:
    columns: dict[str, int] = {}
    for number, cells in stream_rows(snapshot.path, snapshot.file_name, PROVIDERS):
        row = _Row(snapshot.file_name, number, cells, columns)
        if columns:
            if (measure := _measure(row)) and not _is_unidentified(row):
                yield _rating(row, measure, day)
        elif number > 1 or len(cells) > len(_HEADINGS):
            # A banner of a cell or two may stand above the header.
            columns = _header(row)


@dataclass(frozen=True)
class _Row:
    """One row of the sheet, its cells by heading."""

    file_name: str
    number: int
    cells: list[str]
    columns: dict[str, int]

    def __getitem__(self, heading: str) -> str:
        at = self.columns.get(heading, 0)
        return self.cells[at - 1] if 0 < at <= len(self.cells) else ""

    def complain(self, heading: str, expected: str) -> LayoutChanged:
        """The error to raise when the cell under a heading is not what it must be."""
        place = f"cell {column_letters(self.columns[heading])}{self.number}"
        return LayoutChanged(
            self.file_name, f"sheet {PROVIDERS!r}, {place}", expected, self[heading]
        )


def _header(row: _Row) -> dict[str, int]:
    """Columns by heading. CQC adds and moves columns (ODS code, NHS region, inherited rating), and renamed
    `Key Question` to `Domain`: headings are found by name.
    """
    found = {heading: at for at, heading in enumerate(row.cells, start=1)}
    place = f"sheet {PROVIDERS!r}, row {row.number}"
    for heading in (*_HEADINGS, "Domain"):
        names = [name for name in _OTHER_NAMES.get(heading, (heading,)) if name in found]
        if len(names) != 1 or row.cells.count(names[0]) != 1:
            expected = f"one column headed {heading!r}"
            raise LayoutChanged(row.file_name, place, expected, ", ".join(row.cells))
        found[heading] = found[names[0]]
    return found


def _measure(row: _Row) -> str | None:
    """What a row rates: a trust as a whole, or something that is not read."""
    is_trust = row["Provider Type"] == _TRUST_TYPE
    is_whole = row["Service / Population Group"] == "Overall"
    return MEASURES.get(row["Domain"]) if is_trust and is_whole else None


def _is_unidentified(row: _Row) -> bool:
    """Whether CQC knows the provider by a number of its own alone: no organisation of the framework."""
    return not row[_ODS_CODE] and bool(_CQC_NUMBER.fullmatch(row["Provider ID"]))


def _rating(row: _Row, measure: str, day: date) -> _Rating:
    code_heading = _ODS_CODE if row[_ODS_CODE] else "Provider ID"
    if not is_code(row[code_heading]):
        raise row.complain(code_heading, "an organisation code")
    text = row["Latest Rating"]
    if not _RATING.fullmatch(text):
        raise row.complain("Latest Rating", "a rating such as Good, or that there is none")
    published_on = _day(row["Publication Date"])
    if published_on is None or published_on > day:
        raise row.complain("Publication Date", f"a day up to {day:%d %B %Y}")
    code, name = row[code_heading], row["Provider Name"]
    return _Rating(code, name, measure, published_on, row.number, [text])


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    return None
