from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pages.charts.theme import DARK, LIGHT
from pages.charts.trajectory import describe_trajectory
from tests.unit.pages.chart_reading import (
    all_rows,
    colours,
    marked,
    rows,
    texts,
    token_colours,
    units,
)
from tests.unit.pages.made_trajectory import (
    A_AND_E,
    BREAKS,
    NAN,
    OPEN_ENDED,
    STANDARDS,
    drawn,
    figures,
    peers,
    spells,
)


def focus(spec):
    return next(unit for unit in marked(spec, "line") if unit["mark"].get("strokeWidth") == 2.2)


def test_it_says_what_it_shows_in_which_unit_and_which_way_is_better():
    spec = drawn()
    assert spec["title"]["text"] == ["A&E within 4 hours"]
    assert spec["title"]["subtitle"] == [
        "Shrewsbury and Telford",
        "grey band: middle 80 % of acute trusts",
    ]
    titles = {
        unit["encoding"]["y"]["axis"]["title"]
        for unit in units(spec)
        if "axis" in unit["encoding"].get("y", {})
    }
    assert titles == {"per cent of attendances (higher is better)"}


def test_without_a_title_it_leaves_both_names_to_the_page_and_says_its_signs_alone():
    title = drawn(indicator=replace(A_AND_E, title=""))["title"]
    assert "subtitle" not in title
    assert "grey band: middle 80 % of acute trusts" in title["text"]["expr"]
    assert "Shrewsbury" not in title["text"]["expr"]


def test_it_is_as_wide_as_its_place_and_its_height_is_that_between_the_axes():
    spec = drawn()
    assert (spec["width"], spec["height"]) == ("container", 325)
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert drawn(compact=True)["height"] == 200


def test_lines_are_named_where_they_end():
    assert {"Shrewsbury and\nTelford\n81.0 %", "median of acute\ntrusts", "England"} <= set(
        texts(drawn())
    )
    assert all("legend" not in unit["encoding"].get("color", {}) for unit in units(drawn()))


def test_only_months_in_the_span_are_drawn():
    spec = drawn(span=(date(2020, 1, 1), date(2020, 4, 1)))
    assert [row["period_start"][:7] for row in rows(focus(spec))] == [
        "2020-01",
        "2020-02",
        "2020-03",
    ]


def test_a_missing_month_is_a_gap_with_a_tick_that_gives_the_reason():
    series = figures()
    series = series.assign(
        value=series["value"].where(series.index != 5),
        missing_reason=[("not collected" if place == 5 else None) for place in series.index],
    )
    spec = drawn(series=series)
    line = rows(focus(spec))
    assert [row["period_start"][:7] for row in line if row["value"] is None] == ["2019-06"]
    (tick,) = marked(spec, "rule", strokeWidth=2)
    assert [(row["month"], row["shown"]) for row in rows(tick)] == [("Jun 2019", "not collected")]


def test_a_month_without_any_row_is_a_gap_too():
    spec = drawn(series=figures().drop(index=[5, 6]))
    gaps = [row for row in rows(focus(spec)) if row["value"] is None]
    assert [(row["month"], row["shown"]) for row in gaps] == [
        ("Jun 2019", "no figure found"),
        ("Jul 2019", "no figure found"),
    ]


def test_quarters_are_not_taken_for_months_with_gaps():
    spec = drawn(series=figures().iloc[::3])
    assert len(rows(focus(spec))) == 20
    assert not marked(spec, "rule", strokeWidth=2)


def test_a_hover_tells_everything_in_words():
    spec = drawn()
    (target,) = marked(spec, "circle", size=110)
    assert [tooltip["title"] for tooltip in target["encoding"]["tooltip"]] == [
        "Organisation",
        "Period",
        "Value",
        "Numerator",
        "Denominator",
        "Peers",
        "Source",
    ]
    first = rows(target)[0]
    assert first["organisation"] == "Shrewsbury and Telford"
    assert (first["shown"], first["above"], first["below"]) == ("70.0 %", "7,123", "10,000")
    assert first["beside"] == "median 80.0 %, middle 80 % 70.0 % to 88.0 %, n = 118"
    assert first["source"] == "A&E monthly, April.csv, full extract"


def test_the_compact_form_keeps_the_programme_and_the_latest_figure_only():
    spec = drawn(compact=True, spells=spells({}), breaks=BREAKS)
    assert texts(spec) == ["81.0 %", "RSP", "axis does not start at 0"]
    assert spec["title"]["subtitle"] == []


def test_an_organisation_without_any_figure_has_ticks_but_no_line_end():
    spec = drawn(series=figures(value=NAN, missing_reason="not collected"), compact=True)
    (ticks,) = marked(spec, "rule", strokeWidth=2)
    assert len(rows(ticks)) == 60
    assert texts(spec) == ["axis does not start at 0"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_one_of_the_theme(tokens):
    last = {**OPEN_ENDED, "last_known_in": pd.Timestamp(2022, 9, 30)}
    spec = drawn(tokens, spells=spells(last), standards=STANDARDS, breaks=BREAKS)
    assert colours(spec) <= token_colours(tokens)


def test_it_stays_far_below_the_number_of_marks_a_browser_draws_at_ease():
    assert all_rows(drawn()) < 1000


def test_the_description_gives_latest_a_year_before_and_the_peers():
    assert describe_trajectory(figures(), peers(), A_AND_E, "Shrewsbury and Telford") == (
        "Shrewsbury and Telford: 81.0 % in Dec 2023; 12 months earlier 81.0 %; "
        "peers' median 91.0 %."
    )


def test_the_description_gives_the_reason_where_a_figure_is_missing():
    series = figures()
    series = series.assign(
        value=series["value"].where(series.index != 47),
        missing_reason=[("not collected" if place == 47 else None) for place in series.index],
    )
    assert describe_trajectory(series, peers().iloc[:3], A_AND_E, "Shrewsbury") == (
        "Shrewsbury: 81.0 % in Dec 2023; 12 months earlier not collected; "
        "peers' median no figure found."
    )
    nothing = describe_trajectory(figures(value=NAN), peers(), A_AND_E, "Shrewsbury")
    assert nothing == "Shrewsbury: no figure in these months."


def test_englands_sum_is_left_out_of_counts():
    waiting = replace(A_AND_E, unit="count", unit_title="number")
    assert "England" in texts(drawn())
    assert "England" not in texts(drawn(indicator=waiting))


def test_events_are_marks_at_the_foot_and_those_outside_the_months_are_not_drawn():
    events = pd.DataFrame(
        {
            "day": pd.to_datetime(["2020-05-01", "2021-02-01", "2017-01-01"]),
            "kind": ["cqc", "leadership", "cqc"],
            "letter": ["I", "", "G"],
            "organisation": "Trust",
            "what": "mark",
            "when": "then",
            "words": "said",
            "source": "u",
        }
    )
    spec = drawn(events=events)
    assert "I" in texts(spec)
    assert "G" not in texts(spec)
    (triangle,) = marked(spec, "point", shape="triangle-up")
    assert [row["day"][:10] for row in rows(triangle)] == ["2021-02-01"]
    assert not marked(drawn(), "point")
