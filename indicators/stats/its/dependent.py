"""Terms that a series' periods cannot tell apart: which stay, which are left out, which are refused."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from indicators.stats.its.fit import FloatArray
from indicators.stats.its.notices import Notice, refuse
from indicators.stats.its.specification import Columns, Specification

Kind = Literal["line", "change", "seasons", "pandemic", "break"]
_FIRST: tuple[Kind, ...] = ("line", "change", "seasons", "pandemic", "break")
"""Of terms that cannot be told apart the earlier kind stays."""
_WORDS: dict[Kind, str] = {
    "line": "A term of the line before entry",
    "change": "A change at an interruption",
    "seasons": "A term of the seasons",
    "pandemic": "A term for the time after the pandemic",
    "break": "A change of definition",
}
_RELATIVE = 1e-9


@dataclass(frozen=True)
class Block:
    """Terms of one kind."""

    kind: Kind
    columns: Columns


@dataclass(frozen=True)
class Independent:
    """Terms that can be told apart, in the order given, and the names of those left out."""

    columns: Columns
    dropped: tuple[str, ...]
    notices: tuple[Notice, ...]


def keep_independent(
    blocks: tuple[Block, ...], used: npt.NDArray[np.bool_], specification: Specification
) -> Independent:
    """The terms without those that are sums of others in the `used` periods (g,), named in `COLLINEAR`.

    A change of definition that coincides with an interruption is refused (`SERIES_BREAK`): left out, it would
    pass for the programme's effect. One that coincides with the pandemic's end is part of that term.
    """
    ordered = sorted(blocks, key=lambda block: _FIRST.index(block.kind))
    basis = np.empty((int(used.sum()), 0))
    names: list[str] = []
    values: list[FloatArray] = []
    dropped: list[tuple[Kind, str]] = []
    for block in ordered:
        for name, column in zip(block.columns.names, block.columns.values, strict=True):
            left = _left_over(column[used], basis)
            if left is None:
                dropped.append((block.kind, name))
                continue
            basis = np.column_stack([basis, left])
            names.append(name)
            values.append(column)
    _refuse_breaks_at_interruptions(blocks, used, specification)
    notices = tuple(_notice(kind, name) for kind, name in dropped if kind != "break")
    columns = Columns(tuple(names), tuple(values))
    return Independent(columns, tuple(name for _, name in dropped), notices)


def _left_over(column: FloatArray, basis: FloatArray) -> FloatArray | None:
    """The direction in which a column goes beyond the basis (n, k), of length 1; None where it does not."""
    size = float(np.linalg.norm(column))
    left = column - basis @ (basis.T @ column)
    left = left - basis @ (basis.T @ left)
    rest = float(np.linalg.norm(left))
    return None if rest <= _RELATIVE * max(size, 1.0) else np.asarray(left / rest)


def _refuse_breaks_at_interruptions(
    blocks: tuple[Block, ...], used: npt.NDArray[np.bool_], specification: Specification
) -> None:
    columns = {block.kind: block.columns.values for block in blocks}
    if not columns["break"]:
        return
    firm = np.column_stack([*columns["line"], *columns["change"]])[used]
    basis = np.linalg.svd(firm, full_matrices=False)
    directions = basis.U[:, _RELATIVE * basis.S[0] < basis.S]
    names = next(block.columns.names for block in blocks if block.kind == "break")
    for name, column in zip(names, columns["break"], strict=True):
        if _left_over(column[used], directions) is None:
            at = specification.breaks[int(name.removeprefix("break_")) - 1]
            when = specification.calendar.words(at)
            cause = f"The definition of the measure changed in {when}, where an interruption is"
            advice = (
                "Choose another measure, or one definition alone (in a document, breaks: truncate)."
            )
            raise refuse("SERIES_BREAK", f"{cause}, so the two cannot be told apart. {advice}")


def _notice(kind: Kind, name: str) -> Notice:
    """`COLLINEAR` for one term left out."""
    cause = f"{_WORDS[kind]} ({name}) cannot be told apart from the others in these periods and is left out."
    if kind == "pandemic":
        advice = "What changed after the pandemic may be part of the effect: compare with matched trusts."
    else:
        advice = "Choose fewer terms, or a longer series, to be free of it."
    return Notice("COLLINEAR", f"{cause} {advice}")
