"""What a reader asks of an interrupted time series: whose, which dates, which model; all in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from indicators.its_defaults import ANTICIPATION, HORIZONS
from pages.charts.layers.formats import format_month, format_span
from pages.charts.layers.rows import rows_of
from pages.parts.explorer.controls import choose_lineage, with_values
from pages.parts.history import spells_of
from pages.parts.indicators import with_data
from pages.parts.its.series import day_of
from pages.parts.lineage import predecessors_of
from pages.parts.links import linked_number, linked_pills, linked_select
from pages.parts.spells import all_spells
from pages.parts.store import ask

OWN = "own"
"""The choice of months of one's own in place of a spell's."""
METHOD_WORDS = {
    "reml_ar1": "REML with AR(1) errors",
    "ols": "Ordinary least squares",
    "newey_west": "Newey–West",
    "prais_winsten": "Prais–Winsten",
    "arima": "ARIMA errors",
}
SEASON_WORDS = {
    "auto": "By the length of the series",
    "none": "None",
    "fourier1": "One wave a year",
    "fourier2": "Two waves a year",
    "month_dummies": "A term a month",
    "quarter_dummies": "A term a quarter",
}
COVID_WORDS = {
    "pulse": "Left out, new level and slope after",
    "month_dummies": "A term for each month of it",
    "baseline_2021_07": "Begin in July 2021",
    "none": "Not treated apart",
}
MOST_LEFT_OUT = 12


@dataclass(frozen=True)
class Usual:
    """What is offered for periods of one length: a year is a year, in months or in quarters.

    `anticipations` are those of the specification curve.
    """

    horizons: tuple[str, ...]
    anticipations: tuple[int, ...]


USUAL = {
    1: Usual(("0", "3", "6", "12", "24"), (0, 2, 3, 6)),
    3: Usual(("0", "1", "2", "4", "8"), (0, 1, 2)),
    12: Usual(("0", "1", "2"), (0, 1)),
}
"""By months of a period; yearly measures are refused, and still have controls."""
_KNOWN = ("day", "month")


@dataclass(frozen=True)
class Dates:
    """The interruptions of a choice, as the document has them, and what has to be said of the ledger."""

    interruptions: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One series and its model; `dates.interruptions` is empty until a month of entry is chosen."""

    indicator: Indicator
    org: str
    dates: Dates
    lineage: str
    model: dict[str, Any]


def choose(places: Sequence[Any], choose_model: Callable[[int], dict[str, Any]]) -> Choice:
    """The rest of the row of controls, and below it the months of one's own where these are chosen.

    `choose_model` draws the model's controls for periods of so many months, under "More options".
    """
    known = with_data()
    whose, what, when, more = places
    with what:
        key = linked_select(
            "Indicator", "indicator", list(known), lambda name: known[name].short_title, "ae_4h_all"
        )
    indicator = known[key or "ae_4h_all"]
    with whose:
        org = _choose_org(indicator.indicator_id)
    with when:
        chosen = _choose_spell(org)
    with more, st.popover("More options", width="stretch"):
        lineage = choose_lineage() if len(predecessors_of(org)) else "as_was"
        model = choose_model(indicator.step_months)
    dates = Dates(_dates_of(chosen, org, indicator.indicator_id), _not_offered(org))
    return Choice(indicator, org, dates, lineage, model)


def _choose_org(indicator: str) -> str:
    """An organisation with values; without a choice the last known to have entered the programme."""
    known = with_values(indicator)
    spells = all_spells()
    dated = spells[spells["entered_precision"].isin(_KNOWN) & spells["org_code"].isin(known.index)]
    latest = dated.sort_values("entered_on", kind="stable", ascending=False)["org_code"]
    usual = next(iter(latest), known.index[0])
    words = {code: f"{name} ({code})" for code, name in known["short_name"].items()}
    return (
        linked_select("Organisation", "org", list(words), words.__getitem__, default=usual) or usual
    )


def offered(org: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Interruptions from the ledger by the value in the address: words, and the dates of the document."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for row in rows_of(spells_of(org)):
        if row.entered_precision not in _KNOWN:
            continue
        entry = f"{row.programme_short}: entry {format_month(row.entered_on)}"
        if row.left_precision in _KNOWN:
            both = (row.entered_written, row.left_written)
            found[row.spell_id] = (f"{entry}, exit {format_month(row.left_on)}", both)
        found[f"{row.spell_id}.entry"] = (f"{entry} only", (row.entered_written,))
    return found


def has_own_row(document: dict[str, Any]) -> bool:
    """Whether months of one's own are chosen for a published series: their controls take a row of theirs."""
    return "org" in document and st.session_state.get("link.interruptions") == OWN


def _choose_spell(org: str) -> str:
    """A spell of the ledger by its name in the address, or months of one's own."""
    words = {name: told for name, (told, _) in offered(org).items()} | {OWN: "Own months"}
    usual = _usual(org, [name for name in words if name != OWN])
    return (
        linked_select(
            "Interruptions", "interruptions", list(words), words.__getitem__, default=usual
        )
        or usual
    )


def _dates_of(chosen: str, org: str, indicator: str) -> tuple[str, ...]:
    return _own_months(indicator) if chosen == OWN else offered(org)[chosen][1]


def _usual(org: str, names: Sequence[str]) -> str:
    """The latest spell of the Recovery Support Programme with a known entry, else the latest of any."""
    spells = spells_of(org)
    recent = spells.loc[spells["programme"] == "rsp", "spell_id"]
    whole = [name for name in names if not name.endswith(".entry")]
    for spell in reversed(recent.to_list()):
        if f"{spell}.entry" in names:
            return spell if spell in whole else f"{spell}.entry"
    return names[-1] if names else OWN


def _not_offered(org: str) -> tuple[str, ...]:
    """What the ledger knows of the organisation's dates, but not to the month."""
    told = []
    for row in rows_of(spells_of(org)):
        vague = [
            words
            for words, precision, label in (
                ("entry", row.entered_precision, row.entered_label),
                ("exit", row.left_precision, row.left_label),
            )
            if not pd.isna(precision) and precision not in _KNOWN
            for words in [f"{words} ({label})"]
        ]
        if vague:
            told.append(f"{row.programme_short} {' and '.join(vague)}")
    if not told:
        return ()
    return (
        f"Not offered, because known less exactly than to the month: {'; '.join(told)}. "
        "Choose months of your own to try a date within these.",
    )


def _own_months(indicator: str) -> tuple[str, ...]:
    """Entry and, if wished, exit in months of one's own."""
    starts = ask("lineage_values", indicator=indicator, lineage="as_was")["period_start"]
    months = [str(one) for one in pd.period_range(starts.min(), starts.max(), freq="M")][::-1]
    first, second, _ = st.columns([2.9, 2.7, 6.5])
    return choose_months(months, (first, second))


def choose_months(periods: Sequence[str], places: Sequence[Any]) -> tuple[str, ...]:
    """Entry and, if wished, a later exit among these periods, the latest first."""
    first, second = places
    with first:
        entry = _month("Month of entry", "entry", periods, "Choose a month")
    later = [period for period in periods if entry is not None and period > entry]
    with second:
        leaving = _month("Month of exit", "exit", later, "None") if later else None
    return tuple(period for period in (entry, leaving) if period)


def period_words(period: str) -> str:
    """`Apr 2024` for `2024-04`, `Apr to Jun 2024` for `2024-Q2`."""
    return format_span(day_of(period), 3 if "Q" in period else 1)


def _month(label: str, name: str, months: Sequence[str], placeholder: str) -> str | None:
    return linked_select(label, name, months, period_words, None, placeholder)


def choose_model(step_months: int) -> dict[str, Any]:
    """The model's own fields of the document of one series."""
    return {"method": choose_method(), **choose_terms(step_months, "pulse")}


def choose_method() -> str:
    """The estimator."""
    return pick("Method", "method", METHOD_WORDS, "reml_ar1")


def choose_terms(step_months: int, usual_covid: str) -> dict[str, Any]:
    """Seasons, pandemic, periods left out and horizons; without a choice the pandemic is `usual_covid`."""
    usual = USUAL[step_months]
    season = pick("Seasonality", "seasonality", SEASON_WORDS, "auto")
    covid = pick("Pandemic", "covid", COVID_WORDS, usual_covid)
    phase_in = linked_number(
        "Phase-in: periods left out from entry on", "phase_in", 0, MOST_LEFT_OUT, 0
    )
    anticipation = linked_number(
        "Anticipation: periods left out before entry",
        "anticipation",
        0,
        MOST_LEFT_OUT,
        ANTICIPATION[step_months],
    )
    horizons = linked_pills(
        "Effects after so many periods",
        "horizons",
        usual.horizons,
        str,
        [str(periods) for periods in HORIZONS[step_months]],
    )
    return {
        "seasonality": season,
        "covid": covid,
        "phase_in": phase_in,
        "anticipation": anticipation,
        "horizons": sorted(int(one) for one in horizons) or [0],
    }


def pick(label: str, name: str, words: dict[str, str], usual: str) -> str:
    """One of a few ways by its name in the address; without a choice the usual one."""
    return linked_select(label, name, list(words), words.__getitem__, default=usual) or usual
