"""What the screen makes of indicators of which the truth is known."""

import numpy as np
import pytest

from tests.stats.screen.simulated import Setting, screen


@pytest.mark.parametrize("setting", [Setting(0.8, 0.5), Setting(0.8, 1.5), Setting(0.6, 1.5)])
def test_without_an_effect_hardly_any_is_a_candidate(setting: Setting) -> None:
    """At most a tenth, though all enter at their lowest; and no excess on average."""
    classes, excesses = screen([setting] * 20, seed=11)
    assert classes.count("candidate key indicator") <= 2
    assert np.mean([one.value for one in excesses]) == pytest.approx(0, abs=0.12)


def test_an_effect_of_one_standard_deviation_is_found_among_nine_without() -> None:
    """In four screens of five at least, by 24 entrants; the indicator tells trusts apart."""
    found = [
        screen([Setting(0.6, 1.5, effect=1.0)] + [Setting(0.6, 1.5)] * 9, seed)[0]
        for seed in range(5)
    ]
    assert sum(classes[0] == "candidate key indicator" for classes in found) >= 4
    assert sum(classes[1:].count("candidate key indicator") for classes in found) <= 4


def test_an_indicator_that_does_not_tell_trusts_apart_is_no_candidate_however_it_moves() -> None:
    classes, _ = screen([Setting(0.3, 0.5, effect=1.0)] * 4, seed=1)
    assert set(classes) == {"not supported"}
