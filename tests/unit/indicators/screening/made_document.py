"""A kept screen of five pairs, made by hand: one of each class."""

from typing import Any

Interval = tuple[float, float | None, float | None]


def scored(found: Interval | None, grade: str, reason: str = "") -> dict[str, Any]:
    """One criterion as a kept document holds it."""
    return {"estimate": _estimate(found), "grade": grade, "reason": reason}


def _estimate(found: Interval | None) -> dict[str, Any] | None:
    return None if found is None else dict(zip(("value", "low", "high"), found, strict=True))


def row(indicator_id: str, **changes: Any) -> dict[str, Any]:
    """A candidate key indicator among acute trusts, but for the changes: parts by their name."""
    usual = {
        "indicator_id": indicator_id,
        "org_type": "acute",
        "organisations": 120,
        "quality": {
            "coverage": scored((0.95, 0.93, 0.97), "adequate"),
            **{"suppressed": 0.0, "small": 0.0, "breaks_a_year": 0.0, "months": 60, "passes": True},
        },
        "timeliness": scored((42.0, None, None), "strong"),
        "reliability": scored((0.85, 0.80, 0.90), "strong"),
        "response": response(scored((0.40, 0.20, 0.60), "strong"), 12),
        "prediction": prediction(scored(None, "not assessable", "TOO_FEW_EVENTS: 3 events"), 3),
        "risk": {"level": "low", "found": "low", "signs": [], "override": None},
        "rebound": {"share": scored((0.15, 0.10, 0.20), "strong"), "ratio": None},
        "excess_without_each": [0.1, 0.5],
        "discrimination": discrimination(scored((0.70, 0.60, 0.80), "adequate")),
        "q": 0.01,
        "stability": 0.9,
        "ranks": [1, 3],
        "cluster": None,
        "steps": {
            "entry": steps(walk(40, 25, 15, 12), walk(18, 8, 3, 1)),
            "exit": steps(NOBODY, NOBODY),
        },
    }
    return usual | changes


def walk(on_record: int, dated: int, covered: int, judged: int) -> dict[str, Any]:
    """How many stays are left at each step; the others are too early or are not dated."""
    reasons = [
        [
            "the figures of its type begin only in April 2016, too late for its entry",
            dated - judged,
        ],
        ["its entry is known only to the year", on_record - dated],
    ]
    counts = {"on_record": on_record, "dated": dated, "covered": covered, "clear": covered}
    known = [one for one in reasons if one[1]]
    return counts | {"enough": judged, "judged": judged, "pooled": judged, "reasons": known}


def steps(everyone: dict[str, Any], since: dict[str, Any], **lacking: Any) -> dict[str, Any]:
    """Those of an event, with what `waiting` and `missing` say, nothing unless given."""
    return {"everyone": everyone, "since": since, "waiting": [], "missing": []} | lacking


NOBODY = walk(0, 0, 0, 0)


def response(excess: dict[str, Any], entrants: int) -> dict[str, Any]:
    """What entrants did."""
    return {"excess": excess, "pooled": None, "entrants": entrants, "srm": None}


def prediction(auc: dict[str, Any], events: int) -> dict[str, Any]:
    """Whether entries are foretold."""
    return {"auc": auc, "events": events, "lead": None}


def discrimination(ordinal: dict[str, Any], is_circular: bool = False) -> dict[str, Any]:
    """Whether segments are told apart."""
    rest = {"worst": None, "era": "R2", "violations": 0, "steps": 3}
    return rest | {"ordinal": ordinal, "is_circular": is_circular}


WEAK = scored((0.50, 0.42, 0.54), "weak")
FEW = "entrants that can be judged: 3, at least 8 are needed"
ROWS = [
    row("ae_4h_all"),
    row("rtt_18w", response=response(scored((0.05, -0.10, 0.20), "weak"), 10), q=0.5),
    row("sickness", discrimination=discrimination(WEAK), prediction=prediction(WEAK, 25), q=0.02),
    row("beds_occ_kh03", reliability=scored((0.55, 0.40, 0.65), "weak"), q=None),
    row(
        "cancer_62d",
        response=response(scored(None, "not assessable", FEW), 3),
        q=None,
        steps={
            "entry": steps(
                walk(40, 25, 6, 3),
                walk(18, 8, 6, 3),
                waiting=["2026-11", "2026-11", "2027-01", "2027-02", "2027-05"],
                missing=[{"months": "April 2017 to March 2018", "entries": 2}],
            ),
            "exit": steps(NOBODY, NOBODY),
        },
    ),
]
CLASSES = [
    "candidate key indicator",
    "context",
    "improvement-sensitive",
    "not supported",
    "not assessable",
]
DOCUMENT = {
    "rows": ROWS,
    "chance": {"passing": 4, "expected": 0.354, "low": 0.0, "high": 2.0, "judged": 5},
    "seed": 20211,
    "data": "75bc41005040",
    "code": "2582f452dada",
}
