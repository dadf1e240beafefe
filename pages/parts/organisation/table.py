"""The profile as a table: a line per indicator with its icons, by theme; and as rows to take away."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import pandas as pd

from indicators.charted import CHARTED_FROM
from pages.charts.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    as_address,
    assurance_svg,
    variation_svg,
)
from pages.charts.layers.formats import format_value
from pages.charts.theme import Tokens
from pages.parts.indicators import GROUP_WORDS
from pages.parts.organisation.profile import ANCHORS, Anchor, Line, Stay
from pages.parts.organisation.words import (
    anchor_title,
    latest_words,
    own_words,
    peers_words,
    position_words,
    theme_sentence,
    window_words,
)

_STYLE = """<style>
.ot-profile { overflow-x: auto; }
.ot-profile table { border-collapse: collapse; width: 100%; font-size: 0.88rem; line-height: 1.3;
  font-variant-numeric: tabular-nums; }
.ot-profile th, .ot-profile td { padding: 0.28rem 0.6rem; text-align: left; vertical-align: middle;
  border-bottom: 1px solid rgba(128,140,150,.28); font-weight: normal; }
.ot-profile thead th { font-weight: 600; vertical-align: bottom; }
.ot-profile .ot-theme th { padding-top: 1.1rem; font-weight: normal; font-size: 0.95rem;
  border-bottom: 2px solid rgba(128,140,150,.55); }
.ot-profile td { white-space: nowrap; }
.ot-profile tbody th[scope=row] { min-width: 10.5rem; }
.ot-profile .ot-theme div { position: sticky; left: 0.6rem; max-width: min(62rem, calc(100vw - 3.5rem)); }
.ot-profile small { display: block; font-size: 0.8rem; opacity: 0.86; }
.ot-profile img { display: block; }
</style>"""
_ICON = 30
_FOREIGN = "outside England"


def titles_of(stay: Stay) -> dict[Anchor, str]:
    """The changes that a profile has a column for, with its heading."""
    titles = {anchor: anchor_title(anchor, stay) for anchor in ANCHORS}
    return {anchor: title for anchor, title in titles.items() if title}


def profile_table(org: str, lines: Sequence[Line], stay: Stay, tokens: Tokens) -> str:
    """A line per indicator and a sentence per theme, as HTML; each name leads to the control chart."""
    titles = titles_of(stay)
    heads = ["Indicator", "Latest", "Variation", "Assurance", *titles.values(), "Position"]
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    bodies = [
        _theme(group, list(of_group), len(heads))
        + "".join(
            _row(org, line, titles, tokens) for line in lines if line.indicator.group == group
        )
        for group, of_group in groupby(lines, lambda line: line.indicator.group)
    ]
    return (
        f"{_STYLE}"
        '<div class="ot-profile" role="region" aria-label="Indicators by theme" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead>{''.join(bodies)}</table></div>"
    )


def _theme(group: str, lines: Sequence[Line], columns: int) -> str:
    name, _, rest = theme_sentence(group, lines).partition(":")
    words = f"<b>{escape(name)}</b>:{escape(rest)}"
    return f'<tr class="ot-theme"><th colspan="{columns}" scope="colgroup"><div>{words}</div></th></tr>'


def _row(org: str, line: Line, titles: dict[Anchor, str], tokens: Tokens) -> str:
    key = line.indicator.indicator_id
    link = f"explorer?view=control-chart&amp;indicator={key}&amp;org={org}"
    value, period = latest_words(line)
    mark = " ‡" if _FOREIGN in line.latest["basis"] else ""
    place, reach = position_words(line)
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self">{escape(line.indicator.short_title)}</a></th>'
        f"<td>{_two(value + mark, period)}</td>{_icons(line, tokens)}"
        + "".join(f"<td>{_change(line, anchor)}</td>" for anchor in titles)
        + f"<td>{_two(place, reach)}</td></tr>"
    )


def _two(first: str, second: str) -> str:
    return escape(first) + (f"<small>{escape(second)}</small>" if second else "")


def _change(line: Line, anchor: Anchor) -> str:
    change = line.changes[anchor]
    mark = " †" if change.notes else ""
    if change.own is None:
        return f"<small>{escape(change.why)}</small>"
    return _two(own_words(change, line) + mark, peers_words(change, line))


def _icons(line: Line, tokens: Tokens) -> str:
    if line.icon is None:
        is_new = line.latest["period_start"] >= pd.Timestamp(CHARTED_FROM)
        why = "too few cases for a chart" if is_new else "no figures since July 2021"
        return f"<td><small>{why}</small></td><td></td>"
    variation, assurance = line.icon["variation"], line.icon["assurance"]
    first = _image(variation_svg(variation, tokens, _ICON), VARIATION_WORDS[variation])
    second = "<small>no standard</small>"
    if pd.notna(line.icon["target"]):
        second = _image(assurance_svg(assurance, tokens, _ICON), ASSURANCE_WORDS[assurance])
    return f"<td>{first}</td><td>{second}</td>"


def _image(svg: str, words: str) -> str:
    told = escape(words)
    return f'<img src="{as_address(svg)}" alt="{told}" title="{told}" width="{_ICON}" height="{_ICON}">'


def profile_rows(lines: Sequence[Line], stay: Stay) -> pd.DataFrame:
    """All that the table says, and what each change compares, the year before and the file: for the CSV."""
    return pd.DataFrame([_record(line, titles_of(stay)) for line in lines])


def _record(line: Line, titles: dict[Anchor, str]) -> dict[str, str]:
    value, period = latest_words(line)
    place, reach = position_words(line)
    icon = {"variation": "empty", "assurance": "empty"} if line.icon is None else line.icon
    told = {
        "Theme": GROUP_WORDS[line.indicator.group],
        "Indicator": line.indicator.short_title,
        "Period": period,
        "Value": value,
        "Variation": VARIATION_WORDS[icon["variation"]],
        "Assurance": ASSURANCE_WORDS[icon["assurance"]],
    }
    for anchor, title in titles.items():
        change = line.changes[anchor]
        told |= {
            title: own_words(change, line),
            f"{title}: peers": peers_words(change, line),
            f"{title}: number of peers": str(change.peers.number) if change.peers else "",
            f"{title}: compared": window_words(change, line),
            f"{title}: in between": "; ".join(change.notes),
        }
    return told | {
        "Position": place,
        "Interval of the position": reach,
        "A year before": _shown(line, "value_year_before"),
        "Median of its type": _shown(line, "peer_median"),
        "Read from": line.latest["file_name"] + (" ‡" if _FOREIGN in line.latest["basis"] else ""),
    }


def _shown(line: Line, column: str) -> str:
    value = line.latest[column]
    return "not published" if pd.isna(value) else format_value(value, line.indicator.unit)
