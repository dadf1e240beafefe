"""`python -m indicators report`: the kind by the ending, and plain sentences where it cannot be."""

import json
from pathlib import Path

import pytest

from indicators import __main__ as cli
from indicators.analyses.own_data import OwnData
from indicators.runs.record import RunRecord, write_run


@pytest.fixture
def files(tmp_path: Path, own_run: RunRecord, own_rows: OwnData) -> Path:
    write_run(own_run, tmp_path / "run.json")
    own_rows.rows.to_csv(tmp_path / "own.csv", index=False)
    return tmp_path


def report(folder: Path, out: str, *more: str, run: str = "run.json") -> int:
    return cli.main(["report", str(folder / run), "--out", str(folder / out), *more])


@pytest.mark.parametrize(("out", "begins"), [("a.HTML", b"<!DOCTYPE html>"), ("a.docx", b"PK")])
def test_the_ending_chooses_the_kind(
    files: Path, out: str, begins: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(files, out, "--data", str(files / "own.csv"), "--quiet") == 0
    assert (files / out).read_bytes().startswith(begins)
    assert capsys.readouterr() == ("", "")


def refused(
    folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str, run: str = "run.json"
) -> str:
    before = sorted(folder.iterdir())
    assert report(folder, *arguments, run=run) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert sorted(folder.iterdir()) == before
    return err


def test_another_ending_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(files, capsys, "a.pdf")
    assert told == "a.pdf: name a file that ends in .docx or .html.\n"


def test_a_folder_that_is_not_there_is_refused(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(files, capsys, "none/a.html").endswith("none: there is no such folder.\n")


def test_own_rows_that_are_not_named_are_asked_for(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(files, capsys, "a.html")
    assert told == "This run used own.csv, which is not kept: name it with --data.\n"


def test_no_record_and_a_damaged_one_are_plain_sentences(
    files: Path, own_run: RunRecord, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(files, capsys, "a.html", run="none.json")
    assert told.endswith("none.json: cannot be read (No such file or directory).\n")
    whole = json.loads(own_run.model_dump_json())
    whole["result"]["effects"][1]["se"] = "wide"
    (files / "damaged.json").write_text(json.dumps(whole), encoding="utf-8")
    told = refused(files, capsys, "a.html", run="damaged.json")
    assert "its result is damaged at effects.1.se (Input should be a valid number" in told
    assert told.count("\n") == 1
    (files / "half.json").write_text('{"run_id": "abc"}', encoding="utf-8")
    assert "half.json is not the record of a run: " in refused(
        files, capsys, "a.html", run="half.json"
    )
