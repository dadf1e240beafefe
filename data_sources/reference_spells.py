"""Rules of the programme spells: possible dates, the programme's life, exits and sources that are stated."""

from collections.abc import Iterator, Sequence

from data_sources.reference_neighbours import neighbour_faults
from data_sources.reference_rows import Fault, ReferenceTable, Row
from data_sources.reference_sources import SECONDARY, sources_of
from data_sources.short_dates import days_meant
from data_sources.spell_rows import SpellRow

_IN_ORDER = (("entered", "left"), ("entered", "last_known_in"), ("last_known_in", "left"))
_STATED_KINDS = ("improved", "merged_or_dissolved", "regime_closed", "transferred")


def spell_faults(spells: ReferenceTable, programmes: ReferenceTable) -> list[Fault]:
    """Spells that contradict themselves, each other, their programme's life or their own sources."""
    lives = {row["programme"]: row for row in programmes.rows}
    rows = [SpellRow(number, row) for number, row in spells.numbered()]
    faults = [
        spells.fault(spell.number, text)
        for spell in rows
        for text in (
            *_misnamed(spell),
            *_out_of_order(spell),
            *_source_before_entry(spell),
            *_only_secondary(spell),
            *_outside_programme(spell, lives.get(spell.row["programme"])),
            *_exit_contradictions(spell),
            *_unstated_exit(spell, rows),
            *_transfer_to_nowhere(spell, rows),
        )
    ]
    return faults + [spells.fault(spell.number, text) for spell, text in neighbour_faults(rows)]


def _misnamed(spell: SpellRow) -> Iterator[str]:
    begins = f"{spell.row['programme']}-{spell.row['org_code']}-"
    number = spell.spell_id.removeprefix(begins)
    if number == spell.spell_id or not number.isdecimal():
        yield f"spell_id {spell.spell_id!r} is not {begins} and a number."


def _out_of_order(spell: SpellRow) -> Iterator[str]:
    for earlier, later in _IN_ORDER:
        before, after = spell.days(earlier), spell.days(later)
        if before and after and before[0] > after[1]:
            dates = f"{spell.row[earlier]} is after {later} {spell.row[later]}"
            yield f"{earlier} {dates}."


def _source_before_entry(spell: SpellRow) -> Iterator[str]:
    """The main source tells of the entry, so it cannot be older."""
    dated, entered = spell.days("source_date"), spell.days("entered")
    if dated and entered and dated[1] < entered[0]:
        written = spell.row["source_date"]
        yield f"source_date {written} is before entered {spell.row['entered']}, which it cannot tell of."


def _only_secondary(spell: SpellRow) -> Iterator[str]:
    sources = sources_of(spell.row["source_urls"])
    if spell.row["confidence"] == "high" and all(text.startswith(SECONDARY) for text in sources):
        yield "confidence high, but no source of its own: give one, or say medium or low."


def _outside_programme(spell: SpellRow, life: Row | None) -> Iterator[str]:
    if life is None:
        return
    programme = spell.row["programme"]
    started, ended = days_meant(life["started"]), days_meant(life["ended"])
    wound_up = days_meant(life["wound_up"]) or ended
    for column in ("entered", "last_known_in", "left"):
        days, text = spell.days(column), f"{column} {spell.row[column]}"
        if days and started and days[1] < started[0]:
            yield f"{text} is before {programme} began in {life['started']}."
        until = ended if column == "entered" else wound_up
        if days and until and days[0] > until[1]:
            yield f"{text} is after {_end_of(life, column)}."


def _end_of(life: Row, column: str) -> str:
    if column == "entered" or not life["wound_up"]:
        return f"{life['programme']} ended in {life['ended']}"
    return f"the last exits from {life['programme']} in {life['wound_up']} (wound_up in programmes.csv)"


def _exit_contradictions(spell: SpellRow) -> Iterator[str]:
    kind, left = spell.row["left_kind"], spell.row["left"]
    if left and kind == "not_established":
        yield f"left {left} but left_kind not_established."
    if not left and kind not in ("", "not_established", "merged_or_dissolved"):
        yield f"left_kind {kind} without a date in left."


def _unstated_exit(spell: SpellRow, spells: Sequence[SpellRow]) -> Iterator[str]:
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


def _transfer_to_nowhere(spell: SpellRow, spells: Sequence[SpellRow]) -> Iterator[str]:
    if spell.row["left_kind"] != "transferred":
        return
    origin = spell.row["programme"].upper()
    if not any(
        other.row["org_code"] == spell.row["org_code"]
        and origin in other.row["transferred_from"].split("+")
        for other in spells
    ):
        yield f"transferred, but no spell of {spell.row['org_code']} is transferred_from {origin}."
