"""The strip in words: of which quarters a statement is, how long inside is known, how spells went."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pages.parts.timelines.strip_ledger import months_words, quarters_of, spells_told
from tests.unit.pages.made_spells import spell, spells


def stated(begins: str, ends: str | None) -> pd.DataFrame:
    frame = pd.DataFrame({"effective_from": [begins], "effective_to": [ends]})
    return frame.astype("datetime64[us]")


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("2024-09-09", "2024-09-10", "2024/25 Q2 (Jul 2024 to Sep 2024)"),
        (
            "2021-07-01",
            "2022-01-01",
            "some time in 2021/22 Q2 to 2021/22 Q3 (Jul 2021 to Dec 2021)",
        ),
        ("2026-08-01", None, "2026/27 Q2 (Jul 2026 to Sep 2026)"),
    ],
)
def test_a_statement_is_of_its_quarter_or_of_some_time_in_several(
    begins: str, ends: str | None, words: str
) -> None:
    assert quarters_of(stated(begins, ends)) == [words]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ((float("nan"), float("nan"), float("nan")), "none on record"),
        ((29.4, False, 0), "29 months"),
        ((1.2, True, 0), "at least 1 month"),
        ((67.4, True, 1), "at least 67 months (1 spell not counted: no source gives how long)"),
        ((float("nan"), True, 2), "not known (2 spells not counted: no source gives how long)"),
    ],
)
def test_months_say_what_could_not_be_counted(known: tuple[Any, Any, Any], words: str) -> None:
    months, is_at_least, not_counted = known
    row = SimpleNamespace(months=months, is_at_least=is_at_least, not_counted=not_counted)
    assert months_words(row) == words


def test_spells_are_told_as_their_hovers_have_them() -> None:
    made = spells(
        spell("RXW", "qsm", left_label="Jul 2021", ending_label="left the programme"),
        spell("RXW", left_label="not established", last_known_label="Sep 2025", confidence="low"),
    )
    assert spells_told(made)["RXW"] == (
        "Quality special measures, entered: as written, left: Jul 2021 (left the programme; confidence "
        "high); RSP, entered: as written, left: not established, last known inside Sep 2025 (left; "
        "confidence low)"
    )
