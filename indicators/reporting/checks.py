"""Sections of a report on whether it was more than chance: checks, placebo, return to the usual level."""

import math

import numpy as np

from indicators.chance_words import low_point_warnings, rebound_sentence
from indicators.reporting.background import EntryRebound
from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Block, Paragraph, Row, Section, Table
from indicators.reporting.result import LagTest, Result
from indicators.reporting.words import chance, is_pandemic, number, period_words, unit_of
from indicators.stats.regression_to_mean.baselines import BaseSensitivity, base_sensitivity
from indicators.stats.regression_to_mean.excess import Rebound

SIDES = {"up": 1, "down": -1}
_REBOUND = ("Entry", "Level before", "Observed change", "Expected change", "Excess", "Interval")


def diagnostics_section(found: Evidence) -> Section:
    """Checks of the residuals: they are shown, and never choose the estimator."""
    checks = found.result.diagnostics
    rows: list[Row] = [
        ("Durbin–Watson", number(checks.durbin_watson), "2 where neighbours are unlike"),
        *(_test_row("Breusch–Godfrey", one) for one in checks.breusch_godfrey),
        _test_row("Ljung–Box", checks.ljung_box),
        ("Variance after over before", number(checks.variance_ratio), "1 where spread is the same"),
        ("Residuals beyond 3 standard errors", str(checks.outliers), "of all points used"),
        (
            "Line against curve before entry (ΔAICc)",
            number(checks.curvature_aicc, 1),
            "above 4: a curve fits better, so carrying the line on may mislead",
        ),
    ]
    text = "Checks of a straight-line fit of the same terms. They are shown and choose nothing."
    table = Table("Diagnostics", ("Check", "Value", "Reading"), tuple(rows), frozenset({1}))
    return Section("Diagnostics", (Paragraph(text), table))


def _test_row(name: str, test: LagTest) -> Row:
    text = f"p {chance(test.p)}; a small p tells of residuals that are alike"
    return (f"{name}, to lag {test.lag}", number(test.statistic), text)


def placebo_section(found: Evidence) -> Section:
    """How often a change as clear is found where there was none."""
    placebo = found.result.diagnostics.placebo_in_time
    if placebo is None:
        text = "No placebo in time: the time before the first interruption is too short for one."
        return Section("Placebo in time", (Paragraph(text),))
    text = (
        f"The first change of level was set beside {placebo.number} made-up ones in the time before. "
        f"Its |t| of {number(placebo.observed_t)} stands at place {placebo.rank} of {placebo.number + 1}, "
        f"the largest first: p {chance(placebo.p)}. It cannot be below {number(1 / (placebo.number + 1), 3)}."
    )
    return Section("Placebo in time", (Paragraph(text),))


def rebound_section(found: Evidence) -> Section:
    """What would have come back without the programme, and how the base period matters."""
    blocks: list[Block] = [
        Paragraph(
            "Organisations enter at a low point, and what stands low tends to rise without help. Expected is "
            "what similar organisations recovered without a programme; it shows the size of this, not proof."
        ),
        *_rebounds(found),
        *_base_blocks(found),
    ]
    return Section("Regression to the mean", tuple(blocks))


def _rebounds(found: Evidence) -> list[Block]:
    if found.background is None:
        text = "Rows of a file have no others beside them, so no expected rebound can be given."
        return [Paragraph(text)]
    blocks: list[Block] = [_why_not(one) for one in found.background.rebounds if one.why_not]
    judged = [
        (one.period, one.rebound) for one in found.background.rebounds if one.rebound is not None
    ]
    if judged:
        rows = tuple(_rebound_row(period, rebound, found) for period, rebound in judged)
        caption = f"Change a year after entry, in {found.amounts.change}"
        blocks.append(Table(caption, _REBOUND, rows, frozenset(range(1, 6))))
    words = [
        rebound_sentence(rebound, found.amounts.change, side_of(found.result))
        for _, rebound in judged
    ]
    return [*blocks, *map(Paragraph, words)]


def _why_not(one: EntryRebound) -> Paragraph:
    text = (
        f"For the entry of {period_words(one.period)} no expected rebound is given: {one.why_not}."
    )
    return Paragraph(text)


def _rebound_row(period: str, rebound: Rebound, found: Evidence) -> Row:
    amounts = found.amounts
    return (
        period_words(period),
        amounts.plain(rebound.base),
        amounts.signed(rebound.observed),
        amounts.signed(rebound.expected),
        amounts.signed(rebound.excess),
        f"{amounts.signed(rebound.ci_low)} to {amounts.signed(rebound.ci_high)}",
    )


def side_of(result: Result) -> int:
    """1 if higher is better, −1 if lower, 0 if neither."""
    return SIDES.get(result.improvement or "", 0)


def base_of(result: Result) -> BaseSensitivity | None:
    """The change of the year from the first entry on, by the months it is measured from; of months alone.

    Months of the pandemic do not count.
    """
    if unit_of(result.series[0].period) != "month":
        return None
    first = result.place(result.interruptions[0].first_exposed)
    values = np.array(
        [
            math.nan if row.value is None or is_pandemic(row.period) else row.value
            for row in result.series
        ]
    )
    return base_sensitivity(values[:first], values[first:], side_of(result))


def _base_blocks(found: Evidence) -> list[Block]:
    base = base_of(found.result)
    if base is None:
        return []
    rows = tuple(
        (_months(one.begins, one.ends), found.amounts.signed(_known(one.effect)))
        for one in base.effects
    )
    caption = (
        f"Mean of the year from entry on less that of months before, in {found.amounts.change}"
    )
    table = Table(caption, ("Months before entry", "Change"), rows, frozenset({1}))
    text = "Months of the pandemic do not count; a dash where no month is left."
    return [table, Paragraph(text), *low_point_notices(found)]


def low_point_notices(found: Evidence) -> list[Paragraph]:
    """`RTM_LIKELY` where most of the change is gone when measured from earlier months."""
    base = base_of(found.result)
    told = [] if base is None else low_point_warnings(base, None)
    return [Paragraph(one["message"], is_notice=True) for one in told]


def _months(begins: int, ends: int) -> str:
    first, last = (str(month).replace("-", "−") for month in (begins, ends))
    return first if begins == ends else f"{first} to {last}"


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
