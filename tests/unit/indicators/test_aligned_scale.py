import pandas as pd
import pytest

from indicators.aligned_scale import scaled, scales_of

ROWS = pd.DataFrame(
    {
        "spell_id": ["a", "a", "b", "c", "d"],
        "value": [60.0, 66.0, 40.0, 30.0, 5.0],
        "comparators_median": [70.0, 71.5, None, 25.0, 1.0],
        "pre_entry_mean": [75.0, 75.0, 50.0, 40.0, 0.5],
        "pre_entry_months": [12, 12, 5, 6, 12],
    }
)


def test_as_published_nothing_changes() -> None:
    assert scaled(ROWS, "raw")["value"].tolist() == ROWS["value"].tolist()


def test_a_difference_is_from_the_comparators_of_the_same_period() -> None:
    """60 - 70, 66 - 71.5, 30 - 25, 5 - 1; the third has fewer than five comparators."""
    rows = scaled(ROWS, "difference")
    assert rows["value"].tolist() == [-10.0, -5.5, 5.0, 4.0]
    assert rows["spell_id"].tolist() == ["a", "a", "c", "d"]
    assert rows["raw_value"].tolist() == [60.0, 66.0, 30.0, 5.0]


def test_per_cent_is_of_the_mean_before_entry_where_six_months_of_it_are_known() -> None:
    """60 / 75, 66 / 75, 30 / 40; b has five months before entry, d a mean of about nothing."""
    rows = scaled(ROWS, "percent", least=0.5)
    assert rows["value"].round(9).tolist() == [80.0, 88.0, 75.0]
    assert rows["spell_id"].tolist() == ["a", "a", "c"]


def test_the_rows_given_stay_as_they_were() -> None:
    before = ROWS.copy()
    scaled(ROWS, "percent")
    pd.testing.assert_frame_equal(ROWS, before)


@pytest.mark.parametrize(
    ("unit", "usual", "offered"),
    [
        ("percent", 70.0, ("raw", "difference", "percent")),
        ("seconds", 500.0, ("raw", "difference", "percent")),
        ("count", 0.0, ("raw", "difference")),
        ("signed_percent", 2.0, ("raw", "difference")),
        ("points", 2.0, ("raw", "difference")),
    ],
)
def test_per_cent_is_offered_only_of_what_counts_up_from_zero(unit, usual, offered) -> None:
    assert scales_of(unit, usual) == offered
