"""Rules of the segment snapshots: a segment that its era has, at a date within the era's life."""

from collections.abc import Iterator

from data_sources.reference_rows import Fault, ReferenceTable, Row
from data_sources.short_dates import days_meant


def segment_faults(snapshots: ReferenceTable, eras: ReferenceTable) -> list[Fault]:
    """Statements that their era cannot have made, unless the sidecar names the row among `exceptions`.

    An exception that no row outside its era needs (any more) is a fault too.
    """
    of = {row["era_id"]: row for row in eras.rows}
    sidecar = snapshots.sidecar
    faults, needed = [], set()
    for number, row in snapshots.numbered():
        era = of.get(row["era_id"])
        if era is None:
            continue
        faults += [snapshots.fault(number, text) for text in _strange_segment(row, era)]
        for text in _outside_era(row, era):
            needed.add(sidecar.key_of(row))
            if sidecar.key_of(row) not in sidecar.exceptions:
                faults.append(snapshots.fault(number, text))
    return faults + [
        snapshots.fault(1, f"the sidecar's exception {name!r} fits no row outside its era.")
        for name in sorted(sidecar.exceptions.keys() - needed)
    ]


def _strange_segment(row: Row, era: Row) -> Iterator[str]:
    lowest, highest = int(era["lowest_segment"]), int(era["highest_segment"])
    if row["segment"] not in {str(segment) for segment in range(lowest, highest + 1)}:
        yield f"segment {row['segment']} is outside {row['era_id']}: it has {lowest} to {highest}."


def _outside_era(row: Row, era: Row) -> Iterator[str]:
    stated, starts, ends = map(days_meant, (row["snapshot_date"], era["starts_on"], era["ends_on"]))
    right = "give the era of that date, or the reason under exceptions in the sidecar"
    told = f"snapshot_date {row['snapshot_date']} is"
    if stated and starts and stated[1] < starts[0]:
        yield f"{told} before {row['era_id']} began in {era['starts_on']}: {right}."
    # `ends_on` is the first day after, known perhaps only to its month.
    if stated and ends and stated[0] >= ends[1]:
        yield f"{told} after {row['era_id']} ended in {era['ends_on']}: {right}."
