"""Compiled reference tables, damaged: read right or refused.

They give no figures: each row read stands for one figure here, the codes and days that decide anything for
the value. Names may be misspelt.
"""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import ods
from data_sources.compiled import parse_compiled
from data_sources.source import Parsed, Snapshot
from tests.sources.files import Book, Rows, write_csv
from tests.sources.fuzzing import (
    DAMAGES,
    check_cut_file,
    check_damaged_file,
    fuzz,
    swap_headings,
)
from tests.sources.test_compiled import DATES, ICBS, MAPPING, SOURCE_OF, SUCCESSIONS

TABLES: dict[str, Rows] = {
    DATES: [
        [
            "RAL",
            "RF",
            "Active",
            "RO197",
            True,
            False,
            "1991-04-01",
            "",
            "1991-04-01",
            "9999-12-31",
            "",
        ],
        [
            "RAP",
            "NM",
            "Closed",
            "RO197",
            True,
            True,
            "",
            "2024-12-31",
            "1991-04-01",
            "2024-12-31",
            "",
        ],
    ],
    SUCCESSIONS: [["RAP", "RAL", "2025-01-01"], ["RGQ", "RDE", "2018-07-01"]],
    MAPPING: [
        ["RAL", "Royal Free", "NHS Trust", "London", "Z9B2Z", "New", "QMJ", "Old"],
        ["RGT", "Cambridge", "NHS Trust", "East", "T6Y0W", "New", "QUE", "Old"],
    ],
    ICBS: [
        ["QMJ", "NCL", "2017-04-01", "2026-03-31", False, "E54000028"],
        ["Z9B2Z", "WNL", "2026-04-01", "", True, "E54000065"],
    ],
}
DECISIVE = {
    DATES: ["kind", "opened_on", "closed_on"],
    SUCCESSIONS: ["successor_code", "happened_on"],
    MAPPING: ["icb_code", "valid_from"],
    ICBS: ["opened_on", "closed_on"],
}
WITHIN = tuple(damage for damage in DAMAGES if damage is not swap_headings)
"""Nothing is read under headings that changed places; rows of text alone would be taken for headings."""


def as_publication(header: str) -> SimpleNamespace:
    def parse(snapshot: Snapshot) -> Parsed:
        parsed = parse_compiled(snapshot)
        (rows,) = parsed.tables.values()
        figures = pd.DataFrame({"org_code": rows.iloc[:, 0]}).assign(
            period_start="",
            period_end="",
            level="",
            measure="",
            value=rows[DECISIVE[header]].agg("|".join, axis=1),
        )
        return Parsed(parsed.layout, {"figures": figures})

    return SimpleNamespace(SOURCE=ods.SOURCE, parse=parse)


def book(header: str) -> Book:
    return {"csv": [header.split(","), *TABLES[header]]}


def write(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@pytest.mark.parametrize("header", TABLES, ids=lambda header: SOURCE_OF[header][1])
@fuzz
@given(data=st.data())
def test_a_damaged_table(header: str, data: st.DataObject) -> None:
    check_damaged_file(as_publication(header), book(header), write, "table.csv", data, WITHIN)


@pytest.mark.parametrize("header", TABLES, ids=lambda header: SOURCE_OF[header][1])
@fuzz
@given(data=st.data())
def test_a_cut_table(header: str, data: st.DataObject) -> None:
    check_cut_file(as_publication(header), book(header), write, "table.csv", data)
