"""`python -m indicators screen`: the key-indicator screen of the published version, as JSON or CSV."""

import argparse
import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data_sources.snapshots import write_atomically
from indicators.analyses.refusal import Refusal
from indicators.radar_command import open_published
from indicators.registry import load_all
from indicators.runs.versions import code_version
from indicators.screening.document import as_document, as_table
from indicators.screening.screen import Screen, screened
from indicators.stats.screen.resampling import SEED
from indicators.stats.screen.thresholds import DEFAULTS
from settings import ROOT, Settings
from sql.publish import Published

FOLDER = "screens"
"""Where results are kept, below the data folder: a file for each data, code, seed and thresholds."""
_DONE = ("json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("--seed", type=int, default=SEED, help="of the shuffles (%(default)s)")
    parser.add_argument("--format", choices=_DONE, default="json", help="json if not given")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to a file")
    parser.add_argument(
        "--again", action="store_true", help="work it out again even where a result is kept"
    )


def run_screen(options: argparse.Namespace, settings: Settings) -> None:
    """Write the screen to standard output or a file; Refusal where nothing is published."""
    kept = _kept(options, settings)
    text = kept.read_text(encoding="utf-8")
    if options.out is None:
        sys.stdout.write(text)
        return
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(
            "BAD_FILE", f"{options.out}: cannot be written ({error.strerror})."
        ) from error


def _kept(options: argparse.Namespace, settings: Settings) -> Path:
    """The file with the result, worked out now unless it is there."""
    published, connection = open_published(settings)
    with connection:
        name = key_of(published, options.seed)
        files = {ending: settings.data_dir / FOLDER / f"{name}.{ending}" for ending in _DONE}
        if options.again or not all(path.exists() for path in files.values()):
            progress = None if options.quiet else told
            indicators = load_all(settings.catalogue_dir)
            found = screened(connection, indicators, progress, seed=options.seed)
            _keep(found, published, files)
    return files[options.format]


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


def told(done: int, number: int, name: str) -> None:
    """A line of progress on standard error."""
    print(f"{done + 1:3} of {number}: {name}", file=sys.stderr)
