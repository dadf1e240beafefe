"""The trajectory view of the Explorer: one organisation beside its peers, month by month."""

from collections.abc import Callable

from indicators.definition import Indicator


def show_trajectory(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    write_head(indicator.short_title)
