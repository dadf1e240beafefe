"""Series and designs made for tests of interrupted time series."""

from typing import Any

import numpy as np

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.design import Design, build
from indicators.stats.its.observed import Observed
from indicators.stats.its.specification import Specification

MONTHS, QUARTERS, BARE = Calendar(12), Calendar(4), Calendar(None)


def month(text: str) -> int:
    """`2021-07` as months count."""
    return MONTHS.of_month(int(text[:4]), int(text[5:]))


def months(first: str, number: int) -> np.ndarray:
    return np.arange(month(first), month(first) + number)


def bare(*interruptions: int, **fields: Any) -> Specification:
    """A specification on bare numbers."""
    return Specification(BARE, interruptions, **fields)


def monthly(*interruptions: str, **fields: Any) -> Specification:
    return Specification(MONTHS, tuple(map(month, interruptions)), **fields)


def column(design: Design, term: str) -> list[float]:
    return design.x[:, design.terms.index(term)].tolist()


def numbers(n: int, *interruptions: int, **fields: Any) -> Design:
    """The design of a series at 1 … n."""
    return build(bare(*interruptions, **fields), np.arange(1, n + 1))


def noisy(n: int, *, seed: int = 1, step: float = 2.0, at: int | None = None) -> Observed:
    """A line with a step in the middle (or `at`) and noise, at 1 … n."""
    count = np.arange(1, n + 1)
    noise = np.random.default_rng(seed).normal(0, 1, n)
    after = count >= (n // 2 + 1 if at is None else at)
    return Observed(count, 50 + 0.1 * count + step * after + noise)
