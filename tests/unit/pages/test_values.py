"""A frame's rows are those that Altair itself would write, made in a fraction of the time."""

import json
from datetime import UTC, datetime

import altair as alt
import numpy as np
import pandas as pd
import pytest
from altair.utils.data import to_values

from pages.charts.layers.values import MOST_ROWS, ready_values
from pages.charts.theme import LIGHT
from pages.parts.specs import spec_of

EVERY_KIND = pd.DataFrame(
    {
        "float": [1.5, np.nan, np.inf],
        "whole": [1, 2, 3],
        "nullable whole": pd.array([1, None, 3], dtype="Int64"),
        "nullable figure": pd.array([1.25, None, 3], dtype="Float64"),
        "truth": [True, False, True],
        "nullable truth": pd.array([True, None, False], dtype="boolean"),
        "text": ["a", None, ""],
        "kind": pd.Categorical(["x", None, "y"]),
        "day": pd.to_datetime(["2024-03-01", None, "2024-04-01 12:30"], format="ISO8601"),
        "zoned": [datetime(2024, 3, 1, tzinfo=UTC)] * 3,
    },
    index=[7, 3, 5],
)


def test_every_kind_of_column_is_written_as_altair_writes_it() -> None:
    written = ready_values(EVERY_KIND).to_dict()["values"]
    assert written == to_values(EVERY_KIND)["values"]
    assert json.loads(json.dumps(written)) == written


def test_nothing_among_things_of_several_kinds_is_null() -> None:
    mixed = pd.DataFrame({"mixed": pd.Series([1, "b", None, np.nan, pd.NA, pd.NaT], dtype=object)})
    found = [row["mixed"] for row in ready_values(mixed).to_dict()["values"]]
    assert found == [1, "b", None, None, None, None]


def test_a_time_among_things_of_several_kinds_is_written_as_a_time() -> None:
    mixed = pd.DataFrame({"mixed": pd.Series([pd.Timestamp(2024, 3, 1), None, "x"], dtype=object)})
    found = [row["mixed"] for row in ready_values(mixed).to_dict()["values"]]
    assert found == ["2024-03-01T00:00:00", None, "x"]


def test_the_rows_stand_in_the_layer_that_uses_them() -> None:
    frame = pd.DataFrame({"month": [0, 1], "value": [2.5, np.nan]})
    spec = spec_of(alt.Chart(frame).mark_line(color=LIGHT.accent).encode(x="month:Q", y="value:Q"))
    assert spec["data"] == {"values": [{"month": 0, "value": 2.5}, {"month": 1, "value": None}]}


def test_a_frame_without_rows_has_no_values() -> None:
    assert ready_values(EVERY_KIND.head(0)).to_dict() == {"values": []}


def test_more_rows_than_a_browser_draws_at_ease_are_refused() -> None:
    with pytest.raises(alt.MaxRowsError):
        ready_values(pd.DataFrame({"value": range(MOST_ROWS + 1)}))


def test_what_is_no_frame_is_left_alone() -> None:
    assert ready_values({"values": [1]}) == {"values": [1]}
