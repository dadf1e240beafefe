"""What the benchmark times of an interrupted time series is the whole of it, on published and made series."""

from pathlib import Path

import pytest

from bench.its_documents import documents, everything


@pytest.mark.parametrize("name", list(documents()))
def test_the_timed_documents_are_fitted_in_all_ways(
    name: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least 20 placebos wherever a series has room for them, and no estimator refused."""
    monkeypatch.setenv("DATA_DIR", str(warehouse))
    found = everything(*documents()[name])
    placebo = found["diagnostics"]["placebo_in_time"]
    assert (0 if placebo is None else placebo["number"]) >= (0 if name == "24 months" else 20)
    assert [one.refused for one in found["estimators"]] == [None] * 5
    methods = {one.changes["method"] for one in found["estimators"]}
    assert methods == {"reml_ar1", "ols", "newey_west", "prais_winsten", "arima"}
