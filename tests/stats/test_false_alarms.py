"""How often chance alone signals: the table held to new simulations, to the engine itself and by hand."""

import numpy as np
import pandas as pd
import pytest

from indicators.stats.control_chart import control_charts
from indicators.stats.false_alarms import new_signal_chance, signal_chance, simulated
from indicators.stats.false_alarms_made import POINTS, SERIES, simulate
from indicators.stats.spc import Options
from indicators.stats.spc_rules import RULES

SETTINGS = [(rules, length) for rules in ("mdc", "plotthedots") for length in (6, 7)]


def chances(points: int, rules: str, length: int) -> dict[str, float]:
    return {
        "signals": float(signal_chance(points, rules, length)),  # type: ignore[arg-type]
        "new_signals": float(new_signal_chance(points, rules, length)),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("points", [24, 57])
def test_another_simulation_gives_the_same_chances(points: int) -> None:
    """24 stands in the table, 57 between two of it; four standard errors of the difference."""
    number = 100_000
    for row in simulate(points, number, seed=99).itertuples():
        for name, chance in chances(points, row.rules, row.run_length).items():
            error = np.sqrt(chance * (1 - chance) * (1 / number + 1 / SERIES))
            assert getattr(row, name) / number == pytest.approx(chance, abs=4 * error)


@pytest.mark.parametrize(("rules", "length"), SETTINGS)
def test_the_simulation_counts_what_the_charts_show(rules: str, length: int) -> None:
    points, number = 20, 5_000
    value = np.random.default_rng([3, points]).standard_normal((number, points))
    frame = pd.DataFrame({"series": np.repeat(np.arange(number), points), "value": value.ravel()})
    frame = frame.assign(phase=0, improvement=1, target=np.nan)
    options = Options(rules, run_length=length)  # type: ignore[arg-type]
    is_last = np.arange(len(frame)) % points == points - 1
    ends = [
        control_charts(part, options).points.groupby("series")[list(RULES)].last().to_numpy() != 0
        for part in (frame, frame[~is_last])
    ]
    counted = simulate(points, number, seed=3).set_index(["rules", "run_length"]).loc[rules, length]
    assert counted["signals"] == ends[0].any(axis=1).sum()
    assert counted["new_signals"] == (ends[0] & ~ends[1]).any(axis=1).sum()


def test_the_table_is_whole_and_its_error_small() -> None:
    table = simulated()
    assert len(table) == len(SETTINGS) * len(POINTS)
    for setting, rows in table.groupby(["rules", "run_length"]):
        assert setting in SETTINGS
        assert rows["points"].tolist() == list(POINTS)
    assert (table["series"] == SERIES).all()
    for name in ("signals", "new_signals"):
        chance = table[name] / table["series"]
        assert (np.sqrt(chance * (1 - chance) / SERIES) < 0.0002).all()
    assert (table["new_signals"] < table["signals"]).all()


def test_a_run_of_six_comes_up_more_often_than_one_of_seven() -> None:
    for rules in ("mdc", "plotthedots"):
        points = np.array(POINTS)
        assert (signal_chance(points, rules, 6) > signal_chance(points, rules, 7)).all()  # type: ignore[arg-type]


def test_the_chance_of_a_long_series_is_near_what_limits_known_for_certain_give() -> None:
    """Rules at one point, limits 2.66 x 1.128 = 3.0005 SD off a known mean, runs of seven.

    Outside 0.0027; shift 2/2^7 = 0.0156; trend 2/7! = 0.0004; near limits 2.0003 SD off, q = 0.02273, and two
    of three with the last beyond and all on one side: 2q(q² + 2q(1/2 − q)) = 0.0010. Together at most 0.0197,
    less what they share.
    """
    assert 0.0156 < signal_chance(150) < 0.0197


def test_shapes_few_points_and_many() -> None:
    found = signal_chance([[12, 13], [150, 900]])
    assert found.shape == (2, 2)
    assert found[0, 0] == 0 < found[0, 1]
    assert found[1, 0] == found[1, 1]
    assert new_signal_chance([1, 12]).tolist() == [0, 0]
    between = signal_chance([40, 42, 44])
    assert between[1] == pytest.approx((between[0] + between[2]) / 2)


def test_other_rules_have_no_chances() -> None:
    with pytest.raises(ValueError, match="runs of 8"):
        signal_chance(20, run_length=8)
