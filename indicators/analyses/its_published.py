"""One organisation's published series for an interrupted-time-series analysis, over its whole length."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import duckdb
import pandas as pd

from indicators.analyses.its_rows import InterruptedRows, SeriesRefused
from indicators.analyses.its_spec import Selected
from indicators.analyses.published_series import as_series, indicator_named
from indicators.analyses.refusal import Refusal
from indicators.charted import steady
from indicators.definition import Indicator
from indicators.stats.its.notices import Notice
from sql.reads import read

_UNDER_ITS_CODE = (
    "As history before mergers choose “as it is today, predecessors added” (lineage current) or “only since "
    "the last merger” (lineage break)."
)
_NOT_ADDED = (
    "Their figures cannot be added for this measure: as history before mergers choose “only since the last "
    "merger” (lineage break)."
)
Ask = Callable[..., pd.DataFrame]
"""What answers a question to the warehouse by its name and parameters, as `sql.reads.read` does."""


def interrupted_rows(spec: Selected, warehouse: duckdb.DuckDBPyConnection) -> InterruptedRows:
    """The series that a document names by `indicator`, `org`, `lineage`, `from` and `to`.

    Unlike control charts it takes everything published, as the time before entry is what counts. Values of
    too small a denominator are left out, as on the pages. Refuses a merger inside the series (`SERIES_BREAK`)
    whose predecessors' figures are not added: a SeriesRefused.
    """
    return rows_asked(spec, indicator_named(spec.indicator), partial(read, warehouse))


def rows_asked(spec: Selected, indicator: Indicator, ask: Ask) -> InterruptedRows:
    """`interrupted_rows` of the indicator that `spec` names, from whatever answers for the warehouse."""
    if spec.org is None:
        raise Refusal("BAD_SPEC", "org: name an organisation by its code.")
    if indicator.cadence == "year":
        text = f"{indicator.title} comes once a year, so there are too few points around an interruption."
        raise Refusal("TOO_FEW_POINTS", f"{text} Choose a measure that comes monthly or quarterly.")
    values = ask("lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage)
    chosen = within_months(values[values["org_code"] == spec.org], spec)
    found = steady(chosen, indicator).sort_values("period_start", ignore_index=True)
    if found.empty:
        where = f"for {spec.org} (lineage {spec.lineage}) in that time"
        advice = "Choose another measure, organisation or history before mergers."
        raise Refusal(
            "NEEDS_DATA", f"No figure of “{indicator.title}” is published {where}. {advice}"
        )
    given = as_series(found, indicator, {})
    counts = found[["numerator", "denominator"]].astype(float)
    rows = InterruptedRows(replace(given, frame=given.frame.join(counts)), indicator)
    return replace(rows, notices=_mergers(spec, ask, rows, found))


def within_months(values: pd.DataFrame, spec: Selected) -> pd.DataFrame:
    """The values from the first month that the document names to its last, both inclusive."""
    starts = values["period_start"]
    inside = pd.Series(data=True, index=values.index)
    if spec.begins:
        inside &= starts >= pd.Timestamp(spec.begins)
    if spec.ends:
        inside &= starts <= pd.Timestamp(spec.ends)
    return values[inside]


def _mergers(
    spec: Selected, ask: Ask, rows: InterruptedRows, found: pd.DataFrame
) -> tuple[Notice, ...]:
    """Refuse organisations that passed into this one within the series; tell of them where they are added."""
    others = ask("predecessors", org=spec.org)
    first, last = found["period_start"].min(), found["period_start"].max()
    passed = pd.to_datetime(others["passed_on"])
    inside = others[(passed > first) & (passed <= last)]
    if inside.empty:
        return ()
    named = _named(inside)
    if spec.lineage == "current" and _are_added(ask, spec, found):
        text = f"{named}, and the figures before are those of all added up."
        return (
            Notice(
                "MERGED_HISTORY", f"{text} Check that the merger itself is not the change you see."
            ),
        )
    cause = (
        f"{named}, inside this series, so figures before and after are of different organisations."
    )
    advice = _NOT_ADDED if spec.lineage == "current" else _UNDER_ITS_CODE
    raise SeriesRefused("SERIES_BREAK", f"{cause} {advice}", rows)


def _named(inside: pd.DataFrame) -> str:
    when = pd.to_datetime(inside["passed_on"])
    days = [
        f"{name} on {day.day} {day:%B %Y}"
        for name, day in zip(inside["short_name"], when, strict=True)
    ]
    return f"The organisation took in {' and '.join(days)}"


def _are_added(ask: Ask, spec: Selected, found: pd.DataFrame) -> bool:
    """Whether `current` differs from the figures under the organisation's own code."""
    values = ask("lineage_values", indicator=spec.indicator, lineage="as_was")
    own = values[values["org_code"] == spec.org].set_index("period_start")["value"]
    mine = found.set_index("period_start")["value"]
    return not own.reindex(mine.index).equals(mine)
