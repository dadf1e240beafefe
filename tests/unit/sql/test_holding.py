"""A publication whose new files fail a release check keeps its last good ones; the others go on."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from io import StringIO

import pandas as pd
import pytest

from data_sources.periods import month_after
from data_sources.snapshots import SnapshotStore, describe
from data_sources.source import Parsed
from data_sources.tables import figures_frame
from settings import Settings
from sql import __main__ as cli
from sql.build import CheckFailed
from sql.holding import unknown_on
from sql.publish import publish, read_current
from sql.reads import open_database
from tests.unit.sql.published import change_spell, note, region_served

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)


def add(settings: Settings, source_id: str, month: date, measure: str, england: int) -> str:
    """Keep a file in which the only trust counts 10 and England what is said; returns its name."""
    store = SnapshotStore(settings.data_dir)
    name = f"{month:%B}-{england}.csv"
    snapshot = store.save(source_id, name, f"{source_id} {name}".encode())
    span = (month.isoformat(), month_after(month).isoformat())
    rows = [
        (*span, "provider", "RXW", "Shrewsbury", measure, "10", "sheet", 1),
        (*span, "england", "ENG", "England", measure, str(england), "sheet", 2),
    ]
    parsed = Parsed("sheet", {"figures": figures_frame(rows)}, month, month_after(month))
    store.record_parsed(describe(snapshot, parsed, 0, "OGL-3.0"), parsed)
    return snapshot.snapshot_id


def attendances(settings: Settings, month: date, england: int) -> str:
    return add(settings, "ae_monthly", month, "attendances_type1", england)


def incidents(settings: Settings, month: date, england: int) -> str:
    return add(settings, "ambulance_quality", month, "a7", england)


def status(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """Status and reason of every file that was added, as readers see them."""
    current = read_current(settings.data_dir)
    assert current is not None
    with open_database(settings.data_dir / current.file) as connection:
        rows = connection.execute(
            "select snapshot_id, status, reason from marts.fct_snapshot where kind <> 'reference'"
        ).fetchall()
    return {name: (state, reason) for name, state, reason in rows}


def test_a_failing_publication_keeps_its_last_good_file_and_another_goes_on(
    small: Settings,
) -> None:
    good = attendances(small, APRIL, england=10)
    publish(small)
    bad, other = attendances(small, MAY, england=99), incidents(small, MAY, england=10)
    assert publish(small)[1]
    (state, reason) = status(small)[bad]
    assert state == "held"
    assert reason is not None
    assert reason.startswith("held back: Check england_equals_its_organisations found 1 row(s), ")
    assert {name: status(small)[name][0] for name in (good, other)} == {
        good: "current",
        other: "current",
    }
    assert set(note(small)["snapshots"]) >= {good, other}  # type: ignore[call-overload]
    assert bad not in note(small)["snapshots"]  # type: ignore[operator]


def test_the_command_names_what_was_held_back_and_publishes_all_the_same(
    small: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    attendances(small, MAY, england=99)
    monkeypatch.setattr(cli, "Settings", lambda: small)
    assert cli.main(["publish"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Published ")
    assert err.startswith("May-99.csv: held back: Check england_equals_its_organisations found 1")


def test_two_publications_can_be_held_back_at_once(small: Settings) -> None:
    held = {attendances(small, MAY, england=99), incidents(small, MAY, england=98)}
    publish(small)
    assert {name for name, (state, _) in status(small).items() if state == "held"} == held


def test_a_file_held_back_comes_in_once_a_revision_makes_it_right(small: Settings) -> None:
    wrong = attendances(small, MAY, england=99)
    publish(small)
    right = attendances(small, MAY, england=10)
    publish(small)
    assert {name: status(small)[name][0] for name in (wrong, right)} == {
        wrong: "superseded",
        right: "current",
    }


def test_figures_as_known_on_a_day_are_those_of_the_files_known_by_then(
    small: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = attendances(small, MAY, england=10)
    _publish_on(small, first, "2024-06-13")
    revised = attendances(small, MAY, england=11)
    _publish_on(small, revised, "2024-11-14")
    undated = incidents(small, MAY, england=10)
    _publish_on(small, undated, None)
    monkeypatch.setattr(cli, "Settings", lambda: small)

    def states(day: str) -> dict[str, str]:
        capsys.readouterr()
        assert cli.main(["show", "fct_snapshot", "--as-known-on", day]) == 0
        rows = pd.read_csv(StringIO(capsys.readouterr().out)).set_index("snapshot_id")
        return {name: rows.loc[name, "status"] for name in (first, revised, undated)}

    assert states("2024-06-12") == {first: "held", revised: "held", undated: "held"}
    assert states("2024-06-13") == {first: "current", revised: "held", undated: "held"}
    assert states("2024-11-14") == {first: "superseded", revised: "current", undated: "held"}


def test_facts_that_nobody_can_have_known_on_a_day_are_not_shown(
    small: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entered in July 2021, left in March 2026; its file of the register is of November 2026."""
    publish(small)
    monkeypatch.setattr(cli, "Settings", lambda: small)

    def facts(*day: str) -> list[str]:
        capsys.readouterr()
        assert cli.main(["show", "fct_ledger", *day]) == 0
        return sorted(pd.read_csv(StringIO(capsys.readouterr().out))["kind"])

    assert facts() == ["entered", "left"]
    assert facts("--as-known-on", "2026-03-01") == ["entered", "left"]
    assert facts("--as-known-on", "2026-02-28") == ["entered"]
    assert facts("--as-known-on", "2021-06-30") == []


def test_a_file_of_the_bundle_that_was_fetched_too_is_known_from_its_retrieval(
    small: Settings,
) -> None:
    both = attendances(small, MAY, england=10)
    (record,) = (asdict(one) for one in SnapshotStore(small.data_dir).records())
    undated = record | {"retrieved_at": None}
    small.bundle_dir.mkdir()
    (small.bundle_dir / "manifest.json").write_text(json.dumps({"snapshots": [undated]}))
    retrieved = date.fromisoformat(record["retrieved_at"][:10])
    assert unknown_on(small, retrieved) == {}
    assert set(unknown_on(small, retrieved - timedelta(days=1))) == {both}


def _publish_on(settings: Settings, snapshot_id: str, day: str | None) -> None:
    (path,) = settings.snapshot_dir.glob(f"*/{snapshot_id}/snapshot.json")
    record = json.loads(path.read_text()) | {"published_on": day, "retrieved_at": None}
    path.write_text(json.dumps(record))


def test_what_readers_have_is_never_held_back(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that grew stricter fails on figures already published: that is for people to decide."""
    attendances(small, APRIL, england=99)
    with monkeypatch.context() as lax:
        lax.setattr("sql.holding.run_checks", lambda _: None)
        publish(small)
    before = note(small)
    change_spell(small, region="London")
    with pytest.raises(CheckFailed):
        publish(small)
    assert note(small) == before
    assert region_served(small) == "Midlands"


def test_a_file_that_the_bundle_holds_too_is_not_held_back_with_a_bad_one(small: Settings) -> None:
    good = attendances(small, APRIL, england=10)
    (record,) = (asdict(one) for one in SnapshotStore(small.data_dir).records())
    small.bundle_dir.mkdir()
    (small.bundle_dir / "manifest.json").write_text(json.dumps({"snapshots": [record]}))
    bad = attendances(small, MAY, england=99)
    publish(small)
    assert (status(small)[good][0], status(small)[bad][0]) == ("current", "held")


def test_a_fault_of_nobodys_figures_still_stops_publication(small: Settings) -> None:
    attendances(small, MAY, england=99)
    change_spell(small, entered="2021-07", left="2020-01")
    with pytest.raises(CheckFailed) as failure:
        publish(small)
    assert [fault.check for fault in failure.value.faults] == [
        "england_equals_its_organisations",
        "spells_are_in_order_and_sourced",
    ]
