"""Landing pages give links, and the files behind them are kept, against a real server on this machine."""

from dataclasses import replace
from pathlib import Path

import pytest

from data_sources.fetching import fetch_release
from data_sources.http import Http, Link
from data_sources.snapshots import SnapshotStore
from data_sources.source import Release, SourceError
from tests.unit.data_sources.site import Reply, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = b"""<!DOCTYPE html><html><body>
<a href="#top">Top</a> <a name="here">no address</a> <a href="mailto:a@b.uk">Write</a>
<a href="/files/April.csv#data"> April&nbsp;2024
   <b>CSV</b> </a>
<a href="/files/April.csv">April 2024 CSV</a>
<a href="../May.csv">May \xe2\x80\x93 revised</a>
<a href="https://files.digital.nhs.uk/x.csv?a=1">Elsewhere</a>
<a href="http://[broken">Broken</a>
</body></html>"""


def test_the_links_of_a_page_are_absolute_tidy_and_told_once(http: Http, site: Site) -> None:
    found = http.links(
        site.url("/stats/ae/", Reply(body=PAGE, headers={"Content-Type": "text/html"}))
    )
    assert found == [
        Link("Top", f"{site.address}/stats/ae/"),
        Link("April 2024 CSV", f"{site.address}/files/April.csv"),
        Link("May – revised", f"{site.address}/stats/May.csv"),
        Link("Elsewhere", "https://files.digital.nhs.uk/x.csv?a=1"),
    ]


def test_links_are_relative_to_where_the_page_was_found(http: Http, site: Site) -> None:
    site.url("/new/page/", Reply(body=b"<html><a href='x.csv'>X</a></html>"))
    url = site.url("/old/", Reply(301, b"", {"Location": "/new/page/"}))
    assert http.links(url) == [Link("X", f"{site.address}/new/page/x.csv")]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"Beds,1\n", "expected a web page, found a file."),
        (b" \n", "expected a web page, found nothing."),
    ],
)
def test_a_page_of_links_must_be_a_page(
    http: Http, site: Site, body: bytes, complaint: str
) -> None:
    url = site.url("/p/", Reply(body=body))
    with pytest.raises(SourceError) as caught:
        http.links(url)
    assert str(caught.value) == f"127.0.0.1:{site.port}/p/: {complaint}"


def test_a_page_without_links_gives_none(http: Http, site: Site) -> None:
    assert http.links(site.url("/p/", Reply(body=b"<html>Soon</html>"))) == []


def test_a_page_without_content_is_refused(http: Http, site: Site) -> None:
    url = site.url("/p/", Reply(body=b"<!-- soon -->", headers={"Content-Type": "text/html"}))
    with pytest.raises(SourceError, match=r"/p/: the web page is empty\.$"):
        http.links(url)


def release(url: str) -> Release:
    return Release("beds", "Beds, April 2024", url)


def test_a_release_is_kept_untouched_with_its_address(
    http: Http, site: Site, tmp_path: Path
) -> None:
    url = site.url("/files/Beds%20April.csv?v=2", Reply())
    snapshot = fetch_release(http, release(url), SnapshotStore(tmp_path))
    assert snapshot.path.read_bytes() == b"Beds,1\n"
    assert (snapshot.source_id, snapshot.file_name, snapshot.url) == ("beds", "Beds April.csv", url)


def test_fetching_a_release_twice_keeps_one_snapshot(
    http: Http, site: Site, tmp_path: Path
) -> None:
    one = release(site.url("/x.csv", Reply()))
    store = SnapshotStore(tmp_path)
    assert fetch_release(http, one, store) == fetch_release(http, one, store)
    assert len(list((tmp_path / "snapshots" / "beds").iterdir())) == 1


def test_changed_bytes_at_one_address_are_two_snapshots(
    http: Http, site: Site, tmp_path: Path
) -> None:
    one = release(site.url("/x.csv", Reply(), Reply(body=b"Beds,2\n")))
    store = SnapshotStore(tmp_path)
    first, second = fetch_release(http, one, store), fetch_release(http, one, store)
    assert first.snapshot_id != second.snapshot_id
    assert first.path.read_bytes() == b"Beds,1\n"


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply(body=b"Sorry", headers={"Content-Type": "text/html; charset=utf-8"}), "a web page"),
        (Reply(body=b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>Sorry</html>"), "a web page"),
        (Reply(body=b""), "nothing"),
        (Reply(304, b""), "nothing"),
        (Reply(body=b"%PDF-1.7\n"), "a PDF"),
        (Reply(body=b"{}", headers={"Content-Type": "application/json"}), "application/json"),
        (Reply(body=b"GIF89a", headers={"Content-Type": "image/gif"}), "image/gif"),
    ],
)
def test_a_web_page_in_place_of_a_file_is_not_kept(
    http: Http, site: Site, tmp_path: Path, reply: Reply, found: str
) -> None:
    url = site.url("/x.csv?id=9", reply)
    with pytest.raises(SourceError) as caught:
        fetch_release(http, release(url), SnapshotStore(tmp_path))
    assert str(caught.value) == f"127.0.0.1:{site.port}/x.csv: expected a file, found {found}."
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_is_a_page_is_kept_and_a_file_in_its_place_is_not(
    http: Http, site: Site, tmp_path: Path
) -> None:
    page = Reply(body=b"<!DOCTYPE html><html>Members</html>")
    wanted = replace(release(site.url("/web/programme/", page, Reply())), is_page=True)
    store = SnapshotStore(tmp_path)
    snapshot = fetch_release(http, wanted, store)
    assert (snapshot.file_name, snapshot.path.read_bytes()) == ("programme", page.body)
    with pytest.raises(SourceError) as caught:
        fetch_release(http, wanted, store)
    assert str(caught.value).endswith("/web/programme/: expected a web page, found a file.")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/csv; charset=utf-8",
        "text/plain",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel.sheet.macroEnabled.12",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/zip",
        "application/x-zip-compressed",
        "application/octet-stream",
        "binary/octet-stream",
        "application/force-download",
        "",
    ],
)
def test_what_sites_call_workbooks_delimited_text_and_zips_is_kept(
    http: Http, site: Site, tmp_path: Path, content_type: str
) -> None:
    url = site.url("/x.csv", Reply(headers={"Content-Type": content_type}))
    assert fetch_release(http, release(url), SnapshotStore(tmp_path)).bytes == 7
