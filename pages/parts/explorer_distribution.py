"""The distribution view of the Explorer: how one indicator spreads over organisations."""

from collections.abc import Callable

from indicators.definition import Indicator


def show_distribution(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    write_head(indicator.short_title)
