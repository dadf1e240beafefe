"""Time in a programme behind a line over months: bands, rules at known dates, fades where none is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Span, band, month_x
from pages.charts.layers.rows import rows_of
from pages.charts.layers.spell_geometry import KNOWN_DAYS, Piece, pieces_of
from pages.charts.layers.top_labels import TopLabel
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens, fade

_OPACITY = 0.13
_SOLID, _DASHED = [1, 0], [5, 3]


@dataclass(frozen=True)
class DrawnSpell:
    """One spell as the chart draws it: its pieces, its vertical rules where a date is known, its words."""

    programme_short: str
    pieces: list[Piece]
    entered_on: pd.Timestamp | None
    left_on: pd.Timestamp | None
    entered_words: str
    left_words: str

    @property
    def begins(self) -> pd.Timestamp:
        """First day the band has any colour."""
        return min(piece.begins for piece in self.pieces)

    @property
    def ends(self) -> pd.Timestamp:
        """The day the band has faded out."""
        return max(piece.ends for piece in self.pieces)

    @property
    def surely_inside(self) -> pd.Timestamp:
        """First day in full colour, or of any colour where the band only fades."""
        return min((p.begins for p in self.pieces if p.part == "solid"), default=self.begins)

    @property
    def tail(self) -> pd.Timestamp:
        """Where words about an exit not known to the month belong: the last known day, or the fade's end."""
        return next((p.begins for p in self.pieces if p.part == "torn"), self.ends)


def drawn_spells(spells: pd.DataFrame, span: Span) -> list[DrawnSpell]:
    """The spells that touch the months shown, in order of the frame; those without any date are not drawn."""
    drawn = [drawn_spell(row, span) for row in rows_of(spells)]
    return [spell for spell in drawn if spell is not None]


def drawn_spell(row: Any, span: Span) -> DrawnSpell | None:
    """One spell, None where it has no date or touches none of the months shown."""
    spell, begin, end = _drawn(row, span), pd.Timestamp(span[0]), pd.Timestamp(span[1])
    return spell if spell.pieces and spell.begins < end and begin < spell.ends else None


def undated_programmes(spells: pd.DataFrame) -> list[str]:
    """Programmes of spells for which no source gives any date: they have to be named in words."""
    dates = ["entered_earliest", "left_earliest", "last_known_in"]
    return spells.loc[spells[dates].isna().all(axis=1), "programme_short"].to_list()


def _drawn(row: Any, span: Span) -> DrawnSpell:
    return DrawnSpell(
        programme_short=row.programme_short,
        pieces=[piece for piece in pieces_of(row, span[1]) if piece.strand == 0],
        entered_on=_known_day(row.entered_earliest, row.entered_latest),
        left_on=_known_day(row.left_earliest, row.left_latest),
        entered_words=_entered_words(row),
        left_words=_left_words(row),
    )


def _known_day(earliest: Any, latest: Any) -> pd.Timestamp | None:
    if pd.isna(earliest) or (latest - earliest).days + 1 >= KNOWN_DAYS:
        return None
    return pd.Timestamp(earliest)


def _entered_words(row: Any) -> str:
    return (
        "entry not established" if pd.isna(row.entered_earliest) else f"entered {row.entered_label}"
    )


def _left_words(row: Any) -> str:
    if not pd.isna(row.left_earliest):
        return f"left {row.left_label}"
    if pd.isna(row.last_known_in):
        return "exit not established"
    return f"last known {row.last_known_label}"


def spell_layers(spells: Iterable[DrawnSpell], span: Span, tokens: Tokens) -> list[alt.Chart]:
    """Pale bands for time in a programme; a solid rule at a known entry, a dashed one at a known exit."""
    layers = []
    for spell in spells:
        colour = tokens.programmes[spell.programme_short.lower()]
        layers += [_piece_band(piece, colour, span) for piece in spell.pieces]
        layers += _rule(spell.entered_on, spell.entered_words, colour, _SOLID, span)
        layers += _rule(spell.left_on, spell.left_words, colour, _DASHED, span)
    return layers


def _piece_band(piece: Piece, colour: str, span: Span) -> alt.Chart:
    fills: dict[str, Any] = {
        "fade_in": fade(colour, "left"),
        "fade_out": fade(colour, "right"),
        "torn": fade(colour, "right"),
    }
    return band(piece.begins, piece.ends, fills.get(piece.part, colour), _OPACITY, span)


def _rule(
    on: pd.Timestamp | None, words: str, colour: str, dash: list[int], span: Span
) -> list[alt.Chart]:
    if on is None:
        return []
    chart = alt.Chart(one_row(on=on, words=words))
    rule = chart.mark_rule(color=colour, strokeWidth=1.5, strokeDash=dash, clip=True)
    return [rule.encode(x=month_x("on", span), tooltip=alt.Tooltip("words:N", title="Programme"))]


def programme_labels(spells: Iterable[DrawnSpell], span: Span) -> list[TopLabel]:
    """The short name of each programme, at the left of its band."""
    begin = pd.Timestamp(span[0])
    return [
        TopLabel(max(spell.surely_inside, begin), spell.programme_short, is_bold=True)
        for spell in spells
    ]


def date_labels(spells: Sequence[DrawnSpell], span: Span) -> list[TopLabel]:
    """Words on each entry and exit; an arrow points to a date outside the months shown.

    Where several spells are drawn the words name the programme too. Words on a day stand outside the band
    they belong to; where one spell follows on another they stand inside it, each on its own side of the rule.
    """
    followed = {_way_in(spell) for spell in spells} & {_way_out(spell) for spell in spells}
    return [
        label
        for spell in spells
        for label in _labels_of(
            spell, span, f"{spell.programme_short} " if len(spells) > 1 else "", followed
        )
    ]


def _way_in(spell: DrawnSpell) -> pd.Timestamp:
    return spell.entered_on or spell.begins


def _way_out(spell: DrawnSpell) -> pd.Timestamp:
    return spell.left_on or spell.tail


def _labels_of(
    spell: DrawnSpell, span: Span, programme: str, followed: set[pd.Timestamp]
) -> list[TopLabel]:
    begin, end = pd.Timestamp(span[0]), pd.Timestamp(span[1])
    entered, left = _way_in(spell), _way_out(spell)
    entry, way_out = f"{programme}{spell.entered_words}", f"{programme}{spell.left_words}"
    return [
        TopLabel(entered, entry, "right" if entered in followed else "left", first_row=1)
        if entered >= begin
        else TopLabel(begin, f"← {entry}", first_row=1),
        TopLabel(left, way_out, "left" if left in followed else "right", first_row=1)
        if left < end
        else TopLabel(end, f"{way_out} →", "left", first_row=1),
    ]
