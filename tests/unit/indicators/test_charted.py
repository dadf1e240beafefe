"""Control charts of one indicator: what they rest on, what they are held to, where limits begin anew."""

from datetime import date

import pandas as pd
import pytest

from indicators.charted import CHARTED_FROM, Rebase, chart_values, target_of, within
from indicators.definition import Indicator
from indicators.registry import load_all
from settings import Settings


@pytest.fixture(scope="module")
def indicator() -> Indicator:
    return load_all(Settings().catalogue_dir)["ae_4h_all"]


def values(org: str, *figures: float, start: str = "2022-01-01") -> pd.DataFrame:
    months = pd.date_range(start, periods=len(figures), freq="MS")
    return pd.DataFrame({"org_code": org, "period_start": months, "value": figures})


def test_each_organisation_has_its_own_limits_whatever_the_order_of_rows(
    indicator: Indicator,
) -> None:
    both = pd.concat([values("B", *[60.0, 62.0] * 7), values("A", *[80.0, 82.0] * 7)])
    charts = chart_values(both.sample(frac=1, random_state=1), indicator)
    assert charts.icons["org_code"].tolist() == ["A", "B"]
    assert charts.icons["mean"].tolist() == [81, 61]
    # Every moving range is 2, so limits are 2.66 x 2 away.
    assert charts.icons["upper"].tolist() == pytest.approx([86.32, 66.32])
    assert charts.points["org_code"].tolist() == ["A"] * 14 + ["B"] * 14


def test_a_last_point_below_its_limits_is_a_concern_where_higher_is_better(
    indicator: Indicator,
) -> None:
    charts = chart_values(values("A", *[80.0, 82.0] * 7, 60.0), indicator)
    last = charts.icons.iloc[0]
    assert (last["variation"], last["rules"]) == ("concern_low", ["outside"])
    assert (last["target"], last["assurance"]) == (95, "fail")


def test_fewer_than_thirteen_points_have_no_icon(indicator: Indicator) -> None:
    icons = chart_values(values("A", *[80.0, 82.0] * 6), indicator).icons
    assert icons[["variation", "assurance"]].to_numpy().tolist() == [["empty", "empty"]]


def test_a_rebase_begins_new_limits_on_its_day_for_its_organisation_alone(
    indicator: Indicator,
) -> None:
    steps = [60.0, 62.0] * 7 + [80.0, 82.0] * 7
    both = pd.concat([values("A", *steps), values("B", *steps)])
    charts = chart_values(both, indicator, (Rebase("A", date(2023, 3, 1)),))
    means = charts.points.groupby("org_code")["mean"].unique()
    assert means["A"].tolist() == [61, 81]
    assert means["B"].tolist() == [71]


def test_the_standard_is_preferred_to_an_ambition_and_only_counts_from_its_day(
    indicator: Indicator,
) -> None:
    standard = target_of(indicator, date(2026, 5, 1))
    assert standard is not None
    assert (standard.value, standard.kind) == (95, "standard")
    assert target_of(indicator, date(2009, 1, 1)) is None


def test_icons_rest_on_the_figures_since_the_programme_began() -> None:
    rows = within(values("A", 1.0, 2.0, 3.0, start="2021-06-01"), (CHARTED_FROM, None))
    assert rows["value"].tolist() == [2.0, 3.0]
