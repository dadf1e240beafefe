"""What is known of a controlled series before its result: the same comparators and power, no result."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.controlled_before import before_controlled
from indicators.analyses.running import analyse

AE: dict[str, Any] = {
    "analysis": "controlled_its",
    "indicator": "ae_4h_all",
    "org": "RXW",
    "interruptions": ["2021-07"],
    "anticipation": 2,
    "horizons": [0, 12],
}


@pytest.fixture(autouse=True)
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


def test_it_tells_of_the_comparators_that_the_run_will_have() -> None:
    found, result = before_controlled(AE), analyse(AE)
    chosen = {one["unit"] for one in result["comparators"]}
    assert (found.pool, found.chosen) == (result["estimates"][0]["comparators"], len(chosen))
    assert set(found.judged.loc[found.judged["is_in"], "org_code"]) == chosen
    assert found.balance["smd"].to_list() == [one["smd"] for one in result["balance"]]
    assert list(found.notices) == [one["message"] for one in result["warnings"][:3]]


def test_what_could_be_shown_by_formula_is_the_standard_error_times_both_quantiles() -> None:
    effects = analyse(AE)["effects"]
    expected = [(1.959963985 + 0.841621234) * one["se"] for one in effects]
    found = before_controlled(AE).before
    assert [horizon for horizon, _ in found.detectable] == [0, 12]
    assert [one.known for one in found.least] == pytest.approx(expected)
    # That the errors' correlation and spread have to be found from the series takes a larger effect.
    assert all(one.known < one.shown < 1.3 * one.known for one in found.least)
    assert "fitted" not in found.rows


def test_its_rows_are_the_lines_of_the_result() -> None:
    rows, series = before_controlled(AE).before.rows, analyse(AE)["series"]
    for name in ("entered", "comparators", "comparators_low", "comparators_high", "value"):
        assert rows[name].to_list() == pytest.approx([one[name] for one in series], nan_ok=True)


def test_a_refused_pool_still_says_who_is_out_and_why() -> None:
    found = before_controlled(AE | {"org": "RBS"})
    assert found.before.refused is not None
    assert found.before.refused.code == "TOO_FEW_COMPARATORS"
    reasons = found.judged.set_index("org_code")["reason"]
    assert reasons["RXW"] == "is another type of organisation"
    assert int(found.judged["is_in"].sum()) < 5


def test_a_refused_model_still_shows_both_lines() -> None:
    found = before_controlled(AE | {"interruptions": ["2026-04"]})
    assert found.before.refused is not None
    assert found.before.refused.code == "TOO_FEW_POINTS"
    assert found.chosen >= 5
    known = found.before.rows[found.before.rows["used"]]
    assert (known["value"] == known["entered"] - known["comparators"]).all()
