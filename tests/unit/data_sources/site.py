"""A publisher's site on this machine, whose answers a test decides, and a clock that never waits."""

from dataclasses import dataclass, field

from data_sources.http import Limits

LIMITS = Limits(
    hosts=frozenset({"127.0.0.1"}),
    schemes=frozenset({"http"}),
    retries=2,
    timeout=5,
    max_bytes=1000,
)


@dataclass
class Reply:
    """One answer of the server; `claimed_length` is for a server that breaks off."""

    status: int = 200
    body: bytes = b"Beds,1\n"
    headers: dict[str, str] = field(default_factory=dict)
    claimed_length: int | None = None


@dataclass
class Site:
    """A server whose answers per path are given one after another, the last one for ever."""

    address: str = ""
    port: int = 0
    answers: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, *replies: Reply) -> str:
        self.answers[path] = list(replies)
        return f"{self.address}{path}"

    def next_reply(self, path: str) -> Reply:
        replies = self.answers[path]
        return replies.pop(0) if len(replies) > 1 else replies[0]


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
