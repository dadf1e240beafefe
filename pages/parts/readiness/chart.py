"""The places of exits and of one organisation as the browser draws them."""

from typing import Any

import pandas as pd
import streamlit as st

from indicators.exit_levels import range_of
from pages.charts.exit_places import describe_exit_places, draw_exit_places
from pages.parts.frame import show_chart, theme_name, tokens_of
from pages.parts.pooled.words import written_date
from pages.parts.readiness.figures import Standing, Standings
from pages.parts.readiness.tables import exit_name
from pages.parts.readiness.words import (
    FEWEST,
    change_words,
    is_drawn,
    level_words,
    months_of,
    place_words,
)
from pages.parts.specs import spec_of
from pages.parts.store import version


def show_places(told: Standings) -> None:
    """The chart; of at least one indicator there has to be a place."""
    bands, own = band_rows(told), own_rows(told)
    spec = _places(
        told.stay.org_code, theme_name(), version(), exit_rows(told), bands, own, told.name
    )
    show_chart(spec, describe_exit_places(bands, own, told.name), "readiness.places")


@st.cache_data(max_entries=64, show_spinner=False)
def _places(
    org: str,
    theme: str,
    data_version: str,
    _exits: pd.DataFrame,
    _bands: pd.DataFrame,
    _own: pd.DataFrame,
    _name: str,
) -> dict[str, Any]:
    return spec_of(draw_exit_places(_exits, _bands, _own, _name, tokens_of(theme)))


def drawn(told: Standings) -> list[Standing]:
    """The indicators that the chart has rows of."""
    return [one for one in told.indicators if is_drawn(one)]


def _label(one: Standing) -> str:
    number = sum(each.level.place is not None for each in one.exits)
    return f"{one.indicator.short_title} · {number}"


def exit_rows(told: Standings) -> pd.DataFrame:
    """A row per exit with a place."""
    names = ["label", "place", "organisation", "left", "place_words", "level_words", "change_words"]
    rows = [
        {
            "label": _label(one),
            "place": each.level.place,
            "organisation": exit_name(each),
            "left": written_date(each.exit.stay.exit, ""),
            "place_words": place_words(each.level, one.indicator),
            "level_words": f"{level_words(each.level, one.indicator.unit)}, {months_of(each.level)}",
            "change_words": change_words(each, one.indicator.unit),
        }
        for one in drawn(told)
        for each in one.exits
        if each.level.place is not None
    ]
    return pd.DataFrame(rows, columns=names)


def band_rows(told: Standings) -> pd.DataFrame:
    """A row per indicator: the middle half of the places at exit, of enough of them."""
    rows = []
    for one in drawn(told):
        span = range_of([each.level.place for each in one.exits])
        ends = (span.lower, span.median, span.upper) if span.number >= FEWEST else (None,) * 3
        words = _band_words(span.number, ends)
        rows.append((_label(one), *ends, words))
    table = pd.DataFrame(rows, columns=["label", "lower", "median", "upper", "words"])
    return table.astype(dict.fromkeys(("lower", "median", "upper"), float))


def _band_words(number: int, ends: tuple[float | None, ...]) -> str:
    if ends[1] is None:
        return f"{number}, too few for a range" if number else "none with figures"
    lower, median, upper = ends
    return f"{number}, median {median:.0f} %, middle half {lower:.0f} to {upper:.0f} %"


def own_rows(told: Standings) -> pd.DataFrame:
    """A row per indicator with what the organisation itself has now."""
    rows = [
        {
            "label": _label(one),
            "place": None if one.own is None else one.own.place,
            "organisation": told.name,
            "place_words": place_words(one.own, one.indicator),
            "words": _now(one),
        }
        for one in drawn(told)
    ]
    table = pd.DataFrame(rows, columns=["label", "place", "organisation", "place_words", "words"])
    return table.astype({"place": float})


def _now(one: Standing) -> str:
    if one.own is None or one.own.value is None:
        return "not known"
    return f"{level_words(one.own, one.indicator.unit)}, {months_of(one.own)}"
