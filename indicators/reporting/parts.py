"""What a report consists of, before it is Word or HTML: sections of paragraphs, tables and one figure."""

import re
from dataclasses import dataclass

Row = tuple[str, ...]
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text with a mark in place of what neither HTML nor Word can hold, such as control characters."""
    return _UNWRITABLE.sub("\ufffd", text)


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; `is_notice` for what a reader must not miss."""

    text: str
    is_notice: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first cell of each row names it; `numbers` are the columns (from 0) that hold figures."""

    caption: str
    header: Row
    rows: tuple[Row, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Point:
    """One period of a series: what was observed, fitted, and expected without the first interruption."""

    label: str
    value: float | None
    is_used: bool
    fitted: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None


@dataclass(frozen=True)
class Rule:
    """A vertical rule at the `place` (from 0) of a point, with its word."""

    place: int
    word: str


@dataclass(frozen=True)
class Figure:
    """The series of a run; `alt` says what it shows to who cannot see it, `data` is it as a table.

    `elsewhere` says where it can be seen by who has it as a table alone.
    """

    caption: str
    alt: str
    unit: str
    points: tuple[Point, ...]
    rules: tuple[Rule, ...]
    data: Table
    elsewhere: str


Block = Paragraph | Table | Figure


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A whole report; `lead` answers its title, `footer` stands under every page."""

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    footer: str
