"""The report of NHS trusts and the ICB attribution, damaged: read right or refused.

They give organisations and memberships, not figures: each row read stands for one figure here, its cells for
the value.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_sources import ods
from data_sources.source import Parsed, Snapshot
from tests.sources.files import Book, write_csv, write_xls
from tests.sources.fuzzing import (
    DAMAGES,
    check_cut_file,
    check_damaged_file,
    fuzz,
    swap_headings,
)
from tests.sources.test_ods import GOOLE, HEADER, ROYAL_FREE, TITLE, trust


def as_figures(table: str, *decisive: str) -> Any:
    """The publication, its rows as figures whose value is the `decisive` columns: names may be misspelt."""

    def parse(snapshot: Snapshot) -> Parsed:
        parsed = ods.parse(snapshot)
        rows = parsed.tables[table]
        figures = pd.DataFrame({"org_code": rows["org_code"]}).assign(
            period_start=str(parsed.period_start),
            period_end=str(parsed.period_end),
            level="provider",
            measure=table,
            value=rows[list(decisive)].agg("|".join, axis=1) if len(rows) else "",
        )
        return Parsed(parsed.layout, {"figures": figures})

    return SimpleNamespace(SOURCE=ods.SOURCE, parse=parse)


TRUSTS = as_figures("organisations", "opened_on", "closed_on", "region_code", "icb_code")
MEMBERS = as_figures("icb_memberships", "icb_code", "valid_from")


WITHOUT_HEADINGS = tuple(damage for damage in DAMAGES if damage is not swap_headings)
"""The report has no headings that could change places."""


def report() -> Book:
    rows = (trust(closed="20241231"), trust("G6V2S", "20241101"), trust("RYT", "20091001"))
    return {"csv": [[*row[:10], *map(_number, row[10:12]), *row[12:]] for row in rows]}


def _number(cell: str) -> object:
    return int(cell) if cell else ""


def attribution() -> Book:
    above = [[], ["", "Title:", TITLE], [], ["", "Last Updated:", "4th April 2024"], [], [], []]
    return {"ICB Mapping": [*above, HEADER, ROYAL_FREE, GOOLE]}


def write_report(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@fuzz
@given(data=st.data())
def test_a_damaged_trust_report(data: st.DataObject) -> None:
    check_damaged_file(TRUSTS, report(), write_report, "etr.csv", data, WITHOUT_HEADINGS)


@fuzz
@given(data=st.data())
def test_a_cut_trust_report(data: st.DataObject) -> None:
    check_cut_file(TRUSTS, report(), write_report, "etr.csv", data)


@fuzz
@given(data=st.data())
def test_a_damaged_attribution(data: st.DataObject) -> None:
    check_damaged_file(MEMBERS, attribution(), write_xls, "Attribution.xls", data)


@fuzz
@given(data=st.data())
def test_a_cut_attribution(data: st.DataObject) -> None:
    check_cut_file(MEMBERS, attribution(), write_xls, "Attribution.xls", data)
