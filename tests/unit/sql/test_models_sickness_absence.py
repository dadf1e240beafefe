"""Sickness absence: from published months and compiled quarters to quarters of one kind."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

MONTHS = {
    month: snapshot(
        f"file-{month}",
        "sickness_absence",
        layout="monthly_csv",
        period_start=f"{month}-01",
        period_end=f"{after}-01",
    )
    for month, after in (
        *(("2024-04", "2024-05"), ("2024-05", "2024-06")),
        *(("2024-06", "2024-07"), ("2024-07", "2024-08")),
    )
}
COMPILED = snapshot(
    "compiled",
    "sickness_absence",
    layout="compiled_org_quarter",
    layout_rank="1",
    kind="compiled",
    period_start="2009-04-01",
    period_end="2023-10-01",
)
REASON = "not published for all three months"
TOO_FEW = "too few organisations in one of the three months"


def month(month: str, org: str, value: str | None, measure: str = "days_lost_in_month") -> Row:
    return figure(MONTHS[month], measure, value, org, month)


def quarter(org: str, value: str, start: str = "2023-07", end: str = "2023-10-01") -> Row:
    return figure(COMPILED, "days_lost", value, org, start, period_end=end)


def measures(rows: list[Row], **raw: list[Row]) -> dict[tuple[str, str], object]:
    """Amount, or the reason it is missing, by organisation and quarter; only one measure at a time."""
    found = run(
        "intermediate.int_sickness_absence__measures",
        snapshots=[*MONTHS.values(), COMPILED],
        figures=rows,
        **raw,
    )
    assert not found.duplicated(["level", "org_code", "period_start", "measure"]).any()
    assert (found["amount"].isna() == found["missing_reason"].notna()).all()
    assert ((found["period_end"] - found["period_start"]).dt.days > 89).all()
    keys = zip(found["org_code"], found["period_start"].dt.strftime("%Y-%m"), strict=True)
    values = found["amount"].where(found["amount"].notna(), found["missing_reason"])
    return dict(zip(keys, values, strict=True))


def whole(org: str, *values: str) -> list[Row]:
    return [month(one, org, value) for one, value in zip(MONTHS, values, strict=False)]


def test_three_months_are_a_quarter_and_all_organisations_are_england() -> None:
    rows = [*whole("RAA", "1.5", "2", "3"), *whole("RBB", "10", "20", "30")]
    assert measures(rows) == {
        ("RAA", "2024-04"): 6.5,
        ("RBB", "2024-04"): 60,
        ("ENG", "2024-04"): 66.5,
    }


def test_a_quarter_with_a_missing_month_has_no_value_and_says_why() -> None:
    rows = [*whole("RAA", "1", "2", "3", "4"), month("2024-04", "RBB", "10")]
    assert measures(rows) == {
        ("RAA", "2024-04"): 6,
        ("RAA", "2024-07"): REASON,
        ("RBB", "2024-04"): REASON,
        ("ENG", "2024-04"): TOO_FEW,
        ("ENG", "2024-07"): REASON,
    }


def test_england_counts_what_an_organisation_lost_before_it_closed() -> None:
    others = [row for at in range(9) for row in whole(f"RA{at}", "1", "1", "1")]
    found = measures([*others, month("2024-04", "RBB", "10")])
    assert found["RBB", "2024-04"] == REASON
    assert found["ENG", "2024-04"] == 37


def test_a_missing_mark_makes_the_quarter_missing() -> None:
    assert measures(whole("RAA", "1", "-", "3")) == {
        ("RAA", "2024-04"): REASON,
        ("ENG", "2024-04"): TOO_FEW,
    }


def test_months_and_their_measures_are_kept_apart() -> None:
    rows = whole("RAA", "1", "2", "3")
    rows += [month(one, "RAA", "100", "days_available_in_month") for one in list(MONTHS)[:3]]
    found = run("intermediate.int_measures", snapshots=[*MONTHS.values()], figures=rows)
    mine = found[found["org_code"] == "RAA"].set_index("measure")["amount"]
    assert mine.astype(float).to_dict() == {"days_lost": 6, "days_available": 300}
    assert set(found["source_id"]) == {"sickness_absence"}


def test_compiled_quarters_stand_as_they_are_and_make_no_england() -> None:
    assert measures([quarter("RAA", "7.25"), quarter("RBB", "")]) == {
        ("RAA", "2023-07"): 7.25,
        ("RBB", "2023-07"): "not published",
    }


def test_published_months_come_before_a_compiled_quarter_unless_one_is_missing() -> None:
    compiled = [quarter(org, "9", "2024-04", "2024-07-01") for org in ("RAA", "RBB")]
    found = measures([*compiled, *whole("RAA", "1", "2", "3"), month("2024-05", "RBB", "5")])
    assert found["RAA", "2024-04"] == 6
    assert found["RBB", "2024-04"] == 9


@pytest.mark.parametrize(
    ("lost", "available", "expected"),
    [("0", "1000.5", "no day lost: not reported"), ("0", "1000", 0), ("0.5", "2000", 0.5)],
)
def test_many_staff_and_no_day_lost_is_no_return(
    lost: str, available: str, expected: object
) -> None:
    days = quarter("RAA", available) | {"measure": "days_available"}
    found = run(
        "intermediate.int_sickness_absence__measures",
        snapshots=[COMPILED],
        figures=[quarter("RAA", lost), days],
    ).set_index("measure")
    told = found["amount"].where(found["amount"].notna(), found["missing_reason"])
    assert told["days_lost"] == expected
    assert float(told["days_available"]) == float(available)


def test_a_care_boards_own_staff_are_not_its_system() -> None:
    board: Row = {"icb_code": "QMJ", "icb_name": "North Central London"}
    rows = [*whole("QMJ", "1", "1", "1"), *whole("RAA", "2", "2", "2"), quarter("QMJ", "4")]
    assert measures(rows, icbs=[board]) == {("RAA", "2024-04"): 6, ("ENG", "2024-04"): 9}
