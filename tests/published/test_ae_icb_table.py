"""The compiled A&E table of systems is not read: it adds no month, and two of its months are a year old."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import ae_monthly as ae
from data_sources.compiled import recognise_compiled
from data_sources.source import Snapshot

pytestmark = pytest.mark.published

WORKBOOKS = {
    "2024-02": "February-2024-AE-revised-130624-by-provider-kL472-1.xls",
    "2024-03": "March-2024-AE-revised-by-provider-dmurT.xls",
    "2025-02": "February-2025-AE-by-provider-WLBzp-revised.xls",
    "2025-03": "March-2025-AE-by-provider-cAki3.xls",
}
MEASURES = {
    "total_attendances": "attendances_total",
    "attendances_over_4hours": "over_4h_total",
    "emergency_admissions_over_4hours": "dta_over_4h",
}


@pytest.fixture(scope="module")
def table(published: Path) -> pd.DataFrame:
    path = published / "compiled" / "ae_icb_month_2022_2025.csv"
    assert recognise_compiled(path) is None
    return pd.read_csv(path).set_index(["month", "icb_code"])


def of_workbook(published: Path, month: str) -> pd.DataFrame:
    """Systems' counts under the table's names."""
    path = published / "published" / "ae" / WORKBOOKS[month]
    figures = ae.parse(Snapshot("s", "ae_monthly", path, path.name, "", 0)).tables["figures"]
    systems = figures[figures["level"].eq("system") & figures["measure"].isin(MEASURES.values())]
    numbers = systems.assign(value=pd.to_numeric(systems["value"]))
    wide = numbers.pivot_table("value", "org_code", "measure")
    return wide.rename(columns={measure: column for column, measure in MEASURES.items()})


def test_the_table_has_no_month_that_the_workbooks_lack(table):
    months = table.index.get_level_values("month")
    # A workbook of every month from April 2019 to May 2026 is at hand (test_ae_monthly.py).
    assert (months.min(), months.max(), months.nunique()) == ("2022-04", "2025-07", 40)


@pytest.mark.parametrize("month", ["02", "03"])
def test_february_and_march_2025_of_the_table_are_those_of_2024(published, table, month):
    said = table.loc[f"2025-{month}", list(MEASURES)].sort_index()
    year_before = of_workbook(published, f"2024-{month}")[list(MEASURES)].sort_index()
    that_month = of_workbook(published, f"2025-{month}")[list(MEASURES)].sort_index()
    assert len(said) == 42
    assert (said["total_attendances"] == year_before["total_attendances"]).all()
    assert (said != that_month).to_numpy().all()
