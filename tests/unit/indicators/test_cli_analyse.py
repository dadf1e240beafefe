"""What a person sees of `python -m indicators analyse`, in words and in exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import __main__ as cli
from settings import ROOT


def write(folder: Path, spec: str, rows: str) -> list[str]:
    (folder / "spec.json").write_text(spec, encoding="utf-8")
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    return ["analyse", str(folder / "spec.json"), "--data", str(folder / "rows.csv")]


MOVES = "unit,period,state\na,2024-Q1,3\na,2024-Q2,4\n"
SPEC = '{"analysis": "transitions"}'


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_a_result_is_json_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], quiet: list[str]
) -> None:
    assert cli.main([*write(tmp_path, SPEC, MOVES), *quiet]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["counts"] == [[0, 1], [0, 0]]
    assert out.startswith('{\n  "ok": true,\n')
    assert err == ""


def test_a_refusal_is_json_on_stdout_and_a_sentence_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(write(tmp_path, SPEC, MOVES + "a,2024-Q2,3\n")) == 1
    out, err = capsys.readouterr()
    message = "rows.csv, row 4, column period: '2024-Q2' stands there a second time for this unit."
    assert json.loads(out) == {"ok": False, "code": "BAD_DATA", "message": message}
    assert err == message + "\n"


def test_the_command_itself_without_a_file(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "indicators", "analyse", str(tmp_path / "none.json")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["code"] == "BAD_SPEC"
    assert answer.stderr.endswith("none.json: cannot be read (No such file or directory).\n")
    assert len(answer.stderr.splitlines()) == 1
