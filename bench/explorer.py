"""The Explorer, the grid, a card and an organisation's page: reruns, and what was never seen before."""

import time

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from settings import ROOT

LIMIT = 0.15
"""Seconds of processor time within which a change is to be answered."""
INDICATORS = ("ae_12h_dta", "rtt_65w", "amb_c1_mean", "cancer_31d", "sickness")
ORGANISATIONS = ("RWD", "RHU", "RJE", "RGR", "R1H")
GROUPS = ("elective", "ambulance", "cancer", "beds", "people")
KINDS = ("chart", "cusum", "worst_decile")
_EXPLORER = "pages/explore/explorer.py"
_DISPLAYS = ("band", "segments", "funnel", "ranking", "map")
_ONE = {"org": ORGANISATIONS, "indicator": INDICATORS}
_ALL = {"indicator": INDICATORS}
Link = dict[str, str | list[str]]
VIEWS: dict[str, tuple[str, Link, dict[str, tuple[str, ...]]]] = {
    "aligned": (_EXPLORER, {"view": "aligned"}, _ALL),
    "trajectory": (_EXPLORER, {"view": "trajectory", "org": "RXW"}, _ONE),
    "control chart": (_EXPLORER, {"view": "control-chart", "org": "RXW"}, _ONE),
    "frozen limits": (
        _EXPLORER,
        {"view": "control-chart", "org": "RXW", "limits": "frozen"},
        _ONE,
    ),
    "compare": (_EXPLORER, {"view": "compare", "orgs": ["RXW", "RWD", "RWA"]}, _ALL),
    "all in programme": (_EXPLORER, {"view": "multiples"}, {"sort": ("change",), **_ALL}),
    **{
        display: (_EXPLORER, {"view": "distribution", "display": display}, _ALL)
        for display in _DISPLAYS
    },
    "grid": ("pages/explore/signals.py", {"view": "grid"}, {"group": GROUPS}),
    "radar": ("pages/explore/signals.py", {"view": "radar"}, {"kind": KINDS}),
    "card": ("pages/explore/library.py", {"indicator": "ae_4h_all"}, _ALL),
    "organisation": ("pages/explore/organisation.py", {"org": "RXW"}, {"org": ORGANISATIONS}),
}
"""By view its page, its link, and by control the values chosen one after the other, never seen before."""


def _processor(app: AppTest | Selectbox) -> float:
    begun = time.process_time()
    rerun = app.run()
    assert not rerun.exception
    return time.process_time() - begun


def times() -> dict[str, list[float]]:
    """Processor seconds by view, not those of the clock: reruns, and first views of others."""
    measured = {}
    for name, (file, link, changes) in VIEWS.items():
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.switch_page(file)
        for key, value in link.items():
            app.query_params[key] = value
        app.run()
        measured[f"{name}: again (processor)"] = [_processor(app) for _ in range(3)]
        for choice, others in changes.items():
            measured[f"{name}: another {choice} (processor)"] = [
                _processor(app.selectbox(key=f"link.{choice}").set_value(value)) for value in others
            ]
    return measured
