"""The evidence card of an indicator, on a screen made by hand: what decided, pictures, caveats and runs."""

from pathlib import Path

from indicators.runs.record import load_run
from tests.app.conftest import Open, all_rows, lead, specs, text_of
from tests.unit.indicators.screening.made_record import RECORD


def test_the_card_tells_what_decided(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute")
    assert [error.message for error in page.exception] == []
    assert "among acute trusts: does it show purposeful improvement?" in page.title[0].value
    assert "the data cannot tell" in lead(page)
    facts = page.table[1].value.set_index("Fact")
    assert facts.loc["Improvement beyond rebound (SD)", "Met"] == "unknown"
    assert "3, at least 8" in facts.loc["Improvement beyond rebound (SD)", "Why"]
    assert facts.loc["Reliability", "Found (95 % interval)"] == "0.850 (0.800 to 0.900)"
    assert facts.loc["Reliability", "Met"] == "met"
    assert len(page.table[0].value) == 8
    assert "5 more entrants with figures before and after" in text_of(page)
    assert "left out in turn" not in text_of(page)
    assert "pooled?indicator=cancer_62d" in text_of(page)


def test_the_card_shows_the_segments_and_says_where_the_rest_is(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute")
    assert len(specs(page)) == 1
    text = text_of(page)
    assert "R2" not in lead(page)
    assert "Feeds the rule that makes the segment" in text or "Not known to feed" in text
    assert f"of run {RECORD.run_id} of 27 November 2026" in text
    assert f"python -m indicators replay run-{RECORD.run_id}.json" in text
    labels = [button.proto.label for button in page.get("download_button")]
    files = ["Run record of this screen (JSON)", "This card (CSV)", "This card (JSON)"]
    assert [label for label in labels if label in files] == files


def test_after_entry_too_few_are_told_in_a_sentence_and_no_chart_is_empty(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute", picture="entry")
    assert [error.message for error in page.exception] == []
    text = text_of(page)
    assert "can be judged" in text
    assert "No event study: it needs the mean" in text or "None of" in text
    assert all(all_rows(one) for one in specs(page))
    assert "pooled?indicator=cancer_62d&amp;org_type=acute" in text


def test_a_run_of_the_card_alone_is_made_on_demand_and_saved(
    open_page: Open, warehouse: Path
) -> None:
    page = open_page("key-indicators", indicator="sickness", org_type="acute", stability="95")
    runs = warehouse / "runs"
    before = set(runs.glob("*.json"))
    next(one for one in page.button if one.label == "Run this card alone").click().run(timeout=60)
    assert [error.message for error in page.exception] == []
    (path,) = set(runs.glob("*.json")) - before
    run = load_run(path)
    document = {"analysis": "screen", "indicator": "sickness", "org_type": "acute"}
    assert run.document == document | {"thresholds": {"stability": 0.95}, "seed": 20211}
    assert f"Run {run.run_id} of this pair alone has" in text_of(page)
    path.unlink()
