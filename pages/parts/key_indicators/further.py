"""What the screen found beside the graded criteria: sentences, each with the place of every number in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators.screening.judged import Judged, estimate_of
from pages.charts.layers.formats import format_day
from pages.parts.key_indicators.words import interval, signed_interval


@dataclass(frozen=True)
class Number:
    """A number (with its interval) as `shown`, `what` it is, and its `path` in the pair's row of the screen.

    A `path` that begins with `/` is of the whole result. "" where a number is not in it.
    """

    what: str
    shown: str
    path: str


@dataclass(frozen=True)
class Told:
    """A sentence and the numbers that it has."""

    words: str
    numbers: tuple[Number, ...] = ()


def further(one: Judged) -> list[Told]:
    """A sentence each, as far as there is something to tell."""
    row = one.row
    return [
        _figures(row),
        *_entrants(row),
        *_pooled(row["response"]["pooled"]),
        *_ratio(row),
        *_without(row),
        *_steps(row),
        *_segments(row),
        *_prediction(row["prediction"]),
        *(_sign(sign, place) for place, sign in enumerate(row["risk"]["signs"])),
        *_expert(row["risk"]["override"]),
        *_cluster(row["cluster"]),
    ]


def _figures(row: Any) -> Told:
    organisations, months = str(row["organisations"]), str(row["quality"]["months"])
    numbers = (
        Number("Organisations with figures", organisations, "organisations"),
        Number("Months of figures", months, "quality/months"),
    )
    return Told(f"{organisations} organisations have figures, over {months} months.", numbers)


def _entrants(row: Any) -> list[Told]:
    entrants = str(row["response"]["entrants"])
    number = Number("Entrants that can be judged", entrants, "response/entrants")
    found = [Told(f"{entrants} entrants can be judged.", (number,))]
    srm = estimate_of(row["response"]["srm"])
    if srm is not None:
        name, shown = "Standardised response mean of entrants", signed_interval(srm)
        found.append(Told(f"{name}: {shown}.", (Number(name, shown, "response/srm"),)))
    return found


def _pooled(pooled: Any) -> list[Told]:
    effect = None if pooled is None else estimate_of(pooled["effect"])
    if effect is None:
        return []
    shown, tau = signed_interval(effect), f"{pooled['tau']:.2f}"
    share = f"{100 * pooled['favourable']:.0f} %"
    words = (
        f"Pooled effect of entry beside controls: {shown} standard deviations between organisations, which "
        f"differs between entrants by {tau}; favourable and clear in {share} of them."
    )
    place = "response/pooled"
    numbers = (
        Number("Pooled effect of entry, SD", shown, f"{place}/effect"),
        Number("Its spread between entrants, SD", tau, f"{place}/tau"),
        Number("Share of entrants clearly favourable", share, f"{place}/favourable"),
    )
    return [Told(words, numbers)]


def _ratio(row: Any) -> list[Told]:
    ratio = estimate_of(row["rebound"]["ratio"])
    if ratio is None:
        return []
    name, shown = "Expected rebound / rebound seen", interval(ratio)
    return [Told(f"{name}: {shown}.", (Number(name, shown, "rebound/ratio"),))]


def _without(row: Any) -> list[Told]:
    ends = row["excess_without_each"]
    # Of entrants too few to be judged a mean would say more than is known.
    if not ends or estimate_of(row["response"]["excess"]["estimate"]) is None:
        return []
    low, high = (f"{end:+.2f}".replace("-", "−") for end in ends)
    words = f"Mean excess in the indicator’s unit, an entrant left out in turn: {low} to {high}."
    name = "Mean excess, an entrant left out in turn"
    return [Told(words, (Number(name, f"{low} to {high}", "excess_without_each"),))]


def _steps(row: Any) -> list[Told]:
    found, place = row["discrimination"], "discrimination"
    if estimate_of(found["ordinal"]["estimate"]) is None:
        return []
    wrong, steps = str(found["violations"]), str(found["steps"])
    words = (
        f"Segments are those of era {found['era']}: {wrong} of {steps} neighbouring segments have medians "
        "the wrong way round."
    )
    numbers = (
        Number("Era of the segments", found["era"], f"{place}/era"),
        Number("Neighbouring segments the wrong way round", wrong, f"{place}/violations"),
        Number("Neighbouring segments compared", steps, f"{place}/steps"),
    )
    return [Told(words, numbers)]


def _segments(row: Any) -> list[Told]:
    if estimate_of(row["discrimination"]["ordinal"]["estimate"]) is None:
        return []
    told = []
    worst = estimate_of(row["discrimination"]["worst"])
    if worst is not None:
        name, shown = "AUC of segments 4 and 5 against the rest", interval(worst)
        told.append(Told(f"{name}: {shown}.", (Number(name, shown, "discrimination/worst"),)))
    if row["ranks"]:
        shown = "{} to {}".format(*row["ranks"])
        number = Number("Places among those judged on segments (95 %)", shown, "ranks")
        words = f"Its place among those judged on segments could be any from {shown}."
        told.append(Told(words, (number,)))
    return told


def _prediction(found: Any) -> list[Told]:
    events = str(found["events"])
    number = Number("Entries that could be foretold", events, "prediction/events")
    told = [Told(f"{events} entries within 12 months could be foretold.", (number,))]
    if found["lead"]:
        lead = str(found["lead"])
        words = f"It foretells them up to {lead} months ahead."
        told.append(Told(words, (Number("Months ahead", lead, "prediction/lead"),)))
    return told


def _sign(sign: Any, place: int) -> Told:
    estimate = estimate_of(sign["estimate"])
    raised = "raised" if sign["is_raised"] else "not raised"
    name = f"Sign of measurement risk, {sign['name']}"
    if estimate is None:
        return Told(f"{name}: {raised}.")
    shown = signed_interval(estimate)
    number = Number(name, shown, f"risk/signs/{place}/estimate")
    return Told(f"{name}: {shown}, {raised}.", (number,))


def _expert(level: Any) -> list[Told]:
    if not level:
        return []
    who = f"{level['by']} on {format_day(date.fromisoformat(level['on']))}"
    return [Told(f"Level of measurement risk set by {who}: {level['level']}. {level['because']}")]


def _cluster(cluster: Any) -> list[Told]:
    if not cluster:
        return []
    stands = (
        "may stand for it"
        if cluster["is_representative"]
        else "moves with the one that stands for it"
    )
    which = str(cluster["number"])
    words = f"Cluster {which} of indicators of its type that move together: it {stands}."
    return [Told(words, (Number("Cluster", which, "cluster/number"),))]


def numbers_in(told: Sequence[Told]) -> list[Number]:
    """All numbers of the sentences, in their order."""
    return [number for one in told for number in one.numbers]
