"""The examples of docs/methods/time_to_exit_and_transitions.md give what the page shows."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.running import analyse
from settings import ROOT
from tests.unit.indicators.analyses.files import own

PAGE = ROOT / "docs" / "methods" / "time_to_exit_and_transitions.md"
BLOCKS = re.findall(r"```(?:json|csv)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
EXAMPLES = list(zip(BLOCKS[::3], BLOCKS[1::3], BLOCKS[2::3], strict=True))


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def test_the_page_has_three_examples() -> None:
    assert [json.loads(spec)["analysis"] for spec, _, _ in EXAMPLES] == [
        "time_to_exit",
        "time_to_exit",
        "transitions",
    ]


@pytest.mark.parametrize(("spec", "rows", "result"), EXAMPLES)
def test_an_example_gives_what_the_page_shows(
    tmp_path: Path, spec: str, rows: str, result: str
) -> None:
    found = analyse(json.loads(spec), own(tmp_path, *rows.splitlines()))
    assert rounded(found) == json.loads(result)
