"""Made series for the estimators of interrupted time series, and a REML of brute force to hold ours to."""

from collections.abc import Callable

import numpy as np
from scipy import optimize

from indicators.stats.its.fit import FloatArray, IntArray, Regression

STEPS = 1e-3 * np.eye(2)
TERMS = ("intercept", "time", "level", "slope")


def design(time: IntArray, start: int) -> FloatArray:
    """A line with a change of level and slope at `start`; the slope term is 0 there."""
    after = time >= start
    return np.column_stack([np.ones(len(time)), time, after, after * (time - start)]).astype(float)


def autocorrelated(shape: tuple[int, int], phi: float, seed: int) -> FloatArray:
    """AR(1) errors of standard deviation 1: series in rows, periods in columns."""
    noise = np.random.default_rng(seed).standard_normal(shape)
    for t in range(1, shape[1]):
        noise[:, t] = phi * noise[:, t - 1] + np.sqrt(1 - phi**2) * noise[:, t]
    return noise


def correlation(phi: float, time: IntArray, unit: IntArray | None = None) -> FloatArray:
    """The whole matrix: phi^|s − t| within a unit, 0 between units."""
    whole = float(phi) ** np.abs(time[:, None] - time)
    return whole if unit is None else whole * (unit[:, None] == unit)


def second_differences(of: Callable[[FloatArray], float], at: FloatArray) -> FloatArray:
    """Matrix of second derivatives by central differences."""

    def corner(a: FloatArray, b: FloatArray) -> float:
        return of(at + a + b) - of(at + a - b) - of(at - a + b) + of(at - a - b)

    return np.array([[corner(a, b) / 4e-6 for b in STEPS] for a in STEPS])


class BruteForce:
    """REML by whole matrices: the likelihood of contrasts of y that the design does not touch.

    Everything is given at `phi`.
    """

    def __init__(self, data: Regression, phi: float):
        self.y, self.x, self.time, self.unit = data.y, data.x, data.time, data.unit
        y, x, time, unit = self.y, self.x, self.time, self.unit
        self.free, self.phi = len(y) - x.shape[1], phi
        inverse = np.linalg.inv(correlation(self.phi, time, unit))
        self.spread = np.linalg.inv(x.T @ inverse @ x)
        self.estimate = self.spread @ x.T @ inverse @ y
        residual = y - x @ self.estimate
        self.variance = residual @ inverse @ residual / self.free
        self.covariance = self.variance * self.spread
        self.log_likelihood = -self.cost(np.arctanh(self.phi), np.log(self.variance))

    def cost(self, angle: float, log_variance: float) -> float:
        """The unprofiled restricted −log-likelihood, as normal density of n − p contrasts.

        With K orthonormal and K'x = 0, K'y is normal with covariance K'ΩK; nlme's has ½log|x'x| besides.
        """
        whole = np.exp(log_variance) * correlation(np.tanh(angle), self.time, self.unit)
        kept = np.linalg.svd(self.x)[0][:, self.x.shape[1] :]
        made, inner = kept.T @ self.y, kept.T @ whole @ kept
        squares = made @ np.linalg.solve(inner, made)
        constant = self.free * np.log(2 * np.pi) + np.linalg.slogdet(self.x.T @ self.x)[1]
        return 0.5 * (constant + np.linalg.slogdet(inner)[1] + squares)

    def profile(self, phi: float) -> float:
        whole = correlation(phi, self.time, self.unit)
        kept = np.linalg.svd(self.x)[0][:, self.x.shape[1] :]
        made, inner = kept.T @ self.y, kept.T @ whole @ kept
        squares = made @ np.linalg.solve(inner, made)
        return 0.5 * (self.free * np.log(squares) + np.linalg.slogdet(inner)[1])

    def highest(self) -> float:
        """The phi of the lowest profile: the best of 100 places, then Brent's method."""
        grid = np.linspace(-0.99, 0.99, 100)
        best = int(np.argmin([self.profile(phi) for phi in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, 99)]
        options = {"xatol": 1e-10}
        found = optimize.minimize_scalar(
            self.profile, bounds=(low, high), method="bounded", options=options
        )
        return float(found.x)

    def degrees(self, c: FloatArray) -> float:
        """Satterthwaite by central differences of step 0.001, as METHODS has it; not held to bounds."""
        theta = np.array([np.arctanh(self.phi), np.log(self.variance)])
        hessian = second_differences(lambda at: self.cost(*at), theta)
        slope = np.array(
            [self._variance(c, theta + move) - self._variance(c, theta - move) for move in STEPS]
        ) / (2e-3)
        centre = self._variance(c, theta)
        return float(2 * centre**2 / (slope @ np.linalg.solve(hessian, slope)))

    def _variance(self, c: FloatArray, theta: FloatArray) -> float:
        inverse = np.linalg.inv(correlation(np.tanh(theta[0]), self.time, self.unit))
        return float(np.exp(theta[1]) * c @ np.linalg.solve(self.x.T @ inverse @ self.x, c))
