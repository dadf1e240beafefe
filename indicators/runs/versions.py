"""What a result rests on besides its data: the published version, this code, Python and its packages."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from indicators.runs.sources import sources
from settings import ROOT, Settings
from sql.publish import read_current

PACKAGES = ("numpy", "pandas", "scipy", "statsmodels", "scikit-learn", "diff-diff", "duckdb")
"""Packages that have a hand in the numbers."""


class Versions(BaseModel):
    """`data` is the published version, None where a person's own rows were used."""

    model_config = ConfigDict(frozen=True)

    data: str | None
    code: str
    python: str
    packages: dict[str, str]


def versions_here(settings: Settings, is_own_data: bool) -> Versions:
    """The versions in use on this computer now."""
    published = None if is_own_data else read_current(settings.data_dir)
    return Versions(
        data=published.version if published else None,
        code=code_version(ROOT),
        python=platform.python_version(),
        packages={name: version(name) for name in PACKAGES},
    )


@cache
def code_version(root: Path) -> str:
    """A short fingerprint of the sources that make numbers: any change of them is a new version."""
    content = hashlib.sha256()
    for path in sources(root):
        content.update(path.relative_to(root).as_posix().encode())
        # Line ends differ between systems and mean nothing.
        content.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return content.hexdigest()[:12]
