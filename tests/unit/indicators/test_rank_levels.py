"""What is ranked: shares of people by sampling, anything else by its own past, and the rest not at all."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from indicators.counted import counted_rows, why_not_counted
from indicators.rank_levels import what_is_ranked
from indicators.registry import load_all
from indicators.stats.levels import level_of
from settings import Settings

CATALOGUE = load_all(Settings().catalogue_dir)
SHARE, COUNT, BEDS = (CATALOGUE[key] for key in ("ae_4h_all", "rtt_wl", "beds_occ_sitrep"))


def rows(**parts: tuple[float, float]) -> pd.DataFrame:
    """One row per organisation from its numerator and denominator."""
    return pd.DataFrame(
        [
            (org, 100 * above / below if below else np.nan, above, below)
            for org, (above, below) in parts.items()
        ],
        columns=["org_code", "value", "numerator", "denominator"],
    )


@pytest.mark.parametrize(
    ("indicator", "figures", "reason"),
    [
        ("ae_4h_all", rows(RAA=(48, 96)), None),
        ("cancer_62d", rows(RAA=(1.5, 3.5)), None),
        ("rtt_wl", rows(RAA=(48, 96)), "no share"),
        ("amb_c2_mean", rows(RAA=(48, 96)), "no share"),
        ("beds_occ_sitrep", rows(RAA=(48, 96)), "averages of beds"),
        ("sickness", rows(RAA=(48.25, 96)), "days or parts of posts"),
    ],
)
def test_only_people_or_events_counted_one_by_one_have_binomial_chance(
    indicator, figures, reason
) -> None:
    found = why_not_counted(CATALOGUE[indicator], figures)
    assert (found is None) == (reason is None)
    assert reason is None or reason in found


def test_rows_without_a_denominator_do_not_count() -> None:
    figures = rows(RAA=(1, 2), RBB=(0, 0), RCC=(np.nan, 5))
    assert counted_rows(figures)["org_code"].tolist() == ["RAA"]


def test_shares_are_ranked_as_they_are_with_their_sampling_error_in_per_cent() -> None:
    found = what_is_ranked(SHARE, rows(RAA=(48, 96), RBB=(0, 0)), pd.DataFrame())
    (row,) = found.rows.itertuples()
    assert (row.ranked, row.error, found.how, found.left_out) == (
        50,
        pytest.approx(5),
        "sampling",
        1,
    )


def months(org: str, values: np.ndarray, last: str = "2024-12") -> pd.DataFrame:
    starts = pd.period_range(end=last, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"org_code": org, "period_start": starts, "value": values})


def test_counts_are_ranked_by_the_level_their_months_end_at() -> None:
    wave = 100 + np.sin(np.arange(30.0))
    series = pd.concat([months("RAA", wave), months("RBB", wave[:11])])
    figures = pd.DataFrame({"org_code": ["RAA", "RBB"], "value": [wave[-1], wave[10]]}).assign(
        numerator=np.nan, denominator=np.nan
    )
    found = what_is_ranked(COUNT, figures, series)
    (row,) = found.rows.itertuples()
    expected = level_of(wave)
    assert (row.org_code, row.ranked, row.error) == ("RAA", expected.value, expected.error)
    assert (found.how, found.left_out) == ("series", 1)
    assert "no share" in found.why


def test_only_the_months_without_a_gap_before_the_last_count() -> None:
    wave = np.cos(np.arange(30.0))
    with_gap = months("RAA", wave).drop(index=12)
    figures = pd.DataFrame({"org_code": ["RAA"], "value": [wave[-1]]}).assign(
        numerator=np.nan, denominator=np.nan
    )
    found = what_is_ranked(COUNT, figures, with_gap)
    assert found.rows["ranked"].tolist() == [level_of(wave[13:]).value]
    gone = months("RBB", wave, last="2024-11")
    both = pd.concat([with_gap, gone])
    assert what_is_ranked(COUNT, figures.assign(org_code="RBB"), both).rows.empty


def test_runs_are_told_by_the_length_of_the_period() -> None:
    quarters = months("RAA", np.cos(np.arange(60.0))).iloc[::-3].sort_values("period_start")
    assert all(later > earlier for earlier, later in pairwise(quarters["period_start"]))
    figures = pd.DataFrame({"org_code": ["RAA"], "value": [1.0]}).assign(
        numerator=0.5, denominator=2.5
    )
    found = what_is_ranked(CATALOGUE["beds_occ_kh03"], figures, quarters)
    assert found.rows["ranked"].tolist() == [level_of(quarters["value"].to_numpy()).value]
    monthly = what_is_ranked(BEDS, figures, quarters)
    assert monthly.rows.empty
