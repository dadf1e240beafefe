"""Publication: a new version is a new file; `current.json` is switched to it last, in one move."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data_sources.snapshots import write_atomically
from settings import Settings
from sql.build import build_marts, run_checks
from sql.inputs import bundle_hash, fingerprint


@dataclass(frozen=True)
class Published:
    """The contents of `current.json`: which file holds the marts, and what it was made from."""

    version: str
    file: str
    sha256: str
    built_at: str
    bundle: str | None
    fingerprint: str
    snapshots: list[str]


def read_current(data_dir: Path) -> Published | None:
    """The published version, or None where nothing has been published yet."""
    try:
        return Published(**json.loads((data_dir / "current.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def candidate_path(settings: Settings) -> Path:
    """Where `build` leaves a warehouse that is not yet checked and published."""
    return settings.data_dir / "candidate.duckdb"


def build_candidate(settings: Settings) -> Path:
    """Build the warehouse beside the published one; an interrupted build leaves the last candidate whole."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    temporary = settings.data_dir / f"candidate-{os.getpid()}.tmp"
    temporary.unlink(missing_ok=True)
    try:
        build_marts(settings, temporary)
        temporary.replace(candidate_path(settings))
    finally:
        temporary.unlink(missing_ok=True)
    write_atomically(_candidate_note(settings), fingerprint(settings).encode())
    return candidate_path(settings)


def _candidate_note(settings: Settings) -> Path:
    return settings.data_dir / "candidate.fingerprint"


def publish(settings: Settings) -> tuple[Published, bool]:
    """Build if anything changed, check, publish. Returns the current version and whether it is new.

    Nothing is switched when a check fails (CheckFailed): readers keep the version they have.
    """
    wanted = fingerprint(settings)
    current = read_current(settings.data_dir)
    if current and current.fingerprint == wanted and (settings.data_dir / current.file).exists():
        return current, False
    candidate = candidate_path(settings)
    if not candidate.exists() or _noted_fingerprint(settings) != wanted:
        candidate = build_candidate(settings)
    run_checks(candidate)
    published = _switch(settings, candidate, wanted)
    _forget_old_versions(settings, published)
    return published, True


def _noted_fingerprint(settings: Settings) -> str | None:
    note = _candidate_note(settings)
    return note.read_text() if note.exists() else None


def _switch(settings: Settings, candidate: Path, wanted: str) -> Published:
    content_hash = hashlib.sha256(candidate.read_bytes()).hexdigest()
    moment = datetime.now(UTC)
    version = f"{moment:%Y%m%dT%H%M%SZ}-{content_hash[:8]}"
    published = Published(
        version=version,
        file=f"warehouse-{version}.duckdb",
        sha256=content_hash,
        built_at=moment.isoformat(timespec="seconds"),
        bundle=bundle_hash(settings),
        fingerprint=wanted,
        snapshots=_current_snapshots(candidate),
    )
    candidate.replace(settings.data_dir / published.file)
    content = json.dumps(asdict(published), indent=2).encode()
    write_atomically(settings.data_dir / "current.json", content)
    return published


def _current_snapshots(path: Path) -> list[str]:
    query = "select snapshot_id from marts.fct_snapshot where status = 'current' order by 1"
    with duckdb.connect(str(path), read_only=True) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def _forget_old_versions(settings: Settings, published: Published) -> None:
    """Delete all but the newest versions; one that a reader on Windows holds open goes next time."""
    files = sorted(settings.data_dir.glob("warehouse-*.duckdb"), reverse=True)
    for old in files[settings.kept_versions :]:
        if old.name != published.file:
            try:
                old.unlink()
            except PermissionError:
                continue
