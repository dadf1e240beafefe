"""Everything a report is written from: the record, and what the same engine and the warehouse add to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from indicators.analyses.its_before import before_run
from indicators.analyses.its_rows import InterruptedRows
from indicators.analyses.its_spec import Spec
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import prepare
from indicators.definition import Indicator
from indicators.reporting.background import Background, read_background
from indicators.reporting.result import Effect, Result, result_of
from indicators.reporting.variants import Track, Variant, variants_of
from indicators.reporting.words import Amounts, amounts_of
from indicators.runs.record import RunRecord
from indicators.runs.replay import Replay, replay
from indicators.stats.its.least import Least
from indicators.stats.its.power import detectable
from settings import Settings
from sql.publish import read_current
from sql.reads import open_database


@dataclass(frozen=True)
class Evidence:
    """One run with what surrounds it; `indicator` and `background` are None for rows of a person's own."""

    record: RunRecord
    spec: Spec
    result: Result
    amounts: Amounts
    indicator: Indicator | None
    background: Background | None
    replayed: Replay
    least: tuple[Least, ...]
    variants: tuple[Variant, ...]
    written_at: datetime

    def detectable(self, interruption: int, effect: Effect) -> float:
        """The least effect that such a series shows there; by the formula where none is simulated."""
        for one in self.least:
            if (one.interruption, one.horizon) == (interruption, effect.horizon):
                return one.shown
        return detectable(effect.se, self.spec.alpha)

    @property
    def named(self) -> str:
        """The series in words: the organisation, or the file."""
        if self.background is not None:
            return self.background.organisation
        return self.record.data.file_name or "the series"

    @property
    def measure(self) -> str:
        """What is measured."""
        return "the series" if self.indicator is None else self.indicator.title


def gather(record: RunRecord, data: OwnData | None = None, track: Track = iter) -> Evidence:
    """Run the record again, and by other choices, and read what the warehouse knows of its series.

    `track` hands on each other choice, and shows progress. Raises Refusal where the record is of another
    analysis or damaged, where a person's own rows are missing, or where the run is refused now.
    """
    result = result_of(record)
    replayed = replay(record, data)
    prepared = prepare(record.document, data)
    spec, rows = cast(Spec, prepared.spec), cast(InterruptedRows, prepared.rows)
    return Evidence(
        record=record,
        spec=spec,
        result=result,
        amounts=amounts_of(rows.indicator, result),
        indicator=rows.indicator,
        background=_background(spec, rows.indicator, result),
        replayed=replayed,
        least=before_run(record.document, data).least,
        variants=variants_of(prepared, spec, result, track),
        written_at=datetime.now(UTC),
    )


def _background(spec: Spec, indicator: Indicator | None, result: Result) -> Background | None:
    if indicator is None:
        return None
    data_dir = Settings().data_dir
    published = read_current(data_dir)
    if published is None:
        raise Refusal("NEEDS_DATA", "Nothing has been published yet: run `python -m sql publish`.")
    with open_database(data_dir / published.file) as warehouse:
        return read_background(warehouse, spec, indicator, result)
