"""Each stay of a type as the two methods find its entry or exit: judged, or which figures it lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.pooled_judged import Judged, base_of
from indicators.analyses.pooled_lacks import lack_at
from indicators.analyses.pooled_rows import Stretch
from indicators.charted import CHARTED_FROM
from indicators.definition import Indicator
from indicators.entry_rebounds import NO_FIGURES, EntryRebounds, judged_entries
from indicators.frozen_entries import first_exposed
from indicators.its_stays import Event, Stay
from indicators.screening.context import Grid
from indicators.stats.lacking import ENOUGH, Lack
from indicators.stats.pooled.panel import Event as PanelEvent

YEAR = 12


@dataclass(frozen=True)
class Found:
    """A row per stay in `frame`: `spell_id` of its first spell, `org_code`, `month` (first exposed to
    the event; missing: unknown), `is_since` (it began in July 2021 or later), `is_covered, is_clear,
    is_enough, is_judged, has_effect`, `reason` (why not judged) and `lack` (None where no figure is lacking).

    Columns of a lack count from the month `first` on.
    """

    frame: pd.DataFrame
    first: int


def stays_around(stays: Sequence[Stay], event: Event, grid: Grid | None) -> pd.DataFrame:
    """The stays with the month of an event, and whether figures of `grid` lie around it."""
    days = [_day(stay, event) for stay in stays]
    frame = pd.DataFrame(
        {
            "spell_id": [stay.spell_ids[0] for stay in stays],
            "org_code": [stay.org_code for stay in stays],
            "month": first_exposed(pd.Series(days, dtype="datetime64[ns]")).astype(float),
        }
    )
    since = np.array([stay.begins >= pd.Timestamp(CHARTED_FROM) for stay in stays], dtype=bool)
    pairs = zip(frame["org_code"], frame["month"], strict=True)
    covered = [grid is not None and is_covered(grid, org, month) for org, month in pairs]
    return frame.assign(is_since=since, is_covered=np.array(covered, dtype=bool))


def _day(stay: Stay, event: Event) -> pd.Timestamp | None:
    if not stay.has(event):
        return None
    return stay.entered_on if event == "entry" else stay.left_on


def is_covered(grid: Grid, org: str, month: float) -> bool:
    """Three quarters of the twelve months before, and of the twelve from the month on, have a figure."""
    if org not in grid.orgs or not np.isfinite(month):
        return False
    series, at, year = grid.value[grid.orgs.index(org)], grid.column(month), YEAR // grid.step
    sides = (series[max(0, at - year) : max(0, at)], series[max(0, at) : max(0, at + year)])
    return all(np.isfinite(side).sum() >= ENOUGH * year for side in sides)


def entries_found(
    frame: pd.DataFrame,
    indicator: Indicator,
    spells: pd.DataFrame,
    found: EntryRebounds | str,
    pooled: Judged | str,
) -> Found:
    """What came of the entries; `found`: beyond the expected rebound, or in words why nothing is judged."""
    entries = judged_entries(spells, indicator).set_index("spell_id")["why_not"]
    is_clear = frame["spell_id"].map(entries.isna()).astype(bool)
    own = _of_rebounds(frame["spell_id"], found)
    has_effect = [one.has_effect for one in _in_pool(frame["org_code"], pooled, "entry")]
    told = frame.assign(is_clear=is_clear, has_effect=has_effect, **own)
    return Found(told, 0 if isinstance(found, str) else found.first)


def _of_rebounds(spell_ids: pd.Series, found: EntryRebounds | str) -> dict[str, Any]:
    if isinstance(found, str):
        nothing = dict.fromkeys(("is_judged", "is_enough"), False)
        return nothing | {"reason": found, "lack": None}
    table = found.table.set_index("spell_id").loc[spell_ids]
    lack = np.array([one if isinstance(one, Lack) else None for one in table["lack"]], dtype=object)
    is_judged = table["excess"].notna().to_numpy()
    reason = table["why_not"].to_numpy(dtype=object)
    is_enough = (lack == None) & (reason != NO_FIGURES)  # noqa: E711 (element by element)
    return {"is_judged": is_judged, "is_enough": is_enough, "reason": reason, "lack": lack}


def exits_found(frame: pd.DataFrame, pooled: Judged | str) -> Found:
    """What came of the exits: only an effect beside others is asked for; `pooled` may say why not."""
    each = _in_pool(frame["org_code"], pooled, "exit")
    lacks = np.array([one.lack for one in each], dtype=object)
    told = frame.assign(
        has_effect=[one.has_effect for one in each],
        is_judged=[one.has_effect for one in each],
        is_clear=[one.is_clear for one in each],
        is_enough=[one.is_clear and one.lack is None for one in each],
        reason=[one.reason for one in each],
        lack=lacks,
    )
    step = 12 if isinstance(pooled, str) else 12 // pooled.rows.year
    low = 1 if isinstance(pooled, str) else int(pooled.rows.table.columns[0])
    return Found(told, (low - 1) * step)


@dataclass(frozen=True)
class _Pooled:
    """One stay as the analysis `pooled` finds it."""

    has_effect: bool
    is_clear: bool
    reason: str
    lack: Lack | None


def _in_pool(orgs: pd.Series, pooled: Judged | str, event: Event) -> list[_Pooled]:
    """A row per stay: of one organisation they are in the same order there as here."""
    if isinstance(pooled, str):
        return [_Pooled(False, False, pooled, None) for _ in orgs]
    of_unit: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in pooled.rows.stretches:
        of_unit[stretch.unit].append(stretch)
    effects = {id(pooled.stretch(one.event)) for one in pooled.effects}
    why = {id(stretch): reason for stretch, reason in pooled.left_out}
    return [
        _one(pooled, of_unit[org].pop(0), event, effects, why)
        if of_unit[org]
        else _Pooled(has_effect=False, is_clear=False, reason="there is no figure of it", lack=None)
        for org in orgs
    ]


def _one(
    pooled: Judged, stretch: Stretch, event: Event, effects: set[int], why: Mapping[int, str]
) -> _Pooled:
    has_effect = id(stretch) in effects
    lack = None if has_effect else _lack(pooled, stretch, event)
    is_clear = event not in stretch.why_not and not (lack is not None and "stay" in lack.causes)
    return _Pooled(has_effect, is_clear, why.get(id(stretch), ""), lack)


def _lack(pooled: Judged, one: Stretch, event: Event) -> Lack | None:
    count = one.left if event == "exit" else one.first
    if event in one.why_not or count is None or one.unit not in pooled.built.units:
        return None
    at = count - int(pooled.rows.table.columns[0])
    place = PanelEvent(pooled.built.units.index(one.unit), at, at + 1)
    return lack_at(pooled.built, place, base_of(pooled.spec, pooled.panel.year))
