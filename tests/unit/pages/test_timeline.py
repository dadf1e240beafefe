"""The timeline draws every spell, and no date more exactly than it is known."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pages.charts.layers.timeline_rows import SELECTION
from pages.charts.theme import DARK, LIGHT, Tokens
from pages.charts.timeline import TimelineView, describe_timeline, draw_timeline
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours, units
from tests.unit.pages.made_spells import spell, spells

TODAY = date(2026, 11, 22)
MARKS = [(date(2021, 7, 1), "RSP begins Jul 2021"), (date(1999, 1, 1), "long ago")]
REGISTER = spells(
    spell("RXW", "qsm", "transferred", entered="2018-11-08", left="2021-07-01"),
    spell("RXW", "rsp", "left", entered="2021-07-01", left=("2023-01-01", "2023-12-31")),
    spell("RX1", "rsp", "not_established", entered="2021-09-15", last_known_in="2022-09-30"),
    spell("RX1", "irp", "not_established"),
).assign(row_order=[4, 4, 9, 9])


def spec_of(
    frame: Any = REGISTER, tokens: Tokens = LIGHT, selected: str | None = None
) -> dict[str, Any]:
    view = TimelineView(TODAY, ruled=MARKS, selected=selected)
    return draw_timeline(frame, view, tokens).to_dict()


def fades(spec: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Organisation, part and the side towards which each gradient thins out."""
    return [
        (
            row["org_code"],
            row["part"],
            "left" if len(stops[0]["color"]) == len("#RRGGBB00") else "right",
        )
        for unit in marked(spec, "rect")
        if isinstance(unit["mark"].get("fill"), dict)
        for stops in [unit["mark"]["fill"]["stops"]]
        for row in layer_rows(unit)
    ]


def organisations(spec: dict[str, Any]) -> list[str]:
    return units(spec)[0]["encoding"]["y"]["scale"]["domain"]


def test_above_the_rows_stands_how_to_read_them_in_one_line_where_there_is_room() -> None:
    """The page has the title; a phone has the same words in two lines."""
    title = spec_of()["title"]
    assert "subtitle" not in title
    one_line, lines = title["text"]["expr"].partition(" ? ")[2].split(" : ", 1)
    lines = lines.rpartition(" : ")[2]
    assert json.loads(one_line.partition(" : ")[0]) == "\u2003".join(json.loads(lines))
    assert json.loads(lines) == [
        "Solid: dates known. Fading: known to a quarter or year.",
        "Torn: no exit established; tick: the last day known inside.",
    ]


def test_organisations_stand_in_the_order_of_the_register() -> None:
    assert organisations(spec_of()) == ["Trust RXW", "Trust RX1"]


def test_two_organisations_of_one_name_keep_their_rows() -> None:
    twins = REGISTER.assign(org_name="Hampshire")
    assert organisations(spec_of(twins)) == ["Hampshire RXW", "Hampshire RX1"]


def test_known_stretches_are_solid_and_coloured_by_programme() -> None:
    spec = spec_of()
    solid = next(
        u for u in marked(spec, "rect") if u["encoding"].get("x2") and "fill" not in u["mark"]
    )
    assert [(r["begins"], r["ends"], r["legend"]) for r in layer_rows(solid)] == [
        ("2018-11-08T00:00:00", "2021-07-01T00:00:00", "quality special measures"),
        ("2021-07-01T00:00:00", "2023-01-01T00:00:00", "Recovery Support Programme"),
        ("2021-09-15T00:00:00", "2022-10-01T00:00:00", "Recovery Support Programme"),
    ]
    assert solid["encoding"]["color"]["scale"]["domain"] == [
        "quality special measures",
        "financial special measures",
        "Recovery Support Programme",
        "successor programmes",
    ]


def test_dates_not_known_are_fades_and_never_lines() -> None:
    spec = spec_of()
    assert fades(spec) == [("RXW", "fade_out", "right")] + [("RX1", "torn", "right")] * 3
    months = [
        row["day"][5:7] for unit in marked(spec, "rule") for row in layer_rows(unit) if "day" in row
    ]
    assert {*months} == {
        "01",
        "07",
        "11",
    }  # years, the start of the RSP and today; no date of a spell


def test_an_entry_no_source_gives_fades_in_from_the_left() -> None:
    spec = spec_of(spells(spell(left="2025-08-01")))
    assert fades(spec) == [("RXW", "fade_in", "left")]


def test_a_tick_marks_the_last_day_known_inside() -> None:
    spec = spec_of()
    ticks = marked(spec, "rule", strokeWidth=1.5)
    assert [row["last_known_in"] for row in layer_rows(ticks[0])] == ["2022-09-30T00:00:00"]


def test_names_stand_in_the_bar_where_they_fit_and_beside_it_where_not() -> None:
    short = spells(spell("RAA", "fsm", entered="2016-07-01", left="2017-02-01"))
    wide = spells(spell("RAA", "fsm", entered="2016-07-01", left="2026-02-01"))
    assert written(spec_of(wide), 900).count("FSM") == 1
    assert written(spec_of(short), 900).count("FSM") == 1
    inside = next(u for u in marked(spec_of(short), "text", fontWeight="bold"))
    assert inside["transform"][0]["calculate"].endswith("? datum.programme_short : ''")


def test_words_say_what_a_torn_end_means_and_that_there_are_no_dates() -> None:
    words = written(spec_of(), 1000)
    assert {"last known", "IRP: no dates established", "RSP begins Jul 2021", "today"} <= {*words}


def test_on_a_narrow_screen_words_that_do_not_fit_give_way() -> None:
    words = written(spec_of(), 200)
    assert "IRP: no dates" in words
    assert "RSP begins Jul 2021" not in words


def test_a_mark_outside_the_years_shown_is_not_drawn() -> None:
    assert "long ago" not in str(spec_of())


def test_the_hover_tells_everything_known_and_says_what_is_not() -> None:
    spec = spec_of()
    fade = next(u for u in marked(spec, "rect") if isinstance(u["mark"].get("fill"), dict))
    titles = [tip["title"] for tip in fade["encoding"]["tooltip"]]
    assert titles == [
        "organisation",
        "type",
        "region",
        "integrated care board",
        "programme",
        "themes at entry",
        "entered",
        "left",
        "how it ended",
        "last known inside",
        "confidence in the dates",
    ]
    row = layer_rows(fade)[0]
    assert row["organisation"] == "Trust RXW NHS Trust (RXW)"
    assert (row["icb_name"], row["last_known_label"]) == ("not stated", "not stated")


def test_a_click_in_a_row_selects_its_organisation() -> None:
    spec = spec_of()
    assert spec["params"][0]["name"] == SELECTION == "org"
    assert spec["params"][0]["select"] == {"type": "point", "fields": ["org_code"], "on": "click"}
    area = next(u for u in units(spec) if u.get("name") in spec["params"][0]["views"])
    assert [row["org_code"] for row in layer_rows(area)] == ["RXW", "RX1"]


def test_the_selected_organisation_has_a_pale_band_and_an_accented_name() -> None:
    spec = spec_of(selected="RX1")
    stripes = units(spec)[0]
    band = next(row for row in layer_rows(stripes) if row["org_code"] == "RX1")
    assert (band["fill"], band["strength"]) == (LIGHT.accent, 0.16)
    name = stripes["encoding"]["y"]["axis"]["labelColor"]["condition"]
    assert name == {"test": {"field": "value", "oneOf": ["Trust RX1"]}, "value": LIGHT.accent}


@pytest.mark.parametrize(
    ("count", "height"), [(1, 142), (7, 148), (40, 542), (45, 562), (80, 1302)]
)
def test_the_height_follows_the_number_of_organisations(count: int, height: int) -> None:
    many = [spell(f"R{n:02}", entered="2020-01-01", left="2021-01-01") for n in range(count)]
    spec = spec_of(spells(*many).assign(row_order=range(count)))
    assert spec["height"] == height
    assert spec["width"] == "container"


@pytest.mark.parametrize(("count", "axes"), [(30, ["top"]), (31, ["top", "bottom"])])
def test_a_long_chart_has_its_years_below_as_well(count: int, axes: list[str]) -> None:
    many = [spell(f"R{n:02}", entered="2020-01-01", left="2021-01-01") for n in range(count)]
    spec = spec_of(spells(*many).assign(row_order=range(count)))
    found = [(u["encoding"].get("x") or {}).get("axis") for u in units(spec)]
    assert [axis["orient"] for axis in found if axis] == axes


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_a_token_of_the_theme(tokens: Tokens) -> None:
    assert colours(spec_of(tokens=tokens, selected="RXW")) <= token_colours(tokens)


def test_the_whole_register_stays_within_what_a_browser_draws_at_ease() -> None:
    many = [spell(f"R{n:03}", entered="2020-01-01", last_known_in="2021-01-01") for n in range(120)]
    spec = spec_of(spells(*many).assign(row_order=range(120)))
    assert sum(len(layer_rows(unit)) for unit in units(spec)) < 5000


def test_the_description_counts_spells_and_what_is_known_of_their_ends() -> None:
    assert describe_timeline(REGISTER) == (
        "4 spells of intensive support at 2 organisations. A source dates the exit of 2; for 2 no exit "
        "date is established, and 1 of these have no date at all."
    )


def test_nothing_in_the_chart_is_in_conflict(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(spec_of())
    assert capfd.readouterr().err == ""


def windowed(begins: date, ends: date | None = None) -> dict[str, Any]:
    return draw_timeline(REGISTER, TimelineView(TODAY, begins, ends), LIGHT).to_dict()


def edges(spec: dict[str, Any]) -> list[dict[str, Any]]:
    found = marked(spec, "point", shape="triangle-left")
    return layer_rows(found[0]) if found else []


def test_the_days_shown_are_those_asked_for_and_nothing_is_drawn_outside_them() -> None:
    spec = windowed(date(2022, 1, 1), date(2022, 6, 30))
    days = [u["encoding"]["x"]["scale"]["domain"] for u in units(spec) if has_days(u)]
    assert {str(ends) for ends in days} == {
        str([{"year": 2022, "month": 1, "date": 1}, {"year": 2022, "month": 6, "date": 30}])
    }
    bars = [unit for unit in marked(spec, "rect") if "x2" in unit["encoding"]]
    assert all(bar["mark"]["clip"] for bar in bars)


def has_days(unit: dict[str, Any]) -> bool:
    return "domain" in (unit["encoding"].get("x") or {}).get("scale", {})


def test_a_name_stands_where_the_shown_part_of_its_bar_begins() -> None:
    inside = marked(windowed(date(2022, 1, 1)), "text", fontWeight="bold")[0]
    begins = {row["spell_id"]: row["solid_begins"][:10] for row in layer_rows(inside)}
    assert begins == {"s1": "2022-01-01", "s2": "2022-01-01"}


def test_the_left_edge_says_what_lies_before_and_whether_it_runs_on() -> None:
    before = edges(windowed(date(2022, 6, 1)))
    assert [(row["fill"], row["words"].count("QSM")) for row in before] == [
        (LIGHT.ink, 1),  # RXW: its RSP bar runs on, its QSM bar had ended
        (LIGHT.ink, 0),
    ]
    assert [row["fill"] for row in edges(windowed(date(2024, 1, 1)))] == [LIGHT.background] * 2
    assert edges(windowed(date(2018, 1, 1))) == []


GROUPED = REGISTER.assign(
    heading=["Left: 1 organisation"] * 2 + ["Entered: 1 organisation"] * 2,
    row_order=[0, 0, 1, 1],
)


def test_a_heading_has_a_row_above_its_organisations_and_no_name_in_the_axis() -> None:
    spec = spec_of(GROUPED)
    assert organisations(spec) == [
        "Left: 1 organisation",
        "Trust RXW",
        "Entered: 1 organisation",
        "Trust RX1",
    ]
    assert units(spec)[0]["encoding"]["y"]["axis"]["values"] == ["Trust RXW", "Trust RX1"]
    words = next(u for u in marked(spec, "text") if u["encoding"]["text"]["field"] == "words")
    assert [(row["words"], row["row"]) for row in layer_rows(words)] == [
        ("Left: 1 organisation", 0),
        ("Entered: 1 organisation", 2),
    ]
    tops = {row["org_code"]: row["row"] for u in bars_of(spec) for row in layer_rows(u)}
    assert tops == {"RXW": 1, "RX1": 3}


def bars_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [u for u in marked(spec, "rect") if u["encoding"].get("x2")]


def mark(org: str, kind: str, day: str, until: str | None = None, letter: str = "") -> dict:
    return {
        **{"org_code": org, "kind": kind, "letter": letter, "organisation": org},
        **{"what": kind, "when": day, "words": "as said", "source": "https://a.example"},
        "day": pd.Timestamp(day),
        "until": pd.Timestamp(until) if until else pd.NaT,
    }


MARKED = pd.DataFrame(
    [
        mark("RXW", "cqc", "2022-02-01", letter="I"),
        mark("RXW", "target", "2022-06-01", "2023-06-30"),
        mark("RX1", "document", "2022-03-01"),
        mark("RX1", "leadership", "2022-04-01"),
        mark("RX1", "cqc", "2015-01-01", letter="G"),
        mark("RZZ", "cqc", "2022-02-01", letter="O"),
    ]
)


def marked_up(begins: date = date(2021, 1, 1), tokens: Tokens = LIGHT) -> dict[str, Any]:
    return draw_timeline(REGISTER, TimelineView(TODAY, begins), tokens, MARKED).to_dict()


def test_marks_have_a_shape_or_a_letter_each_and_stand_in_their_row() -> None:
    spec = marked_up()
    shapes = {
        unit["mark"]["shape"]: [(row["org_code"], row["row"]) for row in layer_rows(unit)]
        for unit in marked(spec, "point")
        if unit["mark"]["shape"] != "triangle-left"
    }
    assert shapes == {
        "circle": [("RXW", 0)],
        "diamond": [("RXW", 0)],
        "square": [("RX1", 1)],
        "triangle-up": [("RX1", 1)],
    }
    letters = next(u for u in marked(spec, "text") if u["encoding"]["text"]["field"] == "letter")
    assert [row["letter"] for row in layer_rows(letters)] == ["I"]


def test_a_target_is_dotted_to_the_exit() -> None:
    slip = marked(marked_up(), "rule", strokeDash=[1, 2])[0]
    assert [(row["day"][:10], row["until"][:10]) for row in layer_rows(slip)] == [
        ("2022-06-01", "2023-06-30")
    ]


def test_a_mark_before_the_days_shown_or_of_somebody_else_is_not_drawn() -> None:
    drawn = str(marked_up(date(2022, 3, 15)))
    assert "RZZ" not in drawn
    assert "2015-01-01" not in drawn


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_headings_use_colours_of_the_theme(tokens: Tokens) -> None:
    assert colours(marked_up(tokens=tokens)) <= token_colours(tokens)
    assert colours(spec_of(GROUPED, tokens)) <= token_colours(tokens)


def test_nothing_is_in_conflict_with_groups_and_marks(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(draw_timeline(GROUPED, TimelineView(TODAY), LIGHT, MARKED).to_dict())
    assert capfd.readouterr().err == ""
