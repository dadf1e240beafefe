"""The screen of the embedded bundle: what today's data can and cannot tell."""

import json
from pathlib import Path
from typing import Any

import duckdb
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
