"""An analysis is a JSON document: finding what it asks for, running it, or saying plainly why not."""

import json
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Prepared:
    """An analysis with the rows that it is to be run on: the warehouse's, or those of a person's `data`."""

    spec: BaseModel
    rows: Any
    data: OwnData | None


def prepare(document: object, data: OwnData | None = None) -> Prepared:
    """A document checked, and its rows found; raises Refusal.

    `document` is the parsed JSON; `data` a person's own rows, without which the warehouse's are taken.
    """
    analysis = import_module(_module(_name_of(document)))
    spec = _check(analysis.Spec, document)
    if data is None:
        return Prepared(spec, rows_of(spec), None)
    try:
        return Prepared(spec, analysis.read(data), data)
    except BadRow as bad:
        raise data.refuse_bad_row(bad) from bad


def run(prepared: Prepared) -> dict[str, Any]:
    """The result: `ok` true, its numbers, and `warnings`; raises Refusal."""
    analysis = import_module(_module(_name_of(prepared.spec.model_dump())))
    try:
        return dict(analysis.run(prepared.spec, prepared.rows))
    except BadRow as bad:
        if prepared.data is None:
            raise
        raise prepared.data.refuse_bad_row(bad) from bad


def analyse(document: object, data: OwnData | None = None) -> dict[str, Any]:
    """The result of one analysis: `prepare` and `run`; raises Refusal."""
    return run(prepare(document, data))


def analyse_files(spec: Path, data: Path | None = None) -> dict[str, Any]:
    """`analyse` with the document, and the rows if any, read from files; raises Refusal."""
    document = read_document(spec)
    return analyse(document, None if data is None else read_own_data(data))


def read_document(path: Path) -> dict[str, Any]:
    """The analysis document in a file, checked; raises Refusal."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        # Half a letter (a lone surrogate) can be written in JSON, and nowhere else.
        json.dumps(document, ensure_ascii=False).encode()
    except OSError as error:
        raise Refusal("BAD_SPEC", f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise Refusal("BAD_SPEC", f"{path.name}: not a JSON document ({error}).") from error
    _check(import_module(_module(_name_of(document))).Spec, document)
    return dict(document)


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
