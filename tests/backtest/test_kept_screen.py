"""The kept screen of two indicators of the bundle: its run record, and the cards made from it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from indicators.registry import load_all
from indicators.runs.record import RunRecord
from indicators.runs.replay import replay
from indicators.screening import given, kept
from indicators.screening.judged import judged
from indicators.screening.screen import Asked
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from settings import Settings
from sql.publish import read_current
from tests.unit.pages.card_numbers import check_card

ASKED = Asked(Thresholds(entrants=9), seed=7)


@pytest.fixture(scope="module")
def place(
    marts: duckdb.DuckDBPyConnection, warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[kept.Place]:
    """Where the screen of two indicators is kept, and done again."""
    everything = load_all(Settings().catalogue_dir)
    few = {name: everything[name] for name in ("nctr_share", "ss_morale")}
    published = read_current(warehouse)
    assert published is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(warehouse))
        for module in (kept, given):
            patch.setattr(module, "load_all", lambda _: few)
        folder = tmp_path_factory.mktemp("kept")
        yield kept.Place(published, marts, Settings(data_dir=folder))


@pytest.fixture(scope="module")
def run(place: kept.Place) -> RunRecord:
    return kept.kept_record(place, asked=ASKED)


def test_the_record_is_of_the_result_that_is_kept(place: kept.Place, run: RunRecord) -> None:
    assert run.document == {"analysis": "screen", "thresholds": {"entrants": 9}, "seed": 7}
    assert run.result["rows"] == kept.kept_document(place, asked=ASKED)["rows"]
    # Kept once: a second reader has the same run, not another of the same.
    assert kept.kept_record(place, asked=ASKED).run_id == run.run_id


def test_the_record_replays_from_the_published_figures(run: RunRecord) -> None:
    found = replay(run)
    assert (found.moved, found.changed) == ([], [])


def test_every_number_on_its_cards_stands_in_the_record(run: RunRecord) -> None:
    pairs = judged(run.result["rows"], DEFAULTS)
    assert len(pairs) > 3
    for one in pairs:
        check_card(one, run)
