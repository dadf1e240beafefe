"""The choices that several pages offer: type, region, board and programme; and the rows they leave."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.parts.links import linked_multiselect
from pages.parts.spells import TYPE_WORDS, programme_words


def choose_types(label: str = "Type", placeholder: str = "All") -> list[str]:
    """Types of organisation."""
    words = TYPE_WORDS.__getitem__
    return linked_multiselect(label, "org_type", list(TYPE_WORDS), words, placeholder=placeholder)


def choose_regions(regions: pd.Series) -> list[str]:
    """The regions that there are among `regions`, in order of their names."""
    return linked_multiselect("Region", "region", sorted(regions.dropna().unique()))


def choose_boards(rows: pd.DataFrame) -> list[str]:
    """The boards of `rows` (icb_code, icb_name), in order of their names."""
    names = rows.dropna(subset="icb_code").set_index("icb_code")["icb_name"].to_dict()
    return linked_multiselect("ICB", "icb", sorted(names, key=names.__getitem__), names.__getitem__)


def choose_programmes(placeholder: str = "All") -> list[str]:
    """Programmes, in order of their start."""
    names = programme_words()
    return linked_multiselect(
        "Programme", "programme", list(names), names.__getitem__, placeholder=placeholder
    )


def only(rows: pd.DataFrame, wanted: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The rows that have, in every column of `wanted`, one of its values; no values means all."""
    for column, values in wanted.items():
        if values:
            rows = rows[rows[column].isin(values)]
    return rows
