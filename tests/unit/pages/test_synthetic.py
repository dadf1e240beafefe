"""The chart of a synthetic control: both lines, the gap among placebos, and nothing where none is read."""

import pandas as pd
import pytest

from pages.charts.donor_weights import draw_weights
from pages.charts.layers.lower_panel import LowerPanel
from pages.charts.synthetic import MOST_PLACEBO_ROWS, draw_donors, draw_synthetic
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_picture import written
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, texts, token_colours
from tests.unit.pages.made_synthetic import DRAWING, STARTS, placebos, series


def drawn(passes=True, shown=None, tokens=LIGHT):
    chosen = placebos() if shown is None else shown
    return draw_synthetic(series(passes), chosen, DRAWING, tokens).to_dict()


def fields(spec, field, **properties):
    return [
        unit
        for unit in marked(spec, "line", **properties)
        if unit["encoding"]["y"]["field"] == field
    ]


def test_the_organisation_is_blue_its_control_dashed_and_both_are_named():
    spec = drawn()
    (own,) = fields(spec, "value")
    (other,) = fields(spec, "other")
    assert own["mark"]["color"] == LIGHT.accent
    assert (other["mark"]["color"], other["mark"]["strokeDash"]) == (LIGHT.muted, [6, 4])
    assert {"Own Trust", "synthetic control"} <= set(texts(spec))
    (rule,) = marked(spec, "rule", strokeDash=[1, 0])
    assert rows(rule)[0]["words"] == "entered Dec 2021; first exposed from Jan 2022"


def test_the_gap_lies_among_those_of_the_placebos_around_a_line_at_0():
    spec = drawn()
    own, thin = (
        fields(spec, "gap", color=colour)[0] for colour in (LIGHT.accent, LIGHT.comparators)
    )
    assert [row["gap"] for row in rows(own)] == [1.0] * 24 + [5.0] * 12
    assert {(row["name"], row["gap"]) for row in rows(thin)} == {("Trust 0", 0.0), ("Trust 1", 1.0)}
    assert len(rows(thin)) == 72
    assert any(row == {"zero": 0} for unit in marked(spec, "rule") for row in rows(unit))


def test_both_panels_have_heights_of_their_own():
    spec = drawn()
    assert spec["resolve"]["scale"]["y"] == "independent"
    (own,), (gap,) = fields(spec, "value"), fields(spec, "gap", color=LIGHT.accent)
    floor_above = own["encoding"]["y"]["scale"]["range"][0]
    bottom, top = gap["encoding"]["y"]["scale"]["range"]
    assert floor_above < top < bottom <= spec["height"]


@pytest.mark.parametrize(("low", "high"), [(-7.9, 4.5), (-25.0, 16.0), (0.5, 9.0)])
def test_the_lines_of_the_gap_are_few_and_hold_0(low, high):
    values = pd.Series([low, high])
    panel = LowerPanel(DRAWING.gap_text, LIGHT, DRAWING.span, 240, 352, values)
    assert any(abs(line) < 1e-9 for line in panel.lines)
    assert 2 <= len(panel.lines) <= 5


def test_a_hover_tells_value_control_and_gap():
    last = rows(fields(drawn(), "value")[0])[-1]
    told = [last[name] for name in ("month", "shown", "beside", "apart")]
    assert told == ["Dec 2022", "65.0 %", "60.0 %", "+5.0 points"]


def test_where_no_effect_is_read_there_is_only_the_fit_before_entry():
    spec = drawn(passes=False, shown=placebos().iloc[:0])
    (own,) = fields(spec, "gap", color=LIGHT.accent)
    assert [row["gap"] for row in rows(own)] == [1.0] * 24 + [None] * 12
    after = rows(fields(spec, "other")[0])[24:]
    assert [row["other"] for row in after] == [None] * 12
    assert {row["apart"] for row in after} == {"not read here"}
    assert after[0]["shown"] == "65.0 %"
    assert "synthetic control" not in texts(spec)
    assert not fields(spec, "gap", color=LIGHT.comparators)
    assert "no effect is read: only the fit before entry is drawn" in " ".join(written(spec, 1000))


def test_of_many_placebos_every_second_month_is_drawn_counted_from_entry():
    many = placebos(150)
    assert len(many) > MOST_PLACEBO_ROWS
    spec = drawn(shown=many)
    (thin,) = fields(spec, "gap", color=LIGHT.comparators)
    months = {row["period_start"][:7] for row in rows(thin)}
    assert len(months) == 18
    assert {"2022-01", "2021-11"} <= months
    assert "2021-12" not in months
    assert len({row["name"] for row in rows(thin)}) == 150
    assert "150 placebos, a point every 2 months" in str(spec["title"])
    assert all_rows(spec) < 5_000


def test_no_line_bridges_a_period_without_a_figure():
    gap = pd.Timestamp("2020-05-01") != STARTS
    frame = series()[gap]
    spec = draw_synthetic(frame, placebos(starts=STARTS[gap]), DRAWING, LIGHT).to_dict()
    for field, colour in (("value", LIGHT.accent), ("gap", LIGHT.comparators)):
        there = rows(fields(spec, field, color=colour)[0])
        assert {row[field] for row in there if row["period_start"].startswith("2020-05")} == {None}
    assert marked(spec, "rule", strokeWidth=2)


def test_before_a_result_the_donors_mean_is_drawn_and_no_gap():
    frame = series().drop(columns=["synthetic", "gap"]).assign(donors=58.0)
    spec = draw_donors(frame, DRAWING, LIGHT).to_dict()
    assert not fields(spec, "gap")
    assert {"mean of the\ndonors"} <= set(texts(spec))
    assert rows(fields(spec, "value")[0])[0]["beside"] == "58.0 %"


def test_the_largest_weights_come_first_whichever_their_sign():
    weights = pd.DataFrame(
        {"name": [f"T{place}" for place in range(14)], "weight": [0.01] * 12 + [-0.2, 1.08]}
    )
    spec = draw_weights(weights, LIGHT).to_dict()
    (bars,) = marked(spec, "bar")
    told = [(row["name"], row["words"]) for row in rows(bars)]
    assert told[:3] == [("T13", "108.0 %"), ("T12", "−20.0 %"), ("T0", "1.0 %")]
    assert len(told) == 12
    assert "the largest 12 of 14 weights" in str(spec["title"])


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens):
    assert colours(drawn(tokens=tokens)) <= token_colours(tokens)
    weights = pd.DataFrame({"name": ["A"], "weight": [1.0]})
    assert colours(draw_weights(weights, tokens).to_dict()) <= token_colours(tokens)
