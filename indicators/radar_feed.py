"""The radar for other programs and readers: as an Atom feed, as JSON, and as plain text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import pandas as pd

from indicators.definition import Indicator
from indicators.radar import Radar
from indicators.radar_rules import TESTS
from indicators.radar_series import LEFT_OUT
from indicators.radar_words import (
    CHANCE,
    counted_words,
    direction_words,
    lead_sentence,
    sentences,
)

_ATOM = "http://www.w3.org/2005/Atom"
_NAME = "https://oversight-trajectories/signals"
"""Not an address, only what the names of feed and entries are made from: they stay when the host changes."""
_DAYS = ("since", "period")


@dataclass(frozen=True)
class Edition:
    """A radar and what its readers need to know: `organisations` by code (`short_name`, `org_type`).

    `version` and `built_at` (RFC 3339) are those of the data; `base_url` is where the dashboard is read.
    """

    radar: Radar
    indicators: Mapping[str, Indicator]
    organisations: pd.DataFrame
    version: str
    built_at: str
    base_url: str

    @property
    def new(self) -> pd.DataFrame:
        """The new signals, largest first, with `organisation`, `indicator`, `says`, `went` and `link`."""
        signals = self.radar.signals
        signals = signals[signals["is_new"]].reset_index(drop=True)
        named = {key: indicator.short_title for key, indicator in self.indicators.items()}
        return signals.assign(
            organisation=signals["org_code"].map(self.organisations["short_name"]),
            indicator=signals["indicator_id"].map(named),
            says=sentences(signals, self.indicators, self.organisations["org_type"]),
            went=[
                direction_words(str(row.direction), str(row.test)) for row in signals.itertuples()
            ],
            link=[
                self.base_url.rstrip("/")
                + "/"
                + chart_link(str(row.org_code), str(row.indicator_id))
                for row in signals.itertuples()
            ],
        )

    @property
    def excluded(self) -> dict[str, str]:
        """Indicators that the radar leaves out, with the reason."""
        return {
            key: indicator.radar_exclusion
            for key, indicator in self.indicators.items()
            if indicator.radar_exclusion
        }


def chart_link(org: str, indicator: str) -> str:
    """The control chart of a series, relative to where the dashboard is read."""
    chosen = {"view": "control-chart", "indicator": indicator, "org": org}
    return "explorer?" + urlencode(chosen, quote_via=quote)


def as_atom(edition: Edition) -> str:
    """An Atom 1.0 feed, an entry per new signal; names of entries stay the same from version to version."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", _urn("feed"))
    _add(feed, "title", "Oversight Trajectories: new signals")
    _add(feed, "subtitle", f"{lead_sentence(edition.radar)} {CHANCE}")
    _add(feed, "updated", edition.built_at)
    _add(_add(feed, "author"), "name", "Oversight Trajectories")
    page = edition.base_url.rstrip("/") + "/signals?view=radar"
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    for row in edition.new.itertuples():
        _add_entry(feed, row, edition.built_at)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: ElementTree.Element, row: Any, updated: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", _urn(row.signal_id))
    _add(entry, "title", f"{row.organisation}, {row.indicator}: {row.went}")
    _add(entry, "updated", updated)
    _add(entry, "link", rel="alternate", type="text/html", href=row.link)
    for term in (row.kind, row.direction, row.indicator_id, row.org_code):
        _add(entry, "category", term=term)
    _add(entry, "content", row.says, type="text")


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"{_NAME}/{name}").urn


def as_json(edition: Edition) -> str:
    """The new signals, what was tested and what was not, as one document."""
    signals = edition.new.drop(columns=["is_new"])
    days = {name: signals[name].dt.strftime("%Y-%m-%d") for name in _DAYS}
    rows = json.loads(signals.assign(**days).to_json(orient="records", double_precision=12))
    document = {
        "version": edition.version,
        "updated": edition.built_at,
        "says": lead_sentence(edition.radar),
        "series_tested": edition.radar.series,
        "tests": by_test(edition.radar).to_dict("records"),
        "not_tested": edition.radar.reasons,
        "indicators_left_out": edition.excluded,
        "signals": rows,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def by_test(radar: Radar) -> pd.DataFrame:
    """By test: series tested, series with a new signal of it, and how many would have one by chance."""
    new = radar.signals[radar.signals["is_new"]]
    hit = new.drop_duplicates(["indicator_id", "org_code", "test"])["test"].value_counts()
    by_test = radar.tested.groupby("test")["chance_new"].agg(["size", "sum"])
    rows = by_test.reindex(list(TESTS), fill_value=0)
    return pd.DataFrame(
        {
            "test": list(TESTS),
            "series": rows["size"].to_numpy(dtype=int),
            "new_signals": [int(hit.get(test, 0)) for test in TESTS],
            "expected_by_chance": rows["sum"].round(2).to_numpy(),
        }
    )


def as_text(edition: Edition) -> str:
    """The lead, then the new signals by indicator, largest first, then what was not tested."""
    new = edition.new
    parts = [lead_sentence(edition.radar), CHANCE]
    for row in by_test(edition.radar).itertuples():
        parts.append(
            f"- {TESTS[str(row.test)]}: {row.new_signals:,} of {row.series:,} series; "
            f"{row.expected_by_chance:.1f} by chance"
        )
    for indicator, rows in new.groupby("indicator", sort=False):
        parts += ["", str(indicator)]
        parts += [
            f"  {row.organisation} ({row.org_code}), {row.went}: {row.says}"
            for row in rows.itertuples()
        ]
    parts += [
        "",
        "Series not tested: " + "; ".join(counted_words(edition.radar.reasons, LEFT_OUT)) + ".",
    ]
    parts.append(f"Data version {edition.version}.")
    return "\n".join(parts) + "\n"
