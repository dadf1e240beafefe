"""Pages of segments and programme members as tests write them; no saved page has been at hand."""

from pathlib import Path

from data_sources.source import Snapshot
from tests.sources.files import Rows, snapshot_of

RSP_PAGE = (
    "https://www.england.nhs.uk/system-and-organisational-oversight/recovery-support-programme/"
)
ARCHIVED = f"https://web.archive.org/web/20240412093000id_/{RSP_PAGE}"
RSP_TITLE = "NHS England » Recovery Support Programme"
SEGMENT_TITLE = "NHS England » NHS Oversight Framework segmentation"


def page(main: str, title: str = RSP_TITLE, address: str = RSP_PAGE) -> str:
    """A web page with navigation around its main part."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>"
        f'<link rel="canonical" href="{address}"></head>'
        "<body><nav><ul><li>About us</li><li>NHS Trust finder</li></ul></nav>"
        f"<main>{main}</main><footer><p>Contact</p></footer></body></html>\n"
    )


def bullets(*items: str) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def table(rows: Rows) -> str:
    """A table whose first row is its header."""
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


MEMBERS = page(
    "<h1>Recovery Support Programme</h1><p>Last updated: 12 April 2024.</p>"
    "<p>The programme offers:</p>"
    + bullets("an improvement director", "a plan with exit criteria")
    + "<h2>Organisations in the Recovery Support Programme</h2><p>Trusts:</p>"
    + bullets("Alpha&nbsp;Hospitals NHS Trust", "Beta Healthcare <b>NHS Foundation Trust</b>")
    + "<p>Systems:</p>"
    + bullets("Gamma Integrated Care Board")
    + "<h2>Organisations that have left the Recovery Support Programme</h2>"
    + bullets("Delta Hospitals NHS Trust")
)


def save(folder: Path, text: str, name: str = "20240412093000.html") -> Snapshot:
    """The page as a snapshot that was added by hand."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return snapshot_of(path, "oversight_pages")
