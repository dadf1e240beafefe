"""The pooled evidence of a document, kept until the data change: a run, or why there is none and for whom."""

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from indicators.analyses.pooled_judged import judge
from indicators.analyses.pooled_result import left_out_of
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import prepare
from indicators.runs.record import RunRecord, record_run
from pages.parts.store import version


@dataclass(frozen=True)
class Answer:
    """`run`, or why it was `refused` and the `code`; `left_out` has everybody who cannot be judged."""

    run: RunRecord | None
    left_out: list[dict[str, Any]]
    code: str = ""
    refused: str = ""


def answer_of(document: dict[str, Any]) -> Answer:
    """The answer; never to be altered, as all visits share it."""
    return _answer(json.dumps(document), version())


@st.cache_resource(
    max_entries=64, show_spinner="Judging every event beside others; this takes some seconds"
)
def _answer(document: str, _version: str) -> Answer:
    asked = json.loads(document)
    try:
        run = record_run(asked)
    except Refusal as refusal:
        return Answer(None, _left_out(asked), refusal.code, str(refusal))
    return Answer(run, run.result["left_out"])


def _left_out(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody on record with the reason; nobody where the figures themselves cannot be used."""
    try:
        prepared = prepare(document)
        return left_out_of(judge(prepared.spec, prepared.rows))
    except Refusal:
        return []
