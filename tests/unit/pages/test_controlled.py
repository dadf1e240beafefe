"""One organisation beside its comparators, and its change among those they would have shown."""

from datetime import date

import pandas as pd
import pytest

from pages.charts.controlled import Beside, draw_controlled
from pages.charts.interrupted import Interruption, Room
from pages.charts.layers.formats import IndicatorText
from pages.charts.placebos import draw_placebos
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

TEXT = IndicatorText("", "percent", "higher", "per cent")
CHANGE = IndicatorText("", "percent", "neither", "difference, points", is_change=True)
ENTRY, EXIT = pd.Timestamp("2021-03-01"), pd.Timestamp("2021-09-01")
SPAN = (date(2019, 1, 1), date(2022, 1, 1))
BESIDE = Beside(
    "Mid Town",
    7,
    (Interruption(ENTRY, True, pd.Timestamp("2021-02-18")), Interruption(EXIT, False, EXIT)),
    TEXT,
    Room(SPAN),
)


def series(has_result: bool = True) -> pd.DataFrame:
    """36 months at 60 beside 80 (75 to 90), April 2020 left out; without entry it would have been 58."""
    starts = pd.date_range("2019-01-01", periods=36, freq="MS")
    frame = pd.DataFrame({"period_start": starts, "value": 60.0, "comparators": 80.0})
    frame = frame.assign(comparators_low=75.0, comparators_high=90.0)
    frame["used"] = starts != pd.Timestamp("2020-04-01")
    frame["why"] = [None if used else "anticipation" for used in frame["used"]]
    expected = pd.Series(58.0, frame.index).where(starts >= ENTRY)
    return frame.assign(expected=expected) if has_result else frame


def drawn(has_result: bool = True, tokens=LIGHT):
    return draw_controlled(series(has_result), BESIDE, tokens).to_dict()


def test_the_organisation_is_blue_its_comparators_are_grey_with_their_middle():
    spec = drawn()
    (band,) = marked(spec, "area")
    assert band["mark"]["color"] == LIGHT.comparators
    ends = {(row["comparators_low"], row["comparators_high"]) for row in rows(band)}
    assert ends == {(75.0, 90.0)}
    (own,) = marked(spec, "line", color=LIGHT.accent)
    assert own["encoding"]["y"]["field"] == "value"
    (mean,) = marked(spec, "line", color=LIGHT.comparators)
    assert mean["encoding"]["y"]["field"] == "comparators"
    assert {one.replace("\n", " ") for one in texts(spec)} >= {
        *("Mid Town", "mean of 7 comparators", "without entry"),
        *("entered Feb 2021", "left Sep 2021", "COVID-19"),
    }


def test_the_line_without_entry_is_drawn_from_entry_on_and_only_with_a_result():
    (dashed,) = marked(drawn(), "line", strokeDash=[6, 4])
    assert rows(dashed)[0]["period_start"].startswith("2021-03-01")
    assert {row["expected"] for row in rows(dashed)} == {58.0}
    before = drawn(has_result=False)
    assert not marked(before, "line", strokeDash=[6, 4])
    assert "without entry" not in texts(before)
    assert "hollow: would be left out of the fit" in str(before["title"]["text"])


def test_the_hover_says_both_figures_their_difference_and_why_one_is_left_out():
    (targets,) = marked(drawn(), "point", filled=True)
    found = {row["month"]: row for row in rows(targets)}
    assert found["Apr 2020"]["left_out"] == "no: anticipation"
    last = found["Dec 2021"]
    assert (last["shown"], last["mean"], last["middle"]) == ("60.0 %", "80.0 %", "75.0 % to 90.0 %")
    assert (last["apart"], last["without"], last["left_out"]) == ("−20.0 points", "58.0 %", "yes")
    assert found["Jan 2019"]["without"] == "not drawn here"


def test_a_month_without_figures_leaves_a_gap():
    gap = series().drop(index=5)
    spec = draw_controlled(gap, BESIDE, LIGHT).to_dict()
    (own,) = marked(spec, "line", color=LIGHT.accent)
    (missing,) = [row for row in rows(own) if row["value"] is None]
    assert (missing["month"], missing["left_out"]) == ("Jun 2019", "no: no value")


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens):
    assert colours(drawn(tokens=tokens)) <= token_colours(tokens)
    assert colours(draw_placebos(PLACEBOS, CHANGE, tokens).to_dict()) <= token_colours(tokens)


PLACEBOS = pd.DataFrame(
    {
        "name": ["Mid Town", "Upton", "Lowe"],
        "estimate": [2.0, -3.0, 0.5],
        "t": [1.0, -2.5, 0.2],
        "is_own": [True, False, False],
    }
)


def test_the_own_change_is_a_diamond_among_those_of_others_by_clearness():
    spec = draw_placebos(PLACEBOS, CHANGE, LIGHT).to_dict()
    (own,) = marked(spec, "point", shape="diamond")
    (others,) = marked(spec, "point", shape="circle")
    assert [(row["name"], row["shown"], row["clearness"]) for row in rows(own)] == [
        ("Mid Town", "+2.0 points", "+1.0")
    ]
    assert [(row["name"], row["t"]) for row in rows(others)] == [("Upton", -2.5), ("Lowe", 0.2)]
    assert others["encoding"]["x"]["scale"]["domain"] == [-2.75, 2.75]
