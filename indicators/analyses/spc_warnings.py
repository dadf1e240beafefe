"""What a reader of control charts has to be told: trial limits, no variation, neighbours alike, seasons."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from indicators.analyses.own_series import GivenSeries
from indicators.analyses.refusal import warn
from indicators.analyses.spc_seasons import PER_YEAR
from indicators.analyses.spc_spec import Choices
from indicators.stats.attribute_charts import LANEY_ABOVE
from indicators.stats.control_chart import LEAST_IN_PHASE, LEAST_POINTS, ControlCharts
from indicators.stats.dependence import ALIKE, lag_one
from indicators.stats.seasonal import LEAST, SEASONAL, seasonality


def warnings_of(
    rows: GivenSeries, charts: ControlCharts, choices: dict[str, Choices]
) -> list[dict[str, str]]:
    """One warning of a kind, naming every series it concerns."""
    points = charts.points
    long_enough = points[~points["series"].map(_is_short(charts)).to_numpy(dtype=bool)]
    told = [_left_out(rows.left_out), _gaps(rows), _trial(points), _constant(points)]
    told += [_wide(points), _not_adjusted(points, choices), _shared(rows)]
    if not long_enough.empty:
        told += [_alike(long_enough), _seasonal(long_enough, rows.periods.unit)]
    return [warn(code, text) for code, text in filter(None, told)]


def _is_short(charts: ControlCharts) -> pd.Series:
    icons = charts.icons.set_index("series")
    return icons["points"] < LEAST_POINTS


def _left_out(number: int) -> tuple[str, str] | None:
    if not number:
        return None
    return "LEFT_OUT", f"Rows without a value, left out and not filled in: {number}."


def _shared(rows: GivenSeries) -> tuple[str, str] | None:
    if not rows.is_shared:
        return None
    return (
        "SHARED_DATA",
        "Neighbouring figures share data, so no rule is judged and there is no icon.",
    )


def _gaps(rows: GivenSeries) -> tuple[str, str] | None:
    """Months or quarters missing between points; whole numbers and days need not be one apart."""
    if rows.periods.unit not in PER_YEAR:
        return None
    by_series = rows.frame.groupby("series", sort=False)["count"]
    missing = by_series.max() - by_series.min() + 1 - by_series.size()
    told = _listed(f"{name} ({number})" for name, number in missing[missing > 0].items())
    text = f"Periods without a value between points, which count as neighbours: {told}."
    return ("GAPS", text) if told else None


def _trial(points: pd.DataFrame) -> tuple[str, str] | None:
    names = points.loc[points["is_trial"], "series"].unique()
    few = f"fewer than {LEAST_POINTS} points, or {LEAST_IN_PHASE} since limits began anew"
    text = f"Trial limits ({few}; no icons where these are the last): {_listed(names)}."
    return ("TRIAL_LIMITS", text) if len(names) else None


def _constant(points: pd.DataFrame) -> tuple[str, str] | None:
    last = points.groupby("series", sort=False).tail(1)
    still = last[(last["upper"] == last["lower"]) & ~last["is_trial"]]
    text = f"No variation, so limits are the mean: {_listed(map(_met, still.itertuples()))}."
    return ("NO_VARIATION", text) if len(still) else None


def _met(point: Any) -> str:
    """The series, and whether its target is met where it has one and a better side."""
    series, ahead = point.series, (point.value - point.target) * point.improvement
    if pd.isna(ahead) or point.improvement == 0:
        return str(series)
    return f"{series} (target {'met' if ahead >= 0 else 'not met'})"


def _wide(points: pd.DataFrame) -> tuple[str, str] | None:
    """Shares and rates whose points lie wider than their size explains, and limits do not allow for it."""
    if "sigma_z" not in points:
        return None
    found = (
        points.loc[points["chart"].isin(["p", "u"])].groupby("series", sort=False)["sigma_z"].max()
    )
    told = _listed(f"{name} ({value:.2f})" for name, value in found[found > LANEY_ABOVE].items())
    text = f"Points lie wider than chance puts them (sigma_z above {LANEY_ABOVE:g}): {told}."
    advice = "p_prime and u_prime allow for it; the limits shown are too narrow."
    return ("OVERDISPERSED", f"{text} {advice}") if told else None


def _not_adjusted(points: pd.DataFrame, choices: dict[str, Choices]) -> tuple[str, str] | None:
    asked = [name for name, choice in choices.items() if choice.seasonally_adjusted]
    done = set(points.loc[points["is_adjusted"], "series"])
    told = _listed(name for name in asked if name not in done)
    text = f"Not seasonally adjusted, since fewer than {LEAST} points or no variation tell no season: {told}."
    return ("NOT_ADJUSTED", text) if told else None


def _alike(points: pd.DataFrame) -> tuple[str, str] | None:
    found = lag_one(points)
    found = found[found > ALIKE]
    told = _listed(f"{name} ({value:.2f})" for name, value in found.items())
    text = f"Neighbouring points are alike (correlation above {ALIKE:g}): {told}."
    advice = "Points break rules more often there than by chance alone."
    return ("SPC_AUTOCORRELATED", f"{text} {advice}") if len(found) else None


def _seasonal(points: pd.DataFrame, unit: str) -> tuple[str, str] | None:
    if unit not in PER_YEAR:
        return None
    period = points["count"].to_numpy(dtype=int)
    found = seasonality(points.assign(period=period), PER_YEAR[unit])
    names = found.index[found < SEASONAL]
    text = f"The time of year matters (p below {SEASONAL:g}): {_listed(names)}."
    advice = "A point that breaks a rule may be the season; `seasonally_adjusted` charts values without it."
    return ("SPC_SEASONAL", f"{text} {advice}") if len(names) else None


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(str, names))
