"""Time build, pages, statistics and the start of the server; print a table, write bench/results.json."""

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

import serve
from bench import control_charts, explorer, its, its_documents
from bench.reading import jobs, published_folder
from settings import ROOT, Settings
from sql.publish import publish

PAGES = {
    "overview": "pages/explore/overview.py",
    "timelines": "pages/oversight/timelines.py",
    "durability": "pages/oversight/durability.py",
    "variation": "pages/oversight/variation.py",
    "documents": "pages/oversight/documents.py",
    "organisation": "pages/explore/organisation.py",
    "explorer": "pages/explore/explorer.py",
    "signals": "pages/explore/signals.py",
    "library": "pages/explore/library.py",
    "data": "pages/about/data.py",
}
RUNS = 5
BENCH_PORT = 8791


def timed(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Seconds of each of `runs` runs."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return seconds


def build_from_bundle() -> None:
    """A whole process, as `make run` starts it, into an empty data folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sql", "publish", "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"DATA_DIR": folder})


def start_and_visit() -> None:
    """Server process to first page run."""
    process = serve.start(BENCH_PORT)
    try:
        serve.visit(BENCH_PORT)
    finally:
        process.terminate()
        process.wait()


def page_times() -> dict[str, list[float]]:
    """Reruns of every page after its first run."""
    times = {}
    for name, file in PAGES.items():
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.switch_page(file).run()
        times[f"rerun of {name}"] = timed(app.run)
    return times


def reading_times() -> dict[str, list[float]]:
    """Reading the published files, where they are at hand."""
    folder = published_folder()
    if folder is None:
        print("No published files at hand: their reading is not timed (see PUBLISHED_DIR).")
        return {}
    return {name: timed(work, runs) for name, (work, runs) in jobs(folder).items()}


def main() -> int:
    """Run everything on a temporary data folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        measured = {"bundle to published file": timed(build_from_bundle, runs=3)}
        publish(Settings(data_dir=Path(folder)))
        measured["publish without change"] = timed(lambda: publish(Settings(data_dir=Path(folder))))
        measured["server start to first page"] = timed(start_and_visit, runs=3)
        measured |= page_times()
        views = explorer.times()
        documents = its_documents.times()
        measured |= views | documents
        measured |= control_charts.others()
    for jobs_of in (control_charts.jobs, its.jobs):
        measured |= {name: timed(work, runs) for name, (work, runs) in jobs_of().items()}
    measured |= reading_times()
    limits = dict.fromkeys(views, explorer.LIMIT) | dict.fromkeys(documents, its_documents.LIMIT)
    report(measured, limits)
    return 0


def report(measured: dict[str, list[float]], limits: dict[str, float]) -> None:
    """Print medians, told where they are over their limit; write all with the machine it was measured on."""
    print(f"{'what':58} {'median s':>9} {'max s':>7}")
    for name, seconds in measured.items():
        middle = statistics.median(seconds)
        over = " over" if middle > limits.get(name, math.inf) else ""
        print(f"{name:58} {middle:9.3f} {max(seconds):7.3f}{over}")
    machine = {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count(),
    }
    content = json.dumps({"machine": machine, "seconds": measured}, indent=2)
    (ROOT / "bench" / "results.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
