"""Lengths of spells and returns on the real register, against figures reckoned again from the CSV alone."""

import calendar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators.durations import (
    BOUNDS,
    DOUBTED,
    NO_ENTRY,
    NO_TIME,
    Durations,
    leaving_only,
    time_to_exit,
)
from indicators.returns import STILL_INSIDE, later_returns, time_to_return
from indicators.series import read_spells
from indicators.stats.survival import kaplan_meier
from sql.reads import read, show_mart

TODAY = date(2026, 11, 26)
RSP, MEASURES, NEXT = "Recovery Support Programme", "special measures", "successor programmes"
REGISTER = Path(__file__).resolve().parents[2] / "data_sources/reference/programme_spells.csv"


@pytest.fixture(scope="module")
def spells(marts) -> pd.DataFrame:
    return read_spells(marts)


@pytest.fixture(scope="module")
def written() -> list[dict[str, str]]:
    return pd.read_csv(REGISTER, dtype=str, keep_default_na=False).to_dict("records")


def middle(text: str) -> date:
    """The middle of the days that a shortened date can mean."""
    year, _, rest = text.partition("-")
    if len(text) == 10:
        return date.fromisoformat(text)
    months = {"": (1, 12), "Q": (0, 0)}.get(rest[:1]) or (int(rest), int(rest))
    if rest.startswith("Q"):
        months = (3 * int(rest[1]) - 2, 3 * int(rest[1]))
    first = date(int(year), months[0], 1)
    last = date(int(year), months[1], calendar.monthrange(int(year), months[1])[1])
    return first + timedelta(days=(last - first).days // 2)


def end_of(text: str) -> date:
    """The last day that a shortened date can mean."""
    year, _, rest = text.partition("-")
    if len(text) == 10:
        return date.fromisoformat(text)
    month = 12 if not rest else 3 * int(rest[1]) if rest.startswith("Q") else int(rest)
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def median_by_hand(rows: list[tuple[float, float, int]]) -> float:
    """When the share still in first falls to one half or below."""
    share = 1.0
    for when in sorted({stop for _, stop, event in rows if event == 1}):
        at_risk = sum(entry < when <= stop for entry, stop, _ in rows)
        share *= 1 - sum(stop == when and event == 1 for _, stop, event in rows) / at_risk
        if share <= 0.5:
            return when
    raise AssertionError("never half")


def by_hand(written: list[dict[str, str]], programmes: set[str]) -> list[tuple[float, float, int]]:
    """Entry, stop and event in months, best reading, of spells whose entry and end are known."""
    found = []
    for row in written:
        if row["programme"] not in programmes or row["confidence"] == "low" or not row["entered"]:
            continue
        start = entered = middle(row["entered"])
        if row["transferred_from"] not in ("", "none"):
            start = min(
                middle(other["entered"])
                for other in written
                if other["org_code"] == row["org_code"] and other["left_kind"] == "transferred"
            )
        if row["left"]:
            end, event = middle(row["left"]), int(row["left_kind"] != "transferred")
        elif row["last_known_in"] and end_of(row["last_known_in"]) > entered:
            end, event = end_of(row["last_known_in"]) + timedelta(days=1), 0
        else:
            continue
        found.append(tuple(days / 30.4375 for days in ((entered - start).days, (end - start).days)))
        found[-1] = (*found[-1], event)
    return found


@pytest.mark.parametrize(
    ("group", "programmes", "merged"), [(RSP, {"rsp"}, 1), (MEASURES, {"qsm", "fsm"}, 0)]
)
def test_lengths_are_those_reckoned_from_the_register(
    spells, written, group, programmes, merged
) -> None:
    times = time_to_exit(spells, group, "best", TODAY).times
    expected = by_hand(written, programmes)
    assert len(times) == len(expected) + merged
    kept = leaving_only(times[times["event"] != 2])
    found = sorted(zip(kept["entry"], kept["stop"], kept["event"], strict=True))
    assert [pytest.approx(row, abs=0.04) for row in sorted(expected)] == found
    curve = kaplan_meier(kept)
    assert curve.median.estimate == pytest.approx(median_by_hand(expected), abs=0.04)


def counts(durations: Durations) -> dict[Any, int]:
    return durations.times["event"].value_counts().to_dict()


def test_the_recovery_support_programme_in_numbers(spells) -> None:
    found = time_to_exit(spells, RSP, "best", TODAY)
    assert counts(found) == {1: 12, 2: 1, 0: 12}
    assert found.left_out["reason"].value_counts().to_dict() == {
        NO_TIME: 6,
        NO_ENTRY: 5,
        DOUBTED: 2,
    }
    curve = kaplan_meier(leaving_only(found.times))
    assert round(curve.median.estimate, 1) == 36.4
    carried = found.times[found.times["entry"] > 0]
    assert set(carried["org_code"]) == {
        *("RJL", "RWD", "RCX", "RF4", "RVV", "RMY", "RJZ", "RXW", "TAH", "RYC")
    }


def test_special_measures_in_numbers(spells) -> None:
    found = time_to_exit(spells, MEASURES, "best", TODAY)
    assert counts(found) == {1: 36, 3: 12}
    assert found.left_out["reason"].value_counts().to_dict() == {NO_TIME: 6, NO_ENTRY: 1}
    assert round(kaplan_meier(leaving_only(found.times)).median.estimate, 1) == 30.3


def test_of_the_successors_nothing_can_be_said(spells) -> None:
    found = time_to_exit(spells, NEXT, "best", TODAY)
    assert found.times.empty and len(found.left_out) == 6


@pytest.mark.parametrize("group", [RSP, MEASURES])
def test_every_length_keeps_the_order_of_its_bounds(spells, group) -> None:
    stops = [
        time_to_exit(spells, group, b, TODAY).times.set_index("spell_id")["stop"] for b in BOUNDS
    ]
    assert (stops[0] <= stops[1]).all() and (stops[1] <= stops[2]).all()


@pytest.mark.parametrize("group", [RSP, MEASURES])
def test_more_have_left_the_earlier_the_dates_are_read(spells, group) -> None:
    """At 12, 24, … months; at no time in between is this sure, because the sets at risk differ."""
    curves = [
        kaplan_meier(leaving_only(time_to_exit(spells, group, bound, TODAY).times)).table
        for bound in BOUNDS
    ]
    for month in range(12, 61, 12):
        still = [table.loc[table["time"] <= month, "survival"].min() for table in curves]
        shares = pd.Series(still).fillna(1.0).round(9)
        assert shares.is_monotonic_increasing, (month, still)


@pytest.fixture(scope="module")
def returns(marts, spells) -> Durations:
    statements, eras = show_mart(marts, "fct_segment"), read(marts, "eras")
    return time_to_return(spells, statements, eras, "best", TODAY)


def test_exits_and_returns_in_numbers(returns) -> None:
    times = returns.times
    assert times.groupby(["programme_group", "event"]).size().to_dict() == {
        (RSP, 0): 14,
        (RSP, 1): 1,
        (MEASURES, 0): 22,
        (MEASURES, 1): 7,
        (MEASURES, 2): 4,
    }
    back = times[times["event"] == 1].set_index("spell_id")["stop"].round(1).to_dict()
    assert back == {
        "qsm-RJL-1": 32.2,
        "qsm-RWD-1": 25.0,
        "qsm-RCX-1": 34.6,
        "qsm-RMY-1": 12.0,
        "fsm-RM1-1": 16.5,
        "qsm-RF4-1": 7.3,
        "qsm-R1F-1": 21.3,
        "rsp-RJZ-1": 18.8,
    }
    assert returns.left_out.set_index("spell_id")["reason"].to_dict() == {
        "qsm-RVV-1": STILL_INSIDE,
        "qsm-RXC-1": STILL_INSIDE,
        "fsm-RXH-1": STILL_INSIDE,
        "qsm-R1H-1": STILL_INSIDE,
        "rsp-R1F-1": DOUBTED,
    }


def test_every_exit_on_record_is_used_or_left_out_with_a_reason(returns, written) -> None:
    exits = {
        row["spell_id"]
        for row in written
        if row["left"] and row["left_kind"] in ("improved", "left_unspecified")
    }
    assert set(returns.times["spell_id"]) | set(returns.left_out["spell_id"]) == exits
    assert len(returns.times) + len(returns.left_out) == len(exits) == 53


def test_returns_under_a_later_framework_are_listed(marts, spells) -> None:
    found = later_returns(spells, show_mart(marts, "fct_segment"), read(marts, "eras"), TODAY)
    assert found.set_index("spell_id")["returned_as"].str.slice(0, 8).to_dict() == {
        "qsm-RXR-1": "Recovery",
        "qsm-RTX-1": "Recovery",
        "qsm-RPA-1": "Recovery",
        "qsm-RYD-1": "Recovery",
        "rsp-RCX-1": "Provider",
        "rsp-RJL-1": "Intensiv",
    }
