"""What speaks for and against the mean effect: the rebound to be expected, chance, and other estimates."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.frame import show_table
from pages.parts.its.notes import note
from pages.parts.pooled.choice import Asked
from pages.parts.pooled.tables import mean_cells
from pages.parts.pooled.words import changed, mean_of, without_sentence

_Z = 1.959964
"""Half the width of a 95 % interval in standard errors of the package's estimate, which gives no other."""
_VERDICTS = {
    "pass": "The half year before is shown to be level, within a third of a standard deviation.",
    "fail": "Before the event the difference was not level, so the time after cannot be read from it alone.",
    "unclear": "That the time before was level is neither shown nor refuted by these.",
}


def show_rebound(result: dict[str, Any], asked: Asked) -> None:
    """Observed, expected and excess, in two ways; never folded away."""
    rows = rebound_rows(result, asked)
    st.header("Was it to be expected anyway?", anchor=False)
    note(
        "Organisations enter at a low point, and some of what follows would have come without a programme. "
        "Only what lies beyond that could be more."
    )
    if rows:
        st.table(pd.DataFrame(rows).set_index("Compared with"))
    else:
        note("Neither way of telling the rebound has enough organisations here.")


def rebound_rows(result: dict[str, Any], asked: Asked) -> list[dict[str, Any]]:
    """A row for the regression and one for shadow entrants, each that can be told."""
    found = result["rebound"] or {}
    regression, shadows = found.get("regression"), found.get("shadows")
    rows = []
    if regression is not None:
        told = regression | {"change": regression["observed"], "rebound": regression["expected"]}
        name = "What others recovered from as low a point (regression)"
        rows.append(_rebound(name, told | {"estimate": regression["excess"]}, asked))
    if shadows is not None:
        told = shadows["excess"] | {
            "n": shadows["n"],
            "change": shadows["effect"]["estimate"],
            "rebound": shadows["rebound"],
        }
        rows.append(_rebound("Others whose year before looked alike (shadows)", told, asked))
    return rows


def _rebound(name: str, told: dict[str, Any], asked: Asked) -> dict[str, Any]:
    unit = asked.indicator.unit
    cells = mean_cells(told, asked)
    return {
        "Compared with": name,
        "Observed": changed(told["change"], unit),
        "Expected": changed(told["rebound"], unit),
        "Excess": cells.pop("Mean effect"),
        **cells,
    }


def show_checks(result: dict[str, Any], asked: Asked) -> None:
    """Chance, leave-one-out and the leads in sentences; other estimates in a table."""
    note(_chance(result))
    note(without_sentence(result, asked))
    leads = result["leads"]
    p = leads["wald_p"]
    joint = "" if p is None else f" All leads at once: p {p:.3f}."
    note(f"{_VERDICTS[leads['verdict']]}{joint}")
    note(honest_sentence(result, asked))
    label = "Other estimates of the same"
    show_table(
        lambda: estimates_table(result, asked), f"{asked.file_name}-checks", label, is_open=True
    )


def honest_sentence(result: dict[str, Any], asked: Asked) -> str:
    """How much drift the first year's mean would survive."""
    found, unit = result["honest"], asked.indicator.unit
    if found["refused"] is not None:
        return str(found["refused"])
    line, n = found["line"], found["n"]
    straight = (
        f"Had the two sides drifted apart on a straight line since before, the first year’s mean would be "
        f"{changed(line['estimate'], unit)}, 95 % interval {changed(line['ci_low'], unit)} to "
        f"{changed(line['ci_high'], unit)} (of {n} with figures in every quarter)"
    )
    if found["breakdown"] is None:
        return f"{straight}: it holds 0 already, so the mean would not survive even a steady drift."
    seen = found["largest_before"]
    most = changed(found["breakdown"], unit).lstrip("+")
    told = f"{straight}. It stays clear of 0 as long as the drift bends by no more than {most} a quarter"
    if seen is None:
        return f"{told}."
    return f"{told} from one quarter to the next; before, it bent by up to {changed(seen, unit).lstrip('+')}."


def _chance(result: dict[str, Any]) -> str:
    p = result["randomisation_p"]
    if p is None:
        return "Chance: too few organisations without an event, so dates cannot be dealt out among them."
    found = result["randomisation"]
    return (
        f"Chance: with the dates dealt out among others {found['draws']} times, a mean as far from 0 came up "
        f"with p {p:.3f} (the least possible is {found['floor']:.3f})."
    )


def estimates_table(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """The headline, the same without shared controls, the event study's averages, and the cross-check."""
    pooled, study = result["pooled"], result["imputation"]
    span = "all months inside" if asked.event == "programme" else "first year"
    rows = [
        (f"Mean effect, {span}, allowing for shared controls", mean_of(result)),
        ("The same, controls not taken as shared (Knapp and Hartung)", pooled),
        ("Event study, first year", _counted(study["first_year"])),
        ("Event study, all the time inside", _counted(study["all"])),
    ]
    if result["sustained"] is not None:
        rows.insert(2, ("Mean effect, months 10 to 12 after leaving", result["sustained"]))
    if study["after_exit"] is not None:
        rows.append(("Event study, quarter after leaving", _counted(study["after_exit"])))
    if result["callaway_santanna"] is not None:
        rows.append(
            ("Cross-check by Callaway and Sant’Anna", _package(result["callaway_santanna"]))
        )
    return pd.DataFrame([{"Estimate": name} | mean_cells(one, asked) for name, one in rows])


def _counted(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"n": one["n_units"]}


def _package(found: dict[str, Any]) -> dict[str, Any]:
    att, half = found["att"], _Z * found["se"]
    ends = {"ci_low": att - half, "ci_high": att + half}
    return {"estimate": att, "n": found["n_entrants"], **ends}
