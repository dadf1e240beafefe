"""The sources that can change a number of a result: the analyses, what they import, and what they read."""

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOM = "indicators"
_ANALYSES = "indicators/analyses/*.py"
_READ = ("indicators/catalogue/**/*.toml", "sql/reads.py", "sql/reads/*.sql")


def sources(root: Path) -> list[Path]:
    """Files under `root`, in order: analyses with every module of `indicators/` that they import, directly or
    through another, the catalogue, and the questions to the warehouse.

    Not among them is what only writes results up, draws or lists them, and what builds the warehouse: a run
    names the data version, and its own rows by their content.
    """
    known: set[Path] = set()
    left = set(root.glob(_ANALYSES))
    while left:
        known |= left
        left = {found for path in left for found in _imported(root, path)} - known
    return sorted(known.union(*(root.glob(kind) for kind in _READ)))


def _imported(root: Path, path: Path) -> Iterator[Path]:
    """The files of the room that a module imports, with those of the packages they lie in."""
    for name in _names(ast.parse(path.read_bytes())):
        parts = name.split(".")
        if parts[0] != _ROOM:
            continue
        for depth in range(1, len(parts) + 1):
            place = root.joinpath(*parts[:depth])
            both = (place.with_suffix(".py"), place / "__init__.py")
            yield from (file for file in both if file.is_file())


def _names(tree: ast.Module) -> Iterator[str]:
    """The dotted names in a module's imports; what is imported from a package may be a module of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
