"""What the publishers offer, what is kept of it, and what was refused and why."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from rich.console import Console

from data_sources import registry
from data_sources.data_folder import working_in
from data_sources.fetching import Fetcher
from data_sources.http import Http
from data_sources.ingest import add_file
from data_sources.listing import COLUMNS, as_table, listed
from data_sources.progress import track
from data_sources.registry import Publication
from data_sources.snapshots import SnapshotRecord, SnapshotStore, bundled_records
from data_sources.source import Release, SourceError
from settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one verb: 0 only if all that was asked for was done, errors as one sentence on stderr."""
    options = _parser().parse_args(arguments, argparse.Namespace(quiet=False))
    run: Callable[[argparse.Namespace, SnapshotStore], bool] = options.run
    try:
        return 0 if run(options, SnapshotStore(Settings().data_dir)) else 1
    except SourceError as error:
        _complain(str(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror or error}.")
    except KeyboardInterrupt:
        _complain("Interrupted: what was done so far is kept, run it again to go on.")
    return 1


def _parser() -> argparse.ArgumentParser:
    quiet = argparse.ArgumentParser(add_help=False)
    # Unset unless given, so that it may stand before the verb as well as after it.
    quiet.add_argument(
        "--quiet", action="store_true", default=argparse.SUPPRESS, help="answers and errors only"
    )
    parser = argparse.ArgumentParser(
        prog="python -m data_sources", description=__doc__, parents=[quiet]
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run in _VERBS.items():
        verb = verbs.add_parser(name, help=run.__doc__, description=run.__doc__, parents=[quiet])
        verb.set_defaults(run=run)
        if name in ("discover", "fetch"):
            verb.add_argument("ids", nargs="*", metavar="ID", help="sources to ask, all if none")
        if name == "add":
            verb.add_argument("files", nargs="+", metavar="FILE", type=Path, help="files to read")
    return parser


def _list(_options: argparse.Namespace, store: SnapshotStore) -> bool:
    """List the sources: layouts confirmed by a real file or not yet, first and last good month."""
    records = [*bundled_records(Settings().bundle_dir), *store.records()]
    rows = [listed(publication.SOURCE, records) for publication in registry.sources().values()]
    console = Console()
    if console.is_terminal:
        console.print(as_table(rows))
    else:
        for cells in (COLUMNS, *(row.cells() for row in rows)):
            print(*cells, sep="\t")
    return True


def _discover(options: argparse.Namespace, _store: SnapshotStore) -> bool:
    """List the files that the publishers' pages link to: id, month claimed, title, address."""

    def show(publication: Publication, http: Http) -> bool:
        for release in publication.discover(http):
            month = f"{release.period_start:%Y-%m}" if release.period_start else "-"
            print(release.source_id, month, release.title, release.url, sep="\t")
        return True

    return _ask_each(options.ids, show)


def _fetch(options: argparse.Namespace, store: SnapshotStore) -> bool:
    """Fetch and read the files that the publishers' pages link to and that are not kept yet."""

    def fetch(publication: Publication, http: Http) -> bool:
        fetcher = Fetcher(publication, http, store)
        label = f"Fetching {publication.SOURCE.id}"
        outcomes = [
            _fetch_one(fetcher, release, store, options.quiet)
            for release in track(fetcher.outstanding(), label, options.quiet)
        ]
        return all(outcomes)

    with working_in(store.root):
        return _ask_each(options.ids, fetch)


def _add(options: argparse.Namespace, store: SnapshotStore) -> bool:
    """Take files downloaded by hand: each is recognised by its content, kept, and read or refused."""
    with working_in(store.root):
        outcomes = [_add_one(path, store, options.quiet) for path in options.files]
    return all(outcomes)


def _status(_options: argparse.Namespace, store: SnapshotStore) -> bool:
    """Say of each source what is kept, up to which month, and what was refused and why."""
    kept: dict[str, list[SnapshotRecord]] = {source_id: [] for source_id in registry.sources()}
    for record in store.records():
        kept.setdefault(record.source_id, []).append(record)
    for source_id, records in kept.items():
        ends = [record.period_end for record in records if record.period_end]
        latest = f"latest period {_last_month(max(ends))}" if ends else "no period read"
        print(f"{source_id}: {_count(len(records), 'snapshot')} kept, {latest}")
        for record in records:
            if record.status == "refused":
                print(f"  {record.file_name}: refused: {record.reason}")
    return True


_VERBS = {
    "list": _list,
    "discover": _discover,
    "fetch": _fetch,
    "add": _add,
    "status": _status,
}


def _ask_each(ids: list[str], work: Callable[[Publication, Http], bool]) -> bool:
    """Do `work` for each of the sources named, or all; one that fails does not stop the others."""
    publications = registry.sources()
    unknown = [source_id for source_id in ids if source_id not in publications]
    if unknown:
        raise SourceError(f"No source {unknown[0]!r}: there are {', '.join(publications)}.")
    succeeded = True
    with Http() as http:
        for source_id in ids or publications:
            try:
                succeeded &= work(publications[source_id], http)
            except SourceError as error:
                _complain(f"{source_id}: {error}")
                succeeded = False
    return succeeded


def _fetch_one(fetcher: Fetcher, release: Release, store: SnapshotStore, quiet: bool) -> bool:
    try:
        record = fetcher.fetch(release)
    except SourceError as error:
        _complain(str(error))
        return False
    return record is None or _tell(record.file_name, record, store, quiet)


def _add_one(path: Path, store: SnapshotStore, quiet: bool) -> bool:
    try:
        record = add_file(path, store)
    except SourceError as error:
        _complain(str(error))
        return False
    return _tell(path.name, record, store, quiet)


def _tell(name: str, record: SnapshotRecord, store: SnapshotStore, quiet: bool) -> bool:
    """Print what became of a file; whether it was read."""
    if record.status == "refused":
        _complain(f"{name}: refused: {record.reason}")
        return False
    if not quiet:
        title = registry.sources()[record.source_id].SOURCE.title
        organisations = _count(_organisations(record, store), "organisation")
        print(f"{name}: recognised as {title}, {_span(record)}, {organisations}")
    return True


def _organisations(record: SnapshotRecord, store: SnapshotStore) -> int:
    """How many organisations a snapshot tells of: providers, else systems, or all where it has no levels."""
    codes: set[str] = set()
    for path in store.parsed_dir.glob(f"*/{record.snapshot_id}.parquet"):
        frame = pd.read_parquet(path)
        if "level" in frame.columns:
            is_provider = frame["level"] == "provider"
            frame = frame[is_provider if is_provider.any() else frame["level"] == "system"]
        if "org_code" in frame.columns:
            codes.update(frame["org_code"].dropna())
    return len(codes)


def _span(record: SnapshotRecord) -> str:
    if not record.period_start:
        return "no period stated"
    first = f"{date.fromisoformat(record.period_start):%B %Y}"
    if not record.period_end:
        return f"from {first}"
    last = _last_month(record.period_end)
    return first if first == last else f"{first} to {last}"


def _last_month(period_end: str) -> str:
    """Month and year of the last day before `period_end`."""
    return f"{date.fromisoformat(period_end) - timedelta(days=1):%B %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
