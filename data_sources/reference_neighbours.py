"""Spells of one organisation in one programme: no two at a time, and none left open before another."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, groupby

from data_sources.spell_rows import SpellRow

Found = tuple[SpellRow, str]


def neighbour_faults(spells: Sequence[SpellRow]) -> Iterator[Found]:
    """Pairs of spells that overlap for sure, or of which one has no exit that would keep them apart.

    A spell may begin on the day on which the one before it ended, and dates that leave room for an order
    are no overlap. The exit of a spell beside another one may be unknown, if the note of one of them names
    the other: then somebody has looked at both.
    """
    for _, group in groupby(sorted(spells, key=_owner), key=_owner):
        for first, second in combinations(sorted(group, key=lambda spell: spell.number), 2):
            yield from _overlap(first, second) or _left_open(first, second)


def _owner(spell: SpellRow) -> tuple[str, str]:
    return spell.row["org_code"], spell.row["programme"]


def _overlap(first: SpellRow, second: SpellRow) -> list[Found]:
    one, other = first.surely_inside(), second.surely_inside()
    if one and other and one[0] < other[1] and other[0] < one[1]:
        return [
            (second, f"overlaps {first.written()}: one of them must end before the other begins.")
        ]
    return []


def _left_open(first: SpellRow, second: SpellRow) -> list[Found]:
    if first.can_precede(second) or second.can_precede(first):
        return []
    unfinished = [spell for spell in (first, second) if not spell.row["left"]]
    if not unfinished:
        return []
    spell = min(unfinished, key=_entry)
    other = second if spell is first else first
    if other.spell_id in spell.row["note"] or spell.spell_id in other.row["note"]:
        return []
    told = f"no exit, although {other.written()} is another spell in {spell.row['programme']}"
    return [(spell, f"{told}: give left, or name one of the two in the other's note.")]


def _entry(spell: SpellRow) -> date:
    entered = spell.days("entered")
    return entered[0] if entered else date.max
