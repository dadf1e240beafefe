"""Thresholds changed by name: what there is, what each can be, and in which order grades stand."""

import pytest

from indicators.stats.screen.thresholds import DEFAULTS, Thresholds, changed


def test_nothing_changed_is_the_default() -> None:
    assert changed({}) == DEFAULTS
    assert changed({}).changes() == ()


def test_changes_are_listed_with_what_they_were() -> None:
    found = changed({"stability": 0.8, "months": 36.0})
    assert found == Thresholds(stability=0.8, months=36)
    assert isinstance(found.months, int)
    assert found.changes() == (("months", 24, 36), ("stability", 0.70, 0.8))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"month": 36}, "there is no threshold 'month'; there are: coverage, months, "),
        ({"coverage": 1.1}, "coverage has to be a number from 0 to 1, not 1.1"),
        ({"coverage": float("nan")}, "coverage has to be a number from 0 to 1, not nan"),
        ({"entrants": 2}, "entrants has to be a number of 3 or more, not 2"),
        ({"events": 12.5}, "events has to be a whole number, not 12.5"),
        ({"days_strong": -1}, "days_strong has to be a number of 0 or more, not -1"),
        ({"days_strong": 91}, "days_strong cannot be above days_adequate"),
        ({"reliability_gate": 0.75}, "reliability_gate cannot be above reliability_adequate"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=f"^{why}"):
        changed(given)


def test_ends_are_inclusive() -> None:
    given = {"coverage": 1.0, "stability": 0.0, "entrants": 3, "events": 10, "months": 1}
    assert changed(given | {"reliability_gate": 0.7}).reliability_gate == 0.7
