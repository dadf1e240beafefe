"""The HTML report: the record's numbers, readable without a picture, nothing run and nothing fetched."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from indicators.reporting.evidence import Evidence
from indicators.reporting.html import as_html
from indicators.reporting.parts import Paragraph, Report, Section, Table, writable
from indicators.reporting.style import DARK, LIGHT
from pages.charts import theme
from tests.unit.indicators.reporting.reading import tables_of_html

TEXTS = st.text(alphabet=st.sampled_from("&<>\"'a b/=;\x00"), min_size=1)


def test_every_number_of_the_effects_is_the_record_s(own_found: Evidence, own_html: bytes) -> None:
    caption = "Effects of the entry (Mar 2023), in units of the file"
    _, *rows = tables_of_html(own_html)[caption]
    recorded = own_found.record.result["effects"]
    assert len(rows) == len(recorded) == 3
    for row, one in zip(rows, recorded, strict=True):
        assert row[0] == str(one["horizon"])
        assert row[2:8] == [
            f"{one['estimate']:+.1f}",
            f"{one['se']:.1f}",
            f"{one['ci_low']:+.1f} to {one['ci_high']:+.1f}",
            f"{one['df']:.1f}",
            f"{one['p']:.3f}" if one["p"] >= 0.001 else "< 0.001",
            f"{one['counterfactual']:.1f}",
        ]
        assert row[9] == one["evidence"]


def test_one_heading_of_the_first_level_and_none_left_out(own_html: bytes) -> None:
    page = html.document_fromstring(own_html.decode())
    assert page.get("lang") == "en-GB"
    assert [one.tag for one in page.iter("h1", "h2", "h3", "h4")] == ["h1"] + ["h2"] * 15
    assert len(page.xpath("//main")) == len(page.xpath("//footer")) == 1


def test_every_table_has_a_caption_and_scopes(own_html: bytes) -> None:
    page = html.document_fromstring(own_html.decode())
    for table in page.xpath("//table"):
        assert table.xpath("string(caption)").strip()
        assert {one.get("scope") for one in table.xpath("./thead//th")} == {"col"}
        assert {one.get("scope") for one in table.xpath("./tbody//th")} == {"row"}
        widths = {len(row) for row in table.xpath(".//tr")}
        assert len(widths) == 1


def test_the_figure_has_words_in_its_place(own_html: bytes) -> None:
    page = html.document_fromstring(own_html.decode())
    (picture,) = page.xpath("//svg")
    assert picture.get("role") == "img"
    assert picture.get("aria-label").startswith("Observed figures, the fitted line")


def test_nothing_runs_and_nothing_comes_from_elsewhere(own_html: bytes) -> None:
    page = html.document_fromstring(own_html.decode())
    assert page.xpath("//script | //link | //img | //iframe | //object") == []
    assert {one[0] for one in page.xpath("//a/@href")} == {"#"}
    assert "url(" not in own_html.decode() and "@import" not in own_html.decode()
    targets = {one[1:] for one in page.xpath("//a/@href")}
    assert targets <= set(page.xpath("//@id"))


def test_both_colour_schemes_are_those_of_the_pages() -> None:
    for ours, tokens in ((LIGHT, theme.LIGHT), (DARK, theme.DARK)):
        for name in ("background", "ink", "muted", "grid", "surface", "accent"):
            assert ours[name] == getattr(tokens, name)
        assert (ours["expected"], ours["axis"]) == (tokens.lines[1], tokens.comparators)


@given(TEXTS, TEXTS)
def test_names_are_text_whatever_they_hold(first: str, second: str) -> None:
    table = Table(first, ("a", second), ((first, second),))
    report = Report(first, (Paragraph(second),), (Section(second, (table,)),), first)
    written = as_html(report)
    page = html.document_fromstring(written)
    assert page.xpath("//h1")[0].text_content() == writable(first)
    assert page.xpath("//main/p")[0].text_content() == writable(second)
    assert [one.text_content() for one in page.xpath("//tbody//*[self::th or self::td]")] == [
        writable(first),
        writable(second),
    ]
    tags = set(re.findall(r"<([a-z0-9]+)", written))
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "p", "nav", "ul", "li"),
        *("a", "section", "h2", "div", "table", "caption", "thead", "tr", "th", "tbody", "td"),
        *("footer", "wbr"),
    }
