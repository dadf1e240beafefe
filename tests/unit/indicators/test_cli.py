"""What a person sees of `python -m indicators`, in words and in exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import __main__ as cli
from settings import ROOT, Settings
from tests.unit.indicators.test_definition import GOOD
from tests.unit.indicators.test_registry import IDS


def test_list_has_a_line_for_every_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == IDS
    assert "percent  " in lines[0]


def test_check_counts_the_indicators(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "Catalogue without faults: 61 indicators.\n"


def test_a_quiet_check_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_show_prints_one_indicator_as_its_file_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "rtt_18w"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["indicator_id"] == "rtt_18w"
    assert shown["from"] == {
        "source": "rtt",
        "numerator": "within_18_weeks",
        "denominator": "incomplete",
        "denominator_source": None,
        "scale": 100.0,
    }


def test_an_unknown_indicator_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "rtt_19w"]) == 1
    assert capsys.readouterr() == (
        "",
        "There is no indicator 'rtt_19w'; `list` shows those there are.\n",
    )


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["show", "bad"]])
def test_faults_are_told_a_line_each_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    (tmp_path / "theme").mkdir()
    content = GOOD.replace("order = 40", "order = -1").replace("scale = 100", 'scale = "x"')
    (tmp_path / "theme" / "bad.toml").write_text(content)
    monkeypatch.setattr(cli, "Settings", lambda: Settings(catalogue_dir=tmp_path))
    assert cli.main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["bad.toml", "order"],
        ["bad.toml", "from.scale"],
    ]


def test_a_pipe_closed_early_ends_the_command_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["list"]) == 1
    assert capsys.readouterr().err == ""


def test_the_command_itself() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "indicators", "show", "no_such"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "There is no indicator 'no_such'; `list` shows those there are.\n"
