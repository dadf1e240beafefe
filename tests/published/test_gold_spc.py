"""Control charts against the reference results shared with other teams (R, published).

The `ae_*` series are other people's example data, so they are read from the shared folder. Two differences
are meant: R has no limits for a series without variation (its screening leaves no range), and it gives icons
to series under thirteen points.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.analyses.running import analyse_files
from indicators.stats.attribute_charts import p_limits, u_limits
from indicators.stats.control_chart import ControlCharts, control_charts
from indicators.stats.spc import Options
from tests.stats.charts import LABELS, RESULTS, SIDES, labels

pytestmark = pytest.mark.published


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cases(gold: Path) -> dict[str, Any]:
    """Each case with what R gives, the labels of the other rule set, and its values."""
    expected = read_json(gold / "spc" / "xmr_expected.json")
    mdc = read_json(gold / "spc" / "xmr_expected_mdc2023_two_sigma.json")
    inputs = dict(iter(pd.read_csv(gold / "spc" / "xmr_inputs.csv").groupby("case")))
    return {
        name: case | {"mdc": mdc[name], "plotthedots": case["special_cause_type"], "rows": rows}
        for name, case in expected.items()
        if (rows := inputs[name]) is not None
    }


def chart(case: dict[str, Any], rules: Any) -> ControlCharts:
    asked, rows = case["options"], case["rows"]
    frame = pd.DataFrame(
        {
            "series": "a",
            "phase": sum((rows["x"] >= day).astype(int) for day in asked["rebase"] or [])
            if asked["rebase"]
            else 0,
            "value": rows["y"],
            "improvement": SIDES[asked["improvement_direction"]],
            "target": np.nan if asked["target"] is None else asked["target"],
        }
    )
    fix_after = asked["fix_after_n_points"]
    return control_charts(frame, Options(rules, asked["screen_outliers"], fix_after=fix_after))


@pytest.mark.parametrize("rules", ["mdc", "plotthedots"])
def test_limits_labels_and_icons_of_all_76_cases(cases: dict[str, Any], rules: str) -> None:
    assert len(cases) == 76
    for name, case in cases.items():
        charts = chart(case, rules)
        assert labels(charts.points) == [LABELS[label] for label in case[rules]], name
        ours = {"mean": "mean", "lower": "lpl", "upper": "upl"}
        for column, theirs in ours.items():
            if name != "edge_constant" or column == "mean":
                limits = charts.points[column].tolist()
                assert limits == pytest.approx(case[theirs], rel=1e-8), name
        if len(charts.points) >= 13:
            assert charts.icons["assurance"].item() == RESULTS[case["assurance"]], name
        if rules == "plotthedots":
            kinds = [kind.removeprefix("special_cause_") for kind in case["point_type"]]
            kinds = [kind.removesuffix("_low").removesuffix("_high") for kind in kinds]
            assert charts.points["kind"].tolist() == kinds, name
        if rules == "plotthedots" and len(charts.points) >= 13:
            said = charts.icons["variation"].item().removesuffix("_high").removesuffix("_low")
            assert said == case["variation_last"].removeprefix("special_cause_"), name


def test_the_command_gives_the_same_on_all_series_at_once(
    cases: dict[str, Any], tmp_path: Path
) -> None:
    better = {"increase": "up", "decrease": "down", "neutral": "neutral"}
    options = {
        name: {
            "improvement": better[case["options"]["improvement_direction"]],
            "target": case["options"]["target"],
            "rebase": case["options"]["rebase"],
            "fix_after": case["options"]["fix_after_n_points"],
            "screen_moving_ranges": case["options"]["screen_outliers"],
        }
        for name, case in cases.items()
    }
    rows = pd.concat([case["rows"] for case in cases.values()])
    names = {"case": "series", "x": "period", "y": "value"}
    rows.rename(columns=names).to_csv(tmp_path / "rows.csv", index=False)
    spec = {"analysis": "spc", "rules": "plotthedots", "series_options": options}
    (tmp_path / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    result = analyse_files(tmp_path / "spec.json", tmp_path / "rows.csv")
    assert [one["series"] for one in result["series"]] == list(cases)
    for one in result["series"]:
        case = cases[one["series"]]
        expected = [LABELS[label][0] for label in case["plotthedots"]]
        assert [point["rules"][0] if point["rules"] else "" for point in one["points"]] == expected
        assert [point["mean"] for point in one["points"]] == pytest.approx(case["mean"], rel=1e-8)
        assert [point["period"] for point in one["points"]] == case["rows"]["x"].tolist()


@pytest.fixture(scope="module")
def funnels(gold: Path) -> dict[str, Any]:
    return read_json(gold / "funnel" / "funnel_expected.json")


def test_p_and_u_charts(gold: Path, funnels: dict[str, Any]) -> None:
    rows = pd.read_csv(gold / "funnel" / "p_chart.csv").astype(float)
    kinds = {
        "p_chart": (p_limits, rows["num"].to_numpy(), rows["den"].to_numpy()),
        "u_chart": (u_limits, rows["events"].to_numpy(), rows["exposure"].to_numpy()),
    }
    for name, (limits_of, above, below) in kinds.items():
        given = funnels[name]
        for is_laney, ending in ((False, ""), (True, "_prime")):
            found = limits_of(above, below, is_laney)
            assert found.centre == pytest.approx(given["cl"], rel=1e-8)
            assert found.sigma_z == pytest.approx(given["sigma_z"], rel=1e-8)
            assert found.upper.tolist() == pytest.approx(given[f"ucl{ending}"], rel=1e-8)
            assert found.lower.tolist() == pytest.approx(given[f"lcl{ending}"], rel=1e-8)


@pytest.mark.parametrize("chart", ["p", "p_prime", "u", "u_prime"])
def test_the_command_gives_p_and_u_charts(
    gold: Path, funnels: dict[str, Any], tmp_path: Path, chart: str
) -> None:
    kind, _, ending = chart.partition("_")
    columns = ["num", "den"] if kind == "p" else ["events", "exposure"]
    rows = pd.read_csv(gold / "funnel" / "p_chart.csv")[["t", *columns]]
    rows.set_axis(["period", "numerator", "denominator"], axis=1).to_csv(
        tmp_path / "rows.csv", index=False
    )
    spec = {"analysis": "spc", "chart": chart}
    (tmp_path / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    result = analyse_files(tmp_path / "spec.json", tmp_path / "rows.csv")
    points, given = result["series"][0]["points"], funnels[f"{kind}_chart"]
    ending = f"_{ending}" if ending else ""
    assert [point["mean"] for point in points] == pytest.approx([given["cl"]] * 36, rel=1e-8)
    for ours, theirs in (("upper", "ucl"), ("lower", "lcl")):
        limits = given[f"{theirs}{ending}"]
        assert [point[ours] for point in points] == pytest.approx(limits, rel=1e-8)
    codes = [told["code"] for told in result["warnings"]]
    assert ("OVERDISPERSED" in codes) == (not ending)
