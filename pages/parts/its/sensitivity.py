"""The same series fitted in other ways: every estimator, and a curve over the sensible specifications."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.its_before import Variant, variant_of
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import Prepared, prepare
from indicators.runs.record import RunRecord
from pages.charts.estimates import draw_curve, draw_estimators
from pages.charts.layers.formats import IndicatorText, format_change
from pages.charts.layers.spell_words import count
from pages.parts.frame import show_chart, show_table, theme_name, tokens_of
from pages.parts.its.choice import COVID_WORDS, METHOD_WORDS, SEASON_WORDS, USUAL
from pages.parts.its.notes import note
from pages.parts.its.subject import Subject
from pages.parts.its.words import headline
from pages.parts.specs import spec_of
from pages.parts.store import version

_SEASONS = {"auto": "seasons", "none": "no seasons"}
_LABEL = {
    "none": "pandemic not treated apart",
    "pulse": "pandemic left out",
    "month_dummies": "a term for each month of the pandemic",
    "baseline_2021_07": "begun in July 2021",
}


def show_sensitivity(run: RunRecord, subject: Subject, data: OwnData | None) -> None:
    """Both comparisons of the effect that the page's sentence tells."""
    effect = headline(run.result, subject.text.step_months)
    if effect is None:
        return
    horizon = int(effect["horizon"])
    found = _variants(run, horizon, subject, data)
    if found is None:
        note("The other ways to fit it cannot be shown: the series is not there any more.")
        return
    methods, specifications = found
    text = effect_text(subject)
    when = count(horizon, text.period_noun)
    st.header(f"All estimators side by side, {when} on", anchor=False)
    _show_estimators(methods, run, text, subject)
    st.header("Specification curve", anchor=False)
    _show_curve(specifications, run, text, subject)
    if run.versions.data not in (None, version()):
        note(
            f"Both are of today's data version {version()}; the run above is of {run.versions.data}, and its "
            "figures may have been revised since."
        )


def effect_text(subject: Subject) -> IndicatorText:
    """How effects are written: with their sign, in units of a difference."""
    title = f"difference, {subject.unit}"
    return replace(subject.text, is_change=True, unit_title=title, better="neither")


def method_changes() -> list[dict[str, Any]]:
    """Each estimator with the options of another taken back; ARIMA of fixed order, as the search is slow."""
    return [
        {"method": method, "lag": None, "order": (1, 0) if method == "arima" else None}
        for method in METHOD_WORDS
    ]


def curve_changes(document: dict[str, Any], step_months: int) -> list[dict[str, Any]]:
    """Anticipation by pandemic option by seasons or none; the document's own too if it is none of these."""
    months = USUAL[step_months].anticipations
    found = [
        {"anticipation": left_out, "covid": covid, "seasonality": season}
        for left_out, covid, season in product(months, COVID_WORDS, _SEASONS)
    ]
    own = {name: document[name] for name in ("anticipation", "covid", "seasonality")}
    return found if own in found else [*found, own]


def _variants(
    run: RunRecord, horizon: int, subject: Subject, data: OwnData | None
) -> tuple[list[Variant], list[Variant]] | None:
    """Worked out once a visit per run, horizon and data version."""
    key = f"its.variants.{run.run_id}.{horizon}.{version()}"
    methods = method_changes()
    if key not in st.session_state:
        changes = [*methods, *curve_changes(run.document, subject.text.step_months)]
        bar = st.progress(0.0, "Fitting the series in other ways")
        try:
            prepared = prepare(run.document, data)
            st.session_state[key] = _worked_out(prepared, changes, horizon, bar.progress)
        except Refusal:
            return None
        finally:
            bar.empty()
    found: list[Variant] = st.session_state[key]
    return found[: len(methods)], found[len(methods) :]


def _worked_out(
    prepared: Prepared,
    changes: list[dict[str, Any]],
    horizon: int,
    tell: Callable[[float], object],
) -> list[Variant]:
    found = []
    for number, change in enumerate(changes, start=1):
        found.append(variant_of(prepared, change, horizon))
        tell(number / len(changes))
    return found


def _show_estimators(
    found: list[Variant], run: RunRecord, text: IndicatorText, subject: Subject
) -> None:
    rows = _frame(found, lambda change: METHOD_WORDS[change["method"]], run)
    told = spread_sentence(rows, text)
    chart_estimates(draw_estimators, rows, text, (told, "its-estimators"))
    note(
        f"{told} Newey–West and ARIMA are too sure of themselves in short series; ARIMA is of order (1, 0) "
        "here. Counts are fitted as counts where the rules say so, whichever estimator is named."
    )
    show_table(
        estimates_table(rows, text), f"{subject.file_name}-estimators", "The estimators as a table"
    )


def _show_curve(
    found: list[Variant], run: RunRecord, text: IndicatorText, subject: Subject
) -> None:
    rows = _frame(found, _curve_label, run)
    told = spread_sentence(rows, text)
    chart_estimates(draw_curve, rows, text, (told, "its-curve"))
    refused = int(rows["refused"].notna().sum())
    note(
        f"{told} Of {len(rows)} specifications ({_anticipations(subject)}; four ways with the "
        f"pandemic; seasons or none) {refused} were refused for want of points or for another rule."
    )
    show_table(
        estimates_table(rows, text), f"{subject.file_name}-curve", "The specifications as a table"
    )


def _anticipations(subject: Subject) -> str:
    text = subject.text
    *most, last = USUAL[text.step_months].anticipations
    return f"anticipation {', '.join(map(str, most))} or {last} {text.period_noun}s"


def _curve_label(change: dict[str, Any]) -> str:
    chosen = change["seasonality"]
    season = _SEASONS.get(chosen, f"seasons: {SEASON_WORDS[chosen].lower()}")
    return f"anticipation {change['anticipation']}, {_LABEL[change['covid']]}, {season}"


def _frame(
    found: list[Variant], label: Callable[[dict[str, Any]], str], run: RunRecord
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "label": label(one.changes),
                "estimate": one.estimate,
                "ci_low": one.ci_low,
                "ci_high": one.ci_high,
                "refused": one.refused,
                "is_fixed": _is_fixed(one.changes, run.document),
            }
            for one in found
        ]
    ).astype({"estimate": float, "ci_low": float, "ci_high": float})


def _is_fixed(changes: dict[str, Any], document: dict[str, Any]) -> bool:
    """Whether a change leaves the document as it is."""
    fields = ("method", "anticipation", "covid", "seasonality")
    return all(changes[name] == document.get(name) for name in fields if name in changes)


def chart_estimates(
    draw: Callable[..., Any], rows: pd.DataFrame, text: IndicatorText, named: tuple[str, str]
) -> None:
    """The estimates that are known, drawn by `draw`; `named`: their takeaway, and a key."""
    shown = rows[rows["estimate"].notna()].drop(columns="refused")
    if len(shown):
        spec = spec_of(draw(shown, text, tokens_of(theme_name())))
        show_chart(spec, *named)


def spread_sentence(rows: pd.DataFrame, text: IndicatorText) -> str:
    """From the lowest to the highest estimate, and how many intervals lie on one side of 0."""
    known = rows[rows["estimate"].notna()]
    if known.empty:
        return "None could be fitted."
    low, high = (format_change(known["estimate"].agg(which), text.unit) for which in ("min", "max"))
    above, below = int((known["ci_low"] > 0).sum()), int((known["ci_high"] < 0).sum())
    return (
        f"Estimates run from {low} to {high}; of {len(known)} intervals {above} lie above 0, {below} below, "
        f"and {len(known) - above - below} hold it."
    )


def estimates_table(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """The estimates as a table, each figure with its unit."""

    def words(value: float) -> str:
        return "refused" if pd.isna(value) else format_change(value, text.unit)

    return pd.DataFrame(
        {
            "How": rows["label"],
            "Effect": rows["estimate"].map(words),
            "95 % from": rows["ci_low"].map(words),
            "to": rows["ci_high"].map(words),
            "Refused by": rows["refused"].fillna("not refused"),
            "Fixed beforehand": rows["is_fixed"].map({True: "yes", False: "no"}),
        }
    )
