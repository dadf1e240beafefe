"""What counts as a source: an address, or a publication that is named."""

import re
from collections.abc import Sequence

SEPARATOR = " ; "
"""What stands between the sources of one cell."""

SECONDARY = "secondary:"
"""How a source begins that only reports what another one says."""

_ADDRESS = re.compile(r"https?://[^\s/;]+\.[^\s;]{2,}( [^(:;]*(\(.+\))?)?")
# Fewer words are a remark such as `tbc`, `press` or `to be confirmed`, which nobody could look up.
_LEAST_WORDS = 4


def sources_of(cell: str) -> Sequence[str]:
    """The single sources of a cell, in order; none where it is blank."""
    return cell.split(SEPARATOR) if cell else []


def source_fault(source: str) -> str | None:
    """Why a text is no source; None if it is one.

    An address begins with https:// or http:// and may be followed by a space and words on what in it is
    meant, best in brackets; anything else must name a publication in four words or more.
    """
    if _ADDRESS.fullmatch(source):
        return None
    if "://" in source:
        return f"{source!r} is no single address: write https://…, several separated by ' ; '."
    if len(re.findall(r"\w*[^\W\d]\w*", source)) < _LEAST_WORDS:
        return f"{source!r} is no source: give an address, or name the publication in full."
    return None
