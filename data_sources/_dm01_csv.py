"""The diagnostics (DM01) files without an England row: the by-test sheet as a CSV, and the full extract."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from data_sources._dm01_layouts import (
    BY_TEST_LAYOUT,
    EXTRACT_LAYOUT,
    EXTRACT_MEASURES,
    FEWEST_PROVIDERS,
    REGIONS,
    TOTAL_ID,
)
from data_sources.layouts import Layout, layout_of, read_code
from data_sources.periods import read_month
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet

Figure = tuple[str, str, str, str, str, str | None, int | None]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""

_Block = tuple[str, str]
"""Whose rows add up to one total: a provider, and in the extract one of its commissioners."""


def by_test_figures(sheet: Sheet) -> Iterator[Figure]:
    """The figures of each provider's total row, once its tests add up to them.

    Nothing in the sheet says how many providers there should be, so a cut one is known by its regions
    (they follow one another) and by too few providers.
    """
    layout = layout_of(sheet, (BY_TEST_LAYOUT,))
    rows = list(_rows(sheet, code_column=3))
    _refuse_unequal_totals(sheet, layout, {row: (sheet.cell(row, 3), "") for row in rows}, 5)
    regions = tuple(dict.fromkeys(sheet.cell(row, 1) for row in rows))
    if regions != REGIONS:
        expected = f"the regions {', '.join(REGIONS)}, one after the other"
        raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", expected, ", ".join(regions))
    for row in rows:
        if sheet.cell(row, 5) == TOTAL_ID:
            body = ("provider", sheet.cell(row, 3), sheet.cell(row, 4))
            for measure, value in layout.read(sheet, row):
                yield (*body, measure, value, sheet.name, row)


def extract_month(sheet: Sheet) -> date:
    """The one month that every row of a full extract is about."""
    layout_of(sheet, (EXTRACT_LAYOUT,))
    first = sheet.cell(2, 1)
    for row in range(3, len(sheet.rows) + 1):
        if sheet.cell(row, 1) != first:
            raise sheet.complain(row, 1, f"{first!r} as in the rows above")
    return read_month(first, f"{sheet.file_name}, {sheet.place(2, 1)}")


def extract_figures(sheet: Sheet) -> Iterator[Figure]:
    """Each provider's waiting list, the sum over its commissioners, once all tests add up to the totals."""
    layout = layout_of(sheet, (EXTRACT_LAYOUT,))
    rows = list(_rows(sheet, code_column=4))
    blocks = {row: (sheet.cell(row, 4), sheet.cell(row, 8)) for row in rows}
    _refuse_unequal_totals(sheet, layout, blocks, 10)
    names = {sheet.cell(row, 4): sheet.cell(row, 5) for row in rows}
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(EXTRACT_MEASURES, 0))
    for row in rows:
        if sheet.cell(row, 10) == TOTAL_ID:
            counts = dict(_counts(sheet, layout, row))
            if counts["waiting"] != sum(counts[band] for band in EXTRACT_MEASURES["waiting"]):
                raise sheet.complain(row, 26, "the sum of the weekly bands")
            for measure, bands in EXTRACT_MEASURES.items():
                sums[sheet.cell(row, 4)][measure] += sum(counts[band] for band in bands)
    for code, measures in sums.items():
        for measure, count in measures.items():
            yield ("provider", code, names[code], measure, str(count), None, None)


def _rows(sheet: Sheet, code_column: int) -> Iterator[int]:
    codes = set()
    for row in range(2, len(sheet.rows) + 1):
        codes.add(read_code(sheet, row, code_column))
        yield row
    if len(codes) < FEWEST_PROVIDERS:
        raise SourceError(
            f"{sheet.file_name}, sheet {sheet.name!r}: {len(codes)} providers, expected at least "
            f"{FEWEST_PROVIDERS}: the file is a part of a month's."
        )


def _counts(sheet: Sheet, layout: Layout, row: int) -> Iterator[tuple[str, int]]:
    """The counts of a row that is as long as the header; one that is no whole number is refused."""
    for measure, text in layout.read(sheet, row):
        digits = text.replace(",", "")
        if not digits.isdecimal():
            found = f"{text!r} for {measure}"
            raise SourceError(f"{sheet.file_name}, {sheet.place(row)}: {found}, expected a count.")
        yield measure, int(digits)


def _refuse_unequal_totals(
    sheet: Sheet, layout: Layout, blocks: dict[int, _Block], id_column: int
) -> None:
    """A lost, doubled or added test shows: of every block the tests add up to the total in each count."""
    added: dict[_Block, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals: dict[_Block, int] = {}
    for row, block in blocks.items():
        is_total = sheet.cell(row, id_column) == TOTAL_ID
        if is_total and block in totals:
            raise sheet.complain(row, id_column, f"one total row of {block[0]}")
        if is_total:
            totals[block] = row
        for measure, count in _counts(sheet, layout, row):
            added[block][measure] += -count if is_total else count
    for row, block in blocks.items():
        if block not in totals:
            raise sheet.complain(row, id_column, f"rows of {block[0]} with a total {TOTAL_ID}")
        for measure, difference in added[block].items():
            if difference:
                raise SourceError(
                    f"{sheet.file_name}, {sheet.place(totals[block])}: the tests of {block[0]} add "
                    f"up to {difference:+d} {measure} beside their total."
                )
