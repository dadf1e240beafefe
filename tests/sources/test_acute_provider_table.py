"""The Acute Provider Table: what is read, found, recognised and refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import acute_provider_table as table
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import FIGURE_COLUMNS, Parsed, SourceError
from tests.sources.files import Rows, csv_bytes, snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "acute-provider-timeseries-feb-2026.csv"
HEADER = ["Date", "Provider.Code", "Provider.Name", "Metric.Name", "Metric.Value"]
FOUR, TWELVE, CANCER, FDS, TESTS, YEAR, WEEKS = table.MEASURES


def rows(code: str = "RAA", name: str = "Acacia", day: str = "2025-12-01") -> list[list[object]]:
    """One provider's month: seven metrics."""
    values = [0.7512, 0.08, 0.6987654, 0.77, 0.215, 0.0123, 0.615]
    metrics = zip(table.MEASURES, values, strict=True)
    return [[day, code, name, metric, value] for metric, value in metrics]


FILE = [HEADER, *rows(), *rows("G6V2S", "Beech"), *rows("", "England")]


def read(folder: Path, lines: Rows = FILE, name: str = NAME) -> Parsed:
    return table.parse(snapshot_of(write_csv(folder / name, lines), "acute_provider_table"))


def refusal(folder: Path, lines: Rows, name: str = NAME) -> str:
    with pytest.raises(SourceError) as refused:
        read(folder, lines, name)
    return str(refused.value)


def changed(row: int, column: int, text: object) -> list[list[object]]:
    """The sound file with another text in one cell, row and column from 1."""
    lines: list[list[object]] = [list(cells) for cells in FILE]
    lines[row - 1][column - 1] = text
    return lines


def test_each_metric_of_a_provider_and_month_is_a_figure(tmp_path: Path) -> None:
    parsed = read(tmp_path)
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("time_series_csv", date(2025, 12, 1)),
        date(2026, 1, 1),
    )
    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    month = ["2025-12-01", "2026-01-01"]
    assert figures.to_numpy().tolist()[:7] == [
        [*month, "provider", "RAA", "Acacia", "ae_within_4h", "0.7512", "csv", 2],
        [*month, "provider", "RAA", "Acacia", "ae_over_12h", "0.08", "csv", 3],
        [*month, "provider", "RAA", "Acacia", "cancer_within_62d", "0.6987654", "csv", 4],
        [*month, "provider", "RAA", "Acacia", "cancer_told_within_28d", "0.77", "csv", 5],
        [*month, "provider", "RAA", "Acacia", "dm01_over_6_weeks", "0.215", "csv", 6],
        [*month, "provider", "RAA", "Acacia", "rtt_over_52_weeks", "0.0123", "csv", 7],
        [*month, "provider", "RAA", "Acacia", "rtt_within_18_weeks", "0.615", "csv", 8],
    ]
    assert figures.groupby("level")["org_code"].unique().map(list).to_dict() == {
        "england": ["ENG"],
        "provider": ["RAA", "G6V2S"],
    }


@pytest.mark.parametrize("day", ["2025-12-01", "2025-12-31", "01/12/2025", "31/12/2025"])
def test_a_month_is_told_by_its_first_or_last_day(tmp_path: Path, day: str) -> None:
    figures = read(tmp_path, [HEADER, *rows(day=day)]).tables["figures"]
    assert set(figures["period_start"]) == {"2025-12-01"}
    assert set(figures["period_end"]) == {"2026-01-01"}


def test_a_file_spans_its_first_to_its_last_month(tmp_path: Path) -> None:
    parsed = read(tmp_path, [HEADER, *rows(), *rows(day="2024-12-01"), *rows(day="2025-02-28")])
    assert (parsed.period_start, parsed.period_end) == (date(2024, 12, 1), date(2026, 1, 1))


@pytest.mark.parametrize("value", ["", "-", "*", "NA", "NULL", "n/a", "0", "1", "1.0", "1e-04"])
def test_marks_and_bounds_are_kept_as_published(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, changed(2, 5, value)).tables["figures"]["value"][0] == value


@pytest.mark.parametrize("code", ["", "-", "NA", "ENG", "England"])
def test_england_is_known_by_its_name(tmp_path: Path, code: str) -> None:
    figures = read(tmp_path, [HEADER, *rows(code, "ENGLAND")]).tables["figures"]
    assert set(figures["level"]) == {"england"}
    assert set(figures["org_code"]) == {"ENG"}


@pytest.mark.parametrize(
    ("row", "column", "text", "place", "expected"),
    [
        (1, 5, "Metric.Rank", "E1", "the heading 'Metric.Value'"),
        (2, 1, "2025-12-02", "A2", "the first or last day of a month such as 2025-12-01"),
        (2, 1, "02/28/2025", "A2", "the first or last day of a month such as 2025-12-01"),
        (2, 1, "Dec-25", "A2", "the first or last day of a month such as 2025-12-01"),
        (3, 2, "Total", "B3", "an organisation code"),
        (3, 2, "", "B3", "an organisation code"),
        (16, 2, "RAA", "B16", "no provider's code in England's row"),
        (2, 4, "A&E 4 Hour Performance", "D2", "one of the table's seven metrics"),
        (2, 5, "75.12", "E2", "a proportion from 0 to 1 or a missing mark"),
        (2, 5, "1.01", "E2", "a proportion from 0 to 1 or a missing mark"),
        (2, 5, "-0.1", "E2", "a proportion from 0 to 1 or a missing mark"),
        (2, 5, "75.12%", "E2", "a proportion from 0 to 1 or a missing mark"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused(
    tmp_path: Path, row: int, column: int, text: str, place: str, expected: str
) -> None:
    assert refusal(tmp_path, changed(row, column, text)) == (
        f"{NAME}, sheet 'csv', cell {place}: expected {expected}, found {text!r}."
    )


def test_a_metric_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, [*FILE, FILE[1]]) == (
        f"{NAME}, sheet 'csv', row 23: a second row for RAA in 2025-12-01."
    )


def test_a_cut_row_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, [*FILE[:-1], FILE[-1][:4]]) == (
        f"{NAME}, sheet 'csv', row 22: expected 5 cells, found 4."
    )


def test_a_metric_that_is_gone_is_refused(tmp_path: Path) -> None:
    lines = [line for line in FILE if line[3] != TESTS]
    assert refusal(tmp_path, lines) == (
        f"{NAME}: no row of 'Diagnostics proportion waiting over 6 weeks': "
        "the file is a part of the table."
    )


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, [HEADER]) == (
        f"{NAME}: no row of 'A&E 4 hour performance': the file is a part of the table."
    )


def test_figures_of_a_month_after_the_name_are_refused(tmp_path: Path) -> None:
    name = "acute-provider-timeseries-nov-2025.csv"
    assert refusal(tmp_path, FILE, name) == (
        f"{name}: the name says November 2025 but the file has figures of December 2025."
    )


def test_a_last_line_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(csv_bytes(FILE).rstrip())
    with pytest.raises(SourceError) as refused:
        table.parse(snapshot_of(path, "acute_provider_table"))
    assert str(refused.value) == f"{NAME}: the last line has no end: the file is cut short."


def test_its_only_layout_is_unconfirmed_and_no_rate_is_added_up() -> None:
    assert table.SOURCE.layouts == table.SOURCE.unconfirmed == ("time_series_csv",)
    assert set(table.SOURCE.not_additive) == set(table.MEASURES.values())


def test_the_file_is_recognised_by_its_headings(tmp_path: Path) -> None:
    publication = recognise(write_csv(tmp_path / "any.csv", FILE), "any.csv")
    assert publication is not None
    assert publication.SOURCE.id == "acute_provider_table"
    quoted = tmp_path / "quoted.csv"
    quoted.write_text(",".join(f'"{heading}"' for heading in HEADER) + "\n")
    assert table.recognises(quoted, "quoted.csv")


@pytest.mark.parametrize("header", [[], HEADER[:4], [*HEADER, "Rank"], ["", *HEADER]])
def test_other_headings_are_not_recognised(tmp_path: Path, header: list[str]) -> None:
    assert not table.recognises(write_csv(tmp_path / NAME, [header]), NAME)


def test_a_workbook_is_not_recognised(tmp_path: Path) -> None:
    assert not table.recognises(write_xlsx(tmp_path / "a.xlsx", {"csv": FILE}), "a.xlsx")


class Site:
    """The landing page as a test writes it."""

    def __init__(self, *links: Link) -> None:
        self.written = list(links)

    def links(self, url: str) -> list[Link]:
        assert url == table.SOURCE.landing_page
        return self.written


UPLOADS = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2026/02"
FEBRUARY = Link("Time series", f"{UPLOADS}/Acute-Provider-Timeseries-Feb-2026-aB3.csv")
JANUARY = Link("Time series January 2026", f"{UPLOADS}/acute-provider-timeseries.csv")
PORTAL = Link("Acute Provider Table", "https://data.england.nhs.uk/providers/acute-provider-table")
BOOK = Link("Time series", f"{UPLOADS}/acute-provider-timeseries-feb-2026.xlsx")


def test_time_series_are_found_with_their_month_of_issue_the_newest_last() -> None:
    found = table.discover(Site(PORTAL, FEBRUARY, BOOK, JANUARY, FEBRUARY))  # type: ignore[arg-type]
    assert [(one.title, one.url, one.period_start) for one in found] == [
        (JANUARY.text, JANUARY.url, date(2026, 1, 1)),
        (FEBRUARY.text, FEBRUARY.url, date(2026, 2, 1)),
    ]


def test_a_landing_page_without_a_time_series_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        table.discover(Site(PORTAL, BOOK))  # type: ignore[arg-type]
    assert str(refused.value) == f"{table.SOURCE.landing_page}: no link to a time series (csv)."


BOOK_OF_ONE = {"csv": FILE}


def write(path: Path, book: dict[str, Rows]) -> Path:
    return write_csv(path, book["csv"])


@fuzz
@given(data=st.data())
def test_a_damaged_file_is_read_right_or_refused(data: st.DataObject) -> None:
    check_damaged_file(table, BOOK_OF_ONE, write, NAME, data)  # type: ignore[arg-type]


@fuzz
@given(data=st.data())
def test_a_cut_file_is_read_right_or_refused(data: st.DataObject) -> None:
    check_cut_file(table, BOOK_OF_ONE, write, NAME, data)  # type: ignore[arg-type]
