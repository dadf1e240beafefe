"""The strip of all organisations: what fills a cell, what stays empty, and that nothing joins two eras."""

import itertools
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.charts._contrast import READABLE, contrast
from pages.charts._strip_bars import lay_out_bars
from pages.charts._strip_grid import lay_out_grid
from pages.charts._strip_head import years_of
from pages.charts._strip_panels import EARLY, financial_quarter, panels_of
from pages.charts._strip_rows import NO_ICB, arrange
from pages.charts.strip import Ledger, describe_strip, draw_strip
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours
from tests.unit.pages.made_spells import spell, spells
from tests.unit.pages.test_contrast import over_background

TODAY = date(2026, 11, 26)
ERAS = pd.DataFrame(
    {
        "era_id": ["R0", "R1", "R2", "R3"],
        "short_name": ["SOF 2016", "SOF 2021/22 and NOF 2022/23", "NOF 2025/26", "NOF 2026/27"],
        "starts_on": pd.to_datetime(["2016-10-01", "2021-07-01", "2025-06-26", None]),
        "ends_on": pd.to_datetime(["2021-07-01", "2025-06-26", None, None]),
    }
)
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
SLOTS = {"RXW": 0, "RF4": 1}


def said(org: str, begins: str, ends: str, segment: int, **more: Any) -> dict[str, Any]:
    """A statement about [begins, ends)."""
    return {
        "org_code": org,
        "era_id": "R1",
        "effective_from": begins,
        "effective_to": ends,
        "segment": segment,
        "segment_before_override": None,
        "framework": "NOF 2022/23",
        "stated_as": begins[:7],
        "confidence": "high",
        "source_url": f"https://a.example/{begins}",
        "org_full_name": f"Trust {org} NHS Trust",
        **more,
    }


COLUMNS = list(said("RXW", "2021-07-01", "2021-08-01", 4))


def statements(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    days = {name: pd.to_datetime(frame[name]) for name in ("effective_from", "effective_to")}
    return frame.assign(**days)


def organisations(*codes: str, **more: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame({"org_code": codes, "org_name": [f"Trust {code}" for code in codes]})
    usual = {
        "org_full_name": frame["org_name"] + " NHS Trust",
        "org_type": "acute",
        "type_label": "Acute trust",
        "region": "Midlands",
        "icb_name": "Essex ICB",
        "months": None,
        "months_label": "none on record",
        "moved_on": pd.NaT,
        "move_label": "none",
    }
    return frame.assign(**(usual | more))


STATED = statements(
    said("RXW", "2023-12-01", "2024-01-01", 4),
    said("RXW", "2025-10-01", "2026-01-01", 3, era_id="R2", framework="NOF 2025/26 Q3"),
)
SPELLS = spells(spell("RXW", "qsm", entered="2018-11-08", left="2021-07-01"))


def ledger_of(stated: pd.DataFrame = STATED, **more: Any) -> Ledger:
    usual: dict[str, Any] = {
        "organisations": organisations("RXW", "RF4"),
        "spells": SPELLS,
        "eras": ERAS,
    }
    return Ledger(statements=stated, **(usual | more))


def cells_of(*rows: dict[str, Any]) -> list[dict[Any, Any]]:
    stated = statements(*rows)
    return lay_out_grid(stated, panels_of(ERAS, stated, TODAY), SLOTS).to_dict("records")


def drawn_cells(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (unit,) = marked(spec, "rect", strokeWidth=1)
    return layer_rows(unit)


# Panels


def test_each_era_has_a_panel_of_its_quarters_and_a_gap_before_it() -> None:
    panels = panels_of(ERAS, statements(), TODAY)
    assert [(p.era_id, f"{p.begins:%Y-%m}", f"{p.ends:%Y-%m}") for p in panels] == [
        (EARLY, "2013-01", "2021-07"),
        ("R1", "2021-07", "2025-07"),
        ("R2", "2025-04", "2027-01"),
    ]
    assert [panel.width for panel in panels[1:]] == [16, 7]
    for before, after in itertools.pairwise(panels):
        assert after.left - before.right == pytest.approx(0.6)


def test_a_statement_made_after_its_framework_ended_extends_the_panel_of_its_own_era() -> None:
    stated = statements(said("RXW", "2025-07-01", "2025-08-01", 4))
    of_era = {panel.era_id: panel for panel in panels_of(ERAS, stated, TODAY)}
    assert of_era["R1"].ends == pd.Timestamp("2025-10-01")
    (cell,) = lay_out_grid(stated, list(of_era.values()), SLOTS).to_dict("records")
    assert cell["quarter"] == "2025/26 Q2 (Jul 2025 to Sep 2025)"
    assert cell["ends"] == pytest.approx(of_era["R1"].right)


def test_financial_years_begin_in_april() -> None:
    assert [financial_quarter(pd.Timestamp(day)) for day in ("2025-04-01", "2025-12-31")] == [
        "2025/26 Q1",
        "2025/26 Q3",
    ]
    assert financial_quarter(pd.Timestamp("2000-03-31")) == "1999/00 Q4"


def test_the_years_of_a_panel_are_as_wide_as_their_quarters() -> None:
    _, first, _ = panels_of(ERAS, statements(), TODAY)
    years = years_of(first)
    assert [year["year"] for year in years] == [
        *("2021/22", "2022/23", "2023/24", "2024/25", "2025/26"),
    ]
    assert [round(year["length"], 1) for year in years] == [3.0, 4.0, 4.0, 4.0, 1.0]


# Cells


def test_a_statement_fills_the_cell_of_its_quarter_whatever_day_it_names() -> None:
    day, month = cells_of(
        said("RXW", "2023-12-01", "2024-01-01", 4), said("RF4", "2023-10-31", "2023-11-01", 2)
    )
    assert (month["begins"], month["ends"]) == (day["begins"], day["ends"])
    assert month["length"] == pytest.approx(1, abs=0.02)
    assert month["quarter"] == "2023/24 Q3 (Oct 2023 to Dec 2023)"
    assert (month["top"], day["top"]) == (0.04, 1.04)


def test_nothing_is_drawn_between_two_statements() -> None:
    first, second = cells_of(
        said("RXW", "2022-02-01", "2022-03-01", 4), said("RXW", "2022-08-01", "2022-09-01", 4)
    )
    assert second["begins"] - first["ends"] == pytest.approx(1, abs=0.03)


def test_statements_of_one_segment_in_one_quarter_are_one_cell_that_names_them_both() -> None:
    (cell,) = cells_of(
        said("RXW", "2023-12-07", "2023-12-08", 4), said("RXW", "2023-12-01", "2024-01-01", 4)
    )
    assert cell["source_url"] == "https://a.example/2023-12-01; https://a.example/2023-12-07"
    assert cell["beside"] == "none"


def test_two_segments_of_one_quarter_stand_side_by_side_the_earlier_stated_to_the_left() -> None:
    left, right = cells_of(
        said("RXW", "2024-06-01", "2024-07-01", 3), said("RXW", "2024-04-01", "2024-05-01", 4)
    )
    assert (left["segment"], right["segment"]) == (4, 3)
    assert left["ends"] == right["begins"]
    assert left["length"] == right["length"] == pytest.approx(0.5, abs=0.02)
    assert (left["beside"], right["beside"]) == ("segment 3", "segment 4")


def test_a_statement_of_a_year_is_loose_and_leaves_quarters_to_nearer_ones() -> None:
    near, loose = sorted(
        cells_of(
            said("RXW", "2021-07-01", "2022-07-01", 4), said("RXW", "2021-08-01", "2021-09-01", 3)
        ),
        key=lambda cell: cell["begins"],
    )
    assert (near["is_loose"], loose["is_loose"]) == (False, True)
    assert loose["length"] == pytest.approx(3, abs=0.05)
    assert loose["quarter"] == "some time in 2021/22 Q3 to 2022/23 Q1 (Oct 2021 to Jun 2022)"


def test_a_statement_of_a_year_without_a_free_quarter_joins_the_first() -> None:
    cells = cells_of(
        said("RXW", "2021-07-01", "2022-01-01", 4),
        said("RXW", "2021-08-01", "2021-09-01", 3),
        said("RXW", "2021-11-01", "2021-12-01", 3),
    )
    assert [(cell["segment"], cell["is_loose"]) for cell in cells] == [
        (3, False),
        (4, True),
        (3, False),
    ]
    assert cells[0]["beside"] == "segment 4"


def test_a_statement_of_an_era_without_a_panel_is_not_drawn() -> None:
    assert cells_of(said("RXW", "2018-04-01", "2018-05-01", 4, era_id="R0")) == []


stretches = some.lists(
    some.tuples(some.integers(0, 47), some.sampled_from([1, 3, 6, 12]), some.integers(1, 4)),
    min_size=1,
    max_size=8,
)


@given(stretches)
def test_every_statement_is_in_a_cell_and_no_two_cells_of_a_row_overlap(
    made: list[tuple[int, int, int]],
) -> None:
    first = pd.Timestamp("2021-07-01")
    rows = [
        said(
            "RXW",
            f"{first + pd.DateOffset(months=begin):%Y-%m-%d}",
            f"{first + pd.DateOffset(months=begin + length):%Y-%m-%d}",
            segment,
            source_url=f"source {number}.",
        )
        for number, (begin, length, segment) in enumerate(made)
    ]
    cells = sorted(cells_of(*rows), key=lambda cell: cell["begins"])
    named = " ".join(cell["source_url"] for cell in cells)
    assert all(row["source_url"] in named for row in rows)
    for before, after in itertools.pairwise(cells):
        assert before["ends"] <= after["begins"] + 0.002


# Bars


def test_a_spell_is_cut_to_each_panel_and_lies_below_the_cells_there() -> None:
    panels = panels_of(ERAS, statements(), TODAY)
    made = spells(spell("RXW", entered="2020-01-01", left="2026-03-05"))
    bars = lay_out_bars(made, panels, SLOTS, TODAY).sort_values("begins")
    early, first, second = bars.to_dict("records")
    assert (first["begins"], first["ends"]) == (panels[1].left, panels[1].right)
    assert second["begins"] == pytest.approx(panels[2].left)
    assert panels[2].left + 3 < second["ends"] < panels[2].left + 4
    assert early["top"] < 0.72 <= first["top"] < first["bottom"] <= 1


def test_a_spell_without_a_date_is_told_in_words_and_draws_no_bar() -> None:
    spec = draw_strip(
        ledger_of(spells=spells(spell("RXW", "pip", "not_established"))), "months", LIGHT, TODAY
    ).to_dict()
    assert "PIP: no dates established" in written(spec, 1000)
    assert "PIP: no dates established" not in written(spec, 300)


def test_a_spell_that_no_source_ends_fades_after_it_was_last_known() -> None:
    panels = panels_of(ERAS, statements(), TODAY)
    made = spells(spell(entered="2022-01-01", left=None, last_known_in="2022-09-30"))
    bars = lay_out_bars(made, panels, SLOTS, TODAY)
    assert set(bars["part"]) == {"solid", "torn"}
    solid = bars[bars["part"] == "solid"].iloc[0]
    assert solid["ends"] == pytest.approx(panels[1].place(pd.Timestamp("2022-10-01")), abs=0.01)


# Rows


def test_rows_by_months_put_the_most_first_and_the_unknown_last() -> None:
    rows = arrange(organisations("RA", "RB", "RC", months=[3.0, None, 40.0]), "months")
    assert list(rows["org_code"]) == ["RC", "RA", "RB"]
    assert list(rows["slot"]) == [0, 1, 2]


def test_rows_by_latest_move_put_the_latest_first_and_those_without_last() -> None:
    moved = pd.to_datetime(["2024-03-01", None, "2025-10-01"])
    rows = arrange(organisations("RA", "RB", "RC", moved_on=moved), "move")
    assert list(rows["org_code"]) == ["RC", "RA", "RB"]


def test_rows_by_icb_stand_under_headings_those_without_one_last() -> None:
    boards = ["Sussex ICB", None, "Devon ICB"]
    rows = arrange(organisations("RA", "RB", "RC", icb_name=boards), "icb")
    assert list(rows["label"]) == [
        *("Devon ICB", "Trust RC", "Sussex ICB", "Trust RA", NO_ICB, "Trust RB"),
    ]
    assert list(rows["is_heading"]) == [True, False] * 3


def test_two_organisations_of_one_name_are_told_apart_by_their_codes() -> None:
    rows = arrange(organisations("RA", "RB", org_name=["Same", "Same"]), "months")
    assert list(rows["label"]) == ["Same RA", "Same RB"]


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
