"""How long one document of an interrupted time series takes: what the page shows of a fixed specification.

That is the run itself (fit, diagnostics and every placebo in time, 20 and more where there is room) and all
five estimators side by side.
"""

import time
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.its_before import variant_of
from indicators.analyses.own_data import OwnData
from indicators.analyses.running import prepare, run
from pages.parts.its.sensitivity import method_changes

LIMIT = 0.5
"""Seconds of processor time within which one document is to be done."""
RUNS = 5
_HORIZON = 6


def documents() -> dict[str, tuple[dict[str, Any], OwnData | None]]:
    """By name: published series of months and of quarters, and made ones, short and long."""
    short, long = made_rows(24, "2022-01"), made_rows(150, "2010-01")
    trust = {"analysis": "its", "org": "RXW", "anticipation": 2, "covid": "none"}
    four_hours = {**trust, "indicator": "ae_4h_all", "interruptions": ["2021-07", "2026-03"]}
    sickness = {**trust, "indicator": "sickness", "interruptions": ["2022-Q1"]}
    twice = {"analysis": "its", "covid": "none", "interruptions": ["2014-01", "2018-01"]}
    return {
        "120 months of four hours": (four_hours, None),
        "60 quarters of sickness": (sickness, None),
        "24 months": ({"analysis": "its", "interruptions": ["2023-01"]}, short),
        "150 months, two interruptions": (twice, long),
        "150 months by ARIMA, orders looked for": (twice | {"method": "arima"}, long),
    }


def made_rows(n: int, first: str) -> OwnData:
    """Months of errors alike by 0.4 about a wave a year."""
    made = np.random.default_rng(n).standard_normal(n)
    for at in range(1, n):
        made[at] += 0.4 * made[at - 1]
    value = 50 + 2 * made + 3 * np.sin(np.arange(n) * np.pi / 6)
    months = pd.period_range(first, periods=n, freq="M").astype(str)
    rows = pd.DataFrame({"period": months, "value": [f"{one:.3f}" for one in value]})
    return OwnData("made.csv", rows.set_axis(range(2, n + 2)))


def times() -> dict[str, list[float]]:
    """Processor seconds by document, from reading the rows on; the first of each is not counted."""
    measured = {}
    for name, (document, data) in documents().items():
        whole = [_processor(document, data) for _ in range(1 + RUNS)]
        measured[f"its: {name} (processor)"] = whole[1:]
    return measured


def _processor(document: dict[str, Any], data: OwnData | None) -> float:
    begun = time.process_time()
    everything(document, data)
    return time.process_time() - begun


def everything(document: dict[str, Any], data: OwnData | None) -> dict[str, Any]:
    """The result of a document, and beside it (`estimators`) the effect of every estimator."""
    prepared = prepare(document, data)
    variants = [variant_of(prepared, changes, _HORIZON) for changes in method_changes()]
    return run(prepared) | {"estimators": variants}
