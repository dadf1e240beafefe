"""The Word report, opened again: native tables with marked headers, styles, a footer, the same numbers."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.reporting.content import report_of
from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Paragraph, Report, Section, Table, writable
from indicators.reporting.word import as_word
from tests.unit.indicators.reporting.reading import tables_of, tables_of_html, tables_of_word


def test_both_files_hold_the_same_tables(
    own_found: Evidence, own_word: bytes, own_html: bytes
) -> None:
    word = tables_of_word(own_word)
    assert word == tables_of_html(own_html)
    expected = {
        caption: [list(table.header), *map(list, table.rows)]
        for caption, table in tables_of(report_of(own_found)).items()
    }
    assert {name: rows for name, rows in word.items() if name in expected} == expected


def test_every_number_of_the_effects_is_the_record_s(own_found: Evidence, own_word: bytes) -> None:
    caption = "Effects of the entry (Mar 2023), in units of the file"
    _, *rows = tables_of_word(own_word)[caption]
    for row, one in zip(rows, own_found.record.result["effects"], strict=True):
        assert row[2] == f"{one['estimate']:+.1f}"
        assert row[4] == f"{one['ci_low']:+.1f} to {one['ci_high']:+.1f}"


def test_headings_are_styles_and_header_rows_are_marked(own_word: bytes) -> None:
    document = Document(BytesIO(own_word))
    levels = [one.style.name for one in document.paragraphs if one.style.name.startswith("Head")]
    assert levels == ["Heading 1"] + ["Heading 2"] * 15
    for table in document.tables:
        marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_footer_names_run_data_and_status(own_found: Evidence, own_word: bytes) -> None:
    document = Document(BytesIO(own_word))
    footer = document.sections[0].footer.paragraphs[0].text
    run_id = own_found.record.run_id
    assert footer == f"Run {run_id} · data version rows of own.csv · QA status: draft"
    assert document.core_properties.created == own_found.written_at.replace(microsecond=0)


def test_the_figure_is_a_table_and_says_where_it_is_drawn(
    own_word: bytes, published_found: Evidence
) -> None:
    document = Document(BytesIO(own_word))
    told = "The figure is drawn in the HTML report of this run; here its figures stand as a table."
    assert told in [one.text for one in document.paragraphs]
    published = Document(BytesIO(as_word(report_of(published_found), published_found.written_at)))
    (more,) = [one.text for one in published.paragraphs if one.text.startswith(told)]
    assert f"its?run={published_found.record.run_id}." in more
    assert len(tables_of_word(own_word)["Every period, in unit of the file"]) == 37


@settings(max_examples=20)
@given(st.text(alphabet=st.sampled_from("&<>\"'ab/=;\x00"), min_size=1))
def test_names_are_text_whatever_they_hold(own_found: Evidence, text: str) -> None:
    table = Table(text, ("a", text), ((text, "b"),))
    report = Report(text, (Paragraph(text),), (Section(text, (table,)),), text)
    document = Document(BytesIO(as_word(report, own_found.written_at)))
    told = writable(text)
    assert [one.text for one in document.paragraphs][:4] == [told] * 4
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [told, "b"]
    assert document.sections[0].footer.paragraphs[0].text == told


def test_columns_share_the_width_of_the_page_by_their_words(own_word: bytes) -> None:
    document = Document(BytesIO(own_word))
    page = document.sections[0]
    inside = page.page_width - page.left_margin - page.right_margin
    for table in document.tables:
        widths = [cell.width for cell in table.rows[0].cells]
        # Word keeps twentieths of a point (635 units) of each width.
        assert abs(sum(widths) - inside) <= len(widths) * 635
    epoc = tables_of_word(own_word)["Seven questions"]
    at = list(tables_of_word(own_word).values()).index(epoc)
    widths = [cell.width for cell in document.tables[at].rows[0].cells]
    assert widths[2] == max(widths)
