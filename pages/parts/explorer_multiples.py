"""The multiples view of the Explorer: every organisation in a programme, a small chart each."""

from collections.abc import Callable

from indicators.definition import Indicator


def show_multiples(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    write_head(indicator.short_title)
