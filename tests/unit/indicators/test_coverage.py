"""Coverage: what is expected of an organisation, what is there, and why the rest is not; all by hand."""

import pandas as pd
import pytest

from indicators.coverage import NO_FILE, NO_KIND, NO_ROW, Coverage, coverage_of

A_MONTH, A_QUARTER = 1, 3


def row(org: str, month: str, reason: str | None = None, **more: object) -> dict[str, object]:
    """A row of the question `indicator_coverage`: with a value unless there is a reason."""
    usual: dict[str, object] = {
        "org_code": org,
        "org_name": f"{org} NHS Trust",
        "short_name": org,
        "org_type": "acute",
        "opened_on": pd.Timestamp("2000-04-01"),
        "closed_on": pd.NaT,
        "period_start": pd.Timestamp(f"{month}-01"),
        "has_value": reason is None,
        "missing_reason": reason,
    }
    return usual | more


def covered(*rows: dict[str, object], step: int = A_MONTH) -> Coverage:
    return coverage_of(pd.DataFrame(list(rows)), step)


def told(coverage: Coverage, org: str) -> list[tuple[str, str, str, int]]:
    """State, reason, first day and number of periods of each stretch of an organisation."""
    runs = coverage.runs[coverage.runs["org_code"] == org]
    return [
        (run.state, run.reason, f"{run.begins:%Y-%m}", run.periods) for run in runs.itertuples()
    ]


FULL = [row("AAA", f"2024-0{month}") for month in range(1, 7)]


def test_everything_published_is_one_stretch_up_to_the_end_of_the_last_period() -> None:
    coverage = covered(*FULL)
    assert told(coverage, "AAA") == [("published", "", "2024-01", 6)]
    assert coverage.runs["ends"].tolist() == [pd.Timestamp("2024-07-01")]
    assert (coverage.published, coverage.eligible, coverage.share) == (6, 6, 100)


def test_a_published_absence_has_its_reason_and_counts_as_missing() -> None:
    rows = [row("BBB", "2024-01"), row("BBB", "2024-02", "not published"), row("BBB", "2024-03")]
    coverage = covered(*FULL, *rows, *(row("BBB", f"2024-0{n}") for n in (4, 5, 6)))
    assert told(coverage, "BBB") == [
        ("published", "", "2024-01", 1),
        ("missing", "not published", "2024-02", 1),
        ("published", "", "2024-03", 4),
    ]
    assert (coverage.published, coverage.eligible) == (11, 12)
    assert coverage.share == pytest.approx(100 * 11 / 12)


def test_nothing_to_measure_is_not_expected() -> None:
    rows = [row("BBB", "2024-05"), row("BBB", "2024-06", "no activity reported")]
    coverage = covered(*FULL, *rows)
    assert told(coverage, "BBB")[1] == ("nothing", "no activity reported", "2024-06", 1)
    (organisation,) = coverage.organisations.query("org_code == 'BBB'").to_dict("records")
    assert (organisation["published"], organisation["missing"], organisation["nothing"]) == (
        1,
        0,
        1,
    )
    assert organisation["share"] == 100
    assert organisation["reasons"] == "no activity reported (1)"
    assert coverage.eligible == 7


def test_no_row_says_whether_others_or_nobody_or_only_another_kind_has_one() -> None:
    provider = [row("AAA", month) for month in ("2024-01", "2024-02", "2024-05")]
    other = [row("CCC", month) for month in ("2024-01", "2024-02", "2024-04", "2024-05")]
    board = [row("QQQ", month, org_type="icb") for month in ("2024-01", "2024-05")]
    coverage = covered(*provider, *other, *board)
    assert [run[:2] for run in told(coverage, "AAA")] == [
        ("published", ""),
        ("missing", NO_FILE),
        ("missing", NO_ROW),
        ("published", ""),
    ]
    assert [run[1:] for run in told(coverage, "QQQ")] == [
        ("", "2024-01", 1),
        (NO_KIND, "2024-02", 1),
        (NO_FILE, "2024-03", 1),
        (NO_KIND, "2024-04", 1),
        ("", "2024-05", 1),
    ]


def test_nothing_is_expected_before_the_first_row_or_after_an_organisation_closed() -> None:
    closed = pd.Timestamp("2024-05-01")
    coverage = covered(*FULL, row("BBB", "2024-03", closed_on=closed))
    # April is expected: it began before the organisation closed on 1 May.
    assert told(coverage, "BBB") == [
        ("published", "", "2024-03", 1),
        ("missing", NO_ROW, "2024-04", 1),
    ]


def test_one_that_stops_while_open_is_missing_to_the_end() -> None:
    coverage = covered(*FULL, row("BBB", "2024-04"))
    assert told(coverage, "BBB")[1] == ("missing", NO_ROW, "2024-05", 2)


def test_an_absence_before_an_organisation_opened_is_not_expected_but_a_figure_counts() -> None:
    opened = pd.Timestamp("2024-03-01")
    early = [row("BBB", f"2024-0{n}", "not published", opened_on=opened) for n in (1, 2)]
    late = [row("BBB", f"2024-0{n}", opened_on=opened) for n in (3, 4, 5, 6)]
    assert told(covered(*FULL, *early, *late), "BBB") == [("published", "", "2024-03", 4)]
    known = [row("CCC", f"2024-0{n}", opened_on=opened) for n in range(1, 7)]
    assert told(covered(*FULL, *known), "CCC") == [("published", "", "2024-01", 6)]


def test_absences_before_anybodys_first_figure_are_no_part_of_the_indicator() -> None:
    before = [row("AAA", "2023-12", "not published"), row("BBB", "2023-12", "not published")]
    coverage = covered(*before, *FULL)
    assert coverage.eligible == 6
    assert coverage.never == 1
    assert set(coverage.runs["org_code"]) == {"AAA"}


def test_quarters_are_counted_as_quarters() -> None:
    rows = [row("AAA", month) for month in ("2023-10", "2024-01", "2024-07")]
    coverage = covered(*rows, step=A_QUARTER)
    assert told(coverage, "AAA") == [
        ("published", "", "2023-10", 2),
        ("missing", NO_FILE, "2024-04", 1),
        ("published", "", "2024-07", 1),
    ]
    assert coverage.runs["ends"].iloc[-1] == pd.Timestamp("2024-10-01")
    (organisation,) = coverage.organisations.to_dict("records")
    assert (organisation["first"], organisation["last"]) == (
        pd.Timestamp("2023-10-01"),
        pd.Timestamp("2024-07-01"),
    )
