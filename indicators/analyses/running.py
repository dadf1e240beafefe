"""An analysis is a JSON document: finding what it asks for, running it, or saying plainly why not."""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from indicators.analyses.from_warehouse import rows_of
from indicators.analyses.own_data import OwnData, read_own_data
from indicators.analyses.refusal import Refusal
from indicators.stats.rows import BadRow

NAMES = (
    "spc",
    "its",
    "controlled_its",
    "synthetic_control",
    "pooled",
    "meta",
    "transitions",
    "time_to_exit",
    "funnel",
    "screen",
)
"""Every analysis of the contracts. One that can be run is the module of that name in this package, with
`Spec` (its document), `read(data)` (the rows of a file) and `run(spec, rows)` (the result)."""


def available() -> list[str]:
    """The analyses that can be run, in the order of the contracts."""
    return [name for name in NAMES if find_spec(_module(name))]


def analyse(document: object, data: OwnData | None = None) -> dict[str, Any]:
    """The result of one analysis: `ok` true, its numbers, and `warnings`; raises Refusal.

    `document` is the parsed JSON; `data` a person's own rows, without which the warehouse's are taken.
    """
    analysis = import_module(_module(_name_of(document)))
    spec = _check(analysis.Spec, document)
    if data is None:
        return dict(analysis.run(spec, rows_of(spec)))
    try:
        return dict(analysis.run(spec, analysis.read(data)))
    except BadRow as bad:
        raise data.refuse_bad_row(bad) from bad


def analyse_files(spec: Path, data: Path | None = None) -> dict[str, Any]:
    """`analyse` with the document, and the rows if any, read from files; raises Refusal."""
    try:
        document = json.loads(spec.read_text(encoding="utf-8-sig"))
        # Half a letter (a lone surrogate) can be written in JSON, and nowhere else.
        json.dumps(document, ensure_ascii=False).encode()
    except OSError as error:
        raise Refusal("BAD_SPEC", f"{spec}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise Refusal("BAD_SPEC", f"{spec.name}: not a JSON document ({error}).") from error
    # What is wrong with the document is said before a file is looked for.
    _check(import_module(_module(_name_of(document))).Spec, document)
    return analyse(document, None if data is None else read_own_data(data))


def _module(name: str) -> str:
    return f"{__package__}.{name}"


def _name_of(document: object) -> str:
    if not isinstance(document, dict) or not isinstance(document.get("analysis"), str):
        raise Refusal("BAD_SPEC", "analysis: the document has no field of that name with a text.")
    name = document["analysis"]
    if name not in available():
        runs = ", ".join(available())
        raise Refusal("NOT_AVAILABLE", f"The analysis {name!r} cannot be run; there are: {runs}.")
    return str(name)


def _check(spec: type[BaseModel], document: object) -> BaseModel:
    try:
        return spec.model_validate(document)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise Refusal("BAD_SPEC", "; ".join(faults) + ".") from error
