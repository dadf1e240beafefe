"""New signals of the published figures, each verified from the raw values by a rule written anew."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata

from indicators.charted import steady
from indicators.radar import SERIES, Radar, published_charts, radar_of
from indicators.radar_measured import measure
from indicators.radar_series import pool_of
from indicators.registry import load_all
from settings import ROOT, Settings
from sql.reads import read


@pytest.fixture(scope="module")
def radar(marts: duckdb.DuckDBPyConnection, warehouse: Path) -> Radar:
    indicators = load_all(Settings().catalogue_dir)
    return radar_of(
        published_charts(marts, indicators, warehouse), indicators, read(marts, "organisations")
    )


def raw(marts: duckdb.DuckDBPyConnection, indicator: str) -> pd.DataFrame:
    values = read(marts, "lineage_values", indicator=indicator, lineage="as_was")
    return values[values["period_start"] >= "2021-07-01"]


def test_norfolk_and_norwichs_shift_became_seven_long_in_may_2026(
    radar: Radar, marts: duckdb.DuckDBPyConnection
) -> None:
    series = raw(marts, "rtt_18w").query("org_code == 'RM1'").set_index("period_start")["value"]
    above = series > series.mean()
    assert above.tail(7).all()
    assert not above.iloc[-8]
    assert series.tail(7).index[0] == pd.Timestamp("2025-11-01")
    before = series.iloc[:-1]
    assert not (before > before.mean()).iloc[-7]
    told = radar.signals.set_index("signal_id").loc["rtt_18w.RM1.shift.2025-11"]
    assert told["is_new"]
    assert told["direction"] == "better"
    assert told["before"] == pytest.approx(series.mean())
    assert told["value"] == series.iloc[-1] == pytest.approx(100 * 42778 / 68317)


def test_hampshire_hospitals_fell_among_the_worst_tenth_in_march_2026(
    radar: Radar, marts: duckdb.DuckDBPyConnection
) -> None:
    """RN5, four-hour: places counted from the lowest of the acute trusts."""
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    values = raw(marts, "ae_4h_all")
    acute = values[values["org_code"].map(types) == "acute"]
    places = {}
    for month, rows in acute.groupby("period_start"):
        own = rows.loc[rows["org_code"] == "RN5", "value"].iloc[0]
        places[month] = ((rows["value"] < own).sum() + 0.5) / len(rows)
    last = pd.Series(places).tail(4)
    assert (last < 0.1).tolist() == [False, True, True, True]
    told = radar.signals.set_index("signal_id").loc["ae_4h_all.RN5.worst_decile.2026-03"]
    assert told["is_new"]
    latest = acute[acute["period_start"] == acute["period_start"].max()]
    assert told["peers"] == len(latest)
    assert told["before"] == pytest.approx(latest["value"].median())


def test_a_drift_of_dorset_county_among_acute_trusts(
    radar: Radar, marts: duckdb.DuckDBPyConnection
) -> None:
    """Percentiles and sums worked out anew with ranks of SciPy and a plain loop."""
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    values = raw(marts, "ae_4h_all")
    acute = values[values["org_code"].map(types) == "acute"]
    percentiles = []
    for _, rows in acute.groupby("period_start"):
        place = rankdata(-rows["value"]) - 0.5
        percentiles.append(float(100 * place[rows["org_code"] == "RBD"][0] / len(rows)))
    told = radar.signals.set_index("signal_id").loc["ae_4h_all.RBD.cusum.2026-02"]
    assert told["percentile"] == pytest.approx(percentiles[-1])
    assert told["direction"] == "worse"
    # The sum to the end, from a level and spread that any earlier alarm has set.
    level = told["percentile_before"]
    spread = abs(percentiles[-1] - level) / told["size"]
    total = 0.0
    for value in percentiles[-4:]:
        total = max(0.0, total + value - level - spread / 2)
    assert total > 5 * spread
    assert total - (percentiles[-1] - level - spread / 2) <= 5 * spread


def test_far_more_signals_than_by_chance_and_every_series_is_accounted_for(
    radar: Radar, marts: duckdb.DuckDBPyConnection
) -> None:
    new = radar.signals[radar.signals["is_new"]]
    assert len(new.drop_duplicates(SERIES)) > 3 * radar.tested["chance_new"].sum()
    indicators = load_all(Settings().catalogue_dir)
    known = read(marts, "indicators")
    ids = known.loc[known["organisations"].notna(), "indicator_id"]
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    has_peers = ~types.isin(["region", "england"])
    series = 0
    for key in ids:
        codes = pd.Series(steady(raw(marts, key), indicators[key])["org_code"].unique())
        series += int(codes.map(has_peers).sum())
    assert radar.series + sum(radar.reasons.values()) == series


def test_no_signal_of_what_is_left_out(radar: Radar) -> None:
    gone = radar.left_out[SERIES].apply(tuple, axis="columns")
    told = radar.signals[SERIES].apply(tuple, axis="columns")
    assert not set(gone) & set(told)
    assert radar.signals["signal_id"].is_unique
    assert np.isfinite(radar.signals["size"]).all()
    assert set(radar.signals["direction"]) == {"worse", "better"}


def test_the_measured_persistence_is_that_of_the_methods_page(
    marts: duckdb.DuckDBPyConnection, warehouse: Path
) -> None:
    indicators = load_all(Settings().catalogue_dir)
    charts = published_charts(marts, indicators, warehouse)
    found = measure(pool_of(charts, indicators, read(marts, "organisations")))
    quartiles = found.lag_one.quantile([0.25, 0.5, 0.75]).round(2).tolist()
    page = (ROOT / "docs" / "methods" / "signals.md").read_text(encoding="utf-8")
    assert f"{quartiles[0]}, **{quartiles[1]}**, {quartiles[2]}" in page
    assert f"**{100 * found.worst['held']:.2f} %**" in page
    assert f"{100 * found.worst['new']:.2f} %" in page
