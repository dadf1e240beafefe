"""Rules of the programme spells: possible dates, one spell at a time, exits that the sources state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from data_sources.reference_rows import ReferenceTable, Row
from data_sources.short_dates import bounds
from data_sources.source import SourceError

Days = tuple[date, date]
_IN_ORDER = (("entered", "left"), ("entered", "last_known_in"), ("last_known_in", "left"))
_STATED_KINDS = ("improved", "merged_or_dissolved", "regime_closed", "transferred")


@dataclass(frozen=True)
class _Spell:
    number: int
    row: Row

    def days(self, column: str) -> Days | None:
        """Days that a date of the spell can mean; None where it is blank or reported as malformed."""
        return _days(self.row, column)

    def surely_inside(self) -> Days | None:
        """From the latest entry to the earliest exit, or to the last sighting where no exit is known."""
        entered = self.days("entered")
        until = self.days("left") or self.days("last_known_in")
        if entered is None:
            return (until[0], until[0]) if until else None
        return entered[1], until[0] if until else entered[1]


def _days(row: Row, column: str) -> Days | None:
    try:
        return bounds(row[column], row[f"{column}_precision"])
    except SourceError:
        return None


def spell_faults(spells: ReferenceTable, programmes: ReferenceTable) -> list[str]:
    """Spells that contradict themselves, each other, their programme's life or their own sources."""
    lives = {row["programme"]: row for row in programmes.rows}
    rows = [_Spell(number, row) for number, row in spells.numbered()]
    faults = [
        spells.fault(spell.number, text)
        for spell in rows
        for text in (
            *_out_of_order(spell),
            *_outside_programme(spell, lives.get(spell.row["programme"])),
            *_exit_contradictions(spell),
            *_unstated_exit(spell, rows),
            *_transfer_to_nowhere(spell, rows),
        )
    ]
    return faults + [spells.fault(*overlap) for overlap in _overlaps(rows)]


def _out_of_order(spell: _Spell) -> Iterator[str]:
    for earlier, later in _IN_ORDER:
        before, after = spell.days(earlier), spell.days(later)
        if before and after and before[0] > after[1]:
            dates = f"{spell.row[earlier]} is after {later} {spell.row[later]}"
            yield f"{earlier} {dates}."


def _outside_programme(spell: _Spell, life: Row | None) -> Iterator[str]:
    if life is None:
        return
    started, ended = _days(life, "started"), _days(life, "ended")
    entered, left = spell.days("entered"), spell.days("left")
    programme = spell.row["programme"]
    if left and started and left[1] < started[0]:
        yield f"left {spell.row['left']} is before {programme} began in {life['started']}."
    if entered and ended and entered[0] > ended[1]:
        yield f"entered {spell.row['entered']} is after {programme} ended in {life['ended']}."


def _exit_contradictions(spell: _Spell) -> Iterator[str]:
    kind, left = spell.row["left_kind"], spell.row["left"]
    if left and kind == "not_established":
        yield f"left {left} but left_kind not_established."
    if not left and kind not in ("not_established", "merged_or_dissolved"):
        yield f"left_kind {kind} without a date in left."


def _unstated_exit(spell: _Spell, spells: Sequence[_Spell]) -> Iterator[str]:
    """A reason for leaving must be quoted from the row, or as `spell_id: words` from another one."""
    kind, words = spell.row["left_kind"], spell.row["left_kind_words"]
    if kind not in _STATED_KINDS:
        if words:
            yield f"left_kind_words given for {kind}, which claims no reason."
        return
    told = {other.row["spell_id"]: other.row for other in spells}
    elsewhere, _, quoted = words.partition(": ")
    row, words = (told[elsewhere], quoted) if elsewhere in told else (spell.row, words)
    if not words or words not in f"{row['note']}\n{row['source_urls']}":
        yield f"left_kind {kind}, but left_kind_words {words!r} stand in no note or source."


def _transfer_to_nowhere(spell: _Spell, spells: Sequence[_Spell]) -> Iterator[str]:
    if spell.row["left_kind"] != "transferred":
        return
    origin = spell.row["programme"].upper()
    if not any(
        other.row["org_code"] == spell.row["org_code"]
        and origin in other.row["transferred_from"].split("+")
        for other in spells
    ):
        yield f"transferred, but no spell of {spell.row['org_code']} is transferred_from {origin}."


def _overlaps(spells: Sequence[_Spell]) -> Iterator[tuple[int, str]]:
    for first, second in combinations(spells, 2):
        if any(first.row[column] != second.row[column] for column in ("org_code", "programme")):
            continue
        one, other = first.surely_inside(), second.surely_inside()
        if one and other and one[0] < other[1] and other[0] < one[1]:
            yield second.number, f"overlaps {first.row['spell_id']} in row {first.number}."
