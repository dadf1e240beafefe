"""Sharing a long list of files among the machine's processors."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from data_sources.progress import track

T = TypeVar("T")
R = TypeVar("R")

_WORTH_IT = 8
"""Fewer items are done sooner than other processes have started."""


def each(
    function: Callable[[T], R], items: Sequence[T], label: str, quiet: bool = False
) -> Iterator[R]:
    """`function` of each item, in order, with a progress bar; on all processors where there are many items.

    `function` must be a module's own (or a partial of one), and what it takes and returns must pickle.
    """
    workers = min(os.cpu_count() or 1, len(items))
    if len(items) < _WORTH_IT or workers == 1:
        yield from map(function, track(items, label, quiet))
        return
    # Spawned, not forked: the libraries that read files have threads of their own, and Windows cannot fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        results = [pool.submit(function, item) for item in items]
        try:
            for result in track(results, label, quiet):
                yield result.result()
        finally:
            pool.shutdown(cancel_futures=True)
