"""The control-chart view of the Explorer: one organisation, its limits, rules broken and icons."""

from collections.abc import Callable

from indicators.definition import Indicator


def show_control_chart(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    write_head(indicator.short_title)
