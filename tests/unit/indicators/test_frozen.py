"""Charts frozen at entry, those frozen with them, shadows, and what is compared."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.definition import Indicator
from indicators.frozen import NO_FIGURES, NO_SIDE, FrozenCharts, frozen_charts
from indicators.frozen_compared import Comparison, compare
from indicators.registry import load_all
from settings import Settings
from tests.unit.indicators.made_frozen import FLAT, organisations, spell, spells, values


@pytest.fixture(scope="module")
def indicator() -> Indicator:
    """Four-hour waits, without changes of definition."""
    return load_all(Settings().catalogue_dir)["ae_4h_all"].model_copy(update={"breaks": ()})


ENTRY = spell("2023-01-10", org_code="E")
"""Entered in the thirteenth month of figures that start in January 2022."""


def charted(indicator: Indicator, *series: pd.DataFrame, **more: Any) -> FrozenCharts:
    codes = [frame["org_code"].iloc[0] for frame in series]
    given = {"spells": spells(ENTRY), "organisations": organisations(*codes)} | more
    return frozen_charts(pd.concat(series), indicator, **given)


def only(charts: FrozenCharts) -> Any:
    return charts.signals.iloc[0]


def test_an_entrant_has_its_time_to_signal_and_its_watch(indicator: Indicator) -> None:
    found = only(charted(indicator, values("E", *FLAT, 61, 61, 70, 70, 61)))
    assert (found["improved_after"], found["watched"], found["is_signal"]) == (2, 5, True)
    assert np.isnan(found["censored_at"])
    assert (found["ended_by"], found["has_limits"]) == ("unknown", True)


def test_without_a_signal_the_watch_is_censored_where_it_ended(indicator: Indicator) -> None:
    left = spells(spell("2023-01-10", "2023-04-02", org_code="E"))
    found = only(charted(indicator, values("E", *FLAT, *[61] * 6), spells=left))
    assert (found["censored_at"], found["ended_by"], found["is_signal"]) == (3, "left", False)


def test_concern_that_came_first_is_marked(indicator: Indicator) -> None:
    later = charted(indicator, values("E", *FLAT, 50, 50, 61, 70, 70))
    assert only(later)[["worsened_after", "improved_after", "is_concern_first"]].tolist() == [
        *(0, 3),
        True,
    ]
    sooner = charted(indicator, values("E", *FLAT, 70, 70, 61, 50, 50))
    assert not only(sooner)["is_concern_first"]


def test_a_change_of_definition_ends_the_watch(indicator: Indicator) -> None:
    changed = indicator.model_copy(
        update={
            "breaks": load_all(Settings().catalogue_dir)["rtt_wl"].breaks  # February 2024
        }
    )
    found = only(charted(changed, values("E", *FLAT, *[61] * 13, 70, 70, 70)))
    assert (found["watched"], found["ended_by"], found["is_signal"]) == (13, "break", False)


def test_every_spell_has_a_row_and_says_why_it_has_no_time(indicator: Indicator) -> None:
    many = spells(ENTRY, spell("2023-01-10", org_code="N"), spell("2022-11-10", org_code="F"))
    found = charted(
        indicator, values("E", *FLAT, 61, 61), values("F", *FLAT, 61, 61), spells=many
    ).signals.set_index("org_code")
    assert pd.isna(found.loc["E", "why_not"])
    assert found.loc["N", "why_not"] == NO_FIGURES
    few = "limits need 12 figures before entry; there are 10"
    assert found.loc["F", "why_not"] == few
    assert found.loc["F", ["watched", "ended_by"]].isna().all()


def test_where_neither_side_is_better_there_are_limits_but_no_time(indicator: Indicator) -> None:
    neutral = indicator.model_copy(update={"better": "neither"})
    charts = charted(neutral, values("E", *FLAT, 70, 70))
    assert only(charts)[["why_not", "has_limits"]].tolist() == [NO_SIDE, True]
    assert charts.points["kind"].tolist()[-2:] == ["neutral", "neutral"]


def test_of_a_rolling_figure_no_time_is_told(indicator: Indicator) -> None:
    rolling = indicator.model_copy(update={"rolling_k": 12})
    charts = charted(rolling, values("E", *FLAT, 70, 70))
    assert "shares 11 of its 12 periods" in only(charts)["why_not"]
    assert set(charts.points["kind"]) == {"common_cause"}
    assert charts.points["is_trial"].all()


def test_values_of_too_few_cases_are_left_out(indicator: Indicator) -> None:
    rows = values("E", *FLAT, 70, 70).assign(denominator=[*[20] * 12, 19, 20])
    assert len(charted(indicator, rows).points) == 13


def test_points_are_what_a_control_chart_draws(indicator: Indicator) -> None:
    points = charted(indicator, values("E", *FLAT, 61, 70)).points
    assert points["is_baseline"].tolist() == [True] * 12 + [False] * 2
    assert points["target"].unique().tolist() == [95]
    assert points["kind"].tolist()[-1] == "improvement"
    assert points["phase"].unique().tolist() == [0]
    assert not points["is_trial"].any()


def test_comparators_are_frozen_at_the_same_month_and_watched_as_long(
    indicator: Indicator,
) -> None:
    # N improves in month 1, L in month 2 when E is no longer watched, S has figures for one month too few.
    charts = charted(
        indicator,
        values("E", *FLAT, 61, 61, 61),
        values("N", *FLAT, 61, 70, 70, 70),
        values("L", *FLAT, 61, 61, 70, 70),
        values("S", *FLAT, 61, 70),
    )
    beside = charts.beside.set_index("org_code")
    assert sorted(beside.index) == ["L", "N"]
    assert beside.loc["N", "improved_after"] == 1
    assert np.isnan(beside.loc["L", "improved_after"])
    assert beside["watched"].tolist() == [3, 3]


def test_of_quarters_too_a_comparator_is_watched_no_longer_than_the_spell(
    indicator: Indicator,
) -> None:
    quarterly = indicator.model_copy(update={"cadence": "quarter"})

    def quarters(org: str, *figures: float) -> pd.DataFrame:
        starts = pd.date_range("2021-04-01", periods=len(figures), freq="QS")
        return values(org, *figures).assign(period_start=starts)

    # Entered in May 2024; figures of two quarters from then on, while those of the others go on.
    entered = spells(spell("2024-05-10", org_code="E"))
    charts = charted(
        quarterly,
        quarters("E", *FLAT, 61, 61),
        quarters("N", *FLAT, 61, 70, 70),
        quarters("M", *FLAT, 61, 61, 70),
        spells=entered,
    )
    assert only(charts)["watched"] == 6
    assert charts.beside["watched"].tolist() == [6, 6]
    assert charts.beside["improved_after"].isna().all()


def test_nobody_ever_in_a_programme_is_a_comparator_nor_what_it_became(
    indicator: Indicator,
) -> None:
    series = [values(code, *FLAT, 61, 61, 61) for code in ("E", "Q", "M", "N")]
    many = spells(ENTRY, spell(None, org_code="Q"))
    codes = organisations("E", "Q", "M", "N", successors={"Q": "M"})
    charts = charted(indicator, *series, spells=many, organisations=codes)
    assert charts.beside["org_code"].tolist() == ["N"]


def test_another_type_is_no_comparator(indicator: Indicator) -> None:
    series = [values(code, *FLAT, 61, 61, 61) for code in ("E", "N")]
    codes = organisations("E", "N").assign(org_type=["acute", "ambulance"])
    assert charted(indicator, *series, organisations=codes).beside.empty


def test_a_shadow_has_the_same_level_and_slope_in_the_year_before(indicator: Indicator) -> None:
    rise = list(np.linspace(60, 64, 12))
    series = {
        "E": rise,
        "near": [figure + 0.1 for figure in rise],
        "far": [figure + 9 for figure in rise],
        "falls": [*reversed(rise[3:]), 62.6, 63.6, 64.0],
        "jumps": [*rise[:11], 80.0],
    }
    charts = charted(indicator, *(values(code, *f, 61, 61, 61) for code, f in series.items()))
    is_shadow = charts.beside.set_index("org_code")["is_shadow"]
    assert is_shadow[is_shadow].index.tolist() == ["near"]


def test_a_gap_in_the_year_before_makes_no_shadow(indicator: Indicator) -> None:
    rise = [*FLAT, *np.linspace(60, 64, 12)]
    whole, gap = values("E", *rise, 61, 61, 61), values("N", *rise, 61, 61, 61).drop(index=20)
    later = spells(spell("2024-01-10", org_code="E"))
    others = [
        values(code, *[figure + far for figure in rise], 61, 61, 61)
        for code, far in (("O", 5), ("P", 9))
    ]
    charts = charted(indicator, whole, gap, *others, spells=later)
    assert not charts.beside["is_shadow"].any()


def compared(indicator: Indicator) -> Comparison:
    """One entrant that improved after 2 months; of its four comparators one did, at once."""
    others = [values(code, *FLAT, *[61] * 5) for code in ("N1", "N2", "N3")]
    improved = values("N4", *FLAT, 70, 70, 61, 61, 61)
    return compare(charted(indicator, values("E", *FLAT, 61, 61, 70, 70, 61), improved, *others))


def test_shares_of_entrants_and_of_those_frozen_with_them(indicator: Indicator) -> None:
    found = compared(indicator)
    entrants = found.share("entrants", "improvement", 24)
    assert entrants[["spells", "signalled", "share"]].tolist() == [1, 1, 1.0]
    never = found.share("never", "improvement", 24)
    assert never[["spells", "signalled", "share"]].tolist() == [1, 1, 0.25]
    assert 0 <= never["ci_low"] <= 0.25 <= never["ci_high"] <= 1
    assert found.share("never", "concern", 12)["share"] == 0


def test_curves_count_a_signal_at_the_end_of_its_first_month(indicator: Indicator) -> None:
    found = compared(indicator)
    own = found.curves["entrants", "improvement"]
    assert (own.times["stop"].tolist(), own.by(2).estimate, own.by(3).estimate) == ([3], 0, 1)
    others = found.curves["never", "improvement"]
    # Five months watched: the last can begin no signal of two.
    assert sorted(others.times["stop"]) == [1, 4, 4, 4]
    assert (others.by(1).estimate, others.watched_at(2)) == (0.25, 3)


def test_beyond_the_longest_watch_no_share_is_known(indicator: Indicator) -> None:
    found = compared(indicator)
    assert found.curves["never", "improvement"].by(12).estimate is None
    assert found.curves["never", "concern"].by(12).estimate is None
    assert found.curves["never", "concern"].by(4).estimate == 0
    assert found.curves["entrants", "improvement"].by(12).estimate == 1


def test_where_nobody_can_be_compared_the_share_is_missing(indicator: Indicator) -> None:
    found = compare(charted(indicator, values("E", *FLAT, 61, 61, 61)))
    assert np.isnan(found.share("never", "improvement", 24)["share"])
    assert found.share("shadows", "improvement", 24)["spells"] == 0
