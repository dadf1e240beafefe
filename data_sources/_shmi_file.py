"""The historical SHMI table by trust, taken out of the zip of a release into memory, never onto disk."""

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from data_sources.source import LayoutChanged, SourceError

MAX_UNPACKED_BYTES = 50_000_000
"""Some twenty times a table of eight years; a file that claims more is not unpacked."""

_HEAD_BYTES = 2_000
_TABLE = re.compile(r"historical.trust.level.SHMI.data.*\.csv", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def opening(path: Path) -> bytes:
    """The first bytes of the table, for recognising; nothing of a zip without it. Never an error."""
    if not is_zip(path):
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [member for member in archive.infolist() if _is_table(member)]
            return archive.open(names[0]).read(_HEAD_BYTES) if names else b""
    except _BROKEN:
        return b""


def unpack(path: Path, file_name: str) -> tuple[bytes, str]:
    """The bytes of the table and the name it has in the zip (the file's own where there is none).

    A zip that is damaged, or holds no such table, two of them, or one larger than MAX_UNPACKED_BYTES,
    is a SourceError.
    """
    if not is_zip(path):
        return path.read_bytes(), file_name
    try:
        with zipfile.ZipFile(path) as archive:
            member = _only_table(archive.infolist(), file_name)
            return archive.read(member), member.filename
    except _BROKEN as error:
        raise SourceError(f"{file_name}: not a readable zip ({error}).") from error


def _is_table(member: zipfile.ZipInfo) -> bool:
    inside = PurePosixPath(member.filename.replace("\\", "/"))
    return bool(_TABLE.fullmatch(inside.name)) and ".." not in inside.parts


def _only_table(members: list[zipfile.ZipInfo], file_name: str) -> zipfile.ZipInfo:
    tables = [member for member in members if _is_table(member)]
    if len(tables) != 1:
        found = ", ".join(member.filename for member in tables or members)
        raise LayoutChanged(file_name, "zip", "one historical table of SHMI by trust (csv)", found)
    if tables[0].file_size > MAX_UNPACKED_BYTES:
        expected = f"at most {MAX_UNPACKED_BYTES} bytes unpacked"
        raise LayoutChanged(file_name, tables[0].filename, expected, tables[0].file_size)
    return tables[0]
