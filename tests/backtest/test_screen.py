"""The screen of the embedded bundle: what today's data can and cannot tell."""

import duckdb
import pytest

from indicators.registry import load_all
from indicators.screening.screen import Row, Screen, screened
from settings import Settings
from sql.reads import read


@pytest.fixture(scope="module")
def screen(marts: duckdb.DuckDBPyConnection) -> Screen:
    wanted = ("ae_4h_t1", "cancer_104d", "beds_occ_kh03", "rtt_78w", "ss_morale", "nof_score")
    everything = load_all(Settings().catalogue_dir)
    return screened(marts, {name: everything[name] for name in wanted})


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
