"""`pooled` on a person's own file: what comes out, what is left out, what is refused."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.stats.pooled.imputation import Options, study
from indicators.stats.pooled.together import pool_units
from indicators.stats.pooled.units import unit_effects
from tests.stats.made_pooled import panel
from tests.unit.indicators.analyses.files import own

ENTRIES = [24, 27, 30, 33, 36, 39, 42, 45]
MONTHS = [f"{year}-{month:02}" for year in range(2018, 2024) for month in range(1, 13)]
HEADER = "unit,period,value,entered,left"


def lines(entries: list[int] = ENTRIES, controls: int = 20, **more: Any) -> list[str]:
    """The made panel as a file: units e0, e1 … with months of entry, then c0, c1 …"""
    value = panel(entries, controls, **more).value
    names = [f"e{n}" for n in range(len(entries))] + [f"c{n}" for n in range(controls)]
    entered = [MONTHS[first] for first in entries] + [""] * controls
    return [
        f"{name},{month},{number:.10f},{first},"
        for name, path, first in zip(names, value, entered, strict=True)
        for month, number in zip(MONTHS, path, strict=True)
    ]


def run(folder: Path, rows: list[str], **fields: Any) -> dict[str, Any]:
    return analyse({"analysis": "pooled"} | fields, own(folder, HEADER, *rows))


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]


def test_the_numbers_are_those_of_the_statistics(tmp_path: Path) -> None:
    rows = lines(effect=2)
    result = run(tmp_path, [*rows[500:], *rows[:500]])
    made = panel(ENTRIES, effect=2)
    effects, _ = unit_effects(made, (-12, -1))
    found = pool_units(effects)
    by_unit = {row["unit"]: row for row in result["units"]}
    assert by_unit["e3"]["effect"] == pytest.approx(effects[3].effect, abs=1e-8)
    assert by_unit["e3"]["se"] == pytest.approx(effects[3].variance ** 0.5, abs=1e-8)
    assert by_unit["e3"]["pooled_without"] == pytest.approx(found.without[3], abs=1e-8)
    for name in ("estimate", "se", "ci_low", "ci_high", "tau", "prediction_low", "prediction_high"):
        assert result["pooled"][name] == pytest.approx(getattr(found.pooled, name), abs=1e-7)
    bins = study(made, Options((-24, 24), 3, 3))
    assert result["imputation_att"] == pytest.approx(bins.overall.estimate, abs=1e-8)
    points = {row["event_time"]: row for row in result["event_study"]}
    assert list(points) == list(range(-24, 24, 3))
    assert points[6]["estimate"] == pytest.approx(bins.bins[6].estimate, abs=1e-8)
    assert points[6]["band_low"] < points[6]["ci_low"] < points[6]["ci_high"]
    assert (points[6]["n_units"], points[6]["last"]) == (8, 8)
    assert (result["n_entrants"], result["n_controls"]) == (8, 20)


def test_a_planted_effect_comes_out_of_every_estimate(tmp_path: Path) -> None:
    result = run(tmp_path, lines(effect=4, noise=0.3), improvement="up")
    pooled = result["pooled"]
    assert pooled["ci_low"] < 4 < pooled["ci_high"]
    for estimate in (
        result["imputation_att"],
        result["imputation"]["first_year"]["estimate"],
        result["callaway_santanna"]["att"],
        result["randomisation"]["mean"],
        *[row["estimate"] for row in result["bases"]],
        *[row["estimate"] for row in result["compared"]],
    ):
        assert estimate == pytest.approx(4, abs=0.5)
    assert result["randomisation_p"] == 1 / 1000
    assert [row["controls"] for row in result["compared"]] == ["never", "not_yet"]
    assert [(row["begins"], row["ends"], row["n"]) for row in result["bases"]] == [
        (-1, -1, 8),
        (-3, -1, 8),
        (-12, -1, 8),
        (-12, -4, 8),
        (-12, -7, 8),
        (-24, -13, 8),
    ]
    assert "RTM_LIKELY" not in codes(result)


def test_the_same_document_gives_the_same_digits(tmp_path: Path) -> None:
    rows = lines()
    assert run(tmp_path, rows) == run(tmp_path, rows)
    other = run(tmp_path, rows, seed=1)
    assert other["randomisation_p"] != run(tmp_path, rows)["randomisation_p"]


@pytest.mark.parametrize(
    ("entries", "controls", "entrants"), [(ENTRIES[:7], 20, 7), (ENTRIES, 19, 8)]
)
def test_below_the_minima_there_is_a_forest_plot_only(
    tmp_path: Path, entries: list[int], controls: int, entrants: int
) -> None:
    result = run(tmp_path, lines(entries, controls))
    assert codes(result) == ["TOO_FEW_ENTRANTS"]
    assert len(result["units"]) == entrants
    assert all(row["effect"] is not None for row in result["units"])
    assert (result["pooled"], result["imputation_att"], result["randomisation_p"]) == (None,) * 3
    assert result["event_study"] == []


def test_entrants_without_a_year_before_are_named_with_the_reason(tmp_path: Path) -> None:
    result = run(tmp_path, lines([6, *ENTRIES, 70]))
    told = {row["unit"]: row["reason"] for row in result["left_out"]}
    assert told["e0"].startswith("it has too few figures in the months before")
    assert told["e9"].startswith("it has too few figures in the year after")
    assert result["n_entrants"] == 8


def test_nobody_that_can_be_judged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines([6, 70]))
    assert refused.value.code == "TOO_FEW_ENTRANTS"


@pytest.mark.parametrize("depth", [0.0, 4.0])
def test_a_dip_before_entry_is_noticed_and_the_earlier_base_is_told(
    tmp_path: Path, depth: float
) -> None:
    """Entrants lie `depth` lower in the half year before, and come back: −12 to −7 shows no effect."""
    rows = []
    for row in lines(noise=0.5):
        unit, month, value, entered, _ = row.split(",")
        is_before = entered and 0 < MONTHS.index(entered) - MONTHS.index(month) <= 6
        rows.append(f"{unit},{month},{float(value) - depth * bool(is_before)},{entered},")
    result = run(tmp_path, rows, improvement="up")
    assert ("ENTRY_DIP" in codes(result)) == (depth > 0)
    assert ("RTM_LIKELY" in codes(result)) == (depth > 0)
    assert result["pooled"]["estimate"] == pytest.approx(depth / 2, abs=0.4)
    earlier = next(row for row in result["bases"] if row["ends"] == -7)
    assert earlier["estimate"] == pytest.approx(0, abs=0.4)


def test_entrants_of_one_month_share_controls_and_the_reader_is_told(tmp_path: Path) -> None:
    result = run(tmp_path, lines([36] * 16))
    assert "SHARED_CONTROLS" in codes(result)
    assert result["shared_controls"]["se"] > 1.1 * result["pooled"]["se"]


def test_exits_are_held_against_those_still_inside(tmp_path: Path) -> None:
    """Thirty enter in month 12; ten leave in months 36 to 45 and rise by 3 on leaving."""
    value = panel([], 30, noise=0.3).value
    rows = []
    for unit, path in enumerate(value):
        left = 36 + unit if unit < 10 else None
        if left is not None:
            path[left:] += 3
        rows += [
            f"u{unit},{month},{number},{MONTHS[12]},{MONTHS[left] if left else ''}"
            for month, number in zip(MONTHS, path, strict=True)
        ]
    result = run(tmp_path, rows, event="exit")
    assert result["controls"] == "still_inside"
    assert result["pooled"]["estimate"] == pytest.approx(3, abs=0.3)
    assert result["imputation"]["first_year"]["estimate"] == pytest.approx(3, abs=0.3)
    assert "EXIT_DESCRIPTIVE" in codes(result)
    assert "NO_RANDOMISATION" not in codes(result)
    assert (
        len([row for row in result["left_out"] if "no source gives an exit" in row["reason"]]) == 20
    )


def test_a_day_counts_for_its_month_up_to_the_15th(tmp_path: Path) -> None:
    """The 15th of January 2020 and the 16th of December 2019 both expose January 2020 first."""
    rows = lines([24] * 8)
    base = run(tmp_path, rows)["pooled"]
    for day in ("2020-01-15", "2019-12-16"):
        dated = [re.sub("2020-01,$", f"{day},", row) for row in rows]
        assert run(tmp_path, dated)["pooled"] == base


def test_quarters_are_four_a_year(tmp_path: Path) -> None:
    """A year before is four quarters; the half year before, −6 to −1, is two; −1 alone is no quarter."""
    random = np.random.default_rng(5)
    quarters = [f"{year}-Q{q}" for year in range(2014, 2024) for q in (1, 2, 3, 4)]
    rows = []
    for unit in range(30):
        path = random.normal(size=40) + (np.arange(40) >= 20) * 2 * (unit < 8)
        entered = quarters[20] if unit < 8 else ""
        rows += [f"u{unit},{q},{v},{entered}," for q, v in zip(quarters, path, strict=True)]
    result = run(tmp_path, rows)
    assert result["base"] == [-4, -1]
    assert result["pooled"]["estimate"] == pytest.approx(2, abs=0.8)
    assert [row["event_time"] for row in result["event_study"]] == list(range(-8, 9))
    assert (-1, -1) not in [(row["begins"], row["ends"]) for row in result["bases"]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,2020-01,1,soon,", "'soon' is not written as the periods are (month)"),
        ("x,2020-01,1,,2020-03", "stands without a period of entry"),
        ("x,2020-01,1,2020-03,2020-03", "is not after entry"),
    ],
)
def test_rows_that_cannot_be_are_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, [row, *lines()])
    assert refused.value.code == "BAD_DATA"
    assert message in refused.value.message


def test_segments_are_not_known_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines(), controls="segment_3")
    assert refused.value.code == "BAD_SPEC"


def test_a_base_has_its_first_period_first(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines(), base=[-1, -12])
    assert "base" in refused.value.message


def test_estimates_that_point_to_different_sides_are_told(tmp_path: Path) -> None:
    """Entrants stand 6 lower until a year before, then 4 higher, and 3 higher after entry.

    Against the year before that is −1; against all of the time before it is some +5.
    """
    rows = []
    for row in lines([40 + n for n in range(10)], noise=0.2):
        unit, month, value, entered, _ = row.split(",")
        time = MONTHS.index(month) - MONTHS.index(entered) if entered else None
        step = 0 if time is None else -6 if time < -12 else 4 if time < 0 else 3
        rows.append(f"{unit},{month},{float(value) + step},{entered},")
    result = run(tmp_path, rows)
    assert result["pooled"]["ci_high"] < 0 < result["imputation"]["first_year"]["ci_low"]
    assert "ESTIMATES_DIFFER" in codes(result)
    assert "ESTIMATES_DIFFER" not in codes(run(tmp_path, lines()))


def test_neighbours_are_not_known_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines(), event="exposure")
    assert refused.value.message.startswith("event: who is whose neighbour is not known")


def test_the_time_inside_is_held_against_the_base_by_hand(tmp_path: Path) -> None:
    """Eight enter in months 24 to 45 and are 2 higher while inside, 18 months; then 5 higher outside.

    The time inside is 2 above; the year from entry on too; without an exit it goes on to the end of data.
    """
    rows = []
    for row in lines(noise=0.0, effect=0):
        unit, month, value, entered, _ = row.split(",")
        since = MONTHS.index(month) - MONTHS.index(entered) if entered else -1
        more = 0 if since < 0 else 2 if since < 18 else 5
        wobble = 0.1 * (int(unit[1:]) % 5) * (MONTHS.index(month) % 2) if unit[0] == "c" else 0.0
        left = MONTHS[MONTHS.index(entered) + 18] if entered else ""
        rows.append(f"{unit},{month},{float(value) + more + wobble},{entered},{left}")
    result = run(tmp_path, rows, event="programme")
    assert [row["months"] for row in result["units"]] == [18] * 8
    assert result["pooled"]["estimate"] == pytest.approx(2, abs=0.02)
    assert "STAYS_DIFFER" in codes(result)
    assert result["rebound"]["regression"] is None
    open_end = [",".join([*row.split(",")[:4], ""]) for row in rows]
    found = run(tmp_path, open_end, event="programme")
    assert [row["months"] for row in found["units"]] == [72 - first for first in ENTRIES]
    expected = np.mean([(18 * 2 + (72 - first - 18) * 5) / (72 - first) for first in ENTRIES])
    mean = np.mean([row["effect"] for row in found["units"]])
    assert mean == pytest.approx(expected, abs=0.05)


def test_no_time_inside_is_refused_as_entries_are(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines([6, 70]), event="programme")
    assert refused.value.code == "TOO_FEW_ENTRANTS"
    result = run(tmp_path, lines(ENTRIES[:7]), event="programme")
    assert (result["pooled"], "TOO_FEW_ENTRANTS" in codes(result)) == (None, True)


def test_a_sustained_exit_is_told_apart_from_its_first_year(tmp_path: Path) -> None:
    """Ten leave, rise by 3 at once, by 1 more from the tenth month on: 3.25 over the year, 4 at its end."""
    value = panel([], 40, noise=0.3).value
    rows = []
    for unit, path in enumerate(value):
        left = 36 + unit if unit < 10 else None
        if left is not None:
            path[left:] += 3
            path[left + 9 :] += 1
        rows += [
            f"u{unit},{month},{number},{MONTHS[12]},{MONTHS[left] if left else ''}"
            for month, number in zip(MONTHS, path, strict=True)
        ]
    result = run(tmp_path, rows, event="exit")
    late = result["sustained"]
    assert (late["begins"], late["ends"], late["n"]) == (9, 11, 10)
    assert result["pooled"]["estimate"] == pytest.approx(3.25, abs=0.3)
    assert late["ci_low"] < 4 < late["ci_high"]
    assert late["estimate"] == pytest.approx(4, abs=0.4)
    assert np.mean([row["late"] for row in result["units"]]) == pytest.approx(4, abs=0.4)
    assert run(tmp_path, lines())["sustained"] is None


def test_what_the_effect_withstands_is_told_and_refused_for_few(tmp_path: Path) -> None:
    found = run(tmp_path, lines(ENTRIES, noise=0.3, effect=4))["honest"]
    assert (found["n"], found["leads"], found["reference"]) == (8, 3, -2)
    assert found["points"][0]["ci_low"] == found["line"]["ci_low"] > 0
    assert found["breakdown"] > 0
    nothing = run(tmp_path, lines(ENTRIES, noise=0.3, effect=4), anticipation=24)["honest"]
    assert nothing["breakdown"] is None
    assert nothing["refused"].startswith("Whether a drift from before explains it cannot be told")


def test_the_widest_interval_is_that_of_entries_of_one_month(tmp_path: Path) -> None:
    """Means by controls and by base allow for shared controls, as the headline on the page does."""
    result = run(tmp_path, lines([36] * 16))
    shared, pooled = result["shared_controls"], result["pooled"]
    assert (
        shared["ci_high"] > pooled["ci_high"]
        and shared["prediction_high"] > pooled["prediction_high"]
    )
    usual = next(row for row in result["compared"] if row["controls"] == "never")
    assert (usual["ci_low"], usual["ci_high"]) == (shared["ci_low"], shared["ci_high"])
    told = next(row["message"] for row in result["warnings"] if row["code"] == "SHARED_CONTROLS")
    assert "too narrow" in told and "shared_controls" in told


@pytest.mark.parametrize("event", ["entry", "exit"])
def test_programmes_are_not_known_from_a_file(tmp_path: Path, event: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines(), event=event, programme="rsp")
    assert refused.value.code == "BAD_SPEC"
    assert refused.value.message.startswith("programme:")
