"""The examples of the pages on analyses in docs/methods give what the pages show."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.running import analyse
from settings import ROOT
from tests.unit.indicators.analyses.files import own

PAGES = (
    "time_to_exit_and_transitions",
    "control_charts",
    "pooled_effects",
    "synthetic_control",
)


def examples_of(page: str) -> list[tuple[str, str, str]]:
    """Spec, rows and result of every example of a page, in this order on it."""
    text = (ROOT / "docs" / "methods" / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:json|csv)\n(.*?)```", text, re.DOTALL)
    return list(zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True))


EXAMPLES = [example for page in PAGES for example in examples_of(page)]


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def test_the_pages_have_an_example_of_every_analysis() -> None:
    assert [json.loads(spec)["analysis"] for spec, _, _ in EXAMPLES] == [
        "time_to_exit",
        "time_to_exit",
        "transitions",
        "spc",
        "funnel",
        "meta",
        "synthetic_control",
    ]


@pytest.mark.parametrize(("spec", "rows", "result"), EXAMPLES)
def test_an_example_gives_what_the_page_shows(
    tmp_path: Path, spec: str, rows: str, result: str
) -> None:
    found = analyse(json.loads(spec), own(tmp_path, *rows.splitlines()))
    assert rounded(found) == json.loads(result)
