"""Leaving out files that fail a release check, and files and facts that nobody knew on a day."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pandas as pd

from data_sources.snapshots import SnapshotStore, bundled_records
from settings import Settings
from sql.build import CheckFailed, build_marts, run_checks


def check_or_hold_back(
    settings: Settings, draft: Path, published: Collection[str]
) -> dict[str, str]:
    """Check the warehouse at `draft`; build it anew without the files to blame until it passes.

    `published` are the snapshots in force in the version that readers have: they are never held back, and
    neither are those of the embedded bundle.
    Returns the snapshots held back with the reason for each. CheckFailed where holding back is no cure.
    """
    held: dict[str, str] = {}
    while True:
        try:
            run_checks(draft)
        except CheckFailed as failure:
            more = _to_hold(settings, failure, published, held)
            if not more:
                raise
            held |= more
            draft.unlink()
            build_marts(settings, draft, held)
        else:
            return held


def unknown_on(settings: Settings, day: date) -> dict[str, str]:
    """Snapshots that nobody could know on `day`, and those of which no day is known, each with the reason.

    A file is known from its day of publication, else from the day it was retrieved.
    """
    bundled, local = (
        bundled_records(settings.bundle_dir),
        SnapshotStore(settings.data_dir).records(),
    )
    parsed = [record for record in [*bundled, *local] if record.status == "parsed"]
    reasons = {}
    # A file of the bundle that was fetched, too, has a day of retrieval: the later record counts.
    for record in {record.snapshot_id: record for record in parsed}.values():
        known = record.published_on or (record.retrieved_at or "")[:10]
        if not known:
            reasons[record.snapshot_id] = "left out: day of publication and of retrieval unknown"
        elif known > day.isoformat():
            reasons[record.snapshot_id] = f"left out: known from {known} on"
    return reasons


def known_then(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """Rows without those that nobody can have known on `day`, where a mart says so row by row.

    Only a row whose `known_earliest` is a later day is left out: one without any may have been known.
    """
    if "known_earliest" not in rows.columns:
        return rows
    return rows[~(pd.to_datetime(rows["known_earliest"]) > pd.Timestamp(day))]


def _to_hold(
    settings: Settings, failure: CheckFailed, published: Collection[str], held: Collection[str]
) -> dict[str, str]:
    """New files of the publications to blame; none where a fault cannot be laid at any publication's door."""
    reasons: dict[str, str] = {}
    for fault in failure.faults:
        if not fault.sources:
            return {}
        for source_id in fault.sources:
            reasons.setdefault(source_id, f"held back: {fault}")
    bundled = {record.snapshot_id for record in bundled_records(settings.bundle_dir)}
    return {
        record.snapshot_id: reasons[record.source_id]
        for record in SnapshotStore(settings.data_dir).records()
        if record.source_id in reasons
        and record.status == "parsed"
        and record.snapshot_id not in {*published, *held, *bundled}
    }
