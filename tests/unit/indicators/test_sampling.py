"""The sampler keeps quotas whenever any set can, then covers the most, and gives the same set for a seed."""

from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.sampling import NOT_ESTABLISHED, Sample, candidates_of, draw_sample
from indicators.sampling_design import PROTOCOL_QUOTAS, Design, Quota

REGIONS, TYPES, PATHWAYS = ("North", "South", "East"), ("acute", "icb"), ("entered", "left")
STRATA = {"region": REGIONS, "org_type": TYPES, "pathway": PATHWAYS}


def candidates(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["region", "org_type", "pathway"])
    return frame.assign(org_code=[f"R{place:02}" for place in range(len(frame))])


def codes(sample: Sample) -> list[str]:
    return list(sample.sites["org_code"])


FOUR = candidates(
    ("North", "acute", "entered"),
    ("North", "acute", "entered"),
    ("South", "icb", "left"),
    ("East", "acute", "left"),
)


def test_the_most_kinds_are_covered() -> None:
    """Three of four cover everything only with R02, R03 and one of the two alike."""
    sample = draw_sample(FOUR, Design(3, STRATA))
    assert codes(sample) in (["R00", "R02", "R03"], ["R01", "R02", "R03"])
    assert (sample.coverage["chosen"] > 0).all()
    assert sample.shortfalls == []


def test_what_a_set_covers_and_misses_is_counted() -> None:
    sample = draw_sample(FOUR, Design(1, STRATA, must=["R03"]))
    counted = sample.coverage.set_index("level")[["candidates", "chosen"]]
    assert counted.loc["North"].tolist() == [2, 0]
    assert counted.loc["East"].tolist() == [1, 1]
    assert counted.loc["acute"].tolist() == [3, 1]


def test_a_level_without_a_candidate_is_listed_as_missed() -> None:
    sample = draw_sample(FOUR, Design(2, {"region": [*REGIONS, "West"]}, every=["region"]))
    assert sample.coverage.set_index("level").loc["West"].tolist() == ["region", 0, 0]
    west = {shortfall.quota: shortfall for shortfall in sample.shortfalls}["West"]
    assert (west.wanted, west.found, west.why) == ("at least 1", 0, "no candidate is of this kind")


def test_a_quota_weighs_more_than_all_coverage() -> None:
    """Two acute trusts that entered are alike: a set with both covers three kinds, others five."""
    quota = Quota("entered", {"pathway": "entered"}, 2)
    sample = draw_sample(FOUR, Design(2, STRATA, [quota]))
    assert codes(sample) == ["R00", "R01"]


def test_at_most_keeps_a_kind_out() -> None:
    quota = Quota("few acute trusts", {"org_type": "acute"}, 0, 1)
    sample = draw_sample(FOUR, Design(2, STRATA, [quota]))
    assert "R02" in codes(sample)
    assert sample.shortfalls == []


def test_an_upper_bound_that_cannot_be_kept_is_told() -> None:
    quota = Quota("few acute trusts", {"org_type": "acute"}, 0, 1)
    (shortfall,) = draw_sample(FOUR, Design(4, STRATA, [quota])).shortfalls
    assert (shortfall.wanted, shortfall.found) == ("at most 1", 3)
    assert shortfall.why == "the other wishes leave no choice of fewer"


def test_a_quota_with_too_few_candidates_is_told_with_the_reason() -> None:
    quota = Quota("boards", {"org_type": "icb"}, 2, 2)
    (shortfall,) = draw_sample(FOUR, Design(3, STRATA, [quota])).shortfalls
    assert (shortfall.quota, shortfall.wanted, shortfall.found) == ("boards", "2", 1)
    assert shortfall.why == "only 1 candidate is of this kind"


def test_quotas_that_need_more_places_are_told() -> None:
    quotas = [Quota("entered", {"pathway": "entered"}, 2), Quota("left", {"pathway": "left"}, 2)]
    (shortfall,) = draw_sample(FOUR, Design(3, STRATA, quotas)).shortfalls
    assert shortfall.found == 1
    assert shortfall.why == "2 candidates are of this kind, but the other wishes take the places"


def test_reasons_say_what_only_this_site_brings() -> None:
    sample = draw_sample(FOUR, Design(2, STRATA, must=["R02"], quotas=PROTOCOL_ICB))
    site = sample.sites.set_index("org_code").loc["R02"]
    assert site["asked_for"]
    assert site["serves"] == ["boards"]
    assert ("region", "South") in site["only"]


PROTOCOL_ICB = [Quota("boards", {"org_type": "icb"}, 1)]


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (Design(2, STRATA, must=["R00"], exclude=["R00"]), "R00 cannot be both"),
        (Design(2, STRATA, must=["RZZ"]), "RZZ is not among the candidates"),
        (Design(1, STRATA, must=["R00", "R01"]), "2 organisations must be in a set of 1"),
    ],
)
def test_contradictory_wishes_are_refused(design: Design, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw_sample(FOUR, design)


def test_fewer_candidates_than_places_are_all_taken() -> None:
    assert codes(draw_sample(FOUR, Design(9, STRATA))) == ["R00", "R01", "R02", "R03"]


def test_nobody_left_gives_an_empty_set() -> None:
    assert draw_sample(FOUR, Design(2, STRATA, exclude=list(FOUR["org_code"]))).sites.empty


levels = st.tuples(st.sampled_from(REGIONS), st.sampled_from(TYPES), st.sampled_from(PATHWAYS))
quotas = st.lists(
    st.builds(
        lambda column, level, low, more: Quota(
            f"{column} {level}", {column: STRATA[column][level]}, low, low + more if more else None
        ),
        st.sampled_from(list(STRATA)),
        st.integers(0, 1),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=3,
)


@st.composite
def problems(draw: Any) -> tuple[pd.DataFrame, Design]:
    frame = candidates(*draw(st.lists(levels, min_size=2, max_size=7)))
    size = draw(st.integers(1, len(frame)))
    shuffled = draw(st.permutations(list(frame["org_code"])))
    left_out = draw(st.integers(0, len(frame) - size))
    asked_for = draw(st.integers(0, min(size, 2)))
    return frame, Design(
        size,
        STRATA,
        draw(quotas),
        draw(st.sampled_from([(), ("region",)])),
        must=shuffled[:asked_for],
        exclude=shuffled[len(shuffled) - left_out :] if left_out else (),
        seed=draw(st.integers(0, 99)),
    )


def missed_and_covered(frame: pd.DataFrame, design: Design) -> tuple[int, int]:
    """Units by which a set misses the quotas, and levels that it covers, negative: less is better."""
    missed = 0
    for quota in design.all_quotas:
        found = int(quota.members(frame).sum())
        missed += max(quota.at_least - found, 0)
        missed += max(found - quota.at_most, 0) if quota.at_most is not None else 0
    covered = sum(
        bool((frame[stratum] == level).any())
        for stratum, names in STRATA.items()
        for level in names
    )
    return missed, -covered


def best_by_trying_all(frame: pd.DataFrame, design: Design) -> tuple[int, int]:
    open_to = frame[~frame["org_code"].isin(design.exclude)]
    return min(
        missed_and_covered(open_to.loc[list(rows)], design)
        for rows in combinations(open_to.index, design.size)
        if set(design.must) <= set(open_to.loc[list(rows), "org_code"])
    )


@settings(max_examples=120)
@given(problems())
def test_no_other_set_keeps_more_quotas_or_covers_more(
    problem: tuple[pd.DataFrame, Design],
) -> None:
    frame, design = problem
    sample = draw_sample(frame, design)
    assert len(sample.sites) == design.size
    assert set(design.must) <= set(codes(sample))
    assert not set(design.exclude) & set(codes(sample))
    assert missed_and_covered(sample.sites, design) == best_by_trying_all(frame, design)
    assert (sample.shortfalls == []) == (missed_and_covered(sample.sites, design)[0] == 0)


@settings(max_examples=40)
@given(problems(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_set_in_any_order(
    problem: tuple[pd.DataFrame, Design], random: Any
) -> None:
    frame, design = problem
    rows = list(frame.index)
    random.shuffle(rows)
    assert codes(draw_sample(frame, design)) == codes(draw_sample(frame.loc[rows], design))


def test_seeds_decide_between_sets_that_serve_equally() -> None:
    alike = candidates(*[("North", "acute", "entered")] * 6)
    drawn = {tuple(codes(draw_sample(alike, Design(2, STRATA, seed=seed)))) for seed in range(30)}
    assert len(drawn) > 5


def test_wanted_in_words() -> None:
    bounds = [(2, None), (2, 3), (2, 2), (0, 3)]
    assert [Quota("", {}, low, high).wanted for low, high in bounds] == [
        "at least 2",
        "2 to 3",
        "2",
        "at most 3",
    ]


def spells(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        list(rows), columns=["org_code", "programme", "entered_earliest", "entered_latest"]
    )
    return frame.assign(
        org_type="acute",
        entered_earliest=pd.to_datetime(frame["entered_earliest"]),
        entered_latest=pd.to_datetime(frame["entered_latest"]),
    )


SPELLS = spells(
    ("RBB", "rsp", "2024-01-01", "2024-12-31"),
    ("RBB", "rsp", "2021-07-01", "2021-07-31"),
    ("RAA", "rsp", "2021-12-01", "2022-01-31"),
    ("RCC", "rsp", None, None),
    ("RCC", "pip", None, None),
    ("RDD", "qsm", "2015-01-01", "2015-12-31"),
)


def test_an_organisation_counts_with_its_latest_spell() -> None:
    found = candidates_of(SPELLS, ["rsp"]).set_index("org_code")
    assert list(found.index) == ["RAA", "RBB", "RCC"]
    assert found["entry_year"].to_dict() == {
        "RAA": NOT_ESTABLISHED,
        "RBB": "2024",
        "RCC": NOT_ESTABLISHED,
    }
    assert found["programme"].unique().tolist() == ["rsp"]


def test_a_later_programme_is_later_even_without_a_date() -> None:
    found = candidates_of(SPELLS, ["rsp", "pip"]).set_index("org_code")
    assert found["programme"].to_dict() == {"RAA": "rsp", "RBB": "rsp", "RCC": "pip"}


def test_the_protocol_asks_for_what_it_says() -> None:
    wanted = {quota.name: quota.wanted for quota in PROTOCOL_QUOTAS}
    assert wanted == {
        "trusts that entered": "at least 2",
        "trusts transferred from special measures": "2 to 3",
        "trusts that left": "at least 2",
        "integrated care boards": "2",
        "ambulance trusts": "at least 1",
    }
