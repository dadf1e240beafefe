"""Compiled tables of cancer waiting times: read from small ones, refused, and damaged."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import cancer_waits as cancer
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.source import Parsed, SourceError
from tests.sources.files import Book, snapshot_of, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

ORGANISATIONS: list[list[object]] = [
    ["month", "org_code", "org_name", "level", "standard", "total", "within", "status"],
    ["2022-04", "RR8", "LEEDS", "provider", "FDS28", 10, 8, "final"],
    ["2022-04", "RR8", "LEEDS", "provider", "CMB31", 7, 6, "final"],
    ["2022-04", "RR8", "LEEDS", "provider", "CMB62", 52, 40, "final"],
    ["2026-04", "Z9B2Z", "WEST AND NORTH LONDON", "icb", "FDS28", 5, 3, "provisional"],
    ["2026-04", "ENG", "England", "national", "CMB62", 900, 700, "provisional"],
]
SNAPSHOTS: list[list[object]] = [
    ["month", "org_code", "standard", "total", "within", "breaches"],
    ["2021-05", "RR8", "FDS28", "10.0", "8.0", "2.0"],
    ["2021-05", "RR8", "2WW", "9.0", "8.0", "1.0"],
    ["2021-05", "RR8", "31D_first", "7.0", "6.0", "1.0"],
    ["2021-05", "RR8", "62D_gp", "52.5", "40.0", "12.5"],
    ["2021-05", "RR8", "62D_upgrade", "3.0", "2.0", "1.0"],
]


def read(folder: Path, rows: list[list[object]], *changes: tuple[int, int, object]) -> Parsed:
    """The table with some cells, counted from 1, replaced."""
    rows = [list(row) for row in rows]
    for row, column, cell in changes:
        rows[row - 1][column - 1] = cell
    return parse_compiled(snapshot_of(write_csv(folder / "table.csv", rows), cancer.SOURCE.id))


def values(parsed: Parsed) -> dict[tuple[str, str, str, str], str]:
    figures = parsed.tables["figures"]
    keys = figures[["period_start", "level", "org_code", "measure"]].itertuples(index=False)
    return dict(zip((tuple(key) for key in keys), figures["value"], strict=True))


@pytest.mark.parametrize(
    ("rows", "layout"),
    [(ORGANISATIONS, "compiled_org_month"), (SNAPSHOTS, "compiled_trust_snapshots")],
)
def test_tables_are_recognised(tmp_path: Path, rows: list[list[object]], layout: str) -> None:
    path = write_csv(tmp_path / "any.csv", rows)
    assert recognise_compiled(path) == ("cancer_waits", layout)
    assert not cancer.recognises(path, "any.csv")
    assert read(tmp_path, rows).layout == layout


def test_combined_standards_by_provider_icb_and_for_england(tmp_path: Path) -> None:
    provider, icb = ("2022-04-01", "provider", "RR8"), ("2026-04-01", "system", "Z9B2Z")
    assert values(read(tmp_path, ORGANISATIONS)) == {
        (*provider, "fds_total"): "10",
        (*provider, "fds_within"): "8",
        (*provider, "combined_31d_total"): "7",
        (*provider, "combined_31d_within"): "6",
        (*provider, "combined_62d_total"): "52",
        (*provider, "combined_62d_within"): "40",
        (*icb, "fds_total"): "5",
        (*icb, "fds_within"): "3",
        ("2026-04-01", "england", "ENG", "combined_62d_total"): "900",
        ("2026-04-01", "england", "ENG", "combined_62d_within"): "700",
    }


def test_half_a_patient_that_was_cut_to_none_is_left_out(tmp_path: Path) -> None:
    figures = values(read(tmp_path, ORGANISATIONS, (4, 6, 0), (4, 7, 0)))
    assert not any(key[1:] == ("provider", "RR8", "combined_62d_total") for key in figures)
    assert len(figures) == 8


def test_old_standards_keep_their_halves_and_names(tmp_path: Path) -> None:
    body = ("2021-05-01", "provider", "RR8")
    assert values(read(tmp_path, SNAPSHOTS)) == {
        (*body, "fds_total"): "10.0",
        (*body, "fds_within"): "8.0",
        (*body, "two_week_wait_total"): "9.0",
        (*body, "two_week_wait_within"): "8.0",
        (*body, "first_31d_total"): "7.0",
        (*body, "first_31d_within"): "6.0",
        (*body, "gp_62d_total"): "52.5",
        (*body, "gp_62d_within"): "40.0",
    }


@pytest.mark.parametrize(
    ("rows", "change", "sentence"),
    [
        (
            ORGANISATIONS,
            (2, 4, "region"),
            "cell D2: expected provider, icb or national, found 'region'.",
        ),
        (
            ORGANISATIONS,
            (2, 5, "62D_gp"),
            "cell E2: expected one of FDS28, CMB31, CMB62, found '62D_gp'.",
        ),
        (
            ORGANISATIONS,
            (4, 6, 52.5),
            "cell F4: expected a whole number of patients, found '52.5'.",
        ),
        (ORGANISATIONS, (4, 7, ""), "cell G4: expected a whole number of patients, found ''."),
        (
            ORGANISATIONS,
            (2, 8, "draft"),
            "cell H2: expected one of final, provisional, found 'draft'.",
        ),
        (
            SNAPSHOTS,
            (3, 4, "9.2"),
            "cell D3: expected patients, whole or with a half, such as 52.5, found '9.2'.",
        ),
        (SNAPSHOTS, (3, 4, "10.0"), "row 3: within and breaches are not the total."),
        (SNAPSHOTS, (3, 3, "FDS28"), "row 3: a second row for RR8 in 2021-05-01."),
    ],
)
def test_a_row_that_is_not_as_known(
    tmp_path: Path, rows: list[list[object]], change: tuple[int, int, object], sentence: str
) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, rows, change)
    assert str(error.value) == f"table.csv, sheet 'csv', {sentence}"


def write(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


COMPILED = SimpleNamespace(SOURCE=cancer.SOURCE, parse=parse_compiled)


@pytest.mark.parametrize("rows", [ORGANISATIONS, SNAPSHOTS])
@fuzz
@given(data=st.data())
def test_a_damaged_table(rows: list[list[object]], data: st.DataObject) -> None:
    check_damaged_file(COMPILED, {"csv": rows}, write, "table.csv", data)


@pytest.mark.parametrize("rows", [ORGANISATIONS, SNAPSHOTS])
@fuzz
@given(data=st.data())
def test_a_cut_table(rows: list[list[object]], data: st.DataObject) -> None:
    check_cut_file(COMPILED, {"csv": rows}, write, "table.csv", data)
