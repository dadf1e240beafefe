"""Counts first: no colour and no share where few were counted, and bars that say how many they rest on."""

from typing import Any

import pandas as pd
import pytest

from indicators.stats.transitions import count_transitions
from pages.charts.occupation import draw_occupation, occupation
from pages.charts.theme import DARK, LIGHT, Tokens
from pages.charts.transition_matrix import draw_matrix, matrix_cells
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, rows, token_colours


def panel(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "period", "state"])


def movers(number: int, before: int, after: int, name: str) -> list[tuple[str, int, int]]:
    return [
        row
        for i in range(number)
        for row in ((f"{name}{i}", 8101, before), (f"{name}{i}", 8102, after))
    ]


PANEL = panel(*movers(9, 3, 3, "A"), *movers(3, 3, 4, "B"), *movers(2, 4, 3, "C"), ("D", 8104, 1))


def matrix_spec(tokens: Tokens = LIGHT) -> dict[str, Any]:
    return draw_matrix(matrix_cells(count_transitions(PANEL)), "NOF 2025/26", tokens).to_dict()


def test_every_pair_has_its_count_share_and_interval() -> None:
    cells = matrix_cells(count_transitions(PANEL)).set_index(["before", "after"])
    assert cells.loc[(3, 4), ["n", "total", "share"]].tolist() == [3, 12, 0.25]
    assert cells.loc[(3, 4), "ci_low"] == pytest.approx(0.0889, abs=1e-3)
    assert cells["is_few"].groupby("before").first().to_dict() == {1: True, 3: False, 4: True}
    assert pd.isna(cells.loc[(1, 1), "share"])


def test_a_row_of_few_has_counts_only() -> None:
    (boxes,) = marked(matrix_spec(), "rect")
    cells = {(row["before"], row["after"]): row for row in rows(boxes)}
    assert cells[(3, 4)]["strength"] > 0 and cells[(3, 4)]["below"] == "25.0 %"
    assert cells[(4, 3)]["strength"] == 0 and cells[(4, 3)]["below"] == ""
    assert cells[(4, 3)]["within"] == "34.2 to 100.0 %"
    assert "3 (n = 12)" in written(matrix_spec(), 900)
    assert matrix_spec()["title"]["subtitle"][0] == "NOF 2025/26, within this framework only."


def test_shares_of_a_quarter_are_of_those_with_a_statement() -> None:
    shares = occupation(PANEL)
    first = shares[shares["period"] == 8101].set_index("state")
    assert first["n"].to_dict() == {3: 12, 4: 2}
    assert first["share"][3] == pytest.approx(12 / 14)
    assert first["upper"].tolist() == pytest.approx([12 / 14, 1.0])
    assert first["quarter"].iloc[0] == "2025/26 Q1"


def test_a_quarter_without_statements_is_a_gap_and_few_are_pale() -> None:
    spec = draw_occupation(occupation(PANEL), "NOF 2025/26", LIGHT).to_dict()
    (bars,) = marked(spec, "rect")
    assert bars["encoding"]["x"]["scale"]["domain"] == [
        "2025/26 Q1",
        "2025/26 Q2",
        "2025/26 Q3",
        "2025/26 Q4",
    ]
    strength = {row["quarter"]: row["strength"] for row in rows(bars)}
    assert strength == {"2025/26 Q1": 1.0, "2025/26 Q2": 1.0, "2025/26 Q4": 0.4}
    assert {"n = 14", "n = 1", "3: 12"} <= set(written(spec, 1000))
    compile_chart(spec)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_matrix_takes_its_colours_from_the_theme(tokens: Tokens) -> None:
    spec = matrix_spec(tokens)
    compile_chart(spec)
    assert colours(spec) <= token_colours(tokens)
    assert {"3 (n = 12)", "4 (n = 2)"} <= set(written(spec, 1000))
