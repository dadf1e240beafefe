"""Trust accounts: income is the sum of two lines, and there is no England."""

from tests.unit.sql.models import Row, figure, run, snapshot

YEAR = {"period_start": "2023-04-01", "period_end": "2024-04-01"}
TRUSTS = snapshot("trusts", "trust_accounts", layout="nhs_trusts", **YEAR)
FOUNDATION = snapshot("foundation", "trust_accounts", layout="foundation_trusts", **YEAR)
LINES = {
    "patient_care_income": "900",
    "other_operating_income": "100",
    "operating_expenses": "-1,020",
    "operating_surplus": "-20",
    "agency_cost": "30",
    "staff_cost": "600",
}


def lines(origin: Row, org: str, **changes: str) -> list[Row]:
    return [
        figure(origin, measure, value, org, month="2023-04", period_end="2024-04-01")
        for measure, value in {**LINES, **changes}.items()
    ]


def measures(rows: list[Row], org: str = "RKE") -> dict[str, object]:
    """Amount of each measure of one organisation, or the reason it is missing."""
    found = run(
        "intermediate.int_trust_accounts__measures", snapshots=[TRUSTS, FOUNDATION], figures=rows
    )
    assert set(found["level"]) == {"provider"}
    mine = found[found["org_code"] == org].set_index("measure")
    assert mine.index.is_unique
    assert (mine["amount"].isna() == mine["missing_reason"].notna()).all()
    return mine["amount"].where(mine["amount"].notna(), mine["missing_reason"]).to_dict()


def test_the_lines_of_a_year() -> None:
    assert measures(lines(TRUSTS, "RKE")) == {
        "operating_surplus": -20,
        "operating_income": 1_000,
        "agency_cost": 30,
        "staff_cost": 600,
    }


def test_income_without_one_of_its_lines_is_missing() -> None:
    found = measures(lines(TRUSTS, "RKE", other_operating_income="", agency_cost=""))
    assert found == {
        "operating_surplus": -20,
        "operating_income": "not published",
        "agency_cost": "not published",
        "staff_cost": 600,
    }


def test_both_workbooks_of_a_year_are_in_force() -> None:
    rows = [*lines(TRUSTS, "RKE"), *lines(FOUNDATION, "RPG", agency_cost="7")]
    assert measures(rows)["agency_cost"] == 30
    assert measures(rows, "RPG")["agency_cost"] == 7


def test_england_is_not_added_up() -> None:
    rows = lines(TRUSTS, "RKE")
    found = run("intermediate.int_measures", snapshots=[TRUSTS, FOUNDATION], figures=rows)
    accounts = found[found["source_id"] == "trust_accounts"]
    assert set(accounts["org_code"]) == {"RKE"}
    assert len(accounts) == 4
