"""The scale a model is fitted on, and the way back to the unit of the series."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.stats.its.fit import FloatArray

Link = Literal["identity", "logit", "log"]


@dataclass(frozen=True)
class Scale:
    """A value is `unit` times a mean; the model is linear in the mean, its logit or its logarithm.

    `unit` is 100 for percentages of a share, and 1 where values are modelled as they are.
    """

    link: Link = "identity"
    unit: float = 1.0

    def forward(self, value: FloatArray) -> FloatArray:
        """Values on the model's scale; they have to lie inside what the link can take."""
        mean = value / self.unit
        if self.link == "identity":
            return mean
        return np.asarray(np.log(mean / (1 - mean)) if self.link == "logit" else np.log(mean))

    def back(self, linear: FloatArray) -> FloatArray:
        """The model's scale as values in the unit of the series."""
        if self.link == "identity":
            return linear * self.unit
        if self.link == "log":
            return np.asarray(np.exp(linear) * self.unit)
        return np.asarray(self.unit / (1 + np.exp(-linear)))

    def steepness(self, linear: FloatArray) -> FloatArray:
        """How fast the value changes with the model's scale: the derivative of `back`."""
        if self.link == "identity":
            return np.full_like(linear, self.unit)
        value = self.back(linear)
        return value if self.link == "log" else value * (1 - value / self.unit)
