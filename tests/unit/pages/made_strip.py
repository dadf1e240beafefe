"""Made ledgers for the tests of the strip: eras, statements, organisations and what is drawn of them."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from pages.charts.layers.strip_grid import lay_out_grid
from pages.charts.layers.strip_panels import panels_of
from pages.charts.strip import Ledger
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_picture import layer_rows
from tests.unit.pages.chart_reading import marked
from tests.unit.pages.made_spells import spell, spells

TODAY = date(2026, 11, 26)
ERAS = pd.DataFrame(
    {
        "era_id": ["R0", "R1", "R2", "R3"],
        "short_name": ["SOF 2016", "SOF 2021/22 and NOF 2022/23", "NOF 2025/26", "NOF 2026/27"],
        "starts_on": pd.to_datetime(["2016-10-01", "2021-07-01", "2025-06-26", None]),
        "ends_on": pd.to_datetime(["2021-07-01", "2025-06-26", None, None]),
    }
)
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
SLOTS = {"RXW": 0, "RF4": 1}


def said(org: str, begins: str, ends: str, segment: int, **more: Any) -> dict[str, Any]:
    """A statement about [begins, ends)."""
    return {
        "org_code": org,
        "era_id": "R1",
        "effective_from": begins,
        "effective_to": ends,
        "segment": segment,
        "segment_before_override": None,
        "framework": "NOF 2022/23",
        "stated_as": begins[:7],
        "confidence": "high",
        "source_url": f"https://a.example/{begins}",
        "org_full_name": f"Trust {org} NHS Trust",
        **more,
    }


COLUMNS = list(said("RXW", "2021-07-01", "2021-08-01", 4))


def statements(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    days = {name: pd.to_datetime(frame[name]) for name in ("effective_from", "effective_to")}
    return frame.assign(**days)


def organisations(*codes: str, **more: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame({"org_code": codes, "org_name": [f"Trust {code}" for code in codes]})
    usual = {
        "org_full_name": frame["org_name"] + " NHS Trust",
        "org_type": "acute",
        "type_label": "Acute trust",
        "region": "Midlands",
        "icb_name": "Essex ICB",
        "months": None,
        "months_label": "none on record",
        "moved_on": pd.NaT,
        "move_label": "none",
    }
    return frame.assign(**(usual | more))


STATED = statements(
    said("RXW", "2023-12-01", "2024-01-01", 4),
    said("RXW", "2025-10-01", "2026-01-01", 3, era_id="R2", framework="NOF 2025/26 Q3"),
)
SPELLS = spells(spell("RXW", "qsm", entered="2018-11-08", left="2021-07-01"))


def ledger_of(stated: pd.DataFrame = STATED, **more: Any) -> Ledger:
    usual: dict[str, Any] = {
        "organisations": organisations("RXW", "RF4"),
        "spells": SPELLS,
        "eras": ERAS,
    }
    return Ledger(statements=stated, **(usual | more))


def cells_of(*rows: dict[str, Any]) -> list[dict[Any, Any]]:
    stated = statements(*rows)
    return lay_out_grid(stated, panels_of(ERAS, stated, TODAY), SLOTS).to_dict("records")


def drawn_cells(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (unit,) = marked(spec, "rect", strokeWidth=1)
    return layer_rows(unit)
