"""Which organisation codes are known, and which one a wrong code was probably meant to be."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import pandas as pd

from data_sources.reference_rows import ReferenceTable
from settings import Settings

# Three characters, or the five of codes given out since 2024 (G6V2S, S0E4D).
_ORG_CODE = re.compile(r"[RTQ][A-Z0-9]{2}|[A-Z]\d[A-Z]\d[A-Z]")
_KIND_WORDS = {"nhs", "foundation", "trust", "ft", "the", "integrated", "care", "board", "icb"}
# Names less alike are of different places: Colchester and East Kent Hospital University reach 0.8.
_ALIKE = 0.85


def known_organisations(tables: Mapping[str, ReferenceTable]) -> Mapping[str, str]:
    """Names by code: the trusts of org_types.csv and the boards of the embedded organisation reference.

    Empty where the folder has no org_types.csv: codes are then held to their form only.
    """
    if "org_types" not in tables:
        return {}
    trusts = {row["org_code"]: row["org_name"] for row in tables["org_types"].rows}
    return _boards(Settings().bundle_dir) | trusts


@cache
def _boards(bundle_dir: Path) -> dict[str, str]:
    boards = pd.read_parquet(bundle_dir / "icbs__ods.parquet", columns=["icb_code", "icb_name"])
    return dict(zip(boards["icb_code"], boards["icb_name"], strict=True))


def code_fault(code: str, name: str, known: Mapping[str, str]) -> str | None:
    """What is wrong with a code, and which known one was meant; None if nothing is.

    That is the organisation of the `name` beside it; failing that, up to three codes written most like it.
    """
    if not _ORG_CODE.fullmatch(code):
        return f"{code!r} is no organisation code such as RXW, QOC or G6V2S."
    if not known or code in known:
        return None
    meant = _named(name, known) or get_close_matches(code, sorted(known), n=3)
    if meant:
        return f"{code!r} is not known; did you mean {' or '.join(meant)}?"
    return f"{code!r} is not known; a trust needs its row in org_types.csv first."


def _named(name: str, known: Mapping[str, str]) -> Sequence[str]:
    own = {_own_words(full): code for code, full in known.items()}
    return [own[words] for words in get_close_matches(_own_words(name), own, n=1, cutoff=_ALIKE)]


def _own_words(name: str) -> str:
    """A name without its kind and remarks: `devon` of `NHS Devon ICB (ICS)`."""
    words = re.findall(r"\w+", name.partition(" (")[0].casefold())
    return " ".join(word for word in words if word not in _KIND_WORDS)
