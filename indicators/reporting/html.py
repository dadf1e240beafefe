"""A report as one static HTML file: no script, nothing from elsewhere, to be read, searched and printed."""

import re
from html import escape

from indicators.reporting.figure import draw
from indicators.reporting.parts import Block, Figure, Paragraph, Report, Section, Table, writable
from indicators.reporting.style import style_sheet

_LONG = re.compile(r"[^\s&;<>]{16}(?=[^\s&;<>]{8})")


def as_html(report: Report) -> str:
    """The whole document as text."""
    body = [
        "<main>",
        f"<h1>{_safe(report.title)}</h1>",
        *map(_block, report.lead),
        _contents(report.sections),
        *(_section(number, one) for number, one in enumerate(report.sections, start=1)),
        "</main>",
        f"<footer>{_safe(report.footer)}</footer>",
    ]
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_safe(report.title)}</title>",
        f"<style>{style_sheet()}</style>",
    ]
    page = ["<!DOCTYPE html>", '<html lang="en-GB"><head>', *head, "</head><body>", *body]
    return "\n".join([*page, "</body></html>", ""])


def _safe(words: str) -> str:
    return escape(writable(words))


def _contents(sections: tuple[Section, ...]) -> str:
    items = [
        f'<li><a href="#s{number}">{_safe(one.heading)}</a></li>'
        for number, one in enumerate(sections, start=1)
    ]
    return f'<nav aria-label="Sections"><ul>{"".join(items)}</ul></nav>'


def _section(number: int, section: Section) -> str:
    heading = f'<h2 id="s{number}">{_safe(section.heading)}</h2>'
    inside = "\n".join(map(_block, section.blocks))
    return f'<section aria-labelledby="s{number}">{heading}\n{inside}</section>'


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        opening = '<p class="notice">' if block.is_notice else "<p>"
        return f"{opening}{_safe(block.text)}</p>"
    return _figure(block) if isinstance(block, Figure) else _table(block)


def _figure(figure: Figure) -> str:
    drawn = _wide(draw(figure), figure.caption)
    picture = f"<figure>{drawn}<figcaption>{_safe(figure.caption)}</figcaption></figure>"
    summary = "<summary>The figure as a table</summary>"
    return f"{picture}<details>{summary}{_table(figure.data)}</details>"


def _table(table: Table) -> str:
    header = "".join(
        f'<th scope="col"{_kind(at, table)}>{_safe(words)}</th>'
        for at, words in enumerate(table.header)
    )
    rows = "\n".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    caption = f"<caption>{_safe(table.caption)}</caption>"
    inside = f"<table>{caption}<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    return _wide(inside, table.caption)


def _wide(inside: str, name: str) -> str:
    """What may be wider than the screen: it scrolls in itself, also by keyboard."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{_safe(name)}">{inside}</div>'


def _cells(row: tuple[str, ...], table: Table) -> str:
    first, *others = row
    cells = [
        f"<td{_kind(at, table)}>{_cell(words)}</td>" for at, words in enumerate(others, start=1)
    ]
    return f'<th scope="row">{_cell(first)}</th>{"".join(cells)}'


def _kind(at: int, table: Table) -> str:
    return ' class="number"' if at in table.numbers else ""


def _cell(words: str) -> str:
    """Words of a cell; what is too long for a column (addresses, fingerprints) may break."""
    return _LONG.sub(lambda found: f"{found[0]}<wbr>", _safe(words))
