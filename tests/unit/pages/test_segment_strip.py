"""The strip shows each statement over its own time, never a line between two, and the programmes below."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from pages.charts.layers.strip_cells import lay_out_cells
from pages.charts.segment_strip import HEIGHT, describe_segment_strip, draw_segment_strip
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours, units
from tests.unit.pages.made_spells import spell, spells

TODAY = date(2026, 11, 22)
ERAS = pd.DataFrame(
    {
        "era_id": ["R0", "R1", "R2", "R3"],
        "framework": ["Single Oversight Framework", "SOF 2021/22", "NOF 2025/26", "NOF 2026/27"],
        "starts_on": pd.to_datetime(["2016-10-01", "2021-07-01", "2025-06-26", None]),
        "ends_on": pd.to_datetime(["2021-07-01", "2025-06-26", None, None]),
    }
)
SPELLS = spells(
    spell("RXW", "qsm", "transferred", entered="2018-11-08", left="2021-07-01"),
    spell("RXW", "rsp", "left", entered="2021-07-01", left="2026-03-05"),
)


def statements(*rows: tuple[str, str | None, int, str]) -> pd.DataFrame:
    """First day, day after the last, segment and framework of each statement."""
    frame = pd.DataFrame(rows, columns=["effective_from", "effective_to", "segment", "framework"])
    days = {name: pd.to_datetime(frame[name]) for name in ("effective_from", "effective_to")}
    return frame.assign(
        **days,
        segment_before_override=None,
        stated_as="as written",
        source_url="https://example.org/a",
    )


def overridden(stated: pd.DataFrame, before: int) -> pd.DataFrame:
    return stated.assign(segment_before_override=before)


STATED = statements(
    ("2021-11-11", "2021-11-12", 4, "SOF 2021/22"),
    ("2025-07-01", "2025-10-01", 3, "NOF 2025/26 Q2"),
)


def spec_of(
    stated: pd.DataFrame = STATED, made: pd.DataFrame = SPELLS, tokens: Tokens = LIGHT
) -> dict[str, Any]:
    return draw_segment_strip(stated, ERAS, made, tokens, TODAY).to_dict()


def cells(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for unit in marked(spec, "rect", strokeWidth=1.5) for row in layer_rows(unit)]


def test_the_strip_is_slim_and_says_what_it_shows() -> None:
    spec = spec_of()
    assert spec["title"]["text"] == ["Segment and time in programmes"]
    assert (spec["height"], spec["width"]) == (HEIGHT, "container")
    assert HEIGHT == 120


def test_its_rows_are_named() -> None:
    assert {"framework", "segment", "programme"} <= {*written(spec_of(), 1000)}


def test_every_cell_carries_its_number_and_the_colour_of_its_segment() -> None:
    spec = spec_of()
    assert [(cell["segment"], cell["fill"][:7]) for cell in cells(spec)] == [
        (4, LIGHT.segments[3]),
        (3, LIGHT.segments[2]),
    ]
    words = written(spec, 1000)
    assert words.count("4") == words.count("3") == 1


def test_a_cell_covers_the_time_its_statement_speaks_of_and_no_more() -> None:
    quarter = lay_out_cells(STATED).iloc[1]
    assert (f"{quarter['begins']:%Y-%m-%d}", f"{quarter['ends']:%Y-%m-%d}") == (
        "2025-07-01",
        "2025-10-01",
    )


@pytest.mark.parametrize("until", ["2021-11-12", None])
def test_a_single_day_can_be_seen(until: str | None) -> None:
    cell = lay_out_cells(statements(("2021-11-11", until, 4, "SOF 2021/22"))).iloc[0]
    assert f"{cell['ends']:%Y-%m-%d}" == "2022-01-10"


def test_nothing_joins_two_statements() -> None:
    spec = spec_of()
    assert not marked(spec, "line") and not marked(spec, "area")
    first, second = cells(spec)
    assert first["ends"] < second["begins"]


def test_a_statement_of_more_than_a_quarter_is_only_outlined() -> None:
    spec = spec_of(statements(("2021-07-01", "2022-01-01", 4, "SOF 2021/22")))
    (cell,) = cells(spec)
    assert cell["edge"] == LIGHT.segments[3]
    assert cell["fill"] == LIGHT.segments[3] + "40"
    assert cell["text_colour"] == LIGHT.ink


def test_a_segment_that_an_override_changed_has_a_corner_and_says_what_it_was() -> None:
    stated = overridden(STATED, 3)
    spec = spec_of(stated)
    (corner,) = marked(spec, "point", shape="triangle-up")
    assert corner["transform"] == [{"filter": "datum.is_override"}]
    assert [(row["is_override"], row["before_override"]) for row in layer_rows(corner)] == [
        (True, "3"),
        (False, "the same"),
    ]
    assert marked(spec_of(), "point") == []


def test_statements_of_one_time_share_the_height() -> None:
    both = lay_out_cells(
        statements(("2023-12-01", "2024-01-01", 4, "a"), ("2023-12-07", "2023-12-08", 3, "b"))
    )
    assert [
        (round(top, 2), round(bottom, 2))
        for top, bottom in zip(both["top"], both["bottom"], strict=True)
    ] == [
        (0.04, 0.47),
        (0.53, 0.96),
    ]


def test_eras_are_labelled_and_separated_and_one_without_a_start_is_left_out() -> None:
    spec = spec_of()
    shown = layer_rows(marked(spec, "rule", color=LIGHT.comparators)[0])
    assert [(era["framework"], era["begins"][:10]) for era in shown] == [
        ("Single Oversight Framework", "2016-10-01"),
        ("SOF 2021/22", "2021-07-01"),
        ("NOF 2025/26", "2025-06-26"),
    ]
    assert shown[2]["until"] == "no end stated"
    assert "NOF 2026/27" not in str(spec)


def test_a_label_is_cut_to_the_width_of_its_era() -> None:
    words = written(spec_of(), 300)
    assert any(word.startswith("Single") and word.endswith("…") for word in words)


def test_programmes_lie_below_with_their_names() -> None:
    assert {"QSM", "RSP"} <= {*written(spec_of(), 1000)}


@pytest.mark.parametrize(
    ("first_entry", "begins"),
    [("2018-11-08", (2016, 1, 1)), ("2013-07-01", (2013, 7, 1))],
)
def test_time_runs_from_2016_or_from_an_earlier_spell(
    first_entry: str, begins: tuple[int, int, int]
) -> None:
    made = spells(spell(programme="qsm", entered=first_entry, left="2020-01-01"))
    domain = units(spec_of(made=made))[0]["encoding"]["x"]["scale"]["domain"]
    assert [tuple(day.values()) for day in domain] == [begins, (2026, 11, 22)]


def test_what_was_not_found_is_said() -> None:
    words = written(spec_of(statements(), spells()), 1000)
    assert {"no source states a segment", "no spell in the register"} <= {*words}


def test_the_hover_of_a_cell_tells_its_time_and_source() -> None:
    spec = spec_of()
    unit = marked(spec, "rect", strokeWidth=1.5)[0]
    assert [tip["title"] for tip in unit["encoding"]["tooltip"]] == [
        "segment",
        "segment before an override",
        "framework",
        "date as stated",
        "speaks of the time from",
        "to",
        "source",
    ]
    cell = layer_rows(unit)[1]
    assert (cell["first_day"], cell["last_day"]) == ("1 July 2025", "30 September 2025")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_a_token_of_the_theme(tokens: Tokens) -> None:
    assert colours(spec_of(tokens=tokens)) <= token_colours(tokens)


def test_the_description_gives_the_latest_segment_and_the_programmes() -> None:
    assert describe_segment_strip(STATED, SPELLS) == (
        "2 statements of its segment; the latest, for the time from 1 July 2025, gives 3 (NOF 2025/26 Q2). "
        "2 spells of intensive support: QSM, RSP."
    )


def test_two_statements_of_one_time_are_both_described() -> None:
    stated = statements(("2023-12-01", "2024-01-01", 4, "NOF"), ("2023-12-01", None, 3, "NOF"))
    assert describe_segment_strip(stated, SPELLS).startswith(
        "2 statements of its segment; the latest, for the time from 1 December 2023, gives 3 and 4 (NOF)."
    )


def test_the_description_says_when_there_is_nothing() -> None:
    assert describe_segment_strip(statements(), spells()) == (
        "No source states a segment. The register has no spell of intensive support."
    )


def test_nothing_in_the_chart_is_in_conflict(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(spec_of())
    compile_chart(spec_of(statements(), spells()))
    assert capfd.readouterr().err == ""
