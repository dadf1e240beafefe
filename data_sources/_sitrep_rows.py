"""Rows of NHS England's situation reports in long form: whose each is, of which day, what must add up."""

import re
from collections.abc import Mapping
from datetime import date

import pandas as pd

from data_sources.layouts import read_code
from data_sources.periods import find_month
from data_sources.source import SourceError
from data_sources.tables import Sheet

LEVELS = {"Provider": "provider", "ICB": "system", "Region": "region", "National": "england"}
"""What the column `Level` says, and the level it is."""

_ISO_DAY = re.compile(r"(20\d{2})-(\d{2})-(\d{2})(?:T00:00:00)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d{2})(?: 00:00(?::00)?)?")


def read_day(sheet: Sheet, row: int, column: int) -> date:
    """The day a cell names: `2024-04-01`, `01/04/2024`; a month such as `April 2024` is its first day."""
    text = sheet.cell(row, column)
    iso, british = _ISO_DAY.fullmatch(text), _BRITISH_DAY.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
    except ValueError as error:
        raise sheet.complain(row, column, "a day of the calendar") from error
    month = find_month(text)
    if month is None:
        raise sheet.complain(row, column, "a day such as 01/04/2024 or a month such as April 2024")
    return month


def body_of(sheet: Sheet, row: int, columns: Mapping[str, int]) -> tuple[str, str, str]:
    """Level, code and name of the organisation a row is about; England's code is ENG whatever it is there.

    `columns` holds the columns `Level`, `Org Code` and `Org Name`.
    """
    level = LEVELS.get(sheet.cell(row, columns["Level"]))
    if level is None:
        raise sheet.complain(row, columns["Level"], ", ".join(LEVELS))
    if level == "england":
        return level, "ENG", "England"
    code = read_code(sheet, row, columns["Org Code"])
    return level, code, sheet.cell(row, columns["Org Name"])


def refuse_unequal_sums(
    figures: pd.DataFrame, measures: tuple[str, ...], rounded_to: float, file_name: str
) -> None:
    """Refuse a file whose organisations do not add up to England's figure: a row lost or counted twice.

    Every figure may be off by half of `rounded_to`, and so their sum by as much for each of them.
    """
    counted = figures[figures["measure"].isin(measures)]
    counts = pd.to_numeric(counted["value"].str.replace(",", ""), errors="coerce")
    groups = counts.groupby([counted["level"], counted["measure"]])
    sums: dict[object, float] = groups.sum().to_dict()
    numbers: dict[object, int] = groups.count().to_dict()
    for level in sorted(set(counted["level"]) - {"england"}):
        for measure in sorted(set(counted.loc[counted["level"] == level, "measure"])):
            stated, added = sums.get(("england", measure)), sums[level, measure]
            if stated is None:
                raise SourceError(f"{file_name}: no figure of England for {measure}.")
            if abs(added - stated) > rounded_to * (numbers[level, measure] + 1) / 2:
                raise SourceError(
                    f"{file_name}: {measure} of England is {stated:.10g}, "
                    f"but its {level} rows add up to {added:.10g}."
                )
