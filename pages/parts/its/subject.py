"""What a run is about, in words: an organisation's indicator, or a file of a person's own."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.definition import Indicator
from pages.charts.layers.formats import IndicatorText
from pages.parts.indicators import UNIT_TITLES, untitled_text_of
from pages.parts.organisations import organisations

_UNITS = {"percent": "points", "signed_percent": "points", "points": "points"}
_PLAIN = ("count", "ratio", "score")


@dataclass(frozen=True)
class Subject:
    """`indicator` and `org` are None for a file of a person's own, whose name is then `name`.

    `analysis`: the analysis that files to take away are named by.
    """

    name: str
    measure: str
    text: IndicatorText
    indicator: Indicator | None = None
    org: str | None = None
    analysis: str = "its"

    @property
    def unit(self) -> str:
        """The unit of a difference."""
        unit = self.text.unit
        return "units" if unit in _PLAIN else _UNITS.get(unit, UNIT_TITLES[unit])

    @property
    def file_name(self) -> str:
        """The beginning of the names of files to take away."""
        if self.indicator is None:
            return f"{self.analysis}-own-series"
        return f"{self.analysis}-{self.indicator.indicator_id}-{self.org}"


def published_subject(indicator: Indicator, org: str, analysis: str) -> Subject:
    """The subject of a published series."""
    name = str(organisations().loc[org, "short_name"])
    text = untitled_text_of(indicator)
    return Subject(name, indicator.short_title, text, indicator, org, analysis)


def link_to_control_chart(subject: Subject) -> None:
    """Where a series can be read that no line is fitted to."""
    if subject.indicator is None:
        return
    query: dict[str, Any] = {"view": "control-chart", "indicator": subject.indicator.indicator_id}
    st.page_link(
        "pages/explore/explorer.py",
        label="Read the control chart instead",
        query_params=query | {"org": subject.org},
    )
