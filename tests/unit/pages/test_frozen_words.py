"""Sentences on times to a signal: counts with what they are counts of, and never without the others."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from indicators.definition import Indicator
from indicators.frozen import FrozenCharts, frozen_charts
from indicators.frozen_compared import compare
from indicators.registry import load_all
from pages.parts.control.frozen_words import (
    TABLE,
    by_time_sentence,
    lead_of,
    month_words,
    shadow_sentence,
    spell_rows,
)
from settings import Settings
from tests.unit.indicators.made_frozen import FLAT, organisations, spell, spells, values

RISES, STAYS, FALLS = [61, 70, 70, 61], [61.0] * 4, [50, 50, 61, 61]


def indicator() -> Indicator:
    return load_all(Settings().catalogue_dir)["ae_4h_all"].model_copy(update={"breaks": ()})


def charts(entrants: list[list[float]], others: list[list[float]], months: int = 1) -> FrozenCharts:
    """Entrants E0, E1 … and others N0, N1 …, their figures after a flat year repeated."""
    after = {f"E{i}": figures * months for i, figures in enumerate(entrants)}
    after |= {f"N{i}": figures * months for i, figures in enumerate(others)}
    entered = [
        spell("2023-01-10", org_code=code, org_name=code, entered_label="10 January 2023")
        for code in after
        if code.startswith("E")
    ]
    made = pd.concat([values(code, *FLAT, *figures) for code, figures in after.items()])
    return frozen_charts(made, indicator(), spells(*entered), organisations(*after))


def lead(found: FrozenCharts) -> str:
    return " ".join(lead_of(found, compare(found), "A&E within 4 hours"))


def test_the_lead_counts_entrants_and_the_others_and_cautions() -> None:
    told = lead(charts([RISES, RISES, STAYS, STAYS, FALLS], [RISES, STAYS, STAYS, STAYS]))
    assert told.startswith(
        "Within 24 months of entry 2 of 5 spells of support signalled lasting improvement in A&E within 4 "
        "hours, each as long as it was watched (4 months); 1 signalled lasting concern. Of organisations of "
        "the same type never in a programme, frozen at the same months and watched as long, 25.0 % did (95 % "
    )
    assert "even this comparison understates" in told
    assert "So few" not in told


def test_few_spells_are_said_to_be_few() -> None:
    assert "So few spells tell what happened" in lead(charts([RISES], [STAYS, STAYS]))


def test_without_others_that_is_said_and_no_share_made_up() -> None:
    told = lead(charts([RISES], []))
    assert "No organisation of the same type that was never in a programme can be compared." in told
    assert "%" not in told


def test_without_any_time_the_lead_says_so() -> None:
    told = lead(charts([[61.0]], [STAYS]))
    assert told.startswith("For A&E within 4 hours no spell on record can be given a time")


def test_shadows_are_compared_only_where_there_are_enough() -> None:
    found = charts([RISES, STAYS], [STAYS] * 3)
    none = replace(found, beside=found.beside.assign(is_shadow=False))
    assert "found for none of 2 spells" in shadow_sentence(compare(none), 2)
    some = replace(found, beside=found.beside.assign(is_shadow=True))
    assert "found for only 2 of 2 spells" in shadow_sentence(compare(some), 2)
    enough = charts([RISES, *[STAYS] * 4], [STAYS, RISES])
    enough = replace(enough, beside=enough.beside.assign(is_shadow=True))
    told = shadow_sentence(compare(enough), 5)
    assert told.startswith("For 5 spells there are organisations")
    assert "50.0 % of these shadows" in told
    assert told.endswith("and 1 of the 5 spells.")


def test_shares_by_time_are_told_only_as_far_as_enough_are_watched() -> None:
    brief = compare(charts([RISES] * 5, [STAYS] * 5))
    assert "a share not known" in by_time_sentence(brief)
    # After the pattern's first four months two years of the flat mean.
    longer = compare(charts([STAYS] * 6, [STAYS] * 6, months=4))
    told = by_time_sentence(longer)
    assert "among entrants, by 0.0 % within 12 months;" in told
    assert "within 24 months" not in told


def test_half_is_told_where_enough_were_watched() -> None:
    told = by_time_sentence(compare(charts([RISES] * 5, [STAYS] * 5, months=2)))
    assert "half within 2 months" in told


def rows_by_code(found: FrozenCharts) -> dict[str, Any]:
    return {row.org_code: row for row in spell_rows(found).itertuples()}


def test_every_spell_has_its_words() -> None:
    rows = rows_by_code(charts([RISES, STAYS, [61.0]], [RISES, STAYS]))
    told = rows["E0"]
    assert told.label == "E0 · RSP Jan 2023"
    assert told.baseline_words == "12 months, Jan 2022 to Dec 2022"
    assert told.improved_words == "after 1 month"
    assert told.worsened_words == "none while it was watched"
    assert told.others_words == "1 of 2"
    assert told.ended_words == "the figures end; no source gives an exit"
    assert rows["E2"].why_not.startswith("fewer than two figures")
    assert pd.isna(rows["E2"].others_words)
    assert pd.isna(rows["E2"].improved_words)
    assert rows["E2"].baseline_words == "12 months, Jan 2022 to Dec 2022"


def test_a_signal_at_once_is_said_in_words() -> None:
    assert rows_by_code(charts([FALLS], []))["E0"].worsened_words == "in the first month exposed"
    assert rows_by_code(charts([FALLS], []))["E0"].others_words == "nobody can be compared"


def test_the_table_has_all_that_is_in_the_hover() -> None:
    rows = spell_rows(charts([RISES, STAYS], [STAYS]))
    assert set(TABLE) <= set(rows)
    assert rows["watched"].tolist() == [4, 4]
    assert np.isnan(rows["improved_after"].iloc[1])


def test_months_in_words() -> None:
    assert month_words(2025 * 12.0 + 1) == "Feb 2025"
