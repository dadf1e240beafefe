"""How long control charts take: limits, rules and icons of as many series as a page of signals asks for."""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd

from bench.other_packages import compare
from indicators.charted import chart_indicator
from indicators.registry import load_all
from indicators.stats.control_chart import LEAST_POINTS, control_charts
from settings import Settings
from sql.publish import read_current
from sql.reads import open_database

SERIES, POINTS = 15_000, 60
PUBLISHED = ("ae_4h_all", "rtt_18w", "cancer_62d", "sickness", "beds_occ_kh03")


def jobs() -> dict[str, tuple[Callable[[], object], int]]:
    """What to time and how often."""
    frame = _series()
    return {"icons of 15,000 series of 60": (lambda: control_charts(frame), 5)}


def others() -> dict[str, list[float]]:
    """The same by other people's packages, where installed; how alike they are on published series too."""
    measured = compare(_series(), "15,000 series of 60")
    settings = Settings()
    published = read_current(settings.data_dir)
    if published is not None:
        with open_database(settings.data_dir / published.file) as warehouse:
            compare(_published(warehouse), "published series")
    return measured


def _series() -> pd.DataFrame:
    """Noise about 50, higher better, target 50."""
    value = np.random.default_rng(1).normal(50, 5, SERIES * POINTS)
    names = [f"s{number}" for number in range(SERIES)]
    given = {"phase": 0, "improvement": 1, "target": 50.0}
    return pd.DataFrame({"series": np.repeat(names, POINTS), "value": value}).assign(**given)


def _published(warehouse: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every organisation's series of some indicators, as charted, of 13 points and more."""
    indicators = load_all(Settings().catalogue_dir)
    points = [chart_indicator(warehouse, indicators[name]).points for name in PUBLISHED]
    frame = pd.concat(points, keys=PUBLISHED, names=["indicator", None]).reset_index("indicator")
    frame = frame.assign(series=frame["indicator"] + " " + frame["org_code"])
    is_long = frame.groupby("series")["value"].transform("size") >= LEAST_POINTS
    return frame.loc[is_long, ["series", "phase", "value", "improvement", "target"]]
