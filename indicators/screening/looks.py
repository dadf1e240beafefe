"""Indicators looked at one by one, and a shelf of what was found: a run that is cut off goes on from it."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_sources.snapshots import write_atomically
from indicators.screening.compared import quarterly
from indicators.screening.context import Context, Figures
from indicators.screening.rows import Looked, looked_at
from indicators.stats.screen.thresholds import Thresholds

_UNREADABLE = (
    *(OSError, EOFError, pickle.PickleError),
    *(ValueError, TypeError, LookupError, AttributeError, ImportError),
)
"""What reading a file that is not there, or is damaged somewhere, can raise."""


@dataclass(frozen=True)
class Look:
    """One indicator before it is compared: a row per type, and its rows of `quarterly`.

    `content`: SHA-256 of the figures looked at, "" where nobody took it.
    """

    rows: tuple[Looked, ...]
    quarters: pd.DataFrame
    content: str = ""


def look_at(figures: Figures, context: Context, thresholds: Thresholds) -> Look:
    """Every criterion of one indicator."""
    return Look(tuple(looked_at(figures, context, thresholds)), quarterly(figures))


@dataclass(frozen=True)
class Shelf:
    """A folder with a file per indicator, of one data version, code version, seed and set of thresholds.

    The files are Python's own (pickle), since every digit and draw has to come back as it was. They are as
    trusted as the code beside them: written by it, below the data folder, and read by no other version.
    """

    folder: Path

    def find(self, indicator_id: str) -> Look | None:
        """What was found of an indicator; None where it was not looked at, or the file is damaged."""
        try:
            found = pickle.loads(self._path(indicator_id).read_bytes())  # noqa: S301 (see above)
        except _UNREADABLE:
            return None
        return found if isinstance(found, Look) else None

    def put(self, indicator_id: str, look: Look) -> None:
        """Keep what was found, whole or not at all."""
        write_atomically(self._path(indicator_id), pickle.dumps(look))

    def _path(self, indicator_id: str) -> Path:
        return self.folder / f"{indicator_id}.pickle"
