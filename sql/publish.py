"""Publication: a new version is a new file; `current.json` is switched to it last, in one move.

Nobody works on a file that another can see: each build and each publication has a folder of its own, so that
two at once, or one cut off, can do no harm. Of two publications the one that switches last is current. What
one that was killed left behind, the next that finds itself alone clears away.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data_sources.data_folder import BUILDING, working_in
from data_sources.snapshots import write_atomically
from settings import Settings
from sql.build import CheckFailed, build_marts
from sql.holding import check_or_hold_back
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
    """The published version, or None where nothing has been published; ValueError if its note is damaged.

    Fields that we do not know are a later program's and are passed over.
    """
    path = data_dir / "current.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Published(**{field.name: content[field.name] for field in fields(Published)})
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError) as error:
        raise ValueError(f"{path.name} is damaged: remove it and publish again.") from error


def candidate_path(settings: Settings, wanted: str) -> Path:
    """Where `build` leaves the warehouse made of the inputs with fingerprint `wanted`, unpublished."""
    return settings.data_dir / f"candidate-{wanted[:16]}.duckdb"


def waiting_candidate(settings: Settings) -> Path | None:
    """The warehouse that `build` or a failed check left behind and nothing has published since, if any."""
    return next(settings.data_dir.glob("candidate-*.duckdb"), None)


def build_candidate(settings: Settings) -> Path:
    """Build beside the published file; an interrupted build leaves the last candidate whole."""
    with working_in(settings.data_dir):
        # Taken first: should a file arrive meanwhile, this is not yet the warehouse made of it.
        candidate = candidate_path(settings, fingerprint(settings))
        with _own_folder(settings) as folder:
            draft = folder / "warehouse.duckdb"
            build_marts(settings, draft)
            draft.replace(candidate)
        _forget_candidates(settings, but=candidate)
    return candidate


def publish(settings: Settings) -> tuple[Published, bool]:
    """Build if anything changed, check, publish. Returns the current version and whether it is new.

    New files of a publication whose figures fail a check are held back: it keeps its last good files and
    the others go on (`sql/holding.py`). Nothing is switched when a check fails for another reason
    (CheckFailed): readers keep the version they have, and what was built waits as the candidate.
    """
    with working_in(settings.data_dir):
        return _publish(settings)


def _publish(settings: Settings) -> tuple[Published, bool]:
    wanted = fingerprint(settings)
    current = read_current(settings.data_dir)
    if current and current.fingerprint == wanted and (settings.data_dir / current.file).exists():
        return current, False
    with _own_folder(settings) as folder:
        draft = folder / "warehouse.duckdb"
        _take_candidate_or_build(settings, wanted, draft)
        try:
            check_or_hold_back(settings, draft, set(current.snapshots) if current else set())
        except CheckFailed:
            draft.replace(candidate_path(settings, wanted))
            raise
        published = _switch(settings, draft, wanted)
    _forget_candidates(settings)
    _forget_old_versions(settings, published)
    return published, True


@contextmanager
def _own_folder(settings: Settings) -> Iterator[Path]:
    """A folder beside the published files that only this publication knows, gone afterwards."""
    with TemporaryDirectory(prefix=BUILDING, dir=settings.data_dir) as folder:
        yield Path(folder)


def _take_candidate_or_build(settings: Settings, wanted: str, draft: Path) -> None:
    try:
        candidate_path(settings, wanted).replace(draft)
    except FileNotFoundError:
        build_marts(settings, draft)


def _switch(settings: Settings, draft: Path, wanted: str) -> Published:
    content_hash = hashlib.sha256(draft.read_bytes()).hexdigest()
    moment = datetime.now(UTC)
    # To the millisecond: the order of names has to be the order of publication.
    version = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03}Z-{content_hash[:8]}"
    published = Published(
        version=version,
        file=f"warehouse-{version}.duckdb",
        sha256=content_hash,
        built_at=moment.isoformat(timespec="seconds"),
        bundle=bundle_hash(settings),
        fingerprint=wanted,
        snapshots=_current_snapshots(draft),
    )
    note = draft.with_name("current.json")
    write_atomically(note, json.dumps(asdict(published), indent=2).encode())
    draft.replace(settings.data_dir / published.file)
    note.replace(settings.data_dir / note.name)
    return published


def _current_snapshots(path: Path) -> list[str]:
    query = "select snapshot_id from marts.fct_snapshot where status = 'current' order by 1"
    with duckdb.connect(str(path), read_only=True) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def _forget_candidates(settings: Settings, but: Path | None = None) -> None:
    for candidate in settings.data_dir.glob("candidate-*.duckdb"):
        if candidate != but:
            _forget(candidate)


def _forget_old_versions(settings: Settings, published: Published) -> None:
    files = sorted(settings.data_dir.glob("warehouse-*.duckdb"), reverse=True)
    others = [file for file in files if file.name != published.file]
    for old in others[settings.kept_versions - 1 :]:
        _forget(old)


def _forget(path: Path) -> None:
    """Delete a file; one that another publication deleted is gone, one that a reader on Windows holds
    open goes next time.
    """
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return
