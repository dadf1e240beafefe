"""Writing small OpenDocument spreadsheets as LibreOffice and Excel write them."""

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.sources.files import Book, Rows, write_zip

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def cell(text: object, repeated: int = 1) -> str:
    """One cell element; blank ones are empty elements, as programs write them."""
    times = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    inside = f"<text:p>{escape(str(text))}</text:p>" if text != "" else ""
    return f"<table:table-cell{times}>{inside}</table:table-cell>"


def row(cells: str, repeated: int = 1) -> str:
    """One row element."""
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{cells}</table:table-row>"


def plain_rows(rows: Rows) -> str:
    """Rows, each closed by the blank cells to the edge of the sheet."""
    return "".join(row("".join(map(cell, cells)) + cell("", 16_000)) for cells in rows)


def content(tables: Mapping[str, str]) -> bytes:
    """The content part of a spreadsheet with these rows in each table."""
    sheets = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"
        for name, rows in tables.items()
    )
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    return f"<office:document-content{_SPACES}>{body}</office:document-content>".encode()


def write_ods_tables(path: Path, tables: Mapping[str, str]) -> Path:
    """A spreadsheet with these row elements in each table."""
    return write_zip(path, {"mimetype": MIMETYPE, "content.xml": content(tables)})


def write_ods(path: Path, book: Book) -> Path:
    """A spreadsheet of these sheets."""
    return write_ods_tables(path, {name: plain_rows(rows) for name, rows in book.items()})
