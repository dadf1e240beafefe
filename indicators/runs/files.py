"""Runs from files and of files, as the command line has them."""

from pathlib import Path

from indicators.analyses.own_data import OwnData, read_own_data
from indicators.analyses.running import read_document
from indicators.runs.record import RunRecord, load_run, record_run
from indicators.runs.replay import Replay, replay


def record_files(spec: Path, data: Path | None = None) -> RunRecord:
    """`record_run` with the document, and the rows if any, read from files; raises Refusal."""
    document = read_document(spec)
    return record_run(document, _own(data))


def replay_files(run: Path, data: Path | None = None) -> Replay:
    """`replay` with the record, and the rows if any, read from files; raises Refusal."""
    return replay(load_run(run), _own(data))


def _own(data: Path | None) -> OwnData | None:
    return None if data is None else read_own_data(data)
