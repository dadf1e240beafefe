"""Comparators are of the same type, never in a programme, near in size and place, and used once."""

import pandas as pd
import pytest

from indicators.comparators import comparator_pool, match_comparators


def organisations(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        list(rows), columns=["org_code", "org_type", "closed_on", "successor_code"]
    )
    return frame.assign(region="North", closed_on=pd.to_datetime(frame["closed_on"]))


EVERYONE = organisations(
    ("RAA", "acute", None, None),
    ("RBB", "acute", None, None),
    ("RCC", "acute", "2018-03-31", "RDD"),
    ("RDD", "acute", "2020-03-31", "REE"),
    ("REE", "acute", None, None),
    ("RFF", "acute", "2020-03-31", "RAA"),
)


def test_who_was_in_a_programme_is_no_comparator() -> None:
    assert set(comparator_pool(EVERYONE, {"RBB"})["org_code"]) == {"RAA", "REE"}


def test_who_was_formed_from_one_that_was_in_is_none_either() -> None:
    """RCC passed into RDD, and that into REE."""
    assert set(comparator_pool(EVERYONE, {"RCC"})["org_code"]) == {"RAA", "RBB"}


def test_an_organisation_that_closed_is_no_comparator() -> None:
    assert set(comparator_pool(EVERYONE, set())["org_code"]) == {"RAA", "RBB", "REE"}


def sized(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["org_code", "org_type", "region", "size"])
    return frame.astype({"size": float})


def matched(sites: pd.DataFrame, pool: pd.DataFrame) -> dict[str, str | None]:
    found = match_comparators(sites, pool).set_index("org_code")["comparator_code"]
    return {code: None if pd.isna(other) else other for code, other in found.items()}


def test_the_nearest_in_size_of_the_same_region_is_taken() -> None:
    pool = sized(("P1", "acute", "North", 1400), ("P2", "acute", "South", 1100))
    assert matched(sized(("S1", "acute", "North", 1000)), pool) == {"S1": "P1"}


def test_another_region_counts_like_half_as_much_again() -> None:
    """1.6 times the size at home is further than 1.05 times 1.5 elsewhere (1.575)."""
    pool = sized(("P1", "acute", "North", 1600), ("P2", "acute", "South", 1050))
    assert matched(sized(("S1", "acute", "North", 1000)), pool) == {"S1": "P2"}


def test_none_is_used_twice_and_the_sum_of_distances_is_least() -> None:
    """P1 is nearest to both sites; S2 has nobody else near, S1 has P2."""
    sites = sized(("S1", "acute", "North", 1000), ("S2", "acute", "North", 900))
    pool = sized(("P1", "acute", "North", 950), ("P2", "acute", "North", 1200))
    assert matched(sites, pool) == {"S1": "P2", "S2": "P1"}


def test_only_one_type_is_paired() -> None:
    pool = sized(("P1", "community", "North", 1000), ("P2", "acute", "South", 9000))
    assert matched(sized(("S1", "acute", "North", 1000)), pool) == {"S1": "P2"}


@pytest.mark.parametrize(
    ("size", "pool", "why"),
    [
        (None, sized(("P1", "acute", "North", 1000)), "no size is known for this site"),
        (
            1000.0,
            sized(("P1", "icb", "North", 1000), ("P2", "acute", "North", None)),
            "no organisation of this type, of known size, has stayed out of every programme on record",
        ),
    ],
)
def test_why_there_is_none_is_told(size: float | None, pool: pd.DataFrame, why: str) -> None:
    found = match_comparators(sized(("S1", "acute", "North", size)), pool).iloc[0]
    assert pd.isna(found["comparator_code"])
    assert found["why_none"] == why


def test_a_site_too_many_is_told() -> None:
    sites = sized(("S1", "acute", "North", 1000), ("S2", "acute", "North", 2000))
    found = match_comparators(sites, sized(("P1", "acute", "North", 2000))).set_index("org_code")
    assert found.loc["S2", "comparator_code"] == "P1"
    assert "matched to another site" in found.loc["S1", "why_none"]


def test_ratio_and_region_describe_the_pair() -> None:
    site, other = ("S1", "acute", "North", 1000.0), ("P1", "acute", "South", 1250.0)
    found = match_comparators(sized(site), sized(other)).iloc[0]
    assert found["size_ratio"] == 1.25
    assert not found["same_region"]


def test_pairs_come_in_the_order_of_the_sites() -> None:
    sites = sized(("S2", "icb", "North", 10), ("S1", "acute", "North", 10))
    pool = sized(("P1", "acute", "North", 10), ("P2", "icb", "North", 10))
    assert list(match_comparators(sites, pool)["org_code"]) == ["S2", "S1"]
