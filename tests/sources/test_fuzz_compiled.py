"""Compiled tables of figures, damaged: read right or refused.

A table is recognised by its header as a whole, so nothing is read under a damaged one. It tells of many
months and has no totals: rows that are lost cannot show.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.compiled import parse_compiled
from data_sources.registry import sources
from tests.sources.files import Book, Rows, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.test_compiled import AE, ORGANISATIONS, SOURCE_OF, SUCCESSORS, SYSTEMS, TRUSTS

TABLES: dict[str, Rows] = {
    AE: [
        ["2019-03", "RAL", 1, 900, 300, 200],
        ["2019-03", "RAL", 2, 80, 3, 2],
        ["2019-03", "RAL", "other", 70, "", 5],
        ["2018-12", "RGT", 1, 70, 6, 8],
    ],
    TRUSTS: [
        ["2021-04", "RAL", "ROYAL FREE", "QMJ", 10, 8, 6, 5, 4, 3, 11, 1, 2, 7, 9, "full extract"],
        [
            "2021-05",
            "RGT",
            "CAMBRIDGE",
            "QUE",
            20,
            18,
            16,
            15,
            14,
            13,
            21,
            1,
            2,
            7,
            9,
            "full extract",
        ],
    ],
    SYSTEMS: [
        ["2021-04", "QMJ", "NORTH CENTRAL LONDON", 10, 8, 6, 5, 4, 3],
        ["2021-05", "QUE", "CAMBRIDGESHIRE", 20, 18, 16, 15, 14, 13],
    ],
    ORGANISATIONS: [
        ["2024-04", "RAL", "ROYAL FREE", "provider", 10, 8, 6, 5, 4, 3, "published"],
        ["2024-04", "QMJ", "NORTH CENTRAL LONDON", "icb", 20, 18, 16, 15, 14, 13, "published"],
    ],
    SUCCESSORS: [
        ["RAL", "2022-01", 10, 8, 6, 5, 4, 3, 90, 80, 70, 60, 50],
        ["RGT", "2022-02", 20, 18, 16, 15, 14, 13, 91, 81, 71, 61, 51],
    ],
}


def as_publication(header: str) -> SimpleNamespace:
    source_id, _ = SOURCE_OF[header]
    return SimpleNamespace(SOURCE=sources()[source_id].SOURCE, parse=parse_compiled)


def book(header: str) -> Book:
    return {"csv": [header.split(","), *TABLES[header]]}


def write(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@pytest.mark.parametrize("header", TABLES, ids=lambda header: SOURCE_OF[header][1])
@fuzz
@given(data=st.data())
def test_a_damaged_table(header: str, data: st.DataObject) -> None:
    check_damaged_file(as_publication(header), book(header), write, "table.csv", data)


@pytest.mark.parametrize("header", TABLES, ids=lambda header: SOURCE_OF[header][1])
@fuzz
@given(data=st.data())
def test_a_cut_table(header: str, data: st.DataObject) -> None:
    check_cut_file(as_publication(header), book(header), write, "table.csv", data)
