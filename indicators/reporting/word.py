"""A report as a Word document: headings by style, native tables whose header rows repeat, a footer."""

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph

from indicators.reporting.parts import Block, Figure, Paragraph, Report, Row, Table, writable

_SMALL = Pt(8)
_A4 = (Mm(297), Mm(210))
_MARGIN = Mm(16)
_INSIDE = _A4[0] - 2 * _MARGIN
_FEWEST, _MOST = 8, 64
"""Letters that a column counts as having, at least and at most."""


def as_word(report: Report, written_at: datetime) -> bytes:
    """The whole document as the bytes of a .docx file."""
    document = Document()
    _set_up(document, report, written_at)
    document.add_heading(writable(report.title), level=1)
    for block in report.lead:
        _add(document, block)
    for section in report.sections:
        document.add_heading(writable(section.heading), level=2)
        for block in section.blocks:
            _add(document, block)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: DocumentType, report: Report, written_at: datetime) -> None:
    """A4 on its side, as tables are wide; British English; title and footer."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    page.footer.paragraphs[0].text = writable(report.footer)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.language = writable(report.title)[:255], "en-GB"
    about.author, about.comments = "Oversight Trajectories", writable(report.footer)[:255]
    about.created = about.modified = written_at.replace(tzinfo=None)


def _add(document: DocumentType, block: Block) -> None:
    if isinstance(block, Paragraph):
        _add_paragraph(document, block)
    elif isinstance(block, Table):
        _add_table(document, block)
    else:
        _add_figure(document, block)


def _add_paragraph(document: DocumentType, block: Paragraph) -> WordParagraph:
    style = "Intense Quote" if block.is_notice else None
    return document.add_paragraph(writable(block.text), style)


def _add_figure(document: DocumentType, figure: Figure) -> None:
    """Word takes no SVG without a picture beside it, so the figure's table stands in its place."""
    document.add_paragraph(writable(f"{figure.caption}. {figure.alt}"))
    document.add_paragraph(writable(figure.elsewhere))
    _add_table(document, figure.data)


def _add_table(document: DocumentType, table: Table) -> None:
    caption = document.add_paragraph(writable(table.caption), "Caption")
    caption.paragraph_format.keep_with_next = True
    lines = (table.header, *table.rows)
    made = document.add_table(rows=len(lines), cols=len(table.header), style="Light List")
    widths = _widths(table)
    for row, words in zip(made.rows, lines, strict=True):
        _fill(row, words, table)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    _mark(document, table.caption)
    document.add_paragraph()


def _widths(table: Table) -> list[Length]:
    """The page's width shared by the longest words of each column, within bounds."""
    columns = zip(table.header, *table.rows, strict=True)
    longest = [min(max(max(map(len, column)), _FEWEST), _MOST) for column in columns]
    return [Length(_INSIDE * letters // sum(longest)) for letters in longest]


def _fill(row: WordRow, words: Row, table: Table) -> None:
    for at, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(writable(word)).font.size = _SMALL
        if at in table.numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(document: DocumentType, caption: str) -> None:
    """Of the last table: what it is, to who hears it read; its header row; no row cut by a page's end."""
    last = document.element.body.xpath("./w:tbl[last()]")[0]
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), writable(caption))
    last.tblPr.append(title)
    for number, row in enumerate(last.tr_lst):
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if number == 0:
            row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
