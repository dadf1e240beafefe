"""The radar on made series: what is new, what was tested, what is left out and why."""

import numpy as np
import pandas as pd
import pytest

from indicators.charted import chart_values
from indicators.radar import Radar, radar_of
from indicators.radar_totals import radar_totals
from indicators.stats.cusum_alarms import new_alarm_chance
from indicators.stats.false_alarms import new_signal_chance, signal_chance
from tests.unit.indicators.made_radar import CATALOGUE, QUIET, organisations, radar, values

HIGHER, LOWER = "ae_4h_all", "ae_12h_dta"


def kinds(found: Radar, org: str) -> dict[str, bool]:
    """The kinds of signal of an organisation, and whether each is new."""
    rows = found.signals[found.signals["org_code"] == org]
    return dict(zip(rows["kind"], rows["is_new"], strict=True))


def shifted(number: int) -> list[float]:
    """A quiet series whose last `number` values lie a little above its mean."""
    return [*QUIET[:-1], *([51.0, 50.6] * 9)[:number]]


def test_a_quiet_series_gives_no_signal() -> None:
    found = radar({HIGHER: values({"A": QUIET})})
    assert found.signals.empty
    assert found.series == 1


def test_a_run_that_becomes_seven_long_is_new_and_one_of_eight_is_not() -> None:
    # QUIET[:-1] ends in 50, below the mean: so many values above it follow.
    assert kinds(radar({HIGHER: values({"A": shifted(6)})}), "A") == {}
    assert kinds(radar({HIGHER: values({"A": shifted(7)})}), "A") == {"shift": True}
    assert kinds(radar({HIGHER: values({"A": shifted(8)})}), "A") == {"shift": False}


def test_a_new_shift_tells_since_when_and_from_what_to_what() -> None:
    series = shifted(7)
    signal = radar({HIGHER: values({"A": series})}).signals.iloc[0]
    assert signal["since"] == pd.Timestamp("2025-11-01")
    assert signal["period"] == pd.Timestamp("2026-05-01")
    assert signal["before"] == pytest.approx(np.mean(series))
    assert (signal["value"], signal["direction"]) == (51.0, "better")
    assert signal["signal_id"] == "ae_4h_all.A.shift.2025-11"
    sigma = 2.66 * np.abs(np.diff(series)).mean() / 3
    assert signal["size"] == pytest.approx((51 - np.mean(series)) / sigma)


def test_what_is_better_is_the_indicators() -> None:
    worse = radar({LOWER: values({"A": shifted(7)})}).signals
    assert worse["direction"].tolist() == ["worse"]


def test_where_neither_side_is_better_only_rules_signal_and_name_no_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    neutral = CATALOGUE[HIGHER].model_copy(update={"better": "neither"})
    monkeypatch.setitem(CATALOGUE, HIGHER, neutral)
    crowd = {f"R{place}": [float(place)] * 24 for place in range(12)} | {"A": shifted(7)}
    found = radar({HIGHER: values(crowd)})
    assert set(found.tested["test"]) == {"chart"}
    assert found.signals["direction"].unique().tolist() == ["neutral"]


def test_a_point_outside_is_new_in_its_own_month_and_gone_the_next() -> None:
    assert kinds(radar({HIGHER: values({"A": [*QUIET, 70.0]})}), "A")["outside"]
    assert "outside" not in kinds(radar({HIGHER: values({"A": [*QUIET, 70.0, 50.0]})}), "A")


def test_a_trend_tells_of_its_first_and_last_value() -> None:
    rising = [50.1, 50.2, 50.3, 50.4, 50.5, 50.6, 50.7]
    found = radar({HIGHER: values({"A": [*QUIET, *rising]})})
    trend = found.signals[found.signals["kind"] == "trend"].iloc[0]
    assert trend["is_new"]
    assert (trend["before"], trend["value"]) == (50.1, 50.7)
    assert trend["since"] == pd.Timestamp("2025-11-01")
    assert "trend" not in kinds(radar({HIGHER: values({"A": [*QUIET, *rising[:-1]]})}), "A")


def crowd(number: int, **others: list[float]) -> dict[str, list[float]]:
    """Trusts at the values 1, 2, … that never change, and `others`."""
    return {f"R{place:02}": [float(place)] * 24 for place in range(1, number + 1)} | others


def test_the_worst_tenth_three_periods_running_is_new_once() -> None:
    """Of 20 trusts two are the worst tenth; where lower is better those of the highest value."""
    for months, said in ((2, None), (3, True), (4, False)):
        series = crowd(19, A=[0.0] * (24 - months) + [18.5] * months)
        found = radar({LOWER: values(series)})
        rows = found.signals[found.signals["kind"] == "worst_decile"]
        told = dict(zip(rows["org_code"], rows["is_new"], strict=True))
        assert told.get("A") is said
        assert told["R19"] is np.False_ or not told["R19"]
    signal = rows[rows["org_code"] == "A"].iloc[0]
    assert (signal["since"], signal["direction"]) == (pd.Timestamp("2026-02-01"), "worse")
    assert signal["before"] == 10.5
    assert signal["peers"] == 20


def test_a_month_without_a_figure_breaks_the_three() -> None:
    rows = values(crowd(19, A=[18.5] * 24))
    gone = (rows["org_code"] == "A") & (rows["period_start"] == "2026-04-01")
    found = radar({LOWER: rows[~gone]})
    assert "worst_decile" not in kinds(found, "A")
    tested = found.tested[found.tested["org_code"] == "A"]
    assert "worst_decile" not in set(tested["test"])


def test_nine_organisations_are_too_few_for_a_place_among_them() -> None:
    assert set(radar({LOWER: values(crowd(9))}).tested["test"]) == {"chart"}
    assert set(radar({LOWER: values(crowd(10))}).tested["test"]) == {
        "chart",
        "cusum",
        "worst_decile",
    }


def test_chance_of_the_worst_tenth_is_the_share_of_each_period_multiplied() -> None:
    tested = radar({LOWER: values(crowd(20))}).tested
    worst = tested[tested["test"] == "worst_decile"].iloc[0]
    assert worst["chance"] == pytest.approx(0.1**3)
    assert worst["chance_new"] == pytest.approx(0.1**3 * 0.9)


def test_chances_of_charts_and_sums_are_those_of_their_tables() -> None:
    tested = radar({LOWER: values(crowd(20))}).tested.set_index(["org_code", "test"])
    assert tested.loc[("R01", "chart"), "chance_new"] == float(new_signal_chance(24))
    assert tested.loc[("R01", "chart"), "chance"] == float(signal_chance(24))
    assert tested.loc[("R01", "cusum"), "chance_new"] == float(new_alarm_chance(24))


def test_who_falls_among_peers_gives_a_cusum_signal_that_grows_old() -> None:
    """From the third or fourth place of 40 to the last: far beyond five times one place."""
    for months, said in ((0, None), (1, True), (2, False)):
        moving = [3.5, 2.5] * 12
        found = radar({LOWER: values(crowd(39, A=[*moving[months:], *[90.0] * months]))})
        rows = found.signals[
            (found.signals["kind"] == "cusum") & (found.signals["org_code"] == "A")
        ]
        assert (None if rows.empty else bool(rows["is_new"].iloc[0])) is said


def test_a_series_with_over_a_fifth_of_its_periods_missing_is_judged_by_no_test() -> None:
    """Of 25 months five may be missing, six may not: who is last of all and far from before tells nothing."""
    months = pd.date_range(end="2026-05-01", periods=25, freq="MS")
    series = crowd(39, A=[*([3.5, 2.5] * 11), *[90.0] * 3])
    series = {
        org: [figures[0], *figures] if org != "A" else figures for org, figures in series.items()
    }
    for number, is_judged in ((5, True), (6, False)):
        rows = values(series)
        is_absent = rows["period_start"].isin(months[2 : 2 + number])
        found = radar({LOWER: rows[~((rows["org_code"] == "A") & is_absent)]})
        of_it = found.tested[found.tested["org_code"] == "A"]
        assert set(of_it["test"]) == ({"chart", "cusum", "worst_decile"} if is_judged else set())
        assert bool(kinds(found, "A")) is is_judged
        assert found.reasons == ({} if is_judged else {"gaps": 1})


def test_small_numerators_are_not_tested_and_counted() -> None:
    series = {"A": [*QUIET, 70.0]}
    assert len(radar({HIGHER: values(series, numerator=15)}).signals)
    found = radar({HIGHER: values(series, numerator=14)})
    assert found.signals.empty
    assert (found.reasons, found.series) == ({"small": 1}, 0)


def test_only_the_latest_numerator_counts() -> None:
    rows = values({"A": [*QUIET, 70.0]}, numerator=3)
    rows.loc[rows.index[-1], "numerator"] = 15
    assert kinds(radar({HIGHER: rows}), "A")["outside"]


def test_why_series_are_left_out() -> None:
    spike = [*QUIET, 70.0]
    late = values({"LATE": spike}, last="2026-04-01")
    rows = {
        HIGHER: pd.concat([values({"A": spike, "SHUT": spike, "FEW": [1.0, 2.0]}), late]),
        "ae_4h_t1": values({"A": spike}, last="2025-01-01"),
        "fte_change": values({"A": spike}),
    }
    everyone = organisations(["A", "SHUT", "FEW", "LATE"])
    shut = everyone["closed_on"].mask(everyone["org_code"] == "SHUT", pd.Timestamp("2026-05-02"))
    found = radar(rows, everyone.assign(closed_on=shut))
    assert found.reasons == {"excluded": 1, "old": 1, "closed": 1, "late": 1, "short": 1}
    assert found.signals["org_code"].unique().tolist() == ["A"]
    assert found.series == 1


def test_fifteen_months_are_not_yet_old() -> None:
    rows = {HIGHER: values({"A": QUIET}), "ae_4h_t1": values({"A": QUIET}, last="2025-02-01")}
    assert radar(rows).series == 2


def test_regions_and_england_have_no_peers_and_are_no_series() -> None:
    everyone = organisations(["A", "ENG"]).assign(org_type=["acute", "england"])
    found = radar({HIGHER: values({"A": QUIET, "ENG": [*QUIET[1:], 90.0]})}, everyone)
    assert (found.series, len(found.left_out), len(found.signals)) == (1, 0, 0)


def test_parts_of_a_radar() -> None:
    found = radar({HIGHER: values({"A": [*QUIET, 70.0], "B": [*QUIET, 70.0]})})
    part = found.of(pd.Index(["A"]))
    assert (part.series, set(part.signals["org_code"])) == (1, {"A"})
    assert found.only(["cusum"]).signals.empty
    assert found.only(["chart"]).series == 2


def test_totals_count_series_by_side_and_halve_what_has_no_side() -> None:
    both = {"A": [*QUIET, 70.0], "B": [*QUIET, 30.0], "C": [*QUIET, 50.0]}
    totals = radar_totals(radar({HIGHER: values(both)})).loc[HIGHER]
    assert totals[["series", "worse", "better", "neutral"]].tolist() == [3, 1, 1, 0]
    expected = 3 * float(new_signal_chance(25)) / 2
    assert totals[["expected_worse", "expected_better"]].tolist() == pytest.approx([expected] * 2)


def test_the_worst_tenth_is_expected_on_the_worse_side_only() -> None:
    found = radar({LOWER: values(crowd(20))}).only(["worst_decile"])
    totals = radar_totals(found).loc[LOWER]
    assert totals["expected_better"] == 0
    assert totals["expected_worse"] == pytest.approx(20 * 0.0009)


def test_frames_given_are_not_changed() -> None:
    charts = {HIGHER: chart_values(values(crowd(12, A=shifted(7))), CATALOGUE[HIGHER])}
    before = charts[HIGHER].points.copy()
    radar_of(charts, CATALOGUE, organisations(sorted(before["org_code"].unique())))
    pd.testing.assert_frame_equal(charts[HIGHER].points, before)


def test_who_changes_one_place_once_does_not_drift() -> None:
    """The first of 40 for two years, then second: the spread is one place at least."""
    found = radar({LOWER: values(crowd(39, A=[0.5] * 23 + [1.5]))})
    assert "cusum" not in kinds(found, "A")


def test_a_radar_of_nothing_answers_with_no_rows() -> None:
    found = radar({HIGHER: values({"A": [1.0, 2.0]})})
    assert (len(found.signals), len(found.tested), found.reasons) == (0, 0, {"short": 1})
