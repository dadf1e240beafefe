"""Publication: whole or not at all, the old version served until the new one is checked."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from settings import ROOT, Settings
from sql import publish as publication
from sql.build import BuildFailed, CheckFailed, build_marts, run_checks
from sql.publish import Published, build_candidate, publish, read_current, waiting_candidate
from sql.reads import open_database, read
from tests.unit.sql.conftest import SPELL


def change_spell(settings: Settings, **cells: str) -> None:
    path = settings.reference_dir / "programme_spells.csv"
    pd.read_csv(path, dtype="str", keep_default_na=False).assign(**cells).to_csv(path, index=False)


def region_of_spell(connection: duckdb.DuckDBPyConnection) -> str:
    (row,) = read(connection, "spells").itertuples()
    assert row.spell_id == SPELL
    return str(row.region)


def region_served(settings: Settings) -> str:
    """What a reader who comes now is told."""
    current = read_current(settings.data_dir)
    assert current is not None
    with open_database(settings.data_dir / current.file) as connection:
        return region_of_spell(connection)


def files(settings: Settings) -> set[str]:
    """Names of all that lies in the data folder."""
    return {path.name for path in settings.data_dir.iterdir()}


def versions(settings: Settings) -> set[str]:
    return {path.name for path in settings.data_dir.glob("warehouse-*.duckdb")}


def note(settings: Settings) -> dict[str, object]:
    content = json.loads((settings.data_dir / "current.json").read_text())
    assert isinstance(content, dict)
    return content


def test_the_note_of_a_publication_has_the_fields_of_the_contract(warehouse: Path) -> None:
    content = json.loads((warehouse / "current.json").read_text())
    assert {"version", "file", "sha256", "built_at", "bundle", "snapshots"} <= content.keys()
    file = warehouse / content["file"]
    assert content["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    manifest = Settings().bundle_dir / "manifest.json"
    assert content["bundle"] == hashlib.sha256(manifest.read_bytes()).hexdigest()
    with open_database(file) as connection:
        listed = connection.execute("from marts.fct_snapshot").df()
    in_force = listed.loc[listed["status"] == "current", "snapshot_id"]
    assert content["snapshots"] == sorted(in_force)
    assert len(content["snapshots"]) == len(listed) - 4


def test_a_first_publication_leaves_the_file_and_its_note_alone(small: Settings) -> None:
    published, is_new = publish(small)
    assert is_new
    assert files(small) == {"current.json", published.file}
    assert published.version in published.file
    assert published.bundle is None
    assert read_current(small.data_dir) == published


def test_publishing_again_without_a_change_does_nothing(small: Settings) -> None:
    published, _ = publish(small)
    before = (small.data_dir / "current.json").stat()
    assert publish(small) == (published, False)
    assert (small.data_dir / "current.json").stat() == before


def test_a_published_file_that_was_lost_is_published_anew(small: Settings) -> None:
    published, _ = publish(small)
    (small.data_dir / published.file).unlink()
    assert publish(small)[1]
    assert region_served(small) == "Midlands"


def test_changed_input_is_a_new_version_and_the_old_one_stays_readable(small: Settings) -> None:
    first, _ = publish(small)
    with open_database(small.data_dir / first.file) as reader:
        change_spell(small, region="London")
        second, is_new = publish(small)
        assert is_new
        assert region_of_spell(reader) == "Midlands"
    assert region_served(small) == "London"
    assert first.file != second.file
    assert versions(small) == {first.file, second.file}


def fail_the_check(settings: Settings) -> None:
    """A spell that ended before it began."""
    change_spell(settings, entered="2021-07", left="2020-01")


def test_a_failing_check_changes_nothing_for_readers(small: Settings) -> None:
    publish(small)
    before = note(small)
    fail_the_check(small)
    with pytest.raises(CheckFailed) as failure:
        publish(small)
    assert str(failure.value) == (
        "Check spells_are_in_order_and_sourced found 1 row(s), the first: spell_id rsp-RXW-1, "
        "entered_earliest 2021-07-01 00:00:00, left_latest 2020-01-31 00:00:00."
    )
    assert note(small) == before
    assert region_served(small) == "Midlands"


def test_what_failed_its_check_waits_to_be_looked_at_until_something_is_published(
    small: Settings,
) -> None:
    fail_the_check(small)
    for _ in range(2):
        with pytest.raises(CheckFailed):
            publish(small)
        candidate = waiting_candidate(small)
        assert candidate is not None
        assert files(small) == {candidate.name}
    change_spell(small, left="2026-03")
    published, _ = publish(small)
    assert files(small) == {"current.json", published.file}


def test_an_impossible_date_names_the_model_and_leaves_nothing_behind(small: Settings) -> None:
    change_spell(small, entered="2021-13")
    with pytest.raises(BuildFailed) as failure:
        publish(small)
    message = str(failure.value)
    assert message.startswith("Model staging.stg_reference__programme_spells cannot be built: ")
    assert "\n" not in message
    assert files(small) == set()


def interrupt(_settings: Settings, target: Path) -> None:
    """A build that is cut off while it writes."""
    target.write_bytes(b"half a file")
    raise KeyboardInterrupt


def test_an_interrupted_build_leaves_no_half_file_and_the_last_candidate_whole(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = build_candidate(small)
    before = candidate.read_bytes()
    change_spell(small, region="London")
    monkeypatch.setattr(publication, "build_marts", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build_candidate(small)
    with pytest.raises(KeyboardInterrupt):
        publish(small)
    assert files(small) == {candidate.name}
    assert candidate.read_bytes() == before


def test_a_candidate_is_published_without_being_built_again(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = build_candidate(small).read_bytes()
    monkeypatch.setattr(publication, "build_marts", interrupt)
    published, is_new = publish(small)
    assert is_new
    assert (small.data_dir / published.file).read_bytes() == content
    assert files(small) == {"current.json", published.file}


def test_a_candidate_made_of_other_inputs_is_not_published(small: Settings) -> None:
    build_candidate(small)
    change_spell(small, region="London")
    publish(small)
    assert region_served(small) == "London"
    assert waiting_candidate(small) is None


def test_there_is_one_candidate_at_a_time(small: Settings) -> None:
    first = build_candidate(small)
    change_spell(small, region="London")
    second = build_candidate(small)
    assert first != second
    assert waiting_candidate(small) == second
    assert files(small) == {second.name}


def test_a_file_that_arrives_during_a_build_is_in_the_next_version(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_while_input_changes(settings: Settings, target: Path) -> None:
        build_marts(settings, target)
        change_spell(settings, region="London")
        monkeypatch.undo()

    monkeypatch.setattr(publication, "build_marts", build_while_input_changes)
    build_candidate(small)
    publish(small)
    assert region_served(small) == "London"


def test_only_the_newest_versions_are_kept(small: Settings) -> None:
    published = []
    for region in ("London", "Midlands", "South West", "South East"):
        change_spell(small, region=region)
        published.append(publish(replace(small, kept_versions=2))[0].file)
    assert published == sorted(published)
    assert versions(small) == set(published[-2:])
    assert region_served(small) == "South East"


def test_an_old_version_that_cannot_be_deleted_yet_is_no_fault(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_kept = replace(small, kept_versions=1)
    publish(one_kept)
    change_spell(small, region="London")

    def held_open(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held_open)
        publish(one_kept)
    assert len(versions(small)) == 2
    change_spell(small, region="South West")
    publish(one_kept)
    assert len(versions(small)) == 1


def test_fields_of_a_later_program_are_passed_over(small: Settings) -> None:
    published, _ = publish(small)
    path = small.data_dir / "current.json"
    path.write_text(json.dumps(note(small) | {"signed_by": "somebody"}))
    assert read_current(small.data_dir) == published


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', '{"version": "1"}', "\xff"])
def test_a_damaged_note_is_one_plain_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "current.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(
        ValueError, match=r"^current\.json is damaged: remove it and publish again\.$"
    ):
        read_current(tmp_path)


def test_nothing_is_published_in_an_empty_folder(small: Settings) -> None:
    assert read_current(small.data_dir) is None
    assert waiting_candidate(small) is None


def publish_in_the_midst(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, prepare: object = None
) -> list[Published]:
    """Let another publication run from start to end while ours has been built and is being checked."""
    others: list[Published] = []

    def check_after_the_other(path: Path) -> list[str]:
        monkeypatch.setattr(publication, "run_checks", run_checks)
        if callable(prepare):
            prepare()
        others.append(publish(settings)[0])
        return run_checks(path)

    monkeypatch.setattr(publication, "run_checks", check_after_the_other)
    return others


@pytest.mark.parametrize("has_candidate", [True, False])
def test_a_publication_in_the_midst_of_another_harms_neither(
    small: Settings, monkeypatch: pytest.MonkeyPatch, has_candidate: bool
) -> None:
    if has_candidate:
        build_candidate(small)
    others = publish_in_the_midst(monkeypatch, small)
    ours, _ = publish(small)
    assert len(others) == 1
    assert read_current(small.data_dir) == ours
    assert {ours.file, others[0].file} == versions(small)
    assert region_served(small) == "Midlands"


def test_of_two_publications_of_different_inputs_each_is_whole(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = publish_in_the_midst(monkeypatch, small, lambda: change_spell(small, region="London"))
    ours, _ = publish(small)
    for published, region in ((ours, "Midlands"), (others[0], "London")):
        path = small.data_dir / published.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == published.sha256
        with open_database(path) as connection:
            assert region_of_spell(connection) == region
    assert publish(small)[1], "the inputs have changed since what was switched to last"
    assert region_served(small) == "London"


_PUBLISHER = """
import sys
from pathlib import Path
from settings import Settings
from sql.publish import publish
data, bundle, reference = map(Path, sys.argv[1:])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(5):
    (data / "current.json").unlink(missing_ok=True)
    publish(Settings(data_dir=data, bundle_dir=bundle, reference_dir=reference))
"""


def test_two_processes_publishing_at_once_both_succeed_and_leave_a_whole_version(
    small: Settings,
) -> None:
    folders = map(str, (small.data_dir, small.bundle_dir, small.reference_dir))
    command = [sys.executable, "-c", _PUBLISHER, *folders]
    publishers = [
        subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for publisher in publishers:
        assert publisher.stdout is not None
        assert publisher.stdout.readline() == "ready\n"
    for publisher in publishers:
        assert publisher.stdin is not None
        publisher.stdin.write("go\n")
        publisher.stdin.flush()
    for publisher in publishers:
        publisher.communicate()
    assert [publisher.returncode for publisher in publishers] == [0, 0]
    assert region_served(small) == "Midlands"
    current = read_current(small.data_dir)
    assert current is not None
    content = (small.data_dir / current.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == current.sha256
    assert files(small) == {"current.json", *versions(small)}
    assert len(versions(small)) <= small.kept_versions
