"""Build, check and publish the warehouse, or print one of its tables."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data_sources.source import SourceError
from settings import Settings
from sql.build import BuildFailed, CheckFailed, build_marts, run_checks
from sql.holding import known_then, unknown_on
from sql.publish import build_candidate, publish, read_current, waiting_candidate
from sql.reads import open_database, read, show_mart

Say = Callable[[str], None]

_PURPOSES = {
    "build": "build the warehouse from the bundle and fetched files",
    "check": "run the release checks on what was built or published last",
    "publish": "build if anything changed, check, and switch readers to it",
}


def _build(settings: Settings, say: Say) -> None:
    path = build_candidate(settings)
    say(f"Built {path.name} ({path.stat().st_size / 1e6:.1f} MB). Not yet published.")


def _check(settings: Settings, say: Say) -> None:
    passed = run_checks(_latest(settings))
    say(f"{len(passed)} checks passed: {', '.join(passed)}.")


def _publish(settings: Settings, say: Say) -> None:
    published, is_new = publish(settings)
    with open_database(settings.data_dir / published.file) as connection:
        for row in read(connection, "held_files").itertuples():
            print(f"{row.file_name}: {row.reason}", file=sys.stderr)
    say(f"Published {published.version}." if is_new else f"{published.version} is up to date.")


def _show(settings: Settings, table: str, as_known_on: date | None) -> None:
    if as_known_on is None:
        show_mart(open_database(_latest(settings)), table).to_csv(sys.stdout, index=False)
        return
    left_out = unknown_on(settings, as_known_on)
    undated = sum(reason.endswith("unknown") for reason in left_out.values())
    print(
        f"{len(left_out)} files are left out, {undated} of them without a known day.",
        file=sys.stderr,
    )
    with TemporaryDirectory() as folder:
        then = Path(folder) / "then.duckdb"
        build_marts(settings, then, left_out)
        with open_database(then) as connection:
            shown = show_mart(connection, table)
            known_then(shown, as_known_on).to_csv(sys.stdout, index=False)


def _latest(settings: Settings) -> Path:
    """The candidate waiting for publication, else the published file."""
    if candidate := waiting_candidate(settings):
        return candidate
    current = read_current(settings.data_dir)
    if current is None:
        raise FileNotFoundError("Nothing is built yet: run `python -m sql publish` first.")
    return settings.data_dir / current.file


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sql", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--quiet", action="store_true", help="print errors only")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, purpose in _PURPOSES.items():
        verbs.add_parser(verb, help=purpose, description=purpose, parents=[common])
    show = verbs.add_parser("show", help="print a mart as CSV", parents=[common])
    show.add_argument("table", metavar="TABLE", help="for example fct_programme_spell")
    show.add_argument(
        "--as-known-on",
        metavar="YYYY-MM-DD",
        type=date.fromisoformat,
        help="from the files published (or, where that is unknown, retrieved) by this day only",
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 on success, 1 with one sentence on stderr otherwise."""
    options = _parser().parse_args(arguments)
    try:
        _run(options, Settings())
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output has seen enough; what is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except _REFUSALS as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted: what is published is whole, run it again to go on.", file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, settings: Settings) -> None:
    say: Say = (lambda _: None) if options.quiet else print
    if options.verb == "show":
        _show(settings, options.table, options.as_known_on)
    else:
        _VERBS[options.verb](settings, say)


_VERBS = {"build": _build, "check": _check, "publish": _publish}

_REFUSALS = (BuildFailed, CheckFailed, SourceError, OSError, ValueError, duckdb.Error)


if __name__ == "__main__":
    sys.exit(main())
