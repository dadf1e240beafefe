"""Friends and Family answers: very good and good together, England as published, nothing added up."""

from tests.unit.sql.models import figures, run, snapshot

MONTH = snapshot("month", "friends_family", layout="inpatient_workbook")
URGENT = snapshot("urgent", "friends_family", layout="ae_workbook")
ANSWERS = {"ip_responses": "100", "ip_very_good": "60", "ip_good": "30"}


def amounts(rows: list, model: str = "int_friends_family__measures") -> dict:
    found = run(f"intermediate.{model}", snapshots=[MONTH, URGENT], figures=rows)
    found = found.astype(object).where(found.notna(), None)
    return {
        (row.org_code, row.measure): (row.missing_reason if row.amount is None else int(row.amount))
        for row in found.itertuples()
    }


def test_positive_answers_are_very_good_and_good():
    assert amounts(figures(MONTH, ANSWERS)) == {
        ("RXX", "ip_responses"): 100,
        ("RXX", "ip_positive"): 90,
    }


def test_a_sum_with_a_suppressed_part_is_suppressed():
    assert amounts(figures(MONTH, {**ANSWERS, "ip_good": "*"})) == {
        ("RXX", "ip_responses"): 100,
        ("RXX", "ip_positive"): "suppressed",
    }


def test_settings_are_kept_apart_and_england_is_not_added_up():
    urgent = {"ae_responses": "10", "ae_very_good": "6", "ae_good": "3"}
    rows = [*figures(MONTH, ANSWERS), *figures(URGENT, urgent)]
    assert amounts(rows, "int_measures") == {
        **{("RXX", "ip_responses"): 100, ("RXX", "ip_positive"): 90},
        **{("RXX", "ae_responses"): 10, ("RXX", "ae_positive"): 9},
    }


def test_england_is_the_publications_own_row():
    rows = figures(MONTH, ANSWERS, org="ENG", level="england")
    assert amounts(rows) == {("ENG", "ip_responses"): 100, ("ENG", "ip_positive"): 90}
