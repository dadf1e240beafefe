"""How many series signal, worked out by hand."""

import pandas as pd
import pytest

from indicators.signal_totals import COLUMNS, signal_totals
from indicators.stats.false_alarms import signal_chance

ICONS = pd.DataFrame(
    [
        ("RXW", "rtt_18w", "improvement_high", 60),
        ("RXW", "ae_4h_all", "common_cause", 13),
        ("RXW", "beds", "empty", 8),
        ("RF4", "rtt_18w", "concern_low", 60),
        ("RF4", "fte", "neutral_low", 47),
        ("RPA", "rtt_18w", "empty", 12),
    ],
    columns=["org_code", "indicator_id", "variation", "points"],
).assign(is_old=False)


def test_a_series_too_short_for_an_icon_counts_nowhere() -> None:
    total = signal_totals(ICONS)
    assert total[list(COLUMNS[:-1])].to_numpy().tolist() == [[4, 3, 1, 1, 1]]


def test_an_icon_of_long_ago_counts_nowhere() -> None:
    old = ICONS.assign(is_old=ICONS["org_code"] == "RF4")
    total = signal_totals(old)
    assert total[list(COLUMNS[:-1])].to_numpy().tolist() == [[2, 1, 1, 0, 0]]
    assert total["expected"].iloc[0] == pytest.approx(signal_chance([60, 13]).sum())


def test_expected_is_the_sum_of_the_chances_of_each_series() -> None:
    chances = signal_chance([60, 13, 60, 47])
    assert signal_totals(ICONS)["expected"].iloc[0] == pytest.approx(chances.sum())
    assert 0 < chances.sum() < 1


def test_totals_by_organisation_keep_those_without_an_icon_as_zeros() -> None:
    by_org = signal_totals(ICONS, ["org_code"])
    assert by_org.index.tolist() == ["RXW", "RF4", "RPA"]
    assert by_org["series"].tolist() == [2, 2, 0]
    assert by_org["signals"].tolist() == [1, 2, 0]
    assert by_org.loc["RPA", "expected"] == 0


def test_totals_by_organisation_and_by_indicator_add_up_to_the_whole() -> None:
    whole = signal_totals(ICONS).sum()
    for by in ("org_code", "indicator_id"):
        pd.testing.assert_series_equal(signal_totals(ICONS, [by]).sum(), whole)


def test_no_series_at_all_gives_no_group() -> None:
    assert signal_totals(ICONS.iloc[:0], ["org_code"]).empty


def test_rows_that_share_their_labels_are_counted_once() -> None:
    twice = pd.concat([ICONS, ICONS.assign(indicator_id="another")])
    pd.testing.assert_series_equal(signal_totals(twice).sum(), 2 * signal_totals(ICONS).sum())
    assert signal_totals(twice, ["org_code"])["series"].tolist() == [4, 4, 0]
