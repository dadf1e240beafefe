"""From published cells to the figure in force: missing marks, newer files, preferred layouts."""

from decimal import Decimal

import pandas as pd
import pytest

from tests.unit.sql.models import Row, by, figure, run, snapshot


def amount(text: str | None) -> object:
    origin = snapshot("s", "rtt")
    return run("staging.stg_figures", figures=[figure(origin, "incomplete", text)])["amount"][0]


@pytest.mark.parametrize(
    "mark", ["-", "", " ", "*", "**", ".", ":", "[x]", "[c]", "NULL", "n/a", None]
)
def test_a_missing_mark_is_no_amount(mark: str | None) -> None:
    assert pd.isna(amount(mark))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1,234,567", "1234567"),
        (" 12 ", "12"),
        ("0.5", "0.5"),
        ("-3", "-3"),
        ("0.743521", "0.743521"),
    ],
)
def test_a_number_is_read_without_its_commas(text: str, number: str) -> None:
    assert Decimal(str(amount(text))) == Decimal(number)


def test_the_text_as_published_stays_beside_the_amount() -> None:
    origin = snapshot("s", "rtt")
    row = run("staging.stg_figures", figures=[figure(origin, "incomplete", "1,200")]).iloc[0]
    assert row["published_text"] == "1,200"


def superseded(*snapshots: Row) -> dict[object, object]:
    """Which file replaced each file in `fct_snapshot`, and None for those in force."""
    rows = by("snapshot_id", run("marts.fct_snapshot", snapshots=list(snapshots)))
    return {name: row["superseded_by"] for name, row in rows.items() if row["status"] != "refused"}


def test_a_revised_file_replaces_the_plain_one_published_before() -> None:
    plain = snapshot("plain", "ae_monthly", published_on="2024-05-09")
    revised = snapshot("revised", "ae_monthly", published_on="2024-11-14")
    assert superseded(plain, revised) == {"plain": "revised", "revised": None}
    assert superseded(revised, plain) == {"plain": "revised", "revised": None}


def test_a_file_with_a_publication_day_replaces_one_without() -> None:
    undated, dated = snapshot("a", "rtt"), snapshot("b", "rtt", published_on="2024-06-13")
    assert superseded(undated, dated) == {"a": "b", "b": None}


def test_without_publication_days_the_file_seen_later_replaces_the_other() -> None:
    first = snapshot("z", "rtt", retrieved_at="2026-01-01T00:00:00")
    later = snapshot("a", "rtt", retrieved_at="2026-02-01T00:00:00")
    assert superseded(first, later) == {"z": "a", "a": None}


def test_a_file_names_the_newest_of_those_that_replace_it() -> None:
    seen = {"b": "2026-01-01T00:00:00", "c": "2026-02-01T00:00:00", "a": "2026-03-01T00:00:00"}
    files = [snapshot(name, "rtt", retrieved_at=moment) for name, moment in seen.items()]
    assert superseded(*files) == {"b": "a", "c": "a", "a": None}


def test_a_file_of_another_layout_never_replaces_one() -> None:
    sheet = snapshot("sheet", "rtt", layout="provider_sheet")
    extract = snapshot("extract", "rtt", layout="full_extract", published_on="2026-01-01")
    assert superseded(sheet, extract) == {"sheet": None, "extract": None}


def test_a_file_of_another_source_never_replaces_one() -> None:
    beds, calls = snapshot("beds", "beds"), snapshot("calls", "calls", published_on="2026-01-01")
    assert superseded(beds, calls) == {"beds": None, "calls": None}


def test_a_longer_series_replaces_the_shorter_one_it_covers() -> None:
    short = snapshot("short", "ambulance_quality", period_start="2017-08-01")
    longer = snapshot(
        "longer", "ambulance_quality", period_start="2017-08-01", period_end="2024-06-01"
    )
    assert superseded(longer, short) == {"short": "longer", "longer": None}


def test_a_newer_file_that_covers_only_part_of_the_span_replaces_nothing() -> None:
    year = snapshot("year", "rtt", period_start="2023-04-01", period_end="2024-04-01")
    month = snapshot(
        "month",
        "rtt",
        period_start="2024-03-01",
        period_end="2024-04-01",
        published_on="2026-01-01",
    )
    assert superseded(year, month) == {"year": None, "month": None}


def test_of_two_files_without_a_period_the_one_seen_later_is_in_force() -> None:
    timeless = {"period_start": "", "period_end": ""}
    earlier = snapshot("x", "ods", retrieved_at="2026-01-01T00:00:00") | dict.fromkeys(timeless)
    later = snapshot("a", "ods", retrieved_at="2026-02-01T00:00:00") | dict.fromkeys(timeless)
    assert superseded(earlier, later) == {"x": "a", "a": None}


def test_a_refused_file_replaces_nothing_and_is_listed_with_its_reason() -> None:
    good = snapshot("good", "rtt")
    bad = snapshot("bad", "rtt", published_on="2026-01-01", status="refused", reason="cut short")
    rows = by("snapshot_id", run("marts.fct_snapshot", snapshots=[good, bad]))
    assert (rows["good"]["status"], rows["good"]["superseded_by"]) == ("current", None)
    assert (rows["bad"]["status"], rows["bad"]["reason"]) == ("refused", "cut short")


def in_force(snapshots: list[Row], figures: list[Row]) -> dict[tuple[str, str], float]:
    """Amounts in use by organisation and measure."""
    rows = run("intermediate.int_figures__current", snapshots=snapshots, figures=figures)
    return {(row.org_code, row.measure): float(row.amount) for row in rows.itertuples()}


def test_figures_come_from_the_file_in_force_and_not_from_the_one_it_replaced() -> None:
    plain = snapshot("plain", "rtt", published_on="2024-06-13")
    revised = snapshot("revised", "rtt", published_on="2024-11-14")
    found = in_force(
        [plain, revised],
        [
            figure(plain, "incomplete", "10", "RAA"),
            figure(plain, "incomplete", "20", "RBB"),
            figure(revised, "incomplete", "11", "RAA"),
        ],
    )
    assert found == {("RAA", "incomplete"): 11}


def test_figures_of_a_refused_file_never_count() -> None:
    refused = snapshot("refused", "rtt", status="refused", reason="cut short")
    assert in_force([refused], [figure(refused, "incomplete", "10")]) == {}


def test_the_preferred_layout_wins_for_each_organisation_and_measure() -> None:
    extract = snapshot("extract", "rtt", layout="full_extract", layout_rank="0")
    compiled = snapshot("compiled", "rtt", layout="compiled", layout_rank="2")
    found = in_force(
        [extract, compiled],
        [
            figure(extract, "incomplete", "10", "RAA"),
            figure(compiled, "incomplete", "99", "RAA"),
            figure(compiled, "over_52_weeks", "3", "RAA"),
            figure(compiled, "incomplete", "20", "RBB"),
        ],
    )
    assert found == {
        ("RAA", "incomplete"): 10,
        ("RAA", "over_52_weeks"): 3,
        ("RBB", "incomplete"): 20,
    }


def test_a_missing_mark_in_the_preferred_layout_is_not_filled_from_another() -> None:
    sheet = snapshot("sheet", "rtt", layout_rank="1")
    other = snapshot("other", "rtt", layout="other", layout_rank="2")
    cells = [figure(sheet, "incomplete", "*"), figure(other, "incomplete", "7")]
    rows = run("intermediate.int_figures__current", snapshots=[sheet, other], figures=cells)
    assert rows["published_text"].tolist() == ["*"]
