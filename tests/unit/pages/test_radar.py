"""The chart and the list of new signals: bars on two sides of nothing, and who is named."""

import re

import pandas as pd

from indicators.radar_words import KIND_WORDS
from pages.charts.radar import describe_radar, draw_radar
from pages.charts.theme import DARK, LIGHT
from pages.parts.signals.radar_list import list_of, signals_told, table_of
from tests.unit.indicators.made_radar import CATALOGUE, QUIET, organisations, radar, values
from tests.unit.indicators.test_radar import shifted


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Waits", "Beds"],
            "period": ["May 2026", "Apr to Jun 2025"],
            "series": [120, 80],
            "worse": [7, 0],
            "better": [2, 3],
            "neutral": [0, 0],
            "expected_worse": [1.26, 0.5],
            "expected_better": [1.1, 0.4],
        }
    )


def drawn(layer: dict) -> list[dict]:  # type: ignore[type-arg]
    return list(layer["data"]["values"])


def test_worse_lies_left_better_right_and_chance_beside() -> None:
    layers = draw_radar(rows(), LIGHT).to_dict()["layer"]
    worse, better, ticks = (drawn(layer) for layer in layers[:3])
    assert [row["bar"] for row in worse] == [-7, 0]
    assert [row["bar"] for row in better] == [2, 3]
    assert [row["tick"] for row in ticks] == [-1.26, -0.5, 1.1, 0.4]
    assert worse[0]["told"] == "7 got worse"
    assert (worse[0]["chance"], worse[0]["series"]) == ("1.3", 120)


def test_both_sides_are_as_wide_and_name_numbers_without_a_sign() -> None:
    x = draw_radar(rows(), LIGHT).to_dict()["layer"][0]["encoding"]["x"]
    low, high = x["scale"]["domain"]
    assert low == -high
    assert high > 7
    assert x["axis"]["labelExpr"] == "abs(datum.value)"


def test_rows_keep_their_order_and_sides_their_colours() -> None:
    for tokens in (LIGHT, DARK):
        layers = draw_radar(rows(), tokens).to_dict()["layer"]
        assert layers[0]["encoding"]["y"]["sort"] == ["Waits", "Beds"]
        colours = [layer["mark"]["color"] for layer in layers[:2]]
        assert colours == [tokens.control["concern"], tokens.control["improvement"]]


def test_the_chart_in_words() -> None:
    assert describe_radar(rows()) == (
        "New signals by indicator: 7 series got worse and 5 got better in 2 indicators; about 3.3 would by "
        "chance. Most in Waits: 7 worse, 2 better."
    )
    none = rows().assign(worse=0, better=0)
    assert describe_radar(none).endswith("about 3.3 would by chance.")


def told() -> pd.DataFrame:
    series = {"A": [*QUIET, 70.0], "B": shifted(7), "C<b>": [*QUIET, 30.0]}
    everyone = organisations(list(series)).set_index("org_code")
    found = radar({"ae_4h_all": values(series), "ae_12h_dta": values({"B": [*QUIET, 70.0]})})
    return signals_told(found.signals, CATALOGUE, everyone)


def test_the_list_names_each_series_once_with_the_way_to_its_chart() -> None:
    written, number, there_are = list_of(told(), "indicator", "size", None)
    assert (number, there_are) == (4, 4)
    assert written.count("<li>") == 4
    assert written.count("<h2>") == 2
    assert "explorer?view=control-chart&amp;indicator=ae_12h_dta&amp;org=B" in written
    assert "C<b>" not in written
    assert "◆" in written
    assert "●" in written


def test_the_list_by_organisation_and_the_first_only() -> None:
    written, number, there_are = list_of(told(), "organisation", "size", 2)
    assert (number, there_are) == (2, 4)
    assert written.count("<li>") == 2
    by_org = list_of(told(), "organisation", "size", None)[0]
    assert by_org.count("<h2>B &amp; Sons</h2>") == 1


def first_of(signals: pd.DataFrame, order: str) -> str:
    """The link of the series that stands first."""
    return str(re.findall(r'href="([^"]+)"', list_of(signals, "organisation", order, 1)[0])[0])


def test_largest_first_or_latest_first() -> None:
    signals = told()
    sizes = signals["indicator_id"].map({"ae_4h_all": 1.0, "ae_12h_dta": 9.0})
    is_a = signals["org_code"] == "A"
    older = signals.assign(
        size=sizes, period=signals["period"].where(is_a, pd.Timestamp("2020-01-01"))
    )
    assert first_of(older, "size").endswith("indicator=ae_12h_dta&amp;org=B")
    assert first_of(older, "recency").endswith("org=A")


def test_the_table_has_every_signal_and_its_words() -> None:
    table = table_of(told())
    assert len(table) == len(told())
    assert set(table["kind"]) <= set(KIND_WORDS.values())
    assert {"before", "latest_value", "since", "peers", "in_words"} <= set(table.columns)
