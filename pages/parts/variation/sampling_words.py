"""A sample of case sites in words: what it covers, why each site is in it, and how near its comparator is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from indicators.comparators import FAR
from indicators.sampling import NOT_ESTABLISHED, Sample, Shortfall
from pages.charts.layers.formats import format_span, format_value
from pages.parts.spells import PATHWAY_WORDS, TYPE_WORDS

STRATUM_WORDS = {
    "pathway": ("Pathway", "pathways"),
    "region": ("Region", "regions"),
    "org_type": ("Type", "types"),
    "entry_year": ("Year of entry", "known years of entry"),
}
"""The strata as headings and in a sentence."""
SHORT_PATHWAYS = {
    "entered": "Entered",
    "transferred": "Transferred from special measures",
    "left": "Left",
}
SIZE_WORDS = {"staff": "staff", "waiting_list": "waiting"}
READING = (
    "A row is a kind of site, a column a site of the set. A large dot says that the site is of that kind. At "
    "the right: how many of the candidates of that kind are in the set. A shaded row is a kind that the set "
    "misses. The seed decides between sets that keep the quotas and cover as much: try others."
)
METHOD = (
    "The set is found exactly (integer programme): first as few missed quotas as possible, then as many "
    "kinds covered as possible (pathways, regions, types, known years of entry), then by the seed. An "
    "organisation counts with its latest spell. Comparators are organisations of the same type, open "
    "today and when the site entered, without a spell in any programme on record and not formed from one "
    "that had; they are paired so that the sum of the differences in size (log ratio) is least, another "
    "region counting like half as much again."
)
CAVEATS = (
    "Pathway: left where an exit is known; else transferred where the spell was carried over from special "
    "measures; else entered.",
    "The size of a trust is its average full-time equivalent staff over a quarter (days available for work "
    "in the sickness figures, divided by the days of the quarter); of a board the waiting list of its system "
    "(RTT), because no source here gives its population.",
    "A comparator was never in a programme as far as the register knows; the register is incomplete. For "
    "intensive support the better comparator has been in segment 3 and never in 4: the segments that are on "
    "record stand beside each. Not stated does not mean that there was none.",
    "Near in size and place is not alike: before an effect is estimated, comparators have to be matched on "
    "the outcome before entry as well.",
)
CONFIDENTIAL = (
    "This page names public organisations from public sources. Which of them are study sites is confidential "
    "once chosen: a link to this page, its downloads and pictures carry the set."
)


def level_words(stratum: str, level: str) -> str:
    """A level as a row of the chart names it."""
    words = {"pathway": SHORT_PATHWAYS, "org_type": TYPE_WORDS}.get(stratum, {})
    return words.get(level, "Not established" if level == NOT_ESTABLISHED else level)


def cover_rows(sample: Sample, candidates: pd.DataFrame) -> pd.DataFrame:
    """The coverage as the chart takes it, with the unknown year of entry, which no set need cover."""
    rows = sample.coverage.assign(is_wanted=True)
    asked = candidates.loc[candidates["entry_year"] == NOT_ESTABLISHED, "org_code"]
    chosen = int((sample.sites["entry_year"] == NOT_ESTABLISHED).sum())
    beside = pd.DataFrame(
        [("entry_year", NOT_ESTABLISHED, len(asked), chosen, False)],
        columns=["stratum", "level", "candidates", "chosen", "is_wanted"],
    )
    place = {name: number for number, name in enumerate(STRATUM_WORDS)}
    together = pd.concat([rows, beside]).sort_values(
        "stratum", key=lambda names: names.map(place), kind="stable", ignore_index=True
    )
    return together.assign(
        stratum_label=[STRATUM_WORDS[name][0] for name in together["stratum"]],
        level_label=[
            level_words(stratum, level)
            for stratum, level in zip(together["stratum"], together["level"], strict=True)
        ],
    )


def cover_sentence(sample: Sample) -> str:
    """What the set covers, what it misses, and whether the quotas are kept."""
    parts, missed = [], []
    for stratum, (_, noun) in STRATUM_WORDS.items():
        mine = sample.coverage[sample.coverage["stratum"] == stratum]
        got = int((mine["chosen"] > 0).sum())
        parts.append(f"{got} of {len(mine)} {noun}")
        missed += [
            _missed_words(stratum, level) for level in mine.loc[mine["chosen"] == 0, "level"]
        ]
    covers = f"{', '.join(parts[:-1])} and {parts[-1]}"
    sites = (
        f"These {len(sample.sites)} sites cover" if len(sample.sites) > 1 else "This site covers"
    )
    lack = f" Not covered: {', '.join(missed)}." if missed else ""
    kept = "Not every quota is kept: see below" if sample.shortfalls else "Every quota is kept"
    return f"{sites} {covers}.{lack} {kept}."


def _missed_words(stratum: str, level: str) -> str:
    if stratum == "entry_year":
        return f"entry in {level}"
    words = level_words(stratum, level)
    return words if stratum == "region" else words[0].lower() + words[1:]


def shortfall_words(shortfall: Shortfall) -> str:
    """A quota that is not kept, and why."""
    return (
        f"{shortfall.quota}: wanted {shortfall.wanted}, in the set {shortfall.found}, because "
        f"{shortfall.why}"
    )


def reason_words(site: Any) -> str:
    """Why a site is in the set."""
    reasons = ["asked for"] if site.asked_for else []
    if site.serves:
        reasons.append(f"counts towards {' and '.join(site.serves)}")
    reasons += [_only_words(stratum, level) for stratum, level in site.only]
    return "; ".join(reasons) or "the seed chose it among sets that cover as much"


def _only_words(stratum: str, level: str) -> str:
    return {
        "pathway": f"the only site with pathway “{PATHWAY_WORDS.get(level, level)}”",
        "region": f"the only site in {level}",
        "org_type": f"the only {TYPE_WORDS.get(level, level).lower()}",
        "entry_year": f"the only site that entered in {level}",
    }[stratum]


def size_words(size: float, measure: str, start: Any, end: Any) -> str:
    """A size with its measure and time: `10,618 staff (Jan to Mar 2025)`; an unknown one says so."""
    if pd.isna(size):
        return "not known"
    months = (end.year - start.year) * 12 + end.month - start.month
    return (
        f"{format_value(round(size), 'count')} {SIZE_WORDS[measure]} ({format_span(start, months)})"
    )


def match_words(match: Any) -> str:
    """How near a comparator is to its site, or why there is none."""
    if pd.isna(match.comparator_code):
        return f"none: {match.why_none}"
    place = "same region" if match.same_region else "other region"
    is_far = not 1 / FAR <= match.size_ratio <= FAR
    return f"{place}, {match.size_ratio:.2f} times the size{', far in size' if is_far else ''}"


def segment_words(segment: Any, framework: Any) -> str:
    """The segment last stated, with its framework."""
    return "not stated" if pd.isna(segment) else f"{segment:.0f} ({framework})"


def segments_words(segments: Any) -> str:
    """All segments stated under one framework era: `3`, `3 and 4`."""
    if not isinstance(segments, Sequence | np.ndarray):
        return "not stated"
    return " and ".join(str(segment) for segment in segments)
