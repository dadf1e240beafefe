"""The grid of Signals: its icons are those of the control charts and of the export; its sentence adds up."""

import re
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.charted import chart_indicator, rules_broken
from indicators.registry import load_all
from indicators.stats.false_alarms import signal_chance
from sql.publish import read_current
from sql.reads import open_database
from tests.app.conftest import ROOT, Open, charts_of, specs, text_of

FEW_MARKS = 5_000


def drawn_cells(app: AppTest) -> pd.DataFrame:
    """A row for each cell that the grid draws, with its icons."""
    return pd.DataFrame(_image_rows(specs(app)[0]))


def _image_rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    own = spec.get("data", {}).get("values", [])
    if own and "variation" in own[0]:
        return own
    return next((rows for part in spec.get("layer", []) if (rows := _image_rows(part))), [])


def exported(app: AppTest) -> pd.DataFrame:
    """The table beneath the grid, which is what its CSV holds."""
    app.session_state["table.signals-grid"] = True
    app.run()
    return app.dataframe[0].value


@pytest.fixture
def grid(open_page: Open) -> AppTest:
    return open_page("signals")


def test_the_sentence_counts_the_icons_of_the_grid(grid: AppTest) -> None:
    cells = drawn_cells(grid)
    has_icon = cells["variation"] != "empty"
    known = cells[has_icon & (cells["opacity"] == 1)]
    kinds = known["variation"].str.partition("_")[0].value_counts()
    assert "neutral" not in kinds
    expected = signal_chance(known["points"]).sum()
    assert (
        f"Of {len(known)} series of {known['org_code'].nunique()} organisations, "
        f"{len(known) - kinds['common']} end in a signal: {kinds['improvement']} improvement "
        f"and {kinds['concern']} concern; "
        f"by chance alone {expected:.1f} would, if months were independent and nothing changed."
    ) in text_of(grid)
    left_out = int((has_icon & (cells["opacity"] < 1)).sum())
    assert left_out > 0
    assert f"Not counted are {left_out} whose last figure is old" in text_of(grid)


def test_chart_grid_and_export_agree(grid: AppTest, warehouse) -> None:
    """For a sample of cells the icon is that of the last point of the control chart, and so is the export."""
    cells = drawn_cells(grid).set_index(["org_code", "indicator_id"])
    table = exported(grid).set_index(["org_code", "indicator_id"])
    assert table.index.tolist() == cells.index.tolist()
    assert table["variation_icon"].tolist() == cells["variation"].tolist()
    assert table["assurance_icon"].tolist() == cells["assurance"].tolist()
    current = read_current(warehouse)
    catalogue = load_all(ROOT / "indicators" / "catalogue")
    with open_database(warehouse / current.file) as connection:
        for key in ("ae_4h_all", "rtt_18w", "beds_occ_kh03", "amb_c2_mean", "sickness"):
            charts = chart_indicator(connection, catalogue[key])
            last = charts.points.groupby("org_code").tail(1).set_index("org_code")
            icons = charts.icons.set_index("org_code")
            here = table.xs(key, level="indicator_id")
            assert len(here) >= 3
            for org, row in here.iterrows():
                assert row["value"] == last.loc[org, "value"]
                assert row["mean"] == last.loc[org, "mean"]
                assert row["lower_limit"] == last.loc[org, "lower"]
                assert row["period_start"] == last.loc[org, "period_start"]
                assert row["variation_icon"] == icons.loc[org, "variation"]
                assert row["assurance_icon"] == icons.loc[org, "assurance"]
                (rules,) = rules_broken(last.loc[[org]])
                assert row["rules_hit"] == "; ".join(rules)
                is_common = row["variation_icon"] in ("common_cause", "empty")
                assert is_common or last.loc[org, "kind"] == row["variation_icon"].partition("_")[0]


def test_rows_are_those_of_the_recovery_support_programme_by_entry(grid: AppTest) -> None:
    orgs = drawn_cells(grid)["org_code"].unique()
    assert len(orgs) == 36
    assert "RXW" in orgs and "RCF" not in orgs


def test_indicators_of_which_nobody_has_enough_points_are_named(open_page: Open) -> None:
    text = text_of(open_page("signals"))
    assert re.search(r"none of these organisations has an icon: [^;]*Staff engagement", text)
    people = drawn_cells(open_page("signals", group="people"))
    assert {"ss_engagement", "sickness"} <= set(people["indicator_id"])
    assert set(people.loc[people["indicator_id"] == "ss_engagement", "variation"]) == {"empty"}


def test_a_series_that_ended_long_ago_is_faint(grid: AppTest) -> None:
    """Solent closed in September 2024."""
    cells = drawn_cells(grid)
    assert set(cells.loc[cells["org_code"] == "R1C", "opacity"]) != {1.0}
    assert set(cells.loc[cells["org_code"] == "RXW", "opacity"]) == {1.0}


@pytest.mark.parametrize(
    ("link", "orgs"),
    [({"programme": "irp"}, 3), ({"org_type": "ambulance"}, 3), ({"region": "London"}, 2)],
)
def test_filters_choose_the_rows(open_page: Open, link: dict[str, str], orgs: int) -> None:
    app = open_page("signals", **link)
    assert [error.message for error in app.exception] == []
    assert drawn_cells(app)["org_code"].nunique() == orgs


def test_nobody_left_says_so(open_page: Open) -> None:
    app = open_page("signals", org_type="specialist")
    assert "No organisation fits these choices" in text_of(app)
    assert charts_of(app) == []


def test_a_theme_without_figures_says_so(open_page: Open) -> None:
    app = open_page("signals", org_type="ambulance", group="elective")
    assert "No figures of these organisations are published for this theme" in text_of(app)


def test_totals_stand_beside_what_chance_would_give(grid: AppTest) -> None:
    cells = drawn_cells(grid)
    now = (cells["variation"] != "empty") & (cells["opacity"] == 1)
    shrewsbury = cells[(cells["org_code"] == "RXW") & now]
    signals = (shrewsbury["variation"] != "common_cause").sum()
    chance = signal_chance(shrewsbury["points"]).sum()
    said = f"{signals} of {len(shrewsbury)} signal; {chance:.1f} expected by chance"
    assert set(cells.loc[cells["org_code"] == "RXW", "of_organisation"]) == {said}
    grid.session_state["table.signals-totals"] = True
    grid.run()
    totals = grid.dataframe[0].value.set_index("code")
    assert totals.loc["RXW", "end_in_a_signal"] == signals
    assert totals.loc["rtt_18w", "series"] == ((cells["indicator_id"] == "rtt_18w") & now).sum()


def test_no_more_marks_than_a_browser_draws_at_once(open_page: Open) -> None:
    app = open_page("signals", programme=["qsm", "fsm", "rsp", "pip", "irp"])
    cells = drawn_cells(app)
    pairs = cells["org_code"].nunique() * cells["indicator_id"].nunique()
    assert len(cells) + (cells["assurance"] != "empty").sum() + pairs - len(cells) < FEW_MARKS


def test_the_keyboard_reaches_the_control_chart(grid: AppTest) -> None:
    grid.selectbox(key="open.org").set_value("RXW").run()
    grid.selectbox(key="open.indicator").set_value("rtt_18w").run()
    grid.button(key="open.chart").click().run()
    assert [error.message for error in grid.exception] == []
    asked = {key: str(grid.query_params[key]) for key in ("view", "org", "indicator")}
    assert asked == {"view": "control-chart", "org": "RXW", "indicator": "rtt_18w"}
