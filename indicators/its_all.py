"""Run for all: one interrupted-time-series analysis at one event of every stay, for one indicator or many.

Each row is an analysis of its own, by the document that the single view writes and through the same engine.
Nothing is averaged over organisations here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from indicators.analyses import its
from indicators.analyses.its_published import Ask, rows_asked
from indicators.analyses.refusal import Refusal
from indicators.definition import Indicator
from indicators.its_all_beside import Beside
from indicators.its_all_rows import Row, effect_numbers, far_words, last_effect, number_of
from indicators.its_defaults import ANTICIPATION, HORIZONS
from indicators.its_stays import Event, Stay, first_month, others_within, stays_of

ENTRY_UNKNOWN, MERGED = "ENTRY_UNKNOWN", "INTERRUPTIONS_CLOSE"


@dataclass(frozen=True)
class Question:
    """Which `indicators`, at which `event`, and of which organisation (None: of all)."""

    indicators: tuple[Indicator, ...]
    event: Event
    org: str | None = None


@dataclass(frozen=True)
class Step:
    """One more row, the `done`-th of `of`."""

    done: int
    of: int
    row: Row


def document_of(indicator: Indicator, stay: Stay) -> dict[str, Any]:
    """The analysis of one stay, by the defaults of the single view."""
    return {
        "analysis": "its",
        "indicator": indicator.indicator_id,
        "org": stay.org_code,
        "lineage": "as_was",
        "interruptions": stay.interruptions,
        "method": "reml_ar1",
        "seasonality": "auto",
        "covid": "pulse",
        "phase_in": 0,
        "anticipation": ANTICIPATION[indicator.step_months],
        "horizons": list(HORIZONS[indicator.step_months]),
    }


def asked_stays(question: Question, stays: Sequence[Stay]) -> list[Stay]:
    """The stays of the organisation asked for, or of all, whose event is known to the month."""
    return [
        stay for stay in stays if stay.has(question.event) and question.org in (None, stay.org_code)
    ]


def run_all(question: Question, spells: pd.DataFrame, ask: Ask) -> Iterator[Step]:
    """Every stay asked for with every indicator, one after the other, so that a page can tell how far it is.

    `spells`: as `read_spells` gives them; `ask` answers for the warehouse, as `sql.reads.read` does.
    """
    stays = stays_of(spells)
    chosen = asked_stays(question, stays)
    # The same question is asked for every organisation, and its answer is large.
    asked_once = lru_cache(maxsize=16)(ask)
    of, done = len(chosen) * len(question.indicators), 0
    for indicator in question.indicators:
        series = _Series(indicator, question.event, stays, asked_once)
        beside = Beside(indicator, question.event, spells, asked_once)
        for stay in chosen:
            done += 1
            yield Step(done, of, series.row(stay, beside))


@dataclass(frozen=True)
class _Series:
    """One indicator at one kind of event, among all `stays` on record."""

    indicator: Indicator
    event: Event
    stays: list[Stay]
    ask: Ask

    def row(self, stay: Stay, beside: Beside) -> Row:
        """The effect of one stay, or why there is none."""
        event_on = first_month(stay, self.event)
        row = partial(
            Row,
            org_code=stay.org_code,
            org_name=stay.org_name,
            programmes=stay.programmes,
            spell_ids=", ".join(stay.spell_ids),
            interruptions=", ".join(stay.interruptions),
            event_on=event_on,
            indicator_id=self.indicator.indicator_id,
        )
        try:
            result = self._result(stay)
            effect, (before, after) = self._effect(result)
        except Refusal as refusal:
            return row(code=refusal.code, why=refusal.message)
        interval = (effect["estimate"], effect["ci_low"], effect["ci_high"])
        found: dict[str, Any] = effect_numbers(effect, self.indicator.step_months)
        found |= beside.in_spreads(interval, stay, event_on) | beside.excess(stay)
        found |= self._fit(result) | self._cautions(stay, result, effect)
        return row(**found, n_pre=before, n_post=after)

    def _result(self, stay: Stay) -> dict[str, Any]:
        if stay.entry is None:
            cause = (
                "Its entry is not known to the month, and an exit is judged against the time inside"
            )
            raise Refusal(ENTRY_UNKNOWN, f"{cause}. A source for the entry would allow it.")
        spec = its.Spec.model_validate(document_of(self.indicator, stay))
        return its.run(spec, rows_asked(spec, self.indicator, self.ask))

    def _effect(self, result: dict[str, Any]) -> tuple[dict[str, Any], tuple[int, int]]:
        """The effect a year after the event or the last before, and the points before and after the event."""
        if self.event == "entry":
            return last_effect(result["effects"]), (result["n_pre"], result["n_post"])
        if not result["later_interruptions"]:
            cause = "Exit came so soon after entry that the two are one change"
            raise Refusal(MERGED, f"{cause}. Look at the entry instead.")
        inside, after = result["segments"][-2:]
        return last_effect(result["later_interruptions"][0]["effects"]), (inside, after)

    def _fit(self, result: dict[str, Any]) -> dict[str, Any]:
        placebo = result["diagnostics"]["placebo_in_time"] if self.event == "entry" else None
        return {
            "placebos": 0 if placebo is None else placebo["number"],
            "placebo_p": number_of(None if placebo is None else placebo["p"]),
            "grade": result["grade"],
            "method": result["method"],
            "phi": number_of(result["phi"]),
            "warnings": " ".join(one["message"] for one in result["warnings"]),
        }

    def _cautions(
        self, stay: Stay, result: dict[str, Any], effect: dict[str, Any]
    ) -> dict[str, Any]:
        """What to bear in mind beside the engine's own warnings."""
        used = [row for row in result["series"] if row["used"]]
        told = [
            f"Another stay in a programme ({other.programmes}) may lie within this series."
            for other in others_within(stay, self.stays, _span(used))
        ]
        if stay.exit is None and stay.ends is not None:
            told.append("It left at a time not known to the month, so the model has no exit.")
        if stay.doubt is not None:
            told.append("The register doubts a date of this stay (confidence low).")
        far = far_words(effect["counterfactual"], [row["value"] for row in used])
        told += [far] if far else []
        return {"cautions": " ".join(told), "is_extrapolated": bool(far)}


def _span(used: list[dict[str, Any]]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first days of the first and last period fitted (written `2024-04` or `2024-Q2`)."""
    first, last = (pd.Period(used[place]["period"].replace("-Q", "Q")) for place in (0, -1))
    return first.start_time, last.start_time
