"""Who is in the pool of comparators, and the one reason that each organisation has."""

import pandas as pd
import pytest

from indicators.comparator_pool import comparator_pool, explain

FREE = {
    "org_name": "A trust",
    "is_same_type": True,
    "is_never_in_programme": True,
    "highest_on": pd.NaT,
    "highest_segment": None,
    "took_over_on": pd.NaT,
    "passed_on": pd.NaT,
}
SEGMENT = {"highest_on": pd.Timestamp(2023, 7, 1), "highest_segment": 4}
BOTH = SEGMENT | {"took_over_on": pd.Timestamp(2024, 4, 1)}
FREE_OF = "same type, never in a programme on record, figures for"


def pool(**changed: object) -> pd.DataFrame:
    """RAA entered and has 20 figures; RBB has 20 unless the case says otherwise, and what it says."""
    has = int(str(changed.pop("has", 20)))
    rows = [
        FREE | {"org_code": "RAA", "is_never_in_programme": False},
        FREE | {"org_code": "RBB"} | changed,
    ]
    candidates = pd.DataFrame(rows).astype({"highest_on": "datetime64[s]"})
    return comparator_pool(candidates, "RAA", {"RAA": 20, "RBB": has})


@pytest.mark.parametrize(
    ("changed", "is_in", "reason"),
    [
        ({}, True, f"{FREE_OF} 20 of 20 periods"),
        ({"has": 18}, True, f"{FREE_OF} 18 of 20 periods"),
        ({"has": 17}, False, "has figures for only 17 of the 20 periods"),
        ({"has": 0}, False, "has no figure in this time"),
        ({"is_same_type": False}, False, "is another type of organisation"),
        ({"is_same_type": None}, False, "is another type of organisation"),
        (
            {"is_never_in_programme": False},
            False,
            "was in a programme, or took over one that was",
        ),
        (SEGMENT, False, "was in segment 4 in the quarter from July 2023"),
        (
            {"took_over_on": pd.Timestamp(2024, 4, 1)},
            False,
            "took over another organisation on 1 April 2024",
        ),
        (
            {"passed_on": pd.Timestamp(2024, 4, 1)},
            False,
            "passed into another organisation on 1 April 2024",
        ),
        (BOTH, False, "was in segment 4 in the quarter from July 2023"),
    ],
)
def test_the_first_reason_that_holds(changed: dict[str, object], is_in: bool, reason: str) -> None:
    found = pool(**changed)
    assert found["org_code"].tolist() == ["RAA", "RBB"]
    assert found.iloc[0].tolist()[2:] == [False, "is the one that entered"]
    assert found.iloc[1].tolist()[2:] == [is_in, reason]


def test_after_matching_the_chosen_are_in_and_the_others_say_why_not() -> None:
    given = pd.DataFrame(
        {
            "org_code": ["RAA", "RBB", "RCC", "RDD"],
            "org_name": ["a", "b", "c", "d"],
            "is_in": [False, True, True, True],
            "reason": ["is the one that entered", "free", "free", "free"],
        }
    )
    found = explain(given, ["RDD", "RBB"], {"RBB": "far", "RCC": "far", "RDD": "far"})
    assert found["is_in"].tolist() == [False, True, False, True]
    assert found["reason"].tolist() == [
        "is the one that entered",
        "comparable, and number 2 in nearness before entry",
        "far",
        "comparable, and nearest before entry",
    ]
    assert given["is_in"].sum() == 3
