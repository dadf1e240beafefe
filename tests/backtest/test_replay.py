"""Fifty runs over published series, saved and run again: every number agrees, or the cause is named."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators.analyses import its
from indicators.analyses.own_data import OwnData, read_own_data
from indicators.analyses.running import available
from indicators.runs import versions
from indicators.runs.record import RunRecord, load_run, record_run, save_run
from indicators.runs.replay import AGREES, replay
from tests.backtest.runs_replayed import runs, write_files

DATA = "the data (their values are not those of the run)"


@dataclass(frozen=True)
class Saved:
    """Where a run was saved, and the file of rows that it takes."""

    path: Path
    rows: Path | None

    @property
    def record(self) -> RunRecord:
        return load_run(self.path)

    @property
    def own(self) -> OwnData | None:
        return None if self.rows is None else read_own_data(self.rows)


@pytest.fixture(autouse=True)
def in_warehouse(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


@pytest.fixture(scope="module")
def saved(
    warehouse: Path,
    marts: duckdb.DuckDBPyConnection,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Saved]:
    folder = tmp_path_factory.mktemp("replayed")
    write_files(marts, folder)
    found = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATA_DIR", str(warehouse))
        for document, name in runs():
            rows = None if name is None else folder / name
            record = record_run(document, None if rows is None else read_own_data(rows))
            found.append(Saved(save_run(record, folder / "runs"), rows))
    return found


def of(saved: list[Saved], analysis: str, is_own: bool) -> Saved:
    """The first run of an analysis on a person's own rows, or on published ones."""
    return next(
        one
        for one in saved
        if one.record.document["analysis"] == analysis and (one.rows is not None) == is_own
    )


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [number for one in inside for number in numbers(one)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def moved_a_little(value: Any, chosen: float) -> Any:
    """The same with one of its numbers two billionths off, wherever it stands."""
    if isinstance(value, dict):
        return {name: moved_a_little(one, chosen) for name, one in value.items()}
    if isinstance(value, list):
        return [moved_a_little(one, chosen) for one in value]
    return chosen * (1 + 2e-9) if value == chosen else value


def test_fifty_saved_runs_agree_to_a_billionth(saved: list[Saved]) -> None:
    assert AGREES == 1e-9
    assert len({one.path for one in saved}) == 50
    assert {one.record.document["analysis"] for one in saved} == set(available())
    for one in saved:
        found = replay(one.record, one.own)
        assert (found.moved, found.changed) == ([], []), one.record.document
        assert len(numbers(one.record.result)) >= 5


@pytest.mark.parametrize("analysis", ["its", "synthetic_control", "spc", "transitions"])
def test_a_number_of_a_record_that_is_not_its_own_is_found(
    saved: list[Saved], analysis: str
) -> None:
    """The largest number of the result; nothing has changed that could explain it."""
    one = of(saved, analysis, is_own=False)
    record = one.record
    largest = max(numbers(record.result), key=abs)
    other = moved_a_little(record.result, largest)
    found = replay(record.model_copy(update={"result": other}), one.own)
    assert {moved.now for moved in found.moved} == {largest}
    assert found.changed == []
    assert found.sentence().endswith("What has changed: nothing that is recorded.")


@pytest.mark.parametrize("analysis", ["its", "controlled_its", "spc", "funnel", "meta"])
def test_one_cell_of_a_file_is_named_as_the_cause(
    saved: list[Saved], analysis: str, tmp_path: Path
) -> None:
    """A tenth or a person more in the last row's last figure."""
    one = of(saved, analysis, is_own=True)
    assert one.rows is not None
    *rows, last = one.rows.read_text(encoding="utf-8").splitlines()
    *cells, figure = last.split(",")
    step = 1 if float(figure).is_integer() else 0.1
    changed = tmp_path / one.rows.name
    changed.write_text("\n".join([*rows, ",".join([*cells, str(float(figure) + step)])]) + "\n")
    found = replay(one.record, read_own_data(changed))
    assert found.moved
    assert found.changed == [DATA]


@pytest.fixture
def revised(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the published folder, in use, with one figure of one trust a point higher."""
    folder = tmp_path / "revised"
    shutil.copytree(warehouse, folder, ignore=shutil.ignore_patterns("runs", "*.lock"))
    current = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / current["file"])) as connection:
        changed = connection.execute(
            "update marts.fct_indicator set value = value + 1 where indicator_id = 'ae_4h_all' "
            "and org_code = 'RXW' and period_start = date '2023-11-01'"
        ).fetchone()
    assert changed == (1,)
    monkeypatch.setenv("DATA_DIR", str(folder))
    return folder


@pytest.mark.parametrize("analysis", ["its", "controlled_its", "synthetic_control", "spc"])
def test_one_published_figure_is_named_as_the_cause(
    saved: list[Saved], analysis: str, revised: Path
) -> None:
    one = of(saved, analysis, is_own=False)
    found = replay(one.record)
    assert found.moved
    assert found.changed == [DATA]


def _name_version(folder: Path, name: str) -> None:
    path = folder / "current.json"
    current = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(current | {"version": name}), encoding="utf-8")


def test_a_revision_names_the_data_and_their_version(saved: list[Saved], revised: Path) -> None:
    """Of a trust whose figures were not revised the version alone is told, and every number agrees."""
    _name_version(revised, "20271127T000000000Z-00000000")
    one = of(saved, "its", is_own=False)
    version = f"data version ({one.record.versions.data} before, 20271127T000000000Z-00000000 now)"
    found = replay(one.record)
    assert found.moved
    assert found.changed == [DATA, version]
    assert f"What has changed: {DATA}; {version}." in found.sentence()
    other = next(each for each in saved if each.record.document.get("org") == "RWD")
    told = replay(other.record)
    assert (told.moved, told.changed) == ([], [version])


def test_other_code_is_named_as_the_cause(
    saved: list[Saved], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code that leaves out the placebos: what they gave is gone, and only the code is another."""
    one = of(saved, "its", is_own=True)
    monkeypatch.setattr(its, "placebo_in_time", lambda *given: None)
    monkeypatch.setattr(versions, "code_version", lambda root: "0123456789ab")
    found = replay(one.record, one.own)
    assert [moved.place for moved in found.moved] == ["diagnostics.placebo_in_time"]
    assert found.changed == [f"code version ({one.record.versions.code} before, 0123456789ab now)"]
