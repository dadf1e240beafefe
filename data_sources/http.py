"""Asking publishers' sites politely: known hosts only, one request a second, whole files or none."""

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urldefrag, urljoin

import lxml.html  # type: ignore[import-untyped]
import requests
from lxml.etree import ParserError  # type: ignore[import-untyped]
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, parse_url

from data_sources._http_body import packing_of, unpacked
from data_sources.source import SourceError

_SITES = (
    "england.nhs.uk",
    "digital.nhs.uk",
    "files.digital.nhs.uk",
    "odsdatasearchandexport.nhs.uk",
    "directory.spineservices.nhs.uk",
    "gov.uk",
    "assets.publishing.service.gov.uk",
    "cqc.org.uk",
    "nhsstaffsurveys.com",
    "web.archive.org",
    "services1.arcgis.com",
)
_HEADERS = {
    # digital.nhs.uk answers 403 to the names that HTTP libraries give themselves.
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept-Language": "en-GB,en;q=0.8",
    "Accept-Encoding": "gzip",
}
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PAGE_STARTS = (b"<!doctype html", b"<html")
_FILE_TYPES = re.compile(
    r"|.*(csv|comma-separated|excel|spreadsheet|zip|octet-stream|download).*|text/plain"
)
"""What sites call workbooks, delimited text and zips; some say nothing."""


@dataclass(frozen=True)
class Limits:
    """What may be asked of whom. Times in seconds, `max_bytes` inclusive, `retries` after the first try."""

    hosts: frozenset[str] = frozenset(_SITES) | {f"www.{site}" for site in _SITES}
    schemes: frozenset[str] = frozenset({"https"})
    between_requests: float = 1.0
    longest_wait: int = 120
    timeout: float = 60.0
    retries: int = 3
    redirects: int = 5
    longest_download: float = 900.0
    max_bytes: int = 200_000_000


@dataclass(frozen=True)
class Link:
    """A link of a page: its visible text on one line, and its absolute address without a fragment."""

    text: str
    url: str


@dataclass(frozen=True)
class Answer:
    """What a site gave for an address. `is_unchanged` means: still what the tags sent along describe."""

    url: str
    content: bytes
    content_type: str
    etag: str | None
    last_modified: str | None
    is_unchanged: bool

    @property
    def kind(self) -> str:
        """What a person would call this: 'nothing', 'a web page', 'a PDF' (by type or first words),
        'a file' of a kind that can hold figures, or else the type that the site gives it.
        """
        start = self.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if not start:
            return "nothing"
        if self.content_type in _PAGE_TYPES or start.startswith(_PAGE_STARTS):
            return "a web page"
        if start.startswith(b"%pdf-"):
            return "a PDF"
        return "a file" if _FILE_TYPES.fullmatch(self.content_type) else self.content_type


class _PoliteRetry(Retry):
    """Retries that never come sooner than any other request, and wait by the clock they are given."""

    def __init__(self, *, pause: Callable[[float], None], shortest: float, **options: Any) -> None:
        super().__init__(**options)
        self._pause = pause
        self._shortest = shortest

    def new(self, **changes: Any) -> Self:
        return super().new(pause=self._pause, shortest=self._shortest, **changes)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        asked = self.get_retry_after(response) if response else None
        self._pause(max(asked or 0, self.get_backoff_time(), self._shortest))


class Http:
    """One conversation with the publishers; use it as a context manager.

    Every failure is a SourceError of one sentence that begins with the host and path concerned.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._session = requests.Session()
        self._session.headers.update(_HEADERS)
        for scheme in self._limits.schemes:
            adapter = requests.adapters.HTTPAdapter(max_retries=self._retries())
            self._session.mount(f"{scheme}://", adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """The whole answer at `url`; with the tags of an earlier answer, perhaps only 'unchanged'."""
        tags = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        response = self._follow(url, {name: value for name, value in tags.items() if value})
        with response:
            is_unchanged = response.status_code == HTTPStatus.NOT_MODIFIED
            if response.status_code != HTTPStatus.OK and not is_unchanged:
                status = f"{response.status_code} {response.reason or ''}".strip()
                raise SourceError(f"{place(url)}: the site answered {status}.")
            declared = response.headers.get("Content-Type", "")
            return Answer(
                url=response.url,
                content=self._body(response, url),
                content_type=declared.partition(";")[0].strip().lower(),
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
                is_unchanged=is_unchanged,
            )

    def links(self, url: str) -> list[Link]:
        """Every link of the page at `url`, in page order, each pair of text and address once."""
        answer = self.get(url)
        if answer.kind != "a web page":
            raise SourceError(f"{place(url)}: expected a web page, found {answer.kind}.")
        parser = lxml.html.HTMLParser(encoding="utf-8")
        try:
            page = lxml.html.document_fromstring(answer.content, parser=parser)
        except ParserError as error:
            raise SourceError(f"{place(url)}: the web page is empty.") from error
        page.make_links_absolute(answer.url, handle_failures="discard")
        links = (
            Link(" ".join(anchor.text_content().split()), urldefrag(anchor.get("href").strip()).url)
            for anchor in page.xpath("//a[@href]")
        )
        return [link for link in dict.fromkeys(links) if link.url.startswith(("http:", "https:"))]

    def _retries(self) -> _PoliteRetry:
        limits = self._limits
        return _PoliteRetry(
            pause=self._sleep,
            shortest=limits.between_requests,
            total=limits.retries,
            status_forcelist={429, 500, 502, 503, 504},
            allowed_methods={"GET"},
            backoff_factor=1,
            raise_on_status=False,
            retry_after_max=limits.longest_wait,
        )

    def _follow(self, url: str, headers: dict[str, str]) -> requests.Response:
        """The answer at the end of the redirects, each of which must itself be an allowed address."""
        step = url
        try:
            for _ in range(self._limits.redirects + 1):
                self._refuse_foreign(url, step)
                response = self._ask(step, headers)
                target = self._session.get_redirect_target(response)
                if target is None:
                    return response
                response.close()
                step = urljoin(step, target)
        except ValueError as error:
            raise SourceError(f"{place(url)}: leads to an address that cannot be read.") from error
        raise SourceError(f"{place(url)}: more than {self._limits.redirects} redirects.")

    def _refuse_foreign(self, url: str, step: str) -> None:
        # The parser that the connection will use: another might see another host.
        parts = parse_url(step)
        if parts.scheme in self._limits.schemes and parts.host in self._limits.hosts:
            return
        found = "this is" if step == url else f"leads to {parts.scheme}://{parts.host}, which is"
        wanted = " or ".join(sorted(self._limits.schemes))
        raise SourceError(f"{place(url)}: {found} not an {wanted} address of a publisher we read.")

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        host = str(parse_url(url).host)
        wait = self._free_at.get(host, self._clock()) - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            return self._session.get(
                url,
                headers=headers,
                stream=True,
                timeout=self._limits.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise SourceError(f"{place(url)}: {_why(error)}.") from error
        finally:
            self._free_at[host] = self._clock() + self._limits.between_requests

    def _body(self, response: requests.Response, url: str) -> bytes:
        content = bytearray()
        give_up_at = self._clock() + self._limits.longest_download
        if packing_of(response) not in ("gzip", ""):
            packing = packing_of(response)
            raise SourceError(f"{place(url)}: packed as {packing!r}, which we did not ask for.")
        try:
            for part in unpacked(response):
                content += part
                if len(content) > self._limits.max_bytes:
                    raise SourceError(
                        f"{place(url)}: larger than the {self._limits.max_bytes:,} bytes we accept."
                    )
                if self._clock() > give_up_at:
                    seconds = f"{self._limits.longest_download:,.0f} seconds"
                    raise SourceError(f"{place(url)}: not all sent within {seconds}.")
        except (HTTPError, EOFError, zlib.error) as error:
            raise SourceError(f"{place(url)}: the download was cut short.") from error
        return bytes(content)


def place(url: str) -> str:
    """How to point a person at an address: its host and path."""
    return (url.partition("://")[2] or url).partition("?")[0].partition("#")[0]


def _why(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection could be made"
    if isinstance(error, requests.ConnectionError):
        return "the site did not answer"
    return f"the request failed ({type(error).__name__})"
