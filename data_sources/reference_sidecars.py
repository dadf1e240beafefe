"""What stands beside each reference table: who compiled it, from what, and what its columns may hold."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data_sources.source import SourceError

_FIELDS: Mapping[str, type] = {
    "title": str,
    "description": str,
    "compiled_by": str,
    "compiled_from": str,
    "retrieved_on": date,
    "licence": str,
    "key": list,
    "required": list,
    "org_codes": list,
    "columns": dict,
}


@dataclass(frozen=True)
class Sidecar:
    """The promises about one table.

    `columns` are all its columns in order, each with its meaning. No two rows agree in all of `key`; no
    cell of `required` is blank. `org_codes` hold organisation codes. `dates` maps a column of shortened
    dates to the column that says how exact they are ('' where the writing alone says it). `vocabulary`
    gives a closed column's values with their meaning; '' among them allows a blank. `past` are the dates
    that tell what has happened, none later than `retrieved_on`; `sources` hold addresses or named
    publications. `exceptions` gives rows, by the cells of their key, with the reason why they may lie
    outside the life of what they belong to.
    """

    retrieved_on: date
    columns: Mapping[str, str]
    key: tuple[str, ...]
    required: tuple[str, ...]
    org_codes: tuple[str, ...]
    dates: Mapping[str, str]
    vocabulary: Mapping[str, Mapping[str, str]]
    past: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    exceptions: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, row: Mapping[str, str]) -> str:
        """The cells of a row's key in one line, as `exceptions` name it."""
        return " ".join(row[column] for column in self.key)


def read_sidecar(path: Path) -> Sidecar:
    """The sidecar at `path`; SourceError if it is absent, no TOML, or lacks a field."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceError(f"{path.name}: missing beside {path.stem}.csv.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: not readable as TOML ({error}).") from error
    _refuse_incomplete(content, path.name)
    return Sidecar(
        retrieved_on=content["retrieved_on"],
        columns=content["columns"],
        key=tuple(content["key"]),
        required=tuple(content["required"]),
        org_codes=tuple(content["org_codes"]),
        dates=content.get("dates", {}),
        vocabulary=content.get("vocabulary", {}),
        past=tuple(content.get("past", ())),
        sources=tuple(content.get("sources", ())),
        exceptions=content.get("exceptions", {}),
    )


def _refuse_incomplete(content: Mapping[str, Any], file_name: str) -> None:
    for name, kind in _FIELDS.items():
        if not isinstance(content.get(name), kind):
            raise SourceError(f"{file_name}: {name} is missing or not a {kind.__name__}.")
    named = {*content["key"], *content["required"], *content["org_codes"]}
    for column, precision in content.get("dates", {}).items():
        named |= {column, precision} - {""}
    named |= {*content.get("vocabulary", {}), *content.get("past", ()), *content.get("sources", ())}
    strangers = sorted(named - set(content["columns"]))
    if strangers:
        raise SourceError(f"{file_name}: rules for columns not listed: {', '.join(strangers)}.")
