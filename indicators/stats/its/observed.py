"""One series as it is observed: values by period, and what they were counted from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from indicators.stats.its.fit import FloatArray
from indicators.stats.its.scale import Link, Scale

Family = Literal["gaussian", "binomial", "poisson", "negative_binomial"]
_LARGE = 100
"""Denominators from which on (inclusive) a percentage may be read as a plain value."""
_MIDDLE = (0.1, 0.9)
"""Shares strictly between these may be read as plain values."""


@dataclass(frozen=True)
class Observed:
    """A series of n values, one per period of `count` (n,), in order of time; none is missing.

    Where there are counts, value = `unit` × numerator / denominator, both (n,); `is_share` says that the
    numerator is part of the denominator. `lowest` and `highest` are the bounds of possible values where these
    are known.
    """

    count: npt.NDArray[np.int64]
    value: FloatArray
    numerator: FloatArray | None = None
    denominator: FloatArray | None = None
    unit: float = 1.0
    is_share: bool = False
    lowest: float | None = None
    highest: float | None = None

    def among(self, periods: npt.NDArray[np.int64]) -> "Observed":
        """The rows of some periods."""
        chosen = np.isin(self.count, periods)
        return Observed(
            count=self.count[chosen],
            value=self.value[chosen],
            numerator=None if self.numerator is None else self.numerator[chosen],
            denominator=None if self.denominator is None else self.denominator[chosen],
            unit=self.unit,
            is_share=self.is_share,
            lowest=self.lowest,
            highest=self.highest,
        )

    @property
    def bounded_link(self) -> Link:
        """The link whose values stay within the bounds: logit where there is a highest value, else log."""
        return "log" if self.highest is None else "logit"

    def on(self, link: Link) -> tuple[FloatArray, Scale]:
        """The values on a link's scale, and that scale.

        Counts get a half added on each side, so that none and all have a logit or logarithm too.
        """
        if link == "identity":
            return self.value, Scale()
        if self.numerator is None or self.denominator is None:
            whole = self.highest if link == "logit" and self.highest is not None else 1.0
            scale = Scale(link, whole)
            return scale.forward(self.value), scale
        scale = Scale(link, self.unit)
        rest = self.denominator - self.numerator + 0.5 if link == "logit" else self.denominator
        return np.asarray(np.log((self.numerator + 0.5) / rest)), scale


def family_of(observed: Observed) -> Family:
    """The family that METHODS 0.3 gives a series by itself.

    Shares are counted (binomial) unless all lie between 10 and 90 per cent with denominators of 100 or more;
    events per exposure are counted (poisson); everything else is plain values.
    """
    if observed.numerator is None or observed.denominator is None:
        return "gaussian"
    if not observed.is_share:
        return "poisson"
    share = observed.numerator / observed.denominator
    is_middle = (share > _MIDDLE[0]).all() and (share < _MIDDLE[1]).all()
    return "gaussian" if is_middle and (observed.denominator >= _LARGE).all() else "binomial"
