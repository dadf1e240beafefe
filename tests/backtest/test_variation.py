"""Breakdowns and sampling on the real register: expectations counted by hand from its rows."""

from datetime import date

import pandas as pd
import pytest

from indicators.comparators import (
    comparator_pool,
    match_comparators,
    open_by,
    touched_by_programme,
)
from indicators.sampling import candidates_of, draw_sample
from indicators.sampling_design import PROTOCOL_EVERY, PROTOCOL_QUOTAS, PROTOCOL_SIZE, Design
from indicators.series import read_spells
from indicators.variation import ALL, break_down, followed_exits
from indicators.variation_groups import Register
from sql.reads import read

RSP = "Recovery Support Programme"


@pytest.fixture(scope="module")
def register(marts) -> Register:
    spells = read_spells(marts)
    today = spells.assign(
        org_type=spells["type_today"].fillna(spells["org_type"]), region=spells["region_today"]
    )
    frames = [read(marts, name) for name in ("segment_statements", "eras", "programmes")]
    return Register(today, *frames, read(marts, "organisations"), date(2026, 11, 26))


def rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index("group")


def test_organisations_ever_inside_by_region(register) -> None:
    found = rows(break_down(register, RSP, "region"))["organisations"].to_dict()
    assert found == {
        "East of England": 4,
        "London": 2,
        "Midlands": 6,
        "North East and Yorkshire": 2,
        "North West": 7,
        "South East": 11,
        "South West": 4,
        "not stated": 0,
        ALL: 36,
    }


def test_spells_and_known_exits_by_pathway(register) -> None:
    found = rows(break_down(register, RSP, "pathway"))
    assert found["spells"].to_dict() == {"entered": 20, "left": 16, "transferred": 2, ALL: 38}
    assert found.loc["left", "left"] == 16


def test_boards_there_were_are_the_42_of_2022_and_the_6_formed_in_2026(register) -> None:
    found = rows(break_down(register, RSP, "org_type"))
    assert (found.loc["icb", "organisations"], found.loc["icb", "existing"]) == (6, 48)
    assert (found.loc["ambulance", "organisations"], found.loc["ambulance", "existing"]) == (3, 10)


def test_no_board_is_counted_for_programmes_of_trusts(register) -> None:
    for group in ("special measures", "successor programmes"):
        assert "icb" not in rows(break_down(register, group, "org_type")).index


def test_all_trusts_of_hampshire_and_isle_of_wight_were_inside_with_their_board(register) -> None:
    row = rows(break_down(register, RSP, "icb")).loc["QRL"]
    assert (row["organisations"], row["existing"]) == (7, 7)


def test_entries_to_the_programme_lie_in_its_first_era_or_are_not_placed(register) -> None:
    found = rows(break_down(register, RSP, "era"))
    assert found["spells"].to_dict() == {"R1": 33, "not stated": 5, ALL: 38}


def test_few_exits_of_the_programme_can_be_followed_for_24_months(register) -> None:
    """United Lincolnshire (March 2022), Queen Elizabeth (April 2022), King's (December 2022, back in 2024).

    Lincolnshire's board and Northern Lincolnshire left in 2023: the middle of the year is days too late.
    """
    found = followed_exits(register)
    mine = found[found["spell_id"].str.startswith("rsp-")]
    orgs = register.spells.set_index("spell_id")["org_code"]
    assert {orgs[row.spell_id]: row.returned for row in mine.itertuples()} == {
        "RWD": False,
        "RCX": False,
        "RJZ": True,
    }


@pytest.fixture(scope="module")
def candidates(register) -> pd.DataFrame:
    found = candidates_of(register.spells, ["rsp"])
    return found[found["org_closed_on"].isna()].reset_index(drop=True)


def protocol(candidates: pd.DataFrame, seed: int) -> Design:
    strata = {
        "pathway": ["entered", "transferred", "left"],
        "region": sorted(candidates["region"].unique()),
        "org_type": sorted(candidates["org_type"].unique()),
        "entry_year": ["2021", "2022", "2023", "2024", "2025"],
    }
    return Design(PROTOCOL_SIZE, strata, PROTOCOL_QUOTAS, PROTOCOL_EVERY, seed=seed)


def test_candidates_are_the_36_but_for_two_that_have_closed(register, candidates) -> None:
    everyone = candidates_of(register.spells, ["rsp"])
    assert len(everyone) == 36
    gone = everyone.loc[everyone["org_closed_on"].notna(), "org_code"]
    assert set(gone) == {"R1C", "QMM"}


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_protocols_design_can_be_kept_and_covers_everything(candidates, seed: int) -> None:
    sample = draw_sample(candidates, protocol(candidates, seed))
    assert sample.shortfalls == []
    assert len(sample.sites) == 9
    assert sample.sites["region"].nunique() == 7
    assert (sample.sites["org_type"] == "icb").sum() == 2
    # Only these two are known to have been transferred and not to have left.
    assert {"RVV", "TAH"} <= set(sample.sites["org_code"])
    assert (sample.coverage["chosen"] > 0).all()


def test_with_the_successors_a_quota_cannot_be_kept(register) -> None:
    """East Kent's latest spell is then one of the Intensive Recovery Programme."""
    everyone = candidates_of(register.spells, ["rsp", "pip", "irp"])
    sample = draw_sample(everyone, protocol(everyone, 1))
    assert [(fall.quota, fall.found) for fall in sample.shortfalls] == [
        ("trusts transferred from special measures", 1)
    ]


def test_every_site_of_every_type_finds_a_comparator(marts, register, candidates) -> None:
    sizes = read(marts, "organisation_sizes")[["org_code", "size"]]
    pool = comparator_pool(register.organisations, set(register.spells["org_code"]))
    sites = draw_sample(candidates, protocol(candidates, 1)).sites.merge(sizes, on="org_code")
    sites = sites.assign(open_by=open_by(sites, register.organisations))
    pairs = match_comparators(sites, pool.merge(sizes, on="org_code"))
    assert len(pairs) == 9
    assert pairs["comparator_code"].is_unique
    assert pairs["comparator_code"].notna().all()
    assert not set(pairs["comparator_code"]) & set(register.spells["org_code"])
    formed_in_2026 = {"D7T5G", "S0E4D", "S1Y5D", "S9B9J", "T6Y0W", "Z9B2Z"}
    assert not set(pairs["comparator_code"]) & formed_in_2026


def test_organisations_formed_from_one_in_a_programme_are_no_comparators(register) -> None:
    """North Bristol was in financial special measures, Norfolk and Waveney's board in the RSP."""
    pool = comparator_pool(register.organisations, set(register.spells["org_code"]))
    assert not {"RA7", "T6Y0W"} & set(pool["org_code"])


def test_every_open_trust_and_board_has_a_size(marts, register) -> None:
    sizes = read(marts, "organisation_sizes").set_index("org_code")
    everyone = register.organisations
    there = everyone[
        everyone["closed_on"].isna() & ~everyone["org_type"].isin(["region", "england"])
    ]
    assert set(there["org_code"]) <= set(sizes.index)
    assert sizes.loc["RXW", "size"] == pytest.approx(653_173.11884 / 90)
    assert sizes.loc["QJM", ["measure", "size"]].tolist() == ["waiting_list", 109_034]


def test_never_in_a_programme_means_the_same_everywhere(marts) -> None:
    organisations, spells = read(marts, "organisations"), read_spells(marts)
    trusts = organisations[~organisations["org_type"].isin(["region", "england"])].dropna(
        subset="org_type"
    )
    never = set(
        marts.cursor().execute("select org_code from marts.dim_comparator").df()["org_code"]
    )
    assert never == set(trusts["org_code"]) - touched_by_programme(
        organisations, set(spells["org_code"])
    )
    assert len(never) == 229
    # Each took over an organisation with a spell and has none of its own.
    assert not {"RA7", "RGN", "RNN", "T6Y0W"} & never
    assert not {"RA7", "RGN", "RNN", "T6Y0W"} & set(spells["org_code"])
