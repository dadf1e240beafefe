"""Dates on which sources disagree: what makes a disagreement whole."""

from datetime import date

import pytest

from data_sources.reference_alternatives import alternative_faults
from data_sources.reference_rows import ReferenceTable
from data_sources.reference_sidecars import Sidecar

ANY = Sidecar(
    columns={},
    key=(),
    required=(),
    org_codes=(),
    dates={},
    vocabulary={},
    retrieved_on=date(2026, 11, 22),
)
CHOSEN = {"spell_id": "qsm-RVV-1", "field": "entered", "stated": "2014-08", "is_chosen": "yes"}
OTHER = CHOSEN | {"stated": "2014-09", "is_chosen": "no"}


def faults(*rows: dict[str, str]) -> list[str]:
    spells = [{"spell_id": "qsm-RVV-1", "entered": "2014-08", "left": "2017-03"}]
    found = alternative_faults(
        ReferenceTable("date_alternatives.csv", rows, ANY),
        ReferenceTable("programme_spells.csv", spells, ANY),
    )
    return [str(fault) for fault in found]


def test_two_dates_one_of_them_the_spells_own_are_a_disagreement() -> None:
    assert faults(CHOSEN, OTHER) == []


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (
            [CHOSEN | {"spell_id": "qsm-RZZ-9"}],
            "row 2: spell_id 'qsm-RZZ-9' is in no row of programme_spells.csv.",
        ),
        (
            [CHOSEN],
            "row 2: a single date of entered for qsm-RVV-1: nothing disagrees with it.",
        ),
        ([OTHER, OTHER], "row 2: 0 chosen dates of entered for qsm-RVV-1: choose one."),
        ([CHOSEN, CHOSEN], "row 2: 2 chosen dates of entered for qsm-RVV-1: choose one."),
        (
            [OTHER, CHOSEN | {"stated": "2014-07"}],
            "row 3: chosen entered 2014-07, but the spell has '2014-08'.",
        ),
    ],
)
def test_anything_else_is_a_fault(rows: list[dict[str, str]], complaint: str) -> None:
    assert faults(*rows) == [f"date_alternatives.csv, {complaint}"]
