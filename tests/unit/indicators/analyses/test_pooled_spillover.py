"""When a system's trusts have a neighbour in a programme, from made stays; means over a system's trusts."""

import pandas as pd
import pytest

from indicators.analyses.pooled_spillover import LATER, VAGUE, WIDE, exposures_of, means_by_system
from indicators.its_stays import Stay


def stay(entry: str | None, begins: str, ends: str | None, org_type: str = "acute") -> Stay:
    return Stay(
        spell_ids=("s",),
        org_code="RAA",
        org_name="A",
        org_type=org_type,
        programmes="RSP",
        entry=entry,
        entered_on=pd.Timestamp(begins),
        exit=None,
        left_on=pd.NaT,
        begins=pd.Timestamp(begins),
        ends=None if ends is None else pd.Timestamp(ends),
        doubt=None,
    )


def reasons(*stays: Stay) -> list[str | None]:
    return [one.why_not.get("exposure") for one in exposures_of("QAA", list(stays), 1)]


def test_an_exposure_begins_with_the_entry_and_ends_with_the_stay() -> None:
    """18 August 2021 exposes September first; 10 May 2023 is the end of April's exposure."""
    (one,) = exposures_of("QAA", [stay("2021-08-18", "2021-08-18", "2023-05-10")], 1)
    assert (one.unit, one.first, one.begins, one.ends) == (
        "QAA",
        12 * 2021 + 9,
        12 * 2021 + 9,
        12 * 2023 + 5,
    )


def test_a_second_neighbour_is_an_event_only_after_the_first_has_left() -> None:
    first = stay("2018-01-01", "2018-01-01", "2020-06-30")
    during = stay("2020-03-01", "2020-03-01", None)
    after = stay("2021-03-01", "2021-03-01", None)
    assert reasons(first, during) == [None, LATER]
    assert reasons(first, after) == [None, None]


def test_a_vague_entry_is_no_event_but_an_exposure() -> None:
    (one,) = exposures_of("QAA", [stay(None, "2020-01-01", None)], 1)
    assert (one.first, one.begins, one.ends) == (None, 12 * 2020 + 1, None)
    assert one.why_not["exposure"] == VAGUE


@pytest.mark.parametrize(("entry", "reason"), [("2022-06", WIDE), ("2023-08-01", None)])
def test_support_of_the_whole_system_within_a_year_hides_the_neighbour(
    entry: str, reason: str | None
) -> None:
    """The system itself was inside from July 2021 to July 2022."""
    whole = stay("2021-07-01", "2021-07-01", "2022-07-31", "icb")
    own = stay(entry, pd.Timestamp(entry).strftime("%Y-%m-%d"), None)
    assert reasons(whole, own) == [WIDE, reason]


def test_a_trust_that_lacks_a_month_does_not_move_the_mean_by_its_level() -> None:
    """RA1 lies at 10 and RA2 at 90; in March, RA2 has no figure, and both stand where they always do."""
    months = pd.to_datetime(["2022-01-01", "2022-02-01", "2022-03-01"])
    values = pd.DataFrame(
        {
            "org_code": ["RA1"] * 3 + ["RA2"] * 2,
            "period_start": [*months, *months[:2]],
            "value": [10.0, 10, 10, 90, 90],
        }
    )
    found = means_by_system(values, pd.Series({"RA1": "QAA", "RA2": "QAA"}))
    assert list(found["value"]) == [0, 0, 0]
    assert set(found["org_code"]) == {"QAA"}
