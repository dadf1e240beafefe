"""Made figures of forty acute trusts: twelve enter a programme, and segments are stated of all."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.definition import Indicator
from indicators.registry import load_all
from indicators.screening.context import Context, Figures
from indicators.screening.stays import stays_by_organisation
from settings import Settings
from tests.unit.indicators.made_frozen import spell, spells

CATALOGUE = load_all(Settings().catalogue_dir)
MONTHLY = CATALOGUE["ae_4h_t1"]
CIRCULAR = CATALOGUE["ae_4h_all"]
ORGS = [f"T{number:02}" for number in range(40)]
ENTRANTS = ORGS[:12]
ERAS = pd.DataFrame(
    {"era_id": ["R1", "R2"], "starts_on": pd.to_datetime(["2021-07-01", "2025-06-26"])}
)


@dataclass(frozen=True)
class Made:
    """Figures are noise of `seed`, `rise` for entrants from entry on, `fall` for each segment."""

    rise: float = 0.0
    fall: float = 0.0
    seed: int = 1


def segment(org: str) -> int:
    return 1 + ORGS.index(org) % 4


def context() -> Context:
    given = spells(*(spell("2024-01-10", org_code=org) for org in ENTRANTS))
    given = given.assign(last_known_in_earliest=pd.Timestamp("2026-03-31"))
    stated = [
        {"era_id": "R2", "period": period, "unit": org, "state": segment(org)}
        for org in ORGS
        for period in (4 * 2025 + 2, 4 * 2025 + 3)
    ]
    types = dict.fromkeys(ORGS, "acute")
    return Context(types, given, stays_by_organisation(given), pd.DataFrame(stated), ERAS)


def values(made: Made) -> pd.DataFrame:
    starts = pd.date_range("2022-01-01", "2026-01-01", freq="MS")
    random = np.random.default_rng(made.seed)
    parts = []
    for org in ORGS:
        own = random.normal(60, 2) - made.fall * segment(org)
        figures = own + random.normal(0, 1, len(starts))
        entered = (starts >= "2024-01-01") & (org in ENTRANTS)
        parts.append(
            pd.DataFrame(
                {
                    "org_code": org,
                    "org_type": "acute",
                    "period_start": starts,
                    "period_end": starts + pd.DateOffset(months=1),
                    "value": figures + made.rise * entered,
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    cases = random.integers(5_000, 9_000, len(frame)).astype(float)
    met = np.round(cases * frame["value"] / 100)
    return frame.assign(numerator=met, denominator=cases)


def figures(made: Made, indicator: Indicator = MONTHLY) -> Figures:
    rows = values(made)
    coverage = rows[["org_code", "org_type", "period_start"]].assign(
        org_name=rows["org_code"],
        short_name=rows["org_code"],
        opened_on=pd.NaT,
        closed_on=pd.NaT,
        has_value=True,
        missing_reason=None,
    )
    return Figures(indicator, rows, coverage, by_segment(rows))


def by_segment(rows: pd.DataFrame) -> pd.DataFrame:
    """The last month of each of the two quarters with segments."""
    quarters = {"2025-09-01": "2025-07-01", "2025-12-01": "2025-10-01"}
    months = rows["period_start"].dt.strftime("%Y-%m-%d")
    kept = rows[months.isin(list(quarters))]
    return kept.assign(era_id="R2", quarter_start=pd.to_datetime(months.map(quarters)))
