"""A synthetic control made by hand: 36 months, entry after 24 of them, two placebos."""

from datetime import date
from typing import Any

import pandas as pd

from pages.charts.interrupted import Interruption
from pages.charts.layers.formats import IndicatorText
from pages.charts.synthetic import Drawing, gap_text_of

TEXT = IndicatorText("", "percent", "higher", "per cent")
SPAN = (date(2020, 1, 1), date(2023, 1, 1))
ENTRY = Interruption(pd.Timestamp("2022-01-01"), is_entry=True, happened=pd.Timestamp("2021-12-20"))
DRAWING = Drawing("Own Trust", TEXT, gap_text_of(TEXT, "points"), ENTRY, SPAN)
STARTS = pd.date_range("2020-01-01", periods=36, freq="MS")


def series(passes: bool = True) -> pd.DataFrame:
    """The control is 60 throughout; the organisation 61 before entry, and 65 from then on."""
    after = ENTRY.on <= STARTS
    frame = pd.DataFrame(
        {"period_start": STARTS, "value": [65.0 if late else 61.0 for late in after]}
    )
    frame = frame.assign(synthetic=60.0, gap=frame["value"] - 60)
    return frame if passes else frame.mask(pd.Series(after), frame.assign(synthetic=None, gap=None))


def placebos(number: int = 2, starts: pd.DatetimeIndex = STARTS) -> pd.DataFrame:
    names = [f"Trust {place}" for place in range(number)]
    rows = [(name, start, float(place)) for place, name in enumerate(names) for start in starts]
    return pd.DataFrame(rows, columns=["name", "period_start", "gap"])


def result(**fields: Any) -> dict[str, Any]:
    """A result in which 1 of 38 placebos is as large, so that p is 2 / 39."""
    rows = [
        {"period": f"{start:%Y-%m}", "value": row.value, "synthetic": row.synthetic, "gap": row.gap}
        for start, row in zip(STARTS, series().itertuples(), strict=True)
    ]
    usual = {"limit": 5.0, "p": 2 / 39, "floor": 1 / 39, "kept": 38, "as_large": 1}
    return {
        "form": "demeaned",
        "n_pre": 24,
        "n_post": 12,
        "n_donors": 38,
        "weights": {"RAA": 0.6, "RBB": 0.3998, "RCC": 0.0002},
        "att": 4.0,
        "fit": {"label": "fair", "share": 0.3, "passes": True},
        "difference_in_differences": -1.5,
        "placebos": {
            "by_limit": [
                {"limit": 2.0, "p": None, "floor": None, "kept": 0, "as_large": 0},
                usual,
                {"limit": None, "p": 0.05, "floor": 1 / 40, "kept": 39, "as_large": 1},
            ],
            "ratio": 3.0,
            "units": [],
        },
        "placebo_in_time": {"interruption": "2021-01", "att": -0.5, "ratio": 1.0},
        "leave_one_out": [{"unit": "RAA", "att": 3.0}, {"unit": "RBB", "att": 5.5}],
        "left_out": ["RDD"],
        "series": rows,
    } | fields
