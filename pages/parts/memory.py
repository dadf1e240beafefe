"""What the libraries brought into memory stays there: nothing to look through again and again."""

import gc
from functools import cache


@cache
def set_libraries_aside() -> None:
    """Spare the collector, once per process, all that there is when the first page has been drawn.

    Every large chart makes it look through the whole of memory, most of which is code that never goes away:
    150 milliseconds in which a reader waits.
    """
    gc.freeze()
