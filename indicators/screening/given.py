"""The figures of an analysis `screen`: those of one indicator, or of all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from indicators.analyses.published_series import indicator_named
from indicators.analyses.refusal import Refusal
from indicators.content import digest
from indicators.registry import load_all
from indicators.screening.context import Context, Figures, read_context, read_figures
from indicators.screening.screen import with_figures
from settings import Settings


@dataclass(frozen=True)
class ScreenRows:
    """`content`: by indicator the SHA-256 of its figures, and of what all share (`""`).

    That alone is what a run's record boils down; figures of all indicators are too many to do so at once.
    """

    content: Mapping[str, str]
    context: Context = field(compare=False)
    figures: tuple[Figures, ...] = field(compare=False)


def digest_of(content: Mapping[str, str]) -> str:
    """What a run's record says of the data, as `digest` of the rows themselves."""
    return digest({"content": content})


def screen_rows(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> ScreenRows:
    """The figures of the indicator that a document names, or of all that have any.

    Refusal where there is no such indicator, or none of its figures is published.
    """
    indicators = load_all(Settings().catalogue_dir)
    if spec.indicator is not None:
        indicators = {spec.indicator: indicator_named(spec.indicator)}
    names = with_figures(warehouse, indicators)
    if not names:
        raise Refusal("NEEDS_DATA", f"indicator: no figure of {spec.indicator} is published.")
    context = read_context(warehouse)
    figures = tuple(read_figures(warehouse, indicators[name], context) for name in names)
    content = {one.indicator.indicator_id: digest(one) for one in figures}
    return ScreenRows({"": digest(context)} | content, context, figures)
