"""The compiled table of the oversight framework: segment and average score of 150 trusts, Q3 2025/26."""

import pandas as pd

from data_sources._compiled_cells import Table, figures_of, require
from data_sources.tables import Sheet

_MEASURES = {"overall_adjusted_segment": "of5000", "overall_avg_metric_score": "of5002"}


def q3_trusts(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Adjusted segment and average metric score; domain scores and league table columns are not read.

    A segment that the row's league table columns contradict is an error.
    """
    require(sheet, frame, "quarter", "2025-26 Q3", "the quarter '2025-26 Q3'")
    require(sheet, frame, "overall_adjusted_segment", "[1-4]", "a segment from 1 to 4")
    differs = frame["lt_segment"].ne("") & frame["lt_segment"].ne(frame["overall_adjusted_segment"])
    require(
        sheet,
        frame[differs],
        "lt_segment",
        "",
        "the segment of column overall_adjusted_segment",
    )
    return figures_of(frame, "provider", _MEASURES, "quarter")


_DOMAINS = (
    *("access", "effectiveness_experience", "finance_productivity"),
    *("patient_safety", "people_workforce"),
)
_HEADER = (
    *("org_code", "org_name", "region", "trust_type", "trust_subtype", "quarter"),
    *_MEASURES,
    *(f"domain_score_{domain}" for domain in _DOMAINS),
    *(f"domain_segment_{domain}" for domain in _DOMAINS),
    *("lt_segment", "lt_rank", "lt_avg_score", "lt_in_deficit"),
)

TABLES = {
    ",".join(_HEADER): Table("oversight_framework", "compiled_q3_trust", "figures", q3_trusts)
}
