"""In which order organisations stand on the strip, and the headings between them."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

Sort = Literal["months", "icb", "type", "move"]

NO_ICB = "No ICB on record"
_BY: dict[Sort, str] = {"months": "months", "move": "moved_on"}
_HEADED: dict[Sort, str] = {"icb": "icb_name", "type": "type_label"}


def arrange(organisations: pd.DataFrame, sort: Sort) -> pd.DataFrame:
    """The organisations and headings from the top, numbered `slot`; `label` stands beside a row.

    `months`: most months in programmes first; `move`: latest move first; not known last, by name. `icb` and
    `type`: by name under headings (rows with `is_heading` and without an `org_code`), in alphabetical order
    of the ICBs or in the order in which `organisations` has the types.
    """
    named = organisations.assign(label=_labels(organisations), is_heading=False).sort_values(
        "label", key=lambda names: names.str.casefold()
    )
    if sort in _BY:
        ordered = named.sort_values(_BY[sort], ascending=False, na_position="last", kind="stable")
    else:
        ordered = _under_headings(named, _HEADED[sort], _order_of(organisations, sort))
    return ordered.reset_index(drop=True).assign(slot=range(len(ordered)))


def _labels(organisations: pd.DataFrame) -> "pd.Series[str]":
    twice = organisations["org_name"].duplicated(keep=False)
    with_code = organisations["org_name"] + " " + organisations["org_code"]
    return organisations["org_name"].mask(twice, with_code)


def _order_of(organisations: pd.DataFrame, sort: Sort) -> Sequence[str]:
    if sort == "type":
        return list(organisations["type_label"].drop_duplicates())
    return [*sorted(organisations["icb_name"].dropna().unique()), NO_ICB]


def _under_headings(named: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    groups = named[column].fillna(NO_ICB)
    parts = []
    for heading in order:
        if (groups == heading).any():
            head = pd.DataFrame({"label": [heading], "is_heading": [True]})
            parts += [head, named[groups == heading]]
    return pd.concat(parts, ignore_index=True)
