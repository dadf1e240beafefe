"""`python -m indicators screen`: the key-indicator screen of the published version, as JSON or CSV."""

import argparse
import sys
from pathlib import Path

from indicators.analyses.refusal import Refusal
from indicators.radar_command import open_published
from indicators.screening.kept import FORMATS, Place, kept_files
from indicators.screening.screen import Asked
from indicators.stats.screen.resampling import SEED
from indicators.stats.screen.thresholds import changed
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("--seed", type=int, default=SEED, help="of the shuffles (%(default)s)")
    parser.add_argument("--format", choices=FORMATS, default="json", help="json if not given")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to a file")
    parser.add_argument(
        "--threshold",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="another threshold than the usual one, for example stability=0.8; may repeat",
    )
    parser.add_argument(
        "--again", action="store_true", help="work it out again even where a result is kept"
    )
    parser.add_argument(
        "--keep", action="store_true", help="see that a result is kept, and print nothing of it"
    )


def run_screen(options: argparse.Namespace, settings: Settings) -> None:
    """Write the screen to standard output or a file; Refusal where nothing is published."""
    kept = _kept(options, _asked(options), settings)
    if options.keep:
        return
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


def _asked(options: argparse.Namespace) -> Asked:
    try:
        return Asked(changed(dict(_threshold(text) for text in options.threshold)), options.seed)
    except ValueError as error:
        raise Refusal("BAD_SPEC", f"--threshold: {error}.") from error


def _threshold(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise ValueError(f"{text!r} is not written as NAME=VALUE, for example months=36") from None


def _kept(options: argparse.Namespace, asked: Asked, settings: Settings) -> Path:
    """The file with the result, worked out now unless it is there."""
    published, connection = open_published(settings)
    with connection:
        progress = None if options.quiet else told
        place = Place(published, connection, settings)
        return kept_files(place, progress, asked, options.again)[options.format]


def told(done: int, number: int, name: str) -> None:
    """A line of progress on standard error."""
    print(f"{done + 1:3} of {number}: {name}", file=sys.stderr)
