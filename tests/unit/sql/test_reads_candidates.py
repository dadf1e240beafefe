"""What speaks against an organisation as a comparator: rows made for the purpose."""

from datetime import date
from typing import Any

import pandas as pd

from tests.unit.sql.ledger import ERAS
from tests.unit.sql.models import Row, answer, trust
from tests.unit.sql.test_models_lineage import REPORT, closed, move
from tests.unit.sql.test_reads_aligned import NEVER, ORIGIN, calls, made

WINDOW = {"org": "RAA", "first": date(2022, 7, 1), "last": date(2024, 6, 30)}


def segment(org: str, stated: str, number: str, era: str = "R1") -> Row:
    return {
        "org_code": org,
        "era_id": era,
        "snapshot_date": stated,
        "segment": number,
        "framework": "NOF",
        "source_url": "https://paper.example/a",
        "confidence": "high",
    }


def candidates(**raw: list[Row]) -> dict[Any, Any]:
    """RAA entered in May 2022, RB1 to RB5 never did, all acute; RMM is of another type."""
    rows = made()
    rows["figures"] = rows["figures"] + calls("RMM", [1.0], ["2022-01"])
    rows["reference_org_types"] = [*rows["reference_org_types"], trust("RMM", "mental_health")]
    rows["reference_framework_eras"] = ERAS
    found: pd.DataFrame = answer("comparator_candidates", WINDOW, **rows | raw)
    assert not found["org_code"].duplicated().any()
    return found.set_index("org_code").to_dict("index")


def day(value: pd.Timestamp) -> str | None:
    return None if pd.isna(value) else f"{value:%Y-%m-%d}"


def test_type_and_programme() -> None:
    found = candidates()
    assert {code: row["is_same_type"] for code, row in found.items()} == {
        **dict.fromkeys(("RAA", "RB1", "RB2", "RB3", "RB4", "RB5"), True),
        "RMM": False,
    }
    assert [code for code, row in found.items() if not row["is_never_in_programme"]] == ["RAA"]


def test_the_highest_segment_of_an_era_within_a_year_of_the_window() -> None:
    """The window with a year on each side is July 2021 to June 2025."""
    found = candidates(
        reference_segment_snapshots=[
            segment("RB1", "2021-08-10", "4"),
            segment("RB2", "2023-08-10", "3"),
            segment("RB3", "2025-09-10", "5", "R2"),
            segment("RB4", "2024-08-10", "4"),
            segment("RB4", "2023-11-10", "4"),
        ]
    )
    stated = {code: day(row["highest_on"]) for code, row in found.items()}
    assert [stated[code] for code in ("RB1", "RB2", "RB3", "RB4", "RB5")] == [
        "2021-07-01",
        None,
        None,
        "2023-10-01",
        None,
    ]
    assert found["RB4"]["highest_segment"] == 4


def test_mergers_within_the_window_and_before_its_end() -> None:
    """RZ1 was open up to 31 March 2023, so that RB1 took it over the day after; RZ3 before the window."""
    last_days = {"RZ1": "2023-03-31", "RB2": "2024-03-31", "RZ3": "2022-03-31", "RB4": "2024-06-30"}
    found = candidates(
        figures=[
            row for org in ("RAA", *NEVER, "RZ1", "RZ3") for row in calls(org, [1.0], ["2022-01"])
        ],
        snapshots=[ORIGIN, REPORT],
        organisations=[closed(*pair) for pair in last_days.items()],
        successions=[
            *(move("RZ1", "RB1"), move("RB2", "RB5")),
            *(move("RZ3", "RB3"), move("RB4", "RZ4")),
        ],
        reference_org_types=[*map(trust, ("RAA", *NEVER, "RZ1", "RZ3"))],
    )
    took = {code: day(row["took_over_on"]) for code, row in found.items()}
    passed = {code: day(row["passed_on"]) for code, row in found.items()}
    assert {code: on for code, on in took.items() if on} == {
        "RB1": "2023-04-01",
        "RB5": "2024-04-01",
    }
    assert {code: on for code, on in passed.items() if on} == {
        "RB2": "2024-04-01",
        "RZ1": "2023-04-01",
        "RZ3": "2022-04-01",
    }
