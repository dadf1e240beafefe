"""One organisation's control chart as the reader asks for it: points with files and reasons, and icons."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from indicators.charted import Rebase, chart_values, is_unsteady, rules_broken, withheld, within
from indicators.definition import Indicator
from indicators.stats.attribute_control import attribute_control_charts
from indicators.stats.control_chart import LEAST_POINTS, ControlCharts, control_charts
from indicators.stats.dependence import ALIKE, lag_one
from indicators.stats.seasonal import SEASONAL, adjust, seasonality
from indicators.stats.spc import Options
from pages.charts.control_chart import rules_in_words
from pages.charts.layers.formats import format_span, format_value
from pages.charts.layers.rows import rows_of
from pages.parts.charted import USUAL, charts_of, rebases_of
from pages.parts.control.choice import Choice
from pages.parts.control.frozen_entries import frozen_one
from pages.parts.store import ask

LEAST = 2
"""A series of fewer points has no moving range, so no limits."""
NOT_JUDGED = "not judged: pandemic"
_PER_YEAR = {1: 12, 3: 4}


@dataclass(frozen=True)
class OneChart:
    """`points`: the periods shown, those without a value too, as the chart takes them, with `rules_words`.

    `measured`: those with a value that are charted; `variation` and `assurance`: names of the two icons;
    `told`: what there is to say of limits that are frozen, or of values that are adjusted; `why_empty`: why
    there are no icons; `small`: how many values of too few cases are left out.
    """

    points: pd.DataFrame
    measured: pd.DataFrame
    variation: str
    assurance: str
    told: str = ""
    why_empty: str = ""
    small: int = 0

    @property
    def last(self) -> Any:
        """The last point, which the icons are of."""
        return rows_of(self.measured.tail(1))[0]

    @property
    def rules(self) -> list[str]:
        """All rules that the last point breaks."""
        return rules_broken(self.measured.tail(1))[0]

    @property
    def is_short(self) -> bool:
        """Whether there are too few points for icons at all."""
        return len(self.measured) < LEAST_POINTS


def one_chart(indicator: Indicator, choice: Choice) -> OneChart | str:
    """The chart asked for; a sentence where there is none to draw."""
    found = _frozen(indicator, choice) if choice.is_frozen else _usual(indicator, choice)
    if isinstance(found, str):
        return found
    # As plain text: a period without a value has no kind.
    measured = found.measured.assign(
        kind=found.measured["kind"].astype(str),
        rules_words=rules_in_words(found.measured, choice.options.run_length),
    )
    if choice.is_frozen:
        masked = measured["is_masked"].astype(bool)
        measured = measured.assign(rules_words=measured["rules_words"].mask(masked, NOT_JUDGED))
    absent = _absent(measured, indicator, choice)
    points = _with_files(_with_missing(measured, absent), choice)
    small = int((absent["missing_reason"] == _small_words(indicator)).sum())
    return replace(found, points=points, measured=measured, small=small)


def _frozen(indicator: Indicator, choice: Choice) -> OneChart | str:
    found = frozen_one(indicator, choice)
    if isinstance(found, str):
        return found
    return OneChart(
        found.points, found.points, found.variation, found.assurance, found.told, found.why_empty
    )


def _usual(indicator: Indicator, choice: Choice) -> OneChart | str:
    """By limits that rest on all points of each phase, or its first."""
    charts = _charts(indicator, choice)
    own = charts.points[charts.points["org_code"] == choice.org]
    if len(own) < LEAST:
        return _too_few(own, indicator)
    if choice.is_proportion:
        if own[["numerator", "denominator"]].isna().any(axis=None):
            return "Not all of its numerators and denominators are published: choose single values."
        return _remade(own, proportion_charts(own, choice.options), indicator)
    if choice.is_adjusted:
        return _adjusted(own, indicator, choice)
    icon = charts.icons[charts.icons["org_code"] == choice.org].iloc[0]
    return OneChart(own, own, icon["variation"], icon["assurance"], why_empty=icon["why_empty"])


def _adjusted(own: pd.DataFrame, indicator: Indicator, choice: Choice) -> OneChart:
    """By limits of the values less their season, with the published ones beside them."""
    asked = own.assign(series=own["org_code"], period=own["period_start"], observed=own["value"])
    found = adjust(asked, _PER_YEAR[indicator.step_months])
    chart = _remade(asked, control_charts(found, choice.options), indicator)
    if found["is_adjusted"].all():
        return replace(chart, told="Values are seasonally adjusted.")
    return replace(chart, told="Too few points to tell a season: the values are as published.")


def proportion_charts(own: pd.DataFrame, options: Options) -> ControlCharts:
    """Points in per cent once more, by Laney's limits of a proportion (p′)."""
    shares = own.assign(
        series=own["org_code"],
        value=own["numerator"] / own["denominator"],
        target=own["target"] / 100,
    )
    charts = attribute_control_charts(shares, "p_prime", options)
    percents = {
        name: 100 * charts.points[name] for name in ("value", "target", "mean", "lower", "upper")
    }
    return ControlCharts(charts.points.assign(**percents), charts.icons)


def _remade(own: pd.DataFrame, made_of: ControlCharts, indicator: Indicator) -> OneChart:
    """The points of one organisation with limits, rules and icons of another chart of them."""
    charts = withheld(made_of, own, indicator)
    made = charts.points.drop(columns="series")
    points = pd.concat([own.drop(columns=made.columns, errors="ignore"), made], axis="columns")
    icon = charts.icons.iloc[0]
    return OneChart(
        points, points, icon["variation"], icon["assurance"], why_empty=icon["why_empty"]
    )


def _too_few(own: pd.DataFrame, indicator: Indicator) -> str:
    """That there is no value, or a single one."""
    least = indicator.quality.min_denominator
    of = f" of {least} cases or more" if least else ""
    if own.empty:
        return f"It has no value{of} in these months."
    when = format_span(own["period_start"].iloc[0], indicator.step_months)
    figure = format_value(own["value"].iloc[0], indicator.unit)
    return (
        f"It has a single value{of} in these months, {figure} in {when}: limits take at least two."
    )


def _charts(indicator: Indicator, choice: Choice) -> ControlCharts:
    return charts_of(indicator.indicator_id, choice.lineage, choice.stretch, choice.options)


def _absent(measured: pd.DataFrame, indicator: Indicator, choice: Choice) -> pd.DataFrame:
    """The periods shown that are not charted, with why: not published, or of too few cases."""
    question = "current_series" if choice.lineage == "current" else "organisation_series"
    rows = ask(question, org=choice.org)
    rows = rows[rows["indicator_id"] == indicator.indicator_id]
    few = is_unsteady(rows, indicator) & rows["value"].notna()
    absent = rows.assign(missing_reason=rows["missing_reason"].mask(few, _small_words(indicator)))
    begins = measured["period_start"].iloc[0].date() if choice.is_frozen else choice.shown[0]
    shown = within(absent[few | rows["value"].isna()], (begins, choice.shown[1]))
    return shown.loc[
        ~shown["period_start"].isin(measured["period_start"]),
        ["period_start", "period_end", "numerator", "denominator", "missing_reason"],
    ]


def _small_words(indicator: Indicator) -> str:
    return f"of fewer than {indicator.quality.min_denominator} cases: not charted"


def _with_missing(measured: pd.DataFrame, absent: pd.DataFrame) -> pd.DataFrame:
    """The points with the absences between and around them, in order of time."""
    if absent.empty:
        return measured.assign(missing_reason=None)
    return pd.concat([measured, absent], ignore_index=True).sort_values(
        "period_start", ignore_index=True
    )


def _with_files(points: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The points with the file that each was read from."""
    question = "current_series" if choice.lineage == "current" else "organisation_series"
    rows = ask(question, org=choice.org)
    files = rows[["snapshot_id", "file_name", "kind", "note"]].drop_duplicates("snapshot_id")
    files = files.dropna(subset="snapshot_id").rename(columns={"kind": "file_kind"})
    return points.merge(files, on="snapshot_id", how="left")


def neighbours_alike(chart: OneChart) -> float | None:
    """The correlation of neighbouring points, where it is so high that rules are broken too often."""
    if chart.is_short:
        return None
    found = lag_one(chart.measured.assign(series="one")).iloc[0]
    return float(found) if found > ALIKE else None


def is_seasonal(chart: OneChart, indicator: Indicator) -> bool:
    """Whether the time of year matters more than chance would have it."""
    if chart.is_short or indicator.step_months not in _PER_YEAR:
        return False
    starts = pd.DatetimeIndex(chart.measured["period_start"])
    months = (12 * starts.year + starts.month - 1) // indicator.step_months
    frame = chart.measured.assign(series="one", period=months.to_numpy())
    return bool(seasonality(frame, _PER_YEAR[indicator.step_months]).iloc[0] < SEASONAL)


def with_recalculation(indicator: Indicator, org: str, starts_on: date) -> ControlCharts:
    """The chart of the grid with its limits begun anew on one more day, of this organisation alone."""
    values = within(
        ask("lineage_values", indicator=indicator.indicator_id, lineage="as_was"), USUAL
    )
    rebases = (*rebases_of(indicator.indicator_id), Rebase(org, starts_on))
    charts = chart_values(values, indicator, rebases)
    own = charts.points["org_code"] == org
    return ControlCharts(charts.points[own], charts.icons[charts.icons["org_code"] == org])
