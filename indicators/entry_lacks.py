"""Why the rebound after an entry cannot be judged: which figures it lacks, or who stands beside it."""

import numpy as np

from indicators.lack_words import Labels, lack_words
from indicators.stats.lacking import Known, Lack, Span, lack_of
from indicators.stats.regression_to_mean.excess import FEWEST_BESIDE, Entry
from indicators.stats.regression_to_mean.windows import Histories, Outcome

INSIDE = "it was, or may have been, in a programme in the fifteen months before entry"
BESIDE = f"fewer than {FEWEST_BESIDE} others of its type without a programme have figures in the same months"


def lack_around(histories: Histories, entry: Entry, outcome: Outcome) -> Lack | None:
    """The figures that an entry lacks; None where it has enough."""
    value = np.isfinite(histories.value)
    anybody = value[histories.kind == histories.kind[entry.row]].any(axis=0)
    known = Known(value[entry.row], anybody, np.ones_like(anybody))
    lack = lack_of(known, _spans(entry.first, histories, outcome))
    if lack is None and entry.first + histories.year > value.shape[1]:
        # Who was outside all year, and so may stand beside it, is known once the year is over.
        return Lack(("end",), known.first, known.last, ())
    return lack


def _spans(first: int, histories: Histories, outcome: Outcome) -> list[Span]:
    """The quarter before entry, the same a year before, and the year after or its last period."""
    year, quarter = histories.year, histories.quarter
    after = first if outcome == "mean_of_year" else first + year - 1
    return [
        (first - year - quarter, first - year - 1),
        (first - quarter, first - 1),
        (after, first + year - 1),
    ]


def why_not_judged(histories: Histories, entry: Entry, lack: Lack | None, labels: Labels) -> str:
    """In words why an entry that was asked for is not judged."""
    if lack is not None:
        return lack_words(lack, labels)
    begins = max(0, entry.first - histories.year - histories.quarter)
    is_inside = histories.inside[entry.row, begins : entry.first].any()
    return INSIDE if is_inside else BESIDE
