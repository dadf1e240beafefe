"""The Explorer, the grid, a card and an organisation's page: reruns, and what was never seen before."""

import time

from streamlit.testing.v1 import AppTest

from settings import ROOT

LIMIT = 0.15
"""Seconds of processor time within which a change is to be answered."""
INDICATORS = ("ae_12h_dta", "rtt_65w", "amb_c1_mean", "cancer_31d", "sickness")
ORGANISATIONS = ("RWD", "RHU", "RJE", "RGR", "R1H")
GROUPS = ("elective", "ambulance", "cancer", "beds", "people")
KINDS = ("chart", "cusum", "worst_decile")
_EXPLORER = "pages/explore/explorer.py"
_DISPLAYS = ("band", "segments", "funnel", "ranking", "map")
VIEWS: dict[str, tuple[str, dict[str, str | list[str]], str, tuple[str, ...]]] = {
    "aligned": (_EXPLORER, {"view": "aligned"}, "indicator", INDICATORS),
    "trajectory": (_EXPLORER, {"view": "trajectory", "org": "RXW"}, "indicator", INDICATORS),
    "control chart": (_EXPLORER, {"view": "control-chart", "org": "RXW"}, "indicator", INDICATORS),
    "frozen limits": (
        _EXPLORER,
        {"view": "control-chart", "org": "RXW", "limits": "frozen"},
        "indicator",
        INDICATORS,
    ),
    "compare": (
        _EXPLORER,
        {"view": "compare", "orgs": ["RXW", "RWD", "RWA"]},
        "indicator",
        INDICATORS,
    ),
    "all in programme": (_EXPLORER, {"view": "multiples"}, "indicator", INDICATORS),
    **{
        display: (
            _EXPLORER,
            {"view": "distribution", "display": display},
            "indicator",
            INDICATORS,
        )
        for display in _DISPLAYS
    },
    "grid": ("pages/explore/signals.py", {"view": "grid"}, "group", GROUPS),
    "radar": ("pages/explore/signals.py", {"view": "radar"}, "kind", KINDS),
    "card": ("pages/explore/library.py", {"indicator": "ae_4h_all"}, "indicator", INDICATORS),
    "organisation": ("pages/explore/organisation.py", {"org": "RXW"}, "org", ORGANISATIONS),
}


def _processor(app: AppTest) -> float:
    begun = time.process_time()
    app.run()
    assert not app.exception
    return time.process_time() - begun


def times() -> dict[str, list[float]]:
    """Processor seconds by view, not those of the clock: reruns, and first views of others."""
    measured = {}
    for name, (file, link, choice, others) in VIEWS.items():
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.switch_page(file)
        for key, value in link.items():
            app.query_params[key] = value
        app.run()
        measured[f"{name}: again (processor)"] = [_processor(app) for _ in range(3)]
        first = []
        for value in others:
            app.selectbox(key=f"link.{choice}").set_value(value)
            first.append(_processor(app))
        measured[f"{name}: another {choice} (processor)"] = first
    return measured
