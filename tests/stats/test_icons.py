"""The two icons of a control chart: by the last point, by the last limits, and when there are none."""

import numpy as np
import pytest

from indicators.stats.control_chart import control_charts
from indicators.stats.spc import Options
from tests.stats.charts import points, series

FLAT = [1.0, 2.0] * 8
"""Mean 1.5, moving ranges 1: limits 1.5 ± 2.66."""


def icons(values: list[float], **columns: object) -> tuple[str, str]:
    found = control_charts(series(values, **columns), Options(fix_after=12)).icons
    return found["variation"].item(), found["assurance"].item()


@pytest.mark.parametrize(
    ("last", "improvement", "name"),
    [
        (10, 1, "improvement_high"),
        (10, -1, "concern_high"),
        (10, 0, "neutral_high"),
        (-10, 1, "concern_low"),
        (-10, -1, "improvement_low"),
        (-10, 0, "neutral_low"),
        (1, 1, "common_cause"),
    ],
)
def test_variation_is_that_of_the_last_point(last: float, improvement: int, name: str) -> None:
    assert icons([*FLAT, last], improvement=improvement)[0] == name


def test_what_came_before_the_last_point_is_not_the_icon() -> None:
    values = [*FLAT, 10, 1.0]
    assert icons(values)[0] == "common_cause"
    assert points(values, Options(fix_after=12))["kind"].tolist()[-2:] == [
        "improvement",
        "common_cause",
    ]


@pytest.mark.parametrize(
    ("target", "improvement", "name"),
    [
        (5, 1, "fail"),
        (5, -1, "pass"),
        (-2, 1, "pass"),
        (-2, -1, "fail"),
        (3, 1, "inconsistent"),
        (1.5 + 2.66, 1, "inconsistent"),
        (1.5 - 2.66, 1, "inconsistent"),
        (5, 0, "empty"),
        (np.nan, 1, "empty"),
    ],
)
def test_assurance_is_strict(target: float, improvement: int, name: str) -> None:
    assert icons(FLAT, target=target, improvement=improvement)[1] == name


@pytest.mark.parametrize(
    ("target", "improvement", "name"),
    [
        (0.1, 1, "inconsistent"),
        (0.1, -1, "inconsistent"),
        (0.2, 1, "fail"),
        (0.0, 1, "pass"),
        (0.2, -1, "pass"),
    ],
)
def test_without_variation_a_target_that_is_reached_is_never_failed(
    target: float, improvement: int, name: str
) -> None:
    expected = ("common_cause", name)
    assert icons([0.1] * 15, target=target, improvement=improvement) == expected


@pytest.mark.parametrize(("size", "has_icons"), [(12, False), (13, True)])
def test_a_series_needs_thirteen_points(size: int, has_icons: bool) -> None:
    values = FLAT[:size]
    expected = ("common_cause", "fail") if has_icons else ("empty", "empty")
    assert icons(values, target=9) == expected
    assert points(values)["is_trial"].tolist() == [not has_icons] * size


@pytest.mark.parametrize(("size", "has_icons"), [(11, False), (12, True)])
def test_the_last_phase_needs_twelve_points(size: int, has_icons: bool) -> None:
    phase = [0] * 16 + [1] * size
    values = FLAT + [11.0 + (place % 2) for place in range(size)]
    expected = ("common_cause", "pass") if has_icons else ("empty", "empty")
    assert icons(values, target=5, phase=phase) == expected
    assert points(values, phase=phase)["is_trial"].tolist() == [False] * 16 + [not has_icons] * size


def test_assurance_is_by_the_last_limits() -> None:
    values = [*FLAT, *(value + 10 for value in FLAT)]
    assert icons(values, target=7, phase=[0] * 16 + [1] * 16)[1] == "pass"
    assert icons(values, target=7, phase=[0] * 32)[1] == "fail"
