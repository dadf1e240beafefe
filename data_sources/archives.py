"""Opening zips safely: bounded in members and in what they unpack to, no name that leads out of them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from data_sources.source import LayoutChanged, SourceError

_CHUNK = 1 << 20


@dataclass(frozen=True)
class ZipLimits:
    """What a zip may hold, all inclusive. `ratio` is bytes unpacked to bytes packed, over all members.

    The largest extract so far unpacks to 110 MB, 29 times its size; a workbook has at most 90 members.
    Up to `harmless_bytes` any ratio will do: a small sheet of blanks packs to almost nothing.
    """

    members: int = 2_000
    unpacked_bytes: int = 1_000_000_000
    ratio: int = 150
    harmless_bytes: int = 10_000_000


_LIMITS = ZipLimits()


def is_zip(path: Path) -> bool:
    """Whether a file begins as a zip does; workbooks of today do, too."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


@contextmanager
def open_zip(path: Path, file_name: str, limits: ZipLimits = _LIMITS) -> Iterator[zipfile.ZipFile]:
    """A zip that is held to `limits`; one that is not, or cannot be read, is a SourceError.

    What its directory claims is believed here: reading a member stops at the size claimed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_unsafe(archive.infolist(), file_name, limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError (its child NotImplementedError, too): encrypted, or packed in a way unknown to us.
        raise SourceError(f"{file_name}: not a readable zip ({error}).") from error


def read_only_member(
    path: Path, file_name: str, wanted: re.Pattern[str], what: str, limits: ZipLimits = _LIMITS
) -> bytes:
    """The bytes of the one member whose whole name is `wanted`; none or several are a LayoutChanged.

    `what` says in words what is wanted: `one CSV`.
    """
    with open_zip(path, file_name, limits) as archive:
        names = archive.namelist()
        found = [name for name in names if wanted.fullmatch(name)]
        if len(found) != 1:
            raise LayoutChanged(file_name, "zip", what, ", ".join((found or names)[:5]))
        return archive.read(found[0])


def check_zip(path: Path, file_name: str, limits: ZipLimits = _LIMITS) -> None:
    """Refuse a zip beyond `limits` or damaged, before a reader that knows no bounds opens it.

    Every member is unpacked, to nowhere: a directory that claims too little is found out.
    """
    with open_zip(path, file_name, limits) as archive:
        for member in archive.infolist():
            with archive.open(member) as content:
                while content.read(_CHUNK):
                    pass


def _refuse_unsafe(members: list[zipfile.ZipInfo], file_name: str, limits: ZipLimits) -> None:
    if len(members) > limits.members:
        expected = f"at most {limits.members:,} members"
        raise LayoutChanged(file_name, "zip", expected, f"{len(members):,}")
    for member in members:
        if _leads_out(member.filename):
            expected = "names inside the zip's own folder"
            raise LayoutChanged(file_name, "zip", expected, member.filename)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    _refuse_bomb(unpacked, packed, file_name, limits)


def _leads_out(name: str) -> bool:
    """Whether a name is absolute on any system, or climbs out of the folder it would be unpacked in."""
    windows = PureWindowsPath(name)
    is_absolute = bool(windows.anchor) or PurePosixPath(name).is_absolute()
    return is_absolute or ".." in windows.parts


def _refuse_bomb(unpacked: int, packed: int, file_name: str, limits: ZipLimits) -> None:
    if unpacked > limits.unpacked_bytes:
        expected = f"at most {limits.unpacked_bytes:,} bytes unpacked"
        raise LayoutChanged(file_name, "zip", expected, f"{unpacked:,}")
    if unpacked > limits.harmless_bytes and unpacked > packed * limits.ratio:
        expected = f"to unpack to at most {limits.ratio} times its size"
        found = f"{unpacked:,} bytes from {packed:,}"
        raise LayoutChanged(file_name, "zip", expected, found)
