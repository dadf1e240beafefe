"""Working in the data folder beside others, and clearing away what killed processes left there."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BUILDING = "building-"
"""How the name of a folder begins that a warehouse is built in; `tempfile` adds eight characters."""

_DRAFT_FOLDER = re.compile(BUILDING + r"[a-z0-9_]{8}")
_DRAFTS = re.compile(r"warehouse\.duckdb.*|current\.json|writing-.*")
_HALF_WRITTEN = re.compile(r"writing-\d+-.+\.tmp")
_PLACES = ("*", "snapshots/*/*/*", "parsed/*/*")


def half_written(path: Path) -> Path:
    """Where to write what is to become `path`: beside it, under a name of this process alone."""
    return path.with_name(f"writing-{os.getpid()}-{path.name}.tmp")


def is_half_written(name: str) -> bool:
    """Whether a file of this name would be taken for one that a killed process left."""
    return bool(_HALF_WRITTEN.fullmatch(name))


@contextmanager
def working_in(data_dir: Path) -> Iterator[None]:
    """Be known as at work in the data folder, made if need be.

    Whoever finds nobody else at work there first clears away drafts and half-written files. Where a folder
    cannot be locked (Windows, some network drives) nobody can know, and nothing is cleared.
    """
    if not data_dir.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
    else:
        with _shared(data_dir):
            yield


if sys.platform != "win32":
    import fcntl

    @contextmanager
    def _shared(data_dir: Path) -> Iterator[None]:
        """Hold the folder's lock with others; the system lets go of a killed process's."""
        handle = os.open(data_dir, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                clear_leftovers(data_dir)
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)


def clear_leftovers(data_dir: Path) -> None:
    """Remove every draft and half-written file; only for whoever is alone in the folder.

    What cannot be removed stays for the next time. Folders that hold anything else are left alone.
    """
    for pattern in _PLACES:
        for path in data_dir.glob(pattern):
            with suppress(OSError):
                if is_half_written(path.name):
                    path.unlink()
                elif _is_draft_folder(path):
                    shutil.rmtree(path)


def _is_draft_folder(path: Path) -> bool:
    if not _DRAFT_FOLDER.fullmatch(path.name) or not path.is_dir():
        return False
    return all(_DRAFTS.fullmatch(inside.name) for inside in path.iterdir())
