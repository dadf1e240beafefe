"""Holding back: a publication whose new files fail a release check keeps its last good ones."""

from collections.abc import Collection
from pathlib import Path

from data_sources.snapshots import SnapshotStore
from settings import Settings
from sql.build import CheckFailed, build_marts, run_checks


def check_or_hold_back(
    settings: Settings, draft: Path, published: Collection[str]
) -> dict[str, str]:
    """Check the warehouse at `draft`; build it anew without the files to blame until it passes.

    `published` are the snapshots in force in the version that readers have: they are never held back.
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
    return {
        record.snapshot_id: reasons[record.source_id]
        for record in SnapshotStore(settings.data_dir).records()
        if record.source_id in reasons
        and record.status == "parsed"
        and record.snapshot_id not in {*published, *held}
    }
