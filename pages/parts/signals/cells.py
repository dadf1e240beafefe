"""The cells of the grid of Signals: what chart, table and export show of each organisation and indicator."""

import pandas as pd

from indicators.signal_totals import signal_totals
from indicators.stats.icons import NO_ICON
from indicators.writing import rule_words
from pages.charts.control_chart import NO_RULE
from pages.charts.icon_grid import Grid
from pages.charts.icons import ASSURANCE_WORDS, VARIATION_WORDS
from pages.charts.layers.formats import format_span, format_value
from pages.parts.indicators import GROUP_WORDS, catalogue

OLD_MONTHS = 6
"""A series whose last figure is more than so many months older than the indicator's latest, or whose
organisation has closed, is drawn faint and not counted."""
EXPORTED = {
    "org_code": "org_code",
    "organisation": "organisation",
    "indicator_id": "indicator_id",
    "indicator": "indicator",
    "theme": "theme",
    "variation": "variation_icon",
    "why_empty": "why_no_icon",
    "assurance": "assurance_icon",
    "rules_hit": "rules_hit",
    "last_period": "last_period",
    "period_start": "period_start",
    "value": "value",
    "mean": "mean",
    "lower": "lower_limit",
    "upper": "upper_limit",
    "target": "target",
    "points": "points",
    "is_old": "old_or_closed",
}
"""Columns of the export, and what it calls them."""

_TOTALS = [
    *("code", "name", "series", "end_in_a_signal", "improvement", "concern", "neither_side_better"),
    "expected_by_chance",
]


def cells_of(icons: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """The icons of `organisations` (by code, `short_name`) with all that hover, table and export say of them.

    In the order of the organisations and, in each, of themes and catalogue. `icons`: as `all_icons()` gives
    them, of every organisation, so that the latest period of each indicator is known.
    """
    latest = icons.groupby("indicator_id")["period_start"].max()
    order = {code: place for place, code in enumerate(organisations.index)}
    places = {key: place for place, key in enumerate(shown_indicators(icons))}
    cells = icons[icons["org_code"].isin(order)].assign(
        row=lambda rows: rows["org_code"].map(order),
        column=lambda rows: rows["indicator_id"].map(places),
    )
    cells = cells.sort_values(["row", "column"], ignore_index=True).drop(columns=["row", "column"])
    begun = cells["indicator_id"].map(latest)
    is_closed = cells["org_code"].map(organisations["closed_on"]).notna()
    is_late = cells["period_start"] < begun - pd.DateOffset(months=OLD_MONTHS)
    return _in_words(cells, organisations["short_name"].to_dict()).assign(
        is_old=is_late | is_closed
    )


def _in_words(cells: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    indicators = catalogue()
    known = [indicators[key] for key in cells["indicator_id"]]
    words = rule_words()
    units = [indicator.unit for indicator in known]
    written = {
        f"shown_{name}": [format_value(v, u) for v, u in zip(cells[name], units, strict=True)]
        for name in ("value", "mean", "lower", "upper")
    }
    ends = zip(written.pop("shown_lower"), written.pop("shown_upper"), strict=True)
    steps = zip(cells["period_start"], known, strict=True)
    return cells.assign(
        organisation=cells["org_code"].map(names) + " (" + cells["org_code"] + ")",
        indicator=[indicator.short_title for indicator in known],
        group=[indicator.group for indicator in known],
        theme=[GROUP_WORDS[indicator.group] for indicator in known],
        last_period=[format_span(start, indicator.step_months) for start, indicator in steps],
        variation_words=[
            f"No icon: {why}" if why else VARIATION_WORDS[name]
            for name, why in zip(cells["variation"], cells["why_empty"], strict=True)
        ],
        assurance_words=cells["assurance"].map(ASSURANCE_WORDS),
        rules_hit=["; ".join(rules) for rules in cells["rules"]],
        rules_words=[
            "; ".join(map(words.__getitem__, rules)) or NO_RULE for rules in cells["rules"]
        ],
        **written,
        shown_limits=[f"{low} to {high}" for low, high in ends],
    )


def totals_words(totals: pd.DataFrame) -> pd.Series:
    """`3 of 61 signal; 1.2 expected by chance`, for each row of `signal_totals`."""
    said = [
        f"{row.signals} of {row.series} signal; {row.expected:.1f} expected by chance"
        for row in totals.itertuples()
    ]
    return pd.Series(said, totals.index, dtype=object)


def grid_of(cells: pd.DataFrame, organisations: pd.DataFrame) -> Grid:
    """The grid of some cells: `organisations` in their order, indicators in that of the catalogue."""
    by_org = signal_totals(cells, ["org_code"])
    by_indicator = signal_totals(cells, ["indicator_id"])
    counts = by_org["signals"].astype(str) + " of " + by_org["series"].astype(str)
    counts = counts.where(by_org["series"] > 0, "none now")
    rows = pd.DataFrame(
        {
            "org_code": organisations.index,
            "label": organisations["short_name"].to_numpy(),
            "total": organisations.index.map(counts).fillna("no figures"),
        }
    )
    told = cells.assign(
        of_organisation=cells["org_code"].map(totals_words(by_org)),
        of_indicator=cells["indicator_id"].map(totals_words(by_indicator)),
    )
    return Grid(rows, _columns(cells), told)


def _columns(cells: pd.DataFrame) -> pd.DataFrame:
    indicators = catalogue()
    judged = set(cells.loc[cells["assurance"] != NO_ICON, "indicator_id"])
    return pd.DataFrame(
        [
            {
                "indicator_id": key,
                "title": indicators[key].short_title,
                "group": GROUP_WORDS[indicators[key].group],
                "has_assurance": key in judged,
            }
            for key in shown_indicators(cells)
        ],
        columns=["indicator_id", "title", "group", "has_assurance"],
    )


def shown_indicators(cells: pd.DataFrame) -> list[str]:
    """The indicators of some cells, theme by theme, in the order of the catalogue."""
    order, indicators = {group: place for place, group in enumerate(GROUP_WORDS)}, catalogue()
    shown = set(cells["indicator_id"].unique())
    # Sorting keeps the order of the catalogue within a group.
    return sorted(
        (key for key in indicators if key in shown), key=lambda key: order[indicators[key].group]
    )


def too_short(cells: pd.DataFrame) -> list[str]:
    """Indicators of which no cell has an icon."""
    has_icon = (cells["variation"] != NO_ICON).groupby(cells["indicator_id"], sort=False).any()
    return [str(key) for key in has_icon.index[~has_icon]]


def exported(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells as the table beneath the grid and its CSV have them: the names of icons, and numbers."""
    return cells[list(EXPORTED)].rename(columns=EXPORTED)


def totals_table(cells: pd.DataFrame) -> pd.DataFrame:
    """Totals by organisation, then by indicator, as readers take them away."""
    parts = [
        signal_totals(cells, [code, name])
        .reset_index()
        .set_axis(_TOTALS, axis="columns")
        .assign(of=of)
        for of, code, name in (
            ("organisation", "org_code", "organisation"),
            ("indicator", "indicator_id", "indicator"),
        )
    ]
    both = pd.concat(parts, ignore_index=True)
    return both[["of", *_TOTALS]].round({"expected_by_chance": 2})
