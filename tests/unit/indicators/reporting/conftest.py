"""Two runs to report: one on a person's own rows, one on published figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.analyses.own_data import OwnData
from indicators.reporting.evidence import Evidence, gather
from indicators.reporting.writing import written
from indicators.runs.record import RunRecord, record_run
from tests.unit.indicators.analyses.files import own

VALUES = (
    *(77.3, 78.7, 79.3, 78.1, 77.5, 76.0, 74.7, 74.1, 73.5, 75.4, 74.8, 74.6),
    *(73.4, 72.2, 71.4, 71.4, 72.9, 72.6, 71.8, 71.5, 75.8, 78.5, 76.7, 77.6),
    *(80.5, 76.1, 75.8, 76.5, 77.9, 76.3, 77.5, 78.3, 78.9, 76.1, 78.7, 81.0),
)
DOCUMENT = {
    "analysis": "its",
    "interruptions": ["2023-03"],
    "seasonality": "none",
    "horizons": [0, 6, 12],
    "improvement": "up",
}


@pytest.fixture(scope="session")
def own_rows(tmp_path_factory: pytest.TempPathFactory) -> OwnData:
    """Months from July 2021 on; November 2021 is missing."""
    months = [f"{2021 + (6 + at) // 12}-{(6 + at) % 12 + 1:02}" for at in range(len(VALUES))]
    lines = [f"{month},{value}" for month, value in zip(months, VALUES, strict=True)]
    return own(tmp_path_factory.mktemp("own"), "period,value", *lines[:4], *lines[5:])


@pytest.fixture(scope="session")
def own_run(own_rows: OwnData) -> RunRecord:
    return record_run(DOCUMENT, own_rows)


@pytest.fixture(scope="session")
def own_found(own_run: RunRecord, own_rows: OwnData) -> Evidence:
    return gather(own_run, own_rows)


@pytest.fixture(scope="session")
def own_word(own_found: Evidence) -> bytes:
    return written(own_found, ".docx")


@pytest.fixture(scope="session")
def own_html(own_found: Evidence) -> bytes:
    return written(own_found, ".html")


@pytest.fixture(scope="session")
def published_found(warehouse: Path) -> Iterator[Evidence]:
    """Shrewsbury and Telford, from July 2021 to March 2026 in the programme."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATA_DIR", str(warehouse))
        document = {
            "analysis": "its",
            "indicator": "ae_4h_all",
            "org": "RXW",
            "interruptions": ["2021-07", "2026-03"],
            "method": "ols",
        }
        yield gather(record_run(document))
