"""Reading a written report back: its tables as rows of text, by caption."""

from io import BytesIO

from docx import Document
from lxml import html

from indicators.reporting.parts import Report, Table

Tables = dict[str, list[list[str]]]


def tables_of_html(content: bytes) -> Tables:
    page = html.document_fromstring(content.decode())
    return {
        str(table.xpath("string(caption)")): [
            [cell.text_content() for cell in row] for row in table.xpath(".//tr")
        ]
        for table in page.xpath("//table")
    }


def tables_of_word(content: bytes) -> Tables:
    document = Document(BytesIO(content))
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption"]
    rows = [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]
    return dict(zip(captions, rows, strict=True))


def tables_of(report: Report) -> dict[str, Table]:
    blocks = [block for section in report.sections for block in section.blocks]
    return {block.caption: block for block in blocks if isinstance(block, Table)}
