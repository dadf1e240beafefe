"""`python -m indicators screen`: what a person sees of it; worked out once and kept."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from indicators import __main__ as cli
from indicators.runs.versions import Versions
from indicators.screening import kept
from indicators.screening.looks import Shelf
from indicators.screening.screen import Asked, Progress, Screen
from indicators.stats.screen.multiplicity import ByChance
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from settings import Settings
from sql.publish import Published

NOTHING = Screen((), ByChance(0, 0.0, 0.0, 0.0, 0), 0, DEFAULTS, 1)


@pytest.fixture
def asked(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds the screen was worked out for: a screen of nothing stands in, the real one is slow."""
    seeds: list[int] = []

    def worked_out(
        _: object, indicators: dict, progress: Progress | None, asked: Asked, shelf: Shelf
    ) -> Screen:
        seeds.append(asked.seed)
        if progress is not None:
            progress(0, 2, "rtt_18w")
        return replace(NOTHING, thresholds=asked.thresholds)

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


def test_changed_thresholds_have_a_result_of_their_own_that_lists_them(
    asked: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["screen", "--seed", "904", "--quiet"]
    given = ["--threshold", "months=36", "--threshold", "stability=0.8"]
    assert cli.main([*command, *given]) == 0
    changed = json.loads(capsys.readouterr().out)
    assert changed["changes"] == [["months", 24, 36], ["stability", 0.7, 0.8]]
    assert cli.main(command) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert asked == [904, 904]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("month=36", "--threshold: there is no threshold 'month'; there are: coverage, months, "),
        ("months", "--threshold: 'months' is not written as NAME=VALUE, for example months=36."),
        (
            "stability=80",
            "--threshold: stability has to be a number from 0 to 1, not 80.",
        ),
    ],
)
def test_a_threshold_that_there_cannot_be_is_refused_in_a_sentence(
    asked: list[int], text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["screen", "--quiet", "--threshold", text]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(why)
    assert asked == []


def test_a_result_that_is_only_to_be_kept_is_not_printed(
    asked: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert cli.main(["screen", "--seed", "905", "--quiet", "--keep"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
    assert asked == [905]


PUBLISHED = Published("v", "f", "s", "t", "b", "figures", [])


def test_results_of_other_data_are_cleared_away_and_of_other_seeds_are_not(
    asked: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    places = [
        kept.Place(replace(PUBLISHED, fingerprint=name), duckdb.connect(), Settings())
        for name in ("before", "now")
    ]
    for seed in (1, 2, 1):
        assert kept.kept_files(places[0], asked=Asked(seed=seed))["csv"].exists()
    assert asked == [1, 2]
    assert kept.kept_document(places[1], asked=Asked(seed=1))["data"] == "now"
    assert len(list((tmp_path / kept.FOLDER).iterdir())) == 1
    kept.kept_files(places[0], asked=Asked(seed=1))
    assert asked == [1, 2, 1, 1]


def test_the_name_changes_with_all_that_can_change_a_number() -> None:
    published = PUBLISHED
    versions = Versions(data="v", code="c", python="3", packages={"numpy": "2"})
    others = [
        (replace(published, fingerprint="other"), versions),
        *(
            (published, versions.model_copy(update=change))
            for change in ({"code": "d"}, {"python": "4"}, {"packages": {"numpy": "3"}})
        ),
    ]
    name = kept.version_key(published, versions)
    assert name not in [kept.version_key(*other) for other in others]
    # Published again from the same inputs it is the same.
    again = versions.model_copy(update={"data": "w"})
    assert kept.version_key(replace(published, version="w"), again) == name
    asked = Asked()
    others_asked = (Asked(seed=1), Asked(Thresholds(months=25)))
    assert kept.asked_key(asked) not in [kept.asked_key(other) for other in others_asked]
