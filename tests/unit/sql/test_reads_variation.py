"""Answers to the questions of the Variation page, from rows made for the purpose."""

from datetime import date

import pandas as pd

from tests.unit.sql.models import Row, answer, by, figure, snapshot, trust
from tests.unit.sql.test_reads_made import PROGRAMMES

SICKNESS: Row = {
    "indicator_id": "sickness",
    "source_id": "sickness_absence",
    "numerator": "days_lost",
    "denominator": "days_available",
    "scale": "100",
    "cadence": "quarter",
}
QUARTERS = snapshot(
    "quarters",
    "sickness_absence",
    layout="compiled_org_quarter",
    layout_rank="1",
    period_start="2022-01-01",
    period_end="2022-07-01",
)


def quarter(org: str, start: str, end: str, available: str) -> list[Row]:
    lost = figure(QUARTERS, "days_lost", "90", org, start, period_end=end)
    there = figure(QUARTERS, "days_available", available, org, start, period_end=end)
    return [lost, there]


def sizes(figures: list[Row], **raw: list[Row]) -> dict[object, dict[str, object]]:
    rows = answer("organisation_sizes", {}, figures=figures, **raw)
    return by("org_code", rows)


def test_the_size_of_a_trust_is_its_average_staff_in_its_last_quarter() -> None:
    """9,100 days over the 91 days of April to June are 100 people; the quarter before had 90 days."""
    found = sizes(
        [
            *quarter("RAA", "2022-01", "2022-04-01", "18000"),
            *quarter("RAA", "2022-04", "2022-07-01", "9100"),
            *quarter("RBB", "2022-01", "2022-04-01", "18000"),
        ],
        catalogue=[SICKNESS],
        snapshots=[QUARTERS],
        reference_org_types=[trust("RAA"), trust("RBB")],
    )
    assert {org: row["size"] for org, row in found.items()} == {"RAA": 100, "RBB": 200}
    assert found["RAA"]["measure"] == "staff"
    assert found["RBB"]["period_start"] == pd.Timestamp("2022-01-01")


def test_the_size_of_a_board_is_the_list_of_its_system_and_a_trusts_list_is_no_size() -> None:
    origin = snapshot("extract", "rtt", layout="full_extract")
    waiting: Row = {"indicator_id": "rtt_wl", "source_id": "rtt", "numerator": "incomplete"}
    found = sizes(
        [
            figure(origin, "incomplete", "900", "RAA"),
            figure(origin, "incomplete", "5000", "QAA", level="system"),
        ],
        catalogue=[waiting | {"scale": "1", "cadence": "month"}],
        snapshots=[origin],
        reference_org_types=[trust("RAA")],
        icbs=[{"icb_code": "QAA", "icb_name": "Alpha ICB", "opened_on": "2022-07-01"}],
    )
    assert list(found) == ["QAA"]
    assert (found["QAA"]["size"], found["QAA"]["measure"]) == (5000, "waiting_list")


ERAS: list[Row] = [
    {"era_id": "R1", "starts_on": "2021-07", "ends_on": "2025-06-26"},
    {"era_id": "R2", "starts_on": "2025-06-26", "ends_on": ""},
]


def stated(org: str, era: str, framework: str, on: str, segment: str) -> Row:
    return {
        "org_code": org,
        "era_id": era,
        "framework": framework,
        "snapshot_date": on,
        "segment": segment,
        "source_url": "https://a.example/1",
    }


def test_the_last_segment_stands_beside_all_of_the_years_of_the_programme() -> None:
    rows = answer(
        "last_segments",
        {},
        reference_framework_eras=[
            era | {"lowest_segment": "1", "highest_segment": "5"} for era in ERAS
        ],
        reference_segment_snapshots=[
            stated("RAA", "R1", "NOF 2022/23", "2023-12-01", "4"),
            stated("RAA", "R1", "NOF 2022/23", "2024-03-01", "3"),
            stated("RAA", "R1", "SOF 2021/22", "2021-11-01", "3"),
            stated("RAA", "R2", "NOF 2025/26 Q1", "2025-09-09", "2"),
            stated("RBB", "R2", "NOF 2025/26 Q1", "2025-09-09", "1"),
        ],
    )
    found = by("org_code", rows)
    assert (found["RAA"]["segment"], found["RAA"]["era_id"]) == (2, "R2")
    assert list(found["RAA"]["segments_r1"]) == [3, 4]  # type: ignore[call-overload]
    assert found["RBB"]["segments_r1"] is None


def test_programmes_come_in_order_of_their_start() -> None:
    rows = answer("programmes", {}, reference_programmes=PROGRAMMES)
    assert list(rows["programme"]) == ["qsm", "fsm", "rsp", "pip"]
    assert rows["started_on"].iloc[0].date() == date(2013, 7, 1)
