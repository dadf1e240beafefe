"""The analysis `its` on a person's own rows: what it answers."""

import json
from pathlib import Path

import numpy as np
import pytest

from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own
from tests.unit.indicators.analyses.made_its import codes, month, rows, run, values


def test_the_result_has_what_the_contract_names(tmp_path: Path) -> None:
    result = run(tmp_path, *rows(values(48)))
    wanted = ["ok", "n", "n_pre", "n_post", "method", "coefficients", "phi", "sigma", "effects"]
    wanted += ["cumulative", "diagnostics", "warnings", "series"]
    assert set(wanted) < set(result)
    assert (result["n"], result["n_pre"], result["n_post"]) == (48, 24, 24)
    assert [one["term"] for one in result["coefficients"]] == [
        *("intercept", "time", "level_1", "slope_1")
    ]
    fields = {"term", "estimate", "se", "df", "ci_low", "ci_high"}
    assert all(fields < set(one) for one in result["coefficients"])
    assert [one["horizon"] for one in result["effects"]] == [0, 6, 12]
    assert all(fields - {"term"} < set(one) for one in result["effects"])
    assert fields - {"term"} < set(result["cumulative"])
    assert {"period", "value", "fitted", "counterfactual"} < set(result["series"][0])
    assert result["grade"] == "standard"
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_the_default_is_reml_with_what_the_methods_prescribe(tmp_path: Path) -> None:
    asked = {"analysis": "its", "interruptions": ["2014-01"]}
    result = analyse(asked, own(tmp_path, *rows(values(48))))
    assert (result["method"], result["seasonality"], result["slope_origin"]) == (
        *("reml_ar1", "fourier2"),
        0,
    )
    assert result["covid"] == "none"
    assert result["phi"] is not None
    assert all(2 <= one["df"] <= 40 for one in result["coefficients"])


def test_rows_of_the_series(tmp_path: Path) -> None:
    lines = rows(values(48))
    del lines[10]
    result = run(tmp_path, *lines, anticipation=2, phase_in=1)
    series = result["series"]
    assert [row["period"] for row in series] == [month(t) for t in range(1, 49)]
    gap, before, start = series[9], series[22], series[24]
    assert (gap["value"], gap["fitted"], gap["used"], gap["why"]) == (
        *(None, None),
        False,
        "no value",
    )
    assert before["why"] == "before entry, when it may have been expected"
    assert start["why"] == "phase-in after entry"
    assert series[23]["counterfactual"] is None
    assert start["counterfactual_low"] < start["counterfactual"] < start["counterfactual_high"]
    assert series[30]["why"] is None
    assert result["n"] == 44
    after = series[30]
    effect = [one for one in result["effects"] if one["period"] == "2014-08"]
    assert effect[0]["horizon"] == 6
    later = series[31]
    assert later["fitted"] - later["counterfactual"] == pytest.approx(effect[0]["estimate"])
    assert effect[0]["counterfactual"] == pytest.approx(later["counterfactual"])
    assert after["counterfactual_flat"] == pytest.approx(series[40]["counterfactual_flat"])


def test_what_could_be_shown_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    result = run(tmp_path, *rows(values(48)), minimum_detectable=True, method="reml_ar1")
    found = result["minimum_detectable"]
    assert (found["power"], found["series"], found["seed"]) == (0.8, 2000, 20210)
    by_formula = [2.801585 * one["se"] for one in result["effects"]]
    assert [one["closed_form"] for one in found["effects"]] == pytest.approx(by_formula)
    assert all(one["simulated"] > one["closed_form"] for one in found["effects"])
    by_ols = run(tmp_path, *rows(values(48)), minimum_detectable=True)["minimum_detectable"]
    assert {one["simulated"] for one in by_ols["effects"]} == {None}
    assert "minimum_detectable" not in run(tmp_path, *rows(values(48)))


def test_few_scattered_counts_are_negative_binomial_and_the_result_says_so(tmp_path: Path) -> None:
    """Falls per bed days: mostly a few, now and then many; without denominators by the days of the month."""
    falls = [(1, 0, 2, 40, 3, 1, 0, 5, 1, 30, 2, 4)[t % 12 - t // 24] for t in range(48)]
    lines = [f"{month(t)},{n},{900 + t}" for t, n in enumerate(falls, start=1)]
    result = run(tmp_path, "period,numerator,denominator", *lines, family="negative_binomial")
    assert (result["method"], result["family"], result["link"]) == (
        *("negative_binomial", "negative_binomial"),
        "log",
    )
    assert result["shape"] > 0.5
    assert result["effects"][0]["ratio"] > 0
    by_days = [f"{month(t)},{n}" for t, n in enumerate(falls, start=1)]
    alone = run(tmp_path, "period,value", *by_days, family="negative_binomial")
    assert alone["series"][1]["denominator"] == 29
    assert alone["shape"] == pytest.approx(result["shape"], rel=0.1)


def test_entry_and_exit(tmp_path: Path) -> None:
    result = run(tmp_path, *rows(values(72)), interruptions=["2014-01", "2016-01"])
    assert [one["kind"] for one in result["interruptions"]] == ["entry", "exit"]
    assert [one["stretch"] for one in result["slopes"]] == ["before", "during", "after"]
    assert result["segments"] == [24, 24, 24]
    assert (result["n_pre"], result["n_post"]) == (24, 48)
    series = {row["period"]: row for row in result["series"]}
    assert series["2015-12"]["never_exited"] is None
    last = series["2017-12"]
    never_exited = last["fitted"] - last["never_exited"]
    assert [one["horizon"] for one in result["effects"]] == [0, 6, 12]
    (left,) = result["later_interruptions"]
    found = {one["horizon"]: one["estimate"] for one in left["effects"]}
    assert (left["interruption"], set(found)) == (2, {0, 6, 12})
    slope = found[12] - found[0]
    assert never_exited == pytest.approx(found[0] + 23 / 12 * slope)
    assert left["cumulative"]["periods"] == 24
    assert result["cumulative"]["periods"] == 48


@pytest.mark.parametrize(
    ("improvement", "favourable", "words"),
    [("up", 1, "clear improvement"), ("down", -1, "clear worsening"), (None, None, "clear rise")],
)
def test_the_better_side_decides_the_words(
    tmp_path: Path, improvement: str | None, favourable: int | None, words: str
) -> None:
    result = run(tmp_path, *rows(values(48, step=9)), improvement=improvement)
    effect = result["effects"][0]
    change = None if favourable is None else favourable * effect["estimate"]
    assert (effect["favourable"], effect["evidence"]) == (change, words)
    unclear = run(tmp_path, *rows(values(48, step=0)), improvement=improvement)
    assert unclear["effects"][0]["evidence"] == "uncertain"


def test_a_descriptive_run_has_no_p(tmp_path: Path) -> None:
    lines = rows(values(29))
    result = run(tmp_path, *lines)
    assert result["grade"] == "descriptive"
    assert codes(result) == ["LOW_POINTS", "HORIZON_NOT_OBSERVED"]
    assert [one["term"] for one in result["coefficients"]] == ["intercept", "time", "level_1"]
    assert {one["p"] for one in [*result["coefficients"], *result["effects"]]} == {None}
    assert result["cumulative"]["p"] is None


def test_a_day_makes_its_month_or_the_next_the_first_exposed(tmp_path: Path) -> None:
    lines = rows(values(48))
    for day, first in (("2013-12-16", "2014-01"), ("2014-01-15", "2014-01")):
        result = run(tmp_path, *lines, interruptions=[day])
        assert result["interruptions"][0]["first_exposed"] == first
        assert result["effects"] == run(tmp_path, *lines)["effects"]


def test_quarters_and_a_month_among_them(tmp_path: Path) -> None:
    lines = [
        f"{2012 + (t - 1) // 4}-Q{(t - 1) % 4 + 1},{value}"
        for t, value in enumerate(values(32, at=17), start=1)
    ]
    for entry in ("2016-Q1", "2016-01"):
        result = run(tmp_path, "period,value", *lines, interruptions=[entry], seasonality="auto")
        assert result["interruptions"][0]["first_exposed"] == "2016-Q1"
        assert result["seasonality"] == "quarter_dummies"
        assert [one["period"] for one in result["effects"]] == ["2016-Q1", "2017-Q3", "2019-Q1"]


def counted(n: int, share: float, below: int) -> list[str]:
    rng = np.random.default_rng(2)
    above = rng.binomial(below, share, n)
    lines = [f"{month(t)},{number},{below}" for t, number in enumerate(above, start=1)]
    return ["period,numerator,denominator", *lines]


def test_shares_are_in_per_cent_and_their_family_by_rule(tmp_path: Path) -> None:
    plain = run(tmp_path, *counted(48, 0.6, 900))
    assert (plain["family"], plain["link"]) == ("gaussian", "identity")
    assert 55 < plain["series"][0]["value"] < 65
    assert plain["series"][0]["denominator"] == 900
    rare = run(tmp_path, *counted(48, 0.04, 900))
    assert (rare["family"], rare["method"]) == ("binomial", "quasi_binomial")
    assert rare["dispersion"] > 0
    effect = rare["effects"][0]
    assert effect["ratio_low"] < effect["ratio"] < effect["ratio_high"]
    assert rare["cumulative"]["events"]["estimate"] == pytest.approx(
        rare["cumulative"]["estimate"] / 100 * 900
    )


def test_half_people_count_and_other_parts_do_not(tmp_path: Path) -> None:
    whole = counted(48, 0.04, 900)
    halves = [whole[0], *(line.replace(",900", ".5,900") for line in whole[1:])]
    assert run(tmp_path, *halves)["family"] == "binomial"
    parts = [whole[0], *(line.replace(",900", ".3,900") for line in whole[1:])]
    result = run(tmp_path, *parts)
    assert (result["family"], result["series"][0].get("numerator")) == ("gaussian", None)
    first = float(parts[1].split(",")[1])
    assert result["series"][0]["value"] == pytest.approx(first / 900)


def test_changes_of_definition_of_whole_numbers(tmp_path: Path) -> None:
    lines = [f"{t},{value}" for t, value in enumerate(values(48), start=1)]
    asked = {"interruptions": [25], "series_breaks": [10, "40"]}
    result = run(tmp_path, "period,value", *lines, **asked)
    assert [one["term"] for one in result["coefficients"]][4:] == ["break_1", "break_2"]
    cut = run(tmp_path, "period,value", *lines, **asked, breaks="truncate")
    assert (cut["n"], cut["segments"]) == (30, [15, 15])
    assert cut["series"][8]["why"] == "on the other side of a change of definition"


def test_events_without_a_denominator_are_a_rate_by_days(tmp_path: Path) -> None:
    """Thirty a day throughout: months of 28 to 31 days do not show."""
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    rng = np.random.default_rng(4)
    lines = [f"{month(t, 2013)},{rng.poisson(30 * days[(t - 1) % 12])}" for t in range(1, 37)]
    result = run(tmp_path, "period,value", *lines, family="poisson", interruptions=["2014-07"])
    assert (result["family"], result["method"]) == ("poisson", "quasi_poisson")
    shown = [row["value"] for row in result["series"]]
    assert min(shown) > 820
    assert max(shown) < 1010
    assert result["series"][1]["denominator"] == 28


def test_rows_without_a_value_are_told(tmp_path: Path) -> None:
    lines = rows(values(48))
    lines[5] = "2012-05,"
    result = run(tmp_path, *lines)
    assert codes(result) == ["LEFT_OUT"]
    assert result["n"] == 47
