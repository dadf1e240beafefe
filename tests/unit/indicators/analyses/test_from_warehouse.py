"""An analysis without a file takes its rows from the published warehouse."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.durations import time_to_exit
from indicators.series import read_spells
from indicators.stats.competing import aalen_johansen
from indicators.stats.survival import start_where_enough


@pytest.fixture(autouse=True)
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


def refusal_of(document: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        analyse(document)
    return refused.value.code, refused.value.message


def test_lengths_of_a_kind_of_programme(marts) -> None:
    names = {"1": "left", "2": "merged", "3": "closed"}
    result = analyse({"analysis": "time_to_exit", "programme": "rsp", "causes": names})
    today = datetime.now(UTC).date()
    lengths = time_to_exit(read_spells(marts), "Recovery Support Programme", "best", today)
    used = start_where_enough(lengths.times)
    assert result["n"] == len(used) > 20
    by_hand = aalen_johansen(used).query("cause == 1")["probability"]
    assert result["cumulative_incidence"]["left"][-1]["probability"] == pytest.approx(by_hand.max())


def test_the_bound_of_vague_dates_is_chosen(marts) -> None:
    medians = [
        analyse({"analysis": "time_to_exit", "programme": "rsp", "bound": bound})["median"]
        for bound in ("earliest", "best", "latest")
    ]
    assert medians == sorted(medians)
    assert medians[0] < medians[2]


def test_moves_within_an_era() -> None:
    result = analyse({"analysis": "transitions", "era": "R2"})
    assert set(result["states"]) <= {1, 2, 3, 4, 5}
    assert sum(map(sum, result["counts"])) > 0


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"analysis": "transitions"}, "era: name R0, R1, R2 or R3"),
        ({"analysis": "transitions", "era": "R3"}, "era: no segment of a single quarter"),
        ({"analysis": "time_to_exit"}, "programme: name one of rsp, special-measures, successors"),
        ({"analysis": "time_to_exit", "programme": "successors"}, "programme: fewer than five"),
    ],
)
def test_what_the_warehouse_cannot_answer_is_refused(
    document: dict[str, Any], message: str
) -> None:
    code, told = refusal_of(document)
    assert code == "NEEDS_DATA"
    assert told.startswith(message)


def test_without_a_published_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    code, told = refusal_of({"analysis": "transitions", "era": "R1"})
    assert code == "NEEDS_DATA"
    assert told.startswith("Nothing has been published yet")


def test_an_analysis_that_needs_a_file_says_so() -> None:
    from types import SimpleNamespace

    from indicators.analyses.from_warehouse import rows_of

    with pytest.raises(Refusal, match="needs rows of your own"):
        rows_of(SimpleNamespace(analysis="meta"))
