"""One organisation's published series beside those of its type never in a programme, for an analysis."""

from datetime import date
from typing import Any

import duckdb

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.published_series import as_series, indicator_named, span_of
from indicators.analyses.refusal import Refusal
from indicators.charted import steady, within
from sql.reads import read


def published_panel(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> GivenPanel:
    """The series that a document names by `indicator`, `org`, `lineage`, `from` and `to`, and its donors'.

    All values from the first on, unless `from` says otherwise; those of too small a denominator are left out,
    as on the pages. Refusal where the indicator is unknown or the organisation has no value.
    """
    indicator = indicator_named(spec.indicator)
    if spec.org is None:
        raise Refusal("BAD_SPEC", "org: name the organisation that entered by its code.")
    values = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    )
    donors = read(warehouse, "never_in_programme", org=spec.org)["org_code"]
    orgs = [spec.org, *donors]
    charted = steady(within(values, span_of(spec, date.min)), indicator)
    chosen = charted[charted["org_code"].isin(orgs)]
    if spec.org not in set(chosen["org_code"]):
        text = (
            f"org: there is no value of {spec.indicator} for {spec.org} (lineage {spec.lineage})."
        )
        raise Refusal("NEEDS_DATA", text)
    place = chosen["org_code"].map({org: place for place, org in enumerate(orgs)})
    ordered = chosen.assign(place=place).sort_values(["place", "period_start"], ignore_index=True)
    return GivenPanel(as_series(ordered, indicator, {}))
