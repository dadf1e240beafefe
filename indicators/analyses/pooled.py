"""The analysis `pooled`: effects of all that entered (or left) at different times, beside others."""

from typing import Any

from indicators.analyses.pooled_honest import honest_of
from indicators.analyses.pooled_judged import Judged, judge
from indicators.analyses.pooled_rebound import rebound_of
from indicators.analyses.pooled_result import (
    left_out_of,
    pooled_of,
    programmes_of,
    units_of,
)
from indicators.analyses.pooled_rows import PooledRows, read_pooled
from indicators.analyses.pooled_spec import Spec
from indicators.analyses.pooled_study import chance_of, study_of
from indicators.analyses.pooled_warnings import warnings_of
from indicators.analyses.refusal import Refusal

__all__ = ["Spec", "read", "run"]

read = read_pooled
_EMPTY: dict[str, Any] = {
    "pooled": None,
    "shared_controls": None,
    "bases": [],
    "compared": [],
    "sustained": None,
    "event_study": [],
    "imputation_att": None,
    "imputation": None,
    "leads": None,
    "honest": None,
    "callaway_santanna": None,
    "randomisation_p": None,
    "randomisation": None,
    "rebound": None,
    "entry_dip": None,
    "base_sensitivity": None,
}
"""What a forest plot alone leaves empty."""


def run(spec: Spec, rows: PooledRows) -> dict[str, Any]:
    """One effect per unit; of enough units their mean, the event study, and what chance would give."""
    judged = judge(spec, rows)
    if not judged.effects:
        raise Refusal("TOO_FEW_ENTRANTS", _nobody(judged))
    told: dict[str, Any] = {
        "ok": True,
        "event": spec.event,
        "controls": judged.controls,
        "base": list(judged.base),
        "n_entrants": judged.n_entrants,
        "n_controls": judged.n_controls,
        "programmes": programmes_of(judged),
        "units": units_of(judged),
        "left_out": left_out_of(judged),
    }
    told |= _together(judged) if judged.is_enough else _EMPTY
    return told | {"seed": spec.seed, "warnings": warnings_of(judged, told)}


def _together(judged: Judged) -> dict[str, Any]:
    told = pooled_of(judged) | study_of(judged) | honest_of(judged)
    return told | chance_of(judged) | rebound_of(judged)


def _nobody(judged: Judged) -> str:
    found = len(judged.beyond) + len(judged.built.left_out)
    name = "time inside" if judged.spec.event == "programme" else judged.spec.event
    text = f"No {name} can be judged: there are {found} on record, and each lacks figures in"
    beside = "the year before or after, or ten others of its kind beside it. Choose a longer series"
    return f"{text} {beside}."
