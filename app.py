"""Entry point: the page frame, the data version of this run, and the navigation. Runs on every page load."""

import streamlit as st

from pages.parts.address import begin_visit
from pages.parts.frame import apply_style, page_footer
from pages.parts.memory import set_libraries_aside
from pages.parts.store import begin_run
from settings import ROOT

st.set_page_config(
    page_title="Oversight Trajectories",
    page_icon=str(ROOT / "docs" / "images" / "icon.png"),
    layout="wide",
)
apply_style()

OVERVIEW = st.Page("pages/explore/overview.py", title="Overview", url_path="overview")


def _home() -> None:
    """The bare address leads to the overview, whose own address a default page could not have."""
    st.switch_page(OVERVIEW)


# Pages without a group stand in the bar itself; a group opens as a menu.
PAGES = {
    "": [st.Page(_home, title="Home", default=True, visibility="hidden"), OVERVIEW],
    "Programme": [
        st.Page("pages/oversight/timelines.py", title="Timelines", url_path="timelines"),
        st.Page("pages/oversight/durability.py", title="Durability", url_path="durability"),
        st.Page("pages/oversight/variation.py", title="Variation", url_path="variation"),
        st.Page("pages/oversight/documents.py", title="Documents", url_path="documents"),
    ],
    "Indicators": [
        st.Page("pages/explore/organisation.py", title="Organisation", url_path="organisation"),
        st.Page("pages/explore/explorer.py", title="Explorer", url_path="explorer"),
        st.Page("pages/explore/signals.py", title="Signals", url_path="signals"),
        st.Page("pages/explore/library.py", title="Library", url_path="library"),
    ],
    "Analysis": [
        st.Page("pages/analysis/its.py", title="Interrupted time series", url_path="its"),
        st.Page("pages/analysis/pooled.py", title="Pooled evidence", url_path="pooled"),
        st.Page(
            "pages/analysis/key_indicators.py", title="Key indicators", url_path="key-indicators"
        ),
    ],
    "About": [st.Page("pages/about/data.py", title="Data", url_path="data")],
}

page = st.navigation(PAGES, position="top")
if begin_run() is None:
    st.title("Nothing has been published yet", anchor=False)
    st.markdown(
        "The app reads a published data file and there is none in the data folder. "
        "Run `make run`, or `python -m sql publish`, and reload this page."
    )
else:
    begin_visit(page.url_path)
    page.run()
    page_footer()
    set_libraries_aside()
