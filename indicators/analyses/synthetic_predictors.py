"""Donor weights by predictors: further columns of a person's own file."""

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_panel import GivenPanel, OnePanel
from indicators.analyses.refusal import Refusal
from indicators.analyses.synthetic_spec import Predictor, Spec
from indicators.stats.synthetic.predictors import Predicted, predictor_weights


def weights_by_predictors(spec: Spec, rows: GivenPanel, one: OnePanel, treated: str) -> Predicted:
    """The weights of the donors by the document's predictors; refuses a predictor that a unit lacks."""
    if rows.data is None:
        text = "predictors: they are columns of a file of your own; name one with --data."
        raise Refusal("NEEDS_DATA", text)
    units = [treated, *one.donors]
    means = [_means(predictor, rows, rows.data, units) for predictor in spec.predictors or ()]
    table = np.array(means, dtype=float)
    chosen = _outcome_periods(spec, rows, one)
    outcome, outcomes = one.panel.treated[chosen], one.panel.donors[chosen]
    return predictor_weights(table[:, 0], table[:, 1:], outcome, outcomes)


def _means(predictor: Predictor, rows: GivenPanel, data: OwnData, units: list[str]) -> list[float]:
    data.need(predictor.column)
    count = rows.periods.count
    begins, ends = (rows.count_of("predictors", at) for at in (predictor.begins, predictor.ends))
    inside = count.between(begins, ends)
    values = pd.DataFrame({"unit": data.text("unit"), "value": data.numbers(predictor.column)})
    means = values[inside].groupby("unit")["value"].mean().reindex(units)
    if means.isna().any():
        absent = means.index[means.isna()][0]
        cause = f"{predictor.column} of {absent} has no value from {predictor.begins}"
        advice = "Choose other periods, or leave the unit out"
        raise Refusal("BAD_DATA", f"predictors: {cause} to {predictor.ends}. {advice}.")
    return [float(mean) for mean in means]


def _outcome_periods(spec: Spec, rows: GivenPanel, one: OnePanel) -> list[int]:
    """Places of the periods whose outcomes are to be met."""
    counts = one.counts[: one.panel.before]
    begins = counts[0] if spec.fit_from is None else rows.count_of("fit_from", spec.fit_from)
    ends = counts[-1] if spec.fit_to is None else rows.count_of("fit_to", spec.fit_to)
    chosen = [place for place, count in enumerate(counts) if begins <= count <= ends]
    if not chosen:
        text = "fit_from, fit_to: no period before the interruption lies between them."
        raise Refusal("BAD_SPEC", text)
    return chosen
