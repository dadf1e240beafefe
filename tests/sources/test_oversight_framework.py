"""The oversight framework's metric data and league tables, in every layout, and what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_sources import oversight_framework as nof
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.registry import recognise
from data_sources.source import FIGURE_COLUMNS, Parsed, SourceError
from tests.sources.files import snapshot_of, write_csv, write_xlsx
from tests.sources.oversight_framework_files import (
    ACUTE,
    DATA,
    LEAGUE,
    OTHER,
    Rows,
    data,
    file,
    league,
    metric,
    standing,
    trust_rows,
    without_quarter,
)

Cells = dict[tuple[str, str, str], str]


def read(folder: Path, rows: Rows, name: str = "framework.csv") -> Parsed:
    return nof.parse(file(folder, rows, name))


def cells(parsed: Parsed) -> Cells:
    """Published text by trust, first month and measure."""
    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    keys = zip(figures["org_code"], figures["period_start"], figures["measure"], strict=True)
    found = dict(zip(keys, figures["value"], strict=True))
    assert len(found) == len(figures)
    return found


def refusal(folder: Path, rows: Rows, name: str = "framework.csv") -> str:
    with pytest.raises(SourceError) as refused:
        read(folder, rows, name)
    return str(refused.value)


EXPECTED = {
    "of0079": "-2.5",
    "of0106": "0.31",
    "of5000": "3",
    "of5002": "2.26",
    "of5003": "2",
    "of5004": "1",
}


def expected(trust: str, start: str) -> Cells:
    return {(trust, start, measure): text for measure, text in EXPECTED.items()}


@pytest.mark.parametrize(
    ("quarter", "told", "is_read"),
    [
        ("Q4 2025/26", "Q3 2025/26", True),
        ("Q1 2025/26", "Q4 2024-25", True),
        ("Q4 2025/26", "Q4 2025/26", False),
        ("Q4 2025/26", "Q2 2025/26", False),
        ("Q4 2025/26", "Dec-25", False),
        ("Q4 2025/26", "", False),
    ],
)
def test_sickness_is_read_where_it_is_that_of_the_quarter_before(
    tmp_path, quarter: str, told: str, is_read: bool
) -> None:
    row = metric("OF0082", 5.21, quarter=quarter)
    row[DATA.index("Reporting_date")] = told
    found = cells(read(tmp_path, data(*trust_rows("RAA", quarter), row)))
    values = [text for (_, _, measure), text in found.items() if measure == "of0082"]
    assert values == (["5.21"] if is_read else [])
    assert len(found) == len(EXPECTED) + is_read


def test_metric_data_give_values_and_the_summary_of_each_trust_and_quarter(tmp_path):
    rows = data(
        *trust_rows("RAA", "Q3 2025/26"),
        *trust_rows("RBB", "Q3 2025/26"),
        *trust_rows("RAA", "Q4 2025/26"),
    )
    parsed = read(tmp_path, rows, "nhs-oversight-framework-acute-trust-data-q4-25-26.csv")
    assert cells(parsed) == (
        expected("RAA", "2025-10-01")
        | expected("RBB", "2025-10-01")
        | expected("RAA", "2026-01-01")
    )
    assert parsed.layout == "acute_data"
    assert (parsed.period_start, parsed.period_end) == (date(2025, 10, 1), date(2026, 4, 1))


def test_a_figure_leads_back_to_its_cell(tmp_path):
    figures = read(tmp_path, data(metric("OF5000", 3))).tables["figures"]
    assert figures.iloc[0].to_list() == [
        *("2025-10-01", "2026-01-01", "provider", "RAA", "Trust RAA", "of5000", "3", "csv", 2)
    ]


def test_a_league_table_gives_score_segment_rank_and_its_texts_as_they_stand(tmp_path):
    parsed = read(tmp_path, league(standing()))
    assert cells(parsed) == {
        ("RAA", "2025-10-01", "of5002"): "2.26",
        ("RAA", "2025-10-01", "score_range"): "1.72 to 2.73",
        ("RAA", "2025-10-01", "of5000"): "3",
        ("RAA", "2025-10-01", "in_deficit"): "Yes",
        ("RAA", "2025-10-01", "rank"): "24",
        ("RAA", "2025-10-01", "rank_range"): "6 to 49",
    }
    assert parsed.layout == "acute_league_table"


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("Acute trust", "acute"),
        ("Mental health and community trust", "mental_health_community"),
        ("Non-acute hospital trust", "mental_health_community"),
        ("Ambulance trust", "ambulance"),
    ],
)
def test_each_type_of_trust_is_a_layout_of_its_own(tmp_path, kind, part):
    # A newer file replaces an older one of its layout: files of two types must not replace one another.
    assert read(tmp_path, data(*trust_rows("RAA", kind=kind))).layout == f"{part}_data"
    assert read(tmp_path, league(standing(kind=kind))).layout == f"{part}_league_table"


def test_the_first_release_has_no_quarter_and_is_about_the_first(tmp_path):
    rows = without_quarter(data(*trust_rows("RAA", "Q1 2025/26")))
    parsed = read(tmp_path, rows, "nhs-oversight-framework-acute-trust-data.csv")
    assert cells(parsed) == expected("RAA", "2025-04-01")
    assert parsed.layout == "acute_data_first_release"
    table = read(tmp_path, without_quarter(league(standing())), "league-table.csv")
    assert table.layout == "acute_league_table_first_release"
    assert (table.period_start, table.period_end) == (date(2025, 4, 1), date(2025, 7, 1))


def test_every_layout_that_is_read_is_the_sources_and_most_are_unconfirmed():
    assert set(nof.SOURCE.unconfirmed) == set(nof.SOURCE.layouts) - {
        "mental_health_community_data",
        "mental_health_community_league_table",
        "compiled_q3_trust",
    }
    assert nof.SOURCE.layouts[-1] == "compiled_q3_trust"


@pytest.mark.parametrize("mark", ["NA", ""])
@pytest.mark.parametrize("code", ["OF5000", "OF5002", "OF5004", "OF5007", "OF0079"])
def test_a_missing_mark_stays_what_it_is(tmp_path, mark, code):
    found = cells(read(tmp_path, data(metric(code, mark), metric("OF5003", 2))))
    assert found["RAA", "2025-10-01", code.lower()] == mark


@pytest.mark.parametrize("flag", ["0", "1", "Yes", "No"])
def test_a_flag_stays_as_written(tmp_path, flag):
    found = cells(read(tmp_path, data(metric("OF5007", flag))))
    assert found == {("RAA", "2025-10-01", "of5007"): flag}


def changed(**changes: object) -> Rows:
    """A row of data with cells under other headings changed."""
    row = metric("OF5000", 3)
    for heading, cell in changes.items():
        row[DATA.index(heading.replace("Sub_", "Sub-"))] = cell
    return data(*trust_rows("RBB"), row)


def swapped() -> Rows:
    rows = data(metric("OF5000", 3))
    rows[0][12], rows[0][13] = rows[0][13], rows[0][12]
    return rows


REFUSED: dict[str, tuple[Callable[[], Rows], str]] = {
    "moved heading": (
        swapped,
        "cell M1: expected the heading 'Value', found 'Median_value'.",
    ),
    "no quarter": (
        lambda: changed(Quarter="2025/26"),
        "cell A10: expected a quarter such as 'Q3 2025/26', found '2025/26'.",
    ),
    "years apart": (
        lambda: changed(Quarter="Q3 2025/27"),
        "cell A10: expected a quarter such as 'Q3 2025/26', found 'Q3 2025/27'.",
    ),
    "before the framework": (
        lambda: changed(Quarter="Q4 2024/25"),
        "cell A10: expected a quarter from Q1 2025/26 on, found 'Q4 2024/25'.",
    ),
    "type": (
        lambda: changed(Trust_type="Total"),
        "cell C10: expected a type of trust such as 'Acute trust', found 'Total'.",
    ),
    "two types": (
        lambda: changed(Trust_type=OTHER),
        f"cell C10: expected trusts of one type only, found {OTHER!r}.",
    ),
    "code": (
        lambda: changed(Trust_code="England"),
        "cell E10: expected an organisation code, found 'England'.",
    ),
    "metric code": (
        lambda: changed(Metric_ID="5000"),
        "cell I10: expected a metric code such as OF5000, found '5000'.",
    ),
    "unit": (
        lambda: changed(Units="score"),
        "cell L10: expected the unit 'segment' of OF5000, found 'score'.",
    ),
    "segment": (
        lambda: changed(Value=6),
        "cell M10: expected a segment from 1 to 5 or NA, found '6'.",
    ),
    "score": (
        lambda: data(metric("OF5002", 0.26)),
        "cell M2: expected a score from 1 to 4 or NA, found '0.26'.",
    ),
    "flag": (
        lambda: data(metric("OF5007", 2)),
        "cell M2: expected a flag 0 or 1 or NA, found '2'.",
    ),
    "share for a percentage": (
        lambda: data([*metric("OF0057", 0.8)[:11], "proportion", 0.8, "", "", "", 1]),
        "cell L2: expected the unit '%' of OF0057, found 'proportion'.",
    ),
    "deficit": (
        lambda: league([*standing()[:9], "Maybe", 1, ""]),
        "cell J2: expected Yes, No or NA, found 'Maybe'.",
    ),
    "range": (
        lambda: league([*standing()[:7], "1.72", 3, "Yes", 1, ""]),
        "cell H2: expected a range such as 1.72 to 2.73 or NA, found '1.72'.",
    ),
    "no rows": (lambda: data(), "cell A2: expected a trust's metrics, found ''."),
    "another first quarter": (
        lambda: without_quarter(data(metric("OF5000", 3))),
        "cell J2: expected 'Q1 2025/26', as only its release has no column Quarter, "
        "found 'Q3 2025/26'.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_as_known_is_refused(tmp_path, case):
    rows, sentence = REFUSED[case]
    assert refusal(tmp_path, rows()) == f"framework.csv, sheet 'csv', {sentence}"


def test_a_row_cut_short_is_refused(tmp_path):
    assert refusal(tmp_path, data(metric("OF5000", 3)[:-1])) == (
        "framework.csv, sheet 'csv', row 2: expected 17 cells, found 16."
    )


def test_a_metric_twice_for_a_trust_and_quarter_is_refused(tmp_path):
    assert refusal(tmp_path, data(metric("OF5000", 3), metric("OF5000", 3))) == (
        "framework.csv, sheet 'csv', row 3: a second row for RAA in 2025-10-01."
    )


@pytest.mark.parametrize(
    ("name", "said"), [("acute-data-q2.csv", "q2"), ("acute-data-q3-26-27.csv", "q3-26-27")]
)
def test_a_name_that_says_another_quarter_is_refused(tmp_path, name, said):
    assert refusal(tmp_path, data(*trust_rows("RAA")), name) == (
        f"{name}: the name says {said!r} but the last quarter in the file is Q3 2025/26."
    )


@pytest.mark.parametrize(
    "name", ["a-q3-25-26-v2.csv", "a-q3.csv", "a-Q3-2025-26.csv", "a-Q4flrg.csv", "a.csv"]
)
def test_a_name_that_agrees_or_says_nothing_is_accepted(tmp_path, name):
    assert read(tmp_path, data(*trust_rows("RAA")), name).period_end == date(2026, 1, 1)


def test_files_are_recognised_by_their_header_and_by_nobody_else(tmp_path):
    for number, rows in enumerate([data(), without_quarter(data()), league(), swapped()]):
        path = write_csv(tmp_path / f"{number}.csv", rows)
        publication = recognise(path, "anything.bin")
        assert publication is not None
        assert publication.SOURCE.id == "oversight_framework"


def test_other_files_are_not_recognised(tmp_path):
    book = write_xlsx(tmp_path / "a.xlsx", {"Sheet1": data(metric("OF5000", 3))})
    others = [book, write_csv(tmp_path / "b.csv", [["Quarter", "Region", "Trust_code"]])]
    (tmp_path / "empty.csv").write_bytes(b"")
    for path in [*others, tmp_path / "empty.csv"]:
        assert not nof.recognises(path, "nhs-oversight-framework-acute-trust-data.csv")


DOMAINS = ("access", "effectiveness_experience", "finance_productivity")
DOMAINS += ("patient_safety", "people_workforce")
COMPILED = [
    *("org_code", "org_name", "region", "trust_type", "trust_subtype", "quarter"),
    *("overall_adjusted_segment", "overall_avg_metric_score"),
    *(f"domain_score_{domain}" for domain in DOMAINS),
    *(f"domain_segment_{domain}" for domain in DOMAINS),
    *("lt_segment", "lt_rank", "lt_avg_score", "lt_in_deficit"),
]


def compiled(folder: Path, **changes: str) -> Parsed:
    row = dict.fromkeys(COMPILED, "") | {
        **{"org_code": "RAA", "org_name": "TRUST", "quarter": "2025-26 Q3"},
        **{"overall_adjusted_segment": "3", "overall_avg_metric_score": "2.36", "lt_segment": "3"},
    }
    path = write_csv(folder / "table.csv", [COMPILED, list((row | changes).values())])
    assert recognise_compiled(path) == ("oversight_framework", "compiled_q3_trust")
    return parse_compiled(snapshot_of(path, "oversight_framework"))


def test_the_compiled_table_gives_segment_and_score_of_its_quarter(tmp_path):
    parsed = compiled(tmp_path)
    assert cells(parsed) == {
        ("RAA", "2025-10-01", "of5000"): "3",
        ("RAA", "2025-10-01", "of5002"): "2.36",
    }
    assert (parsed.period_start, parsed.period_end) == (date(2025, 10, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"quarter": "2025-26 Q2"},
            "cell F2: expected the quarter '2025-26 Q3', found '2025-26 Q2'.",
        ),
        (
            {"overall_adjusted_segment": "5"},
            "cell G2: expected a segment from 1 to 4, found '5'.",
        ),
        (
            {"lt_segment": "2"},
            "cell S2: expected the segment of column overall_adjusted_segment, found '2'.",
        ),
    ],
)
def test_a_compiled_table_that_contradicts_itself_is_refused(tmp_path, changes, sentence):
    with pytest.raises(SourceError) as refused:
        compiled(tmp_path, **changes)
    assert str(refused.value) == f"table.csv, sheet 'csv', {sentence}"


def test_headers_here_are_those_of_the_publisher():
    assert (len(DATA), len(LEAGUE), len(COMPILED)) == (17, 12, 22)
    assert ACUTE == "Acute trust"
