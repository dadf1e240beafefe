"""Rebounds of published figures: which spells are judged, from which months, and why others are not."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.entry_lacks import BESIDE, INSIDE
from indicators.entry_rebounds import NEAR, NO_FIGURES, SHARED, entry_rebounds
from indicators.registry import load_all
from indicators.stats.regression_to_mean.excess import Settings
from indicators.stats.regression_to_mean.windows import Outcome
from settings import Settings as Places
from tests.unit.indicators.made_frozen import spell, spells

CATALOGUE = load_all(Places().catalogue_dir)
MONTHLY, QUARTERLY = CATALOGUE["ae_4h_all"], CATALOGUE["beds_occ_kh03"]
FEW = Settings(draws=20)


def values(step: int = 1, rise: float = 0.0) -> pd.DataFrame:
    """Thirty acute trusts, T00 … T29, from January 2022 for 48 months; T00 rises from August 2023 on."""
    starts = pd.date_range("2022-01-01", periods=48 // step, freq=f"{step}MS")
    random = np.random.default_rng(3)
    parts = [
        pd.DataFrame(
            {
                "org_code": f"T{number:02}",
                "org_type": "acute",
                "period_start": starts,
                "value": random.normal(50, 1, len(starts)),
            }
        )
        for number in range(30)
    ]
    frame = pd.concat(parts, ignore_index=True)
    rises = (frame["org_code"] == "T00") & (frame["period_start"] >= "2023-08-01")
    return frame.assign(value=frame["value"] + rise * rises)


def entered(org: str, on: str = "2023-07-20", left: str | None = None, **more: Any) -> Any:
    return spell(on, left, org_code=org, **more)


def test_entry_is_the_first_exposed_month_and_a_rise_from_then_on_is_excess() -> None:
    """20 July counts for August: the base is May to July, the outcome July of the next year."""
    given = spells(entered("T00"))
    without, risen = (entry_rebounds(values(rise=rise), MONTHLY, given, FEW) for rise in (0, 9))
    own = values().query("org_code == 'T00'").set_index("period_start")["value"]
    row = without.table.iloc[0]
    assert row["entry"] == 2023 * 12 + 7
    assert row["base"] == pytest.approx(own["2023-05":"2023-07"].mean())
    assert row["observed"] == pytest.approx(own["2024-07-01"] - row["base"])
    assert row["excess"] == pytest.approx(row["observed"] - row["expected"])
    assert risen.table["excess"][0] == pytest.approx(row["excess"] + 9)
    assert risen.found is not None
    assert risen.found.windows == 29


def test_quarters_count_by_the_quarter_that_holds_the_month() -> None:
    found = entry_rebounds(values(step=3), QUARTERLY, spells(entered("T00")), FEW)
    own = values(step=3).query("org_code == 'T00'").set_index("period_start")["value"]
    row = found.table.iloc[0]
    assert row["base"] == pytest.approx(own["2023-04-01"])
    assert row["observed"] == pytest.approx(own["2024-04-01"] - own["2023-04-01"])


def test_who_was_or_may_have_been_inside_teaches_nothing() -> None:
    """An entry known to the year alone is inside from its first day, an exit of none to the end."""
    vague = entered("T05") | {"entered_precision": "year", "entered_earliest": "2023-01-01"}
    outside = entered("T06", "2016-02-01", "2020-02-01")
    found = entry_rebounds(values(), MONTHLY, spells(entered("T00"), vague, outside), FEW)
    assert found.found is not None
    assert found.found.windows == 28


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            entered("T01", "2022-06-01"),
            "the figures of its type begin only in January 2022, too late for its entry",
        ),
        (
            entered("T01", "2025-06-01"),
            "the figures of its type end in December 2025, too soon after its entry",
        ),
        (entered("X99"), NO_FIGURES),
        (
            entered("T01", "2023-07-20", entered_precision="year"),
            "its entry is known only to the year",
        ),
    ],
)
def test_why_a_spell_is_not_judged(other: Any, why: str) -> None:
    found = entry_rebounds(values(), MONTHLY, spells(entered("T00"), other), FEW)
    assert found.table["why_not"].isna().tolist() == [True, False]
    assert found.table["why_not"][1] == why
    assert np.isnan(found.table["excess"][1])


def test_a_gap_in_the_files_is_told_apart_from_figures_missing_of_one() -> None:
    """T00 entered in August 2023, so that its base of a year before is of May to July 2022."""
    rows, month = values(), pd.Timestamp("2022-06-01")
    of_all, own = (rows["period_start"] == month), (rows["org_code"] == "T00")
    given = spells(entered("T00"))
    gap = entry_rebounds(rows[~of_all], MONTHLY, given, FEW)
    mine = entry_rebounds(rows[~(of_all & own)], MONTHLY, given, FEW)
    assert gap.table["why_not"].tolist() == [
        "no file gathered here has the figures of June 2022, which it needs"
    ]
    assert mine.table["why_not"].tolist() == [
        "its own figures are missing or of too few cases around its entry, though others of its type have "
        "theirs"
    ]
    assert [one.causes for one in (gap.table["lack"][0], mine.table["lack"][0])] == [
        ("gap",),
        ("own",),
    ]


@pytest.mark.parametrize("outcome", ["after_a_year", "mean_of_year"])
def test_the_year_after_has_to_be_over(outcome: Outcome) -> None:
    """Eleven months from August 2023 on are enough of its own; who else was outside is not known."""
    settings, given = Settings(outcome, draws=20), spells(entered("T00"))
    found = {
        end: entry_rebounds(values().query(f"period_start <= '{end}'"), MONTHLY, given, settings)
        for end in ("2024-06-01", "2024-07-01")
    }
    assert found["2024-06-01"].table["why_not"].tolist() == [
        "the figures of its type end in June 2024, too soon after its entry"
    ]
    assert found["2024-07-01"].table["why_not"].isna().all()


def test_who_may_have_been_inside_shortly_before_is_told_so() -> None:
    """Its own entry may have been as early as June, before the month it is dated to."""
    vague = entered("T00") | {"entered_earliest": "2023-06-01"}
    table = entry_rebounds(values(), MONTHLY, spells(vague), FEW).table
    assert table["why_not"].tolist() == [INSIDE]


def test_a_second_spell_soon_after_a_first_is_not_judged() -> None:
    soon = [entered("T01", "2022-01-05", "2022-08-01"), entered("T01", "2023-07-20")]
    table = entry_rebounds(values(), MONTHLY, spells(entered("T00"), *soon), FEW).table
    assert table["why_not"].tolist()[2] == NEAR


def test_nobody_judged_is_no_error() -> None:
    few = values().query("org_code < 'T12'")
    found = entry_rebounds(few, MONTHLY, spells(entered("T00")), FEW)
    assert found.found is None
    assert found.table["why_not"].tolist() == [BESIDE]


def test_figures_that_share_data_are_not_judged() -> None:
    rolling = next(one for one in CATALOGUE.values() if one.shared_periods)
    found = entry_rebounds(values(rolling.step_months), rolling, spells(entered("T00")), FEW)
    assert found.table["why_not"].tolist() == [SHARED]
    assert found.found is None
