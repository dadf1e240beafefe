"""Staff Survey workbooks: what is read, found, recognised and refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import staff_survey as survey
from data_sources._staff_survey_benchmark import SHEETS
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.files import write_csv, write_xlsx
from tests.sources.fuzzing import (
    DAMAGES,
    check_cut_file,
    check_damaged_file,
    fuzz,
    swap_headings,
)
from tests.sources.staff_survey_files import (
    BENCHMARK_NAME,
    DETAILED_NAME,
    benchmark_book,
    detailed_book,
    snapshot,
)

P, T, ACUTE = "PEOPLE PROMISE ELEMENTS", "THEMES", SHEETS[0]


def values(parsed: Parsed, org: str, start: str) -> dict[str, str]:
    figures = parsed.tables["figures"]
    mine = figures[figures["org_code"].eq(org) & figures["period_start"].eq(start)]
    return dict(zip(mine["measure"], mine["value"], strict=True))


def test_a_detailed_workbook_gives_five_scores_of_each_trust_with_their_bases(tmp_path: Path):
    parsed = survey.parse(snapshot(tmp_path, detailed_book(), DETAILED_NAME))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        "detailed_workbook",
        date(2024, 1, 1),
        date(2025, 1, 1),
    )
    assert values(parsed, "RXX", "2024-01-01") == {
        **{"compassionate_inclusive": "2.01", "compassionate_inclusive_base": "201"},
        **{"raising_concerns": "2.09", "raising_concerns_base": "209"},
        **{"burnout": "2.12", "burnout_base": "212"},
        **{"engagement": "2.01", "engagement_base": "201"},
        **{"morale": "2.05", "morale_base": "205"},
    }
    figures = parsed.tables["figures"]
    assert set(figures["org_code"]) == {"RXX", "RYY"}
    assert set(figures["level"]) == {"provider"}
    cell = figures[figures["measure"].eq("morale") & figures["org_code"].eq("RYY")].iloc[0]
    assert (cell["sheet"], cell["source_row"], cell["org_name"]) == (T, 8, "Beech Trust")


def test_a_benchmark_workbook_gives_every_year_of_its_span(tmp_path: Path):
    parsed = survey.parse(snapshot(tmp_path, benchmark_book(), BENCHMARK_NAME))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        "benchmark_workbook",
        date(2023, 1, 1),
        date(2025, 1, 1),
    )
    assert values(parsed, "RX3", "2024-01-01") == {
        **{"compassionate_inclusive": "3.01", "compassionate_inclusive_base": "301"},
        **{"raising_concerns": "3.02", "raising_concerns_base": "302"},
        **{"burnout": "3.03", "burnout_base": "303"},
        **{"engagement": "3.04", "engagement_base": "304"},
        **{"morale": "3.05", "morale_base": "305"},
    }
    assert set(values(parsed, "RX3", "2023-01-01").values()) == {""}
    assert len(parsed.tables["figures"]) == 5 * 2 * 5 * 2
    ends = parsed.tables["figures"][["period_start", "period_end"]].drop_duplicates()
    assert ends.to_numpy().tolist() == [["2023-01-01", "2024-01-01"], ["2024-01-01", "2025-01-01"]]


def test_a_suppressed_score_is_kept_as_published(tmp_path: Path):
    book = detailed_book()
    book[T][6][6:8] = ["", 7]
    parsed = survey.parse(snapshot(tmp_path, book, DETAILED_NAME))
    found = values(parsed, "RXX", "2024-01-01")
    assert (found["engagement"], found["engagement_base"]) == ("", "7")


def test_both_workbooks_are_recognised_by_content(tmp_path: Path):
    for name, book in (("a.xlsx", detailed_book()), ("b.xlsx", benchmark_book())):
        assert survey.recognises(write_xlsx(tmp_path / name, book), "anything")


def test_foreign_files_are_not_recognised(tmp_path: Path):
    other = write_xlsx(tmp_path / "a.xlsx", {P: [["Another survey"]], T: [["Another survey"]]})
    assert not survey.recognises(other, DETAILED_NAME)
    groups = write_xlsx(tmp_path / "b.xlsx", {name: [["Trust", "Beds"]] for name in SHEETS})
    assert not survey.recognises(groups, BENCHMARK_NAME)
    assert not survey.recognises(
        write_csv(tmp_path / "c.csv", [["org_id", "org_name"]]), BENCHMARK_NAME
    )


def put(sheet: str, row: int, column: int, cell: object) -> Callable[[dict], None]:
    """Write a cell (1-based) into a book."""

    def change(book: dict) -> None:
        cells = book[sheet][row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = cell

    return change


DETAILED_FAULTS = [
    (
        put(P, 1, 1, "NHS Staff Survey 2024 - UNWEIGHTED Results"),
        f"sheet {P!r}, cell A1: expected a title such as 'NHS Staff Survey 2024 - WEIGHTED Results', "
        "found 'NHS Staff Survey 2024 - UNWEIGHTED Results'.",
    ),
    (
        put(T, 1, 1, "NHS Staff Survey 2023 - WEIGHTED Results"),
        f"sheet 'THEMES', cell A1: expected the survey of 2024, as in sheet {P!r}, "
        "found 'NHS Staff Survey 2023 - WEIGHTED Results'.",
    ),
    (
        put(P, 5, 29, "PP4 - burnout"),
        f"sheet {P!r}, cell AC5: expected the heading 'PP4_2 - score', found 'PP4 - burnout'.",
    ),
    (
        put(P, 7, 3, "Hospices"),
        f"sheets {P!r} and 'THEMES': they do not say the same of RXX.",
    ),
    (
        put(T, 7, 7, 10.5),
        "sheet 'THEMES', cell G7: expected a score from 0 to 10, found '10.5'.",
    ),
    (
        put(T, 7, 7, "seven"),
        "sheet 'THEMES', cell G7: expected a score from 0 to 10, found 'seven'.",
    ),
    (
        put(T, 7, 8, 7.25),
        "sheet 'THEMES', cell H7: expected a whole number of responses, found '7.25'.",
    ),
    (
        put(T, 7, 8, 9),
        "sheet 'THEMES', cell H7: expected at least 10 responses behind the score beside it, "
        "found '9'.",
    ),
    (
        put(T, 7, 8, ""),
        "sheet 'THEMES', cell H7: expected at least 10 responses behind the score beside it, "
        "found ''.",
    ),
    (
        put(T, 8, 1, "RXX"),
        "sheet 'THEMES', cell A8: expected no second row of the same organisation, found 'RXX'.",
    ),
    (
        put(T, 7, 1, "England"),
        "sheet 'THEMES', cell A7: expected an organisation code, found 'England'.",
    ),
]


@pytest.mark.parametrize(("change", "complaint"), DETAILED_FAULTS)
def test_a_detailed_workbook_out_of_order_is_refused(tmp_path: Path, change, complaint: str):
    book = detailed_book()
    change(book)
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, DETAILED_NAME))
    assert str(refusal.value) == f"{DETAILED_NAME}, {complaint}"


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        (3, "Hospices", "C7: expected a known benchmarking group, found 'Hospices'."),
        (
            6,
            "Unweighted",
            "F7: expected 'Occupation Group', as trusts are weighted, found 'Unweighted'.",
        ),
    ],
)
def test_a_group_or_weighting_not_known_is_refused(tmp_path: Path, column, cell, complaint):
    book = detailed_book()
    for sheet in (P, T):
        put(sheet, 7, column, cell)(book)
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, DETAILED_NAME))
    assert str(refusal.value) == f"{DETAILED_NAME}, sheet {P!r}, cell {complaint}"


def test_a_lost_organisation_shows_in_the_other_sheet(tmp_path: Path):
    book = detailed_book()
    del book[T][6]
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, DETAILED_NAME))
    assert str(refusal.value) == (
        f"{DETAILED_NAME}, sheets {P!r} and 'THEMES': they do not say the same of RXX."
    )


def test_a_sheet_without_organisations_is_refused(tmp_path: Path):
    book = detailed_book()
    del book[P][5:]
    with pytest.raises(SourceError, match="cell A6: expected an organisation code, found ''"):
        survey.parse(snapshot(tmp_path, book, DETAILED_NAME))


def test_a_workbook_of_boards_alone_is_refused(tmp_path: Path):
    book = detailed_book()
    del book[P][6:], book[T][6:]
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, DETAILED_NAME))
    assert str(refusal.value) == f"{DETAILED_NAME}: no row of a trust."


BENCHMARK_FAULTS = [
    (
        put(ACUTE, 1, 4, "PP1_2022"),
        f"sheet {ACUTE!r}, row 1: expected one column headed 'PP1_n_2022', found 0.",
    ),
    (
        put(ACUTE, 1, 5, "PP1_2023"),
        f"sheet {ACUTE!r}, row 1: expected one column headed 'PP1_2023', found 2.",
    ),
    (
        put(ACUTE, 1, 5, "PP1_total"),
        f"sheet {ACUTE!r}, row 1: expected columns PP1_YYYY for every year up to 2024, found [2023].",
    ),
    (
        put(ACUTE, 2, 1, "Total"),
        f"sheet {ACUTE!r}, cell A2: expected an organisation code, found 'Total'.",
    ),
    (
        put(ACUTE, 2, 5, 61.5),
        f"sheet {ACUTE!r}, cell E2: expected a score from 0 to 10, found '61.5'.",
    ),
    (
        put(ACUTE, 2, 26, 5),
        f"sheet {ACUTE!r}, cell Z2: expected nothing under a column without a heading, found '5'.",
    ),
    (
        put(SHEETS[1], 2, 1, "RX1"),
        f"sheet {SHEETS[1]!r}, row 2: a second row for RX1 in 2023-01-01.",
    ),
]


@pytest.mark.parametrize(("change", "complaint"), BENCHMARK_FAULTS)
def test_a_benchmark_workbook_out_of_order_is_refused(tmp_path: Path, change, complaint: str):
    book = benchmark_book()
    change(book)
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, BENCHMARK_NAME))
    assert str(refusal.value) == f"{BENCHMARK_NAME}, {complaint}"


def test_groups_of_other_years_are_refused(tmp_path: Path):
    book = benchmark_book()
    book[SHEETS[1]][0] = [str(cell).replace("2024", "2022") for cell in book[SHEETS[1]][0]]
    with pytest.raises(SourceError, match="expected the survey years 2023 to 2024, as in sheet"):
        survey.parse(snapshot(tmp_path, book, BENCHMARK_NAME))


def test_a_group_without_rows_is_refused(tmp_path: Path):
    book = benchmark_book()
    del book[SHEETS[4]][1:]
    with pytest.raises(SourceError, match="'Ambulance Trusts', cell A2: expected an organisation"):
        survey.parse(snapshot(tmp_path, book, BENCHMARK_NAME))


@pytest.mark.parametrize(
    ("book", "name", "complaint"),
    [
        (detailed_book(), "NSS23 organisational.xlsx", "says 2023 but the file says 2024."),
        (detailed_book(), "Staff Survey 2022.xlsx", "says 2022 but the file says 2024."),
        (benchmark_book(), "benchmark-2021-2025-v2.xlsx", "says 2025 but the file says 2024."),
    ],
)
def test_a_year_that_contradicts_the_name_is_refused(tmp_path: Path, book, name, complaint):
    with pytest.raises(SourceError) as refusal:
        survey.parse(snapshot(tmp_path, book, name))
    assert str(refusal.value) == f"{name}: the name {complaint}"


class Site:
    def __init__(self, *links: Link) -> None:
        self.pages = {survey.SOURCE.landing_page: list(links)}

    def links(self, url: str) -> list[Link]:
        return self.pages[url]


STATIC = "https://www.nhsstaffsurveys.com/static"


def test_benchmark_workbooks_are_found_once_each():
    newest = Link(
        "Benchmark data", f"{STATIC}/a1/NSS-Benchmark-report-excel-data-for-2021-2025.xlsx"
    )
    older = Link("2023", f"{STATIC}/7d/benchmark_report_excel_data_2019-2023_v2.xlsx")
    pdf = Link("Guide to benchmark report excel data", f"{STATIC}/b2/guide.pdf")
    found = survey.discover(Site(newest, pdf, older, newest))  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in found] == [
        (newest.url, date(2021, 1, 1)),
        (older.url, date(2019, 1, 1)),
    ]


def test_a_page_without_benchmark_workbooks_is_an_error():
    with pytest.raises(SourceError) as refusal:
        survey.discover(Site(Link("RXX", f"{STATIC}/RXX.pdf")))  # type: ignore[arg-type]
    assert str(refusal.value) == (
        "https://www.nhsstaffsurveys.com/results/local-results/: "
        "no link to a benchmark workbook (xlsx)."
    )


@fuzz
@given(data=st.data())
def test_a_damaged_detailed_workbook(data: st.DataObject):
    check_damaged_file(survey, detailed_book(), write_xlsx, DETAILED_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_detailed_workbook(data: st.DataObject):
    check_cut_file(survey, detailed_book(), write_xlsx, DETAILED_NAME, data)


# The columns of a benchmark workbook stand in an order that is not known, and two scores look alike:
# nothing in the file shows that their headings have changed places.
NAMED_COLUMNS = tuple(damage for damage in DAMAGES if damage is not swap_headings)


@fuzz
@given(data=st.data())
def test_a_damaged_benchmark_workbook(data: st.DataObject):
    check_damaged_file(survey, benchmark_book(), write_xlsx, BENCHMARK_NAME, data, NAMED_COLUMNS)


@fuzz
@given(data=st.data())
def test_a_cut_benchmark_workbook(data: st.DataObject):
    check_cut_file(survey, benchmark_book(), write_xlsx, BENCHMARK_NAME, data)
