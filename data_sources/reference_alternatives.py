"""Rules of dates on which sources disagree: all kept, one chosen, and that one the spell's own."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from data_sources.reference_rows import Fault, ReferenceTable, Row

Numbered = tuple[int, Row]


def alternative_faults(alternatives: ReferenceTable, spells: ReferenceTable) -> list[Fault]:
    """Disagreements about no known spell, of one voice only, or whose choice is not the spell's date."""
    own = {row["spell_id"]: row for row in spells.rows}
    groups: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
    for number, row in alternatives.numbered():
        groups[row["spell_id"], row["field"]].append((number, row))
    return [
        alternatives.fault(number, text)
        for (spell_id, field), rows in groups.items()
        for number, text in _faults(rows, own.get(spell_id), field)
    ]


def _faults(rows: Sequence[Numbered], spell: Row | None, field: str) -> Iterator[tuple[int, str]]:
    first, row = rows[0]
    if spell is None:
        yield first, f"spell_id {row['spell_id']!r} is in no row of programme_spells.csv."
        return
    if len(rows) < 2:
        yield first, f"a single date of {field} for {row['spell_id']}: nothing disagrees with it."
    chosen = [(number, row) for number, row in rows if row["is_chosen"] == "yes"]
    if len(chosen) != 1:
        yield first, f"{len(chosen)} chosen dates of {field} for {row['spell_id']}: choose one."
    for number, row in chosen:
        if row["stated"] != spell.get(field):
            yield number, f"chosen {field} {row['stated']}, but the spell has {spell.get(field)!r}."
