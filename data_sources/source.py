"""The contract every publication module keeps: what a source, a release, a snapshot and a parsed file are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

FIGURE_COLUMNS = (
    "period_start",
    "period_end",
    "level",
    "org_code",
    "org_name",
    "measure",
    "value",
    "sheet",
    "source_row",
)
"""A figure is one published cell: whose, of which period `[period_start, period_end)`, and where.

`value` is the text as published (missing marks such as `-` included); typing is `sql/staging`'s.
`sheet` and `source_row` (1-based) lead back to the cell; both are null for sums over many rows.
"""

LEVELS = ("provider", "system", "region", "england")
"""`system` is an integrated care board or its forerunner; `england` the publication's own total row."""


@dataclass(frozen=True)
class Source:
    """One publication. `layouts` are its file shapes, preferred first where two tell one period.

    `unconfirmed` are those of them written to a description, no real file having been at hand.
    `not_additive` are the measures that no sum over organisations makes sense of: rates, means, centiles,
    scores, ratings.
    """

    id: str
    title: str
    publisher: str
    cadence: str
    landing_page: str
    layouts: tuple[str, ...]
    licence: str = "OGL-3.0"
    unconfirmed: tuple[str, ...] = ()
    not_additive: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """A file that a landing page links to, not yet fetched; `period_start` is what the link claims.

    `is_page` says that the release is itself a web page, where any other must not be one.
    """

    source_id: str
    title: str
    url: str
    period_start: date | None = None
    is_page: bool = False


@dataclass(frozen=True)
class Snapshot:
    """The untouched bytes of one published file and where they came from."""

    snapshot_id: str
    source_id: str
    path: Path
    file_name: str
    sha256: str
    bytes: int
    url: str | None = None
    retrieved_at: datetime | None = None


@dataclass(frozen=True)
class Parsed:
    """What a snapshot says: its layout, its span `[period_start, period_end)`, its tables, all text.

    `tables["figures"]` has FIGURE_COLUMNS; reference publications give other tables (see `ods.py`).
    """

    layout: str
    tables: Mapping[str, pd.DataFrame]
    period_start: date | None = None
    period_end: date | None = None
    published_on: date | None = None


class SourceError(Exception):
    """A published file that cannot be trusted as it is; the message is one plain sentence for a person."""


class LayoutChanged(SourceError):
    """A file whose shape is not one we know: file, sheet and cell, what was expected, what stands there."""

    def __init__(self, file_name: str, place: str, expected: str, found: object) -> None:
        super().__init__(f"{file_name}, {place}: expected {expected}, found {found!r}.")
        self._parts = (file_name, place, expected, found)

    def __reduce__(self) -> tuple[type["LayoutChanged"], tuple[str, str, str, object]]:
        return LayoutChanged, self._parts
