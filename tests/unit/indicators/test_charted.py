"""Control charts of one indicator: what they rest on, what they are held to, where limits begin anew."""

from datetime import date

import pandas as pd
import pytest

from indicators.charted import CHARTED_FROM, Rebase, chart_values, target_of, within
from indicators.definition import Indicator, Standard
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


def test_nothing_is_judged_where_over_a_fifth_of_the_periods_are_missing(
    indicator: Indicator,
) -> None:
    rows = values("A", *[80.0, 82.0] * 7, 60.0)
    sparse = rows.drop(index=[2, 5, 8])
    dense = pd.concat([rows, values("A", *[80.0, 82.0] * 2, 60.0, start="2023-04-01")])
    icon = chart_values(dense.iloc[[*range(14), 18, 19]], indicator).icons.iloc[0]
    assert (icon["variation"], icon["why_empty"]) == ("concern_low", "")
    # 13 of 17 periods are 76 per cent.
    charts = chart_values(pd.concat([sparse, dense.iloc[[16]]]), indicator)
    icon = charts.icons.iloc[0]
    assert (icon["points"], icon["variation"], icon["assurance"]) == (13, "empty", "empty")
    assert icon["why_empty"] == "over a fifth of its periods are missing"
    assert set(charts.points["kind"]) == {"common_cause"}
    assert charts.points["outside"].abs().sum() == 0


def test_nothing_is_judged_where_neighbouring_figures_share_data(indicator: Indicator) -> None:
    overlapping = indicator.model_copy(update={"overlap": 11})
    charts = chart_values(values("A", *[80.0, 82.0] * 7, 60.0), overlapping)
    icon = charts.icons.iloc[0]
    assert (icon["variation"], icon["assurance"]) == ("empty", "empty")
    assert icon["why_empty"] == "neighbouring figures share data"
    assert set(charts.points["kind"]) == {"common_cause"}


def test_a_value_of_too_few_cases_is_left_out(indicator: Indicator) -> None:
    rows = values("A", *[80.0, 82.0] * 7, 0.0).assign(denominator=[20] * 14 + [19])
    charts = chart_values(rows, indicator)
    assert charts.icons["points"].tolist() == [14]
    assert charts.icons["variation"].tolist() == ["common_cause"]


def test_a_series_that_ended_before_the_others_is_not_current(indicator: Indicator) -> None:
    both = pd.concat([values("A", *[80.0, 82.0] * 7), values("B", *[80.0, 82.0] * 8)])
    late = pd.concat([both, values("C", *[80.0, 82.0] * 7, 80.0)])
    icons = chart_values(late, indicator).icons.set_index("org_code")
    assert icons["is_current"].to_dict() == {"A": False, "B": True, "C": True}


def test_a_target_holds_from_its_day_on(indicator: Indicator) -> None:
    ambition = Standard(on=date(2022, 3, 1), value=76, label="ambition 76 %", kind="ambition")
    held = indicator.model_copy(update={"standards": (ambition,)})
    targets = chart_values(values("A", *[80.0, 82.0] * 7), held).points["target"]
    assert targets.isna().tolist() == [True] * 2 + [False] * 12


def test_of_nothing_nothing_is_charted(indicator: Indicator) -> None:
    charts = chart_values(values("A").astype({"value": float}), indicator)
    assert (len(charts.points), len(charts.icons)) == (0, 0)


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
