from datetime import date

import pandas as pd
import pytest

from pages.charts.compare import IndicatorText, draw_compare, line_colours
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_picture import compile_chart
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours
from tests.unit.pages.made_trajectory import A_AND_E, BREAKS, STANDARDS, monthly, peers

SPAN = (date(2019, 1, 1), date(2024, 1, 1))


def line(number: int) -> pd.DataFrame:
    return monthly(value=60.0 + number).assign(
        org_code=f"R{number}",
        org_name=f"Trust {number}",
        shown="60.0 %",
        index="",
        numerator=6.0,
        denominator=10.0,
        file_name="April.csv",
    )


def drawn(count: int = 6, tokens=LIGHT, text: IndicatorText = A_AND_E, **beside):
    lines = pd.concat([line(number) for number in range(count)], ignore_index=True)
    given = {"peers": peers(), "standards": STANDARDS.iloc[:0], "breaks": BREAKS.iloc[:0]} | beside
    return draw_compare(lines, given, text, "acute trusts", tokens, SPAN).to_dict()


def own_lines(spec):
    return [unit for unit in marked(spec, "line") if unit["mark"].get("strokeWidth") in (1.4, 2.2)]


def test_at_most_four_lines_have_a_colour_and_every_line_is_named_at_its_end() -> None:
    spec = drawn(6)
    painted = [unit["mark"]["color"] for unit in own_lines(spec)]
    assert painted == [LIGHT.muted, LIGHT.muted, *reversed(LIGHT.lines)]
    assert {f"Trust {number}" for number in range(6)} <= {
        text.partition("\n")[0] for text in texts(spec)
    }


def test_colours_go_by_place() -> None:
    assert line_colours(["B", "A"], LIGHT) == {"B": LIGHT.lines[0], "A": LIGHT.lines[1]}


def test_a_missing_month_is_a_gap() -> None:
    lines = line(0)
    whole = draw_compare(
        lines.drop(index=[5]),
        {"peers": peers().iloc[:0], "standards": STANDARDS.iloc[:0], "breaks": BREAKS.iloc[:0]},
        A_AND_E,
        "",
        LIGHT,
        SPAN,
    ).to_dict()
    (own,) = own_lines(whole)
    assert [r["period_start"][:7] for r in rows(own) if r["value"] is None] == ["2019-06"]
    assert "subtitle" not in whole["title"] or whole["title"]["subtitle"] == []


def test_peers_standards_and_breaks_stand_behind_the_lines() -> None:
    spec = drawn(2, standards=STANDARDS, breaks=BREAKS)
    assert marked(spec, "area")
    assert {"①", "②", "③"} & set(texts(spec))
    assert spec["title"]["subtitle"] == ["grey: median and middle 80 % of acute trusts"]


def test_a_hover_tells_figure_index_and_source() -> None:
    (points,) = marked(drawn(1), "circle")
    assert [field["title"] for field in points["encoding"]["tooltip"]] == [
        *("Organisation", "Period", "Value", "Index", "Numerator", "Denominator", "Source")
    ]
    assert rows(points)[0]["when"] == "Jan 2019"


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_those_of_the_theme_and_the_chart_compiles(tokens) -> None:
    spec = drawn(6, tokens)
    assert colours(spec) <= token_colours(tokens)
    compile_chart(spec)
