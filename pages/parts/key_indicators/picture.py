"""The picture of improvement against discrimination, and beside it those that cannot be placed."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged
from indicators.stats.screen.pareto import undominated
from indicators.stats.screen.thresholds import Thresholds
from pages.charts.pareto import describe_pareto, draw_pareto
from pages.parts.frame import Look, look_now, reading_aid, show_chart, tokens_of
from pages.parts.key_indicators.words import CLASSES, estimate_words, pair_words, some_of
from pages.parts.organisations import listed
from pages.parts.specs import spec_of

_READING = (
    "To the right: how often, of two organisations in different segments in the same quarter, the one in the "
    "better segment has the better figure; one half is chance. Upwards: how far the year after entry lay "
    "above the quarter before it, beyond what similar organisations regain by themselves, in standard "
    "deviations between organisations. A pair that improves and tells segments apart lies clear of both "
    "dashed lines with its whole interval. A filled mark is outdone by no other on all three counts by its "
    "estimates alone: with intervals this wide that is no order of merit."
)


def show_picture(pairs: Sequence[Judged], thresholds: Thresholds) -> None:
    """The picture of those with both sides known; the others are listed, never drawn as nothing."""
    drawn = [one for one in pairs if _is_placed(one)]
    st.header("Does it improve, and does it tell segments apart?", anchor=False)
    if drawn:
        rows = placed(drawn)
        spec = _spec(rows, thresholds.discrimination, look_now())
        show_chart(spec, describe_pareto(rows), "key.pareto")
        reading_aid(escape(_READING))
    told = _not_placed([one for one in pairs if not _is_placed(one)])
    st.html(f'<p class="ot-reading">{escape(told)}</p>')


def _is_placed(one: Judged) -> bool:
    """Whether both sides have an estimate with an interval that counts."""
    across, up = one.of("discrimination"), one.of("responsiveness")
    ends = [each.estimate and each.estimate.low for each in (across, up)]
    return None not in ends and not across.is_circular


def placed(drawn: Sequence[Judged]) -> pd.DataFrame:
    """A row per pair, as the picture takes them."""
    rows = pd.DataFrame([_row(one) for one in drawn])
    counts = rows.assign(soon=-rows["lag"])[["x", "y", "soon"]].to_numpy(dtype=np.float64)
    return rows.assign(is_front=undominated(counts))


def _row(one: Judged) -> dict[str, Any]:
    across, up, soon = map(one.of, ("discrimination", "responsiveness", "timeliness"))
    ends = {
        f"{axis}{end}": getattr(found.estimate, name)
        for axis, found in (("x", across), ("y", up))
        for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
    }
    return ends | {
        "label": pair_words(one),
        "shown_x": estimate_words(across),
        "shown_y": estimate_words(up),
        "lag": np.inf if soon.estimate is None else soon.estimate.value,
        "days": estimate_words(soon) or "not known",
        "timeliness": soon.grade,
        "class_words": CLASSES[one.decision.name],
    }


@st.cache_data(max_entries=32, show_spinner=False)
def _spec(rows: pd.DataFrame, limit: float, look: Look) -> dict[str, Any]:
    return spec_of(draw_pareto(rows, limit, tokens_of(look.theme)))


def _not_placed(others: Sequence[Judged]) -> str:
    if not others:
        return ""
    kinds: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    for one in others:
        kind = _missing(one)
        kinds[kind] += 1
        names.setdefault(kind, []).append(pair_words(one))
    told = [f"{number} {kind} ({some_of(names[kind], 3)})" for kind, number in kinds.most_common()]
    return f"Not drawn, as one side is missing or does not count: {listed(told)}."


def _missing(one: Judged) -> str:
    across, up = one.of("discrimination"), one.of("responsiveness")
    if up.estimate is None and across.estimate is None:
        return "with neither side known"
    if up.estimate is None:
        return "of which improvement is not known"
    return "that feed the segment rule" if across.is_circular else "of which segments tell nothing"
