"""What tells the views of one organisation apart: their analysis, their controls, and what they show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.runs.record import RunRecord
from pages.parts.its.choice import Choice
from pages.parts.its.subject import Subject

WriteHead = Callable[..., None]
"""Writes the title and the sentences below it."""
WriteLead = Callable[..., None]
"""Writes the sentences below the title."""


@dataclass(frozen=True)
class Asked:
    """What the controls ask for.

    `dates`: the interruptions, none until a month of entry is chosen. `notes` are on dates of the ledger.
    `data`: the rows of a person's own file.
    """

    subject: Subject
    document: dict[str, Any]
    dates: tuple[str, ...]
    notes: tuple[str, ...] = ()
    data: OwnData | None = None


@dataclass(frozen=True)
class Ahead:
    """What can be said before any result: why there can be none (`refused`), or the `sentences` of the lead.

    `show` draws what stands below the button, such as the data; the source line covers the periods of `rows`.
    """

    show: Callable[[], None]
    rows: pd.DataFrame
    sentences: tuple[str, ...] = ()
    refused: Refusal | None = None


@dataclass(frozen=True)
class Design:
    """One view of one organisation around its interruptions; everything else is the same for all of them.

    `analysis` names its documents: a saved run opens only in the view of its analysis. `question` is the
    title, `method` how it is worked out. `choose_model` draws the controls under "More options" for periods
    of so many months and gives the document's own fields. `document` writes the whole choice, and `dates_of`
    reads the interruptions of a saved document. `linked`: the fields that stand in the address by the same
    name. `ahead`: before a run. `show_result`: the page of a run.
    """

    analysis: str
    question: Callable[[Subject], str]
    method: str
    choose_model: Callable[[int], dict[str, Any]]
    document: Callable[[Choice], dict[str, Any]]
    dates_of: Callable[[dict[str, Any]], tuple[str, ...]]
    linked: tuple[str, ...]
    ahead: Callable[[Asked], Ahead]
    show_result: Callable[[WriteLead, RunRecord, Asked], None]
    takes_file: bool = False


def interrupted_document(analysis: str) -> Callable[[Choice], dict[str, Any]]:
    """The document of an analysis with `interruptions`.

    Every choice is written out, so that no later default can alter it.
    """
    return lambda choice: {
        "analysis": analysis,
        "indicator": choice.indicator.indicator_id,
        "org": choice.org,
        "lineage": choice.lineage,
        "interruptions": list(choice.dates.interruptions),
        **choice.model,
    }


def dates_interrupted(document: dict[str, Any]) -> tuple[str, ...]:
    """The interruptions of such a document."""
    return tuple(map(str, document["interruptions"]))
