"""The app as Streamlit runs it, on the published bundle."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.key_indicators import result
from tests.unit.indicators.screening.made_document import DOCUMENT
from tests.unit.indicators.screening.made_record import RECORD

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "overview": "pages/explore/overview.py",
    "timelines": "pages/oversight/timelines.py",
    "durability": "pages/oversight/durability.py",
    "variation": "pages/oversight/variation.py",
    "documents": "pages/oversight/documents.py",
    "organisation": "pages/explore/organisation.py",
    "explorer": "pages/explore/explorer.py",
    "signals": "pages/explore/signals.py",
    "library": "pages/explore/library.py",
    "its": "pages/analysis/its.py",
    "key-indicators": "pages/analysis/key_indicators.py",
    "pooled": "pages/analysis/pooled.py",
    "data": "pages/about/data.py",
}
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def made_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real screen takes a minute: five pairs stand in. Browser tests show the real one."""
    monkeypatch.setattr(result, "kept_document", lambda place, progress: DOCUMENT)
    monkeypatch.setattr(result, "kept_record", lambda place: RECORD)


@pytest.fixture
def open_page(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """`open_page("organisation", org="RXW")`: the page after a visit with that link."""
    monkeypatch.setenv("DATA_DIR", str(warehouse))

    def visit(name: str, **link: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if Path(FILES[name]).stem != name:
            # AppTest finds a page by its file's name, unless a run has told it the page's address.
            app.run()
        app.switch_page(FILES[name])
        for key, value in link.items():
            app.query_params[key] = value
        return app.run()

    return visit


def text_of(app: AppTest) -> str:
    """All raw HTML and text of the page, for assertions on what a reader reads."""
    return " ".join(element.proto.body for element in app.get("html")).replace("&nbsp;", " ")


def lead(app: AppTest) -> str:
    """The sentences below the title, in which a figure and its unit are kept together."""
    found = next(e.proto.body for e in app.get("html") if "ot-lead" in e.proto.body)
    return found.replace("&nbsp;", " ")


def charts_of(app: AppTest) -> list[Any]:
    """The Vega-Lite elements of the page, in order."""
    return list(app.get("vega_lite_chart"))


def specs(app: AppTest) -> list[dict[str, Any]]:
    """What each chart of the page draws."""
    return [json.loads(chart.proto.spec) for chart in charts_of(app)]


def titles(app: AppTest) -> list[str]:
    """The titles of the page's charts, in order; where the page's own serves, what the signs mean."""
    found = [spec["title"]["text"] for spec in specs(app)]
    return [title["expr"] if isinstance(title, dict) else " ".join(title) for title in found]


def all_rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data that a chart carries, layer by layer."""
    own = spec.get("data", {})
    rows = own.get("values") or spec.get("datasets", {}).get(own.get("name"), [])
    return [*rows, *(row for layer in spec.get("layer", []) for row in all_rows(layer))]
