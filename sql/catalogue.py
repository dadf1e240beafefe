"""The indicator catalogue as rows: one TOML file each, read as data (`indicators` checks it)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

COLUMNS = (
    "indicator_id",
    "title",
    "short_title",
    "unit",
    "better",
    "theme",
    "cadence",
    "order",
    "lag_days",
    "rolling_k",
    "oversight_code",
    "source_id",
    "numerator",
    "denominator",
    "denominator_source",
    "scale",
    "status",
    "definition",
)


def read_catalogue(folder: Path) -> pd.DataFrame:
    """One row per indicator file below `folder`; `definition` holds the whole file as JSON.

    A ValueError names a file that cannot be read as TOML.
    """
    rows = [_row(path) for path in sorted(folder.glob("*/*.toml"))]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("string")


def _row(path: Path) -> dict[str, Any]:
    try:
        definition = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    measures = definition.get("from", {})
    flat = {column: definition.get(column) for column in COLUMNS}
    return flat | {
        "indicator_id": path.stem,
        "source_id": measures.get("source"),
        "numerator": measures.get("numerator"),
        "denominator": measures.get("denominator"),
        "denominator_source": measures.get("denominator_source"),
        "scale": measures.get("scale", 1),
        "status": definition.get("review", {}).get("status"),
        "definition": json.dumps(
            {"indicator_id": path.stem, "group": path.parent.name} | definition, default=str
        ),
    }
