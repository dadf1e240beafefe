"""Days at risk: who could enter, when, and what was out by then."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from indicators.screening.foretelling import foretold, risk_of
from indicators.screening.stays import stays_by_organisation
from indicators.stats.screen.prediction import Risk
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.made_frozen import spell, spells
from tests.unit.indicators.screening.made import CATALOGUE, MONTHLY, Made, context, figures, values

ENTRY = 2024 * 12


@pytest.fixture(scope="module")
def risk() -> Risk:
    return risk_of(figures(Made()), values(Made()), context())


def of(risk: Risk, org: int, name: str) -> dict[int, float]:
    rows = risk.unit == org
    return dict(zip(risk.month[rows].tolist(), getattr(risk, name)[rows].tolist(), strict=True))


def test_an_entrant_is_at_risk_until_it_enters(risk: Risk) -> None:
    until = of(risk, 0, "until")
    assert max(until) == ENTRY - 3
    assert until[ENTRY - 12] == 12
    assert of(risk, 20, "until")[ENTRY - 12] == np.inf
    assert max(of(risk, 20, "until")) > ENTRY + 12


def test_nothing_is_followed_across_the_end_of_an_era(risk: Risk) -> None:
    """The era ends in June 2025; the first day at risk of the next is July."""
    followed = of(risk, 20, "followed")
    assert followed[2025 * 12 + 3] == 2
    assert followed[2025 * 12 + 6] == 2026 * 12 + 2 - (2025 * 12 + 6)


def test_an_entry_of_the_next_era_is_no_event_of_this_one() -> None:
    given = spells(spell("2025-08-01", org_code="T00")).assign(
        last_known_in_earliest=pd.Timestamp("2026-03-31")
    )
    other = replace(context(), spells=given, stays=stays_by_organisation(given))
    until = of(risk_of(figures(Made()), values(Made()), other), 0, "until")
    assert until[2025 * 12] == np.inf
    assert until[2025 * 12 + 6] == 1


def test_a_vague_entry_ends_the_watch_without_an_event() -> None:
    vague = spell("2024-01-10", org_code="T00") | {
        "entered_precision": "year",
        "entered_earliest": "2024-01-01",
    }
    given = spells(vague).assign(last_known_in_earliest=pd.Timestamp("2026-03-31"))
    other = replace(context(), spells=given, stays=stays_by_organisation(given))
    found = risk_of(figures(Made()), values(Made()), other)
    assert of(found, 0, "until")[ENTRY - 12] == np.inf
    assert of(found, 0, "followed")[ENTRY - 12] == 12


def test_figures_count_from_their_publication_on(risk: Risk) -> None:
    """A month's figures come out lag_days after its end: of 1 October 2023 the last is known by August."""
    assert 0 < MONTHLY.lag_days < 30
    rows = values(Made()).query("org_code == 'T20'").set_index("period_start")["value"]
    at = (risk.unit == 20) & (risk.month == 2023 * 12 + 9)
    assert risk.features[at, 0][0] == pytest.approx(rows["2023-06":"2023-08"].mean())


def test_segments_count_once_their_quarter_is_over(risk: Risk) -> None:
    """T03 is in segment 4 in the third quarter of 2025, told from October on."""
    rows = risk.unit == 31
    told = dict(zip(risk.month[rows].tolist(), risk.beside[rows, 0].tolist(), strict=True))
    assert told[2025 * 12 + 6] == 0
    assert told[2025 * 12 + 9] == 4


def test_twelve_entries_are_too_few_events() -> None:
    found = foretold(figures(Made()), "acute", context(), DEFAULTS)
    assert found.auc.reason == "TOO_FEW_EVENTS: 12 events, at least 20 are needed"
    neutral = figures(Made(), CATALOGUE["fte_change"])
    assert foretold(neutral, "acute", context(), DEFAULTS).events == 0
