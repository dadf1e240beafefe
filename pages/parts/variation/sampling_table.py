"""The chosen sites as a table: who they are, why each is in, and its comparator."""

import pandas as pd

from pages.parts.spells import TYPE_WORDS
from pages.parts.variation.sampling_words import (
    SHORT_PATHWAYS,
    match_words,
    reason_words,
    segment_words,
    segments_words,
    size_words,
)


def sites_table(sites: pd.DataFrame) -> pd.DataFrame:
    """One row per site (with its comparator joined on as `…_other`), in the order given, all in words."""
    written = list(sites.itertuples())
    return pd.DataFrame(
        {
            "Site": sites["org_full_name"],
            "Code": sites["org_code"],
            "Type": sites["org_type"].map(TYPE_WORDS),
            "Region": sites["region"],
            "Pathway": sites["pathway"].map(SHORT_PATHWAYS),
            "Why it is in": [reason_words(site) for site in written],
            "Comparator": sites["org_name_other"].fillna("none"),
            "Comparator's code": sites["comparator_code"].fillna("none"),
            "Match": [match_words(site) for site in written],
            **_sizes_and_segments(sites),
            "Programme": sites["programme_short"],
            "Entered": sites["entered_label"],
            "Left": sites["left_label"],
            "Sources": sites["source_urls"].map(list),
        }
    )


def _sizes_and_segments(sites: pd.DataFrame) -> dict[str, "pd.Series[str] | list[str]"]:
    """What the match rests on, of site and comparator, and the comparator's segments."""
    written = list(sites.itertuples())
    return {
        "Size": [
            size_words(site.size, site.measure, site.period_start, site.period_end)
            for site in written
        ],
        "Comparator's region": sites["region_other"].fillna("none"),
        "Comparator's size": [
            size_words(
                site.size_other, site.measure_other, site.period_start_other, site.period_end_other
            )
            for site in written
        ],
        "Comparator's segment last stated": [
            segment_words(site.segment, site.framework) for site in written
        ],
        "Comparator's segments stated Jul 2021 to Jun 2025": [
            segments_words(site.segments_r1) for site in written
        ],
    }
