"""The house rules: who may import whom, where Streamlit may stand, and where SQL lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("data_sources", "sql", "indicators", "pages")
MODULES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"]
STREAMLIT_ROOMS = (
    "pages/explore",
    "pages/oversight",
    "pages/analysis",
    "pages/about",
    "pages/parts",
)


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_a_room_imports_only_from_rooms_to_its_left(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    right = ROOMS[ROOMS.index(room) + 1 :] if room in ROOMS else ()
    assert not set(imported(path)) & {*right, "app"}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_streamlit_stands_only_in_pages_and_their_parts(path: Path) -> None:
    may = place(path) == "app.py" or place(path).startswith(STREAMLIT_ROOMS)
    assert may or "streamlit" not in set(imported(path))


def test_no_page_file_lies_directly_in_pages() -> None:
    """Streamlit would serve such a file on a cold link without running app.py."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_sql_of_more_than_one_line_lives_in_sql_files(path: Path) -> None:
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts if "\n" in text and "select " in text and " from " in text]


def test_settings_imports_nothing_of_ours() -> None:
    assert not set(imported(ROOT / "settings.py")) & {*ROOMS, "app"}
