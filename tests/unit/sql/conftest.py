"""A warehouse small enough to be built in every test: one spell, urgent care, no figures."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from settings import Settings
from sql import build

MODELS = build.read_models()

SPELL = "rsp-RXW-1"
_KEPT = {"programme_spells": ("spell_id", SPELL), "org_types": ("org_code", "RXW")}
_WHOLE = ("programmes", "regions", "framework_eras", "documents", "document_publishers")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings for an empty data folder, no bundle, reference data about one spell alone, and the
    indicators of urgent care.
    """
    # Reading the models takes longer than making them of so little.
    monkeypatch.setattr(build, "read_models", lambda: MODELS)
    return small_settings(tmp_path)


def small_settings(folder: Path) -> Settings:
    """As the fixture `small`, in a folder of one's own."""
    reference = folder / "reference"
    reference.mkdir()
    for path in Settings().reference_dir.glob("*.csv"):
        (reference / f"{path.stem}.toml").write_bytes(path.with_suffix(".toml").read_bytes())
        _some_of(path).to_csv(reference / path.name, index=False)
    shutil.copytree(Settings().catalogue_dir / "urgent", folder / "catalogue" / "urgent")
    return Settings(
        data_dir=folder / "data",
        bundle_dir=folder / "bundle",
        reference_dir=reference,
        catalogue_dir=folder / "catalogue",
    )


def _some_of(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    if path.stem in _WHOLE:
        return rows
    column, wanted = _KEPT.get(path.stem, (rows.columns[0], None))
    return rows[rows[column] == wanted]
