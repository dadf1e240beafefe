from datetime import date

import pandas as pd

from pages.charts.layers.spell_bands import date_labels, drawn_spells
from pages.charts.theme import LIGHT
from pages.charts.trajectory import footnotes
from tests.unit.pages.chart_reading import marked, rows, texts
from tests.unit.pages.made_trajectory import (
    BREAKS,
    NO_ENTRY,
    OPEN_ENDED,
    SPAN,
    STANDARDS,
    drawn,
    figures,
    monthly,
    peers,
    spells,
)


def test_known_dates_are_rules_and_the_band_ends_sharply():
    spec = drawn(spells=spells({}))
    entered, left = (rows(rule)[0] for rule in marked(spec, "rule", strokeWidth=1.5))
    assert (entered["on"][:10], entered["words"]) == ("2021-07-01", "entered Jul 2021")
    assert (left["on"][:10], left["words"]) == ("2022-03-16", "left Mar 2022")
    solid, dashed = marked(spec, "rule", strokeWidth=1.5)
    assert (solid["mark"]["strokeDash"], dashed["mark"]["strokeDash"]) == ([1, 0], [5, 3])
    (band,) = marked(spec, "rect", opacity=0.13)
    assert band["mark"]["color"] == LIGHT.programmes["rsp"]
    assert {"RSP", "entered Jul 2021", "left Mar 2022"} <= set(texts(spec))


def test_a_date_known_to_the_year_fades_over_that_year_without_a_rule():
    year = {
        "entered_earliest": pd.Timestamp(2020, 1, 1),
        "entered_latest": pd.Timestamp(2020, 12, 31),
        "entered_label": "2020",
    }
    spec = drawn(spells=spells(year))
    assert [rows(rule)[0]["words"] for rule in marked(spec, "rule", strokeWidth=1.5)] == [
        "left Mar 2022"
    ]
    fading, solid = marked(spec, "rect", opacity=0.13)
    assert rows(fading)[0] == {
        "begins": "2020-01-01T00:00:00",
        "ends": "2021-01-01T00:00:00",
    }
    stops = fading["mark"]["color"]["stops"]
    assert stops[0]["color"] == LIGHT.programmes["rsp"] + "00"
    assert rows(solid)[0]["begins"][:10] == "2021-01-01"


def test_an_exit_no_source_gives_fades_out_after_the_last_known_day():
    last = {
        **OPEN_ENDED,
        "last_known_in": pd.Timestamp(2022, 9, 30),
        "last_known_label": "Jul to Sep 2022",
    }
    spec = drawn(spells=spells(last))
    assert "last known Jul to Sep 2022" in texts(spec)
    assert len(marked(spec, "rule", strokeWidth=1.5)) == 1
    solid, fading = marked(spec, "rect", opacity=0.13)
    assert rows(solid)[0]["ends"][:10] == "2022-10-01"
    assert fading["mark"]["color"]["stops"][1]["color"] == LIGHT.programmes["rsp"] + "00"


def test_an_exit_without_even_a_last_known_day_says_so():
    assert "exit not established" in texts(drawn(spells=spells(OPEN_ENDED)))


def test_an_entry_no_source_gives_fades_in():
    spec = drawn(spells=spells(NO_ENTRY))
    assert "entry not established" in texts(spec)
    (fading,) = marked(spec, "rect", opacity=0.13)
    assert rows(fading)[0]["ends"][:10] == "2022-03-16"


def test_a_spell_without_any_date_is_named_in_words():
    spec = drawn(spells=spells({**NO_ENTRY, **OPEN_ENDED, "programme_short": "IRP"}))
    assert spec["title"]["subtitle"][-1] == "IRP: no source dates this spell"
    assert not marked(spec, "rect", opacity=0.13)


def test_dates_of_several_spells_carry_their_programme():
    quality = {
        "programme_short": "QSM",
        "entered_earliest": pd.Timestamp(2019, 11, 1),
        "entered_latest": pd.Timestamp(2019, 11, 30),
        "entered_label": "Nov 2019",
        "left_earliest": pd.Timestamp(2021, 7, 1),
        "left_latest": pd.Timestamp(2021, 7, 31),
        "left_label": "Jul 2021",
    }
    assert {"QSM left Jul 2021", "RSP entered Jul 2021"} <= set(
        texts(drawn(spells=spells(quality, {})))
    )


def test_words_on_a_day_between_two_spells_stand_each_on_the_side_of_its_own():
    quality = {
        "programme_short": "QSM",
        "entered_earliest": pd.Timestamp(2019, 11, 1),
        "entered_latest": pd.Timestamp(2019, 11, 30),
        "left_earliest": pd.Timestamp(2021, 7, 1),
        "left_latest": pd.Timestamp(2021, 7, 31),
        "left_label": "Jul 2021",
    }
    shown = drawn_spells(spells(quality, {}), SPAN)
    sides = {label.text: label.side for label in date_labels(shown, SPAN)}
    assert (sides["QSM left Jul 2021"], sides["RSP entered Jul 2021"]) == ("left", "right")
    assert sides["RSP left Mar 2022"] == "right"


def test_dates_outside_the_months_shown_get_an_arrow():
    words = texts(drawn(spells=spells({}), span=(date(2021, 10, 1), date(2022, 2, 1))))
    assert {"← entered Jul 2021", "left Mar 2022 →"} <= set(words)


def test_a_spell_outside_the_months_shown_is_not_drawn():
    spec = drawn(spells=spells({}), span=(date(2022, 10, 1), date(2024, 1, 1)))
    assert not marked(spec, "rect", opacity=0.13)
    assert "RSP" not in texts(spec)


def test_standards_step_from_the_day_they_hold():
    spec = drawn(standards=STANDARDS)
    (line,) = marked(spec, "line", interpolate="step-after")
    ambition = [
        (row["begins"][:7], row["value"]) for row in rows(line) if row["kind"] == "ambition"
    ]
    assert ambition == [("2021-03", 76), ("2023-03", 78), ("2024-01", 78)]
    assert {"standard 95 %", "ambition 76 %", "ambition 78 %"} <= set(texts(spec))


def test_a_standard_that_would_squeeze_the_data_is_left_out_and_said_so():
    low = {"series": figures(value=30.0), "peers": peers().iloc[:0], "england": monthly(value=25.0)}
    spec = drawn(standards=STANDARDS.iloc[:1], **low)
    assert "standard 95 % is above this scale" in texts(spec)
    assert "standard 95 %" not in texts(spec)


def test_a_cut_axis_says_so_and_one_from_zero_does_not():
    assert "axis does not start at 0" in texts(drawn())
    from_zero = drawn(series=figures(value=3.0))
    assert "axis does not start at 0" not in texts(from_zero)


def test_breaks_are_numbered_by_date_alike_on_the_chart_and_below_it():
    assert footnotes(BREAKS) == [
        "① Earlier (Jan 2018)",
        "② Booked appointments counted (Aug 2020)",
        "③ Return (May 2023)",
    ]
    spec = drawn(breaks=BREAKS)
    (rule,) = marked(spec, "rule", strokeDash=[1, 3])
    assert [row["number"] for row in rows(rule)] == ["②", "③"]
    assert {"②", "③"} <= set(texts(spec))


def test_the_pandemic_is_named_once():
    assert texts(drawn()).count("COVID-19") == 1
    assert "COVID-19" not in texts(drawn(span=(date(2022, 1, 1), date(2024, 1, 1))))


def test_days_may_come_as_plain_dates():
    days = {"on": [on.date() for on in STANDARDS["on"]]}
    spec = drawn(standards=STANDARDS.assign(**days), breaks=BREAKS.assign(**days))
    assert "ambition 78 %" in texts(spec)
    (rule,) = marked(spec, "rule", strokeDash=[1, 3])
    assert [row["on"][:10] for row in rows(rule)] == ["2021-03-01", "2023-03-01"]
