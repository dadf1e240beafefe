"""What is known of a synthetic control before its result: its data, its donors, if it could pass at all."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_panel import GivenPanel, OnePanel
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import prepare
from indicators.analyses.synthetic_panel import chosen_panel, enough_before
from indicators.analyses.synthetic_spec import Spec
from indicators.analyses.synthetic_warnings import lacking

_SHOWN = ("period", "value", "donors")


@dataclass(frozen=True)
class SyntheticBefore:
    """A run before its result.

    `rows`: `period, value`, and `donors`, their plain mean. `refused`: why there can be no run, and then
    nothing after it is known. `before`, `after`: periods before entry and from entry on. `left_out`: units
    that lack a value in one of them. `lacking`: what keeps every fit from passing, however close it is.
    """

    rows: pd.DataFrame
    refused: Refusal | None = None
    before: int = 0
    after: int = 0
    donors: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def least_p(self) -> float:
        """The smallest p there can be, where every donor is a placebo."""
        return 1 / (1 + len(self.donors))


def before_synthetic(document: dict[str, Any], data: OwnData | None = None) -> SyntheticBefore:
    """The series of a document beside its donors; its refusal where it cannot be run."""
    nothing = pd.DataFrame(columns=list(_SHOWN))
    try:
        prepared = prepare(document, data)
    except Refusal as refusal:
        return SyntheticBefore(nothing, refusal)
    spec, rows = prepared.spec, prepared.rows
    if not isinstance(spec, Spec) or not isinstance(rows, GivenPanel):
        text = "analysis: only a synthetic control has donors to be looked at before."
        return SyntheticBefore(nothing, Refusal("BAD_SPEC", text))
    try:
        return _foreseen(chosen_panel(spec, rows)[1], enough_before(rows.periods.unit))
    except Refusal as refusal:
        return SyntheticBefore(_own(spec, rows), refusal)


def _foreseen(one: OnePanel, enough: int) -> SyntheticBefore:
    columns = one.periods, one.panel.treated, one.panel.donors.mean(axis=1)
    return SyntheticBefore(
        rows=pd.DataFrame(dict(zip(_SHOWN, columns, strict=True))),
        before=one.panel.before,
        after=len(one.counts) - one.panel.before,
        donors=tuple(one.donors),
        left_out=tuple(one.left_out),
        lacking=tuple(lacking(one, enough)),
    )


def _own(spec: Spec, rows: GivenPanel) -> pd.DataFrame:
    frame = rows.series.frame
    own = frame[frame["series"] == (spec.org if rows.data is None else spec.treated)]
    ordered = own.sort_values("count", ignore_index=True)
    return ordered[["period", "value"]].assign(donors=float("nan"))
