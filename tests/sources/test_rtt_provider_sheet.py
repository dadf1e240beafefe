"""RTT provider sheets: published totals as they stand, and the sheets that are refused."""

from datetime import date
from pathlib import Path

import pytest

from data_sources import rtt
from tests.sources.rtt_files import (
    BARTS,
    SHEET,
    SHEET_HEADER,
    SHEET_NAME,
    figures_of,
    refusal_of,
    sheet,
    sheet_row,
)


def test_a_provider_sheet_gives_published_totals_as_they_stand(tmp_path: Path) -> None:
    parsed = rtt.parse(sheet(tmp_path, SHEET))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        "provider_sheet",
        date(2024, 4, 1),
        date(2024, 5, 1),
    )
    figures = parsed.tables["figures"]
    assert figures[figures["org_code"] == "R1H"].to_numpy().tolist() == [
        ["2024-04-01", "2024-05-01", "provider", "R1H", "TRUST R1H", *found, "csv", "3"]
        for found in (
            ("incomplete", "126,675"),
            ("within_18_weeks", "70,453"),
            ("over_52_weeks", "4,869"),
            ("over_65_weeks", "583"),
            ("over_78_weeks", "72"),
            ("over_104_weeks", "1"),
        )
    ]
    assert figures[figures["org_code"] == "TAD"]["value"].tolist() == [
        "585",
        "373",
        "21",
        "1",
        "-",
        "-",
    ]


def test_further_columns_and_another_order_do_not_disturb_a_provider_sheet(tmp_path: Path) -> None:
    turned = [
        [*line[:5:-1][:8], *line[5:110], *line[4::-1], "12%" if index else "% 52 plus weeks"]
        for index, line in enumerate(SHEET)
    ]
    assert sorted(turned[0][:-1]) == sorted(SHEET_HEADER)
    assert figures_of(sheet(tmp_path, turned)) == figures_of(sheet(tmp_path, SHEET))


def test_a_provider_sheet_whose_name_has_no_month_is_refused(tmp_path: Path) -> None:
    assert refusal_of(sheet(tmp_path, SHEET, "Incomplete-Provider.csv")) == (
        "Incomplete-Provider.csv: expected a month and year such as 'April 2024', "
        "found 'Incomplete-Provider.csv'."
    )


def test_a_provider_sheet_with_a_lost_or_doubled_heading_is_refused(tmp_path: Path) -> None:
    lost = [
        ["Over a year" if cell == "Total 52 plus weeks" else cell for cell in line]
        for line in SHEET
    ]
    place = f"{SHEET_NAME}, sheet 'csv', row 1"
    expected = "expected one column headed 'Total 52 plus weeks'"
    assert refusal_of(sheet(tmp_path, lost)) == f"{place}: {expected}, found 0."
    doubled = [[*line, line[-3]] for line in SHEET]
    assert refusal_of(sheet(tmp_path, doubled)) == f"{place}: {expected}, found 2."


def test_a_trust_with_two_totals_or_none_is_refused(tmp_path: Path) -> None:
    assert refusal_of(sheet(tmp_path, [*SHEET, sheet_row("R1H", "C_999", BARTS)])) == (
        f"{SHEET_NAME}, sheet 'csv', row 5: a second row for R1H in 2024-04-01."
    )
    assert refusal_of(sheet(tmp_path, [*SHEET, sheet_row("RBB", "C_100", BARTS)])) == (
        f"{SHEET_NAME}, sheet 'csv', row 5: expected a row C_999 for RBB, found 'none'."
    )


def test_a_provider_sheet_without_trusts_or_with_a_nameless_row_is_refused(tmp_path: Path) -> None:
    assert refusal_of(sheet(tmp_path, [SHEET_HEADER])) == (
        f"{SHEET_NAME}, sheet 'csv': expected rows of trusts, found 'none'."
    )
    assert refusal_of(sheet(tmp_path, [*SHEET, sheet_row("", "C_999", BARTS)])) == (
        f"{SHEET_NAME}, sheet 'csv', cell B5: expected an organisation code, found ''."
    )


@pytest.mark.parametrize("mark", ["", "*", ".", "12,34", "55.60%", "-5"])
def test_a_total_that_is_no_count_is_refused(tmp_path: Path, mark: str) -> None:
    total = sheet_row("RBB", "C_999", BARTS)
    total[SHEET_HEADER.index("Total number of incomplete pathways")] = mark
    assert refusal_of(sheet(tmp_path, [*SHEET, total])) == (
        f"{SHEET_NAME}, sheet 'csv', cell DG5: "
        f"expected a whole number of pathways or '-', found '{mark}'."
    )


@pytest.mark.parametrize(
    ("one", "other", "complaint"),
    [
        (
            "Total 52 plus weeks",
            "Total 78 plus weeks",
            "cell DM3: expected 4,869 as its weekly bands add up to, found '72'.",
        ),
        (
            "Total number of incomplete pathways",
            "Total within 18 weeks",
            "cell DH3: expected 126,675 as its weekly bands add up to, found '70,453'.",
        ),
        ("104 plus", ">103-104", "cell DE1: expected the heading '>103-104', found '104 plus'."),
        (">0-1", ">18-19", "cell Y1: expected the heading '>1-2', found '>19-20'."),
    ],
)
def test_headings_that_changed_places_are_refused(
    tmp_path: Path, one: str, other: str, complaint: str
) -> None:
    swapped = {one: other, other: one}
    lines = [[swapped.get(heading, heading) for heading in SHEET_HEADER], *SHEET[1:]]
    assert refusal_of(sheet(tmp_path, lines)) == f"{SHEET_NAME}, sheet 'csv', {complaint}"


def test_a_row_that_is_cut_off_or_too_long_is_refused(tmp_path: Path) -> None:
    whole = sheet_row("RBB", "C_999", BARTS)
    for broken, length in ((whole[:60], 60), (["Y56", *whole], 119)):
        assert refusal_of(sheet(tmp_path, [*SHEET, broken])) == (
            f"{SHEET_NAME}, sheet 'csv', row 5: expected 118 cells, found {length}."
        )


def test_blank_lines_of_a_provider_sheet_say_nothing(tmp_path: Path) -> None:
    lines = [*SHEET[:2], [], [""] * 118, *SHEET[2:]]
    assert figures_of(sheet(tmp_path, lines)) == figures_of(sheet(tmp_path, SHEET))
