"""The screen of the published version, kept by data, code, seed and thresholds: one way to it for all."""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data_sources.snapshots import write_atomically
from indicators.analyses.screen import document_of, result_of
from indicators.registry import load_all
from indicators.runs.record import Ran, RunData, RunRecord, load_run, record_of, write_run
from indicators.runs.versions import Versions, versions_here
from indicators.screening.document import as_document, as_table
from indicators.screening.given import digest_of
from indicators.screening.looks import Shelf
from indicators.screening.screen import Asked, Progress, Screen, screened
from settings import Settings
from sql.publish import Published

FOLDER = "screens"
"""Where results are kept, below the data folder: by data and code, and in that by seed and thresholds."""
FORMATS = ("json", "csv")
"""In which the result itself is kept."""
_RECORD = "run"


@dataclass(frozen=True)
class Place:
    """A published version, its open database, and where results are kept."""

    published: Published
    connection: duckdb.DuckDBPyConnection
    settings: Settings

    def folder(self, asked: Asked) -> Path:
        """Of what was asked for: the result, and what was found of each indicator."""
        versions = versions_here(self.settings, is_own_data=False)
        of_version = self.settings.data_dir / FOLDER / version_key(self.published, versions)
        return of_version / asked_key(asked)


def kept_files(
    place: Place,
    progress: Progress | None = None,
    asked: Asked | None = None,
    is_again: bool = False,
) -> dict[str, Path]:
    """The files with the result by format, and with its run record (`run`), worked out now unless there.

    That takes about a minute. The record is of the same result, which is not worked out for it once more.
    Indicators that an earlier run looked at before it was cut off are not looked at again, unless all are to
    be worked out again.
    """
    asked = asked or Asked()
    folder = place.folder(asked)
    files = {ending: folder / f"screen.{ending}" for ending in FORMATS}
    files[_RECORD] = folder / "run.json"
    if is_again:
        shutil.rmtree(folder, ignore_errors=True)
    if not all(path.exists() for path in files.values()):
        indicators, began = load_all(place.settings.catalogue_dir), datetime.now(UTC)
        found = screened(place.connection, indicators, progress, asked, Shelf(folder / "looks"))
        _keep(found, place, files)
        write_run(_record(found, place, asked, began), files[_RECORD])
        _clear_others(folder.parent)
    return files


def kept_document(
    place: Place, progress: Progress | None = None, asked: Asked | None = None
) -> dict[str, Any]:
    """The result as a document of plain values."""
    text = kept_files(place, progress, asked)["json"].read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def kept_record(
    place: Place, progress: Progress | None = None, asked: Asked | None = None
) -> RunRecord:
    """The run record of the same result."""
    return load_run(kept_files(place, progress, asked)[_RECORD])


def version_key(published: Published, versions: Versions) -> str:
    """A name that changes with the figures, the code, Python and its packages."""
    named = versions.model_dump(exclude={"data"})
    return _hash({"data": published.fingerprint} | named)


def asked_key(asked: Asked) -> str:
    """A name that changes with the seed and the thresholds."""
    return _hash({"seed": asked.seed, "thresholds": asdict(asked.thresholds)})


def _hash(parts: dict[str, Any]) -> str:
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _clear_others(version: Path) -> None:
    """Away with results of other data and code, which nobody asks for again."""
    for other in version.parent.iterdir():
        if other != version and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)


def _record(found: Screen, place: Place, asked: Asked, began: datetime) -> RunRecord:
    here = versions_here(place.settings, is_own_data=False)
    # What is open may have been followed by another version while it was worked out.
    versions = here.model_copy(update={"data": place.published.version})
    data = RunData(file_name=None, sha256=digest_of(found.content))
    return record_of(document_of(asked), Ran(data, versions, began, began), result_of(found))


def _keep(found: Screen, place: Place, files: dict[str, Path]) -> None:
    versions = versions_here(place.settings, is_own_data=False)
    document = as_document(found) | {"data": place.published.fingerprint, "code": versions.code}
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    table = as_table(found).to_csv(index=False, lineterminator="\n")
    for ending, content in {"json": text, "csv": table}.items():
        write_atomically(files[ending], content.encode())
