"""What a sample of case sites should look like: its size, levels to cover, quotas and wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Quota:
    """How many sites of a kind a sample should hold, both bounds inclusive; no `at_most`: no upper bound.

    `where` gives the value each named column must have: `{"kind": "trust", "pathway": "left"}`.
    """

    name: str
    where: Mapping[str, str]
    at_least: int = 0
    at_most: int | None = None

    def members(self, candidates: pd.DataFrame) -> "pd.Series[bool]":
        """Which candidates are of this kind."""
        inside = pd.Series(True, index=candidates.index)
        for column, value in self.where.items():
            inside &= candidates[column] == value
        return inside

    @property
    def wanted(self) -> str:
        """The bounds in words: `2`, `2 to 3`, `at least 2`, `at most 3`."""
        if self.at_most is None:
            return f"at least {self.at_least}"
        if self.at_least == self.at_most:
            return str(self.at_least)
        return f"{self.at_least} to {self.at_most}" if self.at_least else f"at most {self.at_most}"


@dataclass(frozen=True)
class Design:
    """What a sample should look like: how many sites, over which levels, with which quotas and wishes.

    `strata` names the levels to be covered for each column of the candidates, those without a candidate too;
    every level of a stratum named in `every` is a quota of at least one. `must` and `exclude` are
    organisation codes. The `seed` decides between sets that serve equally well.
    """

    size: int
    strata: Mapping[str, Sequence[str]]
    quotas: Sequence[Quota] = ()
    every: Sequence[str] = ()
    must: Sequence[str] = ()
    exclude: Sequence[str] = ()
    seed: int = 1

    @property
    def all_quotas(self) -> list[Quota]:
        """The quotas as given, and one for each level of the strata of which every level is wanted."""
        levels = [
            Quota(level, {stratum: level}, 1)
            for stratum in self.every
            for level in self.strata[stratum]
        ]
        return [*self.quotas, *levels]

    def check(self, candidates: pd.DataFrame) -> None:
        """ValueError where the wishes contradict each other or name an organisation that is no candidate."""
        must, exclude = set(self.must), set(self.exclude)
        if both := sorted(must & exclude):
            raise ValueError(f"{', '.join(both)} cannot be both in the set and left out of it")
        if unknown := sorted((must | exclude) - set(candidates["org_code"])):
            raise ValueError(f"{', '.join(unknown)} is not among the candidates")
        if len(must) > self.size:
            raise ValueError(f"{len(must)} organisations must be in a set of {self.size}")


PROTOCOL_SIZE = 9
PROTOCOL_QUOTAS = (
    Quota("trusts that entered", {"kind": "trust", "pathway": "entered"}, 2),
    Quota(
        "trusts transferred from special measures",
        {"kind": "trust", "pathway": "transferred"},
        2,
        3,
    ),
    Quota("trusts that left", {"kind": "trust", "pathway": "left"}, 2),
    Quota("integrated care boards", {"kind": "icb"}, 2, 2),
    Quota("ambulance trusts", {"org_type": "ambulance"}, 1),
)
"""The evaluation protocol's own design, with every region beside it: nine sites, two trusts that entered, two
or three transferred, two that left, two boards, an ambulance trust. "Two" of a pathway is a least number:
where two are transferred, not three, one of the nine places is open.
"""
PROTOCOL_EVERY = ("region",)
