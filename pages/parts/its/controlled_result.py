"""The result of a run beside others: what changed against them, and whether that hangs on who they are."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from indicators.runs.record import RunRecord
from pages.charts.estimates import draw_estimators
from pages.charts.interrupted import Interruption
from pages.charts.layers.formats import IndicatorText, format_change
from pages.charts.layers.spell_words import count
from pages.charts.placebos import draw_placebos
from pages.parts.frame import reading_aid, show_chart, show_table, theme_name, tokens_of
from pages.parts.its.chance import show_chance
from pages.parts.its.comparators import show_comparators
from pages.parts.its.controlled_drawn import drawn_beside
from pages.parts.its.controlled_words import (
    FORM_WORDS,
    MATCHING_WORDS,
    first_test,
    form_sentence,
    gap_sentence,
    in_words,
    space_sentence,
)
from pages.parts.its.design import Asked, WriteLead
from pages.parts.its.drawn import drawn
from pages.parts.its.files import show_files
from pages.parts.its.notes import note, notes_on_source
from pages.parts.its.result import furthest_words, is_phased, show_warnings
from pages.parts.its.runs import status_of
from pages.parts.its.sensitivity import (
    chart_estimates,
    effect_text,
    estimates_table,
    spread_sentence,
)
from pages.parts.its.series import interruptions_of
from pages.parts.its.subject import Subject
from pages.parts.its.tables import show_diagnostics, show_tables
from pages.parts.its.words import headline, model_sentence
from pages.parts.specs import spec_of

METHOD = (
    "The organisation less the mean of its comparators in the same period, each counted alike; then a "
    "straight line with a change of level and of slope at each interruption, seasons, and errors that depend "
    "on the error before. What hits all alike in a period, such as the pandemic, leaves no trace in the "
    "difference. Comparators are of the same type, never in a programme on record, and chosen on the time "
    "before entry."
)
_READING = (
    "Blue is the organisation, grey the mean of its comparators with the middle 80 % of them. The dashed "
    "line is where the organisation would have gone had it kept to its own course against them, as it was "
    "before entry. Hollow points were left out of the fit, and the hover says why. An organisation that "
    "enters at its worst recovers in part by itself, and comparators that were not at their worst do not "
    "show that."
)


def show_controlled_result(write_lead: WriteLead, run: RunRecord, asked: Asked) -> None:
    """The page of a run, from its sentence to its files."""
    result, subject = run.result, asked.subject
    rows = pd.DataFrame(result["series"])
    happened = interruptions_of(asked.dates, subject.text.step_months)
    lead = _lead(result, subject)
    write_lead(*lead)
    note(status_of(run))
    alt = f"{subject.measure}, {subject.name} beside its comparators. {lead[0]}"
    number = len(result["comparators"])
    show_chart(drawn_beside(rows, happened, asked, number), alt, "controlled-result")
    reading_aid(_READING)
    _show_chance(run, subject)
    _show_sets(result, subject)
    _show_placebos(result, subject)
    st.header("Who is it compared with?", anchor=False)
    show_comparators(result["organisations"], result["balance"], subject)
    _show_warnings(result, rows)
    _show_difference(result, happened, subject)
    show_files(run, rows, subject)
    notes_on_source(subject, rows, METHOD)


def _lead(result: dict[str, Any], subject: Subject) -> tuple[str, ...]:
    effect, text = headline(result, subject.text.step_months), subject.text
    number = len(result["comparators"])
    first = (
        "No effect can be read at the horizons asked for: none was observed."
        if effect is None
        else gap_sentence(effect, text, is_phased(result), number)
    )
    return first, model_sentence(result, text)


def _show_warnings(result: dict[str, Any], rows: pd.DataFrame) -> None:
    """Cautions of the run; one about a line carried on too far is of the difference, as the line is."""
    far = [f"Of the difference: {told}" for told in furthest_words(rows)]
    show_warnings([in_words(told) for told in (*far, *_messages(result))])


def _messages(result: dict[str, Any]) -> list[str]:
    return [str(one["message"]) for one in result["warnings"]]


def _show_sets(result: dict[str, Any], subject: Subject) -> None:
    """The same effect against three sets of comparators."""
    effect = headline(result, subject.text.step_months)
    if effect is None:
        return
    text, horizon = effect_text(subject), int(effect["horizon"])
    st.header(
        f"Does it hang on who is compared? {count(horizon, text.period_noun)} on", anchor=False
    )
    rows = sets_frame(result, horizon)
    told = spread_sentence(rows, text)
    chart_estimates(draw_estimators, rows, text, (told, "controlled-sets"))
    note(
        f"{told} Matching on a level at its worst can itself make a change: where these differ, the "
        "result hangs on who is compared."
    )
    note(form_sentence(result, text))
    show_table(
        estimates_table(rows, text), f"{subject.file_name}-sets", "These estimates as a table"
    )


def sets_frame(result: dict[str, Any], horizon: int) -> pd.DataFrame:
    """The effect at a horizon by set of comparators, as charts of estimates take it.

    All three are of the difference; where the stacked form was fixed beforehand, its own effect comes last.
    """
    is_stacked = result["form"] == "stacked"
    rows = [
        _estimate(
            f"{MATCHING_WORDS[one['matching']]} ({one['comparators']})",
            _at(one["effects"], horizon),
            one["matching"] == result["matching"] and not is_stacked,
        )
        for one in result["estimates"]
    ]
    if is_stacked:
        label = f"{FORM_WORDS['stacked']} ({len(result['comparators'])})"
        rows.append(_estimate(label, _at(result["effects"], horizon), True))
    return pd.DataFrame(rows).astype({"estimate": float, "ci_low": float, "ci_high": float})


def _at(effects: list[dict[str, Any]], horizon: int) -> dict[str, Any]:
    return next((one for one in effects if one["horizon"] == horizon), {})


def _estimate(label: str, effect: dict[str, Any], is_fixed: bool) -> dict[str, Any]:
    ends = {name: effect.get(name) for name in ("estimate", "ci_low", "ci_high")}
    return {"label": label, **ends, "refused": None, "is_fixed": is_fixed}


def _show_placebos(result: dict[str, Any], subject: Subject) -> None:
    """The change in level among those that its comparators would have shown in its place."""
    st.header("Would others have shown as much?", anchor=False)
    placebo = result["placebo_in_space"]
    told = space_sentence(placebo)
    note(told)
    if placebo is None or first_test(placebo) is None:
        return
    rows, text = placebos_frame(result, subject.name), effect_text(subject)
    spec = spec_of(draw_placebos(rows, text, tokens_of(theme_name())))
    show_chart(spec, told, "controlled-placebos")
    show_table(
        lambda: _placebos_table(rows, text),
        f"{subject.file_name}-placebos",
        "Every organisation in its place",
    )


def placebos_frame(result: dict[str, Any], name: str) -> pd.DataFrame:
    """`name, estimate, t, is_own` of the change in level at entry, the clearest first."""
    names = {one["unit"]: one["name"] for one in result["comparators"]}
    test = first_test(result["placebo_in_space"])
    own = next(one for one in _changes(result) if one["term"] == "level_1")
    rows = [
        {
            "name": name,
            "estimate": own["estimate"],
            "t": test["t"] if test else None,
            "is_own": True,
        }
    ]
    rows += [
        {"name": names[one["unit"]], "estimate": one["estimate"], "t": one["t"], "is_own": False}
        for one in result["placebo_in_space"]["units"]
        if one["term"] == "level_1"
    ]
    return pd.DataFrame(rows).sort_values("t", key=abs, ascending=False, ignore_index=True)


def _changes(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The changes of the difference, whichever form was asked for."""
    found: list[dict[str, Any]] = (
        result["coefficients"]
        if result["form"] == "difference"
        else result["beside"]["coefficients"]
    )
    return found


def _placebos_table(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Organisation": rows["name"],
            "Change in level": [format_change(one, text.unit) for one in rows["estimate"]],
            "In its standard errors": rows["t"].round(2),
            "Entered": rows["is_own"].map({True: "yes", False: "no"}),
        }
    )


def _show_chance(run: RunRecord, subject: Subject) -> None:
    show_chance(run, subject)
    note(
        "The rebound is of the organisation’s own figures, whoever it is compared with; all else here is of "
        "its difference to the comparators."
    )


def _show_difference(
    result: dict[str, Any], happened: tuple[Interruption, ...], subject: Subject
) -> None:
    """The difference as a series of its own, with its model and tables."""
    st.header("The difference, period by period", anchor=False)
    text = replace(effect_text(subject), unit_title=f"difference to comparators, {subject.unit}")
    difference = replace(subject, text=text)
    alt = f"The difference of {subject.name} to the mean of its comparators, with the line fitted to it."
    rows = pd.DataFrame(result["series"])
    show_chart(drawn(rows, happened, difference), alt, "controlled-difference")
    show_tables(result, difference)
    show_diagnostics(result, difference)
