"""How long control charts take: limits, rules and icons of as many series as a page of signals asks for."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from indicators.stats.control_chart import control_charts

SERIES, POINTS = 15_000, 60


def jobs() -> dict[str, tuple[Callable[[], object], int]]:
    """What to time and how often."""
    frame = _series()
    return {"icons of 15,000 series of 60": (lambda: control_charts(frame), 5)}


def _series() -> pd.DataFrame:
    """Noise about 50, higher better, target 50."""
    value = np.random.default_rng(1).normal(50, 5, SERIES * POINTS)
    names = [f"s{number}" for number in range(SERIES)]
    given = {"phase": 0, "improvement": 1, "target": 50.0}
    return pd.DataFrame({"series": np.repeat(names, POINTS), "value": value}).assign(**given)
