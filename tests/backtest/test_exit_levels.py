"""One real exit counted again by plain SQL: its level, its place among acute trusts, and the year after."""

from datetime import date
from statistics import median

import duckdb
import pytest

from indicators.exit_levels import AtExit, at_exits, levels_of
from indicators.exits_on_record import exits_of, of_type
from indicators.registry import load_all
from indicators.returns import time_to_return
from indicators.series import read_spells
from settings import Settings
from sql.reads import read

AE = load_all(Settings().catalogue_dir)["ae_4h_all"]
MEANS = """
    select fct_indicator.org_code, avg(fct_indicator.value) as mean
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    where fct_indicator.indicator_id = 'ae_4h_all'
        and dim_organisation.org_type = 'acute'
        and fct_indicator.period_start >= $begins::date
        and fct_indicator.period_start < $ends::date
    group by fct_indicator.org_code
    having count(fct_indicator.value) = 3
"""


def mean_by_code(marts: duckdb.DuckDBPyConnection, begins: str, ends: str) -> dict[str, float]:
    found = marts.cursor().execute(MEANS, {"begins": begins, "ends": ends}).fetchall()
    return {str(code): float(mean) for code, mean in found}


@pytest.fixture(scope="module")
def exits(marts: duckdb.DuckDBPyConnection) -> list[AtExit]:
    spells, eras = read_spells(marts), read(marts, "eras")
    statements = read(marts, "segment_statements")
    returns = time_to_return(spells, statements, eras, "best", date(2026, 7, 1))
    types = read(marts, "organisations").set_index("org_code")["org_type"]
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    levels = levels_of(values[values["org_code"].map(types) == "acute"], AE)
    assert levels is not None
    on_record = of_type(exits_of(spells, returns.times), "acute")
    return at_exits(levels, on_record)


def of(exits: list[AtExit], org: str) -> AtExit:
    """The last exit of an organisation."""
    return [one for one in exits if one.exit.stay.org_code == org][-1]


def test_one_exit_is_what_plain_sql_counts(
    marts: duckdb.DuckDBPyConnection, exits: list[AtExit]
) -> None:
    """Barking left on 24 May 2024, which counts for June: March to May of 2024 and of 2025 are meant."""
    found = of(exits, "RF4")
    assert found.exit.stay.exit == "2024-05-24"
    at_exit = mean_by_code(marts, "2024-03-01", "2024-06-01")
    later = mean_by_code(marts, "2025-03-01", "2025-06-01")
    others = {code: mean for code, mean in at_exit.items() if code != "RF4"}
    worse = [code for code, mean in others.items() if mean < at_exit["RF4"]]
    assert found.level.value == pytest.approx(at_exit["RF4"])
    assert found.level.others == len(others)
    assert found.level.place == pytest.approx(100 * len(worse) / len(others))
    assert found.change == pytest.approx(later["RF4"] - at_exit["RF4"])
    both = [later[code] - others[code] for code in others if code in later]
    assert found.beside == pytest.approx(median(both))
    assert found.exit.came_back is False


def test_exits_happened_at_low_and_at_high_places(exits: list[AtExit]) -> None:
    """So that no level is a yardstick: Princess Alexandra left when no acute trust was worse."""
    places = [one.level.place for one in exits if one.level.place is not None]
    assert of(exits, "RQW").level.place == 0
    assert min(places) < 5 < 80 < max(places)
    assert len(places) >= 20


def test_no_change_reaches_into_the_pandemic(exits: list[AtExit]) -> None:
    """East Sussex left in July 2019: months 10 to 12 are April to June 2020."""
    assert of(exits, "RXC").level.value is not None
    assert of(exits, "RXC").change is None
