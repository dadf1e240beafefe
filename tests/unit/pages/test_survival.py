"""The share still inside: solid and dashed, its band, its bounds, what is named, and who is at risk."""

from typing import Any

import pandas as pd
import pytest

from indicators.durations import CAUSES
from indicators.stats.competing import aalen_johansen
from indicators.stats.survival import kaplan_meier
from pages.charts.endings import draw_endings, stack_endings
from pages.charts.survival import CurveWords, StepLine, draw_curve, step_line
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

WORDS = CurveWords("Still inside", ("A reading aid.",), "months since entry", "share inside")
TIMES = pd.DataFrame(
    {
        "entry": [0.0, 0, 0, 0, 0, 0, 10],
        "stop": [6.0, 12, 12, 18, 24, 30, 30],
        "event": [1, 1, 2, 1, 0, 3, 1],
    }
)


def line(name: str, times: pd.DataFrame = TIMES) -> StepLine:
    table = kaplan_meier(times.assign(event=(times["event"] == 1).astype(int))).table
    return step_line(name, times, table.rename(columns={"survival": "share"}), 1.0)


def curve_spec(tokens: Tokens = LIGHT, **more: Any) -> dict[str, Any]:
    bounds = [line("early", TIMES.assign(stop=TIMES["stop"] - 1)), line("late")]
    words = CurveWords(**{**WORDS.__dict__, **more})
    return draw_curve(line("best"), bounds, words, tokens).to_dict()


def endings_spec(tokens: Tokens = LIGHT) -> dict[str, Any]:
    stacked = stack_endings(TIMES, aalen_johansen(TIMES), CAUSES)
    fills = {1: tokens.accent, 2: tokens.endings["closed"], 3: tokens.endings["transferred"]}
    return draw_endings(stacked, TIMES, fills, WORDS, tokens).to_dict()


def test_lines_and_their_names_are_on_the_chart() -> None:
    spec = curve_spec(marked=(12.0, 0.5, "half had left: 12 months"))
    words = written(spec, 1000)
    for name in ("best", "early", "late", "half had left: 12 months", "share inside", "at risk"):
        assert name in words
    compile_chart(spec)


def test_the_thin_part_is_dashed_and_the_rest_is_not() -> None:
    solid, dashed = (
        marked(curve_spec(), "line", strokeWidth=3, strokeDash=dash)[0] for dash in ([1, 0], [5, 3])
    )
    assert {row["time"] for row in rows(solid)} == {0, 6, 10, 12}
    assert {row["time"] for row in rows(dashed)} == {12, 18, 24, 30}


def test_the_numbers_at_risk_are_in_brackets_where_few() -> None:
    numbers = next(unit for unit in marked(curve_spec(), "text", fontSize=11))
    assert [row["words"] for row in rows(numbers)] == ["6", "5", "(4)", "(3)", "(2)", "(0)"]


def test_the_hover_tells_share_interval_and_number() -> None:
    (targets,) = marked(curve_spec(), "rect")
    told = {row["when"]: (row["told"], row["at_risk"]) for row in rows(targets)}
    assert told["0.0 to 6.0"] == ("100.0 %", 6)
    assert told["6.0 to 10.0"] == ("83.3 %", 5)
    assert rows(targets)[0]["within"] == "not known"


def test_a_competing_end_has_a_colour_of_its_own() -> None:
    spec = draw_curve(line("best"), [], WORDS, LIGHT, line("merged")).to_dict()
    assert "merged" in written(spec, 1000)
    thin = marked(spec, "line", strokeWidth=1.2)
    assert {unit["mark"]["color"] for unit in thin} != {LIGHT.muted}


def test_a_curve_of_small_shares_has_an_axis_of_its_own() -> None:
    table = aalen_johansen(TIMES)
    low = table[table["cause"] == 2].rename(columns={"probability": "share"})
    spec = draw_curve(step_line("merged", TIMES, low, 0.0), [], WORDS, LIGHT).to_dict()
    (area,) = marked(spec, "area")
    assert area["encoding"]["y"]["scale"]["domain"][0] == 0


def test_the_parts_of_the_endings_add_up_to_what_has_ended() -> None:
    stacked = stack_endings(TIMES, aalen_johansen(TIMES), CAUSES)
    survival = kaplan_meier(TIMES.assign(event=TIMES["event"].clip(upper=1))).table
    top = stacked[stacked["cause"] == 3].set_index("begins")["upper"]
    for row in survival[survival["time"] < 30].itertuples():
        assert top[row.time] == pytest.approx(1 - row.survival)
    left = stacked[stacked["cause"] == 1].set_index("begins")
    assert left["lower"].eq(0).all()
    assert left["upper"][6.0] == pytest.approx(1 / 6)


def test_the_endings_are_named_with_their_last_share() -> None:
    spec = endings_spec()
    shares = [label.splitlines()[-1] for label in texts(spec) if "%" in label]
    # Of 7: 1 of 6, 1 and 1 of 6, 1 of 4, and at the end 1 and 1 of 2 of what is left.
    assert shares == ["0.0 %", "20.8 %", "13.9 %", "65.3 %"]
    names = [label for label in texts(spec) if "%" in label]
    assert names[0].startswith("still inside") and names[-1].startswith("left")
    compile_chart(spec)


def test_no_layer_is_empty_where_nobody_ended_or_few_are_followed() -> None:
    for times in (TIMES.assign(event=0), TIMES.head(3)):
        spec = draw_curve(line("best", times), [], WORDS, LIGHT).to_dict()
        compile_chart(spec)
        drawn = [*marked(spec, "line"), *marked(spec, "area")]
        assert drawn and all(rows(unit) for unit in drawn)


def test_no_ends_at_all_make_no_parts() -> None:
    nobody = TIMES.assign(event=0)
    assert stack_endings(nobody, aalen_johansen(nobody), CAUSES).empty


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_of_the_theme(tokens: Tokens) -> None:
    assert colours(curve_spec(tokens)) <= token_colours(tokens)
    assert colours(endings_spec(tokens)) <= token_colours(tokens)
