from dataclasses import replace

import pandas as pd
import pytest

from pages.charts.aligned import IndicatorText, describe_aligned, draw_aligned
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_reading import (
    all_rows,
    colours,
    marked,
    rows,
    texts,
    token_colours,
    units,
)

WAITS = IndicatorText("RTT within 18 weeks", "percent", "higher", "per cent of pathways")


def spell(number, event="entry", months=range(-24, 25), value=60.0):
    months = list(months)
    entered = pd.Timestamp(2021, 7, 1)
    return pd.DataFrame(
        {
            "event": event,
            "org_code": f"R{number:02}",
            "org_name": f"Trust {number}",
            "spell_id": f"rsp-R{number:02}-1",
            "month": months,
            "period_start": [entered + pd.DateOffset(months=month) for month in months],
            "value": [value + number + month / 12 for month in months],
            "numerator": 600.0,
            "denominator": 1000.0,
            "programme_short": "RSP",
        }
    )


def many(count=6, **given):
    return pd.concat([spell(number, **given) for number in range(count)], ignore_index=True)


def counted(series):
    counts = series.dropna(subset="value").groupby(["event", "month"])["org_code"].nunique()
    return counts.rename("n").reset_index()


def band(*events):
    months = range(-24, 25)
    each = [
        pd.DataFrame({"event": event, "month": months, "median": 74.0, "p10": 60.0, "p90": 85.0})
        for event in events
    ]
    return pd.concat(each).assign(n=90)


BOTH = pd.concat([many(), many(event="exit")], ignore_index=True)


def drawn(series=BOTH, highlighted=(), tokens=LIGHT, stacked=False, beside=None):
    comparators = band("entry", "exit") if beside is None else beside
    chart = draw_aligned(
        series, comparators, counted(series), highlighted, WAITS, tokens, stacked=stacked
    )
    return chart.to_dict()


def medians(spec):
    (firm, *_), (thin, *_) = (
        marked(spec, "line", strokeWidth=3.5),
        marked(spec, "line", strokeWidth=2, strokeDash=[4, 3]),
    )
    return firm, thin


def lines(spec):
    return [unit for unit in marked(spec, "line") if "opacity" in unit["encoding"]]


def x_ranges(spec):
    return [unit["encoding"]["x"]["scale"]["range"] for unit in lines(spec)]


def y_ranges(spec):
    return [unit["encoding"]["y"]["scale"]["range"] for unit in lines(spec)]


def test_it_warns_that_nothing_is_adjusted_and_says_how_many_spells_there_are():
    spec = drawn()
    assert spec["title"]["text"] == ["RTT within 18 weeks"]
    assert spec["title"]["subtitle"] == [
        "descriptive: no adjustment for regression to the mean",
        "thin lines: 6 spells from entry, 6 from exit",
        "grey: comparators' median and middle 80 %",
        "n: organisations, in brackets where fewer than 5",
    ]


def test_the_panels_are_named_and_their_axes_say_what_they_count():
    spec = drawn()
    assert {"From entry", "From exit", "entered", "left"} <= set(texts(spec))
    assert [unit["encoding"]["x"]["axis"]["title"] for unit in lines(spec)] == [
        "months from entry",
        "months from exit",
    ]
    assert [unit["encoding"]["y"]["axis"]["title"] for unit in lines(spec)] == [
        "per cent of pathways (higher is better)",
        None,
    ]


def test_side_by_side_the_panels_share_heights_and_divide_the_width():
    spec = drawn()
    assert (spec["width"], spec["height"]) == ("container", 322)
    assert x_ranges(spec) == [
        [{"expr": "0"}, {"expr": "(width - 130) / 2"}],
        [{"expr": "(width + 130) / 2"}, {"expr": "width"}],
    ]
    left, right = y_ranges(spec)
    assert left == right


def test_stacked_the_panels_share_the_width_and_divide_the_height():
    spec = drawn(stacked=True)
    assert x_ranges(spec) == [[{"expr": "0"}, {"expr": "width"}]] * 2
    (upper_floor, _), (_, lower_ceiling) = y_ranges(spec)
    assert upper_floor < lower_ceiling < spec["height"]


def test_both_panels_have_the_same_values_on_their_axes():
    domains = [unit["encoding"]["y"]["scale"]["domain"] for unit in lines(drawn())]
    assert domains[0] == domains[1]


def test_every_spell_is_a_line_of_its_own_and_a_missing_month_a_gap():
    series = pd.concat([many(), many(event="exit")], ignore_index=True)
    series = series[~((series["spell_id"] == "rsp-R02-1") & (series["month"] == 3))]
    spec = drawn(series)
    entry, leaving = lines(spec)
    assert entry["transform"] == [{"filter": "datum.event === 'entry'"}]
    assert leaving["transform"] == [{"filter": "datum.event === 'exit'"}]
    assert entry["encoding"]["detail"]["field"] == "spell_id"
    holes = [row for row in rows(entry) if row["value"] is None]
    assert [(row["event"], row["spell_id"], row["month"]) for row in holes] == [
        ("entry", "rsp-R02-1", 3),
        ("exit", "rsp-R02-1", 3),
    ]


def test_months_outside_the_window_are_left_out():
    spec = drawn(pd.concat([many(months=range(-30, 31)), many(event="exit")]))
    assert {row["month"] for row in rows(lines(spec)[0])} == set(range(-24, 25))


def test_the_median_is_firm_only_where_five_organisations_have_a_figure():
    series = pd.concat([many(4), spell(4, months=range(-24, 1)), many(event="exit")])
    firm, thin = medians(drawn(series))
    at = {row["month"]: row for row in rows(firm)}
    assert at[0]["firm"] == 62
    assert at[1]["firm"] is None
    assert at[1]["thin"] == pytest.approx(61.5 + 1 / 12)
    assert at[0]["thin"] == 62, "the dashed line starts where the firm one ends"
    assert at[-1]["thin"] is None
    assert firm["mark"]["color"] == LIGHT.accent
    assert thin["mark"]["color"] == LIGHT.muted


def test_the_number_of_organisations_stands_under_every_sixth_month():
    series = pd.concat([many(4), spell(4, months=range(-24, 1)), many(event="exit")])
    spec = drawn(series)
    counts = next(
        rows(unit)
        for unit in marked(spec, "text")
        if {"n", "words", "colour"} <= set(rows(unit)[0])
    )
    assert [row["month"] for row in counts] == list(range(-24, 25, 6))
    assert [row["words"] for row in counts] == ["5"] * 5 + ["(4)"] * 4
    assert {row["colour"] for row in counts if row["n"] < 5} == {LIGHT.muted}


def test_highlighted_organisations_have_a_colour_and_their_name():
    spec = drawn(highlighted=["R03", "R01"])
    bold = marked(spec, "line", strokeWidth=1.8)
    assert len(bold) == 2
    colour = {row["org_code"]: row["colour"] for row in rows(bold[0]) if row["colour"]}
    assert colour == {"R03": LIGHT.lines[1], "R01": LIGHT.lines[2]}
    assert {"Trust 3", "Trust 1", "median, entrants", "median, leavers"} <= set(texts(spec))


def test_a_click_on_a_line_in_either_panel_chooses_its_organisation():
    spec = drawn()
    (chosen,) = spec["params"]
    assert (chosen["name"], chosen["select"]["fields"]) == ("org", ["org_code"])
    (target,) = marked(spec, "circle", opacity=0)
    assert chosen["views"] == [target["name"]]
    assert {row["event"] for row in rows(target)} == {"entry", "exit"}


def test_a_hover_tells_everything_in_words():
    spec = drawn()
    target = marked(spec, "circle", opacity=0)[0]
    assert [tooltip["title"] for tooltip in target["encoding"]["tooltip"]] == [
        "Organisation",
        "Programme",
        "When",
        "Value",
        "Numerator",
        "Denominator",
    ]
    at = {
        row["month"]: row
        for row in rows(target)
        if row["spell_id"] == "rsp-R00-1" and row["event"] == "entry"
    }
    assert at[-12]["when"] == "12 months before entry (Jul 2020)"
    assert at[0]["when"] == "month of entry (Jul 2021)"
    assert at[1]["when"] == "1 month after entry (Aug 2021)"
    assert (at[0]["shown"], at[0]["above"], at[0]["below"]) == ("60.0 %", "600", "1,000")


def test_comparators_are_grey_and_a_month_without_them_is_a_gap():
    comparators = band("entry", "exit")
    spec = drawn(beside=comparators[comparators["month"] != 6])
    area = marked(spec, "area", opacity=0.25)[0]
    assert area["mark"]["color"] == LIGHT.comparators
    assert [row["month"] for row in rows(area) if row["p10"] is None] == [6]


def test_a_panel_without_figures_says_so():
    spec = drawn(many(), beside=band("entry"))
    assert "No figures yet for a spell\nwhose exit is known to the month." in texts(spec)
    assert {"From exit", "entered"} <= set(texts(spec))
    assert "left" not in texts(spec)
    assert spec["title"]["subtitle"][1] == "thin lines: 6 spells from entry, 0 from exit"


def test_the_values_have_their_axis_even_where_no_entry_can_be_shown():
    spec = drawn(many(event="exit"), beside=band("exit"))
    (unseen,) = marked(spec, "point", opacity=0)
    assert unseen["encoding"]["y"]["axis"]["title"] == "per cent of pathways (higher is better)"
    assert unseen["encoding"]["y"]["axis"]["labels"] is True


def test_a_cut_axis_says_so():
    assert "axis does not start at 0" in texts(drawn())


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
@pytest.mark.parametrize("stacked", [False, True])
def test_every_colour_is_one_of_the_theme(tokens, stacked):
    spec = drawn(highlighted=["R00", "R01", "R02", "R03"], tokens=tokens, stacked=stacked)
    assert colours(spec) <= token_colours(tokens)


def test_forty_spells_stay_within_the_marks_a_browser_draws_at_ease():
    series = pd.concat([many(40), many(40, event="exit")], ignore_index=True)
    assert all_rows(drawn(series)) < 5000


def test_no_layer_has_a_legend():
    assert all(
        unit["encoding"]["color"].get("scale", "none given") is None
        for unit in units(drawn(highlighted=["R00"]))
        if "color" in unit["encoding"]
    )


def test_the_description_gives_medians_around_entry_and_the_comparators_change():
    comparators = band("entry")
    comparators.loc[comparators["month"] == 12, "median"] = 72.5
    assert describe_aligned(BOTH, comparators, counted(BOTH), WAITS) == (
        "6 spells aligned at entry: median 61.5 % twelve months before, 62.5 % at entry, "
        "63.5 % twelve months after; comparators moved from 74.0 % to 72.5 %. 6 aligned at exit."
    )


def test_the_description_says_where_medians_are_not_of_the_same_organisations():
    """Six spells, of which one is followed for six months only."""
    series = BOTH[~((BOTH["org_code"] == "R00") & (BOTH["month"] > 6))]
    assert (
        "twelve months after (of 6, 6 and 5 organisations, not all the same); comparators"
        in describe_aligned(series, band("entry"), counted(series), WAITS)
    )


def test_the_description_says_what_rests_on_few_or_is_not_there():
    series = spell(0, months=range(-12, 1))
    assert describe_aligned(series, band("exit"), counted(series), WAITS) == (
        "1 spell aligned at entry: median 59.0 % (fewer than five organisations) twelve months "
        "before, 60.0 % (fewer than five organisations) at entry, not available twelve months "
        "after; no comparators for both months. None aligned at exit."
    )
    leavers = many(event="exit")
    assert describe_aligned(leavers, band("exit"), counted(leavers), WAITS) == (
        "No spells aligned at entry. 6 aligned at exit."
    )


BEDS = IndicatorText("Beds occupied", "percent", "lower", "per cent of beds", step_months=3)


def test_quarters_make_one_line_and_are_told_as_quarters():
    series = many(months=range(-24, 25, 3))
    spec = draw_aligned(
        series, band("entry"), counted(series), [], BEDS, LIGHT, stacked=False
    ).to_dict()
    drawn_rows = [row for row in rows(spec) if row["spell_id"] == "rsp-R00-1"]
    assert [row["month"] for row in drawn_rows] == list(range(-24, 25, 3))
    assert all(row["value"] is not None for row in drawn_rows)
    hovers = {row["month"]: row["when"] for row in drawn_rows}
    assert hovers[0] == "quarter of entry (Jul to Sep 2021)"
    assert hovers[-3] == "3 months before entry (Apr to Jun 2021)"


def test_differences_are_written_with_their_sign_and_their_axis_holds_zero():
    text = replace(WAITS, is_change=True, unit_title="percentage points from comparators' median")
    series = BOTH.assign(value=BOTH["value"] - 70)
    beside = band("entry").assign(median=0.0, p10=-10.0, p90=10.0)
    spec = draw_aligned(series, beside, counted(series), (), text, LIGHT, stacked=False).to_dict()
    assert "axis does not start at 0" not in texts(spec)
    shown = {row["shown"] for row in spec["data"]["values"] if row["month"] == 0}
    assert {"−10.0 points", "−5.0 points"} <= shown
    words = describe_aligned(series, beside, counted(series), text)
    assert "−7.5 points at entry" in words
    assert "comparators" not in words
