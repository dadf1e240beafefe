"""The run record of the screen made by hand, with the facts that the real one has in every row."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from indicators.runs.record import Ran, RunData, RunRecord, record_of
from indicators.runs.versions import Versions
from indicators.screening.judged import judged
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made_document import DOCUMENT


def record_of_rows(rows: list[dict[str, Any]]) -> RunRecord:
    """A record of these rows, kept under the usual thresholds."""
    decided = judged(rows, DEFAULTS)
    told = [
        dict(one.row) | {"facts": [asdict(fact) for fact in one.decision.facts]} for one in decided
    ]
    day = datetime(2026, 11, 27, 8, tzinfo=UTC)
    versions = Versions(data="made", code="2582f452dada", python="3.13.0", packages={})
    ran = Ran(RunData(file_name=None, sha256="75bc41005040"), versions, day, day)
    document = {"analysis": "screen", "thresholds": {}, "seed": 20211}
    return record_of(document, ran, {"ok": True, "rows": told, "warnings": []})


RECORD = record_of_rows(DOCUMENT["rows"])
