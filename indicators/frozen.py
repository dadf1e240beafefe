"""Limits frozen at entry into a programme: when each organisation signalled, and others frozen with it.

Organisations enter at a low point, so a chart frozen at entry shows improvement by regression to the mean
alone. Every spell is therefore watched beside organisations of its type that were never in a programme,
frozen at the same month and watched for the same months. Method: `docs/methods/frozen_limits.md`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.charted import BETTER, steady, targets_of
from indicators.comparators import touched_by_programme
from indicators.definition import Indicator
from indicators.frozen_entries import PANDEMIC, entries_of, month_of
from indicators.frozen_shadows import shadows_of
from indicators.stats.frozen import LEAST, REACH, Clock, freeze
from indicators.stats.spc import Options
from indicators.stats.withheld import unjudged

NO_FIGURES = "no figure of this indicator is published for it"
PROBLEM_WORDS = {
    "constant": "its figures before entry do not differ, so limits say nothing of chance",
    "short": "fewer than two figures were published between entry and the end of the watch",
}
NO_SIDE = "neither side of this indicator is better"
SHARED = (
    "each figure shares {} of its {} periods with the one before: neighbours repeat the same data"
)
_ENTRY = ["entry", "exit", "since", "until"]
_BESIDE = ["spell_id", "org_code", "improved_after", "worsened_after", "watched", "is_shadow"]


@dataclass(frozen=True)
class FrozenCharts:
    """One indicator frozen at every entry.

    `points`: of each spell that has limits, the rows of its organisation from the baseline's first on, with
    the columns of `chart_values`, `spell_id`, `since_entry` (months), `stretch` (no rule looks from one into
    the next), `is_baseline`, `is_masked`, `is_watched`.
    `signals`: a row per spell on record, in the order given, with the columns of `entries_of` and
    `baseline_points, baseline_from, baseline_to, mean, lower, upper`, `has_limits`, `watched`,
    `improved_after`, `worsened_after` (months, missing: none), `is_signal`, `is_concern_first`, `censored_at`
    (months watched without improvement, missing where it signalled), `ended_by` (of ENDINGS), `why_not`.
    `beside`: a row per spell with a time to signal and organisation compared with it, watched as long:
    `spell_id, org_code, improved_after, worsened_after, watched, is_shadow`.
    """

    points: pd.DataFrame
    signals: pd.DataFrame
    beside: pd.DataFrame
    step: int


def frozen_charts(
    values: pd.DataFrame,
    indicator: Indicator,
    spells: pd.DataFrame,
    organisations: pd.DataFrame,
    options: Options | None = None,
) -> FrozenCharts:
    """Freeze every spell's limits at its entry.

    Values of fewer cases than the catalogue's least are left out, as in every control chart. `values`: the
    rows of the read `lineage_values`; `spells` of `read_spells`; `organisations`: `org_code,
    org_type, successor_code`.
    """
    clock = Clock(indicator.step_months, PANDEMIC)
    entries = entries_of(spells, indicator.breaks)
    known = steady(values, indicator)
    timed = known.assign(
        month=month_of(known["period_start"]), improvement=np.int8(BETTER[indicator.better])
    )
    usable = entries[entries["why_not"].isna()]
    own = usable.merge(timed, on="org_code").assign(series=lambda rows: rows["spell_id"])
    frozen = freeze(own, clock, options)
    signals = _signals(entries, frozen.signals, indicator)
    compared = signals[signals["why_not"].isna()]
    beside = _beside(compared, timed, _never(organisations, spells), clock, options)
    return FrozenCharts(_points(frozen.points, indicator), signals, beside, clock.step)


def _points(points: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Frozen points as the control chart draws them: the limits never change, so all are of one phase.

    Where neighbouring figures share data no rule is judged: they would be broken by construction.
    """
    points = points[~points["is_constant"].astype(bool)].reset_index(drop=True)
    unneeded = ["series", "month", "entry", "exit", "since", "until", "why_not", "is_constant"]
    is_shared = pd.Series(data=indicator.shared_periods > 0, index=points.index)
    return (
        unjudged(points, is_shared)
        .drop(columns=unneeded)
        .assign(target=targets_of(points["period_start"], indicator), phase=0)
    )


def _signals(entries: pd.DataFrame, found: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Entries with what was found of each, or why there is nothing."""
    rows = entries.merge(found.rename(columns={"series": "spell_id"}), "left", "spell_id")
    why = _why_not(rows, indicator)
    is_told = why.isna()
    watched = (rows["last_watched"] + indicator.step_months).where(is_told)
    improved = rows["improved_after"].where(is_told)
    worsened = rows["worsened_after"].where(is_told)
    return rows.drop(columns=["problem", "is_constant", "watched_points", "last_watched"]).assign(
        why_not=why,
        has_limits=rows["problem"].isin(["", "short"]),
        watched=watched,
        improved_after=improved,
        worsened_after=worsened,
        is_signal=improved.notna(),
        is_concern_first=worsened.notna() & ~(improved <= worsened),
        censored_at=watched.where(improved.isna()),
        ended_by=_ended_by(rows, indicator.step_months).where(is_told),
    )


def _why_not(rows: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Why a spell has no time to signal, in words; missing where it has one."""
    of_problem = rows["problem"].map(PROBLEM_WORDS).mask(rows["problem"] == "few", _few(rows))
    why = rows["why_not"].fillna(of_problem.mask(rows["problem"].isna(), NO_FIGURES))
    if indicator.better == "neither":
        why = why.fillna(NO_SIDE)
    shared = indicator.shared_periods
    return why.fillna(SHARED.format(shared, shared + 1)) if shared else why


def _few(rows: pd.DataFrame) -> pd.Series:
    """How many figures there are where limits need more, and since when they can be used."""
    since = rows["since_because"].where(np.isfinite(rows["since"].astype(float)), "")
    number = rows["baseline_points"].fillna(0).astype(int).astype(str).replace("0", "none")
    verb = np.where(number == "1", "is ", "are ")
    words: pd.Series = f"limits need {LEAST} figures before entry; there " + verb + number + since
    return words.astype(object)


def _ended_by(rows: pd.DataFrame, step: int) -> pd.Series:
    """What ended the watch: the spell, a new definition, or the figures, whichever came first."""
    figures = rows["last_month"] + step
    has_left = rows["exit"] <= np.minimum(rows["until"], figures)
    is_over = (rows["until"] <= figures) & ~has_left
    of_data = np.where(rows["exit_kind"] == "unknown", "unknown", "data")
    kinds = np.select([has_left, is_over], [rows["exit_kind"], "break"], default=of_data)
    return pd.Series(kinds, index=rows.index)


def _never(organisations: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Organisations never in a programme, nor a successor of one that was: `org_code, org_type`."""
    touched = touched_by_programme(organisations, set(spells["org_code"]))
    free = ~organisations["org_code"].isin(touched)
    return organisations.loc[free, ["org_code", "org_type"]]


def _beside(
    compared: pd.DataFrame,
    timed: pd.DataFrame,
    never: pd.DataFrame,
    clock: Clock,
    options: Options | None,
) -> pd.DataFrame:
    """Comparators of each spell that have limits and were watched at least as long."""
    if compared.empty or never.empty:
        return pd.DataFrame(columns=_BESIDE)
    spells = compared.sort_values("spell_id", ignore_index=True)
    theirs = timed[["org_code", "month", "value", "improvement"]].merge(never, on="org_code")
    theirs = theirs.sort_values(["org_code", "month"], ignore_index=True)
    which, at = _within_reach(spells, theirs, clock.step)
    if not len(at):
        return pd.DataFrame(columns=_BESIDE)
    orgs = pd.factorize(theirs["org_code"])[0][at]
    is_first = (np.diff(which, prepend=-1) != 0) | (np.diff(orgs, prepend=-1) != 0)
    entry, watched = (spells[name].to_numpy(dtype=float) for name in ("entry", "watched"))
    rows = theirs[["month", "value", "improvement"]].take(at).reset_index(drop=True)
    rows = rows.assign(
        series=np.cumsum(is_first) - 1,
        **{name: spells[name].to_numpy()[which] for name in ("entry", "since", "until")},
        # The comparator's watch is cut where the spell's ended, whatever ended that.
        exit=(entry + watched)[which],
    )
    found = freeze(rows, clock, options).signals
    told = found.assign(
        spell_id=spells["spell_id"].take(which[is_first]).to_numpy(),
        org_code=theirs["org_code"].take(at[is_first]).to_numpy(),
        watched=found["last_watched"] + clock.step,
    )
    is_as_long = told["watched"] >= watched[which[is_first]]
    as_long = told[is_as_long & (told["problem"] == "")].reset_index(drop=True)
    is_shadow = shadows_of(as_long, compared, timed, clock.step)
    beside: pd.DataFrame = as_long.assign(is_shadow=is_shadow)[_BESIDE]
    return beside


def _within_reach(
    spells: pd.DataFrame, theirs: pd.DataFrame, step: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each spell the figures (places in `theirs`) of its type, as far back as baselines reach."""
    kinds = pd.factorize(pd.concat([spells["org_type"], theirs["org_type"]]))[0]
    of_spells, of_theirs = kinds[: len(spells)], kinds[len(spells) :]
    month = theirs["month"].to_numpy(dtype=float)
    entry = spells["entry"].to_numpy(dtype=float)
    begins, ends = entry - (REACH + 1) * step, entry + spells["watched"].to_numpy(dtype=float)
    found = [
        np.flatnonzero((of_theirs == kind) & (month >= begin) & (month < end))
        for kind, begin, end in zip(of_spells, begins, ends, strict=True)
    ]
    which = np.repeat(np.arange(len(spells)), [len(places) for places in found])
    return which, np.concatenate(found)
