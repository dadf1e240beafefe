"""Showing how far a long piece of work has come."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

T = TypeVar("T")


def track(items: Sequence[T], label: str, quiet: bool = False) -> Iterator[T]:
    """Each item in turn: a bar on a terminal, a plain line an item otherwise; nothing when `quiet`.

    Both go to stderr, so that stdout holds only what was asked for.
    """
    console = Console(stderr=True)
    if quiet:
        yield from items
    elif console.is_terminal:
        # Lines printed meanwhile appear above the bar, unless they go to a file or a pipe.
        with Progress(console=console, redirect_stdout=sys.stdout.isatty()) as bar:
            yield from bar.track(items, description=label)
    else:
        for number, item in enumerate(items, start=1):
            print(f"{label}: {number} of {len(items)}", file=sys.stderr)
            yield item
