"""Writing the report of a run to a file: Word or HTML by the ending of its name."""

from functools import partial
from pathlib import Path

from data_sources.progress import track
from data_sources.snapshots import write_atomically
from indicators.analyses.own_data import OwnData, read_own_data
from indicators.analyses.refusal import Refusal
from indicators.reporting.content import report_of
from indicators.reporting.evidence import Evidence, gather
from indicators.reporting.html import as_html
from indicators.reporting.word import as_word
from indicators.runs.record import load_run

KINDS = (".docx", ".html")


def written(found: Evidence, kind: str) -> bytes:
    """The report as the bytes of a file of that kind (`.docx` or `.html`)."""
    report = report_of(found)
    if kind == ".docx":
        return as_word(report, found.written_at)
    return as_html(report).encode()


def report_file(run: Path, out: Path, data: Path | None = None, quiet: bool = False) -> None:
    """Write the report of a recorded run, whole or not at all; raises Refusal."""
    kind = out.suffix.lower()
    if kind not in KINDS:
        raise Refusal("BAD_OUT", f"{out.name}: name a file that ends in {' or '.join(KINDS)}.")
    if not out.parent.is_dir():
        raise Refusal("BAD_OUT", f"{out.parent}: there is no such folder.")
    own: OwnData | None = None if data is None else read_own_data(data)
    showing = partial(track, label="Other choices", quiet=quiet)
    content = written(gather(load_run(run), own, showing), kind)
    try:
        write_atomically(out, content)
    except OSError as error:
        raise Refusal("BAD_OUT", f"{out}: cannot be written ({error.strerror}).") from error
