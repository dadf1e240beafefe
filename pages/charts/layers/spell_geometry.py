"""Where the bars of spells lie: what is drawn solid, what fades, what ends torn, and in which lane."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from pages.charts.layers.lanes import Stretch, assign_lanes, lane_edges

Part = Literal["solid", "fade_in", "fade_out", "torn", "undated"]

PROGRAMME_ORDER = ("qsm", "fsm", "rsp", "pip", "irp")
KNOWN_DAYS = 32
"""A date known to fewer days than this (a month has at most 31) is drawn as known."""
FADE = pd.DateOffset(months=5)
"""Length of a fade that stands for a date no source bounds: a sign, not a measure."""
STUB = pd.Timedelta(days=30)
_ADDED = ("row", "lanes", "part", "begins", "ends", "top", "bottom")
_ROOM_FOR_WORDS = pd.DateOffset(years=4)
_STRANDS = (1.0, 0.55, 0.8)
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """One rectangle of a bar over [begins, ends); `strand` tells the torn strands of one bar apart."""

    part: Part
    begins: pd.Timestamp
    ends: pd.Timestamp
    strand: int = 0


@dataclass(frozen=True)
class _Moment:
    """A date as far as it is known: the days [earliest, latest), none when it is as good as known."""

    earliest: pd.Timestamp
    latest: pd.Timestamp
    last_day: pd.Timestamp


def pieces_of(spell: Any, today: date) -> list[Piece]:
    """The rectangles that draw one spell, from left to right; none when it has no date at all.

    `spell` carries `entered_earliest`, `entered_latest`, `left_earliest`, `left_latest` and
    `last_known_in`: inclusive days, or NaT where no source gives them.
    """
    entered = _moment(
        spell.entered_earliest, _by(today, spell.entered_earliest, spell.entered_latest)
    )
    left = _moment(spell.left_earliest, _by(today, spell.left_earliest, spell.left_latest))
    if left is not None:
        return _with_exit(entered, left)
    known_to = None if pd.isna(spell.last_known_in) else pd.Timestamp(spell.last_known_in) + _DAY
    return _without_exit(entered, known_to, pd.Timestamp(today))


def _by(today: date, earliest: Any, latest: Any) -> Any:
    """The end of an interval, but no day after `today`: what is on record has happened."""
    return latest if pd.isna(latest) else max(earliest, min(latest, pd.Timestamp(today)))


def _moment(earliest: Any, latest: Any) -> _Moment | None:
    if pd.isna(earliest):
        return None
    first, last = pd.Timestamp(earliest), pd.Timestamp(latest)
    as_good_as_known = (last - first).days + 1 < KNOWN_DAYS
    return _Moment(first, first if as_good_as_known else last + _DAY, last)


def _with_exit(entered: _Moment | None, left: _Moment) -> list[Piece]:
    solid_to, gone = left.earliest, left.latest
    if entered is None:
        return [*_some("fade_in", solid_to - FADE, solid_to), *_some("fade_out", solid_to, gone)]
    solid_from = min(entered.latest, gone)
    if solid_from > solid_to:
        # Entry and exit may fall in the same days: half of them fade in, half fade out.
        lowest = max(entered.earliest, solid_to)
        solid_from = solid_to = lowest + (solid_from - lowest) / 2
    pieces = [
        *_some("fade_in", entered.earliest, solid_from),
        *_some("solid", solid_from, solid_to),
        *_some("fade_out", solid_to, gone),
    ]
    return pieces or [Piece("solid", entered.earliest, left.last_day + _DAY)]


def _without_exit(
    entered: _Moment | None, known_to: pd.Timestamp | None, today: pd.Timestamp
) -> list[Piece]:
    if entered is None:
        if known_to is None:
            return []
        return [*_some("fade_in", known_to - FADE, known_to), *_torn(known_to, today)]
    solid_from = min(entered.latest, known_to or entered.latest)
    stub = STUB if entered.earliest == entered.latest else pd.Timedelta(0)
    solid_to = known_to or solid_from + stub
    return [
        *_some("fade_in", entered.earliest, solid_from),
        *_some("solid", solid_from, solid_to),
        *_torn(solid_to, today),
    ]


def _some(part: Part, begins: pd.Timestamp, ends: pd.Timestamp, strand: int = 0) -> list[Piece]:
    return [Piece(part, begins, ends, strand)] if begins < ends else []


def _torn(begins: pd.Timestamp, today: pd.Timestamp) -> list[Piece]:
    whole = min(begins + FADE, today) - begins
    return [
        piece
        for strand, share in enumerate(_STRANDS)
        for piece in _some("torn", begins, begins + whole * share, strand)
    ]


def lay_out(spells: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row per rectangle, with every column of its spell.

    Added: `part`, `begins`, `ends` [begins, ends); `row`, 0 for the organisation with the lowest
    `row_order`; `lanes`, how many bars share the row there (quality above finance); `top` and `bottom`, in
    rows. A spell without any date is one row of part `undated`, over the years before `today` that words
    saying so take.
    """
    rows = _in_rows(spells).groupby("row")
    records = [record for _, of_row in rows for record in _rectangles(of_row, today)]
    return pd.DataFrame(records, columns=[*spells.columns, *_ADDED])


def _in_rows(spells: pd.DataFrame) -> pd.DataFrame:
    order = spells.groupby("org_code")["row_order"].min().sort_values(kind="stable").index
    row = spells["org_code"].map({code: row for row, code in enumerate(order)})
    rank = spells["programme"].map({code: rank for rank, code in enumerate(PROGRAMME_ORDER)})
    placed = spells.assign(row=row, rank=rank)
    return placed.sort_values(["row", "rank", "entered_earliest"], ignore_index=True)


def _rectangles(of_row: pd.DataFrame, today: date) -> Iterator[dict[Hashable, Any]]:
    bars = [pieces_of(spell, today) or [_undated(today)] for spell in of_row.itertuples()]
    lanes = assign_lanes([_core(pieces) for pieces in bars])
    for spell, pieces, (lane, lanes_there) in zip(
        of_row.to_dict("records"), bars, lanes, strict=True
    ):
        for piece in pieces:
            edges = _edges(piece, lane, lanes_there)
            yield spell | {"lanes": lanes_there, **_drawn(piece, spell["row"], edges)}


def _undated(today: date) -> Piece:
    return Piece("undated", pd.Timestamp(today) - _ROOM_FOR_WORDS, pd.Timestamp(today) + FADE)


def _core(pieces: list[Piece]) -> Stretch:
    # A programme handed over to the next fades out while the other fades in: that is no overlap.
    certain = [piece for piece in pieces if piece.part not in ("fade_in", "fade_out")] or pieces
    return min(piece.begins for piece in certain), max(piece.ends for piece in certain)


def _edges(piece: Piece, lane: int, lanes: int) -> tuple[float, float]:
    upper, lower = lane_edges(lane, lanes)
    if piece.part != "torn":
        return upper, lower
    height = (lower - upper) / len(_STRANDS)
    return upper + height * piece.strand, upper + height * (piece.strand + 1)


def _drawn(piece: Piece, row: int, edges: tuple[float, float]) -> dict[Hashable, Any]:
    return {
        "part": piece.part,
        "begins": piece.begins,
        "ends": piece.ends,
        "top": row + edges[0],
        "bottom": row + edges[1],
    }
