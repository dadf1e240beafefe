"""Breakdowns count what is on record of each group, and give no rate that would rest on too few."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from indicators.variation import (
    ALL,
    apart_from_all,
    break_down,
    followed_exits,
    measure_rows,
)
from indicators.variation_groups import Register, existing_organisations, group_spells
from tests.unit.indicators.made_spells import ERAS, spell, spells_of, statements_of

RSP, SM, NEXT = "Recovery Support Programme", "special measures", "successor programmes"
PROGRAMMES = pd.DataFrame(
    {
        "programme_group": [SM, SM, RSP, NEXT],
        "started_on": pd.to_datetime(["2013-07-01", "2016-07-01", "2021-07-01", "2025-01-01"]),
        "ended_on": pd.to_datetime(["2021-07-01", "2021-07-01", None, None]),
    }
)


def organisations(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "org_type": "acute",
        "region": "North",
        "icb_code": "Q01",
        "opened_on": "2001-04-01",
        "closed_on": None,
        "successor_code": None,
    }
    frame = pd.DataFrame([usual | row for row in rows])
    return frame.assign(
        opened_on=pd.to_datetime(frame["opened_on"]), closed_on=pd.to_datetime(frame["closed_on"])
    )


EVERYONE = organisations(
    {"org_code": "RAA"},
    {"org_code": "RBB", "region": "South"},
    {"org_code": "RCC", "region": "South", "closed_on": "2021-06-30"},
    {"org_code": "RDD", "region": "South", "opened_on": "2021-07-01"},
    {"org_code": "REE", "region": None, "opened_on": None},
    {"org_code": "RFF", "org_type": None, "closed_on": "2014-03-31"},
    {"org_code": "Q01", "org_type": "icb", "closed_on": "2026-03-31", "successor_code": "Q09"},
    {"org_code": "Q09", "org_type": "icb", "opened_on": "2026-04-01", "icb_code": "Q09"},
    {"org_code": "Y60", "org_type": "region"},
    {"org_code": "ENG", "org_type": "england", "region": None},
)


def register(*spells: dict[str, Any], statements: Any = ()) -> Register:
    placed = {org.org_code: org for org in EVERYONE.itertuples()}
    rows = [
        row
        | {
            "org_type": placed[row["org_code"]].org_type,
            "region": placed[row["org_code"]].region,
            "icb_code": placed[row["org_code"]].icb_code,
            "pathway": "left" if row["left_kind"] == "improved" else "entered",
        }
        for row in spells
    ]
    stated = statements_of(*statements)
    return Register(spells_of(*rows), stated, ERAS, PROGRAMMES, EVERYONE, date(2026, 11, 26))


def by_group(table: pd.DataFrame) -> dict[str, Any]:
    return {row.group: row for row in table.itertuples()}


SPELLS = register(
    spell("rsp-RAA-1", "2021-07-01", "2022-07-01"),
    spell("rsp-RAA-2", "2023-07-01"),
    spell("rsp-RBB-1", "2021-07-01", "2022-03-01"),
    spell("qsm-RBB-1", "2016-10-01", "2018-10-01"),
)


def test_organisations_spells_and_exits_are_counted_in_their_group() -> None:
    rows = by_group(break_down(SPELLS, RSP, "region"))
    assert (rows["North"].organisations, rows["North"].spells, rows["North"].left) == (1, 2, 1)
    assert (rows["South"].organisations, rows["South"].spells, rows["South"].left) == (1, 1, 1)
    assert (rows[ALL].organisations, rows[ALL].spells, rows[ALL].left) == (2, 3, 2)


def test_programmes_are_never_pooled() -> None:
    assert by_group(break_down(SPELLS, SM, "region"))[ALL].spells == 1


def test_organisations_there_were_are_those_open_while_the_programme_ran() -> None:
    """RCC closed on the day before it began, RDD opened on the day; REE's days are unknown."""
    existed = existing_organisations(SPELLS, RSP, "region")
    assert set(existed.index) == {"RAA", "RBB", "RDD", "REE", "Q01", "Q09"}
    assert existed["REE"] == "not stated"


def test_a_programme_that_took_trusts_only_is_compared_with_trusts() -> None:
    """Special measures ended on 1 July 2021, not included: RDD came too late, RCC did not."""
    existed = existing_organisations(SPELLS, SM, "region")
    assert set(existed.index) == {"RAA", "RBB", "RCC", "REE"}
    assert set(existing_organisations(SPELLS, NEXT, "region").index) == {"RAA", "RBB", "RDD", "REE"}


def test_whoever_was_inside_counts_whatever_its_dates() -> None:
    late = register(spell("qsm-RDD-1", "2020-01-01"))
    assert "RDD" in existing_organisations(late, SM, "region").index


def test_a_group_without_a_spell_is_there_with_its_organisations() -> None:
    rows = by_group(break_down(SPELLS, RSP, "org_type"))
    assert (rows["icb"].organisations, rows["icb"].existing, rows["icb"].spells) == (0, 2, 0)


def test_a_board_that_closed_is_read_as_the_one_it_became() -> None:
    assert set(group_spells(SPELLS, "icb")) == {"Q09"}
    assert by_group(break_down(SPELLS, RSP, "icb"))["Q09"].existing == 6


def test_eras_are_those_of_entry_and_vague_entries_stay_unplaced() -> None:
    vague = register(
        spell("qsm-RAA-1", "2016"),
        spell("qsm-RBB-1", "2016-10-01"),
        spell("qsm-RCC-1", "2015"),
        spell("rsp-RDD-1", None),
        spell("rsp-RAA-1", "2021-07"),
    )
    assert list(group_spells(vague, "era")) == ["not stated", "R0", "before", "not stated", "R1"]


def test_groups_of_spells_have_no_number_of_organisations() -> None:
    table = break_down(SPELLS, RSP, "pathway")
    assert table["existing"].isna().all()
    assert measure_rows(table, "share")["estimate"].isna().all()


def test_ways_in_are_those_of_the_register() -> None:
    ways = register(
        spell("rsp-RAA-1", "2021-07-01", transferred_from="QSM+FSM"),
        spell("rsp-RBB-1", "2021-07-01", transferred_from="none"),
        spell("rsp-RDD-1", "2021-07-01"),
    )
    assert list(group_spells(ways, "route")) == ["special_measures", "direct", "not stated"]


def exits(*rows: dict[str, Any], statements: Any = ()) -> dict[str, bool]:
    found = followed_exits(register(*rows, statements=statements))
    return dict(zip(found["spell_id"], found["returned"], strict=True))


def test_an_exit_is_followed_if_its_regime_ran_on_for_24_months() -> None:
    """R1 ended on 26 June 2025: an exit of 26 June 2023 was followed for 24 months, a day later not."""
    found = exits(
        spell("rsp-RAA-1", "2021-07-01", "2023-06-26"),
        spell("rsp-RBB-1", "2021-07-01", "2023-06-27"),
    )
    assert found == {"rsp-RAA-1": False}


def test_an_early_return_does_not_count_where_the_exit_could_not_be_followed() -> None:
    """Else exits with a return would be over-represented among those of the last two years."""
    found = exits(
        spell("rsp-RAA-1", "2021-07-01", "2024-01-01"),
        spell("rsp-RAA-2", "2024-06-01"),
    )
    assert found == {}


@pytest.mark.parametrize(
    ("back", "returned"), [("2024-03-01", True), ("2024-03-02", False), ("2025-01-01", False)]
)
def test_a_return_counts_within_24_months(back: str, returned: bool) -> None:
    """24 months of 30.4375 days after 2 March 2022 end in the middle of 1 March 2024."""
    found = exits(spell("rsp-RAA-1", "2021-07-01", "2022-03-02"), spell("rsp-RAA-2", back))
    assert found == {"rsp-RAA-1": returned}


def test_the_top_segment_is_a_return_too() -> None:
    statements = [("RAA", "R1", 4, "2022-10-01", "2023-01-01")]
    found = exits(spell("rsp-RAA-1", "2021-07-01", "2022-03-01"), statements=statements)
    assert found == {"rsp-RAA-1": True}


def test_an_organisation_dissolved_within_24_months_is_not_followed() -> None:
    closed = spell("rsp-RAA-1", "2021-07-01", "2022-03-01") | {"org_closed_on": "2023-03-31"}
    assert exits(closed) == {}


def many(count: int, months: int, start: int = 0) -> list[dict[str, Any]]:
    """Spells of RBB that began on 1 July 2021 and ended one by one, `months` apart."""
    return [
        spell(
            f"rsp-RBB-{start + place}",
            "2021-07-01",
            str(
                (
                    pd.Timestamp("2021-07-01") + pd.Timedelta(days=30.4375 * months * (place + 1))
                ).date()
            ),
        )
        for place in range(count)
    ]


def test_the_median_of_five_spells_is_the_third_end() -> None:
    rows = by_group(break_down(register(*many(5, 3)), RSP, "region"))
    assert rows["South"].timed == 5
    assert rows["South"].median == pytest.approx(9, abs=0.05)
    assert rows["North"].timed == 0


def test_four_spells_give_no_median_and_no_rate() -> None:
    table = break_down(register(*many(4, 3)), RSP, "region")
    for measure in ("time", "left"):
        row = measure_rows(table, measure).set_index("group").loc["South"]
        assert row["n"] == 4
        assert row[["estimate", "low", "high"]].isna().all()


def test_five_give_a_rate_with_the_wilson_interval() -> None:
    """Wilson for 5 of 5: from 5 / (5 + 1.96²) = 0.5655 to 1."""
    table = break_down(register(*many(5, 3)), RSP, "region")
    row = measure_rows(table, "left").set_index("group").loc["South"]
    assert (row["k"], row["n"], row["estimate"], row["high"]) == (5, 5, 1.0, 1.0)
    assert row["low"] == pytest.approx(0.5655, abs=1e-4)


def test_a_time_that_was_not_watched_from_the_start_is_not_given() -> None:
    """Carried over after 24 months of special measures: nothing is known of the first 24 months here."""
    carried = [
        row
        for place in range(5)
        for row in (
            spell(f"qsm-R{place}-1", "2019-07-01", "2021-07-01", kind="transferred"),
            spell(f"rsp-R{place}-1", "2021-07-01", f"2022-0{place + 1}-01", transferred_from="QSM"),
        )
    ]
    spells = spells_of(*carried).assign(region="South", org_type="acute", icb_code="Q01")
    mine = Register(spells, SPELLS.statements, ERAS, PROGRAMMES, EVERYONE, date(2026, 11, 26))
    table = break_down(mine, RSP, "org_type")
    row = by_group(table)[ALL]
    assert row.from_months == pytest.approx(24, abs=0.1)
    assert row.median == pytest.approx(32, abs=0.2)
    assert pd.isna(measure_rows(table, "time").set_index("group").loc[ALL, "estimate"])


def rows_of(*rows: tuple[str, float | None, float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["group", "estimate", "low", "high"])


def test_groups_whose_interval_leaves_out_all_are_named() -> None:
    rows = rows_of(
        ("below", 0.1, 0.05, 0.19),
        ("touches", 0.1, 0.05, 0.2),
        ("open", 0.3, 0.21, None),
        ("none", None, None, None),
        (ALL, 0.2, 0.1, 0.3),
    )
    assert apart_from_all(rows) == (["below", "open"], 3)


def test_without_a_figure_of_all_nobody_is_apart() -> None:
    assert apart_from_all(rows_of(("a", 0.1, 0.0, 0.2), (ALL, None, None, None))) == ([], 1)
