"""The ledger as it could have been known on a day."""

from datetime import date

import pandas as pd

from pages.parts.timelines.known_on import as_known_on, known_sentence
from tests.unit.pages.made_spells import spell, spells

DAY = date(2023, 6, 30)
LEDGER = spells(
    spell("RAA", entered="2021-07-01", left="2022-03-01"),
    spell("RBB", entered="2021-07-01", left="2025-03-01", last_known_in="2025-01-01"),
    spell("RCC", entered="2024-01-01"),
    spell("RDD", "pip"),
    spell("REE"),
).assign(
    programme_started_on=pd.to_datetime(["2021-07-01"] * 3 + ["2025-01-01", "2021-07-01"]),
    transferred_from=["QSM"] * 5,
    pathway=["left", "left", "entered", "entered", "entered"],
    left_kind=["improved", "improved", *["not_established"] * 3],
)
FACTS = pd.DataFrame(
    {
        "spell_id": ["s0", "s0", "s1", "s3", "s4", None],
        "kind": ["entered", "left", "entered", "entered", "entered", "rated"],
    }
)


def test_later_entries_are_gone_and_later_exits_are_not_established() -> None:
    known = as_known_on(LEDGER, FACTS, DAY).set_index("org_code")
    assert list(known.index) == ["RAA", "RBB", "REE"]
    assert known.loc["RAA", ["left_kind", "pathway"]].tolist() == ["improved", "left"]
    later = known.loc["RBB"]
    assert later[["left_kind", "ending", "left_label", "pathway"]].tolist() == [
        "not_established",
        "not_established",
        "not established",
        "transferred",
    ]
    assert later[["left_earliest", "left_latest", "last_known_in"]].isna().all()


def test_a_sentence_says_what_is_missing() -> None:
    words = known_sentence(LEDGER, as_known_on(LEDGER, FACTS, DAY), DAY)
    assert "on 30 June 2023 leaves out 2 spells" in words
    assert "shows 1 exit that came" in words
