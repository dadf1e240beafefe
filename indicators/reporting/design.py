"""Sections of a report on how a run was set up: design, periods left out, and model."""

from collections.abc import Hashable
from itertools import groupby
from typing import Any

from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Paragraph, Row, Section, Table
from indicators.reporting.result import Interruption, Result, SeriesRow
from indicators.reporting.words import (
    METHODS,
    PANDEMIC,
    UNKNOWN,
    day_words,
    is_known,
    number,
    number_of,
    period_words,
    unit_of,
)

_SEASONS = {
    "none": "none",
    "fourier1": "one yearly wave (sine and cosine)",
    "fourier2": "two yearly waves (sine and cosine)",
    "month_dummies": "a term for each month",
    "quarter_dummies": "a term for each quarter",
}
_LINEAGES = {
    "as_was": "as published under the organisation's own code",
    "current": "today's organisation with its predecessors added",
    "break": "since the last organisation passed into it",
}
_BETTER = {"up": "higher", "down": "lower", "neutral": "neither"}
_LEFT_OUT = ("Periods", "Number", "Why")


def design_section(found: Evidence) -> Section:
    """What was measured, where it is interrupted, and where the days come from."""
    result = found.result
    first, last = result.series[0].period, result.series[-1].period
    rows: list[Row] = [
        ("Design", _design_words(result)),
        ("Organisation", found.named),
        ("Measure", found.measure),
        *_of_catalogue(found),
        ("Unit", found.amounts.level),
        ("Better", _BETTER[result.improvement or "neutral"]),
        ("Series", f"{period_words(first)} to {period_words(last)}"),
        *((_kind(one), _dated(one, found)) for one in result.interruptions),
        ("Points used", _points(result)),
        ("Comparators", "None: this is the series of one organisation alone."),
        ("Run grade", result.grade),
    ]
    return Section("Design", (Table("The design of this run", ("What", "Here"), tuple(rows)),))


def _design_words(result: Result) -> str:
    kinds = [one.kind for one in result.interruptions]
    words = " and ".join(dict.fromkeys(kinds)) if len(kinds) < 3 else ", ".join(kinds)
    return f"Interrupted time series of one organisation, interrupted at {words}"


def _of_catalogue(found: Evidence) -> list[Row]:
    indicator = found.indicator
    if indicator is None:
        return [("Rows", f"A person's own, from {found.record.data.file_name}")]
    made_of = [indicator.numerator_text, indicator.denominator_text or ""]
    return [
        ("Definition", indicator.method),
        ("Numerator and denominator", "; ".join(filter(None, made_of))),
        ("Lineage", _LINEAGES[found.spec.lineage]),
    ]


def _kind(one: Interruption) -> str:
    return "Entry" if one.kind == "entry" else "Exit"


def _dated(one: Interruption, found: Evidence) -> str:
    """First exposed period, and the day on record that it rests on."""
    text = f"First exposed period {period_words(one.first_exposed)}"
    if one.start != one.first_exposed:
        text = f"{text}, effects counted from {period_words(one.start)}"
    return f"{text}. {_spell_words(one, found)}"


def spell_of(one: Interruption, found: Evidence) -> dict[Hashable, Any] | None:
    """The spell on record that an interruption begins or ends, as the ledger has it; None if none does."""
    if found.background is None:
        return None
    spells = found.background.spells
    column = "first_exposed" if one.kind == "entry" else "first_after"
    rows = spells[spells[column] == one.first_exposed].to_dict("records")
    return rows[-1] if rows else None


def _spell_words(one: Interruption, found: Evidence) -> str:
    """What the ledger knows of an interruption: its programme, day and confidence."""
    if found.background is None:
        return "The date is the analyst's own: rows of a file have no ledger."
    spell = spell_of(one, found)
    if spell is None:
        return "No spell on record begins or ends in that period: the date is the analyst's own."
    day = "entered" if one.kind == "entry" else "left"
    precision = f"known to the {spell[f'{day}_precision']}"
    confidence = spell["confidence"] if is_known(spell["confidence"]) else UNKNOWN
    sources = "; ".join(spell["source_urls"])
    what = f"{spell['programme_label']}, {day} {day_words(spell[f'{day}_on'])} ({precision})"
    return f"Ledger: {what}, confidence {confidence}. Source: {sources or UNKNOWN}."


def _points(result: Result) -> str:
    first, *later = result.segments
    names = [f"{_kind(one).lower()}" for one in result.interruptions]
    after = [f"{points} from {name} on" for points, name in zip(later, names, strict=False)]
    return ", ".join([f"{first} before", *after, f"{result.n} fitted in all"])


def exclusions_section(found: Evidence) -> Section:
    """Every stretch of periods that is not fitted, with its reason."""
    rows = tuple(_stretches(found.result))
    if not rows:
        return Section("Periods left out", (Paragraph("No period of the series is left out."),))
    text = (
        "Nothing is filled in: what is left out is missing from the fit, and the calendar goes on."
    )
    table = Table("Periods that are not fitted", _LEFT_OUT, rows, frozenset({1}))
    return Section("Periods left out", (Paragraph(text), table))


def _why(row: SeriesRow) -> str:
    return "" if row.used else row.why or "no reason on record"


def _stretches(result: Result) -> list[Row]:
    found: list[Row] = []
    for why, together in groupby(result.series, key=_why):
        periods = [row.period for row in together]
        if why:
            ends = dict.fromkeys((period_words(periods[0]), period_words(periods[-1])))
            found.append((" to ".join(ends), str(len(periods)), why))
    return found


def model_section(found: Evidence) -> Section:
    """The model as it was fitted, with the choices that led to it."""
    result, spec = found.result, found.spec
    unit = unit_of(result.series[0].period)
    rows: list[Row] = [
        ("Estimator", _estimator(found)),
        ("Family and scale", f"{result.family}, link {result.link}"),
        ("Correlation of neighbouring errors, φ", number(result.phi)),
        ("Standard deviation of errors, σ", number(result.sigma, 3)),
        ("Degrees of freedom", "by contrast, beside each estimate"),
        ("Seasons", _SEASONS.get(result.seasonality, result.seasonality)),
        ("Pandemic, March 2020 to March 2021", PANDEMIC.get(result.covid, result.covid)),
        ("Left out before each entry (anticipation)", number_of(spec.anticipation, unit)),
        ("Phase-in after each entry", _phase_in(found, unit)),
        ("Slope term in the first exposed period", str(result.slope_origin)),
        ("Terms left out as inseparable", ", ".join(result.dropped_terms) or "none"),
        ("Intervals", f"{100 * (1 - spec.alpha):g} %, of means and not of single values"),
    ]
    return Section("Model", (Table("The model", ("What", "Here"), tuple(rows)),))


def _estimator(found: Evidence) -> str:
    used, asked = found.result.method, found.spec.method
    text = METHODS.get(used, used)
    order = found.result.order
    text = f"{text}, order {order[0]}, {order[1]}" if order else text
    return text if used == asked else f"{text} (asked for: {METHODS[asked]})"


def _phase_in(found: Evidence, unit: str) -> str:
    spec = found.spec
    if not spec.phase_in:
        return "none"
    form = "left out" if spec.phase_in_form == "exclude" else "taken up gradually"
    return f"{number_of(spec.phase_in, unit)}, {form}"
