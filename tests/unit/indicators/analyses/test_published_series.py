"""`spc` without a file: published series, with the numbers of the pages."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators import __main__ as cli
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.charted import Rebase, chart_indicator, chart_values, rules_broken, within
from indicators.registry import load_all
from indicators.stats.control_chart import ControlCharts
from indicators.stats.spc import Options
from settings import Settings
from sql.reads import read

CATALOGUE = load_all(Settings().catalogue_dir)
AE = {"analysis": "spc", "indicator": "ae_4h_all"}


@pytest.fixture(autouse=True)
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


def hold_to(charts: ControlCharts, result: dict[str, Any]) -> None:
    """Every number, rule, kind and icon of the result is that of the page, organisation by organisation."""
    icons = charts.icons.set_index("org_code")
    points = charts.points.assign(rules=rules_broken(charts.points))
    for one in result["series"]:
        rows = points[points["org_code"] == one["series"]]
        for name in ("value", "mean", "lower", "upper", "rules", "kind"):
            assert [point[name] for point in one["points"]] == rows[name].tolist()
        icon = icons.loc[one["series"]]
        assert (one["variation"], one["assurance"]) == (icon["variation"], icon["assurance"])


@pytest.mark.parametrize(
    ("indicator", "lineage"),
    [("ae_4h_all", "as_was"), ("rtt_18w", "current"), ("beds_occ_kh03", "break")],
)
def test_all_organisations_are_as_on_the_pages(
    marts: duckdb.DuckDBPyConnection, indicator: str, lineage: str
) -> None:
    charts = chart_indicator(marts, CATALOGUE[indicator], lineage)
    orgs = charts.icons.loc[charts.icons["points"] > 1, "org_code"].tolist()
    asked = {"analysis": "spc", "indicator": indicator, "orgs": orgs, "lineage": lineage}
    result = analyse(asked)
    assert [one["series"] for one in result["series"]] == orgs
    assert len(orgs) > 50
    hold_to(charts, result)


def test_stretch_rules_and_recalculation_are_chosen(marts: duckdb.DuckDBPyConnection) -> None:
    rows = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    chosen = within(rows, (date(2019, 4, 1), date(2024, 4, 1)))
    begun = tuple(Rebase(org, date(2021, 7, 1)) for org in ("RXW", "RXL"))
    options = Options("plotthedots", run_length=6)
    charts = chart_values(chosen, CATALOGUE["ae_4h_all"], begun, options)
    fields = {"from": "2019-04", "to": "2024-03", "rebase": ["2021-07"], "run_length": 6}
    result = analyse(AE | fields | {"orgs": ["RXW", "RXL"], "rules": "plotthedots"})
    assert [one["series"] for one in result["series"]] == ["RXW", "RXL"]
    assert result["series"][0]["points"][0]["period"] == "2019-04"
    assert result["series"][0]["points"][-1]["period"] == "2024-03"
    hold_to(charts, result)


def test_quarters_are_written_as_quarters() -> None:
    asked = {"analysis": "spc", "indicator": "beds_occ_kh03", "org": "RXW", "to": "2022-06"}
    points = analyse(asked)["series"][0]["points"]
    assert [point["period"] for point in points] == ["2021-Q3", "2021-Q4", "2022-Q1", "2022-Q2"]


def test_better_side_and_target_are_those_of_the_catalogue_unless_given() -> None:
    """The standard is 95 %; Shrewsbury and Telford stays far under it."""
    usual = analyse(AE | {"org": "RXW"})
    assert usual["usual"] == {"improvement": "up", "target": 95.0}
    assert usual["series"][0]["assurance"] == "fail"
    assert analyse(AE | {"org": "RXW", "target": 1})["series"][0]["assurance"] == "pass"
    assert analyse(AE | {"org": "RXW", "target": None})["series"][0]["assurance"] == "empty"
    turned = analyse(AE | {"org": "RXW", "improvement": "down"})
    assert turned["series"][0]["assurance"] == "pass"


def test_months_without_a_value_are_told() -> None:
    asked = {"analysis": "spc", "indicator": "dm01_6w", "org": "RXW"}
    result = analyse(asked)
    gaps = [told["message"] for told in result["warnings"] if told["code"] == "GAPS"]
    points = result["series"][0]["points"]
    first, last = points[0]["period"], points[-1]["period"]
    months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1
    assert gaps == [
        "Periods without a value between points, which count as neighbours: "
        f"RXW ({months - len(points)})."
    ]


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({}, "BAD_SPEC", "org: name an organisation by its code, or several in orgs."),
        ({"org": "RXW", "orgs": ["RXW"]}, "BAD_SPEC", "org: name one in org or several in orgs"),
        ({"indicator": "no", "org": "RXW"}, "BAD_SPEC", "indicator: there is no 'no'"),
        ({"indicator": None, "org": "RXW"}, "NEEDS_DATA", "indicator: name one of the catalogue"),
        (
            {"orgs": ["RXW", "ZZZ"]},
            "NEEDS_DATA",
            "org: there is no value of ae_4h_all from 2021-07 (lineage as_was) for ZZZ.",
        ),
        (
            {"org": "RXW", "from": "2022-10", "to": "2022-10"},
            "TOO_FEW_POINTS",
            "org: limits take two values, and there is one of ae_4h_all from 2022-10 to 2022-10 ",
        ),
        (
            {"org": "RXW", "from": "2022-10", "to": "2022-09"},
            "BAD_SPEC",
            "to: 2022-09 is before the first month, 2022-10.",
        ),
        ({"org": "RXW", "from": "2022-13"}, "BAD_SPEC", "from: "),
        ({"org": "RXW", "from": "0000-01"}, "BAD_SPEC", "from: "),
        ({"org": "RXW", "to": "9999-12"}, "BAD_SPEC", "to: "),
        ({"org": "RXW", "from": "٢٠٢١-01"}, "BAD_SPEC", "from: "),
        ({"org": "RXW", "begins": "2022-10"}, "BAD_SPEC", "begins: "),
    ],
)
def test_what_cannot_be_charted_is_refused(fields: dict[str, Any], code: str, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        analyse(AE | fields)
    assert (refused.value.code, refused.value.message[: len(message)]) == (code, message)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(AE | {"org": "RXW"}), encoding="utf-8")
    assert cli.main(["analyse", str(tmp_path / "spec.json")]) == 0
    assert json.loads(capsys.readouterr().out) == analyse(AE | {"org": "RXW"})
