"""The dot plot of times to a signal: what is marked where, what is censored, and what the others did."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pages.charts.theme import DARK, LIGHT, Tokens
from pages.charts.time_to_signal import Reference, draw_time_to_signal
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, texts, token_colours

WORDS = ["entry", "improved", "worsened", "watched", "ended", "baseline", "others"]


def frame(*rows: tuple[str, float, float, float, str]) -> pd.DataFrame:
    columns = ["label", "watched", "improved_after", "worsened_after", "ended_by"]
    made = pd.DataFrame(rows, columns=columns).assign(org_code=[row[0][0] for row in rows])
    first = made["worsened_after"].notna() & ~(made["improved_after"] <= made["worsened_after"])
    return made.assign(
        is_concern_first=first, **{f"{name}_words": f"{name} in words" for name in WORDS}
    )


ROWS = frame(
    ("A · RSP Sep 2021", 30, 4, np.nan, "left"),
    ("B · QSM Oct 2021", 12, np.nan, 3, "data"),
    ("C · RSP Mar 2022", 20, 9, 2, "break"),
    ("D · RSP Jun 2022", 16, np.nan, np.nan, "unknown"),
)


def spec(
    rows: pd.DataFrame = ROWS,
    references: tuple[Reference, ...] = ((24.0, "others: 46.2 % by 24 months"),),
    highlighted: str | None = None,
    tokens: Tokens = LIGHT,
) -> dict[str, Any]:
    return draw_time_to_signal(rows, references, highlighted, tokens).to_dict()


def points(drawn: dict[str, Any], shape: str) -> list[tuple[str, float]]:
    """Name and month of every mark of a shape."""
    return [
        (row["label"], row[unit["encoding"]["x"]["field"]])
        for unit in marked(drawn, "point", shape=shape)
        for row in layer_rows(unit)
    ]


def test_a_circle_stands_at_the_first_lasting_improvement() -> None:
    assert points(spec(), "circle") == [("A · RSP Sep 2021", 4), ("C · RSP Mar 2022", 9)]


def test_a_diamond_stands_where_concern_came_first() -> None:
    assert points(spec(), "diamond") == [("B · QSM Oct 2021", 3), ("C · RSP Mar 2022", 2)]


def test_the_end_of_a_watch_says_why_it_ended() -> None:
    drawn = spec()
    assert points(drawn, "stroke") == [("A · RSP Sep 2021", 30)]
    assert points(drawn, "triangle-right") == [("B · QSM Oct 2021", 12), ("D · RSP Jun 2022", 16)]
    (crosses,) = (unit for unit in marked(drawn, "point", size=50))
    assert [row["label"] for row in layer_rows(crosses)] == ["C · RSP Mar 2022"]


def test_a_line_without_improvement_says_how_long_it_was_watched() -> None:
    assert {"none in 12", "none in 16"} <= set(texts(spec()))
    assert not {"none in 30", "none in 20"} & set(texts(spec()))


def test_rows_stand_in_the_order_given_and_the_chosen_one_is_bold() -> None:
    drawn = spec(highlighted="C")
    (lines,) = (unit for unit in marked(drawn, "rule") if "x2" in unit["encoding"])
    axis = lines["encoding"]["y"]
    assert axis["scale"]["domain"] == ROWS["label"].tolist()
    assert "C · RSP Mar 2022" in axis["axis"]["labelFontWeight"]["condition"]["test"]
    assert "A · RSP" not in axis["axis"]["labelFontWeight"]["condition"]["test"]


def test_what_others_did_is_ruled_where_the_plot_reaches_it() -> None:
    assert "others: 46.2 % by 24 months" in written(spec(), 900)
    assert "others: 46.2 % by 24 months" not in written(spec(ROWS[1:]), 900)


def test_only_the_signs_that_occur_are_explained() -> None:
    words = " ".join(written(spec(ROWS[:1]), 1200))
    assert "lasting improvement" in words
    assert "left or programme ended" in words
    assert "lasting concern first" not in words
    assert "figures end" not in words


def test_everything_in_the_hover_is_text() -> None:
    (lines,) = (unit for unit in marked(spec(), "rule") if "x2" in unit["encoding"])
    asked = [tip["field"] for tip in lines["encoding"]["tooltip"]]
    assert asked == ["label", *(f"{name}_words" for name in WORDS)]
    assert all(isinstance(layer_rows(lines)[0][name], str) for name in asked)


def test_a_long_list_has_room_for_every_row() -> None:
    many = frame(*((f"{i} spell", 12.0, np.nan, np.nan, "data") for i in range(40)))
    assert spec(many)["height"] >= 40 * 15
    assert spec(ROWS[:1])["height"] >= 100


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_it_is_drawn_in_the_colours_of_the_theme(tokens: Tokens) -> None:
    drawn = spec(tokens=tokens)
    assert colours(drawn) <= token_colours(tokens)
    compile_chart(drawn)
