"""The screen of the published version, kept by data, code, seed and thresholds: one way to it for all."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from data_sources.snapshots import write_atomically
from indicators.registry import load_all
from indicators.runs.versions import code_version
from indicators.screening.document import as_document, as_table
from indicators.screening.screen import Progress, Screen, screened
from indicators.stats.screen.resampling import SEED
from indicators.stats.screen.thresholds import DEFAULTS
from settings import ROOT, Settings
from sql.publish import Published

FOLDER = "screens"
"""Where results are kept, below the data folder: a file for each data, code, seed and thresholds."""
FORMATS = ("json", "csv")


@dataclass(frozen=True)
class Place:
    """A published version, its open database, and where results are kept."""

    published: Published
    connection: duckdb.DuckDBPyConnection
    settings: Settings

    def files(self, seed: int) -> dict[str, Path]:
        """The files of the result, by format, there or not."""
        folder, name = self.settings.data_dir / FOLDER, key_of(self.published, seed)
        return {ending: folder / f"{name}.{ending}" for ending in FORMATS}


def kept_files(
    place: Place, progress: Progress | None = None, seed: int = SEED, is_again: bool = False
) -> dict[str, Path]:
    """The files with the result, worked out now (about half a minute) unless they are there."""
    files = place.files(seed)
    if is_again or not all(path.exists() for path in files.values()):
        indicators = load_all(place.settings.catalogue_dir)
        found = screened(place.connection, indicators, progress, seed=seed)
        _keep(found, place.published, files)
    return files


def kept_document(place: Place, progress: Progress | None = None) -> dict[str, Any]:
    """The result under the default seed as a document of plain values."""
    text = kept_files(place, progress)["json"].read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def key_of(published: Published, seed: int) -> str:
    """A name that changes with the figures, the code, the seed and the default thresholds."""
    parts: dict[str, Any] = {
        "data": published.fingerprint,
        "code": code_version(ROOT),
        "seed": seed,
        "thresholds": asdict(DEFAULTS),
    }
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keep(found: Screen, published: Published, files: dict[str, Path]) -> None:
    document = as_document(found) | {
        "data": published.fingerprint,
        "code": code_version(ROOT),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    table = as_table(found).to_csv(index=False, lineterminator="\n")
    for ending, content in {"json": text, "csv": table}.items():
        write_atomically(files[ending], content.encode())
