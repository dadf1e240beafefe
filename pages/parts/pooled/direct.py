"""What is said of neighbours beside their own exposures: the direct effect, and what no data can tell."""

from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.pooled_spillover import ICS_WIDE, WIDE
from pages.parts.its.notes import note
from pages.parts.pooled.answer import Answer, answer_of
from pages.parts.pooled.choice import Asked
from pages.parts.pooled.tables import mean_cells
from pages.parts.pooled.words import changed

_OWN = (
    "analysis",
    "indicator",
    "lineage",
    "base",
    "anticipation",
    "method",
    "alpha",
    "draws",
    "seed",
)
_SETS = {
    "segment_3": "With exposed neighbours among those beside",
    "unexposed": "Without them, while a neighbour of theirs is inside",
}
_DOSE = (
    "How large a share of the system’s income the supported trust has (the dose) is not told: income stands "
    "in the audited accounts alone, which have not been read yet, so an exposure is counted as there or not."
)
_SYSTEMS = (
    "Systems are the units throughout: their trusts share one exposure, so intervals come from how systems "
    "differ, and the test by chance deals dates out among systems, which holds for fewer than twenty too."
)


def show_direct(answer: Answer, asked: Asked) -> None:
    """The effect of entering itself with and without exposed neighbours beside, then what is not known."""
    st.header("Does the direct effect change without exposed neighbours?", anchor=False)
    rows = _compared(asked)
    if rows:
        named = [
            {"Beside entrants": _SETS[one["controls"]]} | mean_cells(one, asked) for one in rows
        ]
        st.table(pd.DataFrame(named).set_index("Beside entrants"))
    note(direct_sentence(rows, asked))
    if any(one["reason"] == WIDE for one in answer.left_out):
        note(ICS_WIDE[1])
    note(_SYSTEMS)
    note(_DOSE)


def _compared(asked: Asked) -> list[dict[str, Any]]:
    """The mean effect of entries beside either set; nothing where there is no mean."""
    document = {name: asked.document[name] for name in _OWN} | {
        "event": "entry",
        "controls": "segment_3",
    }
    found = answer_of(document)
    if found.run is None:
        return []
    told = {one["controls"]: one for one in found.run.result["compared"]}
    return [told[name] for name in _SETS if name in told]


def direct_sentence(rows: list[dict[str, Any]], asked: Asked) -> str:
    """By how much the mean of entries moves."""
    means = [one["estimate"] for one in rows]
    if len(means) < len(_SETS) or None in means:
        return (
            f"It cannot be said: too few entries can be judged in {asked.indicator.short_title}, once "
            "exposed neighbours are taken from those beside them."
        )
    move = changed(means[1] - means[0], asked.indicator.unit)
    return (
        f"Taking exposed neighbours away moves the mean effect of entering by {move}. Had neighbours shared "
        "the support it would look better without them, and worse had the support drained them."
    )
