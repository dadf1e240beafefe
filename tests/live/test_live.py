"""The publishers still offer what we read. Asks their real sites, for `pytest -m live tests/live` alone."""

from collections.abc import Iterator

import pytest

from data_sources.http import Http
from data_sources.registry import sources

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]

SOURCES = sources()


@pytest.fixture(scope="module")
def http() -> Iterator[Http]:
    """One conversation for all, so that no site is asked more than once a second."""
    with Http() as http:
        yield http


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_landing_page_can_be_reached(http: Http, source_id: str) -> None:
    assert http.get(SOURCES[source_id].SOURCE.landing_page).kind == "a web page"


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_pages_lead_to_a_release(http: Http, source_id: str) -> None:
    releases = SOURCES[source_id].discover(http)
    assert releases
    assert {release.source_id for release in releases} == {source_id}
    assert all(release.url.startswith("https://") for release in releases)
