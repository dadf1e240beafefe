"""Whom the ledger can place inside on the day of a published count, and whom it can only not rule out."""

from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from tests.unit.sql.ledger import count, ledger, spell, statement
from tests.unit.sql.models import Row, answer, by, run

DAY = "2023-02-13"


def inside(*statements: Row, **dates: str) -> tuple[str | None, ...]:
    """(inside_earliest, inside_by, outside_earliest, outside_by) of one spell in the RSP."""
    found = run("marts.fct_programme_spell", **ledger(spell(**dates), statements=statements))
    row = by("spell_id", found)["rsp-RAA-1"]
    names = ("inside_earliest", "inside_by", "outside_earliest", "outside_by")
    return tuple(row[name] and f"{row[name]:%Y-%m-%d}" for name in names)


def test_dates_of_entry_and_exit_bound_a_spell() -> None:
    assert inside(entered="2022-Q1", left="2023-05") == (
        "2022-01-01",
        "2022-03-31",
        "2023-05-01",
        "2023-05-31",
    )


def test_a_spell_without_exit_is_vouched_for_to_its_last_sighting_and_open_after_it() -> None:
    assert inside(entered="2022-01", last_known_in="2022-Q3") == (
        "2022-01-01",
        "2022-01-31",
        "2022-07-02",
        None,
    )


def test_without_exit_or_sighting_no_day_inside_is_certain() -> None:
    assert inside(entered="2022-01") == ("2022-01-01", "2022-01-31", None, None)


def test_a_segment_statement_inside_a_spell_bounds_its_entry_and_its_exit() -> None:
    """Lincolnshire's case (exit known to the year) and Devon's (entry not known)."""
    assert inside(statement("2023-03-31", 4), entered="2021-08", left="2023") == (
        "2021-08-01",
        "2021-08-31",
        "2023-04-01",
        "2023-12-31",
    )
    assert inside(statement("2023-12", 4), statement("2024-11", 4), left="2025-08") == (
        "2021-07-01",
        "2023-12-31",
        "2025-08-01",
        "2025-08-31",
    )


def test_a_lower_segment_after_the_last_sighting_ends_a_spell() -> None:
    lower = statement("2022-09", 3)
    assert inside(lower, entered="2022-01", last_known_in="2022-03")[3] == "2022-09-30"
    assert inside(lower, entered="2022-01", last_known_in="2022-Q3")[3] is None
    assert inside(lower, left="2022")[3] == "2022-12-31"
    assert inside(lower, entered="2022-01", left="2022")[3] == "2022-09-30"


def test_a_segment_of_an_era_in_which_it_is_no_programme_says_nothing_of_a_spell() -> None:
    later = statement("2025-09-09", 4, framework="NOF 2025/26 Q1", era_id="R2")
    assert inside(later, entered="2022-01") == ("2022-01-01", "2022-01-31", None, None)


def test_a_statement_that_fits_two_spells_vouches_for_neither() -> None:
    spells = [spell(entered="2022-01"), spell("rsp-RAA-2", entered="2022")]
    raw = ledger(*spells, statements=(statement("2022-11", 4),))
    found = by("spell_id", run("marts.fct_programme_spell", **raw))
    assert [found[name]["outside_earliest"] for name in found] == [None, None]


def test_the_end_of_the_organisation_ends_its_spell() -> None:
    registered: Row = {
        "snapshot_id": "etr",
        "org_code": "RAA",
        "kind": "trust",
        "closed_on": "2024-09-30",
    }
    raw = ledger(spell(entered="2023", left_kind="merged_or_dissolved"))
    file: Row = {"snapshot_id": "etr", "source_id": "ods", "status": "parsed"}
    found = run("marts.fct_programme_spell", organisations=[registered], snapshots=[file], **raw)
    assert f"{by('spell_id', found)['rsp-RAA-1']['outside_by']:%Y-%m-%d}" == "2024-10-01"


def placed(
    *spells: Row, statements: tuple[Row, ...] = (), **more: str
) -> dict[object, tuple[object, object]]:
    """Placement and reason by organisation, for one count of 13 February 2023 unless told otherwise."""
    counts = (count(DAY) | more,)
    raw = ledger(*spells, statements=statements, counts=counts)
    rows = by("org_code", run("marts.fct_count_placement", **raw))
    return {org: (row["placement"], row["reason"]) for org, row in rows.items()}


@pytest.mark.parametrize(
    ("dates", "placement", "reason"),
    [
        (
            {"entered": "2022-Q4", "left": "2023-03"},
            "placed",
            "Entered Oct to Dec 2022; left Mar 2023.",
        ),
        (
            {"entered": "2022", "last_known_in": "2023-02-13"},
            "placed",
            "Entered 2022; last seen in the programme 13 February 2023; no source gives an exit date.",
        ),
        (
            {"entered": "2022", "last_known_in": "2023-02"},
            "entered_before",
            "Entered 2022; last seen in the programme Feb 2023; no source gives an exit date.",
        ),
        (
            {"entered": "2022", "left": "2023"},
            "entered_before",
            "Entered 2022; left 2023, which may be before this day.",
        ),
        (
            {"entered": "2023-02", "left": "2024"},
            "undated",
            "Entered Feb 2023, which need not be by this day; left 2024.",
        ),
        (
            {"left": "2023-Q4"},
            "undated",
            "No source gives a date of entry; left Oct to Dec 2023.",
        ),
    ],
)
def test_an_organisation_is_placed_or_not_ruled_out(
    dates: dict[str, str], placement: str, reason: str
) -> None:
    assert placed(spell(**dates)) == {"RAA": (placement, reason)}


@pytest.mark.parametrize(
    "dates",
    [
        {"entered": "2022", "left": "2023-02-13"},
        {"entered": "2023-02-14"},
        {"entered": "2022-01", "left": "2022"},
    ],
)
def test_who_is_certainly_outside_is_not_listed(dates: dict[str, str]) -> None:
    assert placed(spell(**dates)) == {}


def test_a_statement_that_covers_the_day_places_an_organisation_without_a_spell() -> None:
    covering = (statement("2023-02", 4), statement("2023-01", 4, "RBB"), statement(DAY, 3, "RCC"))
    assert placed(statements=covering) == {"RAA": ("placed", "Stated in segment 4 Feb 2023.")}


def test_a_lower_segment_stated_for_the_day_rules_out_who_is_not_placed() -> None:
    lower = (statement("2023-02", 3), statement("2023-02", 3, "RBB"))
    spells = (spell(entered="2022"), spell("rsp-RBB-1", entered="2022", left="2024"))
    assert list(placed(*spells, statements=lower)) == ["RBB"]


def test_trusts_are_not_counted_among_boards_nor_boards_among_trusts() -> None:
    spells = (
        spell(entered="2022", left="2024"),
        spell("rsp-QAA-1", entered="2022", left="2024"),
    )
    assert list(placed(*spells)) == ["RAA"]
    assert list(placed(*spells, level="providers")) == ["RAA"]
    for level in ("ICBs", "ICSs", "ICSs (42)"):
        assert list(placed(*spells, level=level)) == ["QAA"]


def test_a_count_is_matched_with_the_programmes_it_names_and_an_organisation_counts_once() -> None:
    spells = (
        spell("qsm-RAA-1", entered="2017", left="2019-03"),
        spell("fsm-RAA-1", entered="2017"),
        spell("fsm-RBB-1", entered="2017", left="2019"),
        spell("rsp-RCC-1"),
    )
    special = {"date": "2018-06", "segment": "special measures"}
    both = placed(*spells, framework="QSM/FSM", **special)
    assert {org: placement for org, (placement, _) in both.items()} == {
        "RAA": "placed",
        "RBB": "placed",
    }
    assert list(placed(*spells, framework="QSM", **special)) == ["RAA"]


def test_of_a_count_dated_to_a_month_its_last_day_is_meant_but_nobody_of_the_month_ruled_out() -> (
    None
):
    spells = (
        spell("qsm-RAA-1", entered="2018-06-29", left="2019"),
        spell("qsm-RBB-1", entered="2017", left="2018-06-06"),
        spell("qsm-RCC-1", entered="2017", left="2018-06-01"),
    )
    found = placed(*spells, date="2018-06", framework="QSM", segment="special measures")
    assert {org: placement for org, (placement, _) in found.items()} == {
        "RAA": "placed",
        "RBB": "entered_before",
    }


@pytest.mark.parametrize(
    "other",
    [
        {"segment": "4 (exits to date)"},
        {"segment": "3"},
        {"framework": "SOF 2016 (shadow)"},
        {"framework": "NOF 2025/26 Q3"},
    ],
)
def test_counts_of_anything_else_are_not_matched(other: dict[str, str]) -> None:
    assert placed(spell(entered="2022", left="2024"), **other) == {}


@pytest.mark.parametrize(
    ("published", "at_least", "at_most", "beyond"), [(5, 2, 4, 0), (2, 0, 1, 0), (0, 0, 0, 1)]
)
def test_what_is_missing_lies_between_two_bounds(
    published: int, at_least: int, at_most: int, beyond: int
) -> None:
    spells = (
        spell(entered="2022", left="2024"),
        spell("rsp-RBB-1", entered="2022"),
        spell("rsp-RCC-1"),
    )
    raw = ledger(*spells, counts=(count(DAY, count=str(published)),))
    (row,) = answer("completeness", {}, **raw).to_dict("records")
    assert (row["placed"], row["entered_before"], row["undated"]) == (1, 1, 1)
    bounds = ("missing_at_least", "missing_at_most", "more_than_published")
    assert tuple(row[name] for name in bounds) == (at_least, at_most, beyond)


def test_a_count_that_nobody_fills_is_listed_with_nobody() -> None:
    (row,) = answer("completeness", {}, **ledger(counts=(count(DAY),))).to_dict("records")
    assert (row["placed"], row["missing_at_least"]) == (0, 2)


def test_the_members_of_one_count_are_those_placed_first() -> None:
    raw = ledger(
        spell(entered="2022"),
        spell("rsp-RBB-1", entered="2022", left="2024"),
        counts=(count(DAY), count("2023-12")),
    )
    rows = answer("count_placements", {"count": "2023-02-13-trusts-4"}, **raw)
    assert list(rows["org_code"]) == ["RBB", "RAA"]
    assert list(rows["source_urls"].iloc[0]) == ["https://a.example/spell"]


def _days(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return [first + timedelta(days=n) for n in range((following - first).days)]


def _by_trying_every_day(entered: str, seen: str, left: str, day: date) -> str | None:
    """The placement, from every day of entry and exit that the months and the sighting leave open."""
    exits = _days(left) if left else [date.max]
    sightings = _days(seen) if seen else [None]
    inside, in_before = set(), set()
    for entry, sighting, out in product(_days(entered), sightings, exits):
        if entry < out and (sighting is None or entry <= sighting < out):
            inside.add(entry <= day < out)
            in_before.add(entry <= day)
    if True not in inside:
        return None
    # An open end leaves every day after the last sighting open, and all of them without a sighting.
    if not left and (not seen or max(_days(entered)[0], _days(seen)[0]) < day):
        inside.add(False)
    if inside == {True}:
        return "placed"
    return "entered_before" if in_before == {True} else "undated"


def _months(chance: Random) -> tuple[str, str, str]:
    """Months of entry, last sighting and exit in order, the latter two not always given."""
    entered, seen, left = (f"2022-{n:02}" for n in sorted(chance.sample(range(1, 13), 3)))
    return entered, chance.choice([seen, ""]), chance.choice([left, ""])


def test_a_placement_is_what_every_possible_day_agrees_on() -> None:
    chance = Random(20221122)
    dates = {f"R{number:02}": _months(chance) for number in range(25)}
    days = [date(2022, 1, 1) + timedelta(days=11 * number) for number in range(34)]
    spells = [
        spell(f"rsp-{org}-1", entered=entered, last_known_in=seen, left=left)
        for org, (entered, seen, left) in dates.items()
    ]
    raw = ledger(*spells, counts=tuple(count(day.isoformat()) for day in days))
    rows = run("marts.fct_count_placement", **raw)
    found = {(row.org_code, row.count_id[:10]): row.placement for row in rows.itertuples()}
    expected = {
        (org, day.isoformat()): placement
        for org, months in dates.items()
        for day in days
        if (placement := _by_trying_every_day(*months, day))
    }
    assert found == expected
    assert set(found.values()) == {"placed", "entered_before", "undated"}
