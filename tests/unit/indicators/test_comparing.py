import pandas as pd

from indicators.comparing import (
    can_be_indexed,
    closest,
    first_common_period,
    indexed,
    last_common_period,
    standings,
)


def rows(org: str, start: str, values: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "org_code": org,
            "period_start": pd.date_range(start, periods=len(values), freq="MS"),
            "value": pd.Series(values, dtype=float),
        }
    )


TWO = pd.concat(
    [
        rows("RBB", "2024-01-01", [50.0, 60.0, 66.0] + [70.0] * 10 + [72.0]),
        rows("RAA", "2024-02-01", [20.0, 25.0, 30.0]),
    ],
    ignore_index=True,
)


def test_the_common_start_is_the_first_period_of_all_and_there_everybody_is_at_100() -> None:
    """February 2024: RBB 60, RAA 20; in March 66 is 110 and 25 is 125."""
    on = first_common_period(TWO)
    assert on == pd.Timestamp("2024-02-01")
    found = indexed(TWO, on).set_index(["org_code", "period_start"])["value"]
    assert found[("RBB", pd.Timestamp("2024-02-01"))] == 100
    assert found[("RAA", pd.Timestamp("2024-02-01"))] == 100
    assert round(found[("RBB", pd.Timestamp("2024-03-01"))], 9) == 110
    assert found[("RAA", pd.Timestamp("2024-03-01"))] == 125


def test_a_period_in_which_one_is_at_zero_is_no_common_start() -> None:
    zero = TWO.assign(value=TWO["value"].where(TWO["value"] != 20, 0.0))
    assert first_common_period(zero) == pd.Timestamp("2024-03-01")


def test_the_last_common_period_is_that_in_which_all_have_a_figure() -> None:
    assert last_common_period(TWO) == pd.Timestamp("2024-04-01")
    apart = pd.concat([rows("RAA", "2020-01-01", [1.0]), rows("RBB", "2021-01-01", [1.0])])
    assert last_common_period(apart) is None
    assert first_common_period(apart) is None


def test_standings_are_the_latest_and_the_same_period_a_year_before() -> None:
    """RBB: 72 in February 2025, 60 a year before; RAA has no figure a year before April 2024."""
    rbb, raa = standings(TWO, TWO).itertuples()
    assert (rbb.org_code, rbb.latest, rbb.year_before, rbb.change, rbb.periods) == (
        "RBB",
        72,
        60,
        12,
        14,
    )
    assert (raa.org_code, raa.latest, raa.periods) == ("RAA", 30, 3)
    assert pd.isna(raa.year_before)
    assert pd.isna(raa.change)


def test_the_year_before_may_lie_outside_the_periods_compared() -> None:
    (rbb,) = standings(TWO[TWO["period_start"] >= "2025-01-01"], TWO).itertuples()
    assert (rbb.latest, rbb.year_before, rbb.periods) == (72, 60, 2)


def test_the_closest_two_are_told_with_their_distance() -> None:
    assert closest(pd.Series({"a": 10.0, "b": 40.0, "c": 13.0})) == ("a", "c", 3.0)
    assert closest(pd.Series({"a": 10.0})) is None


def test_growth_and_points_are_not_indexed() -> None:
    assert can_be_indexed("percent")
    assert not can_be_indexed("signed_percent")
