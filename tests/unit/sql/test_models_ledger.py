"""The ledger of facts: what each says, within which days it lies, and from when it was known."""

from datetime import date

import pytest

from tests.unit.sql.ledger import count, ledger, spell, statement
from tests.unit.sql.models import Row, answer, by, run

FILES: list[Row] = [
    {
        "snapshot_id": f"reference-{name}",
        "source_id": "reference",
        "status": "parsed",
        "retrieved_at": "2026-11-22",
    }
    for name in (
        "programme_spells",
        "date_alternatives",
        "segment_snapshots",
        "segment_counts",
        "exit_targets",
        "cqc_ratings",
        "org_changes",
    )
]


def alternative(stated: str, field: str = "entered", is_chosen: str = "no", **more: str) -> Row:
    usual: Row = {
        "spell_id": "rsp-RAA-1",
        "field": field,
        "stated": stated,
        "precision": "month",
        "is_chosen": is_chosen,
        "reason": f"{stated} it is.",
        "source_url": f"https://a.example/{stated}",
    }
    return usual | more


def facts(**raw: list[Row]) -> dict[object, dict[str, object]]:
    return by("fact_id", run("marts.fct_ledger", snapshots=FILES, **raw))


def days(row: dict[str, object], *names: str) -> tuple[str | None, ...]:
    return tuple(row[name] and f"{row[name]:%Y-%m-%d}" for name in names)


def test_bounds_widen_over_all_that_sources_say_and_the_chosen_day_stays() -> None:
    raw = ledger(spell(entered="2014-08", left="2017-03-10"))
    raw["reference_date_alternatives"] = [
        alternative("2014-08", is_chosen="yes"),
        alternative("2014-09"),
        alternative("2017-03-09", "left", precision="day"),
    ]
    row = by("spell_id", run("marts.fct_programme_spell", **raw))["rsp-RAA-1"]
    assert days(row, "entered_earliest", "entered_latest", "entered_on", "entered_best") == (
        "2014-08-01",
        "2014-09-30",
        "2014-08-01",
        "2014-08-16",
    )
    assert days(row, "left_earliest", "left_latest", "left_on", "left_best") == (
        "2017-03-09",
        "2017-03-10",
        "2017-03-10",
        "2017-03-10",
    )


def test_the_date_not_chosen_is_a_fact_of_its_own_with_its_sources() -> None:
    raw = ledger(spell(entered="2014-08"))
    raw["reference_date_alternatives"] = [
        alternative("2014-08", is_chosen="yes", reason="Two agree."),
        alternative("2014-09"),
        alternative("2014-09", source_url="https://b.example", reason="Again."),
    ]
    found = facts(**raw)
    chosen, other = found["rsp-RAA-1:entered"], found["rsp-RAA-1:alternative:entered:2014-09"]
    assert (chosen["is_chosen"], chosen["reason"]) == (True, "Two agree.")
    assert days(chosen, "latest") == ("2014-08-31",)
    assert (other["kind"], other["is_chosen"], other["alternative_to"]) == (
        "alternative",
        False,
        "entered",
    )
    assert list(other["source_urls"]) == [
        "https://a.example/2014-09",
        "https://b.example",
    ]
    assert other["reason"] == "2014-09 it is. Again."
    assert other["says"] == "Entered the RSP, by another source."


def test_a_disagreement_is_told_with_the_date_in_use_first() -> None:
    raw = ledger(spell(entered="2014-08", left="2017"), spell("rsp-RBB-1", entered="2019"))
    raw["reference_date_alternatives"] = [
        alternative("2014-06", reason="In passing."),
        alternative("2014-08", is_chosen="yes", reason="Two agree."),
    ]
    rows = answer("date_disagreements", {}, snapshots=FILES, **raw)
    assert rows[["spell_id", "field", "written", "is_chosen", "reason"]].to_numpy().tolist() == [
        ["rsp-RAA-1", "entered", "2014-08", True, "Two agree."],
        ["rsp-RAA-1", "entered", "2014-06", False, "In passing."],
    ]


def test_a_spell_is_an_entry_an_exit_and_a_last_sighting() -> None:
    found = facts(**ledger(spell(entered="2022-Q1", last_known_in="2023")))
    assert {row["kind"] for row in found.values()} == {"entered", "last_known_in"}
    entry = found["rsp-RAA-1:entered"]
    assert days(entry, "earliest", "best", "latest") == ("2022-01-01", "2022-02-14", "2022-03-31")
    assert (entry["says"], entry["era_id"]) == ("Entered the RSP.", "R1")
    (left,) = (row for row in facts(**ledger(spell(left="2023"))).values() if row["kind"] == "left")
    assert days(left, "earliest", "best", "latest") == ("2023-01-01", "2023-07-02", "2023-12-31")


def test_what_no_source_dates_is_a_fact_that_says_so() -> None:
    found = facts(**ledger(spell(left_kind="merged_or_dissolved")))
    assert {row["reason"] for row in found.values()} == {
        "No source gives a date of entry.",
        "No source dates its end.",
    }
    assert {row["best"] for row in found.values()} == {None}
    assert {row["known_earliest"] for row in found.values()} == {None}


def test_special_measures_before_the_first_framework_belong_to_no_era() -> None:
    found = facts(**ledger(spell("qsm-RAA-1", entered="2013-07", left="2017-03")))
    assert [found[f"qsm-RAA-1:{kind}"]["era_id"] for kind in ("entered", "left")] == [None, "R0"]


@pytest.mark.parametrize(
    ("entered", "source_date", "known"),
    [
        ("2022-01", "2022-03-05", ("2022-01-01", "2022-03-05")),
        ("2022-01", "2022-01-05", ("2022-01-01", "2022-01-31")),
        ("2022", "2022-01-05", ("2022-01-01", "2026-11-22")),
        ("2022-01", "2021-12-05", ("2022-01-01", "2026-11-22")),
        ("2022-01", "", ("2022-01-01", "2026-11-22")),
        ("", "2022-03-05", (None, "2026-11-22")),
    ],
)
def test_a_fact_is_known_between_its_first_possible_day_and_that_of_its_source(
    entered: str, source_date: str, known: tuple[str | None, str]
) -> None:
    row = facts(**ledger(spell(entered=entered, source_date=source_date)))["rsp-RAA-1:entered"]
    assert days(row, "known_earliest", "known_latest") == known


def test_a_segment_is_known_from_its_publication() -> None:
    released = statement("2025-09-09", 4, framework="NOF 2025/26 Q1", era_id="R2")
    found = facts(**ledger(statements=(released, statement("2023-12", 3))))
    (release,) = (row for row in found.values() if row["era_id"] == "R2")
    assert days(release, "earliest", "latest", "known_earliest", "known_latest") == (
        "2025-04-01",
        "2025-06-30",
        "2025-09-09",
        "2025-09-09",
    )
    assert (release["precision"], release["segment"]) == ("quarter", 4)
    (month,) = (row for row in found.values() if row["era_id"] == "R1")
    assert days(month, "known_earliest", "known_latest") == ("2023-12-01", "2026-11-22")


TARGET: Row = {
    "org_code": "RAA",
    "org_name": "Trust",
    "target_exit": "2024-Q2 (Q1 2024/25)",
    "target_stated": "2023-12",
    "revised_target": "2025-Q2 (Q1 2025/26)",
    "actual_exit": "2025-08",
    "source_url": "https://a.example/1 ; https://b.example/2",
}


def test_an_announced_target_was_known_when_it_was_announced() -> None:
    found = facts(**ledger(), reference_exit_targets=[TARGET])
    first, revised = sorted(found.values(), key=lambda row: str(row["written"]))
    assert days(first, "earliest", "latest", "known_earliest", "known_latest") == (
        "2024-04-01",
        "2024-06-30",
        "2023-12-01",
        "2023-12-31",
    )
    assert days(revised, "earliest", "known_earliest", "known_latest") == (
        "2025-04-01",
        "2023-12-01",
        "2026-11-22",
    )


@pytest.mark.parametrize(
    ("target", "actual", "slip"),
    [
        # 30 June 2024 to 1 August 2025 are 397 days, 1 April 2024 to 31 August 2025 are 517.
        ("2024-Q2 (Q1 2024/25)", "2025-08", (13.0, 17.0)),
        ("2024-05", "2024-05-20", (-0.4, 0.6)),
        ("within months", "2024-05-20", (None, None)),
        ("2024-05", "", (None, None)),
    ],
)
def test_the_slip_of_an_exit_lies_between_two_bounds(
    target: str, actual: str, slip: tuple[float | None, float | None]
) -> None:
    rows = [TARGET | {"target_exit": target, "actual_exit": actual}]
    found = by("org_code", answer("exit_targets", {}, reference_exit_targets=rows))["RAA"]
    assert (found["slip_least"], found["slip_most"]) == slip
    assert list(found["source_urls"]) == ["https://a.example/1", "https://b.example/2"]


def test_ratings_counts_and_changes_are_facts_too() -> None:
    found = facts(
        **ledger(counts=(count("2023-02-13"),)),
        reference_cqc_ratings=[
            {
                "org_code": "RAA",
                "date": "2021-08",
                "overall": "Good",
                "well_led": "",
                "source_url": "x",
            },
            {
                "org_code": "RAA",
                "date": "",
                "overall": "",
                "well_led": "Inadequate",
                "source_url": "x",
            },
        ],
        reference_org_changes=[
            {
                "predecessor_code": "RBB",
                "predecessor_name": "B",
                "successor_name": "C",
                "change_type": "merger",
                "date": "",
                "source_url": "",
            }
        ],
    )
    assert {(row["kind"], row["says"]) for row in found.values()} == {
        ("count", "NOF 2022/23 trusts in 4: 2."),
        ("rated", "Overall good (Care Quality Commission)."),
        ("rated", "Well led inadequate (Care Quality Commission)."),
        ("changed", "merger: B to C."),
    }
    (change,) = (row for row in found.values() if row["kind"] == "changed")
    assert (list(change["source_urls"]), change["reason"]) == ([], "No source read.")


def known(day: str, org: str | None = None) -> dict[object, str]:
    raw = ledger(
        spell(entered="2022-01", source_date="2022-03-05"),
        spell("rsp-RBB-1"),
        statements=(statement("2023-12", 3),),
    )
    parameters = {"org": org, "day": date.fromisoformat(day)}
    rows = answer("ledger_as_known", parameters, snapshots=FILES, **raw)
    return dict(zip(rows["fact_id"], rows["known"], strict=True))


def test_what_was_known_on_a_day_was_known_certainly_or_possibly() -> None:
    undated = {"rsp-RBB-1:entered": "possible"}
    segment = "segment:RAA:NOF 2022/23:2023-12:3"
    assert known("2021-12-31") == undated
    assert known("2022-03-04") == undated | {"rsp-RAA-1:entered": "possible"}
    assert known("2022-03-05") == undated | {"rsp-RAA-1:entered": "certain"}
    assert known("2023-12-01")[segment] == "possible"
    assert known("2026-11-22")[segment] == "certain"
    assert list(known("2026-11-22", "RBB")) == ["rsp-RBB-1:entered"]
