"""The publishers still offer what we read. Asks their real sites: `pytest -m live tests/live`."""

import pytest

from data_sources.http import Http
from data_sources.registry import sources


@pytest.mark.live
def test_every_landing_page_still_links_to_releases(subtests: pytest.Subtests) -> None:
    for source_id, publication in sources().items():
        with subtests.test(source_id), Http() as http:
            releases = publication.discover(http)
            assert releases
            assert {release.source_id for release in releases} == {source_id}
