"""The screen of the published version, kept by data, code, seed and thresholds: one way to it for all."""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from data_sources.snapshots import write_atomically
from indicators.registry import load_all
from indicators.runs.versions import Versions, versions_here
from indicators.screening.document import as_document, as_table
from indicators.screening.looks import Shelf
from indicators.screening.screen import Asked, Progress, Screen, screened
from settings import Settings
from sql.publish import Published

FOLDER = "screens"
"""Where results are kept, below the data folder: a folder for each data, code, seed and thresholds."""
FORMATS = ("json", "csv")


@dataclass(frozen=True)
class Place:
    """A published version, its open database, and where results are kept."""

    published: Published
    connection: duckdb.DuckDBPyConnection
    settings: Settings

    def folder(self, asked: Asked) -> Path:
        """Of what was asked for: the result, and what was found of each indicator."""
        versions = versions_here(self.settings, is_own_data=False)
        return self.settings.data_dir / FOLDER / key_of(self.published, versions, asked)


def kept_files(
    place: Place,
    progress: Progress | None = None,
    asked: Asked | None = None,
    is_again: bool = False,
) -> dict[str, Path]:
    """The files with the result by format, worked out now (about a minute) unless they are there.

    Indicators that an earlier run looked at before it was cut off are not looked at again, unless all are to
    be worked out again.
    """
    asked = asked or Asked()
    folder = place.folder(asked)
    files = {ending: folder / f"screen.{ending}" for ending in FORMATS}
    if is_again:
        shutil.rmtree(folder, ignore_errors=True)
    if not all(path.exists() for path in files.values()):
        indicators = load_all(place.settings.catalogue_dir)
        found = screened(place.connection, indicators, progress, asked, Shelf(folder / "looks"))
        _keep(found, place, files)
    return files


def kept_document(
    place: Place, progress: Progress | None = None, asked: Asked | None = None
) -> dict[str, Any]:
    """The result as a document of plain values."""
    text = kept_files(place, progress, asked)["json"].read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def key_of(published: Published, versions: Versions, asked: Asked) -> str:
    """A name that changes with the figures, the code and its packages, the seed and the thresholds."""
    parts: dict[str, Any] = {
        "data": published.fingerprint,
        "code": versions.code,
        "python": versions.python,
        "packages": versions.packages,
        "seed": asked.seed,
        "thresholds": asdict(asked.thresholds),
    }
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keep(found: Screen, place: Place, files: dict[str, Path]) -> None:
    versions = versions_here(place.settings, is_own_data=False)
    document = as_document(found) | {"data": place.published.fingerprint, "code": versions.code}
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    table = as_table(found).to_csv(index=False, lineterminator="\n")
    for ending, content in {"json": text, "csv": table}.items():
        write_atomically(files[ending], content.encode())
