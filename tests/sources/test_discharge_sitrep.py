"""The acute discharge situation report, written small in the layouts described."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import discharge_sitrep as sitrep
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import Snapshot, SourceError
from tests.sources.files import Book, Rows, csv_bytes, snapshot_of, write_csv, write_xls, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.sitrep_files import (
    DISCHARGE_HEADER,
    DISCHARGED,
    ENGLAND,
    KENT,
    LEEDS,
    MEDWAY,
    NCTR,
    REMAINING,
    TWO_DAYS,
    YORKSHIRE,
    Days,
    discharge_csv,
)

CSV_NAME = "Daily-discharge-sitrep-monthly-data-CSV-webfile-February2024v2.csv"
SERIES_NAME = "Daily-discharge-sitrep-timeseries-data-webfile-January2024-February2024.xlsx"
MONTH = 29
MONTHLY: Days = {
    body: [*values, *[values[0]] * (MONTH - len(values))] for body, values in TWO_DAYS.items()
}
"""February 2024: the third day and all after it are as the first."""


def february(days: Days = MONTHLY) -> list[list[object]]:
    return discharge_csv(days, "02/2024")


def series() -> Book:
    """England's days of January and February 2024."""
    days = pd.date_range("2024-01-01", "2024-02-29").to_pydatetime()
    rows: list[list[object]] = [["Daily series"], [], [], [], ["Date", NCTR, DISCHARGED, REMAINING]]
    for number, day in enumerate(days):
        ready = 0 if number == 3 else 23_000 + number
        left = 0 if number == 3 else 10_000
        rows.append([day, ready, left, ready - left])
    return {"Weekly Series": [["weeks"]], "Daily Series": [*rows, [], ["Notes"]]}


def csv(folder: Path, rows: Rows, name: str = CSV_NAME) -> Snapshot:
    return snapshot_of(write_csv(folder / name, rows), "discharge_sitrep")


def values(figures: pd.DataFrame, code: str) -> dict[str, str]:
    rows = figures[figures["org_code"] == code]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def refusal(file: Snapshot) -> str:
    with pytest.raises(SourceError) as error:
        sitrep.parse(file)
    return str(error.value)


def test_csv_gives_means_of_the_days_with_a_number(tmp_path: Path) -> None:
    parsed = sitrep.parse(csv(tmp_path, february()))
    figures = parsed.tables["figures"]
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("monthly_csv", date(2024, 2, 1)),
        date(2024, 3, 1),
    )
    # Leeds: 28 days of 100 and one of 120, of whom 40 and 30 left.
    assert values(figures, "RR8") == {
        **{"no_longer_meeting": f"{2920 / 29:.4f}", "no_longer_meeting_days": "29"},
        **{"no_longer_meeting_zero_days": "0", "discharged": f"{1150 / 29:.4f}"},
        **{"discharged_days": "29", "discharged_zero_days": "0"},
    }
    # East Kent sent nothing on one day, which its system counts as nobody.
    assert values(figures, "RVV")["no_longer_meeting"] == "60.0000"
    assert values(figures, "RVV")["no_longer_meeting_days"] == "28"
    assert values(figures, "QKS")["no_longer_meeting_zero_days"] == "1"
    assert set(figures["level"]) == {"provider", "system", "region", "england"}
    assert figures["source_row"].isna().all()


def test_organisation_that_sent_nothing_has_a_blank_mean(tmp_path: Path) -> None:
    nothing = MONTHLY | {KENT: [("-", "")] * MONTH}
    figures = sitrep.parse(csv(tmp_path, february(nothing))).tables["figures"]
    assert values(figures, "RVV")["no_longer_meeting"] == ""
    assert values(figures, "RVV")["no_longer_meeting_days"] == "0"


def test_columns_in_another_order_and_an_old_encoding_are_read_alike(tmp_path: Path) -> None:
    rows = [[*row[:4], *reversed(row[4:])] for row in february()]
    path = tmp_path / CSV_NAME
    path.write_bytes(csv_bytes(rows).replace(b"EAST KENT", b"EAST\xa0KENT"))
    old = sitrep.parse(snapshot_of(path, "discharge_sitrep")).tables["figures"]
    new = sitrep.parse(csv(tmp_path, february())).tables["figures"]
    pd.testing.assert_frame_equal(old, new)


def test_time_series_gives_england_by_month(tmp_path: Path) -> None:
    parsed = sitrep.parse(
        snapshot_of(write_xlsx(tmp_path / SERIES_NAME, series()), "discharge_sitrep")
    )
    figures = parsed.tables["figures"]
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("time_series_workbook", date(2024, 1, 1)),
        date(2024, 3, 1),
    )
    january = figures[figures["period_start"] == "2024-01-01"]
    # Thirty days of 23,000 and their number in the month, less the fourth's three.
    assert values(january, "ENG") == {
        "no_longer_meeting": f"{(30 * 23_000 + sum(range(31)) - 3) / 31:.4f}",
        **{"no_longer_meeting_days": "31", "no_longer_meeting_zero_days": "1"},
        "discharged": f"{300_000 / 31:.4f}",
        **{"discharged_days": "31", "discharged_zero_days": "1"},
    }


def test_compiled_tables_are_two_layouts(tmp_path: Path) -> None:
    ready, left = tmp_path / "ready.csv", tmp_path / "left.csv"
    ready.write_text(
        "org_code,month,days_in_source,do_not_meet_criteria_to_reside_mean,"
        "do_not_meet_criteria_to_reside_days,zero_days\nR0A,2022-04,30,480.1333,29,2\n"
    )
    left.write_text(
        "org_code,month,days_in_source,discharged_by_1700_mean,discharged_by_1700_days,"
        "discharged_between_1701_2359_mean,discharged_between_1701_2359_days,"
        "discharged_total_mean,discharged_total_days,zero_days\n"
        "R0A,2022-04,30,152.2,30,60.8,30,213.1,28,3\n"
    )
    assert recognise_compiled(ready) == ("discharge_sitrep", "compiled_ready_trusts")
    assert recognise_compiled(left) == ("discharge_sitrep", "compiled_discharged_trusts")
    found = {}
    for path in (ready, left):
        found |= values(
            parse_compiled(snapshot_of(path, "discharge_sitrep")).tables["figures"], "R0A"
        )
    assert found == {
        **{"no_longer_meeting": "480.1333", "no_longer_meeting_days": "29"},
        **{"no_longer_meeting_zero_days": "2", "discharged": "213.1"},
        **{"discharged_days": "28", "discharged_zero_days": "3"},
    }


def test_files_are_recognised_by_content_and_by_no_other_publication(tmp_path: Path) -> None:
    for path in (
        write_csv(tmp_path / "any.csv", february()),
        write_xlsx(tmp_path / "any.xlsx", series()),
    ):
        publication = recognise(path, path.name)
        assert publication is not None
        assert publication.SOURCE.id == "discharge_sitrep"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut", b"\xff\xfe", ",".join(DISCHARGE_HEADER[1:]).encode()]
)
def test_foreign_files_are_not_recognised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / CSV_NAME
    path.write_bytes(content)
    assert not sitrep.recognises(path, path.name)
    other = write_xlsx(tmp_path / "x.xlsx", {"Daily Series": [["x"]], "Weekly Series": [["x"]]})
    assert not sitrep.recognises(other, other.name)


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "expected"),
    [
        (1, 7, "Measure", "row 1", "one column headed 'Metric'"),
        (2, 1, "soon", "cell A2", "a day such as 01/04/2024 or a month such as April 2024"),
        (2, 2, "Trust", "cell B2", "Provider, ICB, Region, National"),
        (2, 5, "Total", "cell E2", "an organisation code"),
        (2, 10, "many", "cell J2", "a number or a missing mark"),
        (3, 7, "Another metric", "row 2", "87 rows of RR8 in February 2024"),
    ],
)
def test_row_of_the_csv_that_cannot_be_placed_is_refused(
    tmp_path: Path, row: int, column: int, value: str, place: str, expected: str
) -> None:
    rows = february()
    rows[row - 1][column - 1] = value
    found = {"row 1": "0", "row 2": "86"}.get(place, repr(value))
    assert refusal(csv(tmp_path, rows)) == (
        f"{CSV_NAME}, sheet 'csv', {place}: expected {expected}, found {found}."
    )


def test_cut_row_is_refused(tmp_path: Path) -> None:
    rows = [*february(), ["01/02/2024", "Provider"]]
    assert refusal(csv(tmp_path, rows)) == (
        f"{CSV_NAME}, sheet 'csv', row {len(rows)}: expected 10 cells, found 2."
    )


def test_day_twice_is_refused(tmp_path: Path) -> None:
    rows = february()
    assert refusal(csv(tmp_path, [*rows, rows[1]])) == (
        f"{CSV_NAME}, sheet 'csv', row {len(rows) + 1}: a second row for RR8 on 2024-02-01."
    )


def test_england_whose_counts_contradict_each_other_is_refused(tmp_path: Path) -> None:
    rows = february()
    row = next(row for row in rows if row[1] == "National" and row[6] == REMAINING)
    row[9] = 90
    assert refusal(csv(tmp_path, rows)) == (
        f"{CSV_NAME}, sheet 'csv': on 2024-02-01 those of England ready less those discharged "
        "are 10 more than those remaining."
    )


def test_file_of_another_or_of_two_months_or_without_england_is_refused(tmp_path: Path) -> None:
    name = CSV_NAME.replace("February", "March")
    assert refusal(csv(tmp_path, february(), name)) == (
        f"{name}: the name says March 2024 but the file says February 2024."
    )
    both = [*february(), *discharge_csv({LEEDS: [(9, 1)] * 31}, "01/2024")[1:]]
    assert refusal(csv(tmp_path, both)) == (
        f"{CSV_NAME}: days of January 2024 and of February 2024."
    )
    trusts = {body: days for body, days in MONTHLY.items() if body != ENGLAND}
    assert refusal(csv(tmp_path, february(trusts))) == (
        f"{CSV_NAME}: no row of England: without it the file is cut short."
    )
    assert refusal(csv(tmp_path, [DISCHARGE_HEADER])) == (
        f"{CSV_NAME}, sheet 'csv': expected rows of {NCTR!r}, found 'none'."
    )


def test_code_at_two_levels_is_refused(tmp_path: Path) -> None:
    moved = MONTHLY | {(*MEDWAY[:3], "RR8", MEDWAY[4]): MONTHLY[YORKSHIRE]}
    assert refusal(csv(tmp_path, february(moved))) == (
        f"{CSV_NAME}: RR8 stands for a provider and for a system."
    )


def test_time_series_with_figures_below_its_days_is_refused(tmp_path: Path) -> None:
    book = {name: [list(row) for row in rows] for name, rows in series().items()}
    book["Daily Series"].append(["Total", 9])
    path = write_xlsx(tmp_path / SERIES_NAME, book)
    assert refusal(snapshot_of(path, "discharge_sitrep")) == (
        f"{SERIES_NAME}, sheet 'Daily Series', cell B68: "
        "expected only notes below the days, found '9'."
    )
    book["Daily Series"][6][0] = datetime(2024, 1, 1)  # noqa: DTZ001 - as a workbook holds it
    path = write_xlsx(tmp_path / SERIES_NAME, book)
    assert "cell B68" in refusal(snapshot_of(path, "discharge_sitrep"))


class Site:
    """The landing page with these links."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def links(self, url: str) -> list[Link]:
        assert url == sitrep.SOURCE.landing_page
        root = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2026/07/"
        return [Link(text, root + name) for name, text in self.names.items()]


def test_files_are_found_whatever_the_order_of_their_words() -> None:
    site = Site(
        {
            "Daily-discharge-sitrep-monthly-data-CSV-webfile-July2025v2.csv": "July",
            "Daily-discharge-sitrep-monthly-data-webfile-October2024-csv-1.csv": "October",
            "Daily-discharge-sitrep-monthly-data-webfile-1-CSV-apr26-v2.csv": "April",
            "Daily-discharge-sitrep-timeseries-data-webfile-April2021-June2026.xlsx": "Series",
            "Daily-discharge-sitrep-monthly-data-webfile-July2025.xlsx": "Workbook",
            "Community-discharge-sitrep-monthly-data-webfile-July2025.csv": "Community",
            "Discharge-Ready-Date-monthly-data-csv-April-2024-Revised.csv": "Ready date",
        }
    )
    releases = sitrep.discover(site)  # type: ignore[arg-type]
    assert [(release.title, release.period_start) for release in releases] == [
        ("July", date(2025, 7, 1)),
        ("October", date(2024, 10, 1)),
        ("April", date(2026, 4, 1)),
        ("Series", date(2026, 6, 1)),
    ]


def test_landing_page_without_files_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"no link to a csv or time series of discharges\.$"):
        sitrep.discover(Site({"guidance.pdf": "Guidance"}))  # type: ignore[arg-type]


def _write_csv_book(path: Path, sheets: Book) -> Path:
    return write_csv(path, sheets["csv"])


SMALL: Days = {body: MONTHLY[body] for body in (LEEDS, YORKSHIRE, ENGLAND)}


@fuzz
@given(data=st.data())
def test_a_damaged_csv(data: st.DataObject) -> None:
    check_damaged_file(sitrep, {"csv": february(SMALL)}, _write_csv_book, CSV_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_csv(data: st.DataObject) -> None:
    book = {"csv": february(SMALL)}
    check_cut_file(sitrep, book, _write_csv_book, CSV_NAME, data)


def plain_series() -> Book:
    """The time series with days as text, which a damaged heading cannot be told from."""
    return {
        name: [
            [f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else cell for cell in row]
            for row in rows
        ]
        for name, rows in series().items()
    }


@fuzz
@given(data=st.data())
def test_a_damaged_time_series(data: st.DataObject) -> None:
    check_damaged_file(sitrep, plain_series(), write_xlsx, SERIES_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_time_series(data: st.DataObject) -> None:
    # An xlsx holds the time of writing, so its bytes differ from run to run; an xls does not.
    name = SERIES_NAME.replace(".xlsx", ".xls")
    check_cut_file(sitrep, plain_series(), write_xls, name, data)
