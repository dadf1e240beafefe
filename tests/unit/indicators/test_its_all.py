"""Run for all: each row is the single analysis, refusals are told, and what stands beside is what it says."""

from functools import partial
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.analyses import its
from indicators.analyses.its_published import interrupted_rows
from indicators.analyses.refusal import Refusal
from indicators.entry_rebounds import entry_rebounds
from indicators.its_all import ENTRY_UNKNOWN, Question, Step, document_of, run_all
from indicators.its_all_rows import COLUMNS, Row, as_frame, estimated, far_words, refused
from indicators.its_all_words import NOT_POOLED, REASONS, lead_sentences, refusal_sentence
from indicators.its_stays import Stay, first_month, others_within, stays_of
from indicators.registry import load_all
from indicators.series import read_spells
from settings import Settings
from sql.reads import read
from tests.unit.indicators.made_frozen import spell, spells

CATALOGUE = load_all(Settings().catalogue_dir)
AE = CATALOGUE["ae_4h_all"]


@pytest.fixture(scope="module")
def ledger(marts: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return read_spells(marts)


@pytest.fixture(scope="module")
def entries(marts: duckdb.DuckDBPyConnection, ledger: pd.DataFrame) -> pd.DataFrame:
    return frame_of(Question((AE,), "entry"), ledger, marts)


@pytest.fixture(scope="module")
def exits(marts: duckdb.DuckDBPyConnection, ledger: pd.DataFrame) -> pd.DataFrame:
    return frame_of(Question((AE,), "exit"), ledger, marts)


def steps(question: Question, ledger: pd.DataFrame, marts: duckdb.DuckDBPyConnection) -> list[Step]:
    return list(run_all(question, ledger, partial(read, marts)))


def frame_of(
    question: Question, ledger: pd.DataFrame, marts: duckdb.DuckDBPyConnection
) -> pd.DataFrame:
    return as_frame([step.row for step in steps(question, ledger, marts)])


def single(org: str, interruptions: list[str], marts: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The analysis as the single view runs it."""
    spec = its.Spec(
        analysis="its",
        indicator="ae_4h_all",
        org=org,
        interruptions=tuple(interruptions),
        anticipation=2,
    )
    return its.run(spec, interrupted_rows(spec, marts))


def row_of(frame: pd.DataFrame, org: str) -> pd.Series:
    rows = frame[(frame["org_code"] == org) & frame["code"].isna()]
    assert len(rows) == 1
    return rows.iloc[0]


_NUMBERS = ["estimate", "se", "df", "ci_low", "ci_high", "favourable", "percent", "percent_low"]


@pytest.mark.parametrize(
    ("org", "interruptions"),
    [
        ("RTX", ["2021-08-18"]),
        ("RXN", ["2025-02-06"]),
        ("RXL", ["2025-02-06"]),
        ("RJZ", ["2017-12-11", "2022-12-06"]),
    ],
)
def test_an_entry_has_the_numbers_of_the_single_analysis(
    org: str, interruptions: list[str], entries: pd.DataFrame, marts: duckdb.DuckDBPyConnection
) -> None:
    alone, row = single(org, interruptions, marts), row_of(entries, org)
    effect = next(one for one in alone["effects"] if one["horizon"] == 12)
    assert row[_NUMBERS].tolist() == [effect[name] for name in _NUMBERS]
    assert (row["horizon"], row["period"]) == (12, effect["period"])
    assert (row["evidence"], row["grade"]) == (effect["evidence"], alone["grade"])
    assert (row["n_pre"], row["n_post"]) == (alone["n_pre"], alone["n_post"])
    placebo = alone["diagnostics"]["placebo_in_time"]
    told = (0, None) if placebo is None else (placebo["number"], placebo["p"])
    assert (row["placebos"], None if np.isnan(row["placebo_p"]) else row["placebo_p"]) == told
    assert row["warnings"] == " ".join(one["message"] for one in alone["warnings"])


def test_an_exit_has_those_of_the_second_interruption(
    exits: pd.DataFrame, marts: duckdb.DuckDBPyConnection
) -> None:
    alone, row = single("RJZ", ["2017-12-11", "2022-12-06"], marts), row_of(exits, "RJZ")
    effect = alone["later_interruptions"][0]["effects"][-1]
    assert row[_NUMBERS].tolist() == [effect[name] for name in _NUMBERS]
    assert [row["n_pre"], row["n_post"]] == alone["segments"][1:]
    assert np.isnan(row["excess"])


def test_where_a_year_is_not_observed_the_last_before_is_told(exits: pd.DataFrame) -> None:
    """Shrewsbury left in March 2026, and A&E figures end in May."""
    assert row_of(exits, "RXW")["horizon"] == 0


def test_a_refusal_is_that_of_the_single_analysis(
    entries: pd.DataFrame, marts: duckdb.DuckDBPyConnection
) -> None:
    row = entries[entries["spell_ids"] == "rsp-RX1-1"].iloc[0]
    with pytest.raises(Refusal) as refusal:
        single("RX1", ["2021-09-15"], marts)
    assert (row["code"], row["why"]) == ("TOO_MANY_GAPS", refusal.value.message)
    assert np.isnan(row["estimate"])
    assert set(entries["code"].dropna()) <= set(REASONS)


def test_an_exit_without_a_known_entry_is_refused(exits: pd.DataFrame) -> None:
    row = exits[exits["spell_ids"].str.contains("rsp-RCX-1")].iloc[0]
    assert row["code"] == ENTRY_UNKNOWN
    assert "not known to the month" in row["why"]


def test_each_stay_is_told_once_in_order_and_counted(
    ledger: pd.DataFrame, marts: duckdb.DuckDBPyConnection, entries: pd.DataFrame
) -> None:
    known = [stay for stay in stays_of(ledger) if stay.entry is not None]
    told = steps(Question((AE,), "entry", "RXR"), ledger, marts)
    assert [(step.done, step.of) for step in told] == [(1, 2), (2, 2)]
    assert len(entries) == len(known)
    assert entries["spell_ids"].is_unique
    assert entries["event_on"].is_monotonic_increasing


def test_the_excess_is_that_of_the_entry(
    ledger: pd.DataFrame, marts: duckdb.DuckDBPyConnection, entries: pd.DataFrame
) -> None:
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    table = entry_rebounds(
        values.assign(org_type=values["org_code"].map(types)), AE, ledger
    ).table.set_index("spell_id")
    row = row_of(entries, "RXN")
    expected = table.loc["rsp-RXN-1", ["excess", "ci_low", "ci_high"]].tolist()
    assert row[["excess", "excess_low", "excess_high"]].tolist() == expected


def test_a_spread_is_between_organisations_of_the_type_in_the_year_before(
    marts: duckdb.DuckDBPyConnection, entries: pd.DataFrame
) -> None:
    """Entry in February 2025: means of February 2024 to January 2025 of acute trusts."""
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    starts = values["period_start"]
    year = values[(starts >= "2024-02-01") & (starts < "2025-02-01")]
    acute = year[year["org_code"].map(types) == "acute"]
    spread = acute.groupby("org_code")["value"].mean().std()
    row = row_of(entries, "RXN")
    assert row["spreads"] == pytest.approx(row["estimate"] / spread)
    assert row["spreads_low"] == pytest.approx(row["ci_low"] / spread)


def test_for_an_indicator_that_is_better_low_a_fall_is_favourable(
    ledger: pd.DataFrame, marts: duckdb.DuckDBPyConnection
) -> None:
    lower = CATALOGUE["ae_12h_dta"]
    row = row_of(frame_of(Question((lower,), "entry", "RXR"), ledger, marts), "RXR")
    assert lower.better == "lower"
    assert row["estimate"] * row["spreads"] < 0
    assert row["spreads_low"] < row["spreads"] < row["spreads_high"]


def test_the_document_asks_for_a_year_whatever_the_period() -> None:
    stay = stays_of(made(spell("2023-03-20", "2024-05-02")))[0]
    assert document_of(AE, stay) == {
        "analysis": "its",
        "indicator": "ae_4h_all",
        "org": "A",
        "lineage": "as_was",
        "interruptions": ["2023-03-20", "2024-05-02"],
        "method": "reml_ar1",
        "seasonality": "auto",
        "covid": "pulse",
        "phase_in": 0,
        "anticipation": 2,
        "horizons": [0, 6, 12],
    }
    assert document_of(CATALOGUE["beds_occ_kh03"], stay)["horizons"] == [0, 2, 4]


def made(*given: dict[str, Any]) -> pd.DataFrame:
    """Spells with the date of the ledger as text and the short name of the programme."""
    frame = spells(*given)
    return frame.assign(
        entered_written=frame["entered_on"].dt.strftime("%Y-%m-%d"),
        left_written=frame["left_on"].dt.strftime("%Y-%m-%d"),
        programme_short=frame["programme"].str.upper(),
    )


def test_a_change_of_label_is_no_exit() -> None:
    measures = spell("2018-11-08", "2021-07-01", programme="qsm", left_kind="transferred")
    carried = spell("2021-07-01", "2024-03-20", transferred_from="QSM")
    again = spell("2025-06-01")
    first, second = stays_of(made(again, carried, measures))
    assert first.spell_ids == (measures["spell_id"], carried["spell_id"])
    assert (first.programmes, second.programmes) == ("QSM, then RSP", "RSP")
    assert first.interruptions == ["2018-11-08", "2024-03-20"]
    assert second.interruptions == ["2025-06-01"]
    assert first_month(first, "entry") == pd.Timestamp("2018-11-01")
    assert first_month(first, "exit") == pd.Timestamp("2024-04-01")


def test_a_stay_whose_end_no_source_gives_has_no_exit_even_if_a_part_of_it_ended() -> None:
    ended = spell("2016-01-01", "2017-03-01", programme="qsm")
    going_on = spell("2016-10-01", programme="fsm")
    (stay,) = stays_of(made(ended, going_on))
    assert (stay.entry, stay.exit, stay.ends) == ("2016-01-01", None, None)


def test_a_vague_date_is_no_interruption() -> None:
    (stay,) = stays_of(made(spell("2022-01-01", "2023-01-01", left_precision="year")))
    assert stay.interruptions == ["2022-01-01"]
    assert not stay.has("exit")


def test_other_stays_within_a_series_are_found() -> None:
    first, second = stays_of(made(spell("2016-01-01", "2018-01-01"), spell("2022-01-01")))

    def within(stay: Stay, begins: str) -> list[Stay]:
        span = (pd.Timestamp(begins), pd.Timestamp("2024-01-01"))
        return others_within(stay, [first, second], span)

    assert within(second, "2017-12-01") == [first]
    assert within(second, "2018-02-01") == []
    assert within(first, "2010-01-01") == [second]


def test_a_line_far_beyond_every_value_is_called_extrapolation() -> None:
    """Values from 60 to 80: half their range is 10."""
    values = [60.0, 70.0, 80.0]
    assert far_words(50.0, values) == ""
    assert far_words(90.0, values) == ""
    assert "would run to 49.9, far from every value of this series (60 to 80)" in far_words(
        49.9, values
    )


def told(evidence: str | None = None, spell: int = 1, **more: Any) -> Row:
    given = {"org_code": "A", "org_name": "Alpha", "programmes": "RSP", "spell_ids": f"a{spell}"}
    given |= {"interruptions": "2022-01"}
    side = {} if evidence is None else {"evidence": evidence, "estimate": 1.0, "favourable": 1.0}
    named = {"indicator_id": "ae_4h_all"}
    return Row(**given, event_on=pd.Timestamp("2022-01-01"), **(named | side | more))


def test_the_lead_counts_what_is_clear_and_what_chance_would_give() -> None:
    """2.5 % of 22 is 0.55."""
    rows = [told("clear improvement", spell) for spell in range(3)]
    rows += [told("uncertain", spell) for spell in range(3, 22)]
    rows += [told(None, spell, code="TOO_FEW_POINTS", why="Few.") for spell in range(22, 30)]
    assert lead_sentences(as_frame(rows), "entry") == [
        "22 of 30 entries known to the month could be estimated.",
        "3 of 22 show a clear improvement and 0 a clear worsening; by chance alone about 0.6 of each would.",
        NOT_POOLED["entry"],
    ]


def test_the_lead_sets_extrapolation_and_neutral_indicators_apart() -> None:
    rows = [told("clear improvement", is_extrapolated=True), told("clear rise", favourable=np.nan)]
    counted, neutral, far, apart = lead_sentences(as_frame(rows), "exit")[1:]
    assert counted.startswith("1 of 1 show a clear improvement")
    assert neutral.startswith("1 of 1 show a clear rise and 0 a clear fall (neither is better)")
    assert far.startswith("1 of these rests on a line carried on far")
    assert "not averaged" in apart


def test_for_many_indicators_the_lead_counts_series() -> None:
    rows = [told("uncertain"), told("uncertain", indicator_id="rtt_18w")]
    assert lead_sentences(as_frame(rows), "exit")[0] == (
        "2 of 2 series (2 indicators, 1 exit known to the month) could be estimated."
    )


def test_refusals_are_counted_by_reason() -> None:
    codes = ["TOO_FEW_POINTS", "NEEDS_DATA", "TOO_FEW_POINTS"]
    frame = as_frame([told("uncertain"), *(told(code=code, why="So.") for code in codes)])
    assert refusal_sentence(frame) == (
        "3 not estimated: 2 too few points before or after; 1 no figures published."
    )
    assert refusal_sentence(estimated(frame)) == ""
    assert (len(estimated(frame)), len(refused(frame))) == (1, 3)
    assert lead_sentences(refused(frame), "entry") == [
        "None of 1 entry known to the month could be estimated."
    ]


def test_no_rows_are_an_empty_table() -> None:
    assert as_frame([]).columns.tolist() == COLUMNS
