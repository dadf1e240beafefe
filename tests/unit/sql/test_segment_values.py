"""Values by the segment stated of a quarter, from rows made for the purpose."""

import pandas as pd

from tests.unit.sql.ledger import ledger, spell, statement
from tests.unit.sql.models import Row, answer, figure, snapshot

FILE = snapshot(
    "a",
    "ambulance_quality",
    layout="time_series_workbook",
    period_start="2023-01-01",
    period_end="2024-01-01",
)
CALLS: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "cadence": "month",
}


def found(by_month: dict[str, str], *statements: Row, spells: tuple[Row, ...] = ()) -> pd.DataFrame:
    """Values of RAA by month, beside what is stated of it."""
    return answer(
        "segment_values",
        {"indicator": "calls"},
        **ledger(*spells, statements=statements),
        catalogue=[CALLS],
        snapshots=[FILE],
        figures=[figure(FILE, "a1", value, "RAA", month) for month, value in by_month.items()],
    )


def test_of_a_quarter_counts_the_last_month_with_a_value() -> None:
    months = {"2023-03": "1", "2023-04": "2", "2023-05": "3", "2023-06": "*", "2023-07": "5"}
    (row,) = found(months, statement("2023-05-01", 3)).itertuples()
    assert (row.era_id, f"{row.quarter_start:%Y-%m}", row.segment) == ("R1", "2023-04", 3)
    assert (f"{row.period_start:%Y-%m}", row.value) == ("2023-05", 3)


def test_a_quarter_without_a_value_has_no_row() -> None:
    assert found({"2023-03": "1", "2023-07": "5"}, statement("2023-05-01", 3)).empty


def test_neither_vague_nor_contradicted_statements_nor_spells_give_a_segment() -> None:
    months = {"2023-05": "3"}
    assert found(months, statement("2023", 3)).empty
    assert found(months, statement("2023-04-05", 3), statement("2023-05-05", 4)).empty
    assert found(months, spells=(spell(entered="2023-01-01", left="2023-12"),)).empty
