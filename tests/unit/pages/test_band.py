"""The spread over time: what is drawn, what is left out, and the words for it."""

import pandas as pd
import pytest

from pages.charts.band import BandText, IndicatorText, describe_band, draw_band
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, token_colours

TEXT = BandText(
    IndicatorText("A&E within 4 hours", "percent", "higher", "per cent"), "acute trusts"
)
NO_BREAKS = pd.DataFrame({"on": [], "label": []})
NOBODY = pd.DataFrame({"org_code": [], "org_name": [], "period_start": [], "value": []})


def bands(months: int = 61, inside: tuple[int, ...] = ()) -> pd.DataFrame:
    """Months to January 2025; the middle half from 60 + month to 70 + month; `inside` in these months."""
    starts = pd.date_range(end="2025-01-01", periods=months, freq="MS")
    number = pd.Series(range(months), dtype=float) / 10
    return pd.DataFrame(
        {
            "period_start": starts,
            "p10": 50 + number,
            "p25": 60 + number,
            "median": 65 + number,
            "p75": 70 + number,
            "p90": 80 + number,
            "n": 100,
            "inside_median": [55.0 if place in inside else None for place in range(months)],
            "inside_n": [6 if place in inside else 2 for place in range(months)],
        }
    ).astype({"inside_median": float})


def line(org: str, *values: float) -> pd.DataFrame:
    starts = pd.date_range(end="2025-01-01", periods=len(values), freq="MS")
    return pd.DataFrame(
        {"org_code": org, "org_name": f"Trust {org}", "period_start": starts, "value": values}
    )


def test_the_words_tell_the_spread_now_and_five_years_before() -> None:
    assert describe_band(bands(inside=(60,)), TEXT) == (
        "Jan 2025: half of 100 acute trusts lay between 66.0 % and 76.0 %, four in five between 56.0 % and "
        "86.0 %. Five years earlier the middle half was 60.0 % to 70.0 %. The median of 6 known to be inside "
        "the RSP in Jan 2025 was 55.0 %, that of all then 71.0 %."
    )


def test_five_years_before_in_the_pandemic_is_said_to_be_so() -> None:
    """Five years before June 2025 is June 2020."""
    later = bands().assign(period_start=pd.date_range(end="2025-06-01", periods=61, freq="MS"))
    assert "Five years earlier, in the pandemic, the middle half was" in describe_band(later, TEXT)


def test_a_median_inside_of_earlier_months_says_that_it_is_old() -> None:
    words = describe_band(bands(12, inside=(3, 4)), TEXT)
    assert "in Jun 2024 (the last period with five) was 55.0 %, that of all then 65.4 %." in words
    assert "Five years" not in words


def test_without_five_inside_there_is_no_median_of_theirs() -> None:
    spec = draw_band(bands(), NOBODY, NO_BREAKS, TEXT, LIGHT).to_dict()
    assert "In no period" in describe_band(bands(), TEXT)
    assert LIGHT.programmes["rsp"] not in colours(spec)
    assert "inside the" not in " ".join(written(spec, 1000))


def test_a_gap_in_a_line_stays_a_gap() -> None:
    spec = draw_band(bands(inside=(3, 7)), NOBODY, NO_BREAKS, TEXT, LIGHT).to_dict()
    (inside,) = marked(spec, "line", color=LIGHT.programmes["rsp"])
    drawn = [row["inside_median"] for row in rows(inside)]
    assert (len(drawn), drawn[3], drawn[5], drawn[7]) == (61, 55, None, 55)


def test_chosen_organisations_have_a_colour_and_a_name_each() -> None:
    own = pd.concat([line("RAA", 60, 61, 62), line("RBB", 70, 71, 72)])
    spec = draw_band(bands(), own, NO_BREAKS, TEXT, LIGHT).to_dict()
    for colour in LIGHT.lines[1:3]:
        assert len(marked(spec, "line", color=colour)) == 1
    assert {"Trust RAA", "Trust RBB"} <= set(written(spec, 1000))


def test_one_period_alone_is_a_box_with_its_median_since_an_area_of_one_is_not_seen() -> None:
    spec = draw_band(bands(1), line("RAA", 60.0), NO_BREAKS, TEXT, LIGHT).to_dict()
    compile_chart(spec)
    assert marked(spec, "area") == []
    assert len(marked(spec, "bar", color=LIGHT.comparators)) == 2
    assert len(marked(spec, "tick")) == 1
    assert {"Jan 2025"} == {text for text in written(spec, 1000) if "20" in text}
    (own,) = marked(spec, "circle", color=LIGHT.lines[1])
    assert [row["value"] for row in rows(own)] == [60.0]


def test_the_pandemic_is_named_and_a_change_of_definition_has_its_number_above_the_data() -> None:
    """August 2020 lies within the pandemic: name and number stand in two rows, the band below both."""
    breaks = pd.DataFrame({"on": [pd.Timestamp("2020-08-01")], "label": ["Booked appointments"]})
    spec = draw_band(bands(61), NOBODY, breaks, TEXT, LIGHT).to_dict()
    assert {"COVID-19", "①"} <= set(written(spec, 1000))
    (area, _) = marked(spec, "area")
    top = area["encoding"]["y"]["scale"]["range"][1]
    assert top >= 34


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_and_marks_stay_within_bounds(tokens: Tokens) -> None:
    many = bands(180, inside=tuple(range(60)))
    spec = draw_band(many, line("RAA", *range(60)), NO_BREAKS, TEXT, tokens).to_dict()
    assert colours(spec) <= token_colours(tokens)
    assert all_rows(spec) < 5000
