"""Reliability of an indicator by type: which values count, and what chance alone does to a share."""

import numpy as np
import pandas as pd
import pytest

from indicators.definition import Indicator
from indicators.registry import load_all
from indicators.reliability import reliability_by_type
from indicators.stats.reliability import Reliability
from settings import Settings


@pytest.fixture(scope="module")
def known() -> dict[str, Indicator]:
    return load_all(Settings().catalogue_dir)


def values(
    orgs: int, periods: int, denominator: float = 1000, start: str = "2022-01-01"
) -> pd.DataFrame:
    """Shares around 50 to 60 per cent, a level for each organisation and ±1 around it in turn."""
    rows = [
        {
            "org_code": f"R{org:02}",
            "period_start": month,
            "value": 50.0 + 2 * org + (1 if (org + number) % 2 else -1),
            "denominator": denominator,
        }
        for org in range(orgs)
        for number, month in enumerate(pd.date_range(start, periods=periods, freq="MS"))
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(numerator=(frame["value"] * frame["denominator"] / 100).round())


def types(orgs: int, kind: str = "acute") -> dict[str, str]:
    return {f"R{org:02}": kind for org in range(orgs)}


def test_each_type_is_looked_at_alone_and_too_few_are_told(known: dict[str, Indicator]) -> None:
    kinds = types(6) | {f"R{org:02}": "ambulance" for org in (6, 7, 8)}
    found = reliability_by_type(values(9, 12), kinds, known["rtt_18w"])
    assert list(found) == ["acute", "ambulance"]
    assert isinstance(found["acute"], Reliability)
    assert (found["acute"].units, found["acute"].periods) == (6, 12)
    assert found["ambulance"] == "organisations with values: 3, at least 5 are needed"


def test_organisations_of_no_type_are_left_out(known: dict[str, Indicator]) -> None:
    assert reliability_by_type(values(6, 12), {}, known["rtt_18w"]) == {}


def test_periods_before_july_2021_do_not_count(known: dict[str, Indicator]) -> None:
    (found,) = reliability_by_type(
        values(6, 12, start="2021-01-01"), types(6), known["rtt_18w"]
    ).values()
    assert isinstance(found, Reliability)
    assert found.periods == 6


def test_values_with_too_small_a_denominator_do_not_count(known: dict[str, Indicator]) -> None:
    assert known["rtt_18w"].quality.min_denominator == 20
    both = pd.concat([values(6, 6), values(6, 6, 19, "2022-07-01")])
    (found,) = reliability_by_type(both, types(6), known["rtt_18w"]).values()
    assert isinstance(found, Reliability)
    assert (found.periods, found.points) == (6, 36)


def test_chance_is_binomial_for_shares_of_people_and_unknown_otherwise(
    known: dict[str, Indicator],
) -> None:
    rows = values(6, 12, 10_000)
    (found,) = reliability_by_type(rows, types(6), known["rtt_18w"]).values()
    assert isinstance(found, Reliability)
    share = rows["value"] / 100
    # Every value is 1 from its organisation's level: 72 squares of 1 on 5 · 11 degrees of freedom.
    expected = np.mean(1e4 * share * (1 - share) / 10_000) / (72 / 55)
    assert found.noise == pytest.approx(expected, rel=1e-4)
    (beds,) = reliability_by_type(rows, types(6), known["beds_occ_sitrep"]).values()
    (times,) = reliability_by_type(rows, types(6), known["amb_c2_mean"]).values()
    assert isinstance(beds, Reliability)
    assert isinstance(times, Reliability)
    assert (beds.noise, times.noise) == (None, None)


def test_what_a_funnel_counts_has_noise_and_what_it_refuses_has_none(
    known: dict[str, Indicator],
) -> None:
    rows = values(6, 12, 10_000)
    (found,) = reliability_by_type(rows, types(6), known["amb_hear_treat"]).values()
    assert isinstance(found, Reliability)
    assert found.noise is not None
    by_days = rows.assign(numerator=rows["numerator"] + 0.25)
    (found,) = reliability_by_type(by_days, types(6), known["amb_hear_treat"]).values()
    assert isinstance(found, Reliability)
    assert found.noise is None
