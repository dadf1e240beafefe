"""The control-chart view as a reader meets it: the answer, rules by name, options, recalculation."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.__main__ import main
from indicators.charted import chart_indicator
from indicators.registry import load_all
from pages.charts.icons import VARIATION_WORDS
from pages.parts.control.choice import Choice
from settings import Settings
from tests.app.conftest import Open, all_rows, lead, specs, text_of, titles

VIEW = {"view": "control-chart", "org": "RXW", "indicator": "ae_4h_all"}


def source(app: AppTest) -> str:
    return next(e.proto.body for e in app.get("html") if "Source:" in e.proto.body)


def hovers(app: AppTest) -> list[dict[str, str]]:
    """Every point of the chart with the words of its hover."""
    return [row for row in all_rows(specs(app)[0]) if "rules_words" in row]


def opened(app: AppTest, label: str) -> AppTest:
    """The page once the part of this key is open."""
    app.session_state[label] = True
    return app.run()


def test_the_last_point_its_icon_since_when_and_the_standard_are_the_answer(
    open_page: Open,
) -> None:
    app = open_page("explorer", **VIEW)
    assert not app.exception
    assert app.title[0].value == "Has it changed by more than chance?"
    assert "Shrewsbury and Telford Hospital, A&amp;E within 4 hours, 53.0 % in May 2026:" in lead(
        app
    )
    assert "common cause variation, no clear change, since Sep 2025." in lead(app)
    assert "Standard 95 % consistently missed." in lead(app)
    assert "Standard consistently missed" in text_of(app)


def test_improvement_after_entry_comes_with_a_caution(open_page: Open) -> None:
    caution = "Organisations enter at their worst; some rebound follows without support."
    assert caution in lead(open_page("explorer", **VIEW))
    never_entered = lead(open_page("explorer", **VIEW | {"org": "RJ1"}))
    assert caution not in never_entered


def test_every_point_names_all_rules_it_breaks(open_page: Open, marts) -> None:
    points = hovers(open_page("explorer", **VIEW))
    assert len(points) == 59
    first = points[0]
    assert first["month"] == "Jul 2021"
    assert (
        first["rules_words"]
        == "beyond the limits; two of three near a limit; 7 or more on one side"
    )
    indicator = load_all(Settings().catalogue_dir)["ae_4h_all"]
    found = chart_indicator(marts, indicator).points.query("org_code == 'RXW'")
    broken = (found[["outside", "trend", "two_of_three", "shift"]] != 0).sum(axis=1)
    named = [
        0 if row["rules_words"] == "none" else row["rules_words"].count(";") + 1 for row in points
    ]
    assert named == broken.tolist()


def test_the_footer_says_by_which_rules_and_from_what(open_page: Open) -> None:
    told = source(open_page("explorer", **VIEW))
    assert (
        "Rule set Making Data Count (2023); shift or trend of 7 points; large moving ranges kept;"
        in told
    )
    assert "limits from all points of a phase; 59 points, Jul 2021 to May 2026." in told


def test_options_are_in_the_address_and_change_what_is_said(open_page: Open) -> None:
    link = {"rules": "plotthedots", "run_length": "6", "fix": "24", "from": "2022-01"}
    app = open_page("explorer", **VIEW | link)
    told = source(app)
    assert (
        "Rule set NHSRplotthedots 0.2.2; shift or trend of 6 points; large moving ranges left out;"
        in told
    )
    assert "limits from the first 24 points of a phase; 53 points, Jan 2022 to May 2026." in told
    assert "These icons are not those of the grid (usual rules, from Jul 2021 on)." in text_of(app)
    assert len(app.info) == 0
    app.selectbox(key="link.rules").set_value("mdc").run()
    assert "rules" not in app.query_params
    assert "Rule set Making Data Count (2023)" in source(app)


@pytest.mark.parametrize(
    "name", ["limits", "rules", "run_length", "screen", "fix", "chart", "season"]
)
def test_an_unknown_option_is_dropped_with_a_note(open_page: Open, name: str) -> None:
    app = open_page("explorer", **VIEW | {name: "everything"})
    assert "“everything”, which is not among the choices here" in app.info[0].value
    assert name not in app.query_params
    assert not app.exception


def test_the_usual_choice_says_nothing_of_the_grid(open_page: Open) -> None:
    assert "not those of the grid" not in text_of(open_page("explorer", **VIEW))
    one = Choice("RXW", ())
    assert one.is_usual
    assert not Choice("RXW", (), limits="frozen").is_usual


def test_the_period_can_be_moved(open_page: Open) -> None:
    app = open_page("explorer", **VIEW)
    app.select_slider(key="link.months").set_range("2022-01", "2024-12").run()
    assert not app.exception
    assert (app.query_params["from"], app.query_params["to"]) == ("2022-01", "2024-12")
    assert "36 points, Jan 2022 to Dec 2024" in source(app)


def test_few_points_have_trial_limits_and_no_icon(open_page: Open) -> None:
    app = open_page("explorer", **VIEW | {"from": "2025-06"})
    assert "12 points of the 13 that are needed for an icon: the limits are trial limits." in lead(
        app
    )
    assert "No icon: fewer than 13 points" in text_of(app)
    assert "dotted: trial limits" in titles(app)[0]
    assert "Neighbouring points are alike" not in text_of(app)


def test_a_single_value_is_told_and_not_charted(open_page: Open) -> None:
    app = open_page("explorer", **VIEW | {"indicator": "ss_morale"})
    assert "It has a single value in these months, " in lead(app)
    assert "limits take at least two." in lead(app)
    assert specs(app) == []


def test_points_that_do_not_vary_independently_are_warned_of(open_page: Open) -> None:
    app = open_page("explorer", **VIEW)
    assert "Neighbouring points are alike (correlation 0.65, above 0.4)" in text_of(app)
    assert "The time of year matters here" not in text_of(app)
    ambulances = open_page("explorer", **VIEW | {"org": "RX7", "indicator": "amb_c2_mean"})
    assert "The time of year matters here" in text_of(ambulances)


def test_the_chart_of_proportions_has_limits_of_its_own(open_page: Open) -> None:
    app = open_page("explorer", **VIEW | {"chart": "p_prime"})
    assert "proportions (p′); limits from all points of a phase" in source(app)
    assert len({row["reach"] for row in hovers(app)}) == 10
    no_share = open_page("explorer", **VIEW | {"indicator": "rtt_wl"})
    assert "link.chart" not in [box.key for box in no_share.selectbox]


def test_the_season_can_be_taken_out(open_page: Open) -> None:
    ambulances = VIEW | {"org": "RX7", "indicator": "amb_c2_mean", "season": "yes"}
    app = open_page("explorer", **ambulances)
    assert "Values are seasonally adjusted." in lead(app)
    assert "seasonally adjusted; large moving ranges kept" in source(app)
    assert "The time of year matters here" not in text_of(app)
    short = open_page("explorer", **ambulances | {"from": "2024-06"})
    assert "Too few points to tell a season" in lead(short)


def test_limits_can_be_frozen_before_entry(open_page: Open) -> None:
    app = open_page("explorer", **VIEW | {"org": "RXL", "limits": "frozen"})
    assert not app.exception
    assert (
        "Limits are frozen before entry into RSP (Feb 2025), from 20 points, Jun 2023 to Jan 2025"
        in lead(app)
    )
    assert "limits frozen before entry" in source(app)
    assert len({row["reach"] for row in hovers(app)}) == 1
    without = open_page("explorer", **VIEW | {"org": "RJ1", "limits": "frozen"})
    assert "there is no entry to freeze limits before" in lead(without)


def test_the_table_names_rules_and_carries_both_icons(open_page: Open) -> None:
    app = opened(open_page("explorer", **VIEW), "table.control-chart-ae_4h_all-RXW")
    table = app.dataframe[0].value
    assert len(table) == 59
    assert table["rules_hit"].iloc[0] == hovers(app)[0]["rules_words"]
    assert table["rules_hit"].iloc[-1] == ""
    assert set(table["variation_icon"]) == {"common_cause"}
    assert set(table["assurance_icon"]) == {"fail"}


@pytest.mark.parametrize(
    ("link", "with_rows"),
    [
        ({"run_length": "6"}, True),
        ({"run_length": "6", "from": "2022-02", "to": "2025-03"}, False),
        ({"season": "yes"}, True),
        ({"season": "yes"}, False),
        ({"chart": "p_prime"}, True),
    ],
)
def test_the_analysis_to_take_away_gives_the_numbers_of_the_page(
    open_page: Open, tmp_path: Path, capsys, monkeypatch, link, with_rows: bool
) -> None:
    kept = {}
    monkeypatch.setattr(
        "pages.parts.control.table.offer_analysis",
        lambda document, rows, name: kept.update(document=document, rows=rows),
    )
    app = open_page("explorer", **VIEW | link)
    spec, data = tmp_path / "spec.json", tmp_path / "rows.csv"
    spec.write_text(json.dumps(kept["document"]))
    kept["rows"].to_csv(data, index=False)
    assert main(["analyse", str(spec), *(["--data", str(data)] if with_rows else [])]) == 0
    (series,) = json.loads(capsys.readouterr().out)["series"]
    shown = hovers(app)
    scale = 100 if link.get("chart") else 1
    assert series["assurance"] == "fail"
    assert VARIATION_WORDS[series["variation"]].lower() in lead(app).lower()
    assert [scale * point["value"] for point in series["points"]] == pytest.approx(
        [row["value"] for row in shown]
    )
    assert [len(point["rules"]) for point in series["points"]] == [
        0 if row["rules_words"] == "none" else row["rules_words"].count(";") + 1 for row in shown
    ]
