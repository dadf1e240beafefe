"""How many of all published series end in a signal, as docs/decisions/0008 has it."""

import duckdb
import pandas as pd

from indicators.charted import CHARTED_FROM, chart_values, within
from indicators.registry import load_all
from indicators.signal_totals import signal_totals
from settings import Settings
from sql.reads import read


def test_six_in_ten_signal_since_july_2021_and_two_of_three_over_all_years(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    recent, whole = [], []
    for key, indicator in load_all(Settings().catalogue_dir).items():
        values = read(marts, "lineage_values", indicator=key, lineage="as_was")
        if values.empty:
            continue
        recent.append(chart_values(within(values, (CHARTED_FROM, None)), indicator).icons)
        whole.append(chart_values(values, indicator).icons)
    since, ever = (
        signal_totals(pd.concat(icons).assign(is_old=False)).iloc[0] for icons in (recent, whole)
    )
    assert since[["series", "signals"]].tolist() == [3011, 1753]
    assert (round(since["signals"] / since["series"], 1), round(since["expected"])) == (0.6, 47)
    assert round(ever["signals"] / ever["series"], 2) == 0.67
