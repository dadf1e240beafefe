"""Two publications at once: both succeed, and what is served is whole."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from settings import ROOT, Settings
from sql import holding
from sql.build import run_checks
from sql.publish import Published, build_candidate, publish, read_current
from sql.reads import open_database
from tests.unit.sql.published import change_spell, files, region_of_spell, region_served, versions


def publish_in_the_midst(
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    prepare: Callable[[], None] = lambda: None,
) -> list[Published]:
    """Let another publication run from start to end while ours has been built and is being checked."""
    others: list[Published] = []

    def check_after_the_other(path: Path) -> list[str]:
        monkeypatch.setattr(holding, "run_checks", run_checks)
        prepare()
        others.append(publish(settings)[0])
        return run_checks(path)

    monkeypatch.setattr(holding, "run_checks", check_after_the_other)
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
data, bundle, reference, catalogue = map(Path, sys.argv[1:])
settings = Settings(data, bundle, reference, catalogue)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(3):
    (data / "current.json").unlink(missing_ok=True)
    publish(settings)
"""


def test_two_processes_publishing_at_once_both_succeed_and_leave_a_whole_version(
    small: Settings,
) -> None:
    folders = (small.data_dir, small.bundle_dir, small.reference_dir, small.catalogue_dir)
    command = [sys.executable, "-c", _PUBLISHER, *map(str, folders)]
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
