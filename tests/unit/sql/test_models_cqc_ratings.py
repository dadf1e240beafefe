"""CQC ratings: from words to an ordinal, and a reason where there is none."""

import pytest

from tests.unit.sql.models import by, figure, run, snapshot

FILE = snapshot("ratings", "cqc_ratings", layout="providers_sheet")


def measure(text: str, name: str = "overall") -> dict[object, dict[str, object]]:
    rows = [figure(FILE, name, text)]
    return by("measure", run("intermediate.int_measures", snapshots=[FILE], figures=rows))


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("Outstanding", 4),
        ("Good", 3),
        ("Requires improvement", 2),
        ("Requires Improvement", 2),
        ("Inadequate", 1),
    ],
)
def test_a_rating_is_an_ordinal(text, ordinal):
    row = measure(text)["overall"]
    assert (row["amount"], row["missing_reason"], row["source_id"]) == (
        ordinal,
        None,
        "cqc_ratings",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Not rated", "not rated"),
        ("", "not rated"),
        ("3", "not rated"),
        ("Good / Requires improvement", "two ratings published on one day"),
    ],
)
def test_what_is_no_single_rating_is_missing_and_says_why(text, reason):
    row = measure(text)["overall"]
    assert (row["amount"], row["missing_reason"]) == (None, reason)


def test_days_are_no_measures_and_nothing_is_added_up():
    assert measure("2023-02-03", "overall_on") == {}
    assert {row["level"] for row in measure("Good").values()} == {"provider"}
