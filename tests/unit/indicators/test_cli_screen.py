"""`python -m indicators screen`: what a person sees of it; worked out once and kept."""

import json
from pathlib import Path

import pytest

from indicators import __main__ as cli
from indicators.screening import kept
from indicators.screening.screen import Progress, Screen
from indicators.stats.screen.multiplicity import ByChance
from indicators.stats.screen.thresholds import DEFAULTS

NOTHING = Screen((), ByChance(0, 0.0, 0.0, 0.0, 0), 0, DEFAULTS, 1)


@pytest.fixture
def asked(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds the screen was worked out for: a screen of nothing stands in, the real one is slow."""
    seeds: list[int] = []

    def worked_out(_: object, indicators: dict, progress: Progress | None, seed: int) -> Screen:
        seeds.append(seed)
        if progress is not None:
            progress(0, 2, "rtt_18w")
        return NOTHING

    monkeypatch.setenv("DATA_DIR", str(warehouse))
    monkeypatch.setattr(kept, "screened", worked_out)
    return seeds


def test_a_result_is_kept_for_its_seed(
    asked: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in ("901", "901", "902"):
        assert cli.main(["screen", "--seed", seed, "--quiet"]) == 0
        said = capsys.readouterr()
        assert json.loads(said.out)["analysis"] == "screen"
        assert said.err == ""
    assert asked == [901, 902]
    assert cli.main(["screen", "--seed", "901", "--again", "--quiet"]) == 0
    assert asked == [901, 902, 901]


def test_progress_is_told_apart_from_the_result(
    asked: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "screen.json"
    assert cli.main(["screen", "--seed", "903", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "  1 of 2: rtt_18w\n"
    assert json.loads(out.read_text(encoding="utf-8"))["thresholds"]["coverage"] == 0.8


def test_a_file_that_cannot_be_written_is_one_sentence(
    asked: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "a.json"
    assert cli.main(["screen", "--seed", "903", "--quiet", "--out", str(out)]) == 1
    assert capsys.readouterr().err == f"{out}: cannot be written (No such file or directory).\n"


def test_without_anything_published_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert cli.main(["screen"]) == 1
    assert "python -m sql publish" in capsys.readouterr().err
