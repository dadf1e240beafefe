from datetime import date

import pandas as pd
import pytest

from pages.charts.layers.multiples_grid import CELL_HEIGHT, Grid
from pages.charts.layers.scales import Extent
from pages.charts.multiples import draw_multiples
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_picture import compile_chart
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, texts, token_colours
from tests.unit.pages.made_trajectory import A_AND_E, OPEN_ENDED, monthly, spells

SPAN = (date(2019, 1, 1), date(2024, 1, 1))
CODES = [f"R{number}" for number in range(7)]


def cells(codes=CODES) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "org_code": codes,
            "name": [f"Trust {code}" for code in codes],
            "note": "since Jul 2021: +1.0 points",
            "variation": "concern_low",
            "words": "Special cause concern, low",
        }
    )


def lines(codes=CODES) -> pd.DataFrame:
    each = [
        monthly(value=60.0 + place).assign(
            org_code=code, median=75.0, numerator=6000.0, denominator=10000.0
        )
        for place, code in enumerate(codes)
    ]
    return pd.concat(each, ignore_index=True)


def drawn(tokens=LIGHT, columns=5, series=None, inside=None):
    given = lines() if series is None else series
    spell = spells({}).assign(org_code="R1") if inside is None else inside
    chart = draw_multiples(cells(), given, spell, A_AND_E, tokens, SPAN, columns=columns)
    return chart.to_dict()


def test_cells_fill_row_by_row_on_the_same_axes() -> None:
    """Seven cells in five columns: two rows. Half of ten years is the middle of the plot."""
    grid = Grid(7, 5, Extent(0, 100, (0, 50, 100)), (date(2010, 1, 1), date(2020, 1, 1)))
    assert grid.height == 2 * CELL_HEIGHT
    cell = pd.Series([0, 6])
    middle = pd.Series(pd.to_datetime(["2015-01-01", "2015-01-01"]))
    assert grid.across(cell, middle).round(2).tolist() == [0.46, 1.46]
    high, low = grid.down(cell, pd.Series([100.0, 0.0]))
    assert (high, low) == (50, CELL_HEIGHT + 116)
    assert pd.isna(grid.down(pd.Series([0]), pd.Series([float("nan")]))[0])


def test_days_outside_the_months_shown_lie_at_their_edge() -> None:
    grid = Grid(1, 1, Extent(0, 1, (0, 1)), (date(2010, 1, 1), date(2020, 1, 1)))
    days = pd.Series(pd.to_datetime(["2000-01-01", "2030-01-01"]))
    assert grid.across(pd.Series([0, 0]), days).tolist() == [0, 0.91]


def test_every_organisation_has_a_name_a_note_and_an_icon() -> None:
    spec = drawn()
    assert {f"Trust {code}" for code in CODES} <= set(texts(spec))
    (icons,) = marked(spec, "image")
    assert len(rows(icons)) == 7
    assert {row["words"] for row in rows(icons)} == {"Special cause concern, low"}
    assert spec["height"] == 2 * CELL_HEIGHT
    assert drawn(columns=2)["height"] == 4 * CELL_HEIGHT


def test_a_missing_month_is_a_gap() -> None:
    spec = drawn(series=lines().drop(index=[5]))
    gaps = [row for row in spec["data"]["values"] if row["y"] is None]
    assert [(row["org_code"], row["when"], row["shown"]) for row in gaps] == [
        ("R0", "Jun 2019", "no figure")
    ]


def test_time_in_the_programme_is_a_band_with_an_entry_and_an_exit() -> None:
    spec = drawn()
    bands = [unit for unit in marked(spec, "rect") if unit["mark"]["opacity"] == 0.13]
    assert len(bands) == 1
    (rules,) = [unit for unit in marked(spec, "rule") if "strokeDash" in unit["encoding"]]
    assert [row["kind"] for row in rows(rules)] == ["entry", "exit"]
    fading = drawn(inside=spells(OPEN_ENDED).assign(org_code="R1"))
    assert len([u for u in marked(fading, "rect") if u["mark"]["opacity"] == 0.13]) == 2


def test_pointer_and_click_are_heard_once_for_all() -> None:
    spec = drawn()
    assert sorted(param["name"] for param in spec["params"]) == ["month", "org"]
    by_name = {param["name"]: param["select"] for param in spec["params"]}
    assert by_name["month"]["fields"] == ["when"]
    assert by_name["org"]["fields"] == ["org_code"]


def test_a_cut_axis_is_said_once() -> None:
    assert "axis does not start at 0" in " ".join(drawn()["title"]["subtitle"])


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_those_of_the_theme_and_the_chart_compiles(tokens, capfd) -> None:
    spec = drawn(tokens)
    assert colours(spec) <= token_colours(tokens)
    compile_chart(spec)
    assert "WARN" not in capfd.readouterr().err
    assert all_rows(spec) < 1_000
