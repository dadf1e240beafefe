"""Signs of measurement risk in published figures."""

from dataclasses import replace

import numpy as np
import pandas as pd

from indicators.charted import target_of
from indicators.screening.entering import entered
from indicators.screening.suspicious import risk_of
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made import CIRCULAR, ENTRANTS, Made, context, figures

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
