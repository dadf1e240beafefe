"""Refreshes as `make refresh` does them, each in a process of its own that can be killed.

Run with the folder of small settings and the address of the site, it has everything imported, forks a refresh
for every line it is sent, and kills it after the seconds that stand there: starting Python fifty times would
take a minute by itself.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pyarrow.parquet  # noqa: F401 - else each refresh would import it anew

from data_sources import __main__ as sources_cli
from settings import ROOT, Settings
from sql import __main__ as sql_cli
from sql import build
from tests.unit.data_sources.site import MirroredHttp

SOURCES = ("ae_monthly", "rtt")


def settings_in(folder: Path) -> Settings:
    """The small settings that stand in `folder`."""
    return Settings(
        data_dir=folder / "data",
        bundle_dir=folder / "bundle",
        reference_dir=folder / "reference",
        catalogue_dir=folder / "catalogue",
    )


def refresh() -> int:
    """`python -m data_sources fetch …; python -m sql publish`."""
    fetched = sources_cli.main(["--quiet", "fetch", *SOURCES])
    return sql_cli.main(["publish"]) or fetched


def _fork_on_demand(folder: Path, address: str) -> None:
    models = build.read_models()
    build.read_models = lambda: models
    sources_cli.Settings = sql_cli.Settings = lambda: settings_in(folder)  # type: ignore[misc]
    sources_cli.Http = lambda: MirroredHttp(address)  # type: ignore[misc,assignment]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)  # what it says is not the answer that is waited for
            os._exit(refresh())
        if moment := line.strip():
            time.sleep(float(moment))
            os.kill(child, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


class Refreshes:
    """Starts refreshes over one folder, one at a time; a context manager."""

    def __init__(self, folder: Path, address: str) -> None:
        self._forker = subprocess.Popen(
            [sys.executable, "-m", "tests.refresh.refreshing", str(folder), address],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "log.txt").open("w"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._forker.communicate()

    def run(self, kill_after: float | None = None) -> int:
        """Exit status of a refresh, negative if it was killed."""
        assert self._forker.stdin is not None
        assert self._forker.stdout is not None
        self._forker.stdin.write("\n" if kill_after is None else f"{kill_after}\n")
        self._forker.stdin.flush()
        return int(self._forker.stdout.readline())


if __name__ == "__main__":
    _fork_on_demand(Path(sys.argv[1]), sys.argv[2])
