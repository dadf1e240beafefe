"""Every number on an evidence card is found in the run record, at the place that the card names."""

from dataclasses import replace

import pytest

from indicators.registry import load_all
from indicators.screening.judged import judged
from indicators.stats.screen.thresholds import DEFAULTS
from pages.parts.key_indicators import bearing as part_bearing
from pages.parts.key_indicators.bearing import caveats_of
from pages.parts.key_indicators.origin import agreement
from pages.parts.key_indicators.places import (
    NOT_IN_IT,
    at,
    card_document,
    numbers_of,
    places_table,
)
from settings import Settings
from tests.unit.indicators.screening.made_document import ROWS, row
from tests.unit.indicators.screening.made_record import record_of_rows
from tests.unit.pages.card_numbers import check_card


def estimate(value: float) -> dict[str, float]:
    return {"value": value, "low": value - 0.21, "high": value + 0.34}


FULL = row(
    "bed_occ_g_a",
    org_type="acute",
    response={
        **ROWS[0]["response"],
        "srm": estimate(-0.09),
        "pooled": {"effect": estimate(0.17), "tau": 0.031, "favourable": 0.29, "units": 31},
    },
    rebound={**ROWS[0]["rebound"], "ratio": estimate(0.88)},
    discrimination={**ROWS[0]["discrimination"], "worst": estimate(0.61), "violations": 1},
    prediction={**ROWS[0]["prediction"], "lead": 9},
    risk={
        "level": "medium",
        "found": "medium",
        "override": None,
        "signs": [
            {"name": "heaping", "estimate": None, "is_raised": False},
            {"name": "denominator moved", "estimate": estimate(-0.47), "is_raised": True},
        ],
    },
    cluster={"number": 13, "is_representative": True, "likeness": None},
)
"""Everything there can be on a card."""
PAIRS = judged([*ROWS, FULL], DEFAULTS)
RECORD = record_of_rows([*ROWS, FULL])


@pytest.mark.parametrize("place", range(len(PAIRS)))
def test_every_number_on_a_card_stands_in_the_record_where_it_says(place: int) -> None:
    check_card(PAIRS[place], RECORD)


def test_a_number_that_moved_in_the_record_is_seen() -> None:
    moved = row("rtt_18w", reliability={**ROWS[0]["reliability"], "estimate": estimate(0.5)})
    with pytest.raises(AssertionError):
        check_card(PAIRS[0], record_of_rows([moved | {"indicator_id": "ae_4h_all"}]))


def test_a_threshold_changed_on_the_page_is_in_no_record() -> None:
    other = replace(DEFAULTS, stability=0.9, false_discoveries=0.2)
    (one,) = judged(ROWS[:1], other)
    table = places_table(one, RECORD, other).set_index("Number")
    assert table.loc["Stability: asked for", "Place in the run record"] == NOT_IN_IT
    assert table.loc["False discovery rate, q: asked for", "Place in the run record"] == NOT_IN_IT
    found = table.loc["Reliability: asked for"]
    assert (found["Place in the run record"], found["In the record"]) == (
        "/result/rows/0/facts/2/limit",
        0.6,
    )
    assert table.loc["Reliability"].tolist()[1:4] == [0.85, 0.8, 0.9]


def test_the_card_as_a_document_has_no_number_without_its_place() -> None:
    document = card_document(PAIRS[-1], RECORD, DEFAULTS)
    assert document["run_id"] == RECORD.run_id
    assert document["class"] == PAIRS[-1].decision.name
    places = [one["Place in the run record"] for one in document["numbers"]]
    assert len(places) > 30
    assert all(at({"result": RECORD.result}, place) is not None for place in places)


def test_a_run_alone_is_held_against_the_card() -> None:
    alone = {name: part for name, part in FULL.items() if name not in ("q", "ranks", "cluster")}
    run = RECORD.model_copy(update={"run_id": "alone", "result": {"rows": [alone]}})
    told = agreement(PAIRS[-1], RECORD, run)
    number = len([one for one in numbers_of(PAIRS[-1]) if one.path.split("/")[0] in alone])
    assert f"has {number} of the numbers above" in told
    assert f"{number} are the same" in told
    other = alone | {"organisations": 121}
    run = run.model_copy(update={"result": {"rows": [other]}})
    assert f"{number - 1} are the same" in agreement(PAIRS[-1], RECORD, run)
    assert "other ones: Organisations with figures" in agreement(PAIRS[-1], RECORD, run)


def test_what_to_bear_in_mind_names_who_moves_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load_all(Settings().catalogue_dir)
    monkeypatch.setattr(part_bearing, "catalogue", lambda: known)
    monkeypatch.setattr(part_bearing, "title_of", lambda name: known[name].short_title)
    monkeypatch.setattr(part_bearing, "rule_words", lambda _: "Feeds R2.")
    twin = FULL | {"indicator_id": "rtt_18w"}
    pairs = judged([FULL | {"indicator_id": "ae_4h_all"}, twin], DEFAULTS)
    told = caveats_of(pairs[0], pairs)
    assert (
        "Moves together with RTT within 18 weeks: they are no evidence apart from each other."
        in told
    )
    assert "Figures withheld by the publisher: 0.0 %." in told
    assert "Feeds R2." in told
    assert any(line.startswith("Figures come out usually ") for line in told)
    (alone,) = judged([FULL | {"indicator_id": "ae_4h_all"}], DEFAULTS)
    assert "No other indicator of this type of organisation moves with it." in caveats_of(
        alone, [alone]
    )
