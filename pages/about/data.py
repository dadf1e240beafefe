"""Data: every source, its files and hashes, what reconciles, and what is missing and why."""

from html import escape

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_day, format_month
from pages.parts.frame import page_head, show_table
from pages.parts.indicators import catalogue
from pages.parts.links import linked_select
from pages.parts.sources import title_of
from pages.parts.store import ask

FILE_COLUMNS = {
    "file_name": "File",
    "status": "Status",
    "kind": "Kind",
    "layout": "Layout",
    "period_start": st.column_config.DateColumn("From", format="YYYY-MM-DD"),
    "period_end": st.column_config.DateColumn("To (exclusive)", format="YYYY-MM-DD"),
    "published_on": st.column_config.DateColumn("Published or revised", format="YYYY-MM-DD"),
    "retrieved_at": st.column_config.DateColumn("Retrieved", format="YYYY-MM-DD"),
    "licence": "Licence",
    "sha256": "SHA-256",
    "url": st.column_config.LinkColumn("Address of the copy read"),
    "reason": "Why refused or held back",
    "note": "What to bear in mind of a compiled table",
}

CROSSCHECK_COLUMNS = {
    "period_start": st.column_config.DateColumn("Period from", format="YYYY-MM-DD"),
    "indicator": "Indicator",
    "org_code": "Code",
    "org_name": "Organisation",
    "own_value": st.column_config.NumberColumn("Shown here", format="%.2f"),
    "other_value": st.column_config.NumberColumn("Printed there", format="%.2f"),
    "difference": st.column_config.NumberColumn("Difference, points", format="%.2f"),
    "within_tolerance": "Within 0.2",
    "other_file": "File it is printed in",
}

REVISION_COLUMNS = {
    "period_start": st.column_config.DateColumn("Period from", format="YYYY-MM-DD"),
    "org_code": "Code",
    "org_name": "Organisation",
    "level": "Level",
    "measure": "Measure",
    "old_text": "Old",
    "new_text": "New",
    "difference": "Difference",
    "old_file": "Replaced file",
    "new_file": "File in force",
}


def coverage_table(coverage: pd.DataFrame) -> pd.DataFrame:
    """One row per source in words."""
    spans = [
        ("not dated" if files else "no file yet")
        if pd.isna(first) or pd.isna(last)
        else f"{format_month(first)} to {format_month(last - pd.Timedelta(days=1))}"
        for first, last, files in zip(
            coverage["first_period"],
            coverage["last_period_end"],
            coverage["files_in_force"],
            strict=True,
        )
    ]
    return pd.DataFrame(
        {
            "Source": coverage["source_id"].map(title_of),
            "Covers": spans,
            "Files in use": coverage["files_in_force"],
            "Replaced by a revision": coverage["files_superseded"],
            "Refused or held back": coverage["files_refused"] + coverage["files_held"],
            "File shapes": [
                f"{count} unconfirmed" if count else "confirmed"
                for count in coverage["layouts_unconfirmed"]
            ],
            "Newest publication date": [
                "not stated" if pd.isna(day) else format_day(day)
                for day in coverage["last_published_on"]
            ],
        }
    )


def reconciliation_sentence(rows: pd.DataFrame) -> str:
    """How many comparisons with the files' own England figure agree."""
    if rows.empty:
        return "Its files print no England figure that the sum of organisations could be compared with."
    agree = int(rows["within_tolerance"].sum())
    return (
        f"{agree:,} of {len(rows):,} England figures printed in its files equal the sum of their "
        "organisations within 0.1 %."
    )


def crosscheck_sentence(rows: pd.DataFrame) -> str:
    """How many values agree with what other publications print for the same organisation and period."""
    agree = int(rows["within_tolerance"].sum())
    titles = "; ".join(escape(title_of(one)) for one in sorted(rows["other_source_id"].unique()))
    return (
        f"{agree:,} of {len(rows):,} values equal, within 0.2 points, what another publication prints for "
        f"the same organisation and period ({titles})."
    )


def layout_sentence(layouts: pd.DataFrame) -> str:
    """Which of a source's file shapes no real file has confirmed."""
    unconfirmed = layouts.loc[layouts["is_unconfirmed"], "layout"]
    if unconfirmed.empty:
        return "Every file shape we read of it has been met in a real file."
    return (
        f"Unconfirmed layout: {escape(', '.join(unconfirmed))}. The reader was written to a description; a "
        "file that departs from it is refused, and no figure of it is shown until one passes."
    )


def revision_sentence(revisions: pd.DataFrame) -> str:
    """How many figures the revisions of a source's files changed."""
    if revisions.empty:
        return "No file of this source has been replaced by a revision that changed a figure."
    files = revisions["old_file"].nunique()
    return (
        f"Revisions of {files} files changed {len(revisions):,} figures of "
        f"{revisions['org_code'].nunique():,} organisations. Shown are those in force."
    )


coverage = ask("source_coverage")
refused = int(coverage["files_refused"].sum())
page_head(
    "What do the figures rest on?",
    f"{int(coverage['files_in_force'].sum())} files from {int((coverage['files_in_force'] > 0).sum())} of "
    f"{len(coverage)} sources are in use; "
    f"{int(coverage['files_superseded'].sum())} were replaced by a later revision and {refused} refused.",
    "Every figure names the file it was read from; every file has a hash that anybody can check.",
)
st.table(coverage_table(coverage), border="horizontal", hide_index=True)
source = linked_select(
    "Look into a source",
    "source",
    list(coverage["source_id"]),
    title_of,
    default=coverage["source_id"].iloc[0],
)
if source is None:
    st.stop()
snapshots = ask("snapshots", source=source)
for file in snapshots[snapshots["status"] == "refused"].itertuples():
    st.warning(f"{file.file_name} was refused: {file.reason}")
for file in snapshots[snapshots["status"] == "held"].itertuples():
    st.warning(f"{file.file_name} was {file.reason}")
st.html(f'<p class="ot-reading">{layout_sentence(ask("layouts", source=source))}</p>')

st.header("Do the figures add up?", anchor=False)
reconciliation = ask("reconciliation", source=source)
st.html(f'<p class="ot-reading">{reconciliation_sentence(reconciliation)}</p>')
if len(reconciliation):
    show_table(
        reconciliation[
            [
                "period_start",
                "measure",
                "published",
                "computed",
                "difference",
                "within_tolerance",
                "file_name",
            ]
        ].sort_values("within_tolerance", kind="stable"),
        f"reconciliation-{source}",
        "Every comparison, disagreements first",
    )
crosscheck = ask("crosscheck", source=source)
if len(crosscheck):
    st.html(f'<p class="ot-reading">{crosscheck_sentence(crosscheck)}</p>')
    show_table(
        crosscheck[list(CROSSCHECK_COLUMNS)],
        f"crosscheck-{source}",
        "Every value beside what another publication prints, differences first",
        CROSSCHECK_COLUMNS,
    )

st.header("What did revisions change?", anchor=False)
revisions = ask("revisions", source=source)
st.html(f'<p class="ot-reading">{revision_sentence(revisions)}</p>')
if len(revisions):
    show_table(
        revisions,
        f"revisions-{source}",
        "Every changed figure, the largest change first",
        REVISION_COLUMNS,
    )

st.header("What is missing, and why?", anchor=False)
missing = ask("missing", source=source)
if missing.empty:
    st.html(
        '<p class="ot-reading">No organisation and month of its indicators is published as missing.</p>'
    )
else:
    titles = {key: indicator.short_title for key, indicator in catalogue().items()}
    st.table(
        pd.DataFrame(
            {
                "Indicator": missing["indicator_id"].map(titles),
                "Reason": missing["missing_reason"].map(escape),
                "Organisation-months": missing["organisation_months"],
                "Organisations": missing["organisations"],
                "From": missing["first_month"].map(format_month),
                "To": missing["last_month"].map(format_month),
            }
        ),
        border="horizontal",
        hide_index=True,
    )

st.header("Files", anchor=False)
st.html(
    '<p class="ot-reading">Where two files tell of the same organisation and month, the publication itself '
    "goes before a compiled table, and a revision before a first release. Files that came with the product "
    "were read from public copies, at the address given; the day of their retrieval was not recorded.</p>"
)
show_table(
    snapshots[list(FILE_COLUMNS)],
    f"files-{source}",
    f"The {len(snapshots)} files of this source",
    FILE_COLUMNS,
    is_open=True,
)
