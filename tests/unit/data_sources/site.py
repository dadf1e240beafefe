"""A publisher's site on this machine, whose answers a test decides, and a clock that never waits."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from data_sources.http import Answer, Http, Limits

LIMITS = Limits(
    hosts=frozenset({"127.0.0.1"}),
    schemes=frozenset({"http"}),
    retries=2,
    timeout=5,
    max_bytes=1000,
)
NO_LENGTH = -1
"""The `claimed_length` of a server that says nothing of it."""

PUBLISHER = "https://www.england.nhs.uk"


@dataclass
class Reply:
    """One answer of the server; `claimed_length` is for a server that breaks off, `is_endless` for one
    that repeats the body until nobody listens.

    With `etag`, who sends it along is told that nothing has changed.
    """

    status: int = 200
    body: bytes = b"Beds,1\n"
    headers: dict[str, str] = field(default_factory=dict)
    claimed_length: int | None = None
    is_endless: bool = False
    etag: str | None = None

    @property
    def all_headers(self) -> dict[str, str]:
        length = len(self.body) if self.claimed_length is None else self.claimed_length
        lengths = {} if length == NO_LENGTH else {"Content-Length": str(length)}
        return {**lengths, **({"ETag": self.etag} if self.etag else {}), **self.headers}


@dataclass
class Site:
    """A server whose answers per path are given one after another, the last one for ever.

    `asked` are the requests, `sent` the paths of the bodies sent whole.
    """

    address: str = ""
    port: int = 0
    answers: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def url(self, path: str, *replies: Reply) -> str:
        self.answers[path] = list(replies)
        return f"{self.address}{path}"

    def reply_to(self, path: str, headers: dict[str, str]) -> Reply:
        replies = self.answers.get(path, [Reply(404, b"")])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        is_known = reply.etag and headers.get("If-None-Match") == reply.etag
        return Reply(304, b"", etag=reply.etag) if is_known else reply


@contextmanager
def serving() -> Iterator[Site]:
    """A site that answers while the context lasts."""
    known = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append((self.path, dict(self.headers)))
            reply = known.reply_to(self.path, dict(self.headers))
            with suppress(ConnectionError):
                self.send_response(reply.status)
                for name, value in reply.all_headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
                if reply.status == 200:
                    known.sent.append(self.path)
                while reply.is_endless:
                    self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    known.port = server.server_port
    known.address = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    server.server_close()


class MirroredHttp(Http):
    """Asks the site at `address` for what stands at NHS England's, without waiting between requests."""

    def __init__(self, address: str) -> None:
        limits = replace(LIMITS, max_bytes=10_000_000, between_requests=0.0)
        super().__init__(limits)
        self._address = address

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Answer:
        answer = super().get(url.replace(PUBLISHER, self._address), etag, last_modified)
        return replace(answer, url=answer.url.replace(self._address, PUBLISHER))


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
