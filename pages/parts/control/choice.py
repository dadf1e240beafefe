"""What a reader asks of a control chart: whose, which months, which limits; all of it in the address."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from indicators.charted import CHARTED_FROM
from indicators.definition import Indicator
from indicators.stats.spc import Options
from pages.parts.charted import USUAL, Stretch
from pages.parts.explorer.controls import choose_lineage, choose_org, choose_period
from pages.parts.links import linked_choice, linked_select
from pages.parts.store import ask

LIMITS_WORDS = {"all": "All points", "frozen": "Frozen before entry"}
RULE_SET_WORDS = {"mdc": "Making Data Count (2023)", "plotthedots": "NHSRplotthedots 0.2.2"}
CHART_WORDS = {"xmr": "Single values (XmR)", "p_prime": "Proportions (p′)"}
_SCREEN_WORDS = {"usual": "As the rule set does", "yes": "Left out", "no": "Kept"}
_SCREENED = {"usual": None, "yes": True, "no": False}
_ADJUSTED_WORDS = {"no": "As published", "yes": "Seasonally adjusted"}
_ALL = "all"
_FIX_AFTER = [_ALL, *map(str, (12, 13, 15, 18, 20, 24, 36))]


_USUAL_RULES = Options()


@dataclass(frozen=True)
class Choice:
    """One control chart as the reader asks for it; `shown` are the months drawn, [from, to)."""

    org: str
    shown: tuple[date, date]
    stretch: Stretch = USUAL
    lineage: str = "as_was"
    limits: str = "all"
    chart: str = "xmr"
    is_adjusted: bool = False
    options: Options = _USUAL_RULES

    @property
    def is_frozen(self) -> bool:
        """Whether the limits are those from before entry."""
        return self.limits == "frozen"

    @property
    def is_proportion(self) -> bool:
        """Whether limits are those of a proportion, which differ with the denominators."""
        return self.chart == "p_prime"

    @property
    def is_usual(self) -> bool:
        """Whether its icons are those of the grid, whichever organisation it is of."""
        return self == Choice(self.org, self.shown)


def choose_chart(indicator: Indicator) -> Choice:
    """One row of controls, the rarer ones under More options."""
    key = indicator.indicator_id
    whose, when, limits, more = st.columns([3.3, 2.5, 2.7, 1.5], vertical_alignment="bottom")
    with whose:
        org = choose_org(key)
    with when:
        shown = choose_period(key, CHARTED_FROM)
    with limits:
        chosen = linked_choice(
            "Limits", "limits", list(LIMITS_WORDS), LIMITS_WORDS.__getitem__, "all"
        )
    with more, st.popover("More options", width="stretch"):
        options = _options()
        lineage = choose_lineage()
        chart = _chart(indicator)
        is_adjusted = chart == "xmr" and _is_adjusted(indicator)
    stretch = USUAL if shown == _usual_months(key) else shown
    return Choice(org, shown, stretch, lineage, chosen, chart, is_adjusted, options)


def _options() -> Options:
    rules = _pick("Rule set", "rules", RULE_SET_WORDS, "mdc")
    length = _pick("Points of a shift or trend", "run_length", {"7": "7", "6": "6"}, "7")
    screen = _pick("Large moving ranges", "screen", _SCREEN_WORDS, "usual")
    fixed = {number: f"the first {number} points" for number in _FIX_AFTER}
    fix = _pick("Limits rest on", "fix", fixed | {_ALL: "all points of a phase"}, _ALL)
    return Options(
        "plotthedots" if rules == "plotthedots" else "mdc",
        _SCREENED[screen],
        int(length),
        None if fix == _ALL else int(fix),
    )


def _chart(indicator: Indicator) -> str:
    """The kind of chart, where there is a choice."""
    reach = indicator.quality.range
    is_share = indicator.unit == "percent" and (reach is None or reach[1] <= 100)
    if not is_share or indicator.measures.denominator is None:
        return "xmr"
    return _pick("Kind of chart", "chart", CHART_WORDS, "xmr")


def _is_adjusted(indicator: Indicator) -> bool:
    """Whether the season is to be taken out, where periods have a place in the year."""
    if indicator.step_months > 3:
        return False
    return _pick("Season", "season", _ADJUSTED_WORDS, "no") == "yes"


def _pick(label: str, name: str, words: dict[str, str], usual: str) -> str:
    return linked_select(label, name, list(words), words.__getitem__, default=usual) or usual


def _usual_months(indicator: str) -> tuple[date, date]:
    """The months that the page opens with: those the icons of the grid rest on."""
    starts = ask("lineage_values", indicator=indicator, lineage="as_was")["period_start"]
    first, last = max(CHARTED_FROM, starts.min().date()), starts.max()
    return first.replace(day=1), (last.to_period("M") + 1).start_time.date()
