"""What an interrupted time series is asked by default: the same for one series and for all, by its period."""

HORIZONS = {1: (0, 6, 12), 3: (0, 2, 4), 12: (0, 1)}
"""Periods after the start, by the months of a period: effects at once, half a year and a year later."""
ANTICIPATION = {1: 2, 3: 1, 12: 1}
"""Periods left out before entry, by the months of a period: two months, as entry is usually signalled."""
