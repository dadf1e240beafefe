"""The record of a run: what was specified and when, its data and versions, and what came of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from data_sources.snapshots import write_atomically
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import prepare, run
from indicators.content import digest
from indicators.runs.versions import Versions, versions_here
from settings import Settings


class RunData(BaseModel):
    """Where the rows came from (`file_name` None: what is published), and the SHA-256 of their content."""

    model_config = ConfigDict(frozen=True)

    file_name: str | None
    sha256: str


class RunRecord(BaseModel):
    """One run. `specified_at`: when its document was fixed, before any result. `parent`: the run altered."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    specified_at: datetime
    ran_at: datetime
    parent: str | None
    document: dict[str, Any]
    data: RunData
    versions: Versions
    seed: int | None
    result: dict[str, Any]


@dataclass(frozen=True)
class Ran:
    """What an analysis was run on and with, and when: `specified_at` is not after `ran_at`."""

    data: RunData
    versions: Versions
    specified_at: datetime
    ran_at: datetime
    parent: str | None = None


def lock(document: dict[str, Any]) -> str:
    """The SHA-256 of a specification: equal for equal fields, whatever their order."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def record_run(
    document: dict[str, Any],
    data: OwnData | None = None,
    specified_at: datetime | None = None,
    parent: str | None = None,
) -> RunRecord:
    """Run an analysis and keep what is needed to run it again; raises Refusal, and then there is no run."""
    now = datetime.now(UTC)
    prepared = prepare(document, data)
    content = RunData(file_name=data.name if data else None, sha256=digest(prepared.rows))
    versions = versions_here(Settings(), data is not None)
    ran = Ran(content, versions, specified_at or now, now, parent)
    return record_of(document, ran, run(prepared))


def record_of(document: dict[str, Any], ran: Ran, result: dict[str, Any]) -> RunRecord:
    """The record of a result that is there already."""
    named = f"{lock(document)} {ran.data.sha256} {ran.versions.code} {ran.specified_at}"
    return RunRecord(
        run_id=hashlib.sha256(named.encode()).hexdigest()[:12],
        specified_at=ran.specified_at,
        ran_at=ran.ran_at,
        parent=ran.parent,
        document=document,
        data=ran.data,
        versions=ran.versions,
        seed=document.get("seed"),
        # As it will be read back: lists for tuples, texts for names.
        result=json.loads(json.dumps(result, allow_nan=False)),
    )


def save_run(record: RunRecord, folder: Path) -> Path:
    """Write the record to `<run_id>.json` in the folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record.run_id}.json"
    write_run(record, path)
    return path


def write_run(record: RunRecord, path: Path) -> None:
    """Write the record to a file, whole or not at all."""
    write_atomically(path, record.model_dump_json(indent=2).encode())


def load_run(path: Path) -> RunRecord:
    """The record in a file; Refusal `BAD_RUN` where it cannot be read as one."""
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except OSError as error:
        raise Refusal("BAD_RUN", f"{path}: cannot be read ({error.strerror}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        text = f"{path.name} is not the record of a run: {place}: {first['msg']}."
        raise Refusal("BAD_RUN", text) from error
