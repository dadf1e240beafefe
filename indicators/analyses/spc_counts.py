"""What must hold of numerators and denominators before p and u charts are made of them."""

import pandas as pd

from indicators.analyses.refusal import Refusal
from indicators.analyses.spc_spec import Choices
from indicators.stats.rows import BadRow


def check_counts(part: pd.DataFrame, choice: Choices) -> None:
    """Refuse what such a chart cannot be made of: no counts, counts below 0, shares above all.

    Refused too are the choices that are about moving ranges, which these charts do without.
    """
    if "numerator" not in part:
        text = "takes rows of your own with columns numerator and denominator"
        raise Refusal("BAD_DATA", f"chart: {choice.chart} {text}.")
    for name in ("fix_after", "screen_moving_ranges"):
        if getattr(choice, name) is not None:
            raise Refusal("BAD_SPEC", f"{name}: is for xmr charts, not for {choice.chart}.")
    is_share = choice.chart in ("p", "p_prime")
    faults = {"is below 0": part["numerator"] < 0}
    if is_share:
        faults["is above its denominator"] = part["numerator"] > part["denominator"]
    found = [(row, problem) for problem, wrong in faults.items() for row in part.loc[wrong, "row"]]
    if found:
        row, problem = min(found)
        raise BadRow(int(row), "numerator", problem)
