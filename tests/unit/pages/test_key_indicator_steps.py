"""What the screen says of who can be judged, and of what would let more be: from a document made by hand."""

from dataclasses import replace

import pytest

from indicators.screening.judged import judged
from indicators.stats.screen.thresholds import DEFAULTS
from pages.parts.key_indicators import lacking, words
from pages.parts.key_indicators.lacking import (
    enough_words,
    mending_sentences,
    missing_words,
    still_lacking,
    waiting_words,
)
from pages.parts.key_indicators.steps import (
    kind_of,
    reach_sentence,
    step_rows,
    steps_table,
    uncovered_sentence,
    why_not_more,
)
from tests.unit.indicators.screening.made import CATALOGUE
from tests.unit.indicators.screening.made_document import NOBODY, ROWS, row, steps, walk

PAIRS = judged(ROWS, DEFAULTS)
CANCER = PAIRS[-1]


@pytest.fixture(autouse=True)
def titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the catalogue, without a published version."""
    for module in (words, lacking):
        monkeypatch.setattr(module, "catalogue", lambda: CATALOGUE)


def test_the_answer_counts_who_entered_since_july_2021() -> None:
    """Cancer has most of them: 3 of the 8 needed; five of its dated ones come before the figures."""
    assert reach_sentence(PAIRS, 8) == (
        "Of the 18 stays since July 2021 8 have an entry known to the month; at most 3 of the 8 needed can "
        "be judged (Cancer treated within 62 days among acute trusts); chief reason: the entry is not known "
        "to the month."
    )
    none = {"entry": steps(walk(9, 2, 0, 0), walk(4, 3, 0, 0)), "exit": steps(NOBODY, NOBODY)}
    nobody = judged([row("ae_4h_all", steps=none)], DEFAULTS)
    assert reach_sentence(nobody, 8) == (
        "Of the 4 stays since July 2021 3 have an entry known to the month, and none can be judged; chief "
        "reason: the figures begin too late."
    )


def test_nothing_is_said_where_nobody_entered() -> None:
    empty = {"entry": steps(NOBODY, NOBODY), "exit": steps(NOBODY, NOBODY)}
    assert reach_sentence(judged([row("ae_4h_all", steps=empty)], DEFAULTS), 8) == ""


def test_of_a_type_the_best_covered_and_the_share_of_each_reason() -> None:
    """Four pairs leave out 13 + 15 each, cancer 22 + 15: 74 of 149 for the figures' start."""
    told = why_not_more(PAIRS)
    assert told.startswith(
        "Of 40 stays of acute trusts on record 25 have an entry known to the month."
    )
    assert "12 (1 since July 2021)" in told
    assert told.endswith(
        "the entry is not known to the month (50.3 %); the figures begin too late (49.7 %)."
    )


def test_the_chart_has_most_judged_first_and_says_what_it_leaves_out() -> None:
    rows = step_rows(PAIRS)
    assert rows["words"].tolist() == ["12 (1)"] * 4 + ["3 (3)"]
    bare = {"entry": steps(walk(9, 2, 0, 0), walk(4, 2, 0, 0)), "exit": steps(NOBODY, NOBODY)}
    assert uncovered_sentence(step_rows(judged([row("ae_4h_all", steps=bare)], DEFAULTS))) == (
        "Not drawn, as no entry has a year of figures on both sides: A&E within 4 hours."
    )
    assert uncovered_sentence(rows) == ""


def test_the_table_has_both_events_and_both_spans() -> None:
    table = steps_table([CANCER])
    assert table[["Event", "Began", "Judged"]].values.tolist() == [
        ["Entry", "any time", 3],
        ["Entry", "since July 2021", 3],
        ["Exit", "any time", 0],
        ["Exit", "since July 2021", 0],
    ]


def test_files_and_months_that_would_help_are_named() -> None:
    assert missing_words(CANCER) == "2 for April 2017 to March 2018"
    assert waiting_words(CANCER) == (
        "2 to November 2026; 1 to January 2027; 1 to February 2027; 1 to May 2027"
    )
    assert mending_sentences(PAIRS) == [
        "Files with the figures of April 2017 to March 2018, brought from the publisher, would let more "
        "entries on record be judged: 2 of Cancer treated within 62 days among acute trusts (5 in all).",
        "Entries on record that lack nothing but later figures: Cancer treated within 62 days among acute "
        "trusts 5, the first with figures to November 2026.",
    ]
    assert "Entries that lack a file: 2 for April 2017 to March 2018" in still_lacking(
        CANCER, DEFAULTS
    )


def test_enough_is_when_the_last_one_needed_has_its_year() -> None:
    """Three are judged: the fifth that waits makes eight, in May 2027; nine are never reached."""
    assert enough_words(CANCER, DEFAULTS) == "May 2027"
    assert enough_words(CANCER, replace(DEFAULTS, entrants=9)) == ""
    assert enough_words(PAIRS[0], DEFAULTS) == ""


def test_nothing_waits_is_said() -> None:
    assert mending_sentences(PAIRS[:1]) == [
        "No entry on record waits for later figures alone, so that time brings only new entries."
    ]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (
            "fewer than 20 others of its type without a programme have figures in the same months",
            "too few others stand beside it",
        ),
        (
            "its own figures are missing or of too few cases around its entry, though others of its type "
            "have theirs",
            "its own figures are missing",
        ),
        ("the register doubts this spell", "the register doubts this spell"),
    ],
)
def test_reasons_lose_their_months(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind
