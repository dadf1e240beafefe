"""Opening the zips in which full extracts are published: one CSV, in no folder above, of a bounded size."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from data_sources.source import LayoutChanged, SourceError

MAX_UNPACKED_BYTES = 1_000_000_000
"""About ten times the largest extract so far; a file that claims more is not unpacked."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)


def unzip(path: Path, file_name: str) -> bytes:
    """The content of the only member of a zip.

    A SourceError refuses a damaged zip and one that holds anything but one CSV of at most
    MAX_UNPACKED_BYTES.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(_only_member(archive.infolist(), file_name))
    except _UNREADABLE as error:
        raise SourceError(f"{file_name}: not a readable zip ({error}).") from error


def _only_member(members: list[zipfile.ZipInfo], file_name: str) -> zipfile.ZipInfo:
    if len(members) != 1:
        found = ", ".join(member.filename for member in members)
        raise LayoutChanged(file_name, "zip", "one CSV", found)
    inside = PurePosixPath(members[0].filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or inside.suffix.lower() != ".csv":
        raise LayoutChanged(file_name, "zip", "a CSV in the zip's own folder", str(inside))
    if members[0].file_size > MAX_UNPACKED_BYTES:
        expected = f"at most {MAX_UNPACKED_BYTES} bytes unpacked"
        raise LayoutChanged(file_name, str(inside), expected, members[0].file_size)
    return members[0]


def csv_heads(path: Path, size: int) -> list[str]:
    """The first `size` bytes of every CSV in a zip as text; nothing of a zip that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            heads = [archive.open(name).read(size) for name in names]
    except _UNREADABLE:
        return []
    return [head.decode("utf-8-sig", "replace") for head in heads]
