"""Paths and limits, read once from the environment. Imports nothing of ours."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def _data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()


@dataclass(frozen=True)
class Settings:
    """Where things are. `data_dir` (environment variable DATA_DIR) holds everything that is ever written."""

    data_dir: Path = field(default_factory=_data_dir)
    bundle_dir: Path = ROOT / "data_sources" / "bundle"
    reference_dir: Path = ROOT / "data_sources" / "reference"
    catalogue_dir: Path = ROOT / "indicators" / "catalogue"
    kept_versions: int = 3

    @property
    def snapshot_dir(self) -> Path:
        """Published files, bytes untouched, one folder per source."""
        return self.data_dir / "snapshots"

    @property
    def parsed_dir(self) -> Path:
        """Figures read from snapshots, one Parquet file per snapshot and table."""
        return self.data_dir / "parsed"
