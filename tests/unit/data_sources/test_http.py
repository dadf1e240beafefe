"""The manners and the suspicions of Http, against a real server on this machine."""

import gzip
import itertools
import random
import socket
from dataclasses import replace

import pytest

from data_sources.http import Http, Limits
from data_sources.source import SourceError
from tests.unit.data_sources.site import LIMITS, NO_LENGTH, Clock, Reply, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def complaint(http: Http, url: str) -> str:
    """What Http says about an address that it refuses or cannot get."""
    with pytest.raises(SourceError) as caught:
        http.get(url)
    return str(caught.value)


def test_an_answer_carries_its_bytes_type_and_tags(http: Http, site: Site) -> None:
    headers = {"Content-Type": "Text/CSV; charset=utf-8", "ETag": '"a1"', "Last-Modified": "Mon"}
    answer = http.get(site.url("/x.csv", Reply(headers=headers)))
    assert (answer.content, answer.content_type) == (b"Beds,1\n", "text/csv")
    assert (answer.etag, answer.last_modified, answer.is_unchanged) == ('"a1"', "Mon", False)


def test_it_introduces_itself_as_a_browser_does(http: Http, site: Site) -> None:
    http.get(site.url("/x.csv", Reply()))
    assert site.asked[0][1]["User-Agent"].startswith("Mozilla/5.0 ")


def test_a_compressed_transfer_is_kept_as_the_file_it_carries(http: Http, site: Site) -> None:
    reply = Reply(body=gzip.compress(b"Beds,1\n"), headers={"Content-Encoding": "gzip"})
    assert http.get(site.url("/x.csv", reply)).content == b"Beds,1\n"


def test_an_unchanged_file_is_not_sent_again(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(304, b""))
    answer = http.get(url, etag='"a1"', last_modified="Mon, 01 Apr 2024 00:00:00 GMT")
    assert (answer.is_unchanged, answer.content) == (True, b"")
    sent = site.asked[0][1]
    assert sent["If-None-Match"] == '"a1"'
    assert sent["If-Modified-Since"] == "Mon, 01 Apr 2024 00:00:00 GMT"


def test_one_host_is_asked_once_a_second(http: Http, site: Site, clock: Clock) -> None:
    url = site.url("/x.csv", Reply())
    http.get(url)
    http.get(url)
    clock.now += 0.25
    http.get(url)
    clock.now += 5
    http.get(url)
    assert clock.slept == [1.0, 0.75]


def test_a_redirect_within_the_allowed_hosts_is_followed(http: Http, site: Site) -> None:
    site.url("/new/x.csv", Reply())
    answer = http.get(site.url("/x.csv", Reply(302, b"", {"Location": "new/x.csv"})))
    assert (answer.url, answer.content) == (f"{site.address}/new/x.csv", b"Beds,1\n")


def test_a_redirect_to_a_foreign_host_is_refused_unasked(http: Http, site: Site) -> None:
    there = f"http://localhost:{site.port}/y.csv"
    site.url("/y.csv", Reply())
    url = site.url("/x.csv", Reply(302, b"", {"Location": there}))
    assert complaint(http, url) == (
        f"127.0.0.1:{site.port}/x.csv: leads to http://localhost, which is not an http address "
        "of a publisher we read."
    )
    assert [path for path, _ in site.asked] == ["/x.csv"]


def test_a_redirect_to_another_scheme_is_refused(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(301, b"", {"Location": "ftp://127.0.0.1/x.csv"}))
    assert "leads to ftp://127.0.0.1, which is not an http address" in complaint(http, url)


def test_a_redirect_to_nonsense_is_refused(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(302, b"", {"Location": "http://[broken/x.csv"}))
    assert complaint(http, url).endswith("/x.csv: leads to an address that cannot be read.")


def test_redirects_in_a_circle_end(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(302, b"", {"Location": "/x.csv"}))
    assert complaint(http, url).endswith("/x.csv: more than 5 redirects.")
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "url",
    [
        "http://www.england.nhs.uk/x.csv",
        "https://example.org/x.csv",
        "https://www.england.nhs.uk.example.org/x.csv",
        "https://www.england.nhs.uk@example.org/x.csv",
        "https://example.org\\@www.england.nhs.uk/x.csv",
        "file:///etc/passwd",
        "x.csv",
    ],
)
def test_only_https_addresses_of_known_publishers_are_asked(url: str, clock: Clock) -> None:
    with Http(sleep=clock.sleep) as http:
        sentence = complaint(http, url)
    assert sentence.endswith(": this is not an https address of a publisher we read.")


@pytest.mark.parametrize(
    "host",
    [
        "england.nhs.uk",
        "www.england.nhs.uk",
        "digital.nhs.uk",
        "files.digital.nhs.uk",
        "www.odsdatasearchandexport.nhs.uk",
        "directory.spineservices.nhs.uk",
        "www.gov.uk",
        "www.cqc.org.uk",
    ],
)
def test_the_publishers_we_read_are_allowed(host: str) -> None:
    assert host in Limits().hosts
    assert Limits().schemes == {"https"}
    assert Limits().max_bytes == 200_000_000


def test_a_busy_site_is_asked_again_when_it_says(http: Http, site: Site, clock: Clock) -> None:
    url = site.url("/x.csv", Reply(429, b"", {"Retry-After": "7"}), Reply())
    assert http.get(url).content == b"Beds,1\n"
    assert clock.slept == [7.0]


def test_a_wait_asked_for_is_bounded(site: Site, clock: Clock) -> None:
    url = site.url("/x.csv", Reply(503, b"", {"Retry-After": "86400"}), Reply())
    with Http(LIMITS, clock, clock.sleep) as http:
        assert http.get(url).content == b"Beds,1\n"
    assert clock.slept == [120.0]


def test_a_failing_site_is_asked_three_times_ever_more_slowly(
    http: Http, site: Site, clock: Clock
) -> None:
    url = site.url("/x.csv", Reply(500, b"oops"))
    assert complaint(http, url).endswith("/x.csv: the site answered 500 Internal Server Error.")
    assert len(site.asked) == 3
    assert clock.slept == [1.0, 2.0]


def test_a_missing_file_is_asked_for_once(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(404, b""))
    assert complaint(http, url).endswith("/x.csv: the site answered 404 Not Found.")
    assert len(site.asked) == 1


def test_a_garbled_wait_is_an_error(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(429, b"", {"Retry-After": "soon"}))
    assert complaint(http, url).endswith("/x.csv: the request failed (InvalidHeader).")


def test_a_site_that_is_down_is_named(site: Site, clock: Clock) -> None:
    url = site.url("/x.csv", Reply())
    with Http(LIMITS, clock, clock.sleep) as http:
        sentence = complaint(http, url.replace(str(site.port), "1"))
    assert sentence == "127.0.0.1:1/x.csv: the site did not answer."
    assert clock.slept == [1.0, 2.0]


def test_a_site_that_says_nothing_is_not_waited_for(clock: Clock) -> None:
    limits = replace(LIMITS, timeout=0.01, retries=0)
    with socket.create_server(("127.0.0.1", 0)) as deaf, Http(limits, clock, clock.sleep) as http:
        host = f"127.0.0.1:{deaf.getsockname()[1]}"
        assert complaint(http, f"http://{host}/") == f"{host}/: the site did not answer."


def test_a_site_without_a_secure_connection_is_not_trusted(site: Site, clock: Clock) -> None:
    limits = replace(LIMITS, schemes=frozenset({"https"}), retries=0)
    url = site.url("/x.csv", Reply()).replace("http:", "https:")
    with Http(limits, clock, clock.sleep) as http:
        assert complaint(http, url).endswith("/x.csv: no secure connection could be made.")
    assert site.asked == []


def test_a_download_cut_short_is_refused(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(body=b"Beds,1\n", claimed_length=100))
    assert complaint(http, url).endswith("/x.csv: the download was cut short.")


def test_a_file_of_the_largest_size_is_kept_and_one_byte_more_refused(
    http: Http, site: Site
) -> None:
    assert len(http.get(site.url("/x.csv", Reply(body=b"x" * 1000))).content) == 1000
    url = site.url("/y.csv", Reply(body=b"x" * 1001))
    assert complaint(http, url).endswith("/y.csv: larger than the 1,000 bytes we accept.")


def test_a_small_transfer_that_unpacks_to_too_much_is_refused(http: Http, site: Site) -> None:
    bomb = Reply(body=gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    url = site.url("/x.csv", bomb)
    assert complaint(http, url).endswith("larger than the 1,000 bytes we accept.")


def test_a_compressed_download_cut_short_is_refused(http: Http, site: Site) -> None:
    packed = gzip.compress(random.Random(1).randbytes(600))
    headers = {"Content-Encoding": "gzip"}
    url = site.url("/x.csv", Reply(body=packed[:300], headers=headers, claimed_length=len(packed)))
    assert complaint(http, url).endswith("/x.csv: the download was cut short.")


def test_a_download_in_pieces_whose_last_piece_is_missing_is_refused(
    http: Http, site: Site
) -> None:
    pieces = Reply(body=b"7\r\nBeds,1\n\r\n", headers={"Transfer-Encoding": "chunked"})
    pieces.claimed_length = NO_LENGTH
    url = site.url("/x.csv", pieces)
    assert complaint(http, url).endswith("/x.csv: the download was cut short.")
    pieces.body += b"0\r\n\r\n"
    assert http.get(url).content == b"Beds,1\n"


def test_a_body_without_end_is_given_up(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(body=b"x" * 100, claimed_length=NO_LENGTH, is_endless=True))
    assert complaint(http, url).endswith("/x.csv: larger than the 1,000 bytes we accept.")


def test_a_body_that_only_trickles_is_given_up(site: Site) -> None:
    ticks = itertools.count(step=1000.0)
    url = site.url("/x.csv", Reply(body=b"x" * 900))
    with Http(LIMITS, lambda: next(ticks), lambda _: None) as http:
        assert complaint(http, url).endswith("/x.csv: not all sent within 900 seconds.")


def test_a_compressed_file_that_ends_early_is_refused_though_all_was_sent(
    http: Http, site: Site
) -> None:
    packed = gzip.compress(random.Random(1).randbytes(600))[:300]
    url = site.url("/x.csv", Reply(body=packed, headers={"Content-Encoding": "gzip"}))
    assert complaint(http, url).endswith("/x.csv: the download was cut short.")


def test_a_file_packed_in_a_way_not_asked_for_is_refused(http: Http, site: Site) -> None:
    url = site.url("/x.csv", Reply(headers={"Content-Encoding": "br"}))
    assert complaint(http, url).endswith("/x.csv: packed as 'br', which we did not ask for.")
    assert site.asked[0][1]["Accept-Encoding"] == "gzip"
