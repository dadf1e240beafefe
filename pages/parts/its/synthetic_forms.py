"""The four forms of a synthetic control side by side, each with its fit and what each donor moves."""

from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.runs.record import RunRecord
from pages.charts.estimates import draw_estimators
from pages.charts.layers.formats import IndicatorText, format_change
from pages.charts.synthetic import gap_text_of
from pages.parts.frame import show_chart, show_table, theme_name, tokens_of
from pages.parts.its.notes import note
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_words import FORM_WORDS, NOT_READ, form_label, left_out_range
from pages.parts.its.words import interval_of
from pages.parts.specs import spec_of
from pages.parts.store import version

Results = dict[str, dict[str, Any]]
_RANGE = "the mean gap without each donor in turn"


def show_forms(run: RunRecord, subject: Subject) -> None:
    """The mean gap by each form whose fit passes; the others with their fit alone."""
    st.header("Other forms side by side", anchor=False)
    found = _forms(run)
    if found is None:
        note("The other forms cannot be shown: the series is not there any more.")
        return
    told = _spread(found, subject.text)
    rows = _frame(found, str(run.document["form"]))
    if len(rows):
        text = gap_text_of(subject.text, subject.unit)
        spec = spec_of(draw_estimators(rows, text, tokens_of(theme_name()), _RANGE))
        show_chart(spec, told, "synthetic-forms")
    note(told)
    if not run.result["fit"]["passes"] and len(rows):
        note(
            "The form fixed beforehand does not pass. One that does is a comparison, and no replacement: a "
            "form chosen by what it shows would be too sure of itself."
        )
    table = _table(found, subject.text)
    show_table(table, f"{subject.file_name}-forms", "The forms as a table", is_open=True)
    if run.versions.data not in (None, version()):
        note(
            f"The other forms are of today's data version {version()}; the run is of {run.versions.data}, "
            "and its figures may have been revised since."
        )


def _forms(run: RunRecord) -> Results | None:
    """The run's own result and those of the other forms, worked out once a visit per run and data version."""
    key = f"synthetic.forms.{run.run_id}.{version()}"
    if key not in st.session_state:
        bar = st.progress(0.0, "Fitting the other forms")
        try:
            st.session_state[key] = _worked_out(run, bar)
        except Refusal:
            return None
        finally:
            bar.empty()
    others: Results = st.session_state[key]
    own = str(run.document["form"])
    return {form: run.result if form == own else others[form] for form in FORM_WORDS}


def _worked_out(run: RunRecord, bar: Any) -> Results:
    found: Results = {}
    own = run.document["form"]
    others = [form for form in FORM_WORDS if form != own]
    for number, form in enumerate(others, start=1):
        # The strength of the ridge belongs to that form alone.
        found[form] = analyse(run.document | {"form": form, "ridge": None})
        bar.progress(number / len(others))
    return found


def _frame(found: Results, own: str) -> pd.DataFrame:
    rows = []
    for form, result in found.items():
        if result["fit"]["passes"]:
            low, high = left_out_range(result["leave_one_out"])
            ends = {"estimate": result["att"], "ci_low": low, "ci_high": high}
            rows.append({"label": form_label(form, result), **ends, "is_fixed": form == own})
    return pd.DataFrame(rows)


def _spread(found: Results, text: IndicatorText) -> str:
    """From the lowest to the highest mean gap of the forms that pass, and how many do not."""
    gaps = [result["att"] for result in found.values() if result["fit"]["passes"]]
    if not gaps:
        return "No form fits well enough before entry to be read."
    low, high = (format_change(end, text.unit) for end in (min(gaps), max(gaps)))
    others = len(found) - len(gaps)
    rest = f" {others} of {len(found)} do not fit well enough and are not read." if others else ""
    if len(gaps) == 1:
        return f"One form alone fits well enough before entry: its mean gap is {low}.{rest}"
    return f"By the {len(gaps)} forms that fit well enough the mean gap is {low} to {high}.{rest}"


def _table(found: Results, text: IndicatorText) -> pd.DataFrame:
    return pd.DataFrame([_row(form, result, text) for form, result in found.items()])


def _row(form: str, result: dict[str, Any], text: IndicatorText) -> dict[str, str]:
    fit = f"{result['fit']['label']} {result['fit']['share']:.2f}"
    row = {"Form": FORM_WORDS[form], "Fit before entry": fit}
    columns = ("Mean gap", "Without each donor", "p", "Smallest p", "Interval")
    if not result["fit"]["passes"]:
        return row | dict.fromkeys(columns, NOT_READ)
    ends = (format_change(end, text.unit) for end in left_out_range(result["leave_one_out"]))
    told = (
        format_change(result["att"], text.unit),
        " to ".join(ends),
        _chance(result["placebo_p"]),
        _chance(result["placebo_floor"]),
        interval_of(result, text) if "ci_low" in result else "none: a rank only",
    )
    return row | dict(zip(columns, told, strict=True))


def _chance(p: float | None) -> str:
    return "no placebo fits" if p is None else f"{p:.3f}"
