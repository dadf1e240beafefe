"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder that holds `published/`, `compiled/` and MANIFEST.csv (PUBLISHED_DIR, else ../shared/data)."""
    folder = Path(os.environ.get("PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    if not (folder / "MANIFEST.csv").exists():
        pytest.skip(f"no published files at {folder}: set PUBLISHED_DIR to test against them")
    return folder
