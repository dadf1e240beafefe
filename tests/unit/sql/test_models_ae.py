"""A&E: from the columns of workbooks, CSV files and the compiled table to attendances within four hours."""

import pytest

from tests.unit.sql.models import Row, figure, figures, run, snapshot

WORKBOOK = snapshot("workbook", "ae_monthly", layout="provider_workbook", layout_rank="0")
CSV = snapshot("csv", "ae_monthly", layout="monthly_csv", layout_rank="1")
COMPILED = snapshot(
    "compiled",
    "ae_monthly",
    layout="compiled_trust_month",
    layout_rank="2",
    kind="compiled",
    period_start="2016-04-01",
    period_end="2019-04-01",
)
FIELD_TEST: Row = {"org_code": "RXX", "missing_from": "2019-05-01", "missing_to": "2023-06-01"}
NOT_COLLECTED = "not collected: field test of new A&E standards"

WORKBOOK_CELLS = {
    "attendances_type1": "1,000",
    "attendances_type2": "0",
    "attendances_other": "500",
    "attendances_total": "1,500",
    "within_4h_type1": "600",
    "within_4h_type2": "0",
    "within_4h_other": "490",
    "within_4h_total": "1,090",
    "over_4h_type1": "400",
    "over_4h_type2": "0",
    "over_4h_other": "10",
    "over_4h_total": "410",
    "admissions_via_ae": "300",
    "dta_over_12h": "25",
}
FOUR_HOUR_CELLS = [name for name in WORKBOOK_CELLS if "4h" in name]

PLAIN_CELLS = {
    "attendances_type1": "1000",
    "attendances_type2": "0",
    "attendances_other": "500",
    "over_4h_type1": "400",
    "over_4h_type2": "0",
    "over_4h_other": "10",
    "dta_over_12h": "25",
    "admissions_type1": "200",
    "admissions_type2": "0",
    "admissions_other": "100",
}


def measures(rows: list[Row], org: str = "RXX", **raw: list[Row]) -> dict[str, object]:
    """Amount of each measure of one organisation in the one month, or the reason it is missing."""
    snapshots = raw.pop("snapshots", [WORKBOOK, CSV, COMPILED])
    found = run("intermediate.int_ae_monthly__measures", snapshots=snapshots, figures=rows, **raw)
    mine = found[found["org_code"] == org].set_index("measure")
    assert mine.index.is_unique
    assert (mine["amount"].isna() == mine["missing_reason"].notna()).all()
    return mine["amount"].where(mine["amount"].notna(), mine["missing_reason"]).to_dict()


EXPECTED = {
    "within_4h_all": 1_090,
    "attendances_4h_all": 1_500,
    "within_4h_t1": 600,
    "attendances_4h_t1": 1_000,
    "dta_over_12h": 25,
    "admissions_via_ae": 300,
}


def test_a_workbook_gives_its_counts() -> None:
    assert measures(figures(WORKBOOK, WORKBOOK_CELLS)) == EXPECTED


def test_a_csv_gives_the_same_counts_from_attendances_and_those_over_four_hours() -> None:
    assert measures(figures(CSV, PLAIN_CELLS)) == EXPECTED


def test_booked_appointments_are_added_where_a_csv_has_them_apart() -> None:
    booked = {
        name.replace("attendances_", "attendances_unbooked_").replace("4h_", "4h_unbooked_"): text
        for name, text in PLAIN_CELLS.items()
    } | {
        "attendances_booked_type1": "7",
        "attendances_booked_type2": "0",
        "attendances_booked_other": "30",
        "over_4h_booked_type1": "1",
        "over_4h_booked_type2": "0",
        "over_4h_booked_other": "2",
    }
    assert measures(figures(CSV, booked)) == EXPECTED | {
        "within_4h_all": 1_537 - 413,
        "attendances_4h_all": 1_537,
        "within_4h_t1": 1_007 - 401,
        "attendances_4h_t1": 1_007,
    }


def test_a_workbook_speaks_for_its_month_where_a_csv_tells_otherwise() -> None:
    csv = figures(CSV, PLAIN_CELLS | {"attendances_type1": "9999"})
    assert measures(csv + figures(WORKBOOK, WORKBOOK_CELLS)) == EXPECTED


def test_a_dash_in_a_workbook_is_not_filled_from_the_zero_of_a_csv() -> None:
    dashes = figures(WORKBOOK, WORKBOOK_CELLS | dict.fromkeys(FOUR_HOUR_CELLS, "-"))
    zeros = figures(CSV, PLAIN_CELLS | dict.fromkeys(["over_4h_type1", "over_4h_other"], "0"))
    found = measures(dashes + zeros)
    assert {found[name] for name in found if "4h" in name} == {"not published"}
    assert found["admissions_via_ae"] == 300


@pytest.mark.parametrize("mark", ["-", "*", "", "[x]"])
def test_a_missing_mark_for_waits_is_never_none_over_four_hours(mark: str) -> None:
    found = measures(figures(WORKBOOK, WORKBOOK_CELLS | dict.fromkeys(FOUR_HOUR_CELLS, mark)))
    assert {found[name] for name in found if "4h" in name} == {"not published"}


@pytest.mark.parametrize("mark", ["-", "*"])
def test_a_sum_with_a_missing_mark_in_it_is_missing(mark: str) -> None:
    found = measures(figures(CSV, PLAIN_CELLS | {"over_4h_other": mark, "admissions_other": mark}))
    assert found == EXPECTED | {
        "within_4h_all": "not published",
        "attendances_4h_all": "not published",
        "admissions_via_ae": "not published",
    }


def test_booked_appointments_that_are_missing_make_the_sum_missing() -> None:
    cells = {
        "attendances_unbooked_type1": "1000",
        "attendances_booked_type1": "*",
        "over_4h_unbooked_type1": "400",
        "over_4h_booked_type1": "1",
    }
    assert measures(figures(CSV, cells))["within_4h_t1"] == "not published"


def test_a_department_without_a_column_counts_as_none_there() -> None:
    cells = {"attendances_type1": "1000", "over_4h_type1": "400", "admissions_type1": "200"}
    found = measures(figures(COMPILED, cells, month="2018-04"))
    assert (found["within_4h_all"], found["attendances_4h_all"]) == (600, 1_000)


def test_in_the_compiled_table_a_department_without_rows_had_no_activity() -> None:
    cells = {"attendances_other": "500", "over_4h_other": "10", "admissions_other": "3"}
    found = measures(figures(COMPILED, cells, month="2018-04"))
    assert (found["within_4h_all"], found["within_4h_t1"]) == (490, "no activity reported")


def test_waits_from_decision_to_admit_are_not_made_up_for_the_compiled_table() -> None:
    found = measures(figures(COMPILED, PLAIN_CELLS, month="2018-04"))
    assert "dta_over_12h" not in found
    assert found["within_4h_all"] == 1_090


def field_test(month: str) -> dict[str, object]:
    rows = figures(CSV, PLAIN_CELLS | {"over_4h_type1": "0", "over_4h_other": "0"}, month=month)
    return measures(rows, reference_field_test_trusts=[FIELD_TEST])


@pytest.mark.parametrize("month", ["2019-05", "2021-01", "2023-05"])
def test_a_field_test_trust_has_no_four_hour_figure_and_says_why(month: str) -> None:
    found = field_test(month)
    assert {name for name, value in found.items() if value == NOT_COLLECTED} == {
        "within_4h_all",
        "attendances_4h_all",
        "within_4h_t1",
        "attendances_4h_t1",
    }
    assert found["dta_over_12h"] == 25


@pytest.mark.parametrize("month", ["2019-04", "2023-06"])
def test_a_field_test_trust_reports_before_and_after_its_dates(month: str) -> None:
    assert field_test(month)["within_4h_all"] == 1_500


@pytest.mark.parametrize(
    ("type_1", "over", "within"),
    [
        ("3001", "0", "withheld: over 3,000 type 1 attendances and none over four hours"),
        ("3000", "0", 3_500),
        ("3001", "1", 3_500),
    ],
)
def test_over_3000_attendances_with_none_over_four_hours_are_withheld(
    type_1: str, over: str, within: object
) -> None:
    waits = {"over_4h_type1": over, "over_4h_other": "0"}
    found = measures(figures(CSV, PLAIN_CELLS | {"attendances_type1": type_1} | waits))
    assert found["within_4h_all"] == within


def test_england_adds_up_only_the_trusts_that_reported_waits() -> None:
    dashes = WORKBOOK_CELLS | dict.fromkeys(FOUR_HOUR_CELLS, "-")
    rows = [
        *figures(WORKBOOK, WORKBOOK_CELLS, org="RAA"),
        *figures(WORKBOOK, WORKBOOK_CELLS, org="RBB"),
        *figures(WORKBOOK, dashes, org="RCC"),
    ]
    assert measures(rows, "ENG") == {
        "within_4h_all": 2 * 1_090,
        "attendances_4h_all": 2 * 1_500,
        "within_4h_t1": 2 * 600,
        "attendances_4h_t1": 2 * 1_000,
        "dta_over_12h": 3 * 25,
        "admissions_via_ae": 3 * 300,
    }


def test_england_is_missing_with_a_reason_where_nobody_reported() -> None:
    dashes = WORKBOOK_CELLS | dict.fromkeys(FOUR_HOUR_CELLS, "-")
    found = measures(figures(WORKBOOK, dashes), "ENG")
    assert (found["within_4h_all"], found["dta_over_12h"]) == ("not published", 25)


def test_systems_do_not_count_twice_in_england() -> None:
    rows = figures(WORKBOOK, WORKBOOK_CELLS) + figures(
        WORKBOOK, WORKBOOK_CELLS, org="QXX", level="system"
    )
    assert measures(rows, "ENG")["attendances_4h_all"] == 1_500
    assert measures(rows, "QXX") == EXPECTED


def test_the_england_row_of_a_workbook_is_left_for_comparison() -> None:
    printed = [figure(WORKBOOK, "attendances_type1", "77", org="ENG", level="england")]
    assert measures(figures(WORKBOOK, WORKBOOK_CELLS) + printed, "ENG")["within_4h_t1"] == 600


def system_measures(system: dict[str, str], *providers: dict[str, str]) -> dict[str, object]:
    """Measures of system QXX, to which providers RAA, RBB, … belong by the same workbook."""
    codes = [f"R{letter}{letter}" for letter in "ABC"[: len(providers)]]
    rows = figures(WORKBOOK, system, org="QXX", level="system")
    for code, cells in zip(codes, providers, strict=True):
        rows += figures(WORKBOOK, cells, org=code)
    members: list[Row] = [
        {
            "org_code": code,
            "icb_code": "QXX",
            "valid_from": "2024-04-01",
            "source_id": "ae_monthly",
            "snapshot_id": "workbook",
        }
        for code in codes
    ]
    return measures(rows, "QXX", icb_memberships=members)


CONTRADICTED = "withheld: not what the providers in the same file add up to"


def test_a_system_that_is_the_sum_of_its_providers_is_taken() -> None:
    twice = {name: str(2 * int(text.replace(",", ""))) for name, text in WORKBOOK_CELLS.items()}
    assert system_measures(twice, WORKBOOK_CELLS, WORKBOOK_CELLS) == {
        name: 2 * amount for name, amount in EXPECTED.items()
    }


def test_waits_that_stand_in_another_systems_row_are_withheld_and_the_rest_is_not() -> None:
    shifted = WORKBOOK_CELLS | {"dta_over_12h": "0"}
    assert system_measures(shifted, WORKBOOK_CELLS) == EXPECTED | {"dta_over_12h": CONTRADICTED}


def test_a_missing_mark_of_a_provider_adds_nothing() -> None:
    field_test = WORKBOOK_CELLS | dict.fromkeys(FOUR_HOUR_CELLS, "-")
    assert system_measures(field_test, field_test)["dta_over_12h"] == 25


def test_a_system_without_known_members_is_taken_as_published() -> None:
    assert system_measures(WORKBOOK_CELLS) == EXPECTED
