"""Made series for the radar: some acute trusts, one or two indicators, values by month."""

from collections.abc import Mapping, Sequence

import pandas as pd

from indicators.charted import chart_values
from indicators.definition import Indicator
from indicators.radar import Radar, radar_of
from indicators.registry import load_all
from settings import Settings

CATALOGUE = load_all(Settings().catalogue_dir)
QUIET = [50.0, 51.0] * 12
"""Two years without a signal."""


def organisations(codes: Sequence[str], **changes: object) -> pd.DataFrame:
    frame = pd.DataFrame({"org_code": list(codes), "org_type": "acute", "closed_on": pd.NaT})
    return frame.assign(short_name=frame["org_code"] + " & Sons", region="London", **changes)


def values(
    series: Mapping[str, Sequence[float]], numerator: float = 1000, last: str = "2026-05-01"
) -> pd.DataFrame:
    """Monthly rows by organisation, all ending in the same month."""
    parts = []
    for org, figures in series.items():
        starts = pd.date_range(end=last, periods=len(figures), freq="MS")
        frame = pd.DataFrame({"org_code": org, "period_start": starts, "value": figures})
        parts.append(frame.assign(numerator=float(numerator), denominator=2000.0))
    return pd.concat(parts, ignore_index=True)


def radar(rows: Mapping[str, pd.DataFrame], everyone: pd.DataFrame | None = None) -> Radar:
    """The radar of rows by indicator, of acute trusts unless said otherwise."""
    codes = sorted({code for frame in rows.values() for code in frame["org_code"]})
    charts = {key: chart_values(frame, known(key)) for key, frame in rows.items()}
    return radar_of(charts, CATALOGUE, organisations(codes) if everyone is None else everyone)


def known(key: str) -> Indicator:
    return CATALOGUE[key]
