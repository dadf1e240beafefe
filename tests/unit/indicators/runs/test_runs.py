"""A run can be run again by anybody, and a number that moved is traced to what has changed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indicators import __main__ as cli
from indicators.analyses.own_data import OwnData, read_own_data
from indicators.analyses.refusal import Refusal
from indicators.runs import versions
from indicators.runs.record import load_run, lock, record_run, save_run
from indicators.runs.replay import replay

MONTHS = [f"2023-{month:02}" for month in range(1, 13)] + ["2024-01", "2024-02"]
VALUES = [5.0, 7.0, 6.0, 8.0, 5.5, 6.5, 7.5, 6.0, 7.0, 5.0, 6.25, 7.25, 9.0, 8.5]
OWN = {"analysis": "spc", "improvement": "up"}
PUBLISHED = {"analysis": "spc", "indicator": "ae_4h_all", "org": "RXW"}


def rows(folder: Path, values: list[float]) -> OwnData:
    lines = [f"{month},{value}" for month, value in zip(MONTHS, values, strict=True)]
    path = folder / "rows.csv"
    path.write_text("\n".join(["period,value", *lines]) + "\n", encoding="utf-8")
    return read_own_data(path)


@pytest.fixture
def in_warehouse(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(warehouse))
    return warehouse


def test_a_run_saved_and_read_back_agrees(tmp_path: Path) -> None:
    data = rows(tmp_path, VALUES)
    fixed = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    record = record_run(OWN, data, fixed)
    again = load_run(save_run(record, tmp_path / "runs"))
    assert again == record
    assert (again.specified_at, again.data.file_name) == (fixed, "rows.csv")
    assert again.ran_at > fixed
    found = replay(again, data)
    assert (found.agrees, found.moved, found.changed) == (True, [], [])


def test_one_changed_value_is_named_as_the_cause(tmp_path: Path) -> None:
    record = record_run(OWN, rows(tmp_path, VALUES))
    found = replay(record, rows(tmp_path, [*VALUES[:-1], 8.500001]))
    assert not found.agrees
    assert found.changed == ["the data (their values are not those of the run)"]
    moved = {one.place: (one.was, one.now) for one in found.moved}
    assert moved["series[0].points[13].value"] == (8.5, 8.500001)
    assert "What has changed: the data (their values are not those of the run)." in found.sentence()


def test_a_number_is_allowed_to_move_by_a_billionth_and_no_more(tmp_path: Path) -> None:
    record = record_run(OWN, rows(tmp_path, VALUES))
    near = replay(record, rows(tmp_path, [*VALUES[:-1], 8.5 + 4e-9]))
    assert near.agrees
    assert near.changed, "the data are not the same even so"
    assert not replay(record, rows(tmp_path, [*VALUES[:-1], 8.5 + 2e-8])).agrees


@pytest.mark.parametrize(("field", "moved"), [("message", []), ("code", ["warnings[0].code"])])
def test_a_sentence_may_be_written_better_and_its_code_may_not_change(
    tmp_path: Path, field: str, moved: list[str]
) -> None:
    data = rows(tmp_path, VALUES)
    document = {"analysis": "its", "interruptions": [MONTHS[10]], "seasonality": "none"}
    record = record_run(document, data)
    first, *others = record.result["warnings"]
    was = record.result | {"warnings": [first | {field: "ANOTHER"}, *others]}
    found = replay(record.model_copy(update={"result": was}), data)
    assert [one.place for one in found.moved] == moved


def test_another_code_version_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = rows(tmp_path, VALUES)
    record = record_run(OWN, data)
    old = record.model_copy(update={"result": record.result | {"ok": False}})
    monkeypatch.setattr(versions, "code_version", lambda root: "0123456789ab")
    found = replay(old, data)
    assert [one.place for one in found.moved] == ["ok"]
    assert found.changed == [f"code version ({record.versions.code} before, 0123456789ab now)"]


def test_published_figures_name_the_data_version(in_warehouse: Path) -> None:
    record = record_run(PUBLISHED)
    published = json.loads((in_warehouse / "current.json").read_text(encoding="utf-8"))
    assert record.versions.data == published["version"]
    assert record.data.file_name is None
    assert replay(record).agrees
    old = record.versions.model_copy(update={"data": "20250101T000000000Z-00000000"})
    told = replay(record.model_copy(update={"versions": old}))
    now = published["version"]
    assert told.changed == [f"data version (20250101T000000000Z-00000000 before, {now} now)"]


def test_rows_of_ones_own_are_needed_again(tmp_path: Path) -> None:
    record = record_run(OWN, rows(tmp_path, VALUES))
    with pytest.raises(Refusal, match=r"used rows\.csv, which is not kept: name it with --data"):
        replay(record)


def test_a_specification_is_locked_by_its_fields_and_not_their_order() -> None:
    assert lock({"a": 1, "b": [2]}) == lock({"b": [2], "a": 1})
    assert lock({"a": 1}) != lock({"a": 2})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", r"run\.json is not the record of a run: run_id: Field required\."),
        ("not JSON", r"run\.json is not the record of a run: the file: Invalid JSON"),
    ],
)
def test_what_is_no_record_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=message):
        load_run(tmp_path / "run.json")


def test_the_commands_record_and_replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows(tmp_path, VALUES)
    data = ["--data", str(tmp_path / "rows.csv")]
    (tmp_path / "spec.json").write_text(json.dumps(OWN), encoding="utf-8")
    run = str(tmp_path / "run.json")
    assert cli.main(["analyse", str(tmp_path / "spec.json"), *data, "--record", run]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == load_run(Path(run)).result
    assert cli.main(["replay", run, *data, "--quiet"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["ok"] is True
    assert told.err == ""
    rows(tmp_path, [*VALUES[:-1], 9.5])
    assert cli.main(["replay", run, *data]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["changed"] == ["the data (their values are not those of the run)"]
    assert "does not agree" in told.err
    assert cli.main(["replay", run]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "NEEDS_DATA"
