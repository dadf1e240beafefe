"""What a reader has to know before believing a synthetic control."""

from indicators.analyses.own_panel import GivenPanel, OnePanel
from indicators.analyses.refusal import warn
from indicators.stats.synthetic.gate import FAIR, LEAST_DONORS, Fit


def warnings_of(rows: GivenPanel, one: OnePanel, fit: Fit, enough: int) -> list[dict[str, str]]:
    """Warnings in the order of their weight; `enough` periods before entry pass the gate."""
    told = []
    if not fit.passes:
        told.append(warn("SC_POOR_FIT", _why_poor(one, fit, enough)))
    if fit.is_exact:
        cause = "Before entry the two lines meet almost exactly, as they can with many donors and few periods"
        advice = "Rely on the gap itself, not on its rank among placebos"
        told.append(warn("EXACT_FIT", f"{cause}. {advice}."))
    if one.left_out:
        number = len(one.left_out)
        cause = (
            f"{number} {'unit has' if number == 1 else 'units have'} no value in one of the periods"
        )
        told.append(warn("DONORS_LEFT_OUT", f"{cause} and cannot be donors: see left_out."))
    if rows.series.is_shared:
        cause = "Neighbouring figures share data, so a change at entry shows only in part at first"
        advice = "Use figures of single periods where there are any"
        told.append(warn("ROLLING_WINDOW", f"{cause}. {advice}."))
    return told


def _why_poor(one: OnePanel, fit: Fit, enough: int) -> str:
    """What the gate asks for and does not get, and what to do."""
    far = f"the gap before entry is {fit.share:.2f} of the own spread (at most {FAIR})"
    lacks = [*([far] if fit.label == "poor" else []), *lacking(one, enough)]
    advice = "Take the numbers as a description, and compare with matched organisations"
    return f"This synthetic control does not pass: {'; '.join(lacks)}. {advice}."


def lacking(one: OnePanel, enough: int) -> list[str]:
    """What no fit could make up for: too few periods before entry (`enough` pass), too few donors."""
    lacks = []
    if one.panel.before < enough:
        lacks.append(f"{one.panel.before} periods before entry (at least {enough})")
    if len(one.donors) < LEAST_DONORS:
        lacks.append(f"{len(one.donors)} donors (at least {LEAST_DONORS})")
    return lacks
