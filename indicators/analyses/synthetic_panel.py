"""The unit that entered beside its donors, for a synthetic control; too little of either is refused."""

import numpy as np

from indicators.analyses.own_panel import GivenPanel, OnePanel, panel_of
from indicators.analyses.refusal import Refusal
from indicators.analyses.synthetic_spec import Spec

_LEAST, _ENOUGH = {"quarter": 6}, {"quarter": 12}
_FEWEST_DONORS = 2


def least_before(unit: str) -> int:
    """Fewest periods before entry with which anything is fitted; `unit`: what a period is called."""
    return _LEAST.get(unit, 8)


def enough_before(unit: str) -> int:
    """Periods before entry with which a fit can pass the gate (METHODS 3)."""
    return _ENOUGH.get(unit, 24)


def chosen_panel(spec: Spec, rows: GivenPanel) -> tuple[str, OnePanel]:
    """Who entered, and its values beside the donors'; Refusal where no fit can be made or judged."""
    treated = _treated(spec, rows)
    first = rows.exposed_from("interruption", spec.interruption)
    end = None if spec.left is None else rows.exposed_from("left", spec.left)
    if end is not None and end <= first:
        text = f"left: the first period after {spec.left} has to come after that of {spec.interruption}."
        raise Refusal("BAD_SPEC", text)
    one = panel_of(rows, treated, first, end)
    _refuse(spec, one, treated, rows.periods.unit)
    return treated, one


def _treated(spec: Spec, rows: GivenPanel) -> str:
    name = spec.org if rows.data is None else spec.treated or spec.org
    if name is None:
        raise Refusal("BAD_SPEC", "treated: name the unit that entered.")
    if name not in rows.units:
        known = ", ".join(rows.units[:10])
        raise Refusal("BAD_SPEC", f"treated: no row is of {name!r}; there are rows of {known}.")
    return name


def _refuse(spec: Spec, one: OnePanel, treated: str, unit: str) -> None:
    least, before = least_before(unit), one.panel.before
    if before < least or before == len(one.counts):
        after = len(one.counts) - before
        cause = f"{treated} has {before} values before {spec.interruption} and {after} from then on"
        needed = f"{least} before and one after are needed. Choose another date, or a longer series"
        raise Refusal("TOO_FEW_POINTS", f"{cause}; {needed}.")
    if len(one.donors) < _FEWEST_DONORS:
        cause = f"{len(one.donors)} other units have a value in every period of {treated}"
        advice = "Choose a shorter stretch, or add units"
        raise Refusal("TOO_FEW_DONORS", f"{cause}; two are the fewest. {advice}.")
    if np.ptp(one.panel.treated[:before]) == 0:
        cause = f"All {before} values of {treated} before {spec.interruption} are the same"
        advice = "Choose an indicator that varies"
        raise Refusal("NO_VARIATION", f"{cause}, so no fit can be judged. {advice}.")
