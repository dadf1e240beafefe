"""Monthly A&E: finding the files on the publisher's pages, and leaving foreign ones alone."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from data_sources import ae_monthly as ae
from data_sources.source import SourceError

AREA = ae.SOURCE.landing_page
UPLOADS = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
YEAR_2025 = f"{AREA}ae-attendances-and-emergency-admissions-2025-26/"
YEAR_2024 = f"{AREA}ae-attendances-and-emergency-admissions-2024-25/"


def fake_http(pages: dict[str, list[tuple[str, str]]]) -> Any:
    """What the landing page of each address links to: pairs of text and address."""

    def links(url: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(text=text, url=target) for text, target in pages[url]]

    return SimpleNamespace(links=links)


def test_discover_follows_every_year_page_to_its_monthly_files():
    http = fake_http(
        {
            AREA: [
                ("2025-26", YEAR_2025),
                ("2024-25", YEAR_2024),
                ("again", YEAR_2025),
                ("Ambulance", f"{AREA}../ambulance/"),
            ],
            YEAR_2025: [
                ("Monthly A&E May 2025 (CSV, 28KB)", f"{UPLOADS}/2025/06/May-2025-CSV-a1b2c.csv"),
                ("A&E by provider", f"{UPLOADS}/2025/06/May-2025-AE-by-provider-RIgsW.xls"),
                ("Monthly A&E April 2025 (revised 13.11.25) (XLS, 430KB)", f"{UPLOADS}/x.xls"),
            ],
            YEAR_2024: [
                (
                    "Monthly A&E March 2025 (XLS)",
                    f"{UPLOADS}/2025/04/March-2025-AE-by-provider.xls",
                ),
                ("Monthly A&E April 2025", f"{UPLOADS}/x.xls"),
            ],
        }
    )

    found = [
        (release.url.rpartition("/")[2], release.period_start) for release in ae.discover(http)
    ]

    assert found == [
        ("May-2025-CSV-a1b2c.csv", date(2025, 5, 1)),
        ("May-2025-AE-by-provider-RIgsW.xls", date(2025, 5, 1)),
        ("x.xls", date(2025, 4, 1)),
        ("March-2025-AE-by-provider.xls", date(2025, 3, 1)),
    ]
    assert {release.source_id for release in ae.discover(http)} == {"ae_monthly"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Unadjusted: Monthly A&E Time series May 2025 (XLS, 364K)", "Monthly-AE-Timeseries.xls"),
        ("Monthly A&E May 2025", "Adjusted-Monthly-AE-Time-Series-May-2025.xls"),
        ("Quarter 1 2025-26 Monthly A&E (XLS)", "Q1-AE-by-provider.xls"),
        ("Monthly A&E non-elective May 2025", "May-2025.xls"),
        ("Monthly A&E ECDS supplementary May 2025", "May-2025.xlsx"),
        ("Monthly A&E System Mapping File May 2025", "mapping.xls"),
        ("Monthly A&E Trust Attribution May 2025", "type3.xls"),
        ("Monthly A&E commentary May 2025", "commentary.csv"),
        ("Monthly A&E May 2025 (PDF)", "May-2025.pdf"),
        ("Guidance May 2025", "guidance.xls"),
    ],
)
def test_discover_passes_over_other_files_and_refuses_a_page_without_any(text, name):
    http = fake_http({AREA: [("2025-26", YEAR_2025)], YEAR_2025: [(text, f"{UPLOADS}/{name}")]})
    with pytest.raises(SourceError) as refusal:
        ae.discover(http)
    assert str(refusal.value) == f"{YEAR_2025}: no link to a monthly A&E csv or workbook."


def test_discover_refuses_a_landing_page_without_year_pages():
    with pytest.raises(SourceError, match="no link to the page of a financial year"):
        ae.discover(fake_http({AREA: [("Contact", "https://www.england.nhs.uk/contact/")]}))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Period,Provider Parent Org Code,RTT Part Type\r\n",
        b"month,icb_code,total_attendances,A&E attendances\r\n",
        b"PK\x03\x04 no zip",
        b"\xd0\xcf\x11\xe0 no workbook",
        b"\xff\xfe\x00\x81",
    ],
)
def test_foreign_content_is_not_recognised(tmp_path, content):
    (tmp_path / "April-2024-AE-by-provider.xls").write_bytes(content)
    path = tmp_path / "April-2024-AE-by-provider.xls"
    assert ae.recognises(path, path.name) is False
