"""Why events of published figures have no pooled effect: where the series ends, a gap, or another stay."""

from dataclasses import replace

import pandas as pd
import pytest

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.pooled_judged import judge
from indicators.analyses.pooled_result import left_out_of
from indicators.analyses.pooled_rows import PooledRows, Stretch
from indicators.analyses.pooled_spec import Spec
from indicators.analyses.published_series import as_series
from tests.unit.indicators.screening.made import MONTHLY, ORGS, Made, values

ENTERED = 12 * 2024 + 1
"""January 2024, as months are counted here; figures are of January 2022 to January 2026."""


def stretch(first: int, left: int | None = None) -> Stretch:
    return Stretch("T00", first, left, first, left, "2024-01", None)


def reasons(stretches: list[Stretch], frame: pd.DataFrame, event: str = "entry") -> list[str]:
    ordered = frame.sort_values(["org_code", "period_start"], ignore_index=True)
    rows = PooledRows(
        GivenPanel(as_series(ordered, MONTHLY, {})),
        tuple(stretches),
        {"segment_3": tuple(ORGS[1:])},
        dict.fromkeys(ORGS, "acute"),
        {"controls": "segment_3", "improvement": "up"},
        12,
    )
    judged = judge(Spec.model_validate({"analysis": "pooled", "event": event}), rows)
    return [one["reason"] for one in left_out_of(judged)]


def without(begins: str, ends: str, org: str | None = None) -> pd.DataFrame:
    """The figures without some months of all, or of one."""
    frame = values(Made())
    gone = frame["period_start"].between(begins, ends)
    return frame[~(gone if org is None else gone & (frame["org_code"] == org))]


@pytest.mark.parametrize(
    ("stretches", "frame", "why"),
    [
        (
            [stretch(ENTERED)],
            without("2022-01-01", "2023-06-01"),
            "begin only in July 2023, too late",
        ),
        ([stretch(12 * 2021 + 1)], values(Made()), "begin only in January 2022, too late"),
        ([stretch(ENTERED + 17)], values(Made()), "end in January 2026, too soon"),
        ([stretch(ENTERED + 40)], values(Made()), "end in January 2026, too soon"),
        (
            [stretch(ENTERED)],
            without("2023-03-01", "2023-06-01"),
            "of March 2023 to June 2023, which",
        ),
        (
            [stretch(ENTERED)],
            without("2023-03-01", "2023-06-01", "T00"),
            "its own figures are missing",
        ),
        (
            [stretch(ENTERED)],
            without("2024-03-01", "2024-06-01", "T00"),
            "its own figures are missing",
        ),
    ],
)
def test_too_few_figures_are_told_by_whose_lack_it_is(
    stretches: list[Stretch], frame: pd.DataFrame, why: str
) -> None:
    (reason,) = reasons(stretches, frame)
    assert why in reason


def test_an_earlier_stay_within_the_year_before_is_told_as_one() -> None:
    stays = [stretch(ENTERED - 9, ENTERED - 7), stretch(ENTERED)]
    assert reasons(stays, values(Made())) == [
        "another stay in a programme, or the half year after one, lies around its entry"
    ]


def test_an_exit_before_which_it_was_not_inside_throughout() -> None:
    vague = replace(stretch(ENTERED - 3, ENTERED), sure=(ENTERED - 3, ENTERED))
    assert reasons([vague], values(Made()), "exit") == [
        "no source places it in the programme throughout the months that it needs before its exit"
    ]
