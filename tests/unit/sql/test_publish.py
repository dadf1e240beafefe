"""Publication: whole or not at all, the old version served until the new one is checked."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from settings import Settings
from sql import publish as publication
from sql.build import BuildFailed, CheckFailed, build_marts
from sql.publish import build_candidate, publish, read_current, waiting_candidate
from sql.reads import open_database
from tests.unit.sql.published import (
    change_spell,
    files,
    note,
    region_of_spell,
    region_served,
    versions,
)


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
    note_file = small.data_dir / "current.json"
    inode, written = note_file.stat().st_ino, note_file.stat().st_mtime_ns
    assert publish(small) == (published, False)
    assert (note_file.stat().st_ino, note_file.stat().st_mtime_ns) == (inode, written)


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
    for region in ("London", "Midlands", "South East"):
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
