"""Limits frozen at entry on the published figures, reckoned again in plain Python from the series alone."""

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from indicators.frozen import FrozenCharts, frozen_charts
from indicators.frozen_compared import Comparison, compare
from indicators.registry import load_all
from indicators.series import read_spells
from indicators.stats.spc import Options
from settings import Settings
from sql.reads import read
from tests.stats.charts import labels_word_by_word

MASKED = [date(2020, month, 1) for month in range(3, 13)] + [
    date(2021, month, 1) for month in (1, 2, 3)
]
WATCHES = {
    # Register: first month exposed, first month no longer watched (exit, a changed definition in August
    # 2020, or after the last figures of May 2026), and months from entry to improvement and to concern.
    "fsm-RJL-1": ("2017-04", "2020-08", None, 18),
    "rsp-RXR-1": ("2025-02", "2026-06", 0, None),
    "fsm-RJE-1": ("2017-04", "2020-08", 12, 8),
    "qsm-R1F-1": ("2017-04", "2020-08", None, 14),
    "qsm-RNQ-1": ("2017-04", "2019-05", None, 6),
    "qsm-REF-1": ("2017-10", "2020-04", 3, None),
    "fsm-RJZ-1": ("2017-12", "2020-08", None, 0),
    "qsm-RXW-1": ("2018-11", "2020-08", None, 0),
    "rsp-QE1-1": ("2025-02", "2026-06", 0, 11),
    "rsp-RXL-1": ("2025-02", "2026-06", 13, 2),
    "rsp-RXN-1": ("2025-02", "2026-06", None, None),
}


@pytest.fixture(scope="module")
def values(marts) -> pd.DataFrame:
    return read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")


@pytest.fixture(scope="module")
def organisations(marts) -> pd.DataFrame:
    return read(marts, "organisations")


@pytest.fixture(scope="module")
def charts(marts, values: pd.DataFrame, organisations: pd.DataFrame) -> FrozenCharts:
    indicator = load_all(Settings().catalogue_dir)["ae_4h_all"]
    return frozen_charts(values, indicator, read_spells(marts), organisations)


@pytest.fixture(scope="module")
def comparison(charts: FrozenCharts) -> Comparison:
    return compare(charts)


def series(values: pd.DataFrame, org: str) -> dict[date, float]:
    own = values[values["org_code"] == org]
    return {day.date(): value for day, value in zip(own["period_start"], own["value"], strict=True)}


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def reckon(
    figures: dict[date, float], entry: str, end: str
) -> tuple[int, int | None, int | None] | None:
    """Watched months, and months to improvement and to concern; None with fewer than 12 figures before."""
    begins, ends = first_of(entry), first_of(end)
    # A&E changed its definition in August 2020, and no baseline reaches across it.
    floor = date(2020, 8, 1) if begins >= date(2020, 8, 1) else date(2000, 1, 1)
    before = [v for day, v in figures.items() if floor <= day < begins and day not in MASKED][-20:]
    watched = {d: v for d, v in figures.items() if begins <= d < ends and d not in MASKED}
    if len(before) < 12 or len(watched) < 2:
        return None
    mean = sum(before) / len(before)
    # Two points on the mean keep runs of the baseline out of those after entry.
    told = labels_word_by_word(
        [*before, mean, mean, *watched.values()], Options(fix_after=len(before))
    )[len(before) + 2 :]
    days = list(watched)
    # None of these watches goes on after the masked months, so all their points are neighbours.
    first: dict[int, int | None] = {1: None, -1: None}
    for side in first:
        lasting = [
            day
            for day, (one, other) in zip(days, pairwise(told), strict=False)
            if one[1] == side and other[1] == side
        ]
        first[side] = months_between(begins, lasting[0]) if lasting else None
    return months_between(begins, days[-1]) + 1, first[1], first[-1]


def months_between(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month


def number(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def test_the_limits_of_shrewsbury_are_those_of_the_twenty_months_before_november_2018(
    charts: FrozenCharts, values: pd.DataFrame
) -> None:
    figures = series(values, "RXW")
    before = [v for day, v in figures.items() if date(2017, 3, 1) <= day <= date(2018, 10, 1)]
    assert len(before) == 20
    mean = sum(before) / 20
    ranges = [abs(later - sooner) for sooner, later in pairwise(before)]
    away = 2.66 * sum(ranges) / 19
    points = charts.points[charts.points["spell_id"] == "qsm-RXW-1"]
    assert points["mean"].unique().tolist() == pytest.approx([mean])
    assert points["lower"].unique().tolist() == pytest.approx([mean - away])
    assert (round(mean, 4), round(mean - away, 4)) == (74.2315, 67.3974)
    assert points["period_start"].max().date() == date(2026, 5, 1)


def test_shrewsbury_never_signalled_improvement_and_was_below_the_limit_from_the_second_month(
    charts: FrozenCharts,
) -> None:
    points = charts.points[charts.points["spell_id"] == "qsm-RXW-1"].set_index("period_start")
    assert points.loc["2018-12-01", "value"] < points.loc["2018-12-01", "lower"]
    assert points.loc["2018-12-01", "outside"] == -1
    row = charts.signals.set_index("spell_id").loc["qsm-RXW-1"]
    assert (row["watched"], row["worsened_after"], row["ended_by"]) == (16, 0, "break")
    # The record low attendances of spring 2020 lie above the upper limit and are not counted.
    assert points.loc["2020-05-01", "value"] > points.loc["2020-05-01", "upper"]
    assert points.loc["2020-05-01", "kind"] == "common_cause"


def test_the_spell_carried_over_in_july_2021_is_no_entry(charts: FrozenCharts) -> None:
    row = charts.signals.set_index("spell_id").loc["rsp-RXW-1"]
    assert "carried over" in row["why_not"]
    assert not row["has_limits"]


def test_every_time_to_signal_is_as_reckoned_in_plain_python(
    charts: FrozenCharts, values: pd.DataFrame
) -> None:
    told = charts.signals[charts.signals["why_not"].isna()].set_index("spell_id")
    assert set(told.index) == set(WATCHES)
    for spell, (entry, end, improved, worsened) in WATCHES.items():
        row = told.loc[spell]
        again = reckon(series(values, row["org_code"]), entry, end)
        assert again == (row["watched"], improved, worsened), spell
        assert (number(row["improved_after"]), number(row["worsened_after"])) == (
            improved,
            worsened,
        )


@pytest.mark.parametrize("spell", ["qsm-RXW-1", "fsm-RJE-1", "rsp-RXL-1", "rsp-QE1-1"])
def test_so_are_those_of_every_organisation_frozen_with_it(
    charts: FrozenCharts, values: pd.DataFrame, organisations: pd.DataFrame, spell: str
) -> None:
    entry, end, *_ = WATCHES[spell]
    row = charts.signals.set_index("spell_id").loc[spell]
    beside = charts.beside[charts.beside["spell_id"] == spell].set_index("org_code")
    alike = organisations[
        (organisations["org_type"] == row["org_type"]) & ~organisations["has_spell"]
    ]
    found = 0
    for org in alike["org_code"]:
        again = reckon(series(values, org), entry, end)
        if again is None or again[0] < row["watched"]:
            assert org not in beside.index, org
        elif org in beside.index:
            found += 1
            told = beside.loc[org]
            assert (number(told["improved_after"]), number(told["worsened_after"])) == again[1:]
    assert found == len(beside) > 20


def test_the_headline_of_four_hour_waits(comparison: Comparison, charts: FrozenCharts) -> None:
    entrants = comparison.share("entrants", "improvement", 24)
    assert entrants[["spells", "signalled"]].tolist() == [11, 5]
    never = comparison.share("never", "improvement", 24)
    beside = charts.beside
    of_each = (beside["improved_after"] < 24).groupby(beside["spell_id"]).mean()
    assert never["share"] == pytest.approx(of_each.mean())
    assert round(100 * never["share"], 1) == 54.8


def test_nothing_shows_what_a_baseline_of_the_pandemic_would(charts: FrozenCharts) -> None:
    baseline = charts.points[charts.points["is_baseline"]]
    assert not baseline["period_start"].dt.date.isin(MASKED).any()
    counts = baseline.groupby("spell_id").size()
    assert counts.between(12, 20).all()
