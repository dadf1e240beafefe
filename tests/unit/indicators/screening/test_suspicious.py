"""Signs of measurement risk in published figures."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from indicators.charted import target_of
from indicators.definition import ExpertLevel
from indicators.screening.entering import entered
from indicators.screening.suspicious import risk_of
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made import CIRCULAR, ENTRANTS, MONTHLY, Made, context, figures

ENTRIES = pd.DataFrame({"org_code": ENTRANTS, "entry": [2024 * 12.0] * 12})


def raised(found: object) -> list[str]:
    return [sign.name for sign in found.signs if sign.is_raised]  # type: ignore[attr-defined]


def test_honest_figures_raise_nothing() -> None:
    found = risk_of(figures(Made()), "acute", ENTRIES, DEFAULTS)
    assert raised(found) == []
    assert found.level == "low"


def test_denominators_that_shrink_at_entry_and_round_counts() -> None:
    honest = figures(Made())
    rows = honest.values
    inside = rows["org_code"].isin(ENTRANTS) & (rows["period_start"] >= "2024-01-01")
    changed = rows.assign(
        denominator=rows["denominator"] * np.where(inside, 0.5, 1.0),
        numerator=(rows["numerator"] // 10) * 10,
    )
    found = risk_of(replace(honest, values=changed), "acute", ENTRIES, DEFAULTS)
    assert raised(found) == ["round numbers", "denominator moved at entry"]
    assert found.level == "high"


def test_bunching_at_the_standard_in_force() -> None:
    standard = target_of(CIRCULAR, pd.Timestamp("2026-01-01"))
    assert standard is not None
    target = standard.value
    honest = figures(Made(), CIRCULAR)
    value = np.random.default_rng(5).normal(target, 4, len(honest.values))
    pushed = np.where((value < target) & (value > target - 2), target + 0.2, value)
    found = [
        risk_of(replace(honest, values=honest.values.assign(value=one)), "acute", ENTRIES, DEFAULTS)
        for one in (value, pushed)
    ]
    assert "bunching at the target" not in raised(found[0])
    assert "bunching at the target" in raised(found[1])


def test_without_entrants_denominators_are_not_looked_at() -> None:
    empty = replace(context(), spells=context().spells.head(0))
    none = entered(figures(Made()), "acute", empty).entries
    names = [sign.name for sign in risk_of(figures(Made()), "acute", none, DEFAULTS).signs]
    assert "denominator moved at entry" not in names


def test_entrants_that_improve_without_the_paired_indicator() -> None:
    """The pair improves as much where its figures are the same, and not at all where they never rose."""
    own, still = figures(Made(rise=6.0)), figures(Made())
    found = [
        risk_of(replace(own, paired=pair), "acute", ENTRIES, DEFAULTS) for pair in (own, still)
    ]
    name = "improves without its paired indicator"
    assert name not in raised(found[0])
    assert name in raised(found[1])
    (same,) = (sign for sign in found[0].signs if sign.name == name)
    assert same.estimate.value == 0


def test_a_lower_figure_of_the_pair_is_better_where_the_catalogue_says_so() -> None:
    own = figures(Made(rise=6.0))
    waits = MONTHLY.model_copy(update={"better": "lower"})
    fallen = replace(own, indicator=waits, values=own.values.assign(value=-own.values["value"]))
    found = risk_of(replace(own, paired=fallen), "acute", ENTRIES, DEFAULTS)
    (sign,) = (one for one in found.signs if one.name == "improves without its paired indicator")
    assert sign.estimate.value == pytest.approx(0, abs=1e-9)


def test_an_experts_level_goes_before_that_of_the_signs() -> None:
    level = ExpertLevel(level="high", by="A. Reader", on=date(2026, 11, 1), because="Recoded.")
    judged = MONTHLY.model_copy(update={"measurement_risk": level})
    found = risk_of(figures(Made(), judged), "acute", ENTRIES, DEFAULTS)
    assert (found.level, found.found) == ("high", "low")
    assert found.override is not None and found.override.by == "A. Reader"
