"""The case-site view of Variation: a maximum-variation sample, what it covers, and matched comparators."""

import json
from collections.abc import Callable
from dataclasses import asdict
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.comparators import comparator_pool, match_comparators, open_by
from indicators.sampling import Sample, draw_sample
from indicators.sampling_design import Design
from pages.charts.layers.spell_words import the_count
from pages.charts.site_cover import describe_site_cover, draw_site_cover
from pages.parts.frame import (
    Look,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.sources import SPELL_REGISTER
from pages.parts.specs import spec_of
from pages.parts.spells import TYPE_WORDS, all_spells
from pages.parts.store import ask, version
from pages.parts.variation.sampling_controls import SCOPES, Choice, choose
from pages.parts.variation.sampling_table import sites_table
from pages.parts.variation.sampling_words import (
    CAVEATS,
    CONFIDENTIAL,
    METHOD,
    READING,
    SHORT_PATHWAYS,
    cover_rows,
    cover_sentence,
    shortfall_words,
)


@st.cache_data(max_entries=64, show_spinner=False)
def sample_of(
    _candidates: pd.DataFrame, codes: tuple[str, ...], design: Design, data_version: str
) -> Sample:
    """The sample of a design; `codes` and the version stand for the candidates in the cache."""
    sample = draw_sample(_candidates, design)
    own = {name: place for place, name in enumerate(SHORT_PATHWAYS)}
    order = sample.sites.assign(place=sample.sites["pathway"].map(own))
    sites = order.sort_values(["place", "org_name"], ignore_index=True).drop(columns="place")
    return Sample(sites, sample.coverage, sample.shortfalls)


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(
    _sample: Sample,
    _candidates: pd.DataFrame,
    chosen: tuple[str, ...],
    design: Design,
    look: Look,
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; sites, design and `look` stand for the frames in the cache."""
    open_to = _candidates[~_candidates["org_code"].isin(design.exclude)]
    rows = cover_rows(_sample, open_to)
    chart = draw_site_cover(_sample.sites, rows, tokens_of(look.theme))
    return spec_of(chart), describe_site_cover(_sample.sites, rows)


def comparators_of(sites: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """The sites with their sizes, comparators and what is on record of these."""
    sizes = ask("organisation_sizes").set_index("org_code")
    everyone = ask("organisations")
    sized = sites.join(sizes, on="org_code").assign(open_by=open_by(sites, everyone))
    pool = comparator_pool(everyone, set(spells["org_code"]))
    pool = pool.join(sizes, on="org_code")
    matches = match_comparators(sized, pool)
    segments = ask("last_segments").set_index("org_code")
    others = pool.set_index("org_code").join(segments[["segment", "framework", "segments_r1"]])
    joined = sized.merge(matches, on="org_code", validate="one_to_one")
    return joined.join(others, on="comparator_code", suffixes=("", "_other"))


def _settings(choice: Choice, sites: pd.DataFrame) -> str:
    """The design and what it gave, to be kept beside a study's protocol."""
    return json.dumps(
        {
            "candidates_from": SCOPES[choice.scope][1],
            "left_out_because_closed": list(choice.closed["org_code"]),
            "design": asdict(choice.design),
            "sites": list(sites["org_code"]),
            "data_version": version(),
        },
        indent=2,
    )


def _notes(choice: Choice, sample: Sample) -> None:
    """Quotas that are not kept, and closed organisations that are no candidates."""
    if sample.shortfalls:
        lines = "; ".join(shortfall_words(shortfall) for shortfall in sample.shortfalls)
        st.warning(f"Not every quota can be kept. {lines[0].upper()}{lines[1:]}.")
    if len(choice.candidates) < choice.design.size + len(choice.design.exclude):
        st.info(f"There are only {len(sample.sites)} candidates for {choice.design.size} places.")


def _caption(choice: Choice) -> str:
    closed = ", ".join(choice.closed["org_name"])
    gone = f" Left out because they have closed: {closed}." if closed else ""
    types = choice.design.strata["org_type"]
    absent = " or ".join(words.lower() for kind, words in TYPE_WORDS.items() if kind not in types)
    none = f" No {absent} is among the candidates." if absent else ""
    return f"{CONFIDENTIAL}{gone}{none}"


def show_sampling(controls: DeltaGenerator, say: Callable[[str], None]) -> None:
    """Controls, chart, table, downloads and sources; `say` takes the sentence that leads the page."""
    spells = all_spells()
    regions = sorted(spells["region"].dropna().unique())
    choice = choose(controls, spells, regions)
    candidates, design = choice.candidates, choice.design
    sample = sample_of(candidates, tuple(candidates["org_code"]), design, version())
    if sample.sites.empty:
        say("No candidate is left for a set of sites.")
        return
    say(cover_sentence(sample))
    codes = tuple(sample.sites["org_code"])
    spec, alt = chart_of(sample, candidates, codes, design, look_now())
    show_chart(spec, alt, "site_cover")
    _notes(choice, sample)
    st.html(f'<p class="ot-reading">{escape(_caption(choice))}</p>')
    reading_aid(READING)
    _show_sites(choice, sample, spells)


def _show_sites(choice: Choice, sample: Sample, spells: pd.DataFrame) -> None:
    table = sites_table(comparators_of(sample.sites, spells))
    show_table(
        table,
        "case-sites",
        f"{the_count(len(table), 'site')}, why each is in, and its comparator",
        {
            "Pathway": st.column_config.TextColumn("Pathway", width="medium"),
            "Why it is in": st.column_config.TextColumn("Why it is in", width="large"),
            "Sources": st.column_config.ListColumn("Sources", width="large"),
        },
        is_open=True,
    )
    st.download_button(
        "Download the settings as JSON",
        data=_settings(choice, sample.sites),
        file_name=f"case-sites-settings-{version()}.json",
        mime="application/json",
        on_click="ignore",
    )
    method_note(METHOD, CAVEATS)
    source_line(
        [
            SPELL_REGISTER,
            "NHS sickness absence rates (staff)",
            "RTT waiting times (systems)",
        ],
        f"{len(choice.candidates)} candidates",
        "The register is incomplete: an organisation that is absent may still have been inside.",
    )
