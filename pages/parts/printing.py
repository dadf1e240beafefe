"""A page on paper: A4 landscape, white, without controls; charts whole and tables in full."""

import streamlit as st

PAPER_WIDTH = 1040
"""Pixels across A4 landscape within its margins, at 96 to the inch."""
PAPER_ROWS = 30
"""Rows of a chart on one sheet, headings included."""
PAPER_HEIGHT = 12 * PAPER_ROWS
"""Pixels for them, so that a sheet has room for its head."""
CONTROLS = "unprinted"
"""Key of a container whose contents are for the screen alone."""

_PAPER = """
@page { size: A4 landscape; margin: 8mm; }
.stApp, .stApp [data-testid] { color-scheme: light; }
"""
_WITHOUT_CONTROLS = """
header, [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
[class*="st-key-%(controls)s"], .stSelectbox, .stMultiSelect, .stButtonGroup, .stDownloadButton, .stPopover,
.stExpander { display: none !important; }
.stApp, .stMain, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
  position: static !important; overflow: visible !important; height: auto !important;
  display: block !important; }
[data-testid="stVerticalBlock"] { gap: 0.25rem !important; }
.stMainBlockContainer { max-width: none !important; padding: 0 !important; }
[data-testid="stVegaLiteChart"], [data-testid="stTable"] tr { break-inside: avoid; }
h1 { font-size: 1.4rem !important; }
.ot-lead { font-size: 0.95rem; }
"""
_WHITE = """
.stApp { background: #FFFFFF !important; }
.stApp h1, .stApp h2, .stApp p, .stApp div, .stApp td, .stApp th { color: #1D2B36 !important; }
.stApp a, .stApp a * { color: #005EB8 !important; }
.stApp header, .stApp button { background: #FFFFFF !important; }
[data-testid="stTable"] * { font-size: 0.68rem; line-height: 1.2; }
[data-testid="stTable"] td { overflow-wrap: anywhere; padding: 1px 5px; }
[data-testid="stTable"] td:last-child { width: 42%; }
.stButtonGroup { display: none !important; }
"""


def is_printing() -> bool:
    """Whether the link asks for the page as it goes onto paper."""
    return st.query_params.get("print") == "1"


def apply_print_style() -> None:
    """Leave out on paper what is for the screen; where the link asks for it, look like paper already."""
    paper = _PAPER + _WITHOUT_CONTROLS % {"controls": CONTROLS}
    hidden = f".st-key-{CONTROLS} {{ display: none; }}" if is_printing() else ""
    white = _WHITE + hidden if is_printing() else ""
    st.html(f"<style>{white} @media print {{ {paper} }}</style>")


def print_button() -> None:
    """Go to the page as it is printed, with all that is chosen."""
    st.button("Print view", on_click=_ask_for_print, icon=":material/print:")


def back_button() -> None:
    """Return from the page as it is printed; itself not printed."""
    with st.container(key=f"{CONTROLS}-back"):
        st.button("Back to the page", on_click=lambda: st.query_params.pop("print", None))


def _ask_for_print() -> None:
    st.query_params["print"] = "1"
