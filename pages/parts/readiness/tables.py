"""The tables of exit readiness: every indicator beside the exits, and every exit with its figures."""

import pandas as pd

from indicators.exit_levels import AtExit, range_of
from pages.parts.organisations import organisations
from pages.parts.pooled.words import changed, written_date
from pages.parts.readiness.figures import Standing, Standings
from pages.parts.readiness.words import (
    FEWEST,
    came_back_words,
    change_range,
    change_words,
    figure_range,
    level_words,
    months_of,
    place_range,
    place_words,
)

_BACK = {True: "yes", False: "no", None: "not followed for 12 months"}


def indicator_table(told: Standings) -> pd.DataFrame:
    """One row per indicator: its own figure now, the exits, and what came after them."""
    return pd.DataFrame([_indicator_row(one) for one in told.indicators])


def _indicator_row(one: Standing) -> dict[str, object]:
    indicator, exits = one.indicator, one.with_level
    unit, alike = indicator.unit, one.alike
    places = range_of([each.level.place for each in exits])
    levels = range_of([each.level.value for each in alike])
    changes = range_of([each.change for each in exits])
    return {
        "Indicator": indicator.short_title,
        "Own figure now": level_words(one.own, unit),
        "Mean of": "" if one.own is None else months_of(one.own),
        "Own place now": place_words(one.own, indicator),
        "Exits with figures": len(exits),
        "Place at exit": place_range(places) if places.number else _no_place(one),
        "Exits of today’s definition": levels.number,
        "Figure at exit": figure_range(levels, unit),
        "Exits with a change": changes.number,
        "Change in the next 12 months": change_range(changes, unit),
        "Others of its type meanwhile": _beside(one),
        "Came back within 12 months": came_back_words(exits),
    }


def _no_place(one: Standing) -> str:
    why = next((each.level.why_no_place for each in one.with_level), None)
    return why or "no exit"


def _beside(one: Standing) -> str:
    beside = [each.beside for each in one.with_level if each.change is not None]
    span = range_of(beside)
    if span.median is None or span.number < FEWEST:
        return "too few"
    return f"median {changed(span.median, one.indicator.unit)}"


def exit_table(told: Standings) -> pd.DataFrame:
    """One row per exit and indicator with figures, in order of indicator and month; numbers beside words."""
    rows = [
        _exit_row(each, one)
        for one in told.indicators
        for each in sorted(one.with_level, key=lambda each: each.level.until)
    ]
    return pd.DataFrame(rows)


def _exit_row(each: AtExit, one: Standing) -> dict[str, object]:
    stay, unit = each.exit.stay, one.indicator.unit
    return {
        "Indicator": one.indicator.short_title,
        "Organisation": exit_name(each),
        "Code": stay.org_code,
        "Programme": stay.programmes,
        "Left": written_date(stay.exit, ""),
        "Figure at exit": level_words(each.level, unit),
        "Mean of": months_of(each.level),
        "Place at exit": place_words(each.level, one.indicator),
        "Figure a year on": level_words(each.later, unit),
        "Mean of, a year on": months_of(each.later),
        "Place a year on": place_words(each.later, one.indicator),
        "Change in the next 12 months": change_words(each, unit),
        "Others of its type meanwhile": "not known"
        if each.beside is None
        else changed(each.beside, unit),
        "Came back within 12 months": _BACK[each.exit.came_back],
        "Figure at exit (number)": each.level.value,
        "Place at exit (number)": each.level.place,
        "Change (number)": each.change,
    }


def exit_name(each: AtExit) -> str:
    """The short name of the organisation that left."""
    stay = each.exit.stay
    return str(organisations()["short_name"].get(stay.org_code, stay.org_name))


def left_out_table(told: Standings) -> pd.DataFrame:
    """Exits on record that stand on no row, and why."""
    seen = {one.stay.spell_ids for one in told.seen}
    names = organisations()["short_name"]
    return pd.DataFrame(
        [
            {
                "Organisation": str(names.get(one.stay.org_code, one.stay.org_name)),
                "Code": one.stay.org_code,
                "Programme": one.stay.programmes,
                "Why": one.why_not or "no figures of the months before its exit can be used",
            }
            for one in told.exits
            if one.stay.spell_ids not in seen
        ]
    )
