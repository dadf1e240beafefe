"""Made series of a person's own for the analysis `its`, and how they are run."""

from pathlib import Path
from typing import Any

import numpy as np

from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own

NOISE = np.random.default_rng(11).normal(0, 1, 200).round(2)
DOCUMENT = {"analysis": "its", "interruptions": ["2014-01"], "method": "ols", "seasonality": "none"}


def month(t: int, first: int = 2012) -> str:
    return f"{first + (t - 1) // 12}-{(t - 1) % 12 + 1:02d}"


def values(n: int, step: float = 3.0, at: int = 25) -> list[float]:
    """A line with a step at the `at`th month and noise."""
    return [round(60 + 0.1 * t + step * (t >= at) + NOISE[t], 2) for t in range(1, n + 1)]


def rows(given: list[float], first: int = 2012) -> list[str]:
    lines = [f"{month(t, first)},{value}" for t, value in enumerate(given, start=1)]
    return ["period,value", *lines]


def run(folder: Path, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse(DOCUMENT | fields, own(folder, *lines))


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]
