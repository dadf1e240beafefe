"""The screen of the embedded bundle: what today's data can and cannot tell."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from indicators.analyses.running import analyse
from indicators.registry import load_all
from indicators.runs.record import record_run
from indicators.runs.replay import replay
from indicators.screening import screen as screening
from indicators.screening.document import as_document
from indicators.screening.looks import Shelf
from indicators.screening.screen import Row, Screen, screened
from settings import Settings
from sql.reads import read

EVERYTHING = load_all(Settings().catalogue_dir)


@pytest.fixture(autouse=True)
def in_warehouse(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


@pytest.fixture(scope="module")
def screen(marts: duckdb.DuckDBPyConnection) -> Screen:
    wanted = ("ae_4h_t1", "cancer_104d", "beds_occ_kh03", "rtt_78w", "ss_morale", "nof_score")
    return screened(marts, {name: EVERYTHING[name] for name in wanted})


def row(screen: Screen, indicator: str, org_type: str = "acute") -> Row:
    return next(
        one
        for one in screen.rows
        if (one.looked.indicator_id, one.looked.org_type) == (indicator, org_type)
    )


def test_no_indicator_is_a_candidate_today(screen: Screen) -> None:
    assert {one.decision.name for one in screen.rows} == {"not assessable", "not supported"}


def test_one_staff_survey_is_no_series(screen: Screen) -> None:
    found = row(screen, "ss_morale").decision
    assert found.name == "not assessable"
    assert [fact.criterion for fact in found.because] == ["months"]


def test_78_week_waits_do_not_tell_trusts_apart_reliably(screen: Screen) -> None:
    found = row(screen, "rtt_78w").decision
    assert (found.name, [fact.criterion for fact in found.because]) == (
        "not supported",
        ["reliability"],
    )


def test_bed_occupancy_has_entrants_enough_and_no_excess(screen: Screen) -> None:
    found = row(screen, "beds_occ_kh03")
    assert found.looked.response.entrants == 31
    excess = found.looked.response.excess.estimate
    assert excess is not None
    assert excess.low is not None and excess.high is not None
    assert excess.low < 0 < excess.high
    assert found.decision.name == "not supported"


def test_discrimination_from_the_values_anew(
    screen: Screen, marts: duckdb.DuckDBPyConnection
) -> None:
    """104-day waits of acute trusts, 2025/26: pairs of trusts in different segments, quarter by quarter."""
    rows = read(marts, "segment_values", indicator="cancer_104d")
    rows = rows[(rows["era_id"] == "R2") & (rows["org_type"] == "acute")]
    right = compared = 0.0
    for _, part in rows.groupby("quarter_start"):
        value, segment = part["value"].to_numpy(dtype=float), part["segment"].to_numpy()
        better = segment[:, None] < segment[None, :]
        less = value[:, None] < value[None, :]
        ties = value[:, None] == value[None, :]
        right += (better * (less + ties / 2)).sum()
        compared += better.sum()
    found = row(screen, "cancer_104d").looked.told
    assert found.era == "R2"
    assert found.found.ordinal.estimate is not None
    assert found.found.ordinal.estimate.value == pytest.approx(right / compared)


def test_the_frameworks_own_score_is_circular(screen: Screen) -> None:
    assert row(screen, "nof_score").looked.told.found.is_circular


@pytest.mark.parametrize("indicator", ["ae_4h_t1", "beds_occ_kh03"])
def test_the_pooled_effect_is_that_of_the_analysis(screen: Screen, indicator: str) -> None:
    told = analyse({"analysis": "pooled", "indicator": indicator, "org_type": "acute"})
    found = row(screen, indicator).looked.entered.effect.pooled
    assert found is not None
    side = {"higher": 1, "lower": -1}[EVERYTHING[indicator].better]
    assert found.estimate.value == pytest.approx(side * told["pooled"]["estimate"], rel=1e-12)
    ends = sorted(side * told["shared_controls"][end] for end in ("ci_low", "ci_high"))
    assert [found.estimate.low, found.estimate.high] == pytest.approx(ends, rel=1e-12)
    spread = (told["shared_controls"]["se"], told["pooled"]["tau"])
    assert (found.se, found.tau) == pytest.approx(spread, rel=1e-12)
    effects = told["units"]
    clear = [side * one["effect"] - 1.959964 * one["se"] > 0 for one in effects]
    assert (found.units, found.favourable) == (len(effects), sum(clear) / len(clear))


def test_too_few_that_left_can_be_judged_for_an_effect_of_leaving(screen: Screen) -> None:
    found = row(screen, "beds_occ_kh03").looked.at_exit
    assert found.effect is None
    assert found.why.startswith("13 that left and 18 beside them have figures enough")


def as_text(screen: Screen) -> str:
    return json.dumps(as_document(screen))


def test_a_screen_that_is_cut_off_goes_on_and_gives_the_same_to_the_last_digit(
    marts: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {name: EVERYTHING[name] for name in ("amb_ho_15", "nctr_share", "ss_morale")}
    whole = screened(marts, wanted)
    looked: list[str] = []
    actual = screening.read_figures

    def counted(connection: Any, indicator: Any, context: Any) -> Any:
        looked.append(indicator.indicator_id)
        return actual(connection, indicator, context)

    def cut_off(done: int, number: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(screening, "read_figures", counted)
    with pytest.raises(KeyboardInterrupt):
        screened(marts, wanted, cut_off, shelf=Shelf(tmp_path))
    first = list(looked)
    again = screened(marts, wanted, shelf=Shelf(tmp_path))
    assert len(first) == 2
    assert sorted(looked) == sorted(wanted)
    assert as_text(again) == as_text(whole)
    assert as_text(screened(marts, wanted, shelf=Shelf(tmp_path))) == as_text(whole)
    assert len(looked) == 3


def test_a_damaged_file_on_the_shelf_is_looked_at_again(
    marts: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    wanted = {"ss_morale": EVERYTHING["ss_morale"]}
    whole = screened(marts, wanted, shelf=Shelf(tmp_path))
    (file,) = tmp_path.iterdir()
    for content in (file.read_bytes()[:100], b"", b"no pickle"):
        file.write_bytes(content)
        assert as_text(screened(marts, wanted, shelf=Shelf(tmp_path))) == as_text(whole)


def test_one_indicator_as_an_analysis_is_its_row_of_the_screen_and_replays(screen: Screen) -> None:
    """What comes of comparing is not in it, and it says so."""
    document = {"analysis": "screen", "indicator": "cancer_104d", "org_type": "acute"}
    run = record_run(document)
    (alone,) = run.result["rows"]
    rows = json.loads(as_text(screen))["rows"]
    among_all = next(
        one for one in rows if (one["indicator_id"], one["org_type"]) == ("cancer_104d", "acute")
    )
    compared = {"q", "q_dependent", "ranks", "cluster", "class", "because", "facts"}
    assert alone == {name: part for name, part in among_all.items() if name not in compared}
    assert [one["code"] for one in run.result["warnings"]] == ["NOT_COMPARED"]
    found = replay(run)
    assert (found.moved, found.changed) == ([], [])


def months(days: pd.Series) -> pd.Series:
    """The first month exposed to a day, as year times 12 plus month from 0."""
    return days.dt.year * 12 + days.dt.month - 1 + (days.dt.day > 15)


def acute_stays(marts: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The first spell of each stay of acute trusts: it begins after the last day of all before it."""
    spells = read(marts, "spells")
    mine = spells[spells["type_today"].fillna(spells["org_type"]) == "acute"]
    begins = mine["entered_earliest"].fillna(mine["programme_started_on"])
    ends = mine["left_latest"].fillna(mine["programme_ended_on"]).fillna(pd.Timestamp("2100-01-01"))
    ordered = mine.assign(begins=begins, ends=ends).sort_values(["org_code", "begins", "spell_id"])
    kept = []
    for _, part in ordered.groupby("org_code"):
        before = [part["ends"].iloc[:place].max() for place in range(len(part))]
        kept.append(
            part[[not begun <= last for begun, last in zip(part["begins"], before, strict=True)]]
        )
    return pd.concat(kept)


def test_the_steps_recounted_from_register_and_figures(
    screen: Screen, marts: duckdb.DuckDBPyConnection
) -> None:
    """Four-hour waits of acute trusts: stays, those dated, and with nine of twelve months on both sides."""
    figures = read(marts, "lineage_values", indicator="ae_4h_t1", lineage="as_was")
    figures = figures[figures["denominator"] >= EVERYTHING["ae_4h_t1"].quality.min_denominator]
    held = set(zip(figures["org_code"], months(figures["period_start"]), strict=True))
    stays = acute_stays(marts)
    dated = stays[stays["entered_precision"].isin(["day", "month"])]
    sides = [
        [
            sum((org, month) in held for month in range(at + first, at + first + 12))
            for first in (-12, 0)
        ]
        for org, at in zip(dated["org_code"], months(dated["entered_on"]), strict=True)
    ]
    counted = len(stays), len(dated), sum(min(each) >= 9 for each in sides)
    steps = row(screen, "ae_4h_t1").looked.steps["entry"].everyone
    assert (steps.on_record, steps.dated, steps.covered) == counted == (62, 37, 12)


def test_the_last_step_is_who_the_criteria_judge(screen: Screen) -> None:
    for one in screen.rows:
        everyone = one.looked.steps["entry"].everyone
        assert everyone.judged == one.looked.response.entrants
        pooled = one.looked.response.pooled
        assert pooled is None or pooled.units == everyone.pooled
        left = sum(number for _, number in everyone.reasons)
        assert everyone.on_record == everyone.judged + left


def test_the_gap_of_waiting_lists_is_named(marts: duckdb.DuckDBPyConnection) -> None:
    """No file gathered has April 2017 to March 2018 (docs/data_log.md), which entries of 2017 need."""
    found = screened(marts, {"rtt_wl": EVERYTHING["rtt_wl"]})
    (missing,) = row(found, "rtt_wl").looked.steps["entry"].missing
    assert (missing.months, missing.entries) == ("April 2017 to March 2018", 6)
