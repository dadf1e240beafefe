"""The three monthly A&E CSVs, written small in their published layouts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_sources import ae_monthly as ae
from data_sources.source import Parsed, Snapshot, SourceError

LABELS = "Period,Org Code,Parent Org,Org name"
CLOSING = (
    "Patients who have waited 4-12 hs from DTA to admission,"
    "Patients who have waited 12+ hrs from DTA to admission,"
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)
CSV_2019 = (
    f"{LABELS},Number of A&E attendances Type 1,Number of A&E attendances Type 2,"
    "Number of A&E attendances Other A&E Department,Number of attendances over 4hrs Type 1,"
    "Number of attendances over 4hrs Type 2,"
    f"Number of attendances over 4hrs Other A&E Department,{CLOSING}"
)
CSV_2020 = (
    f"{LABELS},A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,"
    "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,"
    f"Attendances over 4hrs Other Department,{CLOSING}"
)
CSV_BOOKED = (
    f"{LABELS},A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,"
    "A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,"
    "A&E attendances Booked Appointments Other Department,"
    "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,"
    "Attendances over 4hrs Other Department,"
    "Attendances over 4hrs Booked Appointments Type 1,"
    "Attendances over 4hrs Booked Appointments Type 2,"
    f"Attendances over 4hrs Booked Appointments Other Department,{CLOSING}"
)
KINDS = ("type1", "type2", "other")
CLOSING_MEASURES = [
    "dta_4_to_12h",
    "dta_over_12h",
    *(f"admissions_{kind}" for kind in KINDS),
    "admissions_not_via_ae",
]
PLAIN_MEASURES = [f"{name}_{kind}" for name in ("attendances", "over_4h") for kind in KINDS]
BOOKED_MEASURES = [
    f"{name}_{part}_{kind}"
    for name in ("attendances", "over_4h")
    for part in ("unbooked", "booked")
    for kind in KINDS
]


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Snapshot]:
    def write(*lines: str, name: str = "ae.csv", closed: bool = True) -> Snapshot:
        """A CSV; `closed` adds the England row of a file with one provider, if no line is one."""
        is_open = len(lines) > 1 and not any("total" in line.lower() for line in lines[1:])
        total = [_total_of(lines[-1])] if closed and is_open else []
        (tmp_path / name).write_bytes("\r\n".join([*lines, *total, ""]).encode())
        return Snapshot("s", "ae_monthly", tmp_path / name, name, "", 0)

    return write


def _total_of(line: str) -> str:
    """The England row of a file whose only provider has this line."""
    return ",".join(["", "", "", "TOTAL", *line.split(",")[4:]])


def providers(parsed: Parsed) -> pd.DataFrame:
    figures = parsed.tables["figures"]
    return figures[figures["level"] == "provider"]


def values(figures: pd.DataFrame, level: str, org_code: str) -> dict[str, str]:
    rows = figures[(figures["level"] == level) & (figures["org_code"] == org_code)]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def numbered(*labels: str, count: int = 12) -> str:
    """A line whose figures are 1, 2, 3 and so on."""
    return ",".join([*labels, *(str(number) for number in range(1, count + 1))])


@pytest.mark.parametrize(
    ("header", "measures"),
    [
        (CSV_2019, [*PLAIN_MEASURES, *CLOSING_MEASURES]),
        (CSV_2020, [*PLAIN_MEASURES, *CLOSING_MEASURES]),
        (CSV_BOOKED, [*BOOKED_MEASURES, *CLOSING_MEASURES]),
    ],
)
def test_each_csv_gives_its_measures_in_column_order(csv, header, measures):
    labels = ("MSitAE-APRIL-2019", "RR8", "NHS ENGLAND NORTH ", "LEEDS ")

    parsed = ae.parse(csv(header, numbered(*labels, count=len(measures))))

    expected = {measure: str(number) for number, measure in enumerate(measures, start=1)}
    figures = providers(parsed)
    assert values(figures, "provider", "RR8") == expected
    assert set(figures["org_name"]) == {"LEEDS"}
    assert set(zip(figures["sheet"], figures["source_row"], strict=True)) == {("csv", 2)}
    assert (parsed.layout, parsed.published_on) == ("monthly_csv", None)
    assert (parsed.period_start, parsed.period_end) == (date(2019, 4, 1), date(2019, 5, 1))


LEEDS_LINE = numbered("MSitAE-APRIL-2019", "RR8", "NORTH", "LEEDS")


@pytest.mark.parametrize(
    "labels",
    [
        ("", "", "", "TOTAL"),
        ("", "", "", "Total"),
        ("TOTAL", "TOTAL", "TOTAL", "TOTAL"),
        ("Total", "Total ", "", ""),
        ("MSitAE-APRIL-2019", "TOTAL", "TOTAL", "TOTAL"),
    ],
)
def test_total_row_is_england_in_every_spelling(csv, labels):
    figures = ae.parse(csv(CSV_2019, LEEDS_LINE, numbered(*labels))).tables["figures"]
    assert values(figures, "england", "ENG") == values(figures, "provider", "RR8")
    assert set(figures["level"]) == {"england", "provider"}


def test_a_name_that_holds_the_word_total_is_a_provider(csv):
    line = numbered("MSitAE-APRIL-2019", "AX1", "NORTH", "TOTAL CARE LTD")
    closing = numbered("", "", "", "Total")
    figures = ae.parse(csv(CSV_2019, line, closing)).tables["figures"]
    assert list(figures["level"].unique()) == ["provider", "england"]


def test_quoted_text_reads(csv):
    header = ",".join(f'"{heading}"' for heading in CSV_BOOKED.split(","))
    line = '"MSitAE-MAY-2026","RDY","NHS ENGLAND SOUTH WEST ","DORSET HEALTHCARE"' + ",0" * 18
    assert len(providers(ae.parse(csv(header, line)))) == 18


@pytest.mark.parametrize("junk", [",,,,,,", ",Unnamed: 22,Unnamed: 23"])
def test_empty_junk_columns_are_passed_over(csv, junk):
    line = numbered("MSitAE-SEPTEMBER-2024", "RR8", "NORTH", "LEEDS", count=18)
    parsed = ae.parse(csv(CSV_BOOKED + junk, line + "," * junk.count(",")))
    assert len(providers(parsed)) == 18


def test_header_is_matched_without_regard_to_case_and_spacing(csv):
    parsed = ae.parse(csv(CSV_2019.upper().replace("TYPE 1", "Type  1 "), LEEDS_LINE))
    assert len(providers(parsed)) == 12


def test_a_file_cut_at_the_end_of_a_line_is_refused(csv):
    """Every published CSV closes with England's total: without it, nobody can say what else is missing."""
    with pytest.raises(SourceError, match="England's total row: without it the file is cut short"):
        ae.parse(csv(CSV_2019, LEEDS_LINE, closed=False))


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            [CSV_2019.replace("Parent Org", "Region"), LEEDS_LINE],
            "sheet 'csv', cell C1: expected the heading 'Parent Org', found 'Region'.",
        ),
        (
            [CSV_BOOKED + ",Notes", LEEDS_LINE],
            "sheet 'csv', cell W1: expected no heading, found 'Notes'.",
        ),
        (
            [CSV_2019 + ",", LEEDS_LINE + ",5"],
            "sheet 'csv', cell Q2: expected nothing right of the last heading, found '5'.",
        ),
        (
            [CSV_2019, LEEDS_LINE.removesuffix(",12")],
            "sheet 'csv', row 2: expected 16 cells, found 15.",
        ),
        ([CSV_2019], "sheet 'csv', cell A2: expected a provider's row, found ''."),
        (
            [CSV_2019, numbered("", "", "", "TOTAL")],
            "sheet 'csv', cell A2: expected a provider's row, found ''.",
        ),
        (
            [CSV_2019, numbered("2019", "RR8", "NORTH", "LEEDS")],
            "sheet 'csv', cell A2: expected a month and year such as 'April 2024', found '2019'.",
        ),
        (
            [CSV_2019, LEEDS_LINE, LEEDS_LINE.replace("APRIL", "MAY").replace("RR8", "RAE")],
            "sheet 'csv', cell A3: expected April 2019 as in the rows above, "
            "found 'MSitAE-MAY-2019'.",
        ),
        (
            [CSV_2019, LEEDS_LINE, numbered("MSitAE-MAY-2019", "TOTAL", "TOTAL", "TOTAL")],
            "sheet 'csv', cell A3: expected April 2019 as in the rows above, "
            "found 'MSitAE-MAY-2019'.",
        ),
        (
            [CSV_2019, LEEDS_LINE.replace("RR8", "")],
            "sheet 'csv', cell B2: expected an organisation code, found ''.",
        ),
        (
            [CSV_2019, LEEDS_LINE, LEEDS_LINE],
            "sheet 'csv', row 3: a second row for RR8 in 2019-04-01.",
        ),
        (
            [CSV_2019, LEEDS_LINE, numbered("", "", "", "TOTAL"), numbered("", "", "", "Total")],
            "sheet 'csv', row 4: a second row for ENG in 2019-04-01.",
        ),
    ],
)
def test_csv_out_of_order_is_refused(csv, lines, complaint):
    with pytest.raises(SourceError) as refusal:
        ae.parse(csv(*lines))
    assert str(refusal.value) == f"ae.csv, {complaint}"


def test_csv_whose_name_says_another_month_is_refused(csv):
    with pytest.raises(SourceError, match="the name says May 2019 but the file says April 2019"):
        ae.parse(csv(CSV_2019, LEEDS_LINE, name="Monthly-AE-May-2019-revised.csv"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 200_000), min_size=2, max_size=6), lost=st.integers(0, 5))
def test_all_rows_read_and_a_lost_one_is_refused(csv, counts, lost):
    lines = [
        f"MSitAE-MAY-2020,P{number:02},NORTH,NAME,{count}" + ",0" * 11
        for number, count in enumerate(counts)
    ]
    total = f"TOTAL,TOTAL,TOTAL,TOTAL,{sum(counts)}" + ",0" * 11

    figures = ae.parse(csv(CSV_2020, *lines, total)).tables["figures"]

    read = figures[(figures["measure"] == "attendances_type1") & (figures["level"] == "provider")]
    assert read["value"].astype(int).to_list() == counts
    gone = lost % len(counts)
    kept = csv(CSV_2020, *lines[:gone], *lines[gone + 1 :], total)
    if counts[gone]:
        with pytest.raises(
            SourceError, match=f"provider rows add up to {sum(counts) - counts[gone]}"
        ):
            ae.parse(kept)


def test_a_csv_is_recognised_by_its_header_whatever_its_name(csv):
    assert ae.recognises(csv(CSV_2019, name="b").path, "b")
    assert ae.recognises(csv(f"\ufeff{CSV_BOOKED}", name="c").path, "c")


def test_a_reheaded_csv_is_still_recognised_so_that_it_is_refused_with_a_reason(csv):
    assert ae.recognises(csv(CSV_2019.replace("Org Code", "Code")).path, "ae.csv")
