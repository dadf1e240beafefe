"""NHS Oversight Framework from 2025/26: segments, average scores and metric values of each trust, by quarter.

Measures are the publication's metric codes in lower case (`of5000` the segment, 1 best; `of5002` the average
metric score, 1.00 to 4.00; `of5003` the segment before the financial override; `of5004`, `of5007` flags, 0
or 1; `of0nnn` values, percentages from 0 to 100 or in percentage points) and what league tables add: ranges
as text, rank, and a deficit as Yes or No. `NA` and blank are missing marks: no flag is not a no. Scores of
single metrics and of domains, medians and quartiles are not read. A file holds trusts of one type, and a
figure's period is the framework's quarter, whenever the metric was measured: sickness (`of0082`) is of the
quarter before, and not read where the file says another.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._oversight_framework_layouts import (
    FIRST_QUARTER,
    TRUST_TYPES,
    Shape,
    metric_figures,
    shape_of,
)
from data_sources.layouts import read_code
from data_sources.periods import find_financial_quarter, months_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    first_line,
    is_workbook,
    read_whole_csv,
    refuse_duplicates,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

_CONFIRMED = ("mental_health_community_data", "mental_health_community_league_table")
_LAYOUTS = tuple(
    f"{kind}_{shape}{first}"
    for first in ("", "_first_release")
    for shape in ("data", "league_table")
    for kind in dict.fromkeys(TRUST_TYPES.values())
)
_VALUES = (
    *("of0005", "of0010", "of0011", "of0013", "of0014", "of0016", "of0020", "of0023", "of0041"),
    *("of0048", "of0057", "of0061", "of0063", "of0079", "of0081", "of0082", "of0084", "of0085"),
    *("of0086", "of0088", "of0106"),
)
_OF_THE_QUARTER_BEFORE = "of0082"
_SUMMARIES = ("of5000", "of5002", "of5003", "of5004", "of5005", "of5007")
_LEAGUE = ("score_range", "in_deficit", "rank", "rank_range")

SOURCE = Source(
    id="oversight_framework",
    title="NHS Oversight Framework: metric data and league tables",
    publisher="NHS England",
    cadence="quarterly",
    landing_page="https://www.england.nhs.uk/nhs-oversight-framework/segmentation-and-league-tables/",
    layouts=(*_LAYOUTS, "compiled_q3_trust"),
    unconfirmed=tuple(layout for layout in _LAYOUTS if layout not in _CONFIRMED),
    not_additive=(*_VALUES, *_SUMMARIES, *_LEAGUE),
)

RESULTS_PAGE = (
    "https://www.england.nhs.uk/publication/"
    "nhs-oversight-framework-nhs-trust-performance-league-tables-process-and-results/"
)
"""Where the files of the first releases are linked from."""

_FILE = re.compile(
    r"/nhs-oversight-framework-(?:acute-trust|ambulance-trust|non-acute-hospital-trust"
    r"|mental-health-and-community-trust)-(?:data|league-table)[^/]*\.csv$",
    re.IGNORECASE,
)
_NAMED_QUARTER = re.compile(
    r"(?<![a-z0-9])q([1-4])(?:[-_ ](?:20)?(\d{2})[-_/](?:20)?\d{2})?(?![a-z0-9])", re.IGNORECASE
)
_STARTS = (
    "trust_code,trust_name,domain,sub-domain,metric_id,",
    "trust_code,trust_name,average_score,likely_range_of_average_score,",
)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a CSV with the framework's columns of metrics, or those of a league table."""
    header = first_line(path).casefold()
    return not is_workbook(path) and any(start in header for start in _STARTS)


def discover(http: "Http") -> list[Release]:
    """The files of both pages, earlier quarters first and a plain file before its `-v2`.

    In that order they are fetched: of two files of one quarter the one fetched later is in force.
    """
    links = [link for page in (SOURCE.landing_page, RESULTS_PAGE) for link in http.links(page)]
    found = {link.url: link for link in links if _FILE.search(link.url)}
    if not found:
        raise SourceError(f"{SOURCE.landing_page}: no link to metric data or a league table.")
    releases = [Release(SOURCE.id, link.text, url, _claimed(link)) for url, link in found.items()]
    return sorted(releases, key=lambda one: (one.period_start or FIRST_QUARTER, _version(one.url)))


def _version(url: str) -> int:
    version = re.search(r"-v(\d+)\b", url.rpartition("/")[2])
    return int(version[1]) if version else 1


def _claimed(link: "Link") -> date | None:
    """First day of the quarter that a link names with its year; a bare `q2` says no year."""
    name = link.url.rpartition("/")[2]
    for said in (_NAMED_QUARTER.search(name), _NAMED_QUARTER.search(link.text)):
        if said and said[2]:
            return months_after(date(2000 + int(said[2]), 4, 1), 3 * (int(said[1]) - 1))
    return None


def parse(snapshot: Snapshot) -> Parsed:
    """Every quarter of the file, trust by trust.

    A SourceError: a heading that moved, a quarter, type, unit or metric code that is none, a segment that
    is no segment, trusts of two types, a metric twice for a trust and quarter, a last quarter other than
    the file's name says.
    """
    sheet = read_whole_csv(snapshot.path, snapshot.file_name)
    shape = shape_of(sheet)
    rows = [row for row, cells in enumerate(sheet.rows, start=1) if row > 1 and any(cells)]
    kind = _type_of_all(sheet, shape, rows)
    figures = refuse_duplicates(figures_frame(_figures(sheet, shape, rows)), snapshot.file_name)
    if figures.empty:
        raise sheet.complain(2, 1, "a trust's metrics")
    starts = sorted(map(date.fromisoformat, figures["period_start"].unique()))
    _check_name(snapshot.file_name, starts[-1])
    layout = f"{kind}_{shape.name}"
    return Parsed(layout, {"figures": figures}, starts[0], months_after(starts[-1], 3))


def _type_of_all(sheet: Sheet, shape: Shape, rows: list[int]) -> str:
    """The one type of trust a file is about: files of two types must not replace one another."""
    column = shape.column("Trust_type")
    kinds: dict[str, int] = {}
    for row in rows:
        kind = TRUST_TYPES.get(sheet.cell(row, column).casefold())
        if kind is None:
            raise sheet.complain(row, column, "a type of trust such as 'Acute trust'")
        kinds.setdefault(kind, row)
    if len(kinds) > 1:
        raise sheet.complain(max(kinds.values()), column, "trusts of one type only")
    return next(iter(kinds), "")


def _figures(sheet: Sheet, shape: Shape, rows: list[int]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        start = _quarter(sheet, shape, row)
        period = (start.isoformat(), months_after(start, 3).isoformat())
        code = read_code(sheet, row, shape.column("Trust_code"))
        name = sheet.cell(row, shape.column("Trust_name"))
        for measure, value in metric_figures(sheet, shape, row):
            if measure == _OF_THE_QUARTER_BEFORE and not _tells_of_the_one_before(
                sheet, shape, row
            ):
                continue
            yield (*period, "provider", code, name, measure, value, sheet.name, row)


def _tells_of_the_one_before(sheet: Sheet, shape: Shape, row: int) -> bool:
    """Whether a row's figure is of the quarter before its own, as in every file seen: the figure does not say
    so, and what is compared with it relies on it.
    """
    told = find_financial_quarter(sheet.cell(row, shape.column("Reporting_date")))
    return told is not None and months_after(told, 3) == _quarter(sheet, shape, row)


def _quarter(sheet: Sheet, shape: Shape, row: int) -> date:
    """First day of the row's quarter; the one release without the column is the first."""
    if shape.is_first_release:
        return FIRST_QUARTER
    text = sheet.cell(row, 1)
    years = re.fullmatch(r"Q[1-4] 20(\d{2})/(\d{2})", text)
    start = find_financial_quarter(text)
    if years is None or start is None or (int(years[1]) + 1) % 100 != int(years[2]):
        raise sheet.complain(row, 1, "a quarter such as 'Q3 2025/26'")
    if start < FIRST_QUARTER:
        raise sheet.complain(row, 1, "a quarter from Q1 2025/26 on")
    return start


def _check_name(file_name: str, last: date) -> None:
    """Refuse a file whose last quarter is not the one its name says (`-q2`, `-q3-25-26`)."""
    said = _NAMED_QUARTER.search(file_name)
    if said is None:
        return
    year, quarter = (last.year, (last.month - 1) // 3) if last.month > 3 else (last.year - 1, 4)
    if int(said[1]) != quarter or (said[2] and 2000 + int(said[2]) != year):
        raise SourceError(
            f"{file_name}: the name says {said[0]!r} but the last quarter in the file is "
            f"Q{quarter} {year}/{(year + 1) % 100:02d}."
        )
