"""Work shared among processes: every result in order, and the first fault as it was."""

import os

import pytest

from data_sources.parallel import each
from data_sources.source import LayoutChanged


def double(number: int) -> tuple[int, int]:
    if number == 13:
        raise LayoutChanged("x.xls", "cell B2", "a number", number)
    return 2 * number, os.getpid()


@pytest.mark.parametrize("count", [0, 3, 12])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    found = [result for result, _ in each(double, range(count), "Doubling", quiet=True)]
    assert found == [2 * number for number in range(count)]


def test_many_items_are_done_by_other_processes_and_a_few_by_this_one() -> None:
    if (os.cpu_count() or 1) > 1:
        assert os.getpid() not in {pid for _, pid in each(double, range(12), "", quiet=True)}
    assert {pid for _, pid in each(double, range(3), "", quiet=True)} == {os.getpid()}


def test_a_fault_in_another_process_reads_as_in_this_one() -> None:
    for items in (range(13, 14), range(20)):
        with pytest.raises(
            LayoutChanged, match=r"^x\.xls, cell B2: expected a number, found 13\.$"
        ):
            list(each(double, items, "", quiet=True))
