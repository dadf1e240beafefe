"""The list of signals: who, what in plain words, since when, and the way to the control chart."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from indicators.definition import Indicator
from indicators.radar_feed import chart_link
from indicators.radar_words import KIND_WORDS, direction_words, sentences, told_together
from pages.charts.layers.rows import rows_of

_STYLE = (
    "<style>.ot-radar h2 { margin: 0.9rem 0 0.2rem 0; padding: 0; font-size: 1rem !important; }"
    ".ot-radar ul { list-style: none; margin: 0; padding: 0; }"
    ".ot-radar li { border-top: 1px solid rgba(128,140,150,.35); padding: 0.4rem 0; font-size: 0.95rem;"
    " line-height: 1.4; max-width: 66rem; margin: 0; }"
    ".ot-radar .ot-went { font-weight: 600; white-space: nowrap; }"
    ".ot-radar .ot-size { opacity: 0.86; white-space: nowrap; font-variant-numeric: tabular-nums; }"
    ".ot-radar span.ot-says { display: block; }</style>"
)
_SIGNS = {"worse": "◆", "better": "●", "neutral": "■"}
"""The marks of the control chart: concern, improvement, neither."""
_EXPORTED = {
    "signal_id": "signal",
    "org_code": "org_code",
    "organisation": "organisation",
    "org_type": "org_type",
    "region": "region",
    "indicator_id": "indicator_id",
    "indicator": "indicator",
    "direction": "direction",
    "kind_words": "kind",
    "is_new": "is_new",
    "since": "since",
    "period": "latest_period",
    "before": "before",
    "value": "latest_value",
    "percentile_before": "percentile_before",
    "percentile": "percentile",
    "peers": "peers",
    "size": "size_in_standard_deviations",
    "says": "in_words",
}


def signals_told(
    signals: pd.DataFrame, indicators: Mapping[str, Indicator], organisations: pd.DataFrame
) -> pd.DataFrame:
    """The signals with names, kind and direction in words, and a sentence each."""
    names = {key: indicator.short_title for key, indicator in indicators.items()}
    beside = organisations.loc[signals["org_code"], ["short_name", "org_type", "region"]]
    return signals.assign(
        organisation=beside["short_name"].to_numpy(),
        org_type=beside["org_type"].to_numpy(),
        region=beside["region"].to_numpy(),
        indicator=signals["indicator_id"].map(names),
        kind_words=signals["kind"].map(KIND_WORDS),
        went=[
            direction_words(direction, test)
            for direction, test in zip(signals["direction"], signals["test"], strict=True)
        ],
        says=sentences(signals, indicators, organisations["org_type"]),
    )


def table_of(told: pd.DataFrame) -> pd.DataFrame:
    """The signals as the table and its CSV have them."""
    return told[list(_EXPORTED)].rename(columns=_EXPORTED)


def list_of(told: pd.DataFrame, by: str, order: str, most: int | None) -> tuple[str, int, int]:
    """The list in groups, how many series it names, and how many there are.

    `by`: `indicator` or `organisation`; `order`: `size` (largest first) or `recency` (latest figures, then
    the latest beginning, first). Groups stand in the order of their first series; `most` None: all series.
    """
    columns = {"size": ["size"], "recency": ["period", "since", "size"]}[order]
    ordered = told_together(told).sort_values(columns, ascending=False, kind="stable")
    by_series: dict[tuple[str, str], list[Any]] = {}
    for row in rows_of(ordered):
        by_series.setdefault((row.indicator_id, row.org_code), []).append(row)
    there_are = len(by_series)
    named = "organisation" if by == "indicator" else "indicator"
    by_name: dict[str, list[str]] = {}
    for rows in list(by_series.values())[:most]:
        by_name.setdefault(getattr(rows[0], by), []).append(_item(rows, named))
    groups = [
        f"<h2>{escape(name)}</h2><ul>{''.join(items)}</ul>" for name, items in by_name.items()
    ]
    number = there_are if most is None else min(most, there_are)
    return f'{_STYLE}<div class="ot-radar">{"".join(groups)}</div>', number, there_are


def _item(rows: list[Any], named: str) -> str:
    """One series: its name with the way to its chart, and a sentence per test."""
    first = rows[0]
    link = escape(chart_link(first.org_code, first.indicator_id))
    says = "".join(
        f'<span class="ot-says">{_SIGNS[row.direction]} <span class="ot-went">'
        f"{escape(row.went.capitalize())}</span>: {escape(row.says)}</span>"
        for row in rows
    )
    return (
        f'<li><a href="{link}" target="_self">{escape(getattr(first, named))}</a> '
        f'<span class="ot-size">(size {max(row.size for row in rows):.1f})</span>{says}</li>'
    )
