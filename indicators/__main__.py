"""List, check, show or screen indicators; run an analysis, again, or write it up; tell new signals."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_sources.source import SourceError
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse_files
from indicators.checking import check_catalogue, known_here
from indicators.radar_command import add_arguments, run_radar
from indicators.registry import CatalogueFault, load_all
from indicators.reporting.writing import report_file
from indicators.runs.files import record_files, replay_files
from indicators.runs.record import write_run
from indicators.screening import command as screen_command
from settings import Settings


def _list(folder: Path) -> None:
    for indicator in load_all(folder).values():
        names = f"{indicator.indicator_id:16} {indicator.review.status:13} {indicator.unit:14}"
        print(f"{names} {indicator.title}")


def _check(settings: Settings, is_quiet: bool) -> None:
    found = check_catalogue(
        settings.catalogue_dir, known_here(settings.reference_dir), datetime.now(UTC).date()
    )
    if found.faults:
        raise CatalogueFault("\n".join(map(str, found.faults)))
    if not is_quiet:
        for warning in found.warnings:
            print(warning)
        print(f"Catalogue without faults: {found.number} indicators.")


def _show(folder: Path, indicator_id: str) -> None:
    indicators = load_all(folder)
    if indicator_id not in indicators:
        raise CatalogueFault(
            f"There is no indicator {indicator_id!r}; `list` shows those there are."
        )
    print(indicators[indicator_id].model_dump_json(indent=2, by_alias=True))


def _analyse(options: argparse.Namespace) -> None:
    try:
        result = _result(options.spec, options.data, options.record)
    except Refusal as refusal:
        _print_json(refusal.as_result())
        raise
    _print_json(result)


def _result(spec: Path, data: Path | None, record: Path | None) -> dict[str, Any]:
    if record is None:
        return analyse_files(spec, data)
    run = record_files(spec, data)
    write_run(run, record)
    return run.result


def _replay(options: argparse.Namespace) -> None:
    try:
        found = replay_files(options.run, options.data)
    except Refusal as refusal:
        _print_json(refusal.as_result())
        raise
    _print_json(found.as_result())
    if not found.agrees:
        raise Refusal("MOVED", found.sentence())
    if not options.quiet:
        print(found.sentence(), file=sys.stderr)


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indicators", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--quiet", action="store_true", help="print errors only")
    verbs = parser.add_subparsers(dest="verb", required=True)

    def verb(name: str, told: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=told, parents=[common])

    verb("list", "every indicator, a line each")
    verb("check", "check every catalogue file and report all faults")
    show = verb("show", "one indicator as JSON")
    show.add_argument("indicator_id", metavar="ID", help="for example rtt_18w")
    _take_spec(verb("analyse", "run an analysis and print its result as JSON"))
    _take_run(verb("replay", "run a recorded analysis again and say what moved"))
    report = verb("report", "write up a recorded run")
    _take_run(report)
    where = "FILE.docx or FILE.html"
    report.add_argument("--out", metavar="FILE", type=Path, required=True, help=where)
    add_arguments(verb("radar", "new signals in the latest figures"))
    screen = verb("screen", "which indicators could show purposeful improvement")
    screen_command.add_arguments(screen)
    return parser


def _take_spec(analyse: argparse.ArgumentParser) -> None:
    analyse.add_argument("spec", metavar="SPEC.json", type=Path, help="what to run")
    analyse.add_argument("--data", metavar="FILE.csv", type=Path, help="rows of your own")
    kept = "also write the record that `replay` takes"
    analyse.add_argument("--record", metavar="RUN.json", type=Path, help=kept)


def _take_run(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("run", metavar="RUN.json", type=Path, help="the record of a run")
    own = "the rows of your own that it was run on"
    verb.add_argument("--data", metavar="FILE.csv", type=Path, help=own)


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 on success, 1 with the faults on stderr otherwise."""
    options = _parser().parse_args(arguments)
    try:
        _run(options, Settings())
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output has seen enough; what is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (CatalogueFault, Refusal, SourceError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, settings: Settings) -> None:
    if options.verb == "list":
        _list(settings.catalogue_dir)
    elif options.verb == "check":
        _check(settings, options.quiet)
    elif options.verb == "analyse":
        _analyse(options)
    elif options.verb == "replay":
        _replay(options)
    elif options.verb == "report":
        report_file(options.run, options.out, options.data, options.quiet)
    elif options.verb == "radar":
        run_radar(options, settings)
    elif options.verb == "screen":
        screen_command.run_screen(options, settings)
    else:
        _show(settings.catalogue_dir, options.indicator_id)


if __name__ == "__main__":
    sys.exit(main())
