"""What is known of each publication at a glance: its layouts, which are confirmed, and its span."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rich.markup import escape
from rich.table import Table

from data_sources.snapshots import SnapshotRecord
from data_sources.source import Source

COLUMNS = (
    *("id", "title", "publisher", "cadence", "layouts", "first_month", "last_good_month"),
    "landing_page",
)
"""`layouts`: each with `confirmed` or `unconfirmed`. Months as `2024-04`, `-` where nothing was read."""


@dataclass(frozen=True)
class Listed:
    """A publication and what has been read of it: `[first, end)`, None where nothing with a period was."""

    source: Source
    layouts: dict[str, bool]
    first: date | None
    end: date | None

    @property
    def first_month(self) -> str:
        """The first month read, `-` if none."""
        return f"{self.first:%Y-%m}" if self.first else "-"

    @property
    def last_good_month(self) -> str:
        """The last month of the last file that was read and not refused, `-` if none."""
        return f"{self.end - timedelta(days=1):%Y-%m}" if self.end else "-"

    def cells(self) -> list[str]:
        """The texts of COLUMNS."""
        one = self.source
        layouts = ", ".join(f"{name} {_word(sure)}" for name, sure in self.layouts.items())
        span = [self.first_month, self.last_good_month]
        return [one.id, one.title, one.publisher, one.cadence, layouts, *span, one.landing_page]


def listed(source: Source, records: Iterable[SnapshotRecord]) -> Listed:
    """What the records of all publications say of one. Refused files say nothing.

    A layout is confirmed once a file of it has been read, or if it was written from a real one.
    """
    read = [one for one in records if one.source_id == source.id and one.status == "parsed"]
    seen = {record.layout for record in read}
    starts = [record.period_start for record in read if record.period_start]
    ends = [record.period_end for record in read if record.period_end]
    return Listed(
        source,
        {name: name in seen or name not in source.unconfirmed for name in source.layouts},
        date.fromisoformat(min(starts)) if starts else None,
        date.fromisoformat(max(ends)) if ends else None,
    )


def as_table(rows: Iterable[Listed]) -> Table:
    """The list for a terminal: a line per layout, unconfirmed ones marked as such."""
    table = Table("Source", "Title", "How often", "Layouts", "From", "Last good")
    table.caption = "Layouts not marked unconfirmed were written from real files or have read one."
    for row in rows:
        layouts = "\n".join(
            name if sure else f"[yellow]{name} (unconfirmed)[/]"
            for name, sure in row.layouts.items()
        )
        one = row.source
        span = (row.first_month, row.last_good_month)
        table.add_row(one.id, escape(one.title), one.cadence, layouts, *span, end_section=True)
    return table


def _word(is_confirmed: bool) -> str:
    return "confirmed" if is_confirmed else "unconfirmed"
