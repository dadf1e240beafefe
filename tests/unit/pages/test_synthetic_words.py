"""The synthetic control in words: what is read, what is not, and how rare the gap is."""

import pandas as pd

from indicators.analyses.synthetic_before import SyntheticBefore
from pages.parts.its.synthetic_words import (
    before_sentences,
    earlier_stay_sentence,
    form_label,
    further_sentences,
    left_out_sentence,
    placebo_sentence,
    result_sentences,
)
from tests.unit.pages.made_synthetic import TEXT, result


def rank(**fields):
    usual = {"limit": 5.0, "p": 2 / 39, "floor": 1 / 39, "kept": 38, "as_large": 1} | fields
    return result(placebos={"by_limit": [usual], "ratio": 3.0, "units": []})


def test_the_gap_comes_with_its_fit_and_its_rank():
    first, second = result_sentences(result(), TEXT)
    assert first == (
        "From Jan 2022 to Dec 2022 it lay on average 4.0 points above its synthetic control of 2 "
        "organisations (fit fair: before entry the gap is 0.30 of its own spread)."
    )
    assert second == (
        "1 of 38 placebos is as large or larger: p 0.051; with 38 others p cannot be below 0.026."
    )
    assert "2.5 points below its" in result_sentences(result(att=-2.5), TEXT)[0]


def test_none_several_and_no_placebos():
    assert placebo_sentence(rank(as_large=0, p=1 / 39)).startswith(
        "None of 38 placebos are as large"
    )
    assert placebo_sentence(rank(as_large=7, p=8 / 39)).startswith("7 of 38 placebos are as large")
    assert placebo_sentence(rank(kept=0, p=None, floor=None, as_large=0)) == (
        "No placebo fits well enough before entry to be compared with, so there is no p."
    )


def test_a_poor_fit_reads_no_effect_and_tells_none():
    poor = {"label": "poor", "share": 0.68, "passes": False}
    first, second = result_sentences(result(fit=poor), TEXT)
    assert first == (
        "No effect is read, because the fit does not pass: before entry the gap is 0.68 of its own spread, "
        "and at most 0.5 passes."
    )
    assert second == "The chart shows the fit before entry alone."
    told = " ".join([first, second, *further_sentences(result(fit=poor), TEXT)])
    assert "4.0" not in told
    assert "p 0" not in told
    assert "3.0 points" not in told


def test_all_that_the_gate_lacks_is_told():
    close = {"label": "good", "share": 0.1, "passes": False}
    assert result_sentences(result(fit=close, n_pre=15, n_donors=9), TEXT)[0] == (
        "No effect is read, because the fit does not pass: there are 15 months before entry, and 24 are "
        "needed; there are 9 donors, and 10 are needed."
    )


def test_what_else_speaks_for_or_against_it():
    assert further_sentences(result(), TEXT) == [
        "p (and the number of placebos) by how much worse a placebo may fit: 2 times no p (0), 5 times 0.051 "
        "(38), any 0.050 (39).",
        "Placebo in time: with an entry made up in Jan 2021 the mean gap up to the real one is −0.5 points. "
        "It is no effect of the programme, and says how far off the later gap can be.",
        "Without each of 2 donors in turn the mean gap lies between +3.0 points and +5.5 points.",
        "All donors and all periods alike (difference in differences): −1.5 points.",
    ]
    assert "has no room for" in further_sentences(result(placebo_in_time=None), TEXT)[1]


def test_synthetic_did_alone_has_an_interval():
    last = result_sentences(result(ci_low=-1.0, ci_high=9.0), TEXT)[-1]
    assert last == ("By the spread of the placebos: 95 % interval −1.0 points to +9.0 points.")


def test_before_a_run_the_smallest_p_or_what_no_fit_can_make_up_for():
    given = SyntheticBefore(pd.DataFrame(), None, 63, 59, tuple("abcdefghij"), ("x",))
    assert before_sentences(given, TEXT) == (
        "However large the gap, p cannot be below 0.091, as there are 10 others to compare with.",
        "63 months before entry and 59 from entry on; 10 organisations of its type, never in a programme, "
        "can be donors.",
    )
    short = SyntheticBefore(
        pd.DataFrame(), None, 15, 5, tuple("abc"), (), ("3 donors (at least 10)",)
    )
    assert before_sentences(short, TEXT)[0] == (
        "No fit can pass here: 3 donors (at least 10). A run shows the fit before entry, and no effect is "
        "read."
    )


def test_who_is_left_out_and_where_it_was_before():
    assert left_out_sentence(0, TEXT) == ""
    assert left_out_sentence(1, TEXT).startswith("1 further organisation of its type never in a ")
    assert earlier_stay_sentence([]) == ""
    assert "QSM (Nov 2018 to Jul 2021)." in earlier_stay_sentence(["QSM (Nov 2018 to Jul 2021)"])


def test_a_form_is_named_with_its_fit():
    assert form_label("sdid", result()) == "Synthetic DiD, fit fair 0.30"
