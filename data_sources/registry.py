"""Which publications we read: every module of this package that defines SOURCE."""

import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import data_sources
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError

if TYPE_CHECKING:
    from data_sources.http import Http


class Publication(Protocol):
    """What a publication module offers."""

    @property
    def SOURCE(self) -> Source:
        """What the publication is called, who publishes it, where and how often."""
        ...

    def recognises(self, path: Path, file_name: str) -> bool:
        """Whether the file's content is this publication's; never an error for a foreign file."""
        ...

    def discover(self, http: "Http") -> list[Release]:
        """The files that the landing page links to; none at all is a SourceError."""
        ...

    def parse(self, snapshot: Snapshot) -> Parsed:
        """What the file says, as published; a file that cannot be trusted is a SourceError."""
        ...


def sources() -> dict[str, Publication]:
    """Every publication by its id, in alphabetical order."""
    names = [module.name for module in pkgutil.iter_modules(data_sources.__path__)]
    modules = [
        importlib.import_module(f"data_sources.{name}")
        for name in sorted(names)
        if not name.startswith("_")
    ]
    found = [cast(Publication, module) for module in modules if hasattr(module, "SOURCE")]
    return {publication.SOURCE.id: publication for publication in found}


def recognise(
    path: Path, file_name: str, publications: Mapping[str, Publication] | None = None
) -> Publication | None:
    """The publication whose file this is by its content, or None; two claims are a SourceError.

    `publications` are those to choose from, all that we read unless given.
    """
    known = sources() if publications is None else publications
    claims = [one for one in known.values() if one.recognises(path, file_name)]
    if len(claims) > 1:
        names = " and ".join(claim.SOURCE.id for claim in claims)
        raise SourceError(f"{file_name}: claimed by {names}, so not read as any of them.")
    return claims[0] if claims else None
