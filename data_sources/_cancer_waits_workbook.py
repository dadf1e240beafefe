"""The monthly cancer waiting times workbooks, by provider and by commissioner."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_sources._cancer_waits_counts import (
    Figure,
    financial_month,
    organisation,
    refuse_unequal_parts,
    refuse_unequal_sums,
)
from data_sources._cancer_waits_layouts import (
    AFTER,
    COMMISSIONERS,
    OLD_CCGS,
    OLD_ICBS,
    PROVIDERS,
    Block,
    Workbook,
)
from data_sources.layouts import last_filled, layout_of
from data_sources.periods import read_month
from data_sources.tables import Sheet, read_sheet

FRONT_SHEET = "Frontpage"
_STATUS = re.compile(r"Status: (Final|Provisional) Official Statistics")
_STATUS_ROW, _TITLE_ROW, _MONTH_ROW = 5, 7, 8
_OLD_PERIOD = re.compile(r"PERIOD: ([A-Z]{3}) (20\d{2})/\d{2}")
_NEXT_PART = "PART B"


def read_workbook(path: Path, file_name: str) -> tuple[str, date, list[Figure]]:
    """Layout, month and figures of a workbook of any known kind."""
    front = read_sheet(path, FRONT_SHEET, file_name)
    kind = _kind_of(path, front)
    month = read_month(front.cell(_MONTH_ROW, 1), f"{file_name}, {front.place(_MONTH_ROW, 1)}")
    figures: list[Figure] = []
    for block in kind.blocks:
        sheet = read_sheet(path, block.sheet, file_name)
        _refuse_other_title(sheet, block, kind.basis)
        _refuse_other_month(sheet, month)
        figures += _block_figures(sheet, block)
    return _layout_name(kind, front), month, figures


def _kind_of(path: Path, front: Sheet) -> Workbook:
    title = front.cell(_TITLE_ROW, 1)
    if title == OLD_ICBS.front_title:
        fds = read_sheet(path, OLD_ICBS.blocks[-1].sheet, front.file_name)
        ccgs, icbs = (book.blocks[-1].header for book in (OLD_CCGS, OLD_ICBS))
        return OLD_CCGS if layout_of(fds, (ccgs, icbs)) is ccgs else OLD_ICBS
    for kind in (PROVIDERS, COMMISSIONERS):
        if title == kind.front_title:
            return kind
    raise front.complain(_TITLE_ROW, 1, "the title of a workbook by provider or by commissioner")


def _layout_name(kind: Workbook, front: Sheet) -> str:
    status = _STATUS.fullmatch(front.cell(_STATUS_ROW, 1))
    if status is None:
        raise front.complain(_STATUS_ROW, 1, "'Status: Final Official Statistics' or provisional")
    return kind.layout if status[1] == "Final" else f"{kind.layout}_provisional"


def _refuse_other_title(sheet: Sheet, block: Block, basis: str) -> None:
    if sheet.cell(1, 1) != block.title:
        raise sheet.complain(1, 1, f"the title {block.title!r}")
    if not sheet.cell(3, 1).upper().startswith(f"BASIS: {basis} BASED"):
        raise sheet.complain(3, 1, f"'BASIS: {basis} BASED'")
    caption_row = block.header.header_row - 2
    if block.caption and sheet.cell(caption_row, 1) != block.caption:
        raise sheet.complain(caption_row, 1, repr(block.caption))


def _refuse_other_month(sheet: Sheet, month: date) -> None:
    """Row 2 says `Sep-25`, or in the old workbooks `PERIOD: JUL 2021/22`."""
    text = sheet.cell(2, 1)
    old = _OLD_PERIOD.fullmatch(text)
    place = f"{sheet.file_name}, {sheet.place(2, 1)}"
    found = financial_month(old[2], old[1]) if old else read_month(text, place)
    if found != month:
        raise sheet.complain(2, 1, f"{month:%B %Y} as on sheet {FRONT_SHEET!r}")


def _block_figures(sheet: Sheet, block: Block) -> list[Figure]:
    """The figures of every organisation, and England's where printed, which must be their sum."""
    layout_of(sheet, (block.header,))
    row = block.header.header_row + 1
    figures: list[Figure] = []
    while last_filled(sheet, row):
        code, name = organisation(sheet, row, 2, 3)
        figures += _row_figures(sheet, block, row, (block.level, code, name))
        row += 1
    if not figures:
        raise sheet.complain(row, 2, "an organisation code")
    england = list(_england_figures(sheet, block, row + 1)) if block.england else []
    refuse_unequal_sums(figures, england, sheet.file_name)
    _refuse_more_rows(sheet, row + 2 if block.england else row, bool(block.caption))
    return figures + england


def _england_figures(sheet: Sheet, block: Block, row: int) -> Iterator[Figure]:
    if sheet.cell(row, 2) or sheet.cell(row, 3) != block.england:
        raise sheet.complain(row, 3, f"{block.england!r} and no code beside it")
    yield from _row_figures(sheet, block, row, ("england", "ENG", "England"))


def _row_figures(
    sheet: Sheet, block: Block, row: int, body: tuple[str, str, str]
) -> Iterator[Figure]:
    for column, word in enumerate(block.words, start=4):
        if sheet.cell(row, column) != word:
            raise sheet.complain(row, column, repr(word))
    if sheet.cell(row, 1):
        raise sheet.complain(row, 1, "nothing left of an organisation's row")
    values = dict(block.header.read(sheet, row))
    refuse_unequal_parts(values, f"{sheet.file_name}, {sheet.place(row)}")
    for measure, text in values.items():
        if not measure.endswith(f"_{AFTER}"):
            yield (*body, measure, text, sheet.name, row)


def _refuse_more_rows(sheet: Sheet, row: int, has_parts: bool) -> None:
    """Below the block stands nothing, or the next part of the sheet under its caption."""
    if column := last_filled(sheet, row):
        raise sheet.complain(row, column, "a blank row below the block")
    below = (one for one in range(row, len(sheet.rows) + 1) if last_filled(sheet, one))
    found = next(below, None)
    if found is None or (has_parts and sheet.cell(found, 1).startswith(_NEXT_PART)):
        return
    expected = f"nothing, or {_NEXT_PART!r}," if has_parts else "nothing"
    raise sheet.complain(found, last_filled(sheet, found), f"{expected} below the block")
