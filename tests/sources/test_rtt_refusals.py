"""RTT full extracts that cannot be trusted, and the words that refuse them."""

from pathlib import Path

import pytest

from tests.sources.rtt_files import (
    EAST,
    SMALL,
    extract,
    extract_2015,
    extract_2021,
    figures_of,
    header_2015,
    refusal_of,
    row,
    snapshot,
    with_cell,
    zipped,
)


def test_a_changed_heading_is_named_by_its_cell(tmp_path: Path) -> None:
    lines = with_cell(extract_2021([row("RAA", EAST, {0: 1})]), 0, 13, "0 to 1 weeks")
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, sheet 'csv', cell N1: expected 'Gt 00 To 01 Weeks SUM 1', found '0 to 1 weeks'."
    )


def test_a_changed_heading_below_titles_is_named_by_its_cell(tmp_path: Path) -> None:
    lines = extract_2015(header_2015(), "2015-16", "OCTOBER", [row("RAA", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, with_cell(lines, 2, 0, "FY"))) == (
        "extract.zip, sheet 'csv', cell A3: expected 'Year', found 'FY'."
    )


def test_missing_and_further_columns_are_named(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, [one[:-1] for one in lines])) == (
        "extract.zip, sheet 'csv', cell DQ1: expected 'Total All', found ''."
    )
    assert refusal_of(extract(tmp_path, [[*one, "x"] for one in lines])) == (
        "extract.zip, sheet 'csv', cell DR1: expected no heading, found 'x'."
    )


def test_a_file_without_a_header_row_is_refused(tmp_path: Path) -> None:
    lines = [["RTT full extract"], ["no data this month"]]
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, csv: expected a header row, found 'RTT full extract\\r\\nno data this month\\r\\n'."
    )


def test_rows_of_two_months_are_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1}), row("RBB", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, with_cell(lines, 2, 0, "RTT-May-2021"))) == (
        "extract.zip, row 3, column 'Period': expected 'RTT-April-2021' as above, found 'RTT-May-2021'."
    )


def test_a_month_that_contradicts_the_file_name_is_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, lines, "Full-CSV-data-file-May21.zip")) == (
        "Full-CSV-data-file-May21.zip: the name says May 2021 but the file says April 2021."
    )


def test_a_period_that_is_no_month_is_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1})], period="RTT-latest")
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, column 'Period': expected a month and year such as 'April 2024', found 'RTT-latest'."
    )
    lines = extract_2015(header_2015(), "2015", "OCTOBER", [row("RAA", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, column 'Year': expected a financial year such as '2015-16', found '2015'."
    )


def test_a_total_that_is_not_the_sum_of_its_bands_is_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1}), row("RBB", EAST, {0: 5}, total=7)])
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, row 3: the bands add up to 5 pathways, but 'Total All' is 7."
    )


def test_functions_that_do_not_add_up_to_their_total_row_are_refused(tmp_path: Path) -> None:
    rows = [row("RAA", EAST, {0: 2, 60: 1}), row("RAA", EAST, {0: 3}, "C_999")]
    assert refusal_of(extract(tmp_path, extract_2021(rows))) == (
        "extract.zip: the functions of RAA / 00Q do not add up to its C_999 row "
        "(difference in within_18_weeks)."
    )


def test_a_provider_without_a_total_row_in_a_file_with_total_rows_is_refused(
    tmp_path: Path,
) -> None:
    rows = [
        row("RAA", EAST, {0: 2}),
        row("RAA", EAST, {0: 2}, "C_999"),
        row("RBB", EAST, {0: 3}),
    ]
    assert refusal_of(extract(tmp_path, extract_2021(rows))) == (
        "extract.zip: the functions of RBB / 00Q do not add up to its C_999 row (difference in incomplete)."
    )


def test_a_row_given_twice_is_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1}), row("RAA", EAST, {0: 1})])
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, row 3: a second row for RAA / 00Q / C_100."
    )


@pytest.mark.parametrize(
    ("column", "key"), [(3, "provider"), (7, "commissioner"), (11, "function")]
)
def test_a_row_without_a_code_is_refused(tmp_path: Path, column: int, key: str) -> None:
    lines = with_cell(extract_2021([row("RAA", EAST, {0: 1})]), 1, column, "")
    assert refusal_of(extract(tmp_path, lines)) == (
        f"extract.zip, row 2: expected a {key} code, found ''."
    )


@pytest.mark.parametrize(
    ("column", "what"), [(3, "a provider code"), (5, "a system's code or nothing")]
)
def test_a_row_about_what_is_no_organisation_is_refused(
    tmp_path: Path, column: int, what: str
) -> None:
    lines = with_cell(extract_2021([row("RAA", EAST, {0: 1})]), 1, column, "England")
    assert refusal_of(extract(tmp_path, lines)) == (
        f"extract.zip, row 2: expected {what}, found 'England'."
    )


@pytest.mark.parametrize("mark", ["-", "*", "1,024", "-5", "1.5", "[x]"])
def test_a_count_that_is_no_whole_number_is_refused(tmp_path: Path, mark: str) -> None:
    lines = with_cell(extract_2021([row("RAA", EAST, {0: 1})]), 1, 14, mark)
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, row 2, column 'Gt 01 To 02 Weeks SUM 1': "
        f"expected a whole number of pathways, found '{mark}'."
    )


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1}), row("RAA", EAST, {0: 1}, part="Part_2B")])
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip, row 3, column 'RTT Part Type': expected a known RTT part, found 'Part_2B'."
    )


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    lines = [*extract_2021([row("RAA", EAST, {0: 1})]), ["RTT-April-2021", "QE1"]]
    message = refusal_of(extract(tmp_path, lines))
    assert message.startswith("extract.zip: ")
    assert "Row #3: Expected 121 columns, got 2" in message


def test_extracts_without_rows_are_refused(tmp_path: Path) -> None:
    assert refusal_of(extract(tmp_path, extract_2021([]))) == (
        "extract.zip: no rows below the header."
    )
    lines = extract_2021([row("RAA", EAST, {0: 1}, part="Part_1A")])
    assert refusal_of(extract(tmp_path, lines)) == (
        "extract.zip: no rows of incomplete pathways (part 2)."
    )


def test_a_zip_without_exactly_one_csv_is_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path, "two.zip", {"a.csv": SMALL, "b.csv": SMALL})
    assert refusal_of(file) == "two.zip, zip: expected one CSV, found 'a.csv, b.csv'."
    file = zipped(tmp_path, "none.zip", {"a.exe": SMALL})
    assert refusal_of(file) == "none.zip, zip: expected one CSV, found 'a.exe'."


def test_a_note_beside_the_csv_does_no_harm(tmp_path: Path) -> None:
    file = zipped(tmp_path, "x.zip", {"read me.txt": b"Hello", "a.csv": SMALL})
    assert figures_of(file)["provider", "RAA", "incomplete"] == "1"


def test_a_member_outside_the_zips_folder_is_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path, "odd.zip", {"../a.csv": SMALL})
    assert refusal_of(file) == (
        "odd.zip, zip: expected names inside the zip's own folder, found '../a.csv'."
    )


def test_a_member_beyond_a_gigabyte_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = zipped(tmp_path, "bomb.zip", {"a.csv": SMALL})
    claimed = (1_000_000_001).to_bytes(4, "little")
    content = file.path.read_bytes().replace(len(SMALL).to_bytes(4, "little"), claimed)
    assert refusal_of(snapshot(tmp_path, "bomb.zip", content)) == (
        "bomb.zip, zip: expected at most 1,000,000,000 bytes unpacked, found '1,000,000,001'."
    )


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    content = zipped(tmp_path, "cut.zip", {"a.csv": SMALL}).path.read_bytes()
    assert refusal_of(snapshot(tmp_path, "cut.zip", content[:-60])) == (
        "cut.zip: not a readable zip (File is not a zip file)."
    )
    for damaged in (b"PK" + content[9:], content.replace(b"a.csv", b"a.cs")):
        message = refusal_of(snapshot(tmp_path, "cut.zip", damaged))
        assert message.startswith("cut.zip: not a readable zip (")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path, "bytes.zip", {"a.csv": b"Period\x81"})
    assert refusal_of(file) == ("bytes.zip: not text (byte 7 is neither UTF-8 nor Windows-1252).")
