"""What an analysis was run on, boiled down to one number that changes with any value of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel


def digest(rows: Any) -> str:
    """SHA-256 of the rows that an analysis is given: every value to its last digit, names and order included.

    Rows are a frame, or a dataclass (its fields that count in comparing), mapping or sequence that holds
    such. What the catalogue says beside them is part of the code, whose version is kept on its own.
    """
    text = json.dumps(_plain(rows), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return {str(name): _plain(value[name]) for name in value.columns}
    if isinstance(value, pd.Series | pd.Index | np.ndarray):
        return [_plain(one) for one in value.tolist()]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.compare
        }
    if isinstance(value, BaseModel):
        return type(value).__name__
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    # The shortest text that gives the number back, so that no digit is lost; and dates in words.
    return repr(value) if isinstance(value, float) else str(value)
