"""The read-me's example of adding an indicator: one new file, no other change, and it has figures."""

import re
import shutil
from datetime import date

import duckdb
import pytest

from indicators.checking import check_catalogue, known_here
from settings import ROOT, Settings
from sql.publish import publish, read_current
from sql.reads import open_database, read

EXAMPLE = re.compile(r"`indicators/catalogue/(\w+/(\w+)\.toml)`:\n\n```toml\n(.*?)```", re.DOTALL)
COUNTED = (
    "select indicator_id, count(*), count(value), sum(numerator), sum(denominator) "
    "from marts.fct_indicator group by all order by all"
)


@pytest.fixture(scope="module")
def with_example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, str]:
    """Settings with a copy of the catalogue and the example in it, and the example's id."""
    (found,) = EXAMPLE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    place, indicator_id, content = found
    folder = tmp_path_factory.mktemp("adding")
    shutil.copytree(Settings().catalogue_dir, folder / "catalogue")
    file = folder / "catalogue" / place
    assert not file.exists(), "the example must not be in the catalogue"
    file.write_text(content, encoding="utf-8")
    return Settings(data_dir=folder / "data", catalogue_dir=folder / "catalogue"), indicator_id


def test_the_example_passes_every_check(with_example: tuple[Settings, str]) -> None:
    settings, _ = with_example
    found = check_catalogue(
        settings.catalogue_dir, known_here(settings.reference_dir), date(2026, 11, 26)
    )
    assert (found.faults, found.warnings, found.number) == ((), (), 66)


def test_the_example_has_figures_and_changes_no_others(
    with_example: tuple[Settings, str], marts: duckdb.DuckDBPyConnection
) -> None:
    settings, added = with_example
    publish(settings)
    current = read_current(settings.data_dir)
    assert current is not None
    with open_database(settings.data_dir / current.file) as connection:
        rows = read(connection, "series", indicator=added, orgs=["ENG", "RXW"])
        after = [row for row in connection.execute(COUNTED).fetchall() if row[0] != added]
    assert after == marts.cursor().execute(COUNTED).fetchall()
    may = rows[rows["period_start"] == "2026-05-01"].set_index("org_code")["value"]
    # Denominators of the published indicators on four hours: England's, and Shrewsbury and Telford's.
    assert may["ENG"] == pytest.approx(100 * 1_493_345 / 2_457_398)
    assert may["RXW"] == pytest.approx(100 * 11_572 / 14_076)
