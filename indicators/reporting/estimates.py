"""Sections of a report on what came out: coefficients, effects, sums, slopes, other choices, checks."""

from collections.abc import Iterator

from indicators.chance_words import power_warnings
from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Block, Paragraph, Row, Section, Table
from indicators.reporting.result import Change, Effect, Estimate, Interruption, Result
from indicators.reporting.variants import Variant, reaches_pandemic
from indicators.reporting.words import Amounts, chance, number, number_of, period_words, unit_of
from indicators.stats.its.power import REPS, SEED, detectable

FINE = 2
"""More decimals for terms and slopes, which are of one period."""
_ESTIMATE = ("Estimate", "Standard error", "Interval", "df", "p")
_NUMBERS = frozenset(range(1, 9))


def estimates_section(found: Evidence) -> Section:
    """Coefficients, and per interruption its effects, mean and sum; then slopes."""
    blocks: list[Block] = [Paragraph(_reading(found))]
    if found.result.grade == "descriptive":
        text = (
            "The run grade is descriptive (fewer than 8 points on a side), so no p-value is given."
        )
        blocks.append(Paragraph(text, is_notice=True))
    for one, change in found.result.changes:
        blocks += [_effects_table(one, change, found), _totals_table(one, change, found)]
    blocks += [_flat_table(found), _slopes_table(found), _coefficients_table(found)]
    return Section("Estimates", tuple(blocks))


def _reading(found: Evidence) -> str:
    better = {"up": "Higher is better.", "down": "Lower is better."}
    text = f"Changes are in {found.amounts.change}, with intervals of {_share(found)}."
    return f"{text} {better.get(found.result.improvement or '', 'Neither direction is better.')}"


def _share(found: Evidence) -> str:
    return f"{100 * (1 - found.spec.alpha):g} %"


def estimate_cells(one: Estimate, amounts: Amounts, more: int = 0) -> Row:
    """Estimate, standard error, interval, degrees of freedom and p as a row has them."""
    return (
        amounts.signed(one.estimate, more),
        amounts.plain(one.se, more),
        amounts.interval(one, more),
        number(one.df, 1),
        chance(one.p),
    )


def _effects_table(one: Interruption, change: Change, found: Evidence) -> Table:
    unit = unit_of(found.result.series[0].period)
    header = (f"{unit.capitalize()}s after start", "Period", *_ESTIMATE, "Expected without it")
    return Table(
        f"Effects of {named(one)}, in {found.amounts.change}",
        (*header, "In per cent of that", "Evidence"),
        tuple(_effect_row(effect, found.amounts) for effect in change.effects),
        _NUMBERS - {1},
    )


def _effect_row(effect: Effect, amounts: Amounts) -> Row:
    low, high = number(effect.percent_low, 1), number(effect.percent_high, 1)
    share = "–" if effect.percent is None else f"{number(effect.percent, 1)} ({low} to {high})"
    return (
        str(effect.horizon),
        period_words(effect.period),
        *estimate_cells(effect, amounts),
        amounts.plain(effect.counterfactual),
        share,
        effect.evidence,
    )


def named(one: Interruption) -> str:
    """An interruption in words."""
    word = "entry" if one.kind == "entry" else "exit"
    return f"the {word} ({period_words(one.first_exposed)})"


def _totals_table(one: Interruption, change: Change, found: Evidence) -> Table:
    amounts, mean, total = found.amounts, change.mean_effect, change.cumulative
    span = number_of(mean.periods, unit_of(found.result.series[0].period))
    rows = [
        (f"Mean effect over {span}", *estimate_cells(mean, amounts), mean.evidence),
        (f"Sum of effects over {span}", *estimate_cells(total, amounts), total.evidence),
    ]
    if total.events is not None:
        in_number = Amounts("in number", "number", 0)
        cells = estimate_cells(total.events, in_number)
        rows.append(("The same in people or events", *cells, total.evidence))
    caption = f"Mean and cumulative effect of {named(one)}, to the end of the series"
    return Table(caption, ("What", *_ESTIMATE, "Evidence"), tuple(rows), _NUMBERS - {6})


def _flat_table(found: Evidence) -> Block:
    effects = found.result.effects_against_flat
    if not effects:
        return Paragraph("The model has no line before entry, so none is carried on after it.")
    rows = [(str(one.horizon), *estimate_cells(one, found.amounts)) for one in effects]
    caption = "The effects of the first interruption against a flat line before it"
    return Table(caption, ("Periods after start", *_ESTIMATE), tuple(rows), _NUMBERS)


def _slopes_table(found: Evidence) -> Table:
    rows = [(one.stretch, *estimate_cells(one, found.amounts, FINE)) for one in found.result.slopes]
    unit = unit_of(found.result.series[0].period)
    return Table(
        f"Slope per {unit} of each stretch", ("Stretch", *_ESTIMATE), tuple(rows), _NUMBERS
    )


def _coefficients_table(found: Evidence) -> Table:
    result = found.result
    scale = "" if result.link == "identity" else f", on the scale of the {result.link}"
    amounts = found.amounts if result.link == "identity" else Amounts("", "", 2)
    rows = [(one.term, *estimate_cells(one, amounts, FINE)) for one in result.coefficients]
    return Table(f"Coefficients{scale}", ("Term", *_ESTIMATE), tuple(rows), _NUMBERS)


def sensitivity_section(found: Evidence) -> Section:
    """The effects by other choices, a table for each interruption."""
    text = (
        "One choice is altered at a time, all others stay, and the same engine runs on the same rows. "
        "A choice that cannot be run says why."
    )
    tables = [
        _sensitivity_table(place, one, found)
        for place, one in enumerate(found.result.interruptions)
    ]
    blocks: list[Block] = [Paragraph(text), *tables]
    if not reaches_pandemic(found.result):
        blocks.append(Paragraph("No period of the pandemic lies in the series."))
    refused = [(one.name, one.refusal) for one in found.variants if one.refusal]
    if refused:
        blocks.append(Table("Choices that were refused", ("Choice", "Why"), tuple(refused)))
    return Section("Sensitivity", tuple(blocks))


def _sensitivity_table(place: int, one: Interruption, found: Evidence) -> Table:
    horizons = [effect.horizon for effect in found.result.changes[place][1].effects]
    unit = unit_of(found.result.series[0].period)
    header = (
        "Choice",
        "Scale",
        "Points before, after",
        "φ",
        *(f"{at} {unit}s after" for at in horizons),
    )
    rows = [_variant_row(variant, place, horizons, found) for variant in found.variants]
    caption = f"Effects of {named(one)} by choice, in {found.amounts.change}"
    return Table(caption, header, tuple(rows), frozenset(range(2, len(header))))


def _variant_row(variant: Variant, place: int, horizons: list[int], found: Evidence) -> Row:
    name = f"{variant.name} (this run)" if variant.is_run else variant.name
    result = variant.result
    if result is None:
        return (name, "refused", "–", "–", *("–" for _ in horizons))
    order = f", order {result.order[0]}, {result.order[1]}" if result.order else ""
    scale = f"{result.family}, {result.link}{order}"
    points = f"{result.n_pre}, {result.n_post}"
    cells = _variant_effects(result, place, horizons, found.amounts)
    return (name, scale, points, number(result.phi), *cells)


def _variant_effects(
    result: Result, place: int, horizons: list[int], amounts: Amounts
) -> Iterator[str]:
    changes = result.changes
    effects = changes[place][1].effects if place < len(changes) else ()
    by_horizon = {one.horizon: one for one in effects}
    for one in map(by_horizon.get, horizons):
        yield "–" if one is None else f"{amounts.signed(one.estimate)} ({amounts.interval(one)})"


def detectable_section(found: Evidence) -> Section:
    """The smallest effect that a series like this shows four times in five."""
    alpha, amounts = found.spec.alpha, found.amounts
    unit = unit_of(found.result.series[0].period)
    effects = [(one, effect) for one, change in found.result.changes for effect in change.effects]
    rows = [
        (
            f"{named(one)}, {number_of(effect.horizon, unit)} after",
            amounts.plain(found.detectable(one.interruption, effect)),
            amounts.plain(detectable(effect.se, alpha)),
        )
        for one, effect in effects
    ]
    text = (
        "With correlation and spread of errors as fitted, an effect of this size would have an interval "
        f"without 0 in 80 of 100 such series. {_how_found(found)} An uncertain effect says nothing about "
        "smaller ones."
    )
    header = ("Effect", f"Detectable, {amounts.change}", "By the formula")
    table = Table("Minimum detectable effect", header, tuple(rows), frozenset({1, 2}))
    return Section("Minimum detectable effect", (Paragraph(text), table, *_beside_gap(found)))


def _how_found(found: Evidence) -> str:
    if all(one.simulated is None for one in found.least):
        return "It is by the formula, which takes correlation and spread as known."
    return (
        f"It is by {REPS:,} made series (seed {SEED}), each fitted as this one; the formula takes "
        "correlation and spread as known, which is too hopeful for short series."
    )


def _beside_gap(found: Evidence) -> list[Block]:
    """The first effect's detectable size beside the gap to others before entry, where that is known."""
    gap = found.background.gap if found.background else None
    effects = found.result.effects
    if gap is None or not effects:
        return []
    size = f"{found.amounts.signed(gap)} {found.amounts.change}"
    text = (
        f"In the last period used before entry the figure stood {size} from the median of its type."
    )
    told = power_warnings(found.detectable(1, effects[0]), gap, found.amounts.change)
    return [Paragraph(text), *(Paragraph(one["message"], is_notice=True) for one in told)]
