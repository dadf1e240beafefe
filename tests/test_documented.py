"""The documents and the tree agree: architecture, read-me, glossary, commands."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def module_rows(text: str) -> list[tuple[str, str]]:
    """Every row of the module map, in its order: the path in backticks, and the words beside it."""
    return re.findall(r"^\| `([^`]+\.py)` \| (.*) \|$", text, flags=re.MULTILINE)


def first_line(module: str) -> str:
    text = (ROOT / module).read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


def real_modules() -> set[str]:
    rooms = ("data_sources", "sql", "indicators", "pages")
    files = {path for room in rooms for path in (ROOT / room).rglob("*.py")}
    named = {ROOT / name for name in ("app.py", "serve.py", "settings.py")}
    return {
        path.relative_to(ROOT).as_posix() for path in files | named if path.name != "__init__.py"
    }


def test_the_module_map_lists_every_module_once_and_no_other() -> None:
    assert sorted(name for name, _ in module_rows(ARCHITECTURE)) == sorted(real_modules())


def test_the_module_map_says_of_each_module_what_it_says_of_itself() -> None:
    assert dict(module_rows(ARCHITECTURE)) == {name: first_line(name) for name in real_modules()}


def test_each_part_of_the_module_map_is_in_order() -> None:
    for part in ARCHITECTURE.split("\n## Module map\n")[1].split("\n### "):
        names = [name for name, _ in module_rows(part)]
        assert names == sorted(names)


def test_the_glossary_is_in_order_and_defines_every_term_once() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = [row.lower() for row in re.findall(r"^\| (.*?) \|", glossary, flags=re.MULTILINE)[1:]]
    assert terms == sorted(set(terms))


def test_every_make_target_is_explained_in_the_readme_or_the_contracts_of_the_project() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {target for target in targets if f"make {target}" not in readme} == set()


def test_every_source_is_in_the_readme() -> None:
    from data_sources.registry import sources

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in sources() if f"`{name}`" not in readme} == set()


def test_every_reference_table_has_its_sidecar() -> None:
    folder = ROOT / "data_sources" / "reference"
    assert {p.stem for p in folder.glob("*.csv")} == {p.stem for p in folder.glob("*.toml")}
    for sidecar in folder.glob("*.toml"):
        assert tomllib.loads(sidecar.read_text(encoding="utf-8"))["description"].strip()


@pytest.mark.parametrize("room", ["data_sources", "sql", "indicators"])
def test_every_room_explains_its_commands(room: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", room, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0
    assert f"python -m {room}" in answer.stdout


def test_every_direct_requirement_is_pinned() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    wanted = [
        re.split(r"[=<>\[ ;]", line)[0]
        for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert [name for name in wanted if f"\n{name}==" not in f"\n{pinned}"] == []
    assert all(
        "==" in line for line in pinned.splitlines() if line and not line.startswith(("#", " "))
    )
