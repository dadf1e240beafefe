"""Whether a synthetic control fits well enough to be believed, and what it lacks."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.stats.synthetic.control import Control, Panel

GOOD, FAIR = 0.25, 0.5
"""Largest gap before entry, as a share of the organisation's own spread before entry, of each label."""
LEAST_DONORS = 10
EXACT = 1e-3

Label = Literal["good", "fair", "poor"]


@dataclass(frozen=True)
class Fit:
    """`share`: root mean square gap before entry by the organisation's standard deviation before entry.

    `passes`: at most 0.5, with enough periods before entry and ten donors or more. `is_exact`: gaps before
    entry of next to nothing, so that any gap after is large beside them.
    """

    share: float
    label: Label
    passes: bool

    @property
    def is_exact(self) -> bool:
        """Whether the fit is so close that its ratio says nothing."""
        return self.share < EXACT


def judge_fit(panel: Panel, fitted: Control, least_before: int) -> Fit:
    """The fit before entry judged (METHODS 3); `least_before` periods before entry are enough (inclusive)."""
    spread = float(panel.treated[: panel.before].std(ddof=1))
    share = fitted.pre_rmspe / spread if spread > 0 else np.inf
    label: Label = "good" if share <= GOOD else "fair" if share <= FAIR else "poor"
    enough = panel.before >= least_before and panel.donors.shape[1] >= LEAST_DONORS
    return Fit(share, label, enough and label != "poor")
