"""`meta` on a person's own file: what comes out, and what is refused in which words."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own


def run(folder: Path, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse({"analysis": "meta"} | fields, own(folder, "unit,effect,variance", *lines))


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]


def test_a_small_file_by_hand(tmp_path: Path) -> None:
    """0 and 4 with variance 1: see tests/stats/test_meta.py."""
    result = run(tmp_path, "a,0,1", "b,4,1")
    assert list(result) == [
        *("ok", "tau", "n", "estimate", "se", "ci_low", "ci_high", "tau2"),
        *("prediction_low", "prediction_high", "q", "i2", "warnings"),
    ]
    assert (result["n"], result["estimate"], result["se"]) == (2, 2, pytest.approx(2))
    assert codes(result) == ["FEW_UNITS"]


def test_an_interval_narrower_than_the_usual_is_told(tmp_path: Path) -> None:
    lines = [f"u{number},{number / 100},1" for number in range(6)]
    assert codes(run(tmp_path, *lines)) == []
    assert codes(run(tmp_path, *lines, knapp_hartung=True)) == ["NARROW_INTERVAL"]
    wide = [f"u{number},{5 * number},1" for number in range(6)]
    assert codes(run(tmp_path, *wide, knapp_hartung=True)) == []


@pytest.mark.parametrize(
    ("lines", "fields", "told"),
    [
        (["a,0,1"], {}, "Pooling takes 2 units, and there is one."),
        (["a,0,1", "a,1,1"], {}, "own.csv, row 3, column unit: 'a' stands there a second time."),
        (["a,0,1", "b,1,0"], {}, "own.csv, row 3, column variance: '0' is not above 0."),
        (["a,0,1", "b,,1"], {}, "own.csv, row 3, column effect: is blank."),
        (["a,0,1", "b,1,1"], {"method": "ML"}, "method: "),
    ],
)
def test_what_cannot_be_pooled_is_refused(
    tmp_path: Path, lines: list[str], fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, *lines, **fields)
    assert refused.value.message.startswith(told)
