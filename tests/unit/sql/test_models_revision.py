"""fct_revision: what a newer file changed in the figures of the one it replaced."""

from tests.unit.sql.models import Row, figure, run, snapshot

FIRST = snapshot("first", "ae_monthly", published_on="2024-05-09")
REVISED = snapshot("revised", "ae_monthly", published_on="2024-06-13")


def changes(*rows: Row) -> dict[tuple[str, str], tuple[object, object, object]]:
    """Old text, new text and difference of each change by organisation and measure."""
    found = run("marts.fct_revision", snapshots=[FIRST, REVISED], figures=list(rows))
    assert set(found["old_snapshot_id"]) <= {"first"}
    assert set(found["new_snapshot_id"]) <= {"revised"}
    found = found.astype(object).where(found.notna(), None)
    return {
        (row.org_code, row.measure): (row.old_text, row.new_text, row.difference)
        for row in found.itertuples()
    }


def test_only_what_differs_is_a_change() -> None:
    rows = [
        figure(FIRST, "over_4h_type1", "1,000"),
        figure(REVISED, "over_4h_type1", "1000"),
        figure(FIRST, "attendances_type1", "1,000"),
        figure(REVISED, "attendances_type1", "990"),
    ]
    assert changes(*rows) == {("RXX", "attendances_type1"): ("1,000", "990", -10)}


def test_a_figure_that_became_missing_and_one_that_was_filled_are_changes() -> None:
    rows = [
        figure(FIRST, "over_4h_type1", "5"),
        figure(REVISED, "over_4h_type1", "-"),
        figure(FIRST, "over_4h_other", "-"),
        figure(REVISED, "over_4h_other", "0"),
        figure(FIRST, "over_4h_type2", "-"),
        figure(REVISED, "over_4h_type2", "*"),
    ]
    assert changes(*rows) == {
        ("RXX", "over_4h_type1"): ("5", "-", None),
        ("RXX", "over_4h_other"): ("-", "0", None),
    }


def test_an_organisation_that_only_one_file_names_is_a_change() -> None:
    rows = [
        figure(FIRST, "over_4h_type1", "5", "RAA"),
        figure(REVISED, "over_4h_type1", "7", "RBB"),
    ]
    assert changes(*rows) == {
        ("RAA", "over_4h_type1"): ("5", None, None),
        ("RBB", "over_4h_type1"): (None, "7", None),
    }


def test_months_and_measures_that_only_the_newer_file_has_are_no_changes() -> None:
    rows = [
        figure(FIRST, "over_4h_type1", "5"),
        figure(REVISED, "over_4h_type1", "5"),
        figure(REVISED, "over_4h_type1", "6", month="2024-05"),
        figure(REVISED, "admissions_type1", "6"),
    ]
    assert changes(*rows) == {}
