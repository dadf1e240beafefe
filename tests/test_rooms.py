"""The house rules: who may import whom, where Streamlit may stand, and where SQL lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

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


def to_the_right(path: Path) -> set[str]:
    """What a module imports from rooms that it must not know."""
    room = path.relative_to(ROOT).parts[0]
    right = ROOMS[ROOMS.index(room) + 1 :] if room in ROOMS else ()
    return set(imported(path)) & {*right, "app"}


def test_a_room_imports_only_from_rooms_to_its_left() -> None:
    assert len(MODULES) > 600
    assert {place(path): to_the_right(path) for path in MODULES if to_the_right(path)} == {}


def test_streamlit_stands_only_in_pages_and_their_parts() -> None:
    may_not = [path for path in MODULES if not place(path).startswith((*STREAMLIT_ROOMS, "app.py"))]
    assert [place(path) for path in may_not if "streamlit" in set(imported(path))] == []


def test_no_page_file_lies_directly_in_pages() -> None:
    """Streamlit would serve such a file on a cold link without running app.py."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def queries(path: Path) -> list[str]:
    """Texts of a module that are SQL of more than one line."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in texts if "\n" in text and "select " in text and " from " in text]


def test_sql_of_more_than_one_line_lives_in_sql_files() -> None:
    assert {place(path): queries(path) for path in MODULES if queries(path)} == {}


def test_settings_imports_nothing_of_ours() -> None:
    assert not set(imported(ROOT / "settings.py")) & {*ROOMS, "app"}
