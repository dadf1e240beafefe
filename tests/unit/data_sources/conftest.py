"""A site to ask, and Http that asks it without waiting."""

from collections.abc import Iterator

import pytest

from data_sources.http import Http
from tests.unit.data_sources.site import LIMITS, Clock, Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with serving() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def http(clock: Clock) -> Iterator[Http]:
    with Http(LIMITS, clock, clock.sleep) as http:
        yield http
