"""`python -m indicators radar`: new signals of the published version as text, Atom feed or JSON."""

import argparse
import sys
from pathlib import Path

import duckdb
import pandas as pd

from indicators.analyses.refusal import Refusal
from indicators.radar import published_charts, radar_of
from indicators.radar_feed import Edition, as_atom, as_json, as_text
from indicators.registry import load_all
from indicators.writing import PEERS
from settings import Settings
from sql.publish import Published, read_current
from sql.reads import open_database, read

_WRITERS = {"text": as_text, "atom": as_atom, "json": as_json}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "--format", choices=list(_WRITERS), default="text", help="text if not given"
    )
    parser.add_argument(
        "--type",
        choices=list(PEERS),
        action="append",
        help="organisations of this type only; may repeat",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to a file")
    parser.add_argument(
        "--base-url",
        default="http://localhost:8501",
        help="where the dashboard is read: links begin with it (%(default)s)",
    )


def run_radar(options: argparse.Namespace, settings: Settings) -> None:
    """Write what was asked for to standard output or a file; Refusal where nothing is published."""
    published, connection = open_published(settings)
    with connection:
        edition = edition_of(connection, published, settings, options)
    content = _WRITERS[options.format](edition).encode()
    if options.out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise Refusal(
            "BAD_FILE", f"{options.out}: cannot be written ({error.strerror})."
        ) from error
    if not options.quiet:
        print(f"{len(edition.new):,} new signals written to {options.out}.")


def open_published(settings: Settings) -> tuple[Published, duckdb.DuckDBPyConnection]:
    """The published version; Refusal where there is none."""
    try:
        published = read_current(settings.data_dir)
    except ValueError as damaged:
        raise Refusal("NEEDS_DATA", str(damaged)) from damaged
    if published is None:
        raise Refusal("NEEDS_DATA", "Nothing has been published yet: run `python -m sql publish`.")
    return published, open_database(settings.data_dir / published.file)


def edition_of(
    connection: duckdb.DuckDBPyConnection,
    published: Published,
    settings: Settings,
    options: argparse.Namespace,
) -> Edition:
    """The radar of a published version, of the types of organisation asked for."""
    indicators = load_all(settings.catalogue_dir)
    everyone: pd.DataFrame = read(connection, "organisations")
    charts = published_charts(connection, indicators, settings.data_dir)
    radar = radar_of(charts, indicators, everyone)
    organisations = everyone.set_index("org_code")
    if options.type:
        organisations = organisations[organisations["org_type"].isin(options.type)]
        radar = radar.of(organisations.index)
    return Edition(
        radar,
        indicators,
        organisations,
        published.version,
        published.built_at,
        options.base_url,
    )
