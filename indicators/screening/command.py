"""`python -m indicators screen`: the key-indicator screen of the published version, as JSON or CSV."""

import argparse
import sys
from pathlib import Path

from indicators.analyses.refusal import Refusal
from indicators.radar_command import open_published
from indicators.screening.kept import FORMATS, Place, kept_files
from indicators.stats.screen.resampling import SEED
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("--seed", type=int, default=SEED, help="of the shuffles (%(default)s)")
    parser.add_argument("--format", choices=FORMATS, default="json", help="json if not given")
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
        progress = None if options.quiet else told
        place = Place(published, connection, settings)
        return kept_files(place, progress, options.seed, options.again)[options.format]


def told(done: int, number: int, name: str) -> None:
    """A line of progress on standard error."""
    print(f"{done + 1:3} of {number}: {name}", file=sys.stderr)
