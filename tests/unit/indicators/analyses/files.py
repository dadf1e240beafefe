"""Files of a person's own, written for a test."""

from pathlib import Path

from indicators.analyses.own_data import OwnData, read_own_data


def own(folder: Path, *lines: str) -> OwnData:
    path = folder / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_own_data(path)
