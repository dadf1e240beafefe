"""The report of NHS trusts and the two ICB attributions as published."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import ods
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published


def read(published: Path, name: str) -> Parsed:
    path = published / "published" / "ods" / name
    assert ods.recognises(path, name)
    return ods.parse(Snapshot("s", "ods", path, name, "", 0))


@pytest.fixture(scope="module")
def organisations(published: Path) -> pd.DataFrame:
    return read(published, "etr.csv").tables["organisations"].set_index("org_code")


def test_report_holds_273_trusts_of_which_68_are_closed(organisations):
    assert len(organisations) == 273
    assert (organisations["closed_on"] != "").sum() == 68
    assert organisations["region_code"].value_counts().to_dict() == {
        "Y56": 48, "Y60": 47, "Y62": 40, "Y59": 39, "Y63": 37, "Y61": 31, "Y58": 28, "": 3,
    }  # fmt: skip


def test_merged_trust_closes_on_the_day_before_its_successor_takes_over(organisations):
    assert organisations.loc["RAP", ["opened_on", "closed_on"]].to_list() == [
        "1991-04-01",
        "2024-12-31",
    ]
    assert organisations.loc["G6V2S", "opened_on"] == "2024-11-01"
    assert organisations.loc["RRP", "closed_on"] == "2024-10-31"


@pytest.mark.parametrize(
    ("name", "updated", "providers"),
    [
        ("Trust-ICB-Attribution-File.xls", date(2022, 6, 26), 205),
        ("March-2024-System-Mapping.xls", date(2024, 4, 4), 202),
    ],
)
def test_attributions_name_42_icbs(published, name, updated, providers):
    parsed = read(published, name)

    memberships = parsed.tables["icb_memberships"]
    assert len(memberships) == providers
    assert memberships["org_code"].is_unique
    assert memberships["icb_code"].nunique() == 42
    assert set(memberships["valid_from"]) == {updated.replace(day=1).isoformat()}
    assert parsed.published_on == updated


def test_no_provider_changed_its_icb_between_the_attributions(published):
    names = ("Trust-ICB-Attribution-File.xls", "March-2024-System-Mapping.xls")
    first, second = (
        read(published, name).tables["icb_memberships"].set_index("org_code")["icb_code"]
        for name in names
    )
    both = first.index.intersection(second.index)

    assert first[both].eq(second[both]).all()
    assert len(both) == 201
