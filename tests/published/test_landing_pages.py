"""The saved landing pages of RTT, asked for as the publisher's are: over HTTP, links made absolute."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data_sources import rtt
from data_sources.http import Http
from data_sources.source import SourceError
from tests.unit.data_sources.site import MirroredHttp, Reply, Site, serving

pytestmark = [pytest.mark.published, pytest.mark.allow_hosts(["127.0.0.1"])]

INDEX = urlsplit(rtt.SOURCE.landing_page).path
YEAR = "/statistics/statistical-work-areas/rtt-waiting-times/rtt-data-2023-24/"


@pytest.fixture
def pages(published: Path) -> dict[str, bytes]:
    folder = published / "landing"
    return {
        name: (folder / f"{name}.html").read_bytes()
        for name in ("rtt-waiting-times", "rtt-data-2023-24")
    }


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as site:
        yield site


@pytest.fixture
def http(site: Site) -> Iterator[Http]:
    with MirroredHttp(site.address) as http:
        yield http


def serve(site: Site, pages: dict[str, bytes], year: bytes) -> None:
    """The index, and one page for all the years it links to."""
    html = {"Content-Type": "text/html; charset=UTF-8"}
    site.url(INDEX, Reply(body=pages["rtt-waiting-times"], headers=html))
    for number in range(2015, 2027):
        path = f"{INDEX}rtt-data-{number}-{(number + 1) % 100:02}/"
        site.url(path, Reply(body=year, headers=html))
        site.url(path.rstrip("/"), Reply(301, b"", {"Location": path}))


def test_every_link_of_the_saved_pages_is_read_with_an_absolute_address(
    http: Http, site: Site, pages: dict[str, bytes]
) -> None:
    serve(site, pages, pages["rtt-data-2023-24"])
    for path, name in ((INDEX, "rtt-waiting-times"), (YEAR, "rtt-data-2023-24")):
        links = http.links(f"https://www.england.nhs.uk{path}")
        addresses = set(re.findall(rb'href="(https://[^"#&]+\.(?:zip|xlsx?|csv))"', pages[name]))
        assert {address.decode() for address in addresses} <= {link.url for link in links}
        assert all(link.url.startswith(("https://", "http://")) for link in links)


def test_the_saved_pages_lead_to_the_extracts_of_the_year(
    http: Http, site: Site, pages: dict[str, bytes]
) -> None:
    serve(site, pages, pages["rtt-data-2023-24"])
    releases = rtt.discover(http)
    assert len(releases) == 12
    assert {release.period_start.year for release in releases if release.period_start} == {
        2023,
        2024,
    }
    assert len(set(site.sent)) == 12, "the index, and the pages of eleven years"


def test_a_year_page_whose_links_were_renamed_is_an_error(
    http: Http, site: Site, pages: dict[str, bytes]
) -> None:
    serve(
        site,
        pages,
        pages["rtt-data-2023-24"].replace(b"Full-CSV", b"Data").replace(b"Full CSV", b"Data"),
    )
    with pytest.raises(SourceError, match=r"no link to a full extract"):
        rtt.discover(http)
