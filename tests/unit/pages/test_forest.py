"""The forest plot: what each row says, which intervals go on, which side is better, and its words."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.its_all_rows import Row, as_frame
from indicators.registry import load_all
from pages.charts.forest import ForestText, Mean, describe_forest, draw_forest
from pages.charts.layers.formats import IndicatorText
from pages.charts.theme import DARK, LIGHT
from pages.parts.its.all_rows import (
    drawing_of_indicator,
    drawing_of_organisation,
    effects_table,
    refused_table,
    single_link,
)
from settings import Settings
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, texts, token_colours

CATALOGUE = load_all(Settings().catalogue_dir)
TEXT = ForestText(
    "Waits: effects of entry for 3 organisations", "in points", "right", has_excess=True
)
POINTS = IndicatorText("A&E", "percent", "higher", "per cent", is_change=True)


def made(**changes: Any) -> pd.DataFrame:
    """Three rows; the interval of the second is far wider than the others."""
    frame = pd.DataFrame(
        {
            "label": ["Jan 2022 · Alpha", "Feb 2022 · Beta", "Mar 2022 · Gamma"],
            "estimate": [2.0, -1.0, 4.0],
            "low": [1.0, -60.0, -1.0],
            "high": [3.0, 58.0, 9.0],
            "grade": ["standard", "descriptive", "exploratory"],
            "evidence": ["clear improvement", "uncertain", "uncertain"],
            "is_extrapolated": [False, False, True],
            "words": ["+2.0 (+1.0 to +3.0)", "−1.0 (−60.0 to +58.0)", "+4.0 (−1.0 to +9.0)"],
            "excess_words": ["+0.5 (−1.0 to +2.0)", "not known", "not known"],
            "when": ["12 months after the start, 2023-01"] * 3,
            "points": ["20, 16"] * 3,
            "cautions": ["none"] * 3,
        }
    )
    return frame.assign(**changes)


def spec(text: ForestText = TEXT, **changes: Any) -> dict[str, Any]:
    return draw_forest(made(**changes), text, LIGHT).to_dict()


def test_shapes_tell_the_grade_and_fills_the_evidence() -> None:
    drawn = spec()
    points = {
        unit["mark"]["shape"]: rows(unit) for unit in marked(drawn, "point", stroke=LIGHT.outline)
    }
    assert {shape: [row["label"][-5:] for row in own] for shape, own in points.items()} == {
        "circle": ["Alpha"],
        "diamond": [" Beta"],
        "square": ["Gamma"],
    }
    assert points["circle"][0]["fill"] == LIGHT.control["improvement"]
    assert points["diamond"][0]["fill"] == LIGHT.control["common_cause"]
    assert points["square"][0]["fill"] == LIGHT.background


def test_an_interval_beyond_the_axis_ends_in_an_arrow_and_keeps_its_words() -> None:
    drawn = spec()
    for shape, end in (("triangle-left", "low"), ("triangle-right", "high")):
        (arrow,) = marked(drawn, "point", shape=shape)
        assert [row["label"] for row in rows(arrow)] == ["Feb 2022 · Beta"]
        (row,) = rows(arrow)
        assert abs(row[f"shown_{end}"]) < abs(row[end])
    assert "−1.0 (−60.0 to +58.0)" in texts(drawn)


def test_the_axis_holds_nothing_every_estimate_and_no_arrow_where_all_fit() -> None:
    drawn = spec(low=[1.0, -2.0, 3.0], high=[3.0, 0.5, 5.0])
    assert not marked(drawn, "point", shape="triangle-left")
    (zero,) = (unit for unit in marked(drawn, "rule") if "nothing" in rows(unit)[0])
    least, most = zero["encoding"]["x"]["scale"]["domain"]
    assert least <= -2
    assert most >= 5


@pytest.mark.parametrize(
    ("better", "title"),
    [
        ("right", "← worsening   ·   improvement →"),
        ("left", "← improvement   ·   worsening →"),
        ("neither", "← fall   ·   rise →"),
    ],
)
def test_the_axis_says_which_side_is_better(better: Any, title: str) -> None:
    drawn = spec(ForestText("Waits", "in points", better))
    assert marked(drawn, "rule")[0]["encoding"]["x"]["axis"]["title"] == title


def test_rows_keep_their_order_and_figures_stand_beside() -> None:
    drawn = spec()
    lines = marked(drawn, "rule")[1]
    assert lines["encoding"]["y"]["scale"]["domain"] == made()["label"].tolist()
    assert "beyond expected rebound" in texts(drawn)
    without = spec(ForestText("Waits", "in points", "right"))
    assert "beyond expected rebound" not in texts(without)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens: Any) -> None:
    drawn = draw_forest(made(), TEXT, tokens).to_dict()
    assert colours(drawn) <= token_colours(tokens)


def test_sixty_rows_are_few_marks() -> None:
    many = pd.concat([made()] * 20, ignore_index=True)
    named = many.assign(label=[f"{place}" for place in range(60)])
    assert all_rows(draw_forest(named, TEXT, LIGHT).to_dict()) < 5_000


def test_the_chart_in_words() -> None:
    assert describe_forest(made(), TEXT) == (
        "Waits: effects of entry for 3 organisations, each with its 95 % interval, in order of the event: "
        "1 clear improvement, 2 uncertain. The estimates reach from −1.0 (−60.0 to +58.0) (Feb 2022 · Beta) "
        "to +4.0 (−1.0 to +9.0) (Mar 2022 · Gamma). 1 mostly extrapolation."
    )


MEAN = Mean(
    "Mean of 3", 1.0, -0.5, 2.5, "+1.0 (−0.5 to +2.5)", "One more", -90.0, 7.0, "−90.0 to +7.0"
)


def test_the_mean_is_a_diamond_as_wide_as_its_interval_below_the_rows() -> None:
    drawn = draw_forest(made(), TEXT, LIGHT, MEAN).to_dict()
    (diamond,) = marked(drawn, "trail")
    corners = [(corner["at"], corner["thick"] > 0) for corner in rows(diamond)]
    assert corners == [(-0.5, False), (1.0, True), (2.5, False)]
    order = diamond["encoding"]["y"]["scale"]["domain"]
    assert order == [*made()["label"], "Mean of 3", "One more"]
    assert {"+1.0 (−0.5 to +2.5)", "−90.0 to +7.0"} <= set(texts(drawn))


def test_where_one_more_would_lie_is_dashed_and_always_wholly_on_the_axis() -> None:
    drawn = draw_forest(made(), TEXT, LIGHT, MEAN).to_dict()
    (line,) = marked(drawn, "rule", strokeDash=[5, 4])
    ends = [(row["low"], row["high"]) for row in rows(line)]
    assert ends == [(-90.0, 7.0)]
    least, most = line["encoding"]["x"]["scale"]["domain"]
    assert least <= -90
    assert most >= 7


def test_the_mean_is_told_in_words_too() -> None:
    assert describe_forest(made(), TEXT, MEAN).endswith(
        "1 mostly extrapolation. Mean of 3: +1.0 (−0.5 to +2.5). One more: −90.0 to +7.0."
    )


def test_without_grades_shapes_are_not_explained() -> None:
    title = str(spec(ForestText("Waits", "in points", "right", has_grades=False))["title"])
    assert "exploratory" not in title
    assert "uncertain" in title


def row(org: str = "A", **more: Any) -> Row:
    given: dict[str, Any] = {
        "org_code": org,
        "org_name": f"Trust {org}",
        "programmes": "RSP",
        "spell_ids": f"rsp-{org}-1",
        "interruptions": "2022-01-16, 2024-03",
        "event_on": pd.Timestamp("2022-02-01"),
        "indicator_id": "ae_4h_all",
    }
    estimate: dict[str, Any] = {
        "horizon": 12,
        "period": "2023-02",
        "estimate": 4.0,
        "ci_low": -1.0,
        "ci_high": 9.04,
        "evidence": "uncertain",
        "favourable": 4.0,
        "grade": "standard",
        "n_pre": 20,
        "n_post": 16,
        "spreads": 0.5,
        "spreads_low": -0.125,
        "spreads_high": 1.13,
    }
    return Row(**(given | ({} if "code" in more else estimate) | more))


def test_an_indicator_is_drawn_on_its_own_scale() -> None:
    frame = as_frame(
        [row(excess=1.0, excess_low=-2.0, excess_high=3.0), row("B", code="X", why="So.")]
    )
    drawing = drawing_of_indicator(frame, CATALOGUE["ae_4h_all"], POINTS, "entry")
    (drawn,) = drawing.rows.to_dict("records")
    assert drawn["label"] == "Feb 2022 · Trust A"
    assert drawn["words"] == "+4.0 (−1.0 to +9.0)"
    assert drawn["excess_words"] == "+1.0 (−2.0 to +3.0)"
    assert (drawn["low"], drawn["high"]) == (-1.0, 9.04)
    assert (drawing.text.unit, drawing.text.better) == ("in percentage points", "right")


def test_an_organisation_is_drawn_in_spreads_excess_too_and_the_rest_is_counted() -> None:
    """A spread is 8 (4 over 0.5); lower is better for waiting lists, so a fall is to the right."""
    lists = row(
        indicator_id="rtt_wl",
        estimate=-4.0,
        excess=-16.0,
        excess_low=-24.0,
        excess_high=8.0,
    )
    frame = as_frame([lists, row(spreads=np.nan)])
    drawing = drawing_of_organisation(frame, CATALOGUE, "Trust A", "entry")
    (drawn,) = drawing.rows.to_dict("records")
    assert drawn["label"] == CATALOGUE["rtt_wl"].short_title
    assert drawn["words"].startswith("+0.50 (")
    assert drawn["excess_words"] == "+2.00 (−1.00 to +3.00)"
    assert (drawing.off_scale, drawing.text.better) == (1, "right")


def test_large_numbers_have_no_tenths() -> None:
    numbers = IndicatorText("Lists", "count", "lower", "number", is_change=True)
    frame = as_frame(
        [row(indicator_id="rtt_wl", estimate=-27310.8, ci_low=-50604.1, ci_high=-4017.5)]
    )
    drawing = drawing_of_indicator(frame, CATALOGUE["rtt_wl"], numbers, "exit")
    assert drawing.rows["words"].tolist() == ["−27,311 (−50,604 to −4,018)"]
    assert drawing.text.better == "left"
    assert not drawing.text.has_excess


def test_the_tables_tell_effects_and_refusals() -> None:
    frame = as_frame([row(), row("B", code="TOO_FEW_POINTS", why="There are 3.")])
    effects = effects_table(frame, CATALOGUE, "entry").iloc[0]
    assert (effects["Effect"], effects["from"], effects["to"]) == (4.0, -1.0, 9.04)
    assert effects["First month inside"] == "Feb 2022"
    (none,) = refused_table(frame, CATALOGUE, "exit").to_dict("records")
    assert none["First month outside"] == "Feb 2022"
    assert (none["Reason"], none["In full"]) == ("too few points before or after", "There are 3.")


def test_the_link_names_the_first_months_exposed() -> None:
    """16 January counts for February."""
    assert single_link(row()) == (
        "its?view=one&indicator=ae_4h_all&org=A&interruptions=own&entry=2022-02&exit=2024-03"
    )
