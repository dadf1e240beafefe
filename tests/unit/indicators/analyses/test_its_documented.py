"""The page on methods of interrupted series shows what really comes out, and names every field."""

import json
import re
from pathlib import Path
from typing import Any

from indicators.analyses.its import Spec
from indicators.analyses.running import analyse
from settings import ROOT
from tests.unit.indicators.analyses.files import own


def excerpt(found: Any, shown: Any) -> Any:
    """Of a result what a page shows, rounded as there."""
    if isinstance(shown, dict):
        return {name: excerpt(found[name], part) for name, part in shown.items()}
    if isinstance(shown, list):
        return [excerpt(one, part) for one, part in zip(found, shown, strict=True)]
    return round(found, 4) if isinstance(found, float) else found


def test_the_example_of_the_page_on_methods(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "methods" / "its_design_and_effects.md").read_text(encoding="utf-8")
    spec, lines, result = re.findall(r"```(?:json|csv)\n(.*?)```", text, re.DOTALL)
    found = analyse(json.loads(spec), own(tmp_path, *lines.splitlines()))
    shown = json.loads(result)
    assert excerpt(found, shown) == shown


def test_the_page_on_methods_names_every_field_of_the_document() -> None:
    text = (ROOT / "docs" / "methods" / "its_design_and_effects.md").read_text(encoding="utf-8")
    fields = {field.alias or name for name, field in Spec.model_fields.items()}
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert fields - {"analysis"} <= named
