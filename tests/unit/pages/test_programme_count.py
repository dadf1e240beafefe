"""The count shows what is certain, what is open, and how far both are from published totals."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.layers.group_labels import place_labels
from pages.charts.layers.month_steps import by_month, stack
from pages.charts.layers.published_flags import lay_out_flags
from pages.charts.programme_count import HEIGHT, describe_programme_count, draw_programme_count
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours

SM, RSP, NEXT = "special measures", "Recovery Support Programme", "successor programmes"


def counts(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["month", "programme_group", "known", "possible"])
    return frame.assign(month=pd.to_datetime(frame["month"]))


def published(*rows: tuple[str, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "count", "label"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


COUNTS = counts(
    ("2021-05-01", SM, 10, 1),
    ("2021-06-01", SM, 9, 1),
    ("2021-07-01", SM, 1, 0),
    ("2021-07-01", RSP, 11, 3),
    ("2021-09-01", RSP, 15, 1),
    ("2021-09-01", NEXT, 0, 2),
)
TOTALS = published(("2021-06-13", 20, "20 trusts"), ("2021-09-05", 23, "18 trusts + 5 ICBs"))


def spec_of(
    frame: pd.DataFrame = COUNTS, totals: pd.DataFrame = TOTALS, tokens: Tokens = LIGHT
) -> dict[str, Any]:
    return draw_programme_count(frame, totals, tokens).to_dict()


def steps(frame: pd.DataFrame, month: str) -> list[tuple[str, str, int, int]]:
    at = stack(frame)
    at = at[(at["month"] == month) & (at["organisations"] > 0)]
    return [(s.certainty, s.programme_group, s.lower, s.upper) for s in at.itertuples()]


def test_title_axis_and_height() -> None:
    spec = spec_of()
    assert spec["title"]["text"] == ["Organisations in intensive support"]
    assert (spec["height"], spec["width"]) == (HEIGHT, "container")
    y = marked(spec, "area")[0]["encoding"]["y"]
    assert y["title"] == "number of organisations"
    assert y["scale"]["domain"][0] == 0


def test_what_is_open_lies_on_top_of_all_that_is_certain() -> None:
    assert steps(COUNTS, "2021-07-01") == [
        ("known", SM, 0, 1),
        ("known", RSP, 1, 12),
        ("possible", RSP, 12, 15),
    ]


def test_certain_is_solid_and_open_is_pale() -> None:
    known, possible = marked(spec_of(), "area", interpolate="step-after")
    assert {row["certainty"] for row in layer_rows(known)} == {"known"}
    assert {row["certainty"] for row in layer_rows(possible)} == {"possible"}
    assert (known["mark"]["fillOpacity"], possible["mark"]["fillOpacity"]) == (1, 0.3)


def test_a_missing_month_is_a_gap_and_not_bridged() -> None:
    drawn = stack(COUNTS).drop_duplicates(["stretch", "month"]).sort_values(["stretch", "month"])
    stretches = [
        [f"{month:%Y-%m}" for month in stretch["month"]] for _, stretch in drawn.groupby("stretch")
    ]
    assert stretches == [["2021-05", "2021-06", "2021-07", "2021-08"], ["2021-09", "2021-10"]]
    assert all(
        unit["encoding"]["detail"]["field"] == "stretch" for unit in marked(spec_of(), "area")
    )


def test_the_last_month_of_a_stretch_keeps_its_width() -> None:
    assert steps(COUNTS, "2021-08-01") == steps(COUNTS, "2021-07-01")


def test_a_published_total_stands_with_what_the_register_has() -> None:
    flags = lay_out_flags(COUNTS, TOTALS).sort_values("date")
    assert flags["flag"].tolist() == [
        "20 trusts, Jun 2021\nregister: 9 certain, 1 open",
        "18 trusts + 5 ICBs, Sep 2021\nregister: 15 certain, 3 open",
    ]


def test_a_dashed_line_shows_how_far_the_register_falls_short() -> None:
    short = marked(spec_of(), "rule", strokeDash=[3, 2])[0]
    assert {(row["known"], row["count"]) for row in layer_rows(short)} == {(9, 20), (15, 23)}


def test_a_total_of_a_month_without_a_count_is_shown_without_a_shortfall() -> None:
    totals = published(("2021-08-31", 12, "12 trusts"))
    assert lay_out_flags(COUNTS, totals)["flag"].tolist() == [
        "12 trusts, Aug 2021\nregister: no count for the month"
    ]
    spec = spec_of(totals=totals)
    assert layer_rows(marked(spec, "rule", strokeDash=[3, 2])[0]) == []
    assert layer_rows(marked(spec, "point")[0])[0]["count"] == 12


def test_flags_that_would_cover_each_other_stand_in_rows() -> None:
    years = counts(*((f"{year}-01-01", RSP, 9, 0) for year in range(2013, 2027)))
    near = published(("2023-02-13", 23, "a"), ("2024-12-05", 23, "b"), ("2014-01-01", 4, "c"))
    flags = lay_out_flags(years, near).set_index("label")
    assert flags["lane"].to_dict() == {"b": 0, "a": 1, "c": 0}
    assert flags["is_late"].to_dict() == {"b": True, "a": True, "c": False}


def test_nothing_published_leaves_the_counts() -> None:
    spec = spec_of(totals=published())
    assert layer_rows(marked(spec, "point")[0]) == []
    assert len(layer_rows(marked(spec, "area")[0])) == 18


def test_programmes_are_named_on_the_chart_and_not_in_a_legend() -> None:
    labels = place_labels(stack(COUNTS))
    assert labels["programme_group"].tolist() == [SM, RSP, NEXT]
    assert labels["is_inside"].tolist() == [True, True, False]
    assert {SM, RSP, NEXT} <= {*written(spec_of(), 1000)}


def test_a_narrow_screen_gets_short_names_and_the_numbers_alone() -> None:
    words = {*written(spec_of(), 350)}
    assert {"RSP", "successors", "20", "23"} <= words
    assert RSP not in words


def test_a_month_tells_its_figures_on_hover() -> None:
    months = by_month(COUNTS).set_index("month")
    assert months.loc["2021-09-01"].to_dict() == {
        "known": 15,
        "possible": 3,
        "at_most": 18,
        SM: "none",
        RSP: "15 certain, 1 open",
        NEXT: "0 certain, 2 open",
    }


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_a_token_of_the_theme(tokens: Tokens) -> None:
    assert colours(spec_of(tokens=tokens)) <= token_colours(tokens)


def test_the_description_gives_the_latest_month_and_the_latest_shortfall() -> None:
    assert describe_programme_count(COUNTS, TOTALS) == (
        "On 1 September 2021 the register has 15 organisations certainly in intensive support and 3 more "
        "whose dates leave it open. Of the 23 organisations published for Sep 2021 it has 15 for certain "
        "and 3 more as possible."
    )


def test_without_published_totals_the_description_stops_at_the_register() -> None:
    assert describe_programme_count(COUNTS, published()).endswith("whose dates leave it open.")


def test_nothing_in_the_chart_is_in_conflict(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(spec_of())
    assert capfd.readouterr().err == ""
