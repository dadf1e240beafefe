"""What a report of a run says, in its order, before it is Word or HTML."""

from indicators.reporting.checks import (
    diagnostics_section,
    low_point_notices,
    placebo_section,
    rebound_section,
)
from indicators.reporting.design import design_section, exclusions_section, model_section
from indicators.reporting.epoc import epoc_section
from indicators.reporting.estimates import (
    detectable_section,
    estimates_section,
    named,
    sensitivity_section,
)
from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Block, Figure, Paragraph, Point, Report, Row, Rule, Table
from indicators.reporting.quality import (
    STATUS,
    assumptions_section,
    locked_words,
    quality_section,
    sources_section,
    versions_section,
    warnings_section,
)
from indicators.reporting.result import Change, Interruption
from indicators.reporting.words import number_of, period_words, unit_of

_NUMBERS = frozenset({1, 2, 3, 4})


def report_of(found: Evidence) -> Report:
    """The whole report (METHODS 11): every section, whether or not it has much to say."""
    return Report(
        title=_title(found),
        lead=tuple(_lead(found)),
        sections=(
            warnings_section(found),
            design_section(found),
            exclusions_section(found),
            model_section(found),
            detectable_section(found),
            estimates_section(found),
            sensitivity_section(found),
            rebound_section(found),
            placebo_section(found),
            diagnostics_section(found),
            epoc_section(found),
            assumptions_section(found),
            quality_section(found),
            sources_section(found),
            versions_section(found),
        ),
        footer=_footer(found),
    )


def _title(found: Evidence) -> str:
    kinds = {one.kind for one in found.result.interruptions}
    when = "it entered and left the programme" if "exit" in kinds else "it entered the programme"
    if found.indicator is None:
        return f"Did the series of {found.named} change at its interruptions?"
    return f"{found.indicator.title}: did it change at {found.named} when {when}?"


def _lead(found: Evidence) -> list[Block]:
    sentences = [_sentence(one, change, found) for one, change in found.result.changes]
    chance = (
        "It is one series without comparators: see regression to the mean, placebo and sensitivity."
    )
    text = " ".join([*_detectable(found), *sentences, chance])
    blocks: list[Block] = [Paragraph(text), *low_point_notices(found), Paragraph(_standing(found))]
    if not found.replayed.agrees:
        text = "Estimates are as recorded; sensitivity, sources and rebound are of today."
        blocks.append(Paragraph(f"{found.replayed.sentence()} {text}", is_notice=True))
    return [*blocks, _figure(found)]


def _detectable(found: Evidence) -> list[str]:
    """What a series like this could have shown: said before what it does show."""
    sizes = [found.detectable(1, one) for one in found.result.effects]
    if not sizes:
        return []
    size = f"{found.amounts.plain(min(sizes))} {found.amounts.change}"
    return [f"A series like this shows effects of {size} or more in four of five cases."]


def _sentence(one: Interruption, change: Change, found: Evidence) -> str:
    """The last effect that is observed, with its interval and the words for it."""
    if not change.effects:
        return f"Of {named(one)} no effect is given at the horizons asked for."
    last = change.effects[-1]
    unit = unit_of(found.result.series[0].period)
    when = f"{number_of(last.horizon, unit)} after" if last.horizon else "In the first period after"
    amounts, share = found.amounts, f"{100 * (1 - found.spec.alpha):g}\u00a0%"
    where = f"{when} {named(one)} the difference from what was expected without it was"
    size = f"{amounts.signed(last.estimate)} {amounts.change}"
    return f"{where} {size} ({share} interval {amounts.interval(last)}): {last.evidence}."


def _standing(found: Evidence) -> str:
    grade = f"Run grade {found.result.grade}"
    warned = number_of(len(found.result.warnings), "warning")
    return f"{grade}; {warned}; {locked_words(found)}; QA status {STATUS}."


def _footer(found: Evidence) -> str:
    data = found.record.versions.data or f"rows of {found.record.data.file_name}"
    return f"Run {found.record.run_id} · data version {data} · QA status: {STATUS}"


def _figure(found: Evidence) -> Figure:
    result = found.result
    points = tuple(
        Point(
            label=row.period,
            value=row.value,
            is_used=row.used,
            fitted=row.fitted,
            expected=row.counterfactual,
            expected_low=row.counterfactual_low,
            expected_high=row.counterfactual_high,
        )
        for row in result.series
    )
    rules = tuple(
        Rule(place, "Entry" if one.kind == "entry" else "Exit")
        for one in result.interruptions
        if (place := result.place(one.first_exposed)) is not None
    )
    first, last = (period_words(result.series[place].period) for place in (0, -1))
    caption = f"{found.measure}, {found.named}, {first} to {last}"
    level = found.amounts.level
    return Figure(caption, _alt(found), level, points, rules, _data(found), _elsewhere(found))


def _elsewhere(found: Evidence) -> str:
    """Where the figure is drawn: in the other kind of report, and on the page if the run was fixed there."""
    text = "The figure is drawn in the HTML report of this run; here its figures stand as a table."
    if found.indicator is None:
        return text
    return (
        f"{text} If the run was fixed on the dashboard, its interactive chart is there under Analysis, "
        f"Interrupted time series, at the address that ends in its?run={found.record.run_id}."
    )


def _alt(found: Evidence) -> str:
    """What the figure shows, in words."""
    sentences = " ".join(_sentence(one, change, found) for one, change in found.result.changes)
    return f"Observed figures, the fitted line, and the line expected without the first entry. {sentences}"


def _data(found: Evidence) -> Table:
    amounts = found.amounts
    rows: list[Row] = [
        (
            period_words(row.period),
            amounts.plain(row.value),
            amounts.plain(row.fitted),
            amounts.plain(row.counterfactual),
            "–"
            if row.counterfactual_low is None
            else f"{amounts.plain(row.counterfactual_low)} to {amounts.plain(row.counterfactual_high)}",
            row.why or "",
        )
        for row in found.result.series
    ]
    header = (
        "Period",
        "Observed",
        "Fitted",
        "Expected without entry",
        "Interval",
        "Left out because",
    )
    caption = f"Every period, in {amounts.level}"
    return Table(caption, header, tuple(rows), _NUMBERS)
