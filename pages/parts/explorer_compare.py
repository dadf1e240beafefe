"""The compare view of the Explorer: up to six organisations on one chart."""

from collections.abc import Callable

from indicators.definition import Indicator


def show_compare(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    write_head(indicator.short_title)
