"""The code version is that of what makes numbers, and of nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from indicators.runs import versions
from indicators.runs.sources import sources
from settings import ROOT

MADE = {
    "indicators/__init__.py": '"""All."""\n',
    "indicators/analyses/__init__.py": '"""Analyses."""\n',
    "indicators/analyses/its.py": "import numpy as np\n\nfrom indicators.stats.its import one\n",
    "indicators/stats/__init__.py": '"""Statistics."""\n',
    "indicators/stats/its/__init__.py": '"""Series."""\n',
    "indicators/stats/its/one.py": "def fit():\n    from indicators.series import spells\n",
    "indicators/stats/ranks.py": "ranks = 1\n",
    "indicators/series.py": "import indicators.steps\n",
    "indicators/steps.py": "steps = 1\n",
    "indicators/reporting/words.py": "from indicators.analyses import its\n",
    "indicators/catalogue/urgent/ae.toml": "unit = 'percent'\n",
    "sql/reads.py": "reads = 1\n",
    "sql/reads/values.sql": "select 1\n",
    "sql/marts/spells.sql": "select 2\n",
}
NOT_IN_NUMBERS = {
    "indicators/stats/ranks.py",
    "indicators/reporting/words.py",
    "sql/marts/spells.sql",
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    for name, text in MADE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def named(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in sources(root)}


def version_of(root: Path) -> str:
    versions.code_version.cache_clear()
    return versions.code_version(root)


def test_what_analyses_import_and_read_is_in_and_what_imports_them_is_not(made: Path) -> None:
    assert named(made) == set(MADE) - NOT_IN_NUMBERS
    assert sources(made) == sorted(sources(made))


@pytest.mark.parametrize("name", sorted(MADE))
def test_only_a_change_of_what_makes_numbers_is_another_version(made: Path, name: str) -> None:
    before = version_of(made)
    path = made / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert version_of(made) == before, "line ends mean nothing"
    path.write_text(MADE[name] + "# other words\n", encoding="utf-8")
    assert (version_of(made) == before) == (name in NOT_IN_NUMBERS)


def test_every_module_that_an_analysis_loads_is_in() -> None:
    """Those that Python has loaded, in a process of its own, once all analyses are."""
    told = """
import sys
from importlib import import_module
from indicators.analyses.running import available
for name in available():
    import_module(f"indicators.analyses.{name}")
print(*[m.__file__ for n, m in sys.modules.items() if n.split(".")[0] == "indicators"], sep="\\n")
"""
    command = [sys.executable, "-c", told]
    loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    files = {Path(line).resolve() for line in loaded.stdout.splitlines()}
    assert len(files) > 90
    assert files <= {path.resolve() for path in sources(ROOT)}


def test_reports_and_lists_are_not_in() -> None:
    found = named(ROOT)
    out = {name.split("/")[1] for name in found if name.startswith("indicators/")}
    assert not out & {"reporting", "runs", "radar.py", "its_all.py", "chance_words.py"}
    assert {"indicators/stats/its/reml.py", "indicators/catalogue/urgent/ae_4h_all.toml"} <= found
    assert {"sql/reads/lineage_values.sql", "indicators/analyses/its_result.py"} <= found
