"""The strip of all organisations: what fills a cell, what stays empty, and that nothing joins two eras."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.charts.layers.strip_bars import lay_out_bars
from pages.charts.layers.strip_grid import lay_out_grid
from pages.charts.layers.strip_head import years_of
from pages.charts.layers.strip_panels import EARLY, financial_quarter, panels_of
from pages.charts.layers.strip_rows import NO_ICB, arrange
from pages.charts.strip import draw_strip
from pages.charts.theme import LIGHT
from tests.unit.pages.chart_picture import written
from tests.unit.pages.made_spells import spell, spells
from tests.unit.pages.made_strip import (
    ERAS,
    SLOTS,
    TODAY,
    cells_of,
    ledger_of,
    organisations,
    said,
    statements,
)

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
