"""Fifty analyses over published series: documents that read the warehouse, and files made of it."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sql.reads import read

Run = tuple[dict[str, Any], str | None]
"""A document, and the name of the file of rows that it takes (None: the warehouse's)."""
LAST = "2025-06"
TRUSTS = ("RXW", "RWD", "RXN", "RJE", "RWA", "R1H", "RTG", "RWP")
METHODS = ("reml_ar1", "ols", "newey_west", "prais_winsten", "arima")
_ENTRY = {"interruptions": ["2021-07"], "covid": "none", "from": "2019-04", "to": "2024-03"}
_FOUR_HOURS = {"indicator": "ae_4h_all", "org": "RXW"}


def runs() -> list[Run]:
    """Each analysis that there is, by several indicators, organisations, methods and options."""
    return [*_published(), *_own()]


def _published() -> list[Run]:
    documents = [
        *(_its(**_FOUR_HOURS, method=method) for method in METHODS),
        _its(indicator="rtt_18w", org="RXW", covid="pulse", seasonality="fourier1"),
        _its(indicator="rtt_wl", org="RWD", phase_in=3, anticipation=2, slope_origin=1),
        _its(indicator="ae_12h_dta", org="RJE", method="newey_west", lag=2, **_LATER),
        _its(indicator="ae_4h_all", org="RJE", slope_change=False, alpha=0.1),
        _its(indicator="rtt_52w_pct", org="RXF", horizons=[0, 3], trend=False),
        _its(indicator="ae_4h_all", org="RWP", interruptions=["2021-07", "2022-10"]),
        _its(indicator="ae_4h_t1", org="RXW", covid="month_dummies", interruptions=["2022-07"]),
        _its(indicator="sickness", org="RXW", interruptions=["2022-Q1"], **_WHOLE),
        _its(indicator="sickness", org="RWD", interruptions=["2021-11-20"], **_WHOLE),
        _controlled(form="difference"),
        _controlled(form="stacked", matching="slope"),
        *(_synthetic(form=form) for form in ("plain", "demeaned", "ridge", "sdid")),
        *({"analysis": "transitions", "era": era} for era in ("R1", "R2")),
        {"analysis": "time_to_exit", "programme": "rsp"},
        {"analysis": "time_to_exit", "programme": "special-measures", "bound": "latest"},
        *(_spc(indicator=name, org="RXW") for name in ("ae_4h_all", "sickness")),
        _spc(indicator="cancer_62d", orgs=["RXW", "RWD", "RWA"], improvement="up"),
        {"analysis": "pooled", "indicator": "ae_4h_all", "event": "entry"},
        _spc(indicator="ae_4h_all", org="RWP", rules="plotthedots", fix_after=24),
        _spc(indicator="ae_4h_all", org="RXF", seasonally_adjusted=True),
        _spc(indicator="ae_4h_all", org="RTG", rebase=["2021-07"], run_length=6),
        {"analysis": "screen", "indicator": "rtt_wl", "org_type": "acute"},
    ]
    return [(document, None) for document in documents]


_WHOLE = {"from": "2014-01", "to": "2025-06"}
_LATER = {"interruptions": ["2022-07"], "from": "2020-04", "to": "2025-06"}


def _own() -> list[Run]:
    panel = {"interruptions": ["2021-07"], "seasonality": "none", "horizons": [0, 6]}
    documents = {
        "counts.csv": [
            *(_its_own(family=family) for family in ("gaussian", "binomial", "poisson")),
            {"analysis": "spc", "chart": "p_prime"},
        ],
        "values.csv": [*(_its_own(method=method) for method in METHODS), {"analysis": "spc"}],
        "panel.csv": [
            {"analysis": "controlled_its", "form": "difference"} | panel,
            {"analysis": "controlled_its", "form": "stacked"} | panel,
            {"analysis": "synthetic_control", "treated": "RXW", "interruption": "2021-07"},
        ],
        "last_month.csv": [
            {"analysis": "funnel"},
            {"analysis": "funnel", "overdispersion": "multiplicative", "trim": "truncate"},
        ],
        "changes.csv": [
            {"analysis": "meta"},
            {"analysis": "meta", "method": "PM", "knapp_hartung": True},
        ],
        "segments.csv": [{"analysis": "transitions", "period_step": 1}],
    }
    return [(document, name) for name, several in documents.items() for document in several]


def _its(**fields: Any) -> dict[str, Any]:
    return {"analysis": "its"} | _ENTRY | fields


def _its_own(**fields: Any) -> dict[str, Any]:
    return {"analysis": "its", "interruptions": ["2021-07"], "covid": "none"} | fields


def _spc(**fields: Any) -> dict[str, Any]:
    return {"analysis": "spc", "to": LAST} | fields


def _controlled(**fields: Any) -> dict[str, Any]:
    return {"analysis": "controlled_its"} | _FOUR_HOURS | _ENTRY | fields


def _synthetic(**fields: Any) -> dict[str, Any]:
    when = {"interruption": "2021-07", "from": "2019-04", "to": "2024-03"}
    return {"analysis": "synthetic_control"} | _FOUR_HOURS | when | fields


def write_files(marts: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Rows of four hours in A&E and of segments, as a person would have them in files of their own."""
    everyone = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    everyone = everyone.assign(period=everyone["period_start"].dt.strftime("%Y-%m"))
    months = everyone[everyone["period"].between("2019-04", "2024-03")]
    chosen = months[months["org_code"].isin(TRUSTS)].rename(columns={"org_code": "unit"})
    one = chosen[chosen["unit"] == "RXW"]
    segments = read(marts, "segment_panel", era="R1")
    named = {
        "counts.csv": one[["period", "numerator", "denominator"]].astype({"numerator": int}),
        "values.csv": one[["period", "value"]],
        "panel.csv": chosen.assign(treated=(chosen["unit"] == "RXW").astype(int))[
            ["unit", "treated", "period", "value"]
        ],
        "last_month.csv": chosen[chosen["period"] == "2024-03"][
            ["unit", "numerator", "denominator"]
        ],
        "changes.csv": _changes(chosen),
        "segments.csv": segments[["unit", "period", "state"]],
    }
    for name, frame in named.items():
        frame.to_csv(folder / name, index=False)


def _changes(chosen: pd.DataFrame) -> pd.DataFrame:
    """By trust the mean of a year less that of the year before, with the variance of the difference."""
    groups = {
        year: chosen[chosen["period"].between(f"{year}-04", f"{year + 1}-03")].groupby("unit")[
            "value"
        ]
        for year in (2022, 2023)
    }
    effect = groups[2023].mean() - groups[2022].mean()
    variance = sum(group.var() / group.size() for group in groups.values())
    return pd.DataFrame({"effect": effect, "variance": variance}).reset_index()
