"""The catalogue of indicators, read and checked as a whole."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from indicators.consistency import Fault, clashes, contradictions, unpaired
from indicators.definition import Indicator

_FILES = "*/*.toml"


class CatalogueFault(Exception):
    """Everything that is wrong with the catalogue, one line per fault."""


def load_all(folder: Path) -> dict[str, Indicator]:
    """Every indicator by id, in the order of their `order`; all faults are reported together."""
    indicators, faults = examine(folder)
    if faults:
        raise CatalogueFault("\n".join(map(str, faults)))
    return indicators


def examine(folder: Path) -> tuple[dict[str, Indicator], list[Fault]]:
    """The indicators that could be read, by id in the order of their `order`, and every fault found."""
    indicators: dict[str, Indicator] = {}
    faults = _misplaced(folder)
    for path in sorted(folder.glob(_FILES)):
        indicator, found = _read(path)
        faults += found
        if path.stem in indicators:
            faults.append(Fault(path.name, "", "a second file of that name"))
        elif indicator:
            indicators[path.stem] = indicator
    faults += [*clashes(indicators), *unpaired(indicators)]
    return dict(sorted(indicators.items(), key=lambda item: item[1].order)), faults


def _misplaced(folder: Path) -> list[Fault]:
    """Files that would be passed over in silence."""
    missed = set(folder.rglob("*.toml")) - set(folder.glob(_FILES))
    return [
        Fault(path.name, "", "must lie in a folder of the catalogue") for path in sorted(missed)
    ]


def _read(path: Path) -> tuple[Indicator | None, list[Fault]]:
    """One catalogue file, whose name is the indicator's id, and what is wrong with it."""
    named = {"indicator_id": path.stem, "group": path.parent.name}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := sorted(named.keys() & content.keys()):
            told = "the file's name and folder say this already"
            return None, [Fault(path.name, field, told) for field in twice]
        indicator = Indicator.model_validate(named | content)
    except ValidationError as error:
        return None, [Fault(path.name, _place(e["loc"]), e["msg"]) for e in error.errors()]
    except RecursionError:
        return None, [Fault(path.name, "", "lists within lists, too deep to be read")]
    except ValueError as error:
        return None, [Fault(path.name, "", str(error))]
    return indicator, [Fault(path.name, *told) for told in contradictions(indicator)]


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location))
