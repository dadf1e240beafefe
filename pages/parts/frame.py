"""What every page has: its head, its charts with their data, and where the figures come from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.theme import DARK, LIGHT, Tokens
from pages.parts.store import version

_STYLE = """
<style>
.stMainBlockContainer { max-width: 1240px; padding-top: 3.3rem; padding-bottom: 3rem; }
/* Less air above a chart than below it: it has to end within the first screen of a small laptop. */
.stMainBlockContainer > .stVerticalBlock,
.stMainBlockContainer > .stVerticalBlock > :first-child > .stVerticalBlock { gap: 0.7rem; }
@media (min-width: 900px) { .stMainBlockContainer { padding-left: 3rem; padding-right: 3rem; } }
h1 { font-size: 1.75rem !important; font-weight: 700; letter-spacing: -0.01em;
  padding: 0.2rem 0 0.5rem 0 !important; }
h2 { font-size: 1.25rem !important; padding-top: 1.4rem; }
h3 { font-size: 1.05rem !important; }
.ot-lead { font-size: 1.05rem; line-height: 1.4; max-width: 72rem; margin: 0; }
.ot-source { font-size: 0.86rem; line-height: 1.45; max-width: 62rem; opacity: 0.86; }
.ot-reading { font-size: 0.92rem; line-height: 1.45; max-width: 62rem; margin: 0; }
.ot-facts { font-size: 0.9rem; line-height: 1.4; margin: 0 !important; padding: 0 !important; }
.ot-facts dt { opacity: 0.78; font-size: 0.82rem; margin: 0; }
.ot-facts dd { margin: 0 0 0.5rem 0 !important; }
.ot-footer { border-top: 1px solid rgba(128,140,150,.4); margin-top: 2.5rem; padding-top: 0.8rem;
  font-size: 0.86rem; opacity: 0.86; }
.stTable td { font-variant-numeric: tabular-nums; }
[class*="st-key-figures"] td:nth-child(n+2):nth-child(-n+6) p { white-space: nowrap; }
[class*="st-key-figures"] td:nth-child(n+3):nth-child(-n+6),
[class*="st-key-figures"] th:nth-child(n+3):nth-child(-n+6) { text-align: right !important; }
[data-testid="stButtonGroup"] button { min-height: 2.5rem; }
[data-testid="stSelectbox"] input { text-overflow: ellipsis; }
/* On a phone and when enlarged short controls stand two in a row; none is cut off. */
@media (max-width: 900px) {
  .stHorizontalBlock { flex-wrap: wrap !important; }
  .stColumn:has([data-testid="stButtonGroup"], [data-testid="stPopover"]) { min-width: 13rem !important; }
  .stColumn:has([data-testid="stSelectbox"], [data-testid="stMultiSelect"],
    [data-testid="stNumberInput"]):not(:has([data-testid="stVegaLiteChart"], [data-testid="stTable"],
    [data-testid="stExpander"])) {
    min-width: calc(50% - 1rem) !important; flex: 1 1 calc(50% - 1rem) !important; }
}
/* Two names in a row of a phone would both be cut. */
@media (max-width: 500px) {
  .stHorizontalBlock > .stColumn:has(input[aria-label="Organisation"], input[aria-label="Quarter"]) {
    min-width: 100% !important; }
}
button[aria-checked="true"] { color: inherit !important; font-weight: 600; }
/* In dark the theme's own blue is too faint for the ends of a period and for a chosen pill. */
[data-testid="stSliderThumbValue"], [data-testid="stSliderThumbValue"] p,
button[data-variant="pills"][aria-pressed="true"] { color: inherit !important; }
a:focus-visible { outline: 2px solid currentColor !important; outline-offset: 2px; }
/* A thin border of another blue alone is easily missed as the place where one is. */
.react-aria-ComboBox > div:focus-within { outline: 2px solid currentColor; outline-offset: -1px; }
#MainMenu, [data-testid="stDecoration"] { display: none; }
</style>
"""


_DATE = st.column_config.DateColumn(format="D MMMM YYYY")


@dataclass(frozen=True)
class Look:
    """What a chart depends on beside its rows, so that a cache tells its answers apart."""

    theme: str
    day: date
    data_version: str


def look_now() -> Look:
    """The reader's theme, today, and the data version of this run."""
    return Look(theme_name(), today(), version())


def apply_style() -> None:
    """The few rules of type, space and links that the theme file cannot express."""
    # Links in raw HTML would have the browser's own blue, which is of neither theme.
    st.html(f"{_STYLE}<style>.stHtml a {{ color: {tokens_of(theme_name()).accent}; }}</style>")


def today() -> date:
    """The day up to which time is counted (UTC)."""
    return datetime.now(UTC).date()


def theme_name() -> str:
    """`dark` or `light`, as the reader's browser has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def is_phone() -> bool:
    """Whether the browser calls itself mobile, so that panels stand below each other."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def tokens_of(name: str) -> Tokens:
    """The colours of a theme."""
    return DARK if name == "dark" else LIGHT


def unmarked(text: Any) -> str:
    """Text as it stands where Markdown is read, in which an address or a bracket could be a link."""
    return str(text).translate({ord(sign): f"\\{sign}" for sign in "\\`*_[]<>$:!"})


def head_above() -> Callable[..., None]:
    """A place for the page's head, and what fills it once the controls below have been read.

    What is called with the title and the sentences, plain text, writes them there; called again, as after
    long work, it writes them anew.
    """
    head = st.container()
    places: list[Any] = []

    def write_head(title: str, *sentences: str) -> None:
        # Only now, as an empty place would take away the last head while the controls are read.
        if not places:
            places.extend((head.empty(), head.empty()))
        places[0].title(title, anchor=False)
        places[1].html(_lead(*map(escape, sentences)))

    return write_head


def page_head(title: str, *sentences: str) -> None:
    """The page's question or noun, and the sentences that answer it from the data."""
    st.title(title, anchor=False)
    st.html(_lead(*sentences))


def _lead(*sentences: str) -> str:
    return f'<p class="ot-lead">{kept_together(" ".join(sentences))}</p>'


def kept_together(text: str) -> str:
    """HTML text in which a figure and its unit are not parted at the end of a line."""
    return re.sub(r"(?<=\d) (?=%|points\b|weeks\b)", "&nbsp;", text)


def show_chart(spec: dict[str, Any], alt: str, key: str, select: str | None = None) -> Any:
    """Draw a chart with its takeaway for those who cannot see it; returns the selection, if asked for."""
    if select:
        return st.vega_lite_chart(
            spec, theme=None, key=key, alt=alt, on_select="rerun", selection_mode=[select]
        )
    return st.vega_lite_chart(spec, theme=None, key=key, alt=alt)


def reading_aid(text: str, is_open: bool = False) -> None:
    """One line on how to read the chart above."""
    with st.expander("How to read this", expanded=is_open):
        st.html(f'<p class="ot-reading">{text}</p>')


def show_table(
    rows: pd.DataFrame | Callable[[], pd.DataFrame],
    file_name: str,
    label: str = "The data behind this chart",
    columns: dict[str, Any] | None = None,
    is_open: bool = False,
) -> None:
    """A chart's rows as a table and a CSV file named with the data version; made only once it is opened.

    `rows`: the table, or what makes it, which is then not asked before.
    """
    box = st.expander(label, expanded=is_open, key=f"table.{file_name}", on_change="rerun")
    if not box.open:
        return
    frame = rows if isinstance(rows, pd.DataFrame) else rows()
    with box:
        dates = dict.fromkeys(frame.select_dtypes("datetime").columns, _DATE)
        st.dataframe(
            frame,
            hide_index=True,
            column_config=dates | (columns or {}),
            placeholder="not stated",
            alt=label,
        )
        offer_csv(frame, file_name)


def offer_csv(frame: pd.DataFrame, file_name: str) -> None:
    """A button that takes the rows away as a CSV file named with the data version."""
    st.download_button(
        "Download as CSV",
        data=frame.to_csv(index=False).encode("utf-8-sig"),
        file_name=f"{file_name}-{version()}.csv",
        mime="text/csv",
        key=f"csv.{file_name}",
        on_click="ignore",
    )


def source_line(sources: Sequence[str], covers: str, *caveats: str) -> None:
    """Where the figures above come from, what they cover, and what to bear in mind."""
    parts = [f"Source: {'; '.join(sources)}.", f"{covers}."]
    st.html(f'<p class="ot-source">{" ".join([*parts, *caveats])} Data version {version()}.</p>')


def method_note(method: str, caveats: Sequence[str]) -> None:
    """How the figures above are worked out and what to bear in mind, one sentence or caveat a line."""
    with st.expander("Method and caveats"):
        lines = "".join(f"<li>{caveat}</li>" for caveat in caveats)
        st.html(f'<p class="ot-reading">{method}</p><ul class="ot-reading">{lines}</ul>')


def page_footer() -> None:
    """Licence and version, on every page."""
    st.html(
        '<div class="ot-footer">Oversight Trajectories. Contains public sector information licensed under '
        "the Open Government Licence v3.0 (NHS England, including the former NHS Digital). Programme facts "
        f"are compiled from public pages, each with its source. Data version {version()}.</div>"
    )
