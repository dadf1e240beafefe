"""How long published files take to read: ours, and pandas with openpyxl and xlrd on the same files."""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data_sources import rtt
from data_sources.bundling import build_bundle
from data_sources.source import Snapshot
from settings import ROOT

LARGEST = "rtt/Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip"
"""Unpacked 85 MB, 183,417 rows."""


def published_folder() -> Path | None:
    """The folder of published files: PUBLISHED_DIR, else ../shared/data; None where there is none."""
    folder = Path(os.environ.get("PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    return folder if (folder / "MANIFEST.csv").exists() else None


def jobs(folder: Path) -> dict[str, tuple[Callable[[], object], int]]:
    """What to time and how often."""
    extract = folder / "published" / LARGEST
    return {
        "all published files": (lambda: _read_all(folder), 3),
        "the same workbooks, pandas": (lambda: _read_workbooks_with_pandas(folder), 1),
        "RTT extract of 85 MB": (lambda: _read_extract(extract), 5),
        "the same, pandas": (lambda: pd.read_csv(extract, dtype="str"), 3),
    }


def _read_all(folder: Path) -> None:
    """Every file and compiled table, from cold, recognised, read, checked and written as the bundle.

    In a process of its own: those that it starts would else take in all that the bench has imported.
    """
    with tempfile.TemporaryDirectory() as bundle:
        command = [sys.executable, "-m", "bench.reading", str(folder), bundle]
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)


def _read_extract(path: Path) -> None:
    rtt.parse(Snapshot("bench", "rtt", path, path.name, "", path.stat().st_size))


def _read_workbooks_with_pandas(folder: Path) -> None:
    """Every sheet of every workbook, on one processor, neither recognised nor checked."""
    paths = [
        path
        for path in sorted((folder / "published").rglob("*"))
        if path.suffix.lower() in (".xls", ".xlsx")
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            pd.read_excel(path, sheet_name=None, header=None, dtype="str")


if __name__ == "__main__":
    build_bundle(Path(sys.argv[1]), Path(sys.argv[2]))
