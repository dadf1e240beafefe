"""Why the figures do not reach around an event, in words that say what would mend it."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.stats.lacking import Cause, Lack
from indicators.writing import MONTHS

Label = Callable[[int], str]


@dataclass(frozen=True)
class Labels:
    """A column of figures in words: where it `begins` and where it `ends`."""

    begins: Label
    ends: Label


def in_months(first: int, step: int) -> Labels:
    """Columns of `step` months, from the month `first` on (year times 12 plus month from 0)."""
    return Labels(
        lambda column: month_words(first + column * step),
        lambda column: month_words(first + column * step + step - 1),
    )


def month_words(month: int) -> str:
    """`April 2017` for a month as a whole number."""
    return f"{MONTHS[month % 12]} {month // 12}"


def lack_words(lack: Lack, labels: Labels, event: str = "entry") -> str:
    """Why an event cannot be judged, as a clause: the first cause that nothing mends, else all there are."""
    around = f"around its {event}"
    told: dict[Cause, str] = {
        "start": f"the figures of its type begin only in {labels.begins(lack.first)}, too late for its "
        f"{event}",
        "stay": f"another stay in a programme, or the half year after one, lies {around}",
        "own": f"its own figures are missing or of too few cases {around}, though others of its type have "
        "theirs",
        "end": f"the figures of its type end in {labels.ends(lack.last)}, too soon after its {event}",
        "gap": f"no file gathered here has the figures of {gap_words(lack, labels)}, which it needs",
    }
    final = [one for one in lack.causes if one not in ("end", "gap")]
    return " and ".join(told[one] for one in final[:1] or lack.causes)


def gap_words(lack: Lack, labels: Labels) -> str:
    """The months that no file has: `April 2017 to March 2018`."""
    ends = ((labels.begins(first), labels.ends(last)) for first, last in lack.gaps)
    return ", ".join(one if one == other else f"{one} to {other}" for one, other in ends)
