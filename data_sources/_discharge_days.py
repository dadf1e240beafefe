"""From the days of the discharge situation report to a month: means, and on how many days they rest."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from data_sources.periods import month_after
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet, figures_frame

READY = "Number of patients who no longer meet the criteria to reside"
DISCHARGED = "Number of patients discharged"
REMAINING = "Number of patients remaining in hospital who no longer meet the criteria to reside"
MEASURES = {READY: "no_longer_meeting", DISCHARGED: "discharged", REMAINING: "remaining"}
"""The publication's metrics, and what they are called here."""

GIVEN = tuple(
    f"{stem}{ending}"
    for stem in ("no_longer_meeting", "discharged")
    for ending in ("", "_days", "_zero_days")
)
"""Measures of a month: the mean of the days with a number, how many those are, and how many of them say 0."""

_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")
_MISSING = ("", "-", "*", ".", "[x]", "[z]", "[c]", "NULL", "n/a")
_BODY = ["level", "org_code", "org_name"]


class Day(NamedTuple):
    """A published cell: whose and of which day, which metric (as in MEASURES), and the number if any."""

    level: str
    org_code: str
    org_name: str
    day: date
    measure: str
    amount: float | None
    row: int


def read_amount(sheet: Sheet, row: int, column: int) -> float | None:
    """The number in a cell, None for a missing mark; anything else is refused."""
    text = sheet.cell(row, column)
    if text in _MISSING:
        return None
    if not _NUMBER.fullmatch(text):
        raise sheet.complain(row, column, "a number or a missing mark")
    return float(text.replace(",", ""))


def monthly_figures(days: Iterable[Day], sheet: Sheet) -> pd.DataFrame:
    """Figures of whole months, measures as in GIVEN.

    Refused: a day twice; an organisation without each metric on each day of a month; a day on which those
    who remain in England are not those ready less those discharged, as what remains is worked out so.
    """
    frame = pd.DataFrame(days, columns=list(Day._fields))
    if frame.empty:
        raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", f"rows of {READY!r}", "none")
    months = [day.replace(day=1) for day in frame["day"]]
    frame = frame.assign(month=months, amount=frame["amount"].astype("float64"))
    _refuse_repeats(frame, sheet)
    _refuse_absent_days(frame, sheet)
    _refuse_other_arithmetic(frame, sheet)
    return figures_frame(_figures(frame))


def _figures(frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    given = frame[frame["measure"] != "remaining"]
    summed = given.assign(is_zero=given["amount"].eq(0)).groupby([*_BODY, "month", "measure"])
    table = summed.agg(
        mean=("amount", "mean"), days=("amount", "count"), zeros=("is_zero", "sum")
    ).reset_index()
    for level, code, name, month, measure, mean, days, zeros in table.itertuples(index=False):
        whose = (month.isoformat(), month_after(month).isoformat(), level, code, name)
        yield (*whose, measure, f"{mean:.4f}" if days else "", None, None)
        yield (*whose, f"{measure}_days", str(days), None, None)
        yield (*whose, f"{measure}_zero_days", str(zeros), None, None)


def _refuse_repeats(frame: pd.DataFrame, sheet: Sheet) -> None:
    repeats = frame[frame.duplicated(["level", "org_code", "day", "measure"])]
    if not repeats.empty:
        first = repeats.iloc[0]
        place = f"{sheet.file_name}, {sheet.place(first['row'])}"
        raise SourceError(f"{place}: a second row for {first['org_code']} on {first['day']}.")


def _refuse_absent_days(frame: pd.DataFrame, sheet: Sheet) -> None:
    """A day left out would change a mean without a word; a day without a return has a mark or a zero."""
    rows = frame.groupby([*_BODY, "month"]).agg(rows=("row", "size"), first=("row", "min"))
    for (_, code, _, month), found, first in rows.itertuples(name=None):
        expected = (month_after(month) - month).days * len(MEASURES)
        if found != expected:
            raise LayoutChanged(
                sheet.file_name,
                sheet.place(first),
                f"{expected} rows of {code} in {month:%B %Y}",
                found,
            )


def _refuse_other_arithmetic(frame: pd.DataFrame, sheet: Sheet) -> None:
    england = frame[frame["level"] == "england"]
    if england.empty:
        return
    wide = england.pivot_table("amount", "day", "measure", dropna=False)
    rest = wide["no_longer_meeting"] - wide["discharged"] - wide["remaining"]
    wrong = rest[rest.abs() > 0.5]
    if not wrong.empty:
        raise SourceError(
            f"{sheet.file_name}, sheet {sheet.name!r}: on {wrong.index[0]} those of England ready less "
            f"those discharged are {wrong.iloc[0]:.0f} more than those remaining."
        )
