"""Sections of a report for assurance: assumptions, quality log, and what the run rests on."""

from collections.abc import Hashable
from typing import Any

from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Block, Paragraph, Row, Section, Table
from indicators.reporting.words import UNKNOWN, day_words, is_known, moment_words
from indicators.runs.record import lock

STATUS = "draft"
"""The QA status of a report as it is written; later ones are people's to give."""
TO_FILL = "to be filled in"
_ASSUMPTIONS = ("Id", "Assumption", "Basis", "Quality", "Impact", "Owner", "Date", "Runs")
_LOG = ("Check", "Who", "When", "Result", "Evidence")
_BY_PEOPLE = (
    "Days of entry and exit against their sources",
    "Definition and source of the measure",
    "Choice of model and of left-out periods",
    "Words of the conclusion against the intervals",
)


def assumptions_section(found: Evidence) -> Section:
    """What the design takes for granted, a row each; its rating is for people."""
    when = day_words(found.record.specified_at)
    rows = tuple(
        (f"R{number}", text, basis, TO_FILL, TO_FILL, TO_FILL, when, found.record.run_id)
        for number, (text, basis) in enumerate(_assumed(found), start=1)
    )
    text = "Quality and impact are rated red, amber or green by the analyst and the assurer."
    return Section(
        "Assumptions", (Paragraph(text), Table("Assumptions of this run", _ASSUMPTIONS, rows))
    )


def _assumed(found: Evidence) -> list[tuple[str, str]]:
    line = "the line before" if found.spec.trend else "the level before"
    rows = [
        (
            f"Without the interruption {line} would have gone on",
            "the design; no comparator is used",
        ),
        ("Nothing else that matters changed at the interruption", "see the first EPOC question"),
        ("Neighbouring errors are alike by one correlation, the same throughout", "the model, φ"),
        ("An event to the 15th exposes its own month, later ones the next", "METHODS 0.2"),
        (
            "What is left out before entry held no change of its own",
            "anticipation; see Sensitivity",
        ),
    ]
    if found.result.grade == "descriptive":
        rows.append(("Few points on a side still tell of the whole", "none: run grade descriptive"))
    if found.indicator is not None and found.spec.lineage == "current":
        rows.append(("Predecessors added up are the organisation of today", "lineage current"))
    return rows


def quality_section(found: Evidence) -> Section:
    """Checks done by the program, and those that people have to do."""
    by_program: list[Row] = [_replay_row(found), _lock_row(found)]
    by_people = [(check, TO_FILL, TO_FILL, TO_FILL, TO_FILL) for check in _BY_PEOPLE]
    text = f"QA status: {STATUS}. Later ones (analyst checked, assured, approved) are people's to give."
    table = Table("Quality log", _LOG, (*by_program, *by_people))
    return Section("Quality assurance", (Paragraph(text), table))


def _replay_row(found: Evidence) -> Row:
    agrees = "agrees" if found.replayed.agrees else "does not agree"
    name = "Run again: every number within 1e-9"
    when = day_words(found.written_at)
    return (name, "by the program", when, agrees, found.replayed.sentence())


def _lock_row(found: Evidence) -> Row:
    """The order of times in the record: fixed first, then run."""
    record = found.record
    is_in_order = record.specified_at <= record.ran_at
    result = "yes" if is_in_order else "no: the record says it was run before it was fixed"
    evidence = f"fixed {moment_words(record.specified_at)}, run {moment_words(record.ran_at)}"
    name = "Specification fixed no later than the run"
    return (name, "by the program", day_words(found.written_at), result, evidence)


def locked_words(found: Evidence) -> str:
    """Whether the specification came before results."""
    if found.record.parent is None:
        return "specified before results"
    return f"changed after results were seen (it alters run {found.record.parent})"


def versions_section(found: Evidence) -> Section:
    """Everything needed to run it again."""
    record, versions = found.record, found.record.versions
    rows: list[Row] = [
        ("Run", record.run_id),
        ("Specification lock, SHA-256", lock(record.document)),
        ("Fixed", moment_words(record.specified_at)),
        ("Run at", moment_words(record.ran_at)),
        ("Order", locked_words(found)),
        ("Data version", versions.data or "none: rows of a person's own"),
        ("SHA-256 of the values used", record.data.sha256),
        ("Code version", versions.code),
        ("Python", versions.python),
        *((name, text) for name, text in versions.packages.items()),
        ("Seed", "none: nothing is drawn at random" if record.seed is None else str(record.seed)),
        ("Changed since", "; ".join(found.replayed.changed) or "nothing that is recorded"),
        ("Report written", moment_words(found.written_at)),
    ]
    command = "Run it again with: python -m indicators replay RUN.json"
    table = Table("Versions, seed and specification lock", ("What", "Here"), tuple(rows))
    return Section("Versions and seed", (table, Paragraph(command)))


def sources_section(found: Evidence) -> Section:
    """Where the figures come from: the publications, then every file."""
    background = found.background
    if background is None:
        name = found.record.data.file_name
        text = f"The figures are a person's own, from {name}. The rows are not kept, only their SHA-256."
        return Section("Sources", (Paragraph(text),))
    files = background.files
    by_source = [(str(name), rows) for name, rows in files.groupby("title", sort=True)]
    sources: tuple[Row, ...] = tuple(
        (
            name,
            str(rows["publisher"].iloc[0]),
            str(rows["licence"].iloc[0]),
            str(len(rows)),
            str(int(rows["size"].sum())),
        )
        for name, rows in by_source
    )
    header = ("Publication", "Publisher", "Licence", "Files", "Figures")
    blocks: list[Block] = [Table("Publications", header, sources, frozenset({3, 4}))]
    return Section("Sources", (*blocks, _files_table(found)))


def _files_table(found: Evidence) -> Table:
    files = found.background.files if found.background else None
    rows = [] if files is None else [_file_row(one) for one in files.to_dict("records")]
    header = ("File", "Kind", "Published", "Retrieved", "SHA-256")
    return Table("Files that the figures come from", header, tuple(rows))


def _file_row(one: dict[Hashable, Any]) -> Row:
    """One file; of what is not on record that is said."""
    sha256 = one["sha256"] if is_known(one["sha256"]) else UNKNOWN
    days = (day_words(one["published_on"]), day_words(one["retrieved_at"]))
    return (str(one["file_name"]), str(one["kind"]), *days, str(sha256))


def warnings_section(found: Evidence) -> Section:
    """Every warning of the run."""
    warnings = found.result.warnings
    if not warnings:
        return Section("Warnings", (Paragraph("The run has no warnings."),))
    rows = tuple((one.code, one.message) for one in warnings)
    return Section("Warnings", (Table("Warnings of this run", ("Code", "What it means"), rows),))
