"""Recalculations of limits that people have decided on: a record in the data folder that only ever grows.

Each is a line of JSON in `rebases.jsonl`, and so is each undoing of one. Nothing is ever changed or removed,
so who began which limits anew, when and why can be read for good. Two writers wait for each other, and a
line that a killed process left unfinished is cut off by the next.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from indicators.charted import Rebase

FILE_NAME = "rebases.jsonl"
MOST_LETTERS = {"reason": 500, "author": 100}
"""How long a reason and a name may be (inclusive)."""


@dataclass(frozen=True)
class Undoing:
    """Who took a recalculation back, when (UTC) and why."""

    reason: str
    author: str
    made_at: str


@dataclass(frozen=True)
class Recalculation:
    """Limits of one indicator and organisation begin anew on a day (inclusive); `undone` None: in force."""

    key: str
    indicator: str
    org_code: str
    starts_on: date
    reason: str
    author: str
    made_at: str
    undone: Undoing | None = None


@dataclass(frozen=True)
class Record:
    """All recalculations in the order in which they were made, and how many lines could not be read."""

    recalculations: tuple[Recalculation, ...] = ()
    unreadable: int = 0

    def of(self, indicator: str, org_code: str) -> list[Recalculation]:
        """Those of one chart, undone ones too."""
        chart = (indicator, org_code)
        return [each for each in self.recalculations if (each.indicator, each.org_code) == chart]


def rebases_in_force(data_dir: Path, indicator: str) -> tuple[Rebase, ...]:
    """Where limits of the indicator begin anew by decisions that nobody has undone, by organisation."""
    chosen = {
        (each.org_code, each.starts_on)
        for each in read_record(data_dir).recalculations
        if each.indicator == indicator and each.undone is None
    }
    return tuple(Rebase(*place) for place in sorted(chosen))


def read_record(data_dir: Path) -> Record:
    """Every recalculation ever made, undone ones with who undid them; nothing without a record."""
    path = data_dir / FILE_NAME
    try:
        state = path.stat()
    except FileNotFoundError:
        return Record()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_at: int, _size: int) -> Record:
    """The record as it stands; when it was changed and how long it is tell one state from the next."""
    return _record_of(path.read_bytes())


def recalculate(
    data_dir: Path, chart: tuple[str, str], starts_on: date, reason: str, author: str
) -> Recalculation:
    """Put on record that limits of a chart (indicator, organisation) begin anew on a day (inclusive).

    ValueError, in a sentence for the person, where reason or author is missing or too long, or limits
    begin anew on that day already.
    """
    _check(reason, author)
    with _appending(data_dir) as file:
        for known in _record_of(_content(file)).of(*chart):
            if known.undone is None and known.starts_on == starts_on:
                raise ValueError(
                    f"Limits begin anew there already: {known.author} put it on record."
                )
        made = Recalculation(uuid4().hex, *chart, starts_on, reason, author, _now())
        line = asdict(made) | {"kind": "recalculation", "starts_on": starts_on.isoformat()}
        del line["undone"]
        _append(file, line)
    return made


def undo(data_dir: Path, key: str, reason: str, author: str) -> None:
    """Put on record that the recalculation of that `key` no longer holds; ValueError as `recalculate`."""
    _check(reason, author)
    with _appending(data_dir) as file:
        known = {each.key: each for each in _record_of(_content(file)).recalculations}
        if key not in known:
            raise ValueError("This recalculation is not on record.")
        if known[key].undone is not None:
            raise ValueError("This recalculation has been undone already.")
        _append(file, {"kind": "undoing", "of": key} | asdict(Undoing(reason, author, _now())))


def _check(reason: str, author: str) -> None:
    for name, text in (("reason", reason), ("author", author)):
        asked = "Say why." if name == "reason" else "Say who you are."
        if not text.strip():
            raise ValueError(f"{asked} A recalculation needs it on record.")
        if len(text) > MOST_LETTERS[name]:
            raise ValueError(f"The {name} may have {MOST_LETTERS[name]} letters at most.")
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise ValueError(f"The {name} holds half a letter, which cannot be written down.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _appending(data_dir: Path) -> Iterator[FileIO]:
    """The record open to be added to, by one writer at a time where the folder allows locks."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / FILE_NAME).open("a+b", buffering=0) as file:
        _lock(file)
        yield file


def _lock(file: FileIO) -> None:
    """Wait until no other writer holds the file; closing it, or being killed, lets go."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)


def _content(file: FileIO) -> bytes:
    file.seek(0)
    return file.readall()


def _append(file: FileIO, line: dict[str, str]) -> None:
    """Add one whole line, or none: what did not fit on the disk is cut off again."""
    content = _content(file)
    whole = content.rfind(b"\n") + 1
    file.truncate(whole)
    # Only plain letters and no line breaks, whatever was typed.
    written = json.dumps(line, ensure_ascii=True).encode() + b"\n"
    try:
        if file.write(written) != len(written):
            raise OSError("The disk is full: the recalculation was not put on record.")
        os.fsync(file.fileno())
    except OSError:
        file.truncate(whole)
        raise


def _record_of(content: bytes) -> Record:
    """What the whole lines say; the last one counts only once it has ended."""
    known: dict[str, Recalculation] = {}
    unreadable = 0
    for text in content.split(b"\n")[:-1]:
        try:
            _take(json.loads(text), known)
        except (ValueError, LookupError, TypeError, RecursionError):
            unreadable += 1
    return Record(tuple(known.values()), unreadable)


def _take(line: Any, known: dict[str, Recalculation]) -> None:
    """Add a line's recalculation to those known, or mark the one it undoes.

    ValueError, LookupError or TypeError where the line is not one that `recalculate` or `undo` could have
    written after those known.
    """
    if not isinstance(line, dict) or not all(isinstance(text, str) for text in line.values()):
        raise TypeError("not text")
    said = Undoing(line["reason"], line["author"], line["made_at"])
    _check(said.reason, said.author)
    datetime.fromisoformat(said.made_at)
    key = line["of"] if line["kind"] == "undoing" else line["key"]
    if line["kind"] == "undoing" and known[key].undone is None:
        known[key] = replace(known[key], undone=said)
    elif line["kind"] == "recalculation" and key not in known:
        starts_on = date.fromisoformat(line["starts_on"])
        chart = line["indicator"], line["org_code"]
        known[key] = Recalculation(key, *chart, starts_on, said.reason, said.author, said.made_at)
    else:
        raise ValueError("undone already, on record already, or of no known kind")
