"""Patients ready to leave: what the compiled tables hold, and the shares of beds that come of them."""

import csv
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data_sources.bundling import build_bundle
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.source import Snapshot
from settings import Settings
from sql.build import build_marts

pytestmark = pytest.mark.published

READY = "criteria_to_reside_trust_month.csv"
DISCHARGED = "discharged_patients_trust_month.csv"
TABLES = [f"compiled/{name}" for name in (READY, DISCHARGED, "uec_sitrep_beds_trust_month.csv")]


@pytest.fixture(scope="module")
def months(published: Path) -> pd.DataFrame:
    """Every measure by month and trust."""
    figures = pd.concat([figures_of(published, READY), figures_of(published, DISCHARGED)])
    numbers = figures.assign(value=pd.to_numeric(figures["value"]))
    return numbers.pivot_table("value", ["period_start", "org_code"], "measure")


def figures_of(published: Path, name: str) -> pd.DataFrame:
    path = published / "compiled" / name
    claim = recognise_compiled(path)
    assert claim is not None
    return parse_compiled(Snapshot("s", claim[0], path, name, "", 0)).tables["figures"]


@pytest.fixture(scope="module")
def shares(published: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The indicator as a build from the three compiled tables alone makes it."""
    folder = tmp_path_factory.mktemp("only_these")
    (folder / "compiled").mkdir()
    (folder / "bundle").mkdir()
    with (published / "MANIFEST.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["path"] in TABLES]
    with (folder / "MANIFEST.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for name in TABLES:
        (folder / name).symlink_to(published / name)
    build_bundle(folder, folder / "bundle")
    settings = Settings(data_dir=folder / "data", bundle_dir=folder / "bundle")
    build_marts(settings, folder / "warehouse.duckdb")
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "from marts.fct_indicator where indicator_id = 'nctr_share'"
        ).df()
    return found.astype({"numerator": float, "denominator": float, "value": float})


def test_41_months_of_118_to_121_trusts(months):
    by_month = months.groupby("period_start").size()
    assert (len(by_month), by_month.min(), by_month.max()) == (41, 118, 121)
    assert len(months) == 4_899


def test_the_compiled_count_is_of_those_ready_not_of_those_remaining(months):
    """Some 23,000 a day in England are ready, 10,000 of them leave; 13,000 remain, the published headline."""
    day = months.xs("2024-01-01").sum()
    assert (round(day["no_longer_meeting"]), round(day["discharged"])) == (24_187, 10_435)
    assert months["no_longer_meeting"].sub(months["discharged"]).min() >= 0


def test_a_zero_is_a_day_without_a_return(months):
    returned = months["no_longer_meeting_days"] - months["no_longer_meeting_zero_days"]
    days = months["no_longer_meeting_days"]
    other_days = months["no_longer_meeting"] * days / returned.where(returned > 0)
    assert other_days.min() == pytest.approx(13.28, abs=0.01)
    assert months["no_longer_meeting_zero_days"].gt(0).sum() == 323
    assert (months["no_longer_meeting_zero_days"] <= months["discharged_zero_days"]).all()
    # 22 months without a single return: ten blank, twelve of zeros.
    assert returned.eq(0).sum() == 22
    assert days.eq(0).sum() == 10


def test_shares_are_plausible(shares):
    values = shares["value"].dropna()
    assert (len(shares), len(values)) == (4_899, 4_727)
    assert values.between(0, 40).all()
    assert values.median() == pytest.approx(14.8, abs=0.1)
    assert values.quantile([0.05, 0.95]).to_list() == pytest.approx([5.5, 25.5], abs=0.2)


def test_trusts_together_are_13_to_16_percent_in_every_month(shares):
    known = (
        shares.dropna(subset=["value"]).groupby("period_start")[["numerator", "denominator"]].sum()
    )
    together = 100 * known["numerator"] / known["denominator"]
    assert len(together) == 40  # no beds for August 2022
    assert together.between(13.4, 15.95).all()
    assert together.loc["2024-07-01":"2024-12-01"].round(1).to_list() == [
        *(14.4, 14.2, 14.4, 13.9),
        *(13.9, 13.4),
    ]


def test_what_is_missing_and_why(shares):
    missing = shares[shares["value"].isna()]
    assert missing["missing_reason"].value_counts().to_dict() == {
        "fewer than half of the days returned": 24,
        # Twelve months without anybody ready, and RD1's June and July 2024 without a discharge.
        "zero on every day: no return": 14,
        "not published": 10,
        "nobody reported as remaining": 3,
        "denominator not published": 121,
    }
    nobody = missing[missing["missing_reason"].eq("nobody reported as remaining")]
    assert set(nobody["org_code"]) == {"RXR"}


def test_there_is_no_system_nor_england(shares):
    assert not shares["org_code"].isin(["ENG", "QWO", "QKS"]).any()


def test_system_tables_count_an_absent_trust_as_nobody_and_are_not_read(published):
    """Systems add up to the trusts with every absent day as zero; QUE is gone from September 2023."""
    path = published / "compiled" / "criteria_to_reside_icb_month.csv"
    assert recognise_compiled(path) is None
    mean, days = "do_not_meet_criteria_to_reside_mean", "do_not_meet_criteria_to_reside_days"
    systems, trusts = pd.read_csv(path), pd.read_csv(published / "compiled" / READY)
    absent_as_zero = trusts[mean].fillna(0) * trusts[days] / trusts["days_in_source"]
    difference = (
        absent_as_zero.groupby(trusts["month"]).sum() - systems.groupby("month")[mean].sum()
    )
    equal = difference.loc[:"2023-08"].drop(["2022-05", "2022-06"])
    assert equal.abs().max() < 0.01
    assert difference.loc["2023-09":].between(289, 358).all()
    assert not systems.loc[systems["month"] >= "2023-09", "org_code"].eq("QUE").any()
