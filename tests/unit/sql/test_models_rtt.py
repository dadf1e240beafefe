"""RTT: figures as published first, and with care those that count patients from outside England."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

EXTRACT = snapshot("extract", "rtt", layout="full_extract", layout_rank="0")
SHEET = snapshot("sheet", "rtt", layout="provider_sheet", layout_rank="1")
COMPILED = snapshot(
    "compiled",
    "rtt",
    layout="compiled_successor_month",
    layout_rank="5",
    kind="compiled",
    period_start="2021-09-01",
    period_end="2022-10-01",
)
ONLY_WITH_OTHERS = "only known with patients of commissioners outside England"


def months(
    rows: list[Row], org: str = "RAA", measure: str = "incomplete"
) -> dict[str, tuple[object, object]]:
    """Amount and reason of one organisation's measure by month."""
    snapshots = [EXTRACT, SHEET, COMPILED]
    found = run("intermediate.int_rtt__measures", snapshots=snapshots, figures=rows)
    mine = found[(found["org_code"] == org) & (found["measure"] == measure)]
    assert mine["period_start"].is_unique
    assert (found["amount"].isna() == found["missing_reason"].notna()).all()
    return {
        f"{row.period_start:%Y-%m}": (
            float(row.amount) if row.missing_reason is None else None,
            row.missing_reason,
        )
        for row in mine.astype(object).where(mine.notna(), None).itertuples()
    }


def test_figures_as_published_are_used_as_they_are() -> None:
    assert months([figure(EXTRACT, "incomplete", "1,234", "RAA")]) == {"2024-04": (1_234, None)}


def test_a_dash_is_zero_in_the_provider_sheet() -> None:
    rows = [figure(SHEET, "over_65_weeks", "-", "RAA")]
    assert months(rows, measure="over_65_weeks") == {"2024-04": (0, None)}


@pytest.mark.parametrize("mark", ["*", ""])
def test_other_missing_marks_stay_missing_in_the_provider_sheet(mark: str) -> None:
    assert months([figure(SHEET, "incomplete", mark, "RAA")]) == {
        "2024-04": (None, "not published")
    }


@pytest.mark.parametrize("origin", [EXTRACT, COMPILED])
def test_a_dash_is_missing_in_every_other_layout(origin: Row) -> None:
    assert months([figure(origin, "incomplete", "-", "RAA")]) == {
        "2024-04": (None, "not published")
    }


def including(month: str, value: str, org: str = "RAA", measure: str = "incomplete") -> Row:
    return figure(COMPILED, f"{measure}_incl_nonc", value, org, month)


def published(month: str, value: str, org: str = "RAA", measure: str = "incomplete") -> Row:
    return figure(COMPILED, measure, value, org, month)


BOTH_IN_APRIL = [published("2022-04", "1000"), including("2022-04", "1005")]


def test_a_figure_with_other_patients_is_used_where_they_made_no_difference() -> None:
    found = months([*BOTH_IN_APRIL, including("2022-03", "980")])
    assert found == {"2022-03": (980, None), "2022-04": (1_000, None)}


@pytest.mark.parametrize(
    ("with_others", "is_used"), [("1005", True), ("1006", False), ("994", False)]
)
def test_the_difference_may_be_half_a_percent_and_no_more(with_others: str, is_used: bool) -> None:
    rows = [published("2022-04", "1000"), including("2022-04", with_others)]
    found = months([*rows, including("2022-03", "980")])["2022-03"]
    assert found == ((980, None) if is_used else (None, ONLY_WITH_OTHERS))


@pytest.mark.parametrize(
    ("month", "is_used"),
    [("2021-12", True), ("2021-11", False), ("2022-08", True), ("2022-09", False)],
)
def test_only_months_within_four_months_vouch_for_a_figure(month: str, is_used: bool) -> None:
    found = months([*BOTH_IN_APRIL, including(month, "980")])[month]
    assert found == ((980, None) if is_used else (None, ONLY_WITH_OTHERS))


def test_every_month_within_four_months_has_to_vouch() -> None:
    december = [published("2021-12", "1000"), including("2021-12", "1500")]
    found = months([*december, *BOTH_IN_APRIL, including("2022-03", "980")])
    assert found["2022-03"] == (None, ONLY_WITH_OTHERS)


def test_without_a_month_to_compare_the_figure_is_missing_with_the_reason() -> None:
    assert months([including("2022-03", "980")]) == {"2022-03": (None, ONLY_WITH_OTHERS)}


def test_another_provider_cannot_vouch() -> None:
    rows = [published("2022-04", "1000", "RBB"), including("2022-04", "1000", "RBB")]
    assert months([*rows, including("2022-03", "980")])["2022-03"] == (None, ONLY_WITH_OTHERS)


def test_a_comparable_figure_that_was_not_published_says_so() -> None:
    found = months([*BOTH_IN_APRIL, including("2022-03", "*")])
    assert found["2022-03"] == (None, "not published")


def test_once_anybody_has_a_published_figure_the_others_are_not_filled() -> None:
    rows = [published("2022-03", "50", "RBB"), *BOTH_IN_APRIL, including("2022-03", "980")]
    assert "2022-03" not in months(rows)


def test_a_published_figure_of_one_measure_does_not_stop_another() -> None:
    rows = [
        *BOTH_IN_APRIL,
        published("2022-03", "990"),
        including("2022-03", "990"),
        including("2022-03", "700", measure="within_18_weeks"),
    ]
    assert months(rows)["2022-03"] == (990, None)
    assert months(rows, measure="within_18_weeks") == {"2022-03": (700, None)}


def test_england_is_the_sum_of_the_providers_as_published() -> None:
    rows = [
        figure(EXTRACT, "incomplete", "10", "RAA"),
        figure(EXTRACT, "incomplete", "5", "NT1"),
        figure(EXTRACT, "incomplete", "15", "QAA", level="system"),
    ]
    assert months(rows, "ENG") == {"2024-04": (15, None)}


def test_there_is_no_england_figure_where_patients_from_outside_are_counted() -> None:
    found = months([*BOTH_IN_APRIL, including("2022-03", "980")], "ENG")
    assert found == {
        "2022-03": (None, "no England figure without patients of commissioners outside England"),
        "2022-04": (1_000, None),
    }


def test_england_is_missing_with_a_reason_where_nobody_published() -> None:
    assert months([figure(EXTRACT, "incomplete", "*", "RAA")], "ENG") == {
        "2024-04": (None, "not published")
    }


def test_the_basis_of_a_filled_figure_says_what_it_counts() -> None:
    rows = [*BOTH_IN_APRIL, including("2022-03", "980")]
    found = run("intermediate.int_rtt__measures", snapshots=[COMPILED], figures=rows)
    march = found[(found["org_code"] == "RAA") & (found["period_start"] == "2022-03-01")]
    assert march["basis"].tolist() == ["compiled, patients from outside England included"]
