"""The fingerprint of data changes with any value, and with nothing else."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from indicators.content import digest

FIGURES = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8)


@dataclass(frozen=True)
class Rows:
    frame: pd.DataFrame
    step: int


@given(FIGURES, st.data())
def test_the_last_digit_of_any_value_counts(figures: list[float], data: st.DataObject) -> None:
    frame = pd.DataFrame({"value": figures})
    changed = frame.copy()
    row = data.draw(st.integers(0, len(figures) - 1))
    changed.loc[row, "value"] = np.nextafter(figures[row], np.inf)
    assert digest(frame) == digest(frame.copy())
    assert digest(changed) != digest(frame)


def test_names_order_gaps_and_what_stands_beside_the_frame_count() -> None:
    frame = pd.DataFrame({"period": ["2024-01", "2024-02"], "value": [1.0, 2.0]})
    others = [
        frame.rename(columns={"value": "count"}),
        frame.iloc[::-1],
        frame.assign(value=[1.0, np.nan]),
        frame.assign(period=["2024-01", "2024-03"]),
    ]
    found = {digest(Rows(one, 1)) for one in [frame, *others]} | {digest(Rows(frame, 3))}
    assert len(found) == 6


def test_the_kind_of_a_text_column_does_not_count() -> None:
    texts = pd.Series(["a", "b"])
    assert digest(pd.DataFrame({"x": texts.astype("str")})) == digest(
        pd.DataFrame({"x": texts.astype(object)})
    )
