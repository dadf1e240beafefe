"""The strip as drawn: numbers that can be read, rows that can be clicked, and no line across a gap."""

import itertools
from typing import Any

import pandas as pd
import pytest

from pages.charts.layers.contrast import READABLE, contrast
from pages.charts.layers.strip_panels import panels_of
from pages.charts.strip import describe_strip, draw_strip
from pages.charts.theme import LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours
from tests.unit.pages.made_spells import spells
from tests.unit.pages.made_strip import (
    ERAS,
    STATED,
    THEMES,
    TODAY,
    drawn_cells,
    ledger_of,
    organisations,
    said,
    statements,
)
from tests.unit.pages.test_contrast import over_background

# Chart


@THEMES
def test_every_number_can_be_read_on_its_cell(tokens: Tokens) -> None:
    quarters = pd.date_range("2025-04-01", periods=5, freq="QS")
    rows = [
        said("RXW", f"{day:%Y-%m-%d}", f"{day + pd.DateOffset(months=1):%Y-%m-%d}", segment + 1)
        for segment, day in enumerate(quarters)
    ]
    loose = [said(f"R{segment}", "2026-01-01", "2027-01-01", segment) for segment in range(1, 6)]
    stated = statements(*rows, *loose).assign(era_id="R2")
    everyone = organisations(*stated["org_code"].unique())
    cells = drawn_cells(
        draw_strip(ledger_of(stated, organisations=everyone), "months", tokens, TODAY).to_dict()
    )
    assert len(cells) == 10
    for cell in cells:
        ground = over_background(cell["fill"], tokens.background)
        assert contrast(cell["text_colour"], ground) >= READABLE


def test_numbers_and_names_are_printed() -> None:
    spec = draw_strip(ledger_of(), "months", LIGHT, TODAY).to_dict()
    words = written(spec, 1000)
    assert {"4", "3", "Trust RXW", "Trust RF4"} <= {*words}
    assert {"Special measures", "SOF 2021/22 and NOF 2022/23", "NOF 2025/26"} <= {*words}
    assert {"2021/22", "2026/27", "Q1", "Q4"} <= {*words}


def test_on_a_phone_the_names_give_way_and_the_numbers_stay() -> None:
    words = written(draw_strip(ledger_of(), "months", LIGHT, TODAY).to_dict(), 358)
    assert {"4", "3", "2025/26"} <= {*words}
    assert "Q1" not in words


def test_no_line_or_arrow_leads_across_a_gap() -> None:
    spec = draw_strip(ledger_of(), "months", LIGHT, TODAY).to_dict()
    assert not marked(spec, "line") and not marked(spec, "area") and not marked(spec, "trail")
    panels = panels_of(ERAS, STATED, TODAY)
    gaps = [(before.right, after.left) for before, after in itertools.pairwise(panels)]
    for cell in drawn_cells(spec):
        assert all(
            cell["ends"] <= left + 0.01 or cell["begins"] >= right - 0.01 for left, right in gaps
        )


def test_an_override_has_a_corner() -> None:
    changed = STATED.assign(segment_before_override=2)
    spec = draw_strip(ledger_of(changed), "months", LIGHT, TODAY).to_dict()
    assert len(marked(spec, "point", shape="triangle-up")) == 1
    assert {cell["before_override"] for cell in drawn_cells(spec)} == {"2"}


def test_a_board_without_a_segment_says_so_in_the_era_that_gave_none() -> None:
    boards = organisations("QOC", "RXW", org_type=["icb", "acute"])
    words = written(
        draw_strip(
            ledger_of(organisations=boards, unsegmented={"R2": ("icb",)}), "months", LIGHT, TODAY
        ).to_dict(),
        1000,
    )
    assert words.count("not segmented under this framework") == 1


def test_a_row_can_be_clicked_and_tells_what_is_known_of_it() -> None:
    spec = draw_strip(ledger_of(), "months", LIGHT, TODAY).to_dict()
    assert spec["params"][0]["name"] == "org"
    assert spec["params"][0]["select"]["fields"] == ["org_code"]
    (area,) = marked(spec, "rect", color="transparent")
    assert [row["org_code"] for row in layer_rows(area)] == ["RF4", "RXW"]
    assert "time in programmes" in [tip["title"] for tip in area["encoding"]["tooltip"]]


def test_cells_are_one_layer_of_rectangles() -> None:
    assert (
        len(
            marked(draw_strip(ledger_of(), "months", LIGHT, TODAY).to_dict(), "rect", strokeWidth=1)
        )
        == 1
    )


@THEMES
def test_every_colour_is_a_token_of_the_theme(tokens: Tokens) -> None:
    spec = draw_strip(ledger_of(), "type", tokens, TODAY).to_dict()
    assert colours(spec) <= token_colours(tokens)


def test_the_description_says_of_how_many_and_that_most_is_empty() -> None:
    assert describe_strip(ledger_of()) == (
        "Segments of 2 organisations by quarter since July 2021, from 2 statements about 1 organisation. "
        "Most quarters are empty because no source states a segment for them; nothing is drawn across a "
        "change of framework."
    )
    assert describe_strip(ledger_of(statements())).endswith("no source states any.")


@pytest.mark.parametrize("sort", ["months", "icb", "type", "move"])
def test_nothing_in_the_chart_is_in_conflict(capfd: pytest.CaptureFixture[str], sort: Any) -> None:
    empty = ledger_of(statements(), spells=spells())
    for ledger in (ledger_of(STATED.assign(segment_before_override=2)), empty):
        compile_chart(draw_strip(ledger, sort, LIGHT, TODAY).to_dict())
    assert capfd.readouterr().err == ""
