"""Cumulative sums: worked by hand, held to a plain loop, and their false alarms to a fresh simulation."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.cusum import SLACK, THRESHOLD, WINDOW, cusum
from indicators.stats.cusum_alarms import alarm_chance, new_alarm_chance, simulated
from indicators.stats.cusum_alarms_made import simulate
from settings import ROOT

ZIGZAG = [40.0, 60.0] * 6
"""Mean 50, standard deviation 10."""


def by_loop(values: list[float], least: float = 0.0) -> list[int]:
    """The same rule, a point at a time, written down from the docstring."""
    level, spread = np.mean(values[:12]), max(np.std(values[:12]), least)
    up = down = 0.0
    alarms = [0]
    for place, value in enumerate(values):
        if alarms[-1]:
            before = values[place - 12 : place]
            level = np.mean(before)
            higher = max(0, up + value - level - spread / 2)
            lower = min(0, down + value - level + spread / 2)
            if not (higher > up if alarms[-1] > 0 else lower < down):
                spread, up, down = max(np.std(before), least), 0.0, 0.0
        up = max(0, up + value - level - spread / 2)
        down = min(0, down + value - level + spread / 2)
        beyond = 5 * spread + 1e-9
        alarms.append(int(up > beyond) - int(down < -beyond) if spread > 1e-9 else 0)
    return alarms[1:]


def test_constants_are_those_of_the_method() -> None:
    assert (WINDOW, THRESHOLD, SLACK) == (12, 5.0, 0.5)


def test_a_series_worked_by_hand() -> None:
    """Slack 5, threshold 50. The sum is 5 at the last 60, then 20, 35, 50 (not beyond), 65: an alarm."""
    found = cusum(np.array([[*ZIGZAG, 70, 70, 70, 70, 70, 50]]))
    assert found.alarm[0].tolist() == [0] * 15 + [1, 1, 0]
    # Points 4 to 15: four times 40 and 60, four times 70.
    assert found.level[0, 16] == pytest.approx((4 * 40 + 4 * 60 + 4 * 70) / 12)
    assert found.spread[0, [15, 16]].tolist() == [10, 10]
    # The sum was last 0 at the 40 before the last 60 of the zigzag.
    assert found.began[0, [15, 16]].tolist() == [11, 11]
    # 50 lies below the level of the points before it: a new beginning.
    assert found.spread[0, 17] == pytest.approx(np.std([60, 40, 60, 40, 60, 40, 60, *[70] * 5]))


def test_falling_is_the_mirror_of_rising() -> None:
    values = np.array([[*ZIGZAG, 70, 70, 70, 70, 70, 50]])
    assert cusum(100 - values).alarm.tolist() == (-cusum(values).alarm).tolist()


def test_least_spread_keeps_a_small_step_silent() -> None:
    steady = np.array([[95.0] * 12 + [94.0] * 8])
    assert not cusum(steady).alarm.any()
    assert not cusum(steady, least_spread=2.0).alarm.any()
    assert cusum(steady, least_spread=0.2).alarm[0, -1] == -1


def test_short_series_and_blanks_at_the_end_raise_nothing() -> None:
    assert not cusum(np.array([[0.0, 9.0] * 5])).alarm.any()
    values = np.array([[*ZIGZAG, 70, 70, 70, 70], [*ZIGZAG, *[np.nan] * 4]])
    assert cusum(values).alarm[:, -1].tolist() == [1, 0]


points = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 3))


@given(
    st.lists(st.lists(points, min_size=20, max_size=20), min_size=1, max_size=6), st.floats(0, 5)
)
def test_equals_the_plain_loop(rows: list[list[float]], least: float) -> None:
    found = cusum(np.array(rows), least).alarm
    assert found.tolist() == [by_loop(row, least) for row in rows]


def test_equals_the_plain_loop_on_series_that_drift() -> None:
    random = np.random.default_rng(13)
    rows = random.standard_normal((200, 60)).cumsum(axis=1) / 3 + random.standard_normal((200, 60))
    found = cusum(rows).alarm
    assert (found != 0).mean() > 0.05
    assert found.tolist() == [by_loop(list(row)) for row in rows]


@given(st.lists(points, min_size=12, max_size=12))
def test_no_alarm_among_the_points_that_make_the_level(window: list[float]) -> None:
    assert not cusum(np.array([window])).alarm.any()


def test_the_table_agrees_with_a_fresh_simulation() -> None:
    fresh = simulate(0.4, groups=40, seed=99)
    chosen = fresh[fresh["points"].isin([24, 48, 96])]
    for what, chance in (("alarms", alarm_chance), ("new_alarms", new_alarm_chance)):
        share = chosen[what] / chosen["series"]
        assert share.to_numpy() == pytest.approx(chance(chosen["points"], 0.4), abs=0.012)


def test_the_more_alike_neighbours_are_the_more_false_alarms() -> None:
    chances = [float(new_alarm_chance(48, lag)) for lag in (0.0, 0.2, 0.4, 0.6, 0.8)]
    assert chances == sorted(chances)
    assert chances[0] == pytest.approx(0.0117, abs=0.0005)


def test_the_methods_page_prints_the_table() -> None:
    page = (ROOT / "docs" / "methods" / "signals.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) points \| (.*) \|$", page, flags=re.MULTILINE)
    assert [int(number) for number, _ in rows] == [13, 24, 48, 60]
    table = simulated().set_index(["points", "lag_one"])
    for number, cells in rows:
        found = table.loc[int(number)]
        shares = 100 * found["new_alarms"] / found["series"]
        assert [float(cell) for cell in re.findall(r"[\d.]+", cells)] == pytest.approx(
            shares, abs=0.0051
        )


def test_chances_lie_on_lines_between_the_simulated_ones() -> None:
    table = simulated().set_index(["lag_one", "points"])
    exact = table.loc[(0.2, 48)]
    assert float(alarm_chance(48, 0.2)) == exact["alarms"] / exact["series"]
    assert alarm_chance([12, 200]).tolist() == [0, float(alarm_chance(150))]
    middle = (float(alarm_chance(48, 0.0)) + float(alarm_chance(48, 0.2))) / 2
    assert float(alarm_chance(48, 0.1)) == pytest.approx(middle)
    with pytest.raises(ValueError, match=r"correlation of 0\.9"):
        alarm_chance(48, 0.9)
