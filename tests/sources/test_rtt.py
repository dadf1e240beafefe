"""RTT full extracts: what they say in each of their layouts."""

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources import rtt
from tests.sources.rtt_files import (
    EAST,
    NATIONAL,
    OUTSIDE,
    WEST,
    Row,
    as_csv,
    extract,
    extract_2015,
    extract_2018,
    extract_2021,
    figures_of,
    header_2015,
    header_july_2016,
    row,
    with_cell,
    with_totals,
    zipped,
)

LONG_WAITS = {0: 10, 17: 5, 18: 4, 51: 3, 52: 2, 64: 1, 65: 7, 77: 1, 78: 8, 103: 1, 104: 9}


def test_an_extract_from_april_2021_is_summed_to_providers_and_systems(tmp_path: Path) -> None:
    rows = [row("RAA", EAST, LONG_WAITS), row("RAA", WEST, {0: 100}), row("RBB", WEST, {60: 6})]
    lines = extract_2021(with_totals(rows))
    parsed = rtt.parse(extract(tmp_path, lines, "Full-CSV-data-file-Apr21.zip"))
    assert (parsed.layout, parsed.period_start, parsed.period_end, parsed.published_on) == (
        "full_extract",
        date(2021, 4, 1),
        date(2021, 5, 1),
        None,
    )
    figures = parsed.tables["figures"]
    by_measure = figures[figures["org_code"] == "RAA"].set_index("measure")["value"].to_dict()
    assert by_measure == {
        "incomplete": "151",
        "within_18_weeks": "115",
        "over_52_weeks": "29",
        "over_65_weeks": "26",
        "over_78_weeks": "18",
        "over_104_weeks": "9",
    }
    incomplete = figures[figures["measure"] == "incomplete"]
    assert incomplete[["level", "org_code", "org_name", "value"]].to_numpy().tolist() == [
        ["provider", "RAA", "TRUST RAA", "151"],
        ["provider", "RBB", "TRUST RBB", "6"],
        ["system", "QE1", "EAST SYSTEM", "51"],
        ["system", "QYG", "WEST SYSTEM", "106"],
    ]
    assert set(figures["period_start"]) == {"2021-04-01"}
    assert set(figures["period_end"]) == {"2021-05-01"}
    assert figures[["sheet", "source_row"]].isna().all(axis=None)


def test_patients_from_outside_england_count_nowhere_and_national_care_in_no_system(
    tmp_path: Path,
) -> None:
    rows = [row("RAA", EAST, {0: 1}), row("RAA", NATIONAL, {0: 20}), row("RAA", OUTSIDE, {0: 300})]
    figures = figures_of(extract(tmp_path, extract_2021(with_totals(rows))))
    incomplete = {key[:2]: value for key, value in figures.items() if key[2] == "incomplete"}
    assert incomplete == {("provider", "RAA"): "21", ("system", "QE1"): "1"}


def test_only_incomplete_pathways_are_counted_not_those_with_a_decision_to_admit(
    tmp_path: Path,
) -> None:
    parts = ["Part_1A", "Part_1B", "Part_2A", "Part_3"]
    others = [row("RAA", EAST, {0: 1000}, part=part) for part in parts]
    rows = [*others, *with_totals([row("RAA", EAST, {0: 1})])]
    figures = figures_of(extract(tmp_path, extract_2021(rows)))
    assert figures["provider", "RAA", "incomplete"] == "1"


def test_total_rows_are_counted_instead_of_the_functions_they_add_up(tmp_path: Path) -> None:
    functions = [row("RAA", EAST, {0: 2, 60: 1}, "C_100"), row("RAA", EAST, {0: 3}, "X02")]
    total = row("RAA", EAST, {0: 5, 60: 1}, "C_999")
    figures = figures_of(extract(tmp_path, extract_2021([*functions, total])))
    assert figures["provider", "RAA", "incomplete"] == "6"
    assert figures["system", "QE1", "over_52_weeks"] == "1"


def test_blank_bands_are_zero_and_every_value_may_stand_in_quotes(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 2})])
    lines[1] = ["" if cell == "0" else cell for cell in lines[1]]
    content = as_csv(lines, csv.QUOTE_ALL).replace(b"\r\n", b"\n")
    figures = figures_of(zipped(tmp_path, "extract.zip", {"a.csv": b"\xef\xbb\xbf" + content}))
    assert figures["provider", "RAA", "incomplete"] == "2"
    assert figures["provider", "RAA", "over_104_weeks"] == "0"


def test_from_april_2018_the_last_band_is_over_52_weeks(tmp_path: Path) -> None:
    rows = with_totals([row("RAA", EAST, {17: 1, 51: 2, 52: 3})])
    lines = extract_2018(rows, "RTT-MARCH-2020")
    assert figures_of(extract(tmp_path, lines)) == {
        ("provider", "RAA", "incomplete"): "6",
        ("provider", "RAA", "within_18_weeks"): "1",
        ("provider", "RAA", "over_52_weeks"): "3",
    }


def test_commissioners_parents_are_systems_from_april_2020(tmp_path: Path) -> None:
    lines = extract_2018([row("RAA", EAST, {0: 1})], "RTT-APRIL-2020")
    assert ("system", "QE1", "incomplete") in figures_of(extract(tmp_path, lines))


@pytest.mark.parametrize(
    ("year", "month", "start"),
    [
        ("2015-16", "OCTOBER", date(2015, 10, 1)),
        ("2015-16", "JANUARY", date(2016, 1, 1)),
        ("2016-17", "MARCH", date(2017, 3, 1)),
        ("2016-17", "APRIL", date(2016, 4, 1)),
    ],
)
def test_before_2018_titles_stand_above_the_header_and_the_year_is_financial(
    tmp_path: Path, year: str, month: str, start: date
) -> None:
    rows = with_totals([row("RAA", EAST, {0: 1, 52: 2}, part="PART_2")], part="PART_2")
    parsed = rtt.parse(extract(tmp_path, extract_2015(header_2015(), year, month, rows)))
    assert parsed.period_start == start
    assert parsed.tables["figures"]["value"].tolist() == ["3", "1", "2"]


def test_july_2016_has_headings_of_its_own(tmp_path: Path) -> None:
    rows = with_totals([row("RAA", EAST, {52: 2}, part="PART_2")], part="PART_2")
    lines = extract_2015(header_july_2016(), "2016-17", "JULY", rows)
    figures = figures_of(extract(tmp_path, lines, "Full-CSV-data-file-Jul16-revised.zip"))
    assert figures["provider", "RAA", "over_52_weeks"] == "2"


def test_headings_are_compared_without_case_and_outer_spaces(tmp_path: Path) -> None:
    lines = extract_2021([row("RAA", EAST, {0: 1})])
    lines[0] = [f" {heading.upper()} " for heading in lines[0]]
    assert figures_of(extract(tmp_path, lines))["provider", "RAA", "incomplete"] == "1"


def test_patients_with_an_unknown_clock_start_are_part_of_the_total(tmp_path: Path) -> None:
    lines = with_cell(extract_2021([row("RAA", EAST, {0: 5}, total=7)]), 1, -2, "2")
    figures = figures_of(extract(tmp_path, lines))
    assert figures["provider", "RAA", "incomplete"] == "7"
    assert figures["provider", "RAA", "within_18_weeks"] == "5"


waits = st.dictionaries(st.integers(0, 104), st.integers(0, 5000), max_size=6)
keys = st.tuples(
    st.sampled_from(["RAA", "RBB"]),
    st.sampled_from([EAST, WEST, NATIONAL, OUTSIDE]),
    st.sampled_from(["C_100", "X02"]),
)
some_rows = st.dictionaries(keys, waits, min_size=1).map(
    lambda found: [row(key[0], key[1], bands, key[2]) for key, bands in found.items()]
)


@settings(max_examples=25)
@given(some_rows)
def test_a_file_says_the_same_with_and_without_its_total_rows(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        without = figures_of(extract(Path(folder), extract_2021(rows)))
        assert figures_of(extract(Path(folder), extract_2021(with_totals(rows)))) == without


@settings(max_examples=25)
@given(some_rows)
def test_systems_and_national_care_make_up_the_providers(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        figures = figures_of(extract(Path(folder), extract_2021(rows)))
    whole = {"provider": 0, "system": sum(one[-1] for one in rows if one[1] == NATIONAL)}
    for (level, _, measure), value in figures.items():
        whole[level] += int(value) if measure == "incomplete" else 0
    assert whole["provider"] == whole["system"]


@settings(max_examples=25)
@given(some_rows)
def test_longer_waits_are_never_more(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        figures = figures_of(extract(Path(folder), extract_2021(rows)))
    long_waits = [f"over_{weeks}_weeks" for weeks in (52, 65, 78, 104)]
    for level, code in {key[:2] for key in figures}:
        incomplete = int(figures[level, code, "incomplete"])
        longer = [int(figures[level, code, measure]) for measure in long_waits]
        assert longer == sorted(longer, reverse=True)
        assert incomplete >= int(figures[level, code, "within_18_weeks"]) + longer[0]
