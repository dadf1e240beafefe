"""fct_indicator: a value or a reason, in the indicator's unit, for the organisations we speak of."""

import pytest

from tests.unit.sql.models import Row, by, figure, run, snapshot, trust

RTT = snapshot("rtt", "rtt", layout="full_extract")
AMBULANCE = snapshot("amb", "ambulance_quality", layout="time_series_workbook")
SHARE: Row = {
    "indicator_id": "share",
    "source_id": "rtt",
    "numerator": "within_18_weeks",
    "denominator": "incomplete",
    "scale": "100",
}
NUMBER: Row = {
    "indicator_id": "number",
    "source_id": "rtt",
    "numerator": "incomplete",
    "scale": "1",
}
MEAN: Row = {
    "indicator_id": "mean",
    "source_id": "ambulance_quality",
    "numerator": "a24",
    "denominator": "a8",
    "scale": "1",
}


def indicator(row: Row, rows: list[Row]) -> dict[object, dict[str, object]]:
    """The rows of one indicator by organisation."""
    found = run(
        "marts.fct_indicator",
        catalogue=[row],
        snapshots=[RTT, AMBULANCE],
        figures=rows,
        reference_org_types=[trust("RAA"), trust("RBB")],
    )
    assert (found["value"].isna() == found["missing_reason"].notna()).all()
    return by("org_code", found)


def waiting(within: str | None, total: str | None, org: str = "RAA") -> list[Row]:
    counts = {"within_18_weeks": within, "incomplete": total}
    return [figure(RTT, name, text, org) for name, text in counts.items() if text is not None]


def test_a_percent_is_out_of_a_hundred() -> None:
    row = indicator(SHARE, waiting("590", "1,000"))["RAA"]
    assert (row["value"], row["missing_reason"]) == (59.0, None)
    assert (float(row["numerator"]), float(row["denominator"])) == (590, 1_000)


def test_a_ratio_is_the_numerator_divided_by_the_denominator() -> None:
    rows = [figure(AMBULANCE, "a24", "84,000", "RAA"), figure(AMBULANCE, "a8", "160", "RAA")]
    assert indicator(MEAN, rows)["RAA"]["value"] == 525.0


PERCENT: Row = SHARE | {"unit": "percent"}


def months(*values: str, total: str = "2000") -> list[tuple[object, object]]:
    """Value and reason of one trust in the months from January 2024 on, by its numerators."""
    origin = snapshot("rtt", "rtt", layout="full_extract", period_start="2024-01-01")
    rows = [
        figure(origin, name, text, "RAA", f"2024-{month:02}")
        for month, within in enumerate(values, start=1)
        for name, text in (("within_18_weeks", within), ("incomplete", total))
    ]
    found = run(
        "marts.fct_indicator",
        catalogue=[PERCENT],
        snapshots=[origin],
        figures=rows,
        reference_org_types=[trust("RAA")],
    )
    found = found[found["org_code"] == "RAA"].sort_values("period_start")
    found = found.astype(object).where(found.notna(), None)
    return list(zip(found["value"], found["missing_reason"], strict=True))


WITHHELD = "withheld: exactly 0 % or 100 %, more than ten points from the periods beside it"


def test_nobody_of_many_between_ordinary_months_is_withheld() -> None:
    assert months("500", "0", "500") == [(25.0, None), (None, WITHHELD), (25.0, None)]


def test_everybody_of_many_in_the_last_month_is_withheld() -> None:
    assert months("1500", "2000") == [(75.0, None), (None, WITHHELD)]


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        (("100", "0", "100"), "2000"),  # five points away: it happens
        (("500", "0", "0"), "2000"),  # a level reached and kept
        (("0",), "2000"),  # nothing to hold it against
        (("250", "0", "250"), "1000"),  # not of over a thousand
    ],
)
def test_an_extreme_that_may_well_be_true_stays(counts: tuple[str, ...], total: str) -> None:
    assert all(reason is None for _, reason in months(*counts, total=total))


def test_a_count_is_its_numerator() -> None:
    row = indicator(NUMBER, waiting(None, "7,155,958"))["RAA"]
    assert (row["value"], row["denominator"]) == (7_155_958, None)


def test_a_count_of_zero_is_zero() -> None:
    assert indicator(NUMBER, waiting(None, "0"))["RAA"]["value"] == 0


@pytest.mark.parametrize(
    ("within", "total", "reason"),
    [
        ("0", "0", "no activity reported"),
        ("*", "1000", "not published"),
        ("590", "*", "not published"),
        ("590", None, "denominator not published"),
        ("*", "0", "not published"),
    ],
)
def test_a_value_that_cannot_be_worked_out_is_missing_with_the_reason(
    within: str, total: str | None, reason: str
) -> None:
    row = indicator(SHARE, waiting(within, total))["RAA"]
    assert (row["value"], row["missing_reason"]) == (None, reason)


def test_a_denominator_without_a_numerator_is_no_row() -> None:
    assert set(indicator(SHARE, waiting(None, "1000", "RAA") + waiting("1", "2", "RBB"))) == {
        "RBB",
        "ENG",
    }


def test_organisations_the_framework_is_not_about_are_left_out_but_counted_in_england() -> None:
    found = indicator(SHARE, waiting("590", "1000") + waiting("5", "1000", "NT1"))
    assert set(found) == {"RAA", "ENG"}
    assert found["ENG"]["value"] == 29.75


def test_a_measure_of_another_source_is_not_used() -> None:
    rows = [figure(AMBULANCE, "incomplete", "7", "RAA"), *waiting(None, "9", "RBB")]
    assert set(indicator(NUMBER, rows)) == {"RBB", "ENG"}


def test_a_denominator_is_that_of_the_same_month() -> None:
    rows = [
        figure(RTT, "within_18_weeks", "590", "RAA", "2024-04"),
        figure(RTT, "incomplete", "1000", "RAA", "2024-03"),
    ]
    assert indicator(SHARE, rows)["RAA"]["missing_reason"] == "denominator not published"


def test_a_row_leads_to_its_file_and_says_what_it_rests_on() -> None:
    row = indicator(SHARE, waiting("590", "1000"))["RAA"]
    assert [row[name] for name in ("source_id", "snapshot_id", "basis")] == [
        "rtt",
        "rtt",
        "published",
    ]
    assert [f"{row[name]:%Y-%m-%d}" for name in ("period_start", "period_end")] == [
        "2024-04-01",
        "2024-05-01",
    ]


def reconciled(rows: list[Row], source: Row = RTT) -> dict[object, dict[str, object]]:
    older = snapshot("old", "rtt", layout="full_extract", published_on="2000-01-01")
    newer = {**source, "published_on": "2024-06-13"}
    return by("measure", run("marts.fct_reconciliation", snapshots=[newer, older], figures=rows))


def printed(value: str, *parts: str, measure: str = "incomplete", origin: Row = RTT) -> list[Row]:
    """A file's own England figure and those of its providers."""
    providers = [figure(origin, measure, part, f"R{i:02}") for i, part in enumerate(parts)]
    return [figure(origin, measure, value, "ENG", level="england"), *providers]


@pytest.mark.parametrize(
    ("parts", "agree"),
    [
        (("600", "400"), True),
        (("600", "401"), True),
        (("600", "399"), True),
        (("600", "402"), False),
        (("600", "398"), False),
    ],
)
def test_a_printed_total_agrees_within_a_thousandth(parts: tuple[str, str], agree: bool) -> None:
    row = reconciled(printed("1,000", *parts))["incomplete"]
    assert row["within_tolerance"] is agree
    assert float(row["published"]) == 1_000
    assert float(row["difference"]) == sum(map(int, parts)) - 1_000
    assert row["organisations"] == 2


def test_a_printed_zero_agrees_only_with_zero() -> None:
    assert reconciled(printed("0", "0"))["incomplete"]["within_tolerance"] is True
    assert reconciled(printed("0", "1"))["incomplete"]["within_tolerance"] is False


def test_a_printed_total_without_any_provider_figure_does_not_agree() -> None:
    row = reconciled(printed("1000", "*", "-"))["incomplete"]
    assert (row["within_tolerance"], row["computed"], row["organisations"]) == (False, None, 0)


def test_a_missing_total_is_not_compared() -> None:
    assert reconciled(printed("-", "600")) == {}


def test_systems_are_not_added_to_providers() -> None:
    system = figure(RTT, "incomplete", "600", "QAA", level="system")
    assert reconciled([*printed("600", "600"), system])["incomplete"]["within_tolerance"] is True


def test_a_file_that_was_replaced_is_not_compared() -> None:
    older = snapshot("old", "rtt")
    assert reconciled(printed("1000", "1", origin=older)) == {}


def test_a_compiled_table_is_not_compared_because_it_may_lack_providers() -> None:
    compiled = RTT | {"kind": "compiled"}
    assert reconciled(printed("1000", "1"), compiled) == {}


def test_rates_and_centiles_are_not_added_up() -> None:
    workbook = snapshot("ae", "ae_monthly")
    rows = [*printed("75", "70", "80", measure="percent_within_4h", origin=workbook)]
    assert reconciled(rows, workbook) == {}
    for centile in ("a25", "a26", "a31", "a32", "a33", "a36"):
        assert reconciled(printed("9", "1", measure=centile, origin=AMBULANCE), AMBULANCE) == {}
    assert set(reconciled(printed("9", "9", measure="a8", origin=AMBULANCE), AMBULANCE)) == {"a8"}
