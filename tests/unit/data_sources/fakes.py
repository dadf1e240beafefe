"""A small publication for tests: a CSV of beds by organisation and month."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from data_sources.http import Http
from data_sources.periods import month_after, read_month
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import figures_frame, read_delimited

BEDS = b"Beds,April 2024\nRXX,Acacia Trust,10\nRYY,Beech Trust,-\nENG,England,10\n"
BEDS_MAY = BEDS.replace(b"April", b"May")
BEDS_BROKEN = BEDS.replace(b"April 2024", b"no month")
PAGE = "https://www.england.nhs.uk/beds/"


@dataclass
class FakePublication:
    """Recognises what starts with `sign`. Its files tell of three organisations in two tables."""

    source_id: str = "beds"
    sign: bytes = b"Beds,"
    releases: list[Release] = field(default_factory=list)
    months: int | None = 1
    unconfirmed: tuple[str, ...] = ()

    @property
    def SOURCE(self) -> Source:
        return Source(
            id=self.source_id,
            title="Beds",
            publisher="NHS England",
            cadence="monthly",
            landing_page=PAGE,
            layouts=("old_csv", "monthly_csv"),
            unconfirmed=self.unconfirmed,
        )

    def recognises(self, path: Path, file_name: str) -> bool:
        return path.read_bytes().startswith(self.sign)

    def discover(self, http: Http) -> list[Release]:
        if not self.releases:
            raise SourceError("The landing page links to no file of beds.")
        return self.releases

    def parse(self, snapshot: Snapshot) -> Parsed:
        sheet = read_delimited(snapshot.path.read_bytes(), snapshot.file_name)
        month = read_month(sheet.cell(1, 2), f"{snapshot.file_name}, {sheet.place(1, 2)}")
        span = (month.isoformat(), month_after(month).isoformat())
        rows = [
            (
                *span,
                "england" if code == "ENG" else "provider",
                code,
                name,
                "beds",
                value,
                "csv",
                row,
            )
            for row, (code, name, value) in enumerate(sheet.rows[1:], start=2)
        ]
        tables = {
            "figures": figures_frame(rows),
            "organisations": pd.DataFrame({"org_code": ["RXX", "RZZ"]}),
            "successions": pd.DataFrame({"successor_code": ["RQQ"]}),
        }
        return Parsed("monthly_csv", tables, *self._period(month))

    def _period(self, start: date) -> tuple[date | None, date | None]:
        """`months` long; with 0 months open-ended, with None not stated."""
        if self.months is None:
            return None, None
        end = start
        for _ in range(self.months):
            end = month_after(end)
        return start, end if self.months else None


class RenewedPublication(FakePublication):
    """Newer code, which also reads the file without a month; that month stands in the name."""

    def parse(self, snapshot: Snapshot) -> Parsed:
        sheet = read_delimited(snapshot.path.read_bytes(), snapshot.file_name)
        month = read_month(snapshot.file_name, snapshot.file_name)
        if sheet.cell(1, 2) != "no month":
            raise LayoutChanged(
                snapshot.file_name, sheet.place(1, 2), "'no month'", sheet.cell(1, 2)
            )
        return Parsed("old_csv", {"figures": figures_frame([])}, month, month_after(month))
