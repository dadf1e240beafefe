"""Which points are outdone by no other."""

import numpy as np

from indicators.stats.screen.pareto import undominated


def test_a_point_is_out_only_where_another_is_as_good_in_all_and_better_in_one() -> None:
    points = np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 2.0], [3.0, 1.0], [0.0, 0.0]])
    assert undominated(points).tolist() == [True, True, False, True, False]


def test_the_same_point_twice_outdoes_neither() -> None:
    assert undominated(np.array([[1.0, 1.0], [1.0, 1.0]])).tolist() == [True, True]
