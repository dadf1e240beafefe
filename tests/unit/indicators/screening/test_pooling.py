"""Pooled effects in the screen: those of the analysis `pooled`, turned so that more is better."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.pooled_judged import judge
from indicators.analyses.pooled_rows import PooledRows, Stretch
from indicators.analyses.pooled_spec import Spec
from indicators.analyses.published_series import as_series
from indicators.screening.pooling import Event, PooledAt, judged_at, pooled_at
from indicators.screening.rows import looked_at
from indicators.stats.pooled.together import pool_units
from indicators.stats.screen.responsiveness import PooledEffect
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made import (
    ENTRANTS,
    MONTHLY,
    ORGS,
    Made,
    context,
    figures,
    values,
)

ENTERED, LEFT = 12 * 2024 + 1, 12 * 2025 + 1


def rows(made: Made, entrants: list[str] = ENTRANTS, improvement: str = "up") -> PooledRows:
    """All forty with figures; entrants went in from January 2024 on, the first ten out in January 2025."""
    ordered = values(made).sort_values(["org_code", "period_start"], ignore_index=True)
    others = tuple(org for org in ORGS if org not in ENTRANTS)
    left = dict.fromkeys(entrants[:10], LEFT)
    stretches = tuple(
        Stretch(org, ENTERED, left.get(org), ENTERED, left.get(org), "2024-01", None)
        for org in entrants
    )
    return PooledRows(
        GivenPanel(as_series(ordered, MONTHLY, {})),
        stretches,
        {"segment_3": others},
        dict.fromkeys(ORGS, "acute"),
        {"controls": "segment_3", "improvement": improvement},
        12,
    )


def at(given: PooledRows | str | None, event: Event) -> PooledAt:
    return pooled_at(judged_at(given, event), event)


def effect(found: PooledAt) -> PooledEffect:
    assert found.effect is not None
    assert found.why == ""
    return found.effect


def test_a_planted_rise_is_the_mean_effect_by_hand() -> None:
    """Each entrant's year less the year before, less the mean of the same of the 28 others."""
    made = Made(rise=3.0)
    found = effect(at(rows(made), "entry"))
    wide = values(made).pivot(index="org_code", columns="period_start", values="value")
    change = wide.loc[:, "2024-01":"2024-12"].mean(axis=1) - wide.loc[:, "2023-01":"2023-12"].mean(  # type: ignore[misc]
        axis=1
    )
    own, others = change[ENTRANTS], change.drop(ENTRANTS)
    assert found.units == 12
    # Entered at once beside the same others, so that all have one variance, and weights are equal.
    assert found.estimate.value == pytest.approx(own.mean() - others.mean())
    error = np.sqrt(others.var(ddof=1) * (1 + 1 / 28))
    clear = own - others.mean() - 1.959964 * error > 0
    assert found.favourable == pytest.approx(clear.mean())
    assert found.estimate.low is not None and found.estimate.low > 2


def test_the_interval_holds_that_controls_are_shared() -> None:
    given = rows(Made(rise=3.0))
    together = pool_units(judge(Spec(analysis="pooled"), given).effects)
    found = effect(at(given, "entry"))
    assert (found.estimate.low, found.estimate.high) == (
        together.shared_low,
        together.shared_high,
    )
    assert found.se == together.shared_se > together.pooled.se
    assert found.tau == together.pooled.tau


def test_where_lower_is_better_a_rise_is_no_improvement() -> None:
    up = effect(at(rows(Made(rise=3.0)), "entry"))
    down = effect(at(rows(Made(rise=3.0), improvement="down"), "entry"))
    assert up.estimate.low is not None and up.estimate.high is not None
    assert down.estimate.value == -up.estimate.value
    assert (down.estimate.low, down.estimate.high) == (-up.estimate.high, -up.estimate.low)
    assert down.favourable == 0


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "no organisation of this type has entered a programme"),
        ("It was refused.", "It was refused."),
        (rows(Made(), improvement="neutral"), "neither side of it is better"),
        (
            rows(Made(), ENTRANTS[:7]),
            "7 that entered and 28 beside them have figures enough, at least 8 and 20 are needed",
        ),
    ],
)
def test_why_there_is_none(given: PooledRows | str | None, why: str) -> None:
    assert at(given, "entry") == PooledAt(None, why)


def test_an_exit_stands_beside_those_still_inside() -> None:
    """Two are: too few for an exit, of which each needs five."""
    why = "nobody that left has figures, and others beside it, enough"
    assert at(rows(Made(rise=3.0)), "exit") == PooledAt(None, why)


def test_an_exit_has_the_effect_at_the_end_of_its_year_beside_that_of_the_year() -> None:
    """All forty entered; ten left in January 2025 and stood as before, so both are those of `judge`."""
    given = replace(rows(Made(), ORGS), controls={"segment_3": tuple(ORGS)})
    found = at(given, "exit")
    judged = judge(Spec(analysis="pooled", event="exit"), given)
    assert found.late is not None
    assert found.late.estimate.value == pytest.approx(pool_units(judged.late).pooled.estimate)
    assert found.late.estimate.value != effect(found).estimate.value
    assert at(rows(Made()), "entry").late is None


def test_a_look_at_an_indicator_tells_them_in_standard_deviations() -> None:
    made = Made(rise=3.0, fall=2.0)
    given = replace(figures(made), pooled={"acute": rows(made)})
    (row,) = looked_at(given, context(), DEFAULTS)
    pooled = row.response.pooled
    assert pooled is not None and row.entered.effect.pooled is not None
    in_units = row.entered.effect.pooled
    assert row.response.excess.estimate is not None and row.entered.effect.excess is not None
    spread = row.entered.effect.excess.value / row.response.excess.estimate.value
    assert pooled.effect.value == pytest.approx(in_units.estimate.value / spread)
    assert pooled.z == pytest.approx(in_units.estimate.value / in_units.se)
    assert pooled.tau == pytest.approx(in_units.tau / spread)
    assert row.why_not_pooled == ""
    assert row.at_exit.effect is None
    assert row.at_exit.why.startswith("nobody that left")


def test_without_rows_the_look_says_why() -> None:
    (row,) = looked_at(figures(Made()), context(), DEFAULTS)
    assert row.response.pooled is None
    assert row.why_not_pooled == "no organisation of this type has entered a programme"
