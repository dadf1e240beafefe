"""Patients remaining: those ready less those discharged, over the days that were returned."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

READY = snapshot("ready", "discharge_sitrep", layout="compiled_ready_trusts", kind="compiled")
LEFT = snapshot("left", "discharge_sitrep", layout="compiled_discharged_trusts", kind="compiled")


def cells(ready: tuple[str, str, str], left: tuple[str, str, str] | None, **more: str) -> list[Row]:
    """Mean, days and zero days of those ready, and of those discharged if any are known."""
    endings = ("", "_days", "_zero_days")
    rows = [
        figure(READY, f"no_longer_meeting{end}", value, **more)
        for end, value in zip(endings, ready, strict=True)
    ]
    if left:
        rows += [
            figure(LEFT, f"discharged{end}", value, **more)
            for end, value in zip(endings, left, strict=True)
        ]
    return rows


def remaining(*given: tuple[str, str, str] | None) -> tuple[float | None, str | None]:
    """Amount and reason of the one measure."""
    found = run(
        "intermediate.int_discharge_sitrep__measures",
        snapshots=[READY, LEFT],
        figures=cells(*given),
    )
    (one,) = found.astype(object).where(found.notna(), None).to_dict("records")
    assert (one["measure"], one["snapshot_id"], one["basis"]) == ("remaining", "ready", "compiled")
    return (None if one["amount"] is None else float(one["amount"])), one["missing_reason"]


def test_those_ready_less_those_discharged() -> None:
    assert remaining(("100", "30", "0"), ("40", "30", "0")) == (60, None)


def test_days_without_a_return_do_not_count() -> None:
    # 30 days of April, three of them zeros: 90 a day over 30 days are 100 a day over 27.
    assert remaining(("90", "30", "3"), ("36", "30", "3")) == (60, None)


def test_more_days_without_discharges_than_without_anybody_ready() -> None:
    # Discharges average 50 over the 24 days that have any, so their six zeros are no returns.
    assert remaining(("100", "30", "0"), ("40", "30", "6")) == (50, None)


def test_a_small_hospital_discharges_nobody_on_some_days() -> None:
    assert remaining(("20", "30", "0"), ("2", "30", "10")) == (18, None)
    assert remaining(("18", "30", "3"), ("1.8", "30", "13")) == (18, None)


@pytest.mark.parametrize(
    ("ready", "left", "reason"),
    [
        (("", "0", "0"), ("", "0", "0"), "not published"),
        (("100", "30", "0"), None, "not published"),
        (("100", "30", "0"), ("", "0", "0"), "not published"),
        (("0", "30", "30"), ("0", "30", "30"), "zero on every day: no return"),
        (("100", "30", "0"), ("0", "30", "30"), "zero on every day: no return"),
        (("100", "14", "0"), ("40", "14", "0"), "fewer than half of the days returned"),
        (("100", "30", "16"), ("40", "30", "16"), "fewer than half of the days returned"),
        (("100", "30", "0"), ("40", "30", "16"), "fewer than half of the days returned"),
        (("70", "30", "0"), ("70", "30", "0"), "nobody reported as remaining"),
    ],
)
def test_no_value_and_why(
    ready: tuple[str, str, str], left: tuple[str, str, str] | None, reason: str
) -> None:
    assert remaining(ready, left) == (None, reason)


def test_half_of_the_days_are_enough() -> None:
    assert remaining(("100", "15", "0"), ("40", "15", "0")) == (60, None)


def test_every_level_is_taken_as_published_and_england_is_not_added_up() -> None:
    rows = [
        *cells(("100", "30", "0"), ("40", "30", "0"), org="RXX"),
        *cells(("50", "30", "0"), ("20", "30", "0"), org="QWO", level="system"),
    ]
    found = run(
        "intermediate.int_discharge_sitrep__measures", snapshots=[READY, LEFT], figures=rows
    )
    assert found.set_index("org_code")["amount"].astype(float).to_dict() == {"RXX": 60, "QWO": 30}
    measures = run("intermediate.int_measures", snapshots=[READY, LEFT], figures=rows)
    assert set(measures["measure"]) == {"remaining"}
