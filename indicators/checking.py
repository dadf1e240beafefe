"""Checking the catalogue against what its files refer to: sources that are read, the frameworks' lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data_sources.reference_tables import load_reference
from data_sources.registry import sources
from indicators.consistency import Fault, Told
from indicators.definition import Era, Indicator
from indicators.registry import examine

_FORMULAS: dict[str, Era] = {"NOF 2025/26": "R2"}
"""Frameworks whose segments are computed from their metrics, and whose list of metrics is known."""
_NOT_SCORED = "Summary"
"""Where the lists put what is computed from the scores, not scored itself."""


@dataclass(frozen=True)
class Known:
    """What catalogue files may refer to.

    `metrics` is the reference table `oversight_metrics`: `framework, code, metric, theme` and more, all text,
    `code` empty where it is not public.
    """

    source_ids: frozenset[str]
    metrics: pd.DataFrame


@dataclass(frozen=True)
class Findings:
    """How many indicators could be read, what is wrong with the catalogue, and what wants attention."""

    number: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def known_here(reference_dir: Path) -> Known:
    """The publications that have a module, and the metrics in the reference tables of a folder."""
    return Known(frozenset(sources()), load_reference(reference_dir)["oversight_metrics"])


def check_catalogue(folder: Path, known: Known, today: date) -> Findings:
    """Every fault of every file.

    A review that was due before `today` is a warning: the file is as right as it was, and a day that passes
    must not stop anyone's work.
    """
    indicators, faults = examine(folder)
    for indicator in indicators.values():
        told = [*_of_source(indicator, known), *_of_frameworks(indicator, known.metrics)]
        faults += [Fault(f"{indicator.indicator_id}.toml", *one) for one in told]
    overdue = [one for one in indicators.values() if one.review.next_review < today]
    warnings = [
        Fault(f"{one.indicator_id}.toml", "review.next_review", "the review is overdue")
        for one in overdue
    ]
    return Findings(len(indicators), tuple(faults), tuple(warnings))


def _of_source(indicator: Indicator, known: Known) -> Told:
    measures = indicator.measures
    if measures.source in known.source_ids:
        if measures.publication:
            yield "from.publication", "the source is read, and has its title from there"
    elif not measures.publication:
        yield "from.source", f"no source {measures.source!r} is read, and no publication is named"
    elif indicator.review.status != "awaiting_data":
        yield "review.status", "must be 'awaiting_data' while the source is not read"
    other = measures.denominator_source
    if other and other not in known.source_ids:
        yield "from.denominator_source", f"no source {other!r} is read"


def _of_frameworks(indicator: Indicator, metrics: pd.DataFrame) -> Told:
    yield from _unlisted(indicator, metrics)
    codes = [indicator.oversight_code] if indicator.oversight_code else []
    own = metrics[metrics["code"].isin(codes) | metrics["metric"].isin(indicator.oversight_names)]
    scored = own[own["theme"] != _NOT_SCORED]
    for framework, era in _FORMULAS.items():
        says_so = era in indicator.in_segment_formula
        if framework in set(scored["framework"]) and not says_so:
            yield "in_segment_formula", f"{era} is missing: {framework} scores this metric"
        if says_so and framework not in set(own["framework"]):
            yield "in_segment_formula", f"{era}: no metric of {framework} is named"


def _unlisted(indicator: Indicator, metrics: pd.DataFrame) -> Iterator[tuple[str, str]]:
    code = indicator.oversight_code
    if code and code not in set(metrics["code"]):
        yield "oversight_code", f"no framework's list has {code!r}"
    uncoded = set(metrics.loc[metrics["code"] == "", "metric"])
    for name in indicator.oversight_names:
        if name not in uncoded:
            yield "oversight_names", f"no framework's list has {name!r} without a code"
