"""Cancer waiting times: what each layout says, read from small files."""

from datetime import date
from pathlib import Path

import pytest

from data_sources import cancer_waits as cancer
from data_sources.source import FIGURE_COLUMNS, Parsed
from tests.sources import cancer_files as files
from tests.sources.files import Book, write_xlsx


def read(folder: Path, book: Book, name: str) -> Parsed:
    return cancer.parse(files.saved(folder, book, name))


def values(parsed: Parsed, level: str, month: str | None = None) -> dict[str, dict[str, str]]:
    """Text by organisation and measure of a level, of one month where there are several."""
    figures = parsed.tables["figures"]
    wanted = figures[figures["level"] == level]
    if month:
        wanted = wanted[wanted["period_start"] == month]
    assert not wanted.duplicated(["org_code", "measure"]).any()
    found: dict[str, dict[str, str]] = {}
    for row in wanted.to_dict("records"):
        found.setdefault(str(row["org_code"]), {})[str(row["measure"])] = str(row["value"])
    return found


ONE = {
    **{"fds_total": "10", "fds_within": "8"},
    **{"combined_31d_total": "4", "combined_31d_within": "3"},
    **{"combined_62d_total": "52.5", "combined_62d_within": "40"},
    "combined_62d_after_104_days": "1.5",
}
OTHER = {
    **{"fds_total": "5", "fds_within": "4"},
    **{"combined_31d_total": "2", "combined_31d_within": "2"},
    **{"combined_62d_total": "1", "combined_62d_within": "0.5"},
    "combined_62d_after_104_days": "0.5",
}
BOTH = {
    **{"fds_total": "15", "fds_within": "12"},
    **{"combined_31d_total": "6", "combined_31d_within": "5"},
    **{"combined_62d_total": "53.5", "combined_62d_within": "40.5"},
    "combined_62d_after_104_days": "2",
}


def test_a_workbook_by_provider_gives_the_first_block_of_three_sheets(tmp_path: Path) -> None:
    parsed = read(tmp_path, files.workbook(), files.BOOK_NAME)
    assert parsed.layout == "provider_workbook"
    assert (parsed.period_start, parsed.period_end) == (date(2024, 4, 1), date(2024, 5, 1))
    assert values(parsed, "provider") == {"RR8": ONE, "RX2": OTHER}
    assert values(parsed, "england") == {"ENG": BOTH}
    assert set(parsed.tables["figures"]["level"]) == {"provider", "england"}


def test_a_figure_leads_to_its_cell(tmp_path: Path) -> None:
    figures = read(tmp_path, files.workbook(), files.BOOK_NAME).tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    halves = figures[figures["value"] == "52.5"]
    assert halves.to_numpy().tolist() == [
        [
            *("2024-04-01", "2024-05-01", "provider", *files.LEEDS),
            *("combined_62d_total", "52.5", "62-DAY (ALL CANCER)", 10),
        ]
    ]


def test_a_workbook_by_commissioner_is_about_systems_and_unknown_ones(tmp_path: Path) -> None:
    book = files.workbook(files.COMMISSIONER, (files.YORKSHIRE, files.UNKNOWN))
    parsed = read(tmp_path, book, "nhs_commissioner_wait_times_apr_2024.xlsx")
    assert parsed.layout == "commissioner_workbook"
    assert values(parsed, "system") == {"QWO": ONE, "UNKNOWN": OTHER}
    assert values(parsed, "england") == {"ENG": BOTH}


@pytest.mark.parametrize("basis", [files.PROVIDER, files.COMMISSIONER])
def test_a_provisional_workbook_is_a_layout_of_its_own(
    tmp_path: Path, basis: tuple[str, str, str]
) -> None:
    parsed = read(tmp_path, files.workbook(basis, status="Provisional"), "book.xlsx")
    assert parsed.layout == f"{basis[2].lower()}_workbook_provisional"
    assert values(parsed, "england") == {"ENG": BOTH}


@pytest.mark.parametrize(
    ("code", "month", "first", "body"),
    [
        ("CCG CODE", "January 2022", date(2022, 1, 1), "02P"),
        ("ODS CODE", "July 2023", date(2023, 7, 1), "QWO"),
    ],
)
def test_old_standards_are_measures_of_their_own(
    tmp_path: Path, code: str, month: str, first: date, body: str
) -> None:
    parsed = read(tmp_path, files.old_workbook(code, month), "old.xlsx")
    assert (parsed.layout, parsed.period_start) == ("old_standards_workbook", first)
    assert values(parsed, "system") == {
        body: {
            **{"two_week_wait_total": "14", "two_week_wait_within": "12"},
            **{"first_31d_total": "31", "first_31d_within": "29"},
            **{"gp_62d_total": "62", "gp_62d_within": "60"},
            **{"fds_total": "28", "fds_within": "26"},
        },
        "UNKNOWN": {
            measure: "4" if measure.endswith("total") else "3"
            for stem in ("two_week_wait", "first_31d", "gp_62d", "fds")
            for measure in (f"{stem}_total", f"{stem}_within")
        },
    }
    assert set(parsed.tables["figures"]["level"]) == {"system"}


def test_an_extract_is_added_up_over_routes_and_cancers_and_told_once(tmp_path: Path) -> None:
    parsed = read(tmp_path, files.extract(), files.EXTRACT_NAME)
    assert parsed.layout == "provider_extract"
    assert (parsed.period_start, parsed.period_end) == (date(2024, 12, 1), date(2025, 2, 1))
    expected = {
        **{"fds_total": "9", "fds_within": "7"},
        **{"combined_31d_total": "7", "combined_31d_within": "6"},
        **{"combined_62d_total": "5.5", "combined_62d_within": "4.5"},
    }
    for month in ("2024-12-01", "2025-01-01"):
        assert values(parsed, "provider", month) == {"RR8": expected}
    figures = parsed.tables["figures"]
    assert set(figures["level"]) == {"provider"}
    assert figures["sheet"].isna().all()
    assert figures["source_row"].isna().all()


PART = {measure: text for measure, text in ONE.items() if "104" not in measure} | {
    **{"combined_31d_total": "7", "combined_31d_within": "6"}
}
TWICE = {
    **{"fds_total": "20.0", "fds_within": "16.0"},
    **{"combined_31d_total": "14.0", "combined_31d_within": "12.0"},
    **{"combined_62d_total": "105.0", "combined_62d_within": "80.0"},
}


@pytest.mark.parametrize(
    "periods",
    [("2024-04-01", "2024-05-01"), ("01/04/2024", "01/05/2024")],
    ids=["iso", "day first"],
)
def test_a_combined_csv_of_several_months(tmp_path: Path, periods: tuple[str, ...]) -> None:
    parsed = read(tmp_path, files.combined(*periods), files.CSV_NAME)
    assert parsed.layout == "combined_csv"
    assert (parsed.period_start, parsed.period_end) == (date(2024, 4, 1), date(2024, 6, 1))
    for month in ("2024-04-01", "2024-05-01"):
        assert values(parsed, "provider", month) == {"RR8": PART, "UNKNOWN": PART}
        assert values(parsed, "system", month) == {"QWO": PART}
        assert values(parsed, "england", month) == {"ENG": TWICE}


def test_a_combined_csv_of_one_month_has_the_month_of_its_name(tmp_path: Path) -> None:
    parsed = read(tmp_path, files.combined(), files.MONTH_NAME)
    assert parsed.layout == "combined_csv_month_provisional"
    assert (parsed.period_start, parsed.period_end) == (date(2026, 5, 1), date(2026, 6, 1))
    assert values(parsed, "provider") == {"RR8": PART, "UNKNOWN": PART}


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("2026-27-May-Monthly-Combined-CSV-Final.csv", "combined_csv_month"),
        ("2026-27-May-Monthly-Combined-CSV_final.csv", "combined_csv_month"),
        ("May-2026-Monthly-Combined-CSV-Provisional-New-ICB.csv", "combined_csv_month_provisional"),
    ],
)
def test_final_is_what_the_name_calls_so(tmp_path: Path, name: str, layout: str) -> None:
    assert read(tmp_path, files.combined(), name).layout == layout


def test_every_layout_is_known_to_the_source(tmp_path: Path) -> None:
    known = cancer.SOURCE.layouts
    assert set(cancer.SOURCE.unconfirmed) <= set(known)
    assert known.index("combined_csv_month") < known.index("combined_csv_provisional")
    assert known.index("provider_workbook") < known.index("provider_extract")
    assert all(layout.startswith("compiled_") for layout in known[-2:])
    assert cancer.SOURCE.not_additive == ()


@pytest.mark.parametrize(
    ("book", "name"),
    [
        (files.workbook(), files.BOOK_NAME),
        (files.workbook(files.COMMISSIONER), "c.xlsx"),
        (files.old_workbook(), files.OLD_NAME),
        (files.extract(), files.EXTRACT_NAME),
        (files.combined("2024-04-01"), "a.csv"),
        (files.combined(), "b.csv"),
    ],
)
def test_files_are_recognised_by_what_they_hold(tmp_path: Path, book: Book, name: str) -> None:
    assert cancer.recognises(files.saved(tmp_path, book, name).path, "any name")


def test_other_files_are_not_recognised(tmp_path: Path) -> None:
    book = files.workbook()
    foreign = [
        write_xlsx(tmp_path / "1.xlsx", {"Frontpage": book["Frontpage"]}),
        write_xlsx(tmp_path / "2.xlsx", book | {"Frontpage": [["Another publication"]]}),
        write_xlsx(tmp_path / "3.xlsx", {"28-DAY FDS (ALL ROUTES)": [["x"]]}),
    ]
    for number, content in enumerate((b"", b"Period,Basis,Org_Code\n", b"PK\x03\x04", b"\xff\xfe")):
        foreign.append(tmp_path / f"{number}.csv")
        foreign[-1].write_bytes(content)
    assert not any(cancer.recognises(path, files.BOOK_NAME) for path in foreign)
