"""The catalogue of indicators, read and checked as a whole."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from indicators.definition import Indicator


class CatalogueFault(Exception):
    """Everything that is wrong with the catalogue, one line per fault."""


def load_all(folder: Path) -> dict[str, Indicator]:
    """Every indicator by id, in the order of their `order`; all faults are reported together."""
    indicators: dict[str, Indicator] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*/*.toml")):
        try:
            indicator = read_indicator(path)
        except CatalogueFault as fault:
            faults.append(str(fault))
            continue
        if indicator.indicator_id in indicators:
            faults.append(f"{path.name}: a second file of that name")
        indicators[indicator.indicator_id] = indicator
    if faults:
        raise CatalogueFault("\n".join(faults))
    return dict(sorted(indicators.items(), key=lambda item: item[1].order))


def read_indicator(path: Path) -> Indicator:
    """One catalogue file; its name is the indicator's id."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Indicator.model_validate(
            {"indicator_id": path.stem, "group": path.parent.name} | content
        )
    except ValidationError as error:
        lines = [f"{path.name}: {_place(e['loc'])}{e['msg']}" for e in error.errors()]
        raise CatalogueFault("\n".join(lines)) from error
    except ValueError as error:
        raise CatalogueFault(f"{path.name}: {error}") from error


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) + ": " if location else ""
