"""What a report says: every part of METHODS 11, taken from the record and from nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.reporting.background import EntryRebound
from indicators.reporting.content import report_of
from indicators.reporting.epoc import answers_of
from indicators.reporting.evidence import Evidence, gather
from indicators.reporting.parts import Figure, Paragraph
from indicators.reporting.result import result_of
from indicators.reporting.variants import Choice
from indicators.reporting.words import BY_ASSESSOR, Amounts, amounts_of, period_words
from indicators.runs.record import RunRecord, lock, record_run
from indicators.stats.regression_to_mean.excess import Rebound
from sql.reads import read
from tests.unit.indicators.analyses.files import own
from tests.unit.indicators.reporting.conftest import DOCUMENT
from tests.unit.indicators.reporting.reading import tables_of

SECTIONS = [
    *("Warnings", "Design", "Periods left out", "Model", "Minimum detectable effect"),
    *("Estimates", "Sensitivity", "Regression to the mean", "Placebo in time", "Diagnostics"),
    *("EPOC risk of bias", "Assumptions", "Quality assurance", "Sources", "Versions and seed"),
]


def lead_of(found: Evidence) -> list[str]:
    return [one.text for one in report_of(found).lead if isinstance(one, Paragraph)]


def test_every_section_is_there_whether_or_not_it_has_much_to_say(
    own_found: Evidence, published_found: Evidence
) -> None:
    for found in (own_found, published_found):
        assert [one.heading for one in report_of(found).sections] == SECTIONS


def test_the_lead_says_what_could_be_shown_and_then_what_is(own_found: Evidence) -> None:
    """The missing month moves nothing much: the example of the methods page gives +12.2 and its interval."""
    last = own_found.result.effects[-1]
    shown = (
        f"12 months after the entry (Mar 2023) the difference from what was expected without it was "
        f"+{last.estimate:.1f} units of the file (95\u00a0% interval +{last.ci_low:.1f} to "
        f"+{last.ci_high:.1f}): clear improvement."
    )
    first, standing = lead_of(own_found)
    assert first.startswith("A series like this shows effects of ")
    assert shown in first
    assert standing == (
        f"Run grade standard; {len(own_found.result.warnings)} warnings; specified before results; "
        "QA status draft."
    )


def test_what_is_left_out_is_told_by_stretches_with_its_reason(
    own_found: Evidence, published_found: Evidence
) -> None:
    caption = "Periods that are not fitted"
    assert tables_of(report_of(own_found))[caption].rows == (("Nov 2021", "1", "no value"),)
    assert tables_of(report_of(published_found))[caption].rows == (
        ("Mar 2020 to Mar 2021", "13", "pandemic, March 2020 to March 2021"),
    )


def test_the_detectable_effect_by_formula_is_2_8_standard_errors(own_found: Evidence) -> None:
    """1.960 + 0.842 of them, for a test at 5 % shown in four of five series; simulated it is more."""
    table = tables_of(report_of(own_found))["Minimum detectable effect"]
    expected = [f"{2.801585 * one.se:.1f}" for one in own_found.result.effects]
    assert [row[2] for row in table.rows] == expected
    simulated = [one.simulated for one in own_found.least]
    assert [row[1] for row in table.rows] == [f"{size:.1f}" for size in simulated]
    assert all(float(row[1]) > float(row[2]) for row in table.rows)


def test_every_choice_is_run_by_the_same_engine_and_refused_ones_are_told(
    own_found: Evidence, own_rows: OwnData
) -> None:
    names = [one.name for one in own_found.variants]
    assert len(names) == 10
    assert not any(name.startswith("Pandemic") for name in names)
    by_name = {one.name: one.result for one in own_found.variants}
    two = by_name["Anticipation: 2 months left out before entry"]
    assert two == result_of(record_run(DOCUMENT | {"anticipation": 2}, own_rows))
    three = by_name["Without the last 3 points before entry"]
    assert three == by_name["Anticipation: 3 months left out before entry"]
    own = [one.name for one in own_found.variants if one.is_run]
    assert own == [
        "Estimator: REML with AR(1) errors",
        "Anticipation: nothing left out before entry",
    ]


def test_a_refused_choice_keeps_its_row_and_its_reason(published_found: Evidence) -> None:
    tables = tables_of(report_of(published_found))
    refused = dict(tables["Choices that were refused"].rows)
    name = "Pandemic: series read from July 2021 on"
    assert refused[name].startswith("There are no months with a value before entry, then 56 and 3")
    effects = tables["Effects of the entry (Jul 2021) by choice, in percentage points"]
    assert {row[0]: row[1] for row in effects.rows}[name] == "refused"
    assert "Effects of the exit (Mar 2026) by choice, in percentage points" in tables


def test_ols_is_this_run_and_stands_as_recorded(published_found: Evidence) -> None:
    tables = tables_of(report_of(published_found))
    rows = tables["Effects of the entry (Jul 2021) by choice, in percentage points"].rows
    own = next(row for row in rows if row[0] == "Estimator: Ordinary least squares (this run)")
    one = published_found.result.effects[0]
    assert own[4] == f"{one.estimate:+.1f} ({one.ci_low:+.1f} to {one.ci_high:+.1f})".replace(
        "-", "−"
    )


def test_a_carried_over_entry_has_no_expected_rebound_and_says_why(
    published_found: Evidence,
) -> None:
    section = report_of(published_found).sections[SECTIONS.index("Regression to the mean")]
    texts = [one.text for one in section.blocks if isinstance(one, Paragraph)]
    assert texts[1] == (
        "For the entry of Jul 2021 no expected rebound is given: it was carried over from special "
        "measures, so its support began before this spell."
    )


def test_baselines_by_hand(own_found: Evidence) -> None:
    """The year from March 2023 on has a mean of 77.1; February 2023 was 71.5."""
    rows = tables_of(report_of(own_found))
    caption = "Mean of the year from entry on less that of months before, in units of the file"
    year = [75.8, 78.5, 76.7, 77.6, 80.5, 76.1, 75.8, 76.5, 77.9, 76.3, 77.5, 78.3]
    assert rows[caption].rows[0] == ("−1", f"+{sum(year) / 12 - 71.5:.1f}")


def test_the_seven_questions_in_their_order(own_found: Evidence, published_found: Evidence) -> None:
    fields = [one.field for one in answers_of(published_found)]
    assert fields == [
        *("independent", "shape_prespecified", "collection_unaffected", "blinding"),
        *("incomplete_data", "selective_reporting", "other_bias"),
    ]
    judged = [one.judgement for one in answers_of(published_found)]
    assert judged == [None, "low", "unclear", None, "low", None, None]
    own = [one.judgement for one in answers_of(own_found)]
    assert own[:6] == [None, "unclear", None, None, "unclear", None]
    rows = tables_of(report_of(published_found))["Seven questions"].rows
    assert len(rows) == 7
    assert [row[1] for row in rows] == [one or BY_ASSESSOR for one in judged]


def test_events_and_changes_of_definition_support_the_form(published_found: Evidence) -> None:
    independent, _, collection, *_ = answers_of(published_found)
    assert "1 July 2021: System Oversight Framework 2021/22" in independent.support
    assert "A&E: booked appointments" not in independent.support
    assert "1 August 2020, Booked appointments counted in attendances" in collection.support


def test_an_altered_run_was_changed_after_results_were_seen(own_found: Evidence) -> None:
    altered = replace(own_found, record=own_found.record.model_copy(update={"parent": "abc"}))
    assert "changed after results were seen (it alters run abc)" in lead_of(altered)[-1]
    assert answers_of(altered)[1].judgement == "high"


def test_a_run_that_does_not_agree_says_so_at_the_top(
    own_run: RunRecord, own_rows: OwnData
) -> None:
    rows = own_rows.rows.copy()
    rows.iloc[-1, 1] = "81.5"
    found = gather(own_run, OwnData(own_rows.name, rows))
    notices = [one.text for one in report_of(found).lead if getattr(one, "is_notice", False)]
    assert "does not agree" in notices[-1]
    assert "the data (their values are not those of the run)" in notices[-1]
    quality = tables_of(report_of(found))["Quality log"]
    assert quality.rows[0][3] == "does not agree"


def test_the_quality_log_and_the_assumptions_have_their_columns(own_found: Evidence) -> None:
    tables = tables_of(report_of(own_found))
    assert tables["Quality log"].header == ("Check", "Who", "When", "Result", "Evidence")
    assumptions = tables["Assumptions of this run"]
    assert assumptions.header == (
        *("Id", "Assumption", "Basis", "Quality", "Impact", "Owner", "Date", "Runs"),
    )
    assert {row[-1] for row in assumptions.rows} == {own_found.record.run_id}


def test_versions_seed_and_lock(published_found: Evidence) -> None:
    rows = dict(tables_of(report_of(published_found))["Versions, seed and specification lock"].rows)
    record = published_found.record
    assert rows["Specification lock, SHA-256"] == lock(record.document)
    assert rows["Data version"] == record.versions.data
    assert rows["SHA-256 of the values used"] == record.data.sha256
    assert rows["Code version"] == record.versions.code
    assert rows["Seed"] == "none: nothing is drawn at random"
    assert rows["Order"] == "specified before results"


def test_every_figure_has_its_file(published_found: Evidence) -> None:
    tables = tables_of(report_of(published_found))
    ((name, publisher, licence, files, figures),) = tables["Publications"].rows
    assert name == "A&E Attendances and Emergency Admissions, monthly"
    assert (publisher, licence) == ("NHS England", "OGL-3.0")
    listed = tables["Files that the figures come from"].rows
    assert int(files) == len(listed)
    values = [row.value for row in published_found.result.series if row.value is not None]
    assert int(figures) == len(values)
    assert all(len(row[4]) == 64 for row in listed)
    assert listed[0][0] == "ae_trust_month_2016_2019.csv"


def test_the_ledger_gives_the_days_of_entry_and_exit(published_found: Evidence) -> None:
    rows = dict(tables_of(report_of(published_found))["The design of this run"].rows)
    assert "Recovery Support Programme, entered 1 July 2021 (known to the month)" in rows["Entry"]
    assert "left 1 March 2026 (known to the month), confidence high" in rows["Exit"]


def test_a_result_of_another_analysis_is_not_reported(own_run: RunRecord) -> None:
    other = own_run.model_copy(update={"document": {"analysis": "spc"}})
    with pytest.raises(
        Refusal, match=r"is of the analysis spc, and reports are written of its runs"
    ):
        result_of(other)


@pytest.mark.parametrize("field", ["effects", "series", "grade", "diagnostics", "mean_effect"])
def test_a_damaged_result_is_named_where_it_is_damaged(own_run: RunRecord, field: str) -> None:
    damaged = {name: value for name, value in own_run.result.items() if name != field}
    with pytest.raises(Refusal, match=rf"its result is damaged at {field} ") as refused:
        result_of(own_run.model_copy(update={"result": damaged}))
    assert refused.value.code == "BAD_RUN"


def test_a_run_on_own_rows_needs_them(own_run: RunRecord) -> None:
    with pytest.raises(Refusal, match=r"This run used own\.csv, which is not kept") as refused:
        gather(own_run)
    assert refused.value.code == "NEEDS_DATA"


def test_the_figure_has_every_period_and_its_words(own_found: Evidence) -> None:
    (figure,) = [one for one in report_of(own_found).lead if isinstance(one, Figure)]
    assert len(figure.points) == len(figure.data.rows) == 36
    assert [(one.place, one.word) for one in figure.rules] == [(20, "Entry")]
    assert "clear improvement" in figure.alt


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [(-0.04, "0.0", "0.0"), (1234.56, "1,234.6", "+1,234.6"), (-2.25, "−2.2", "−2.2")],
)
def test_amounts(value: float, plain: str, signed: str) -> None:
    amounts = Amounts("points", "points", 1)
    assert (amounts.plain(value), amounts.signed(value)) == (plain, signed)
    assert amounts.plain(None) == amounts.signed(None) == "–"


@pytest.mark.parametrize(
    ("label", "words"),
    [("2021-07", "Jul 2021"), ("2021-Q3", "Jul to Sep 2021"), ("17", "17"), ("-3", "-3")],
)
def test_periods(label: str, words: str) -> None:
    assert period_words(label) == words


def test_own_shares_are_in_per_cent(tmp_path: Path) -> None:
    """As the engine reckons: 3 of 4 is 75, not 0.75."""
    counts = [f"2022-{at % 12 + 1:02}" if at < 12 else f"2023-{at % 12 + 1:02}" for at in range(24)]
    lines = [f"{month},{300 + 7 * (at % 5)},400" for at, month in enumerate(counts)]
    rows = own(tmp_path, "period,numerator,denominator", *lines)
    document = {"analysis": "its", "interruptions": ["2023-01"], "method": "ols"}
    result = result_of(record_run(document, rows))
    assert amounts_of(None, result) == Amounts("percentage points", "per cent", 1)


def test_own_values_have_three_digits_of_the_largest(own_found: Evidence) -> None:
    assert own_found.amounts == Amounts("units of the file", "unit of the file", 1)


def test_a_rebound_stands_with_its_excess_and_sentence(published_found: Evidence) -> None:
    """Of +6 points, 4 were to be expected: an excess of 2, as the arithmetic has it."""
    assert published_found.background is not None
    rebound = EntryRebound("2021-07", Rebound(60.0, 6.0, 4.0, -1.5, 5.5), None)
    background = replace(published_found.background, rebounds=(rebound,))
    report = report_of(replace(published_found, background=background))
    caption = "Change a year after entry, in percentage points"
    assert tables_of(report)[caption].rows == (
        ("Jul 2021", "60.0", "+6.0", "+4.0", "+2.0", "−1.5 to +5.5"),
    )
    section = report.sections[SECTIONS.index("Regression to the mean")]
    texts = [one.text for one in section.blocks if isinstance(one, Paragraph)]
    assert texts[1].startswith("Of the 6.0 percentage points of improvement in the first year, 4.0")


def test_the_gap_is_to_the_median_of_its_type_in_the_last_period_used(
    published_found: Evidence, marts: duckdb.DuckDBPyConnection
) -> None:
    """June 2021, asked of the warehouse in another way."""
    values = read(marts, "period_values", indicator="ae_4h_all", period=date(2021, 6, 1))
    acute = values[values["org_type"] == "acute"].set_index("org_code")["value"]
    assert published_found.background is not None
    assert published_found.background.gap == pytest.approx(acute["RXW"] - acute.median())


def test_progress_is_shown_for_every_choice(own_run: RunRecord, own_rows: OwnData) -> None:
    seen: list[str] = []

    def watching(choices: Sequence[Choice]) -> Iterator[Choice]:
        for name, change in choices:
            seen.append(name)
            yield name, change

    found = gather(own_run, own_rows, watching)
    assert seen == [one.name for one in found.variants]
