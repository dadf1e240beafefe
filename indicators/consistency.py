"""Rules that the fields of a catalogue file keep among each other, and the files of a catalogue together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indicators.definition import BELOW_ZERO, Indicator

Told = Iterator[tuple[str, str]]
"""Fields, each with what is wrong with it."""

_YEAR = 12
_SHARES = ("percent", "signed_percent")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, or wants attention, in a field of a catalogue file; `field` may be empty."""

    file: str
    field: str
    said: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.field, self.said) if part)


def contradictions(indicator: Indicator) -> Told:
    """Every field of one indicator that does not go with the others."""
    for rule in _RULES:
        yield from rule(indicator)


def clashes(indicators: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Fields that must differ from file to file and do not, told of the later file."""
    for field, of in _DISTINCT.items():
        first: dict[object, str] = {}
        for indicator_id, indicator in indicators.items():
            value = of(indicator)
            other = first.setdefault(value, indicator_id)
            if value is not None and other != indicator_id:
                yield Fault(f"{indicator_id}.toml", field, f"the same as in {other}.toml")


def unpaired(indicators: Mapping[str, Indicator]) -> Iterator[Fault]:
    """Indicators paired with none that there is, or with one that has no better side."""
    for indicator_id, indicator in indicators.items():
        paired = indicator.paired_with
        if paired is None:
            continue
        other = indicators.get(paired)
        if other is None or paired == indicator_id:
            yield Fault(f"{indicator_id}.toml", "paired_with", f"{paired} is no other indicator")
        elif "neither" in (indicator.better, other.better):
            yield Fault(f"{indicator_id}.toml", "paired_with", "both need a better side")


def _measured(indicator: Indicator) -> object:
    return indicator.measures.model_dump_json()


_DISTINCT: dict[str, Callable[[Indicator], object]] = {
    "order": lambda indicator: indicator.order,
    "title": lambda indicator: indicator.title,
    "short_title": lambda indicator: indicator.short_title,
    "oversight_code": lambda indicator: indicator.oversight_code,
    "from": _measured,
}
"""What no two indicators share: a copied file whose measures were left as they were is a second name for
the same figures."""


def _in_measures(indicator: Indicator) -> Told:
    measures = indicator.measures
    if indicator.unit in _SHARES and measures.denominator and measures.scale != 100:
        yield "from.scale", f"a percent with a denominator needs 100, not {measures.scale:g}"
    if measures.denominator_source and not measures.denominator:
        yield "from.denominator_source", "there is no denominator"


def _in_words(indicator: Indicator) -> Told:
    if indicator.measures.denominator and not indicator.denominator_text:
        yield "denominator_text", "must say what the denominator is"
    elif indicator.unit == "percent" and not indicator.denominator_text:
        yield "denominator_text", "must say what it is a percentage of"
    if len(set(indicator.org_levels)) < len(indicator.org_levels):
        yield "org_levels", "names a level twice"
    if len({tag.casefold() for tag in indicator.tags}) < len(indicator.tags):
        yield "tags", "has a word twice"


def _in_periods(indicator: Indicator) -> Told:
    """Figures over several years, as of rare deaths, come once a year."""
    window = indicator.rolling_k * indicator.step_months
    if window > _YEAR and indicator.step_months < _YEAR:
        periods = f"{indicator.rolling_k} {indicator.cadence}s"
        yield "rolling_k", f"{periods} are {window} months: a window is a year at most"
    if indicator.overlap and indicator.rolling_k > 1:
        yield "overlap", "follows from rolling_k: give one of them"
    if indicator.shared_periods and not indicator.radar_exclusion:
        yield "radar_exclusion", "must say that neighbouring figures share data"


def _in_quality(indicator: Indicator) -> Told:
    quality = indicator.quality
    if quality.range and not quality.range[0] < quality.range[1]:
        yield "quality.range", "must begin below its end"
    if quality.range and quality.range[0] < 0 and indicator.unit not in BELOW_ZERO:
        yield "quality.range", f"begins below 0, where no {indicator.unit} can lie"
    if quality.min_denominator and not indicator.measures.denominator:
        yield "quality.min_denominator", "there is no denominator"


def _in_standards(indicator: Indicator) -> Told:
    days = [(standard.on, standard.kind) for standard in indicator.standards]
    if days != sorted(days, key=lambda day: day[0]):
        yield "standard", "must be in order of date"
    if len(set(days)) < len(days):
        yield "standard", "has two of a kind on one day"
    if indicator.standards and indicator.better == "neither":
        yield (
            "better",
            "'neither' leaves open on which side of its standard an indicator should lie",
        )
    low, high = _possible(indicator)
    for number, standard in enumerate(indicator.standards):
        if not low <= standard.value <= high:
            yield f"standard.{number}.value", f"{standard.value:g} is no possible value"


def _possible(indicator: Indicator) -> tuple[float, float]:
    """The values that the indicator can have, inclusive."""
    if indicator.quality.range:
        return indicator.quality.range
    lowest = float("-inf") if indicator.unit in BELOW_ZERO else 0
    return lowest, 100 if indicator.unit == "percent" else float("inf")


def _in_breaks(indicator: Indicator) -> Told:
    days = [item.on for item in indicator.breaks]
    if days != sorted(set(days)):
        yield "break", "must be in order of date, one for a day"


def _in_review(indicator: Indicator) -> Told:
    review = indicator.review
    if review.reviewed_on >= review.next_review:
        yield "review.next_review", "must be after reviewed_on"
    if review.checker == review.author:
        yield "review.checker", "must be a second person"


_RULES = (
    *(_in_periods, _in_words, _in_measures),
    *(_in_standards, _in_breaks, _in_quality, _in_review),
)
