"""A made organisation: five years of figures, its peers, one spell, and the chart of them."""

from datetime import date

import pandas as pd

from pages.charts.theme import LIGHT
from pages.charts.trajectory import IndicatorText, draw_trajectory

SPAN = (date(2019, 1, 1), date(2024, 1, 1))
NAN, NAT = float("nan"), pd.NaT
A_AND_E = IndicatorText("A&E within 4 hours", "percent", "higher", "per cent of attendances")


def monthly(start="2019-01-01", months=60, value=70.0):
    return pd.DataFrame(
        {
            "period_start": pd.date_range(start, periods=months, freq="MS"),
            "value": [value + month % 12 for month in range(months)],
        }
    )


def figures(**changed):
    frame = monthly().assign(
        missing_reason=None,
        numerator=7123.0,
        denominator=10000.0,
        basis="full extract",
        source_title="A&E monthly",
        file_name="April.csv",
    )
    return frame.assign(**changed)


def peers(value=80.0):
    frame = monthly(value=value).rename(columns={"value": "median"})
    return frame.assign(p10=frame["median"] - 10, p90=frame["median"] + 8, n=118)


def spells(*changes):
    plain = {
        "programme_short": "RSP",
        "entered_earliest": pd.Timestamp(2021, 7, 1),
        "entered_latest": pd.Timestamp(2021, 7, 31),
        "entered_label": "Jul 2021",
        "left_earliest": pd.Timestamp(2022, 3, 16),
        "left_latest": pd.Timestamp(2022, 3, 16),
        "left_label": "Mar 2022",
        "last_known_in": NAT,
        "last_known_label": None,
    }
    return pd.DataFrame([plain | change for change in changes], columns=[*plain])


OPEN_ENDED = {"left_earliest": NAT, "left_latest": NAT, "left_label": None}
NO_ENTRY = {"entered_earliest": NAT, "entered_latest": NAT, "entered_label": None}
STANDARDS = pd.DataFrame(
    {
        "on": pd.to_datetime(["2010-06-01", "2021-03-01", "2023-03-01"]),
        "value": [95.0, 76.0, 78.0],
        "label": ["standard 95 %", "ambition 76 %", "ambition 78 %"],
        "kind": ["standard", "ambition", "ambition"],
    }
)
BREAKS = pd.DataFrame(
    {
        "on": pd.to_datetime(["2023-05-01", "2020-08-01", "2018-01-01"]),
        "label": ["Return", "Booked appointments counted", "Earlier"],
    }
)


def drawn(tokens=LIGHT, compact=False, **frames):
    given = {
        "series": figures(),
        "peers": peers(),
        "england": monthly(value=78.0),
        "spells": spells(),
        "standards": STANDARDS.iloc[:0],
        "breaks": BREAKS.iloc[:0],
        "indicator": A_AND_E,
        "span": SPAN,
    } | frames
    names = {"focus_name": "Shrewsbury and Telford", "peers_name": "acute trusts"}
    return draw_trajectory(**given, **names, tokens=tokens, compact=compact).to_dict()
