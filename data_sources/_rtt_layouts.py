"""The headers of NHS England's RTT full extracts since October 2015."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from data_sources.tables import Sheet

ORGANISATIONS = (
    "Provider Parent Org Code",
    "Provider Parent Name",
    "Provider Org Code",
    "Provider Org Name",
    "Commissioner Parent Org Code",
    "Commissioner Parent Name",
    "Commissioner Org Code",
    "Commissioner Org Name",
)
TOTALS = ("Total", "Patients with unknown clock start date", "Total All")

ALL_FUNCTIONS = "C_999"
"""The treatment function code of rows that hold the total over all functions."""


@dataclass(frozen=True)
class ExtractLayout:
    """One shape of the full extract, told by the headings that differ between the shapes.

    `function` is the heading over the treatment function code, then the one over its name. `bands`
    are the weekly bands of waiting time, shortest first, the last one open-ended.
    """

    period: tuple[str, ...]
    part: str
    function: tuple[str, str]
    bands: tuple[str, ...]
    closing: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The whole header in order."""
        parts = (self.part, "RTT Part Description", *self.function)
        return [*self.period, *ORGANISATIONS, *parts, *self.bands, *TOTALS, *self.closing]

    def differences(self, header: Sequence[str]) -> list[tuple[int, str]]:
        """Where `header` departs from this layout: 1-based columns and the headings expected there.

        Upper and lower case are the same; no heading is expected ('') past the last column.
        """
        pairs = zip_longest(self.columns, header, fillvalue="")
        return [
            (column, expected)
            for column, (expected, found) in enumerate(pairs, start=1)
            if expected.casefold() != found.casefold()
        ]


def _bands(last: int, ending: str) -> tuple[str, ...]:
    closed = (f"Gt {week:02} To {week + 1:02} Weeks {ending}" for week in range(last))
    return (*closed, f"Gt {last} Weeks {ending}")


_CODE_AND_NAME = ("Treatment Function Code", "Treatment Function Name")
_NAME_AND_DESCRIPTION = ("Treatment Function Name", "Treatment Function Description")
_YEAR_AND_MONTH = ("Year", "Period Name")

FROM_OCTOBER_2015 = ExtractLayout(
    _YEAR_AND_MONTH, "RTT Part Name", _CODE_AND_NAME, _bands(52, "SUM 1"), ("Status",)
)
OF_JULY_2016 = ExtractLayout(
    _YEAR_AND_MONTH, "RTT Part Name", _NAME_AND_DESCRIPTION, _bands(52, "SUM"), ("Status",)
)
FROM_APRIL_2018 = ExtractLayout(("Period",), "RTT Part Type", _CODE_AND_NAME, _bands(52, "SUM 1"))
FROM_APRIL_2021 = ExtractLayout(("Period",), "RTT Part Type", _CODE_AND_NAME, _bands(104, "SUM 1"))
_LAYOUTS = (FROM_OCTOBER_2015, OF_JULY_2016, FROM_APRIL_2018, FROM_APRIL_2021)


def match_layout(head: Sheet) -> ExtractLayout:
    """The layout that the last row of `head` heads; else LayoutChanged at its first other column.

    The column is told against the layout that the header comes nearest to.
    """
    header = head.rows[-1]
    layout = min(_LAYOUTS, key=lambda known: len(known.differences(header)))
    for column, expected in layout.differences(header)[:1]:
        raise head.complain(len(head.rows), column, repr(expected) if expected else "no heading")
    return layout
