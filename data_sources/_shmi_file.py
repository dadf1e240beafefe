"""The historical SHMI table by trust, taken out of the zip of a release into memory, never onto disk."""

import re
from pathlib import Path, PurePosixPath

from data_sources.archives import is_zip, open_zip
from data_sources.source import LayoutChanged, SourceError

_HEAD_BYTES = 2_000
_TABLE = re.compile(r"historical.trust.level.SHMI.data.*\.csv", re.IGNORECASE)


def opening(path: Path) -> bytes:
    """The first bytes of the table, for recognising; nothing of a zip without it. Never an error."""
    if not is_zip(path):
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    try:
        with open_zip(path, path.name) as archive:
            tables = _tables(archive.namelist())
            return archive.open(tables[0]).read(_HEAD_BYTES) if tables else b""
    except SourceError:
        return b""


def unpack(path: Path, file_name: str) -> tuple[bytes, str]:
    """The bytes of the table and the name it has in the zip (the file's own where there is none).

    A zip that is damaged or unsafe, or holds no such table or two of them, is a SourceError.
    """
    if not is_zip(path):
        return path.read_bytes(), file_name
    with open_zip(path, file_name) as archive:
        names = archive.namelist()
        tables = _tables(names)
        if len(tables) != 1:
            found = ", ".join(tables or names)
            expected = "one historical table of SHMI by trust (csv)"
            raise LayoutChanged(file_name, "zip", expected, found)
        return archive.read(tables[0]), tables[0]


def _tables(names: list[str]) -> list[str]:
    return [name for name in names if _TABLE.fullmatch(PurePosixPath(name).name)]
