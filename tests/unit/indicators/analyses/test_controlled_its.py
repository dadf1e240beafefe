"""`controlled_its` on a person's own file and on published series: what comes out, what is refused."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from indicators.analyses.controlled_spec import Spec
from indicators.analyses.its_spec import Selected
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.runs.record import record_run
from settings import ROOT
from sql.reads import read
from tests.unit.indicators.analyses.files import own

MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022, 2023) for month in range(1, 13)]
HEADER = "unit,treated,period,value"
AE = {
    "analysis": "controlled_its",
    "indicator": "ae_4h_all",
    "org": "RXW",
    "interruptions": ["2021-07"],
}


def values(seed: int = 4) -> np.ndarray:
    """48 months of `own` (higher by 3 from 2022 on) and four others, with one shock for all."""
    draw = np.random.default_rng(seed)
    paths = 60 + draw.normal(0, 3, 5) + draw.normal(0, 1, (48, 5)) + draw.normal(0, 6, (48, 1))
    paths[24:, 0] += 3
    return np.round(paths, 4)


def lines(paths: np.ndarray) -> list[str]:
    names = ["own", "a", "b", "c", "d"]
    return [
        f"{name},{int(name == 'own')},{month},{value}"
        for name, path in zip(names, paths.T, strict=True)
        for month, value in zip(MONTHS, path, strict=True)
        if not np.isnan(value)
    ]


def run(folder: Path, rows: list[str], **fields: Any) -> dict[str, Any]:
    document = {"analysis": "controlled_its", "interruptions": ["2022-01"], "seasonality": "none"}
    return analyse(document | fields, own(folder, HEADER, *rows))


def refusal_of(folder: Path, rows: list[str], **fields: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        run(folder, rows, **fields)
    return refused.value.code, refused.value.message


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]


def term(result: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in result["coefficients"] if one["term"] == name)


def test_a_shock_common_to_all_is_not_in_the_difference(tmp_path: Path) -> None:
    found = run(tmp_path, lines(values()))
    shocked = run(tmp_path, lines(values() + 100 * np.sin(np.arange(48.0))[:, None]))
    for name in ("level_1", "slope_1"):
        assert term(shocked, name)["estimate"] == pytest.approx(
            term(found, name)["estimate"], abs=1e-9
        )
    assert term(found, "level_1")["ci_low"] < 3 < term(found, "level_1")["ci_high"]


def test_each_row_of_the_series_is_the_difference_of_two_lines(tmp_path: Path) -> None:
    paths = values()
    result = run(tmp_path, lines(paths), improvement="up")
    assert [row["value"] for row in result["series"]] == pytest.approx(
        paths[:, 0] - paths[:, 1:].mean(axis=1)
    )
    assert [row["entered"] for row in result["series"]] == pytest.approx(paths[:, 0])
    assert [row["comparators"] for row in result["series"]] == pytest.approx(
        paths[:, 1:].mean(axis=1)
    )
    for name, percent in (("comparators_low", 10), ("comparators_high", 90)):
        expected = np.percentile(paths[:, 1:], percent, axis=1)
        assert [row[name] for row in result["series"]] == pytest.approx(expected)
    assert {effect["percent"] for effect in result["effects"]} == {None}
    assert result["improvement"] == "up"
    assert result["estimates"] == []


def test_weights_are_made_to_sum_to_one(tmp_path: Path) -> None:
    paths = values()
    result = run(tmp_path, lines(paths), weights={"a": 3, "b": 1, "c": 2, "d": 2})
    assert [one["weight"] for one in result["comparators"]] == [0.375, 0.125, 0.25, 0.25]
    mean = paths[:, 1:] @ [0.375, 0.125, 0.25, 0.25]
    assert [row["comparators"] for row in result["series"]] == pytest.approx(mean)


def test_the_forms_stand_beside_each_other(tmp_path: Path) -> None:
    difference, stacked = (
        run(tmp_path, lines(values()), form=form) for form in ("difference", "stacked")
    )
    beside = {one["term"]: one["estimate"] for one in difference["beside"]["coefficients"]}
    assert (difference["beside"]["form"], stacked["beside"]["form"]) == ("stacked", "difference")
    assert term(stacked, "treated:level_1")["estimate"] == beside["level_1"]
    back = {one["term"]: one["estimate"] for one in stacked["beside"]["coefficients"]}
    assert term(difference, "slope_1")["estimate"] == back["slope_1"]
    assert [one["term"] for one in stacked["coefficients"]] == [
        *("intercept", "time", "level_1", "slope_1"),
        *("treated", "treated:time", "treated:level_1", "treated:slope_1"),
    ]


def test_signs_that_differ_are_told(tmp_path: Path) -> None:
    """The level of c and d jumps, so that most of what follows hangs on how units are weighed."""
    result = run(tmp_path, lines(values()))
    assert "SIGNS_DIFFER" not in codes(result)
    paths = values()
    paths[24:, 0] -= 3
    weights = {"a": 1000.0, "b": 1.0, "c": 1.0, "d": 1.0}
    paths[24:, 1] -= 4
    paths[24:, 2:] += 4
    told = run(tmp_path, lines(paths), weights=weights)
    assert term(told, "level_1")["estimate"] > 0
    message = next(one["message"] for one in told["warnings"] if one["code"] == "SIGNS_DIFFER")
    assert message.startswith("The change level_1 is +")


def test_a_clear_interval_that_placebos_match_is_told(tmp_path: Path) -> None:
    """a falls further than `own` rises, so one of four placebos is as clear as the change."""
    paths = values()
    paths[24:, 0] += 3
    paths[24:, 1] -= 60
    result = run(tmp_path, lines(paths), weights={"a": 0.001, "b": 1, "c": 1, "d": 1})
    test = result["placebo_in_space"]["tests"][0]
    assert (test["term"], test["rank"], test["p"], test["floor"]) == ("level_1", 2, 0.4, 0.2)
    message = next(one["message"] for one in result["warnings"] if "PLACEBO" in one["code"])
    assert message.startswith("The interval of level_1, ")
    assert message.endswith(
        "leaves out 0, but 1 of 4 comparators that did not enter moved as clearly (p 0.40). "
        "Treat the change as uncertain."
    )


def test_units_with_too_few_figures_are_left_out_and_named(tmp_path: Path) -> None:
    paths = values()
    paths[:6, 1] = np.nan
    paths[:4, 2] = np.nan
    result = run(tmp_path, lines(paths))
    assert [one["unit"] for one in result["comparators"]] == ["b", "c", "d"]
    assert {one["org_code"]: one["reason"] for one in result["organisations"]} == {
        "a": "has figures for only 42 of 48 periods",
        "b": "has figures for 44 of 48 periods",
        "c": "has figures for 48 of 48 periods",
        "d": "has figures for 48 of 48 periods",
    }
    assert [one["is_in"] for one in result["organisations"]] == [False, True, True, True]


def test_entry_in_the_pandemic_is_what_comparators_are_for(tmp_path: Path) -> None:
    result = run(tmp_path, lines(values()), interruptions=["2020-12"])
    assert result["covid"] == "none"
    assert "COVID_OVERLAP" not in codes(result)


@pytest.mark.parametrize(
    ("change", "fields", "code", "message"),
    [
        (("own,1", "own,0"), {}, "BAD_DATA", "own.csv: 0 units have treated 1"),
        (("a,0", "a,1"), {}, "BAD_DATA", "own.csv: 2 units have treated 1"),
        (("a,0", "a,2"), {}, "BAD_DATA", "own.csv, row 50, column treated: it has to be 1"),
        (("own,1,2020", "own,0,2020"), {}, "BAD_DATA", "own.csv: own has treated 0 in some rows"),
        ((",", ","), {"weights": {"a": 1}}, "BAD_SPEC", "weights: there has to be one for each"),
        ((",", ","), {"form": "stacked", "method": "ols"}, "BAD_SPEC", ": Value error, method"),
        ((",", ","), {"family": "binomial"}, "BAD_SPEC", "Family binomial takes numerators"),
        ((",", ","), {"rolling_k": 12}, "ROLLING_WINDOW", "This measure is a 12-month"),
        ((",", ","), {"interruptions": ["2020-03"]}, "TOO_FEW_POINTS", "There are 2 months"),
    ],
)
def test_what_cannot_be_analysed_is_refused(
    tmp_path: Path, change: tuple[str, str], fields: dict[str, Any], code: str, message: str
) -> None:
    rows = [line.replace(*change) for line in lines(values())]
    found = refusal_of(tmp_path, rows, **fields)
    assert (found[0], found[1][: len(message)]) == (code, message)


def test_nothing_to_compare_with(tmp_path: Path) -> None:
    rows = [line for line in lines(values()) if line.startswith("own") or "a,0,2020-0" in line]
    code, message = refusal_of(tmp_path, rows)
    assert code == "TOO_FEW_COMPARATORS"
    assert "(a has figures for only 9 of 48 periods)" in message


@pytest.fixture
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


@pytest.mark.usefixtures("published")
def test_published_comparators(marts: duckdb.DuckDBPyConnection) -> None:
    """Every organisation has one reason; those compared are of the type and never in a programme."""
    result = analyse(AE)
    organisations = read(marts, "organisations")
    kind = organisations.set_index("org_code")["org_type"]
    given = [one["org_code"] for one in result["organisations"]]
    assert len(given) == len(set(given))
    acute = set(organisations.loc[organisations["org_type"] == "acute", "org_code"])
    assert acute <= set(given)
    assert all(one["reason"] for one in result["organisations"])
    chosen = {one["unit"] for one in result["comparators"]}
    assert chosen == {one["org_code"] for one in result["organisations"] if one["is_in"]}
    assert len(chosen) == 10
    assert {kind[unit] for unit in chosen} == {"acute"}
    assert chosen <= set(read(marts, "never_in_programme", org="RXW")["org_code"])
    assert [one["matching"] for one in result["estimates"]] == ["unmatched", "slope", "level_slope"]
    headline = result["estimates"][2]["coefficients"][0]
    assert headline["estimate"] == term(result, "level_1")["estimate"]
    assert result["estimates"][2]["effects"] == result["effects"]
    assert result["estimates"][0]["effects"][0]["percent"] is None
    assert [one["trait"] for one in result["balance"]] == ["level", "slope", "log of size"]
    assert codes(result)[:3] == ["POOR_MATCH", "MATCHED_ON_LEVEL", "NOT_MATCHED_ON"]


@pytest.mark.usefixtures("published")
def test_the_published_difference_is_that_of_the_published_series(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    result = analyse(AE | {"matching": "slope", "nearest": 5, "from": "2018-04", "to": "2024-03"})
    rows = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    wide = rows.pivot_table(index="period_start", columns="org_code", values="value")
    chosen = [one["unit"] for one in result["comparators"]]
    assert len(chosen) == 5
    gap = (wide["RXW"] - wide[chosen].mean(axis=1)).loc["2018-04":"2024-03"]  # type: ignore[misc]
    whole = wide[chosen].notna().all(axis=1).loc[gap.index].to_numpy()
    found = np.array([row["value"] for row in result["series"]], dtype=float)
    assert found[whole] == pytest.approx(gap.to_numpy()[whole])
    assert (result["series"][0]["period"], result["series"][-1]["period"]) == ("2018-04", "2024-03")


@pytest.mark.usefixtures("published")
def test_a_run_of_it_can_be_kept() -> None:
    record = record_run(AE | {"from": "2018-04", "matching": "unmatched"})
    assert record.result["matching"] == "unmatched"
    assert len(record.result["comparators"]) > 20


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"org": "RBS"}, "TOO_FEW_COMPARATORS"),
        ({"org": "ZZZ"}, "NEEDS_DATA"),
        ({"from": "2021-04"}, "TOO_FEW_POINTS"),
        ({"indicator": "fte_change"}, "ROLLING_WINDOW"),
    ],
)
def test_published_series_that_cannot_be_compared(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        analyse(AE | fields)
    assert refused.value.code == code


def excerpt(found: Any, shown: Any) -> Any:
    """Of a result what a page shows, rounded as there."""
    if isinstance(shown, dict):
        return {name: excerpt(found[name], part) for name, part in shown.items()}
    if isinstance(shown, list):
        return [excerpt(one, part) for one, part in zip(found, shown, strict=True)]
    return round(found, 4) if isinstance(found, float) else found


PAGE = (ROOT / "docs" / "methods" / "controlled_its.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_on_methods(tmp_path: Path) -> None:
    spec, rows, result = re.findall(r"```(?:json|csv)\n(.*?)```", PAGE, re.DOTALL)
    found = analyse(json.loads(spec), own(tmp_path, *rows.splitlines()))
    shown = json.loads(result)
    assert excerpt(found, shown) == shown


def test_the_page_on_methods_names_every_field_that_one_series_has_not() -> None:
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert Spec.model_fields.keys() - Selected.model_fields.keys() - {"analysis"} <= named
