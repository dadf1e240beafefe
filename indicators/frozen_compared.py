"""Times to a lasting signal of entrants beside those of organisations never in a programme."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from indicators.frozen import FrozenCharts
from indicators.stats.frozen_shares import grouped_survival, matched_share
from indicators.stats.proportions import wilson
from indicators.stats.survival import Estimate, kaplan_meier

Kind = Literal["improvement", "concern"]
Group = Literal["entrants", "never", "shadows"]
AFTER: dict[Kind, str] = {"improvement": "improved_after", "concern": "worsened_after"}
"""The kinds of lasting signal, and the column that says after how many months each came."""
HORIZONS = (12, 24)
"""Signals are counted within so many months: one that comes in the month of entry is within 1."""


@dataclass(frozen=True)
class SignalCurve:
    """The share that has signalled, by months from entry, with those still watched allowed for.

    `times`: `entry, stop, event`; `table`: `time, share, ci_low, ci_high`, a row per time at which a signal
    came; before the first the share is 0. `median`: when half have signalled. `end`: the longest watch.
    """

    times: pd.DataFrame
    table: pd.DataFrame
    median: Estimate
    end: float

    def watched_at(self, months: float) -> int:
        """How many were still watched, without a signal until then, up to some months (inclusive)."""
        return int((self.times["stop"] >= months).sum())

    def by(self, months: float) -> Estimate:
        """The share by some months; not known (None) beyond the longest watch, unless all have signalled."""
        reached = self.table[self.table["time"] <= months]
        if reached.empty:
            return Estimate(0.0 if months <= self.end else None, None, None)
        last = reached.iloc[-1]
        if months > self.end and last["share"] < 1:
            return Estimate(None, None, None)
        bounds = [None if pd.isna(last[name]) else float(last[name]) for name in _BOUNDS]
        return Estimate(float(last["share"]), *bounds)


@dataclass(frozen=True)
class Comparison:
    """Entrants beside those frozen with them.

    `shares`: a row per `group` (entrants, never, shadows), `kind` and `months`: of `spells` compared,
    `signalled` (of entrants among these spells) and `share, ci_low, ci_high` of the group; each spell watched
    for no longer than it lasted, its comparators for as long. Missing where nobody can be compared.
    `curves`: by group (entrants, never) and kind, Kaplan-Meier.
    """

    shares: pd.DataFrame
    curves: dict[tuple[Group, Kind], SignalCurve]

    def share(self, group: Group, kind: Kind, months: int) -> pd.Series:
        """The row of `shares` of a group, a kind and one of HORIZONS."""
        rows = self.shares
        is_asked = (rows["group"] == group) & (rows["kind"] == kind) & (rows["months"] == months)
        return rows[is_asked].iloc[0]


_BOUNDS = ("ci_low", "ci_high")


def compare(charts: FrozenCharts) -> Comparison:
    """Shares with a lasting signal within 12 and 24 months, and by when, of entrants and of others."""
    told = charts.signals[charts.signals["why_not"].isna()]
    numbered = charts.beside.assign(
        group=pd.Index(told["spell_id"]).get_indexer(pd.Index(charts.beside["spell_id"])),
        unit=pd.factorize(charts.beside["org_code"])[0],
    )
    shares = [_shares(told, numbered, kind, months) for kind in AFTER for months in HORIZONS]
    curves: dict[tuple[Group, Kind], SignalCurve] = {}
    for kind in AFTER:
        curves["entrants", kind] = _of_entrants(_times(told, kind, charts.step))
        curves["never", kind] = _of_others(_times(numbered, kind, charts.step), numbered)
    return Comparison(pd.concat(shares, ignore_index=True), curves)


def _shares(told: pd.DataFrame, beside: pd.DataFrame, kind: Kind, months: int) -> pd.DataFrame:
    """`beside` has its spell as `group`, the place in `told`, and its organisation as `unit`."""
    is_within = (told[AFTER[kind]] < months).reset_index(drop=True)
    low, high = wilson(is_within.sum(), len(is_within))
    events = (beside[AFTER[kind]].astype(float) < months).astype(float)
    rows = beside[["group", "unit"]].assign(event=events)
    near = rows[beside["is_shadow"].astype(bool)]
    never, shadows = matched_share(rows), matched_share(near)
    spells = [is_within.index, *(pd.Index(part["group"].unique()) for part in (rows, near))]
    return pd.DataFrame(
        {
            "group": ["entrants", "never", "shadows"],
            "kind": kind,
            "months": months,
            "spells": [len(compared) for compared in spells],
            "signalled": [int(is_within[compared].sum()) for compared in spells],
            "share": [is_within.mean(), never.estimate, shadows.estimate],
            "ci_low": [float(low), never.ci_low, shadows.ci_low],
            "ci_high": [float(high), never.ci_high, shadows.ci_high],
        }
    )


def _times(rows: pd.DataFrame, kind: Kind, step: int) -> pd.DataFrame:
    """`entry, stop, event` in months: a signal comes at the end of its first period.

    A signal takes two periods, so the last watched one can no longer begin one: without a signal the watch
    stops where that begins.
    """
    after = rows[AFTER[kind]].astype(float)
    stop = (after + step).fillna(rows["watched"].astype(float) - step)
    event = after.notna().astype(int)
    return pd.DataFrame({"entry": 0.0, "stop": stop, "event": event}, index=rows.index)


def _of_entrants(times: pd.DataFrame) -> SignalCurve:
    curve = kaplan_meier(times)
    return SignalCurve(times, _signalled(curve.table), curve.median, curve.end)


def _of_others(times: pd.DataFrame, beside: pd.DataFrame) -> SignalCurve:
    curve = grouped_survival(times.assign(group=beside["group"], unit=beside["unit"]))
    return SignalCurve(times, _signalled(curve.table), curve.median, float(times["stop"].max()))


def _signalled(table: pd.DataFrame) -> pd.DataFrame:
    """A table of survival (nobody has signalled yet) as shares that have."""
    turned = {"share": "survival", "ci_low": "ci_high", "ci_high": "ci_low"}
    shares = {name: 1 - table[column].astype(float) for name, column in turned.items()}
    return pd.DataFrame({"time": table["time"].astype(float), **shares})
