"""What killed processes left is cleared by whoever is alone in the data folder, and nothing else is."""

import subprocess
import sys
from pathlib import Path

import pytest

from data_sources import data_folder
from data_sources.data_folder import clear_leftovers, half_written, working_in
from data_sources.snapshots import SnapshotStore
from settings import ROOT


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    return path


@pytest.fixture
def leftovers(tmp_path: Path) -> list[Path]:
    """One of each kind: half a snapshot, half a table, half a note, a draft."""
    folder = tmp_path / "building-ab12_xyz"
    write(folder / "warehouse.duckdb"), write(folder / "warehouse.duckdb.wal")
    return [
        folder,
        write(half_written(tmp_path / "snapshots" / "beds" / "beds-1" / "x.csv")),
        write(half_written(tmp_path / "parsed" / "figures" / "beds-1.parquet")),
        write(half_written(tmp_path / "current.json")),
    ]


def test_who_is_alone_clears_what_was_left(tmp_path: Path, leftovers: list[Path]) -> None:
    with working_in(tmp_path):
        assert [path for path in leftovers if path.exists()] == []


def test_nothing_is_cleared_while_another_is_at_work(tmp_path: Path, leftovers: list[Path]) -> None:
    with working_in(tmp_path):
        drafts = [write(half_written(tmp_path / "x.json")), tmp_path / "building-ab12_new"]
        drafts[1].mkdir()
        with working_in(tmp_path):
            assert all(draft.exists() for draft in drafts)
    with working_in(tmp_path):
        assert not any(draft.exists() for draft in drafts)


_WORKER = """
import sys
from pathlib import Path
from data_sources.data_folder import working_in
with working_in(Path(sys.argv[1])):
    print("at work", flush=True)
    sys.stdin.readline()
"""


def test_a_process_at_work_is_respected_until_it_is_killed(
    tmp_path: Path, leftovers: list[Path]
) -> None:
    command = [sys.executable, "-c", _WORKER, str(tmp_path)]
    worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    worker.stdout.readline()
    draft = write(half_written(tmp_path / "x.json"))
    with working_in(tmp_path):
        assert draft.exists()
    worker.kill()
    worker.communicate()
    with working_in(tmp_path):
        assert not draft.exists()


@pytest.mark.parametrize(
    "name",
    [
        "building-plans.txt",
        "building-projects/plan.txt",
        "building-ab12_xyz/warehouse.duckdb.d/../mine.txt",
        "writing-notes.tmp",
        "mine.tmp",
        "snapshots/beds/beds-1/download (3).tmp",
        "snapshots/beds/beds-1/x.csv",
        "warehouse-1.duckdb",
    ],
)
def test_what_is_not_ours_to_clear_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "building-ab12_xyz" / "warehouse.duckdb.d").mkdir(parents=True)
    kept = write(tmp_path / name)
    clear_leftovers(tmp_path)
    assert kept.exists()


def test_a_published_file_is_never_kept_under_the_name_of_a_leftover(tmp_path: Path) -> None:
    snapshot = SnapshotStore(tmp_path).save("beds", "writing-1-x.csv.tmp", b"1")
    clear_leftovers(tmp_path)
    assert snapshot.path.read_bytes() == b"1"


def test_a_folder_that_cannot_be_locked_is_worked_in_and_nothing_cleared(
    tmp_path: Path, leftovers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(data_folder.fcntl, "flock", no_locks)
    with working_in(tmp_path):
        assert all(path.exists() for path in leftovers)


def test_the_folder_is_let_go_of_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="oops"), working_in(tmp_path):
        raise ValueError("oops")
    left = write(half_written(tmp_path / "x.json"))
    with working_in(tmp_path):
        assert not left.exists()
