"""Which organisation codes are known, and which one a wrong code was probably meant to be."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import pandas as pd

from data_sources.reference_rows import ReferenceTable
from settings import Settings

# Three characters, or the five of codes given out since 2024 (G6V2S, S0E4D).
_ORG_CODE = re.compile(r"[RTQ][A-Z0-9]{2}|[A-Z]\d[A-Z]\d[A-Z]")


def known_codes(tables: Mapping[str, ReferenceTable]) -> frozenset[str]:
    """Codes of the trusts in org_types.csv and of the boards in the embedded organisation reference.

    Empty where the folder has no org_types.csv: codes are then held to their form only.
    """
    if "org_types" not in tables:
        return frozenset()
    trusts = {row["org_code"] for row in tables["org_types"].rows}
    return frozenset(trusts | _board_codes(Settings().bundle_dir))


@cache
def _board_codes(bundle_dir: Path) -> frozenset[str]:
    boards = pd.read_parquet(bundle_dir / "icbs__ods.parquet", columns=["icb_code"])
    return frozenset(boards["icb_code"])


def code_fault(code: str, known: Iterable[str]) -> str | None:
    """What is wrong with a code, with up to three known ones written most like it; None if nothing is."""
    if not _ORG_CODE.fullmatch(code):
        return f"{code!r} is no organisation code such as RXW, QOC or G6V2S."
    known = set(known)
    if not known or code in known:
        return None
    meant = get_close_matches(code, sorted(known), n=3)
    if meant:
        return f"{code!r} is not known; did you mean {' or '.join(meant)}?"
    return f"{code!r} is not known; a trust needs its row in org_types.csv first."
