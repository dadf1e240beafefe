"""The sheet of trusts in a Friends and Family workbook: two header rows, England, one row per provider."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from data_sources.layouts import Layout, last_filled, layout_of, read_code
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

INCLUDING = "England (including Independent Sector Providers)"
EXCLUDING = "England (excluding Independent Sector Providers)"
SELECTION = "Selection (excluding suppressed data)"
INDEPENDENT = "IS1"
"""What stands for a system beside providers of the independent sector."""

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""

_ANSWERS = ("Very Good", "Good", "Neither Good nor Poor", "Poor", "Very Poor", "Don't Know")
_MODES = (
    *("SMS", "Electronic Discharge", "Electronic Home", "Paper Discharge", "Paper Home"),
    *("Telephone", "Online", "Other"),
)
_LAYOUT = Layout(
    1,
    ("ICB Code", "Trust Code", "Trust Name"),
    (
        ("Total Responses", "responses"),
        ("Total Eligible", ""),
        ("Percentage Positive", ""),
        ("Percentage Negative", ""),
        ("Very Good", "very_good"),
        ("Good", "good"),
        *((answer, "") for answer in _ANSWERS[2:]),
        *((f"Mode {mode}", "") for mode in _MODES),
    ),
)
_RESPONSES, _POSITIVE = 4, 6
_FIRST_ANSWER = 8
_LAST_HEADER_ROW = 20
_SUPPRESSED = "*"

ROUNDING = 0.0051
"""Percentages are shares from 0 to 1; they may be rounded to whole percents."""


def trust_figures(sheet: Sheet) -> Iterator[Figure]:
    """Responses, and those of them very good and good, of England and every provider.

    A SourceError: an unknown header, England's rows not once each, a row whose answers are not its
    responses or not its percentage, providers that do not add up to England.
    """
    top = _header_row(sheet)
    table = _with_one_header(sheet, top)
    layout = layout_of(table, (replace(_LAYOUT, header_row=top + 1),))
    rows = _rows(table, top + 2)
    england = _england_rows(table, rows, top + 1)
    providers = [row for row in rows if table.cell(row, 3) not in (*england, SELECTION)]
    for row in [*england.values(), *providers]:
        _check_row(table, row)
    for name, row in england.items():
        is_all = name == INCLUDING
        parts = [one for one in providers if is_all or table.cell(one, 1) != INDEPENDENT]
        _check_sums(table, row, parts)
    yield from _figures(table, layout, england[INCLUDING], ("england", "ENG", "England"))
    for row in providers:
        body = ("provider", read_code(table, row, 2), table.cell(row, 3))
        yield from _figures(table, layout, row, body)


def _header_row(sheet: Sheet) -> int:
    for row in range(1, _LAST_HEADER_ROW + 1):
        if sheet.cell(row, 2) == "Trust Code":
            return row
    expected = f"the heading 'Trust Code' in column B of the first {_LAST_HEADER_ROW} rows"
    raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", expected, "none")


def _with_one_header(sheet: Sheet, top: int) -> Sheet:
    """The sheet with its second header row completed from the first: the lower heading says it nearer."""
    upper = sheet.rows[top - 1]
    lower = sheet.rows[top] if top < len(sheet.rows) else ()
    merged = [low or high for high, low in zip_longest(upper, lower, fillvalue="")]
    rows = [*sheet.rows[:top], merged, *sheet.rows[top + 1 :]]
    return Sheet(sheet.file_name, sheet.name, rows)


def _rows(sheet: Sheet, first: int) -> range:
    """Rows of the table, to the first blank one; below it notes may stand in column A."""
    end = first
    while last_filled(sheet, end):
        end += 1
    for row in range(end, len(sheet.rows) + 1):
        if (column := last_filled(sheet, row)) > 1:
            raise sheet.complain(row, column, "only notes in column A below the table")
    return range(first, end)


def _england_rows(sheet: Sheet, rows: range, header_row: int) -> dict[str, int]:
    found = {}
    for name in (INCLUDING, EXCLUDING):
        at = [row for row in rows if sheet.cell(row, 3) == name]
        if len(at) != 1:
            place = sheet.place(header_row + 1, 3)
            raise LayoutChanged(sheet.file_name, place, f"one row {name!r} from here on", len(at))
        found[name] = at[0]
    return found


def _count(sheet: Sheet, row: int, column: int) -> int | None:
    """The count in a cell; None where it is suppressed."""
    text = sheet.cell(row, column)
    if text == _SUPPRESSED:
        return None
    if not text.isdecimal():
        raise sheet.complain(row, column, "a whole number, or * where it is suppressed")
    return int(text)


def _check_row(sheet: Sheet, row: int) -> None:
    """Where nothing is suppressed, the six answers are the responses and the first two the percentage."""
    total = _count(sheet, row, _RESPONSES)
    counts = [_count(sheet, row, _FIRST_ANSWER + place) for place in range(len(_ANSWERS))]
    answers = [count for count in counts if count is not None]
    if total is None or len(answers) < len(_ANSWERS):
        return
    if sum(answers) != total:
        raise sheet.complain(row, _RESPONSES, f"{sum(answers)} responses, the sum of the answers")
    if total and not _is_share(sheet.cell(row, _POSITIVE), (answers[0] + answers[1]) / total):
        share = f"{(answers[0] + answers[1]) / total:.4f}"
        raise sheet.complain(row, _POSITIVE, f"{share}, the share of very good and good")


def _is_share(text: str, share: float) -> bool:
    try:
        return abs(float(text) - share) <= ROUNDING
    except ValueError:
        return False


def _check_sums(sheet: Sheet, england: int, parts: list[int]) -> None:
    """Providers add up to England's row; with some of them suppressed, to no more than it."""
    for column in (_RESPONSES, _FIRST_ANSWER, _FIRST_ANSWER + 1):
        stated = _count(sheet, england, column)
        counts = [_count(sheet, row, column) for row in parts]
        added = sum(count for count in counts if count is not None)
        if stated is None or added > stated or (None not in counts and added != stated):
            raise sheet.complain(england, column, f"{added}, the sum of the providers")


def _figures(
    sheet: Sheet, layout: Layout, row: int, body: tuple[str, str, str]
) -> Iterator[Figure]:
    for measure, value in layout.read(sheet, row):
        yield (*body, measure, value, sheet.name, row)
