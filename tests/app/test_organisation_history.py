"""What the organisation page says of names, mergers and divisions."""

import html
import re

import pytest

from tests.app.conftest import text_of


def said(open_page, org: str) -> str:
    return re.sub(
        r"\s+",
        " ",
        html.unescape(re.sub(r"<[^>]+>", " ", text_of(open_page("organisation", org=org)))),
    )


def test_a_divided_board_says_who_took_over_its_parts(open_page) -> None:
    """Frimley went to three boards on 1 April 2026."""
    assert (
        "It closed in Mar 2026 and was divided between Hampshire and Isle of Wight ICB, "
        "Surrey and Sussex ICB and Thames Valley ICB." in said(open_page, "QNQ")
    )


@pytest.mark.parametrize(
    ("org", "sentence"),
    [
        ("QRL", "It took over from a part of Frimley ICB."),
        (
            "D7T5G",
            "It took over from Mid and South Essex ICB, a part of Hertfordshire and West Essex ICB "
            "and a part of Suffolk and North East Essex ICB.",
        ),
        ("RYR", "It took over from Brighton and Sussex University Hospitals."),
    ],
)
def test_who_took_over_a_part_says_so(open_page, org: str, sentence: str) -> None:
    assert sentence in said(open_page, org)


@pytest.mark.parametrize(
    ("org", "name"),
    [
        ("RDE", "Colchester Hospital University NHS FT"),
        ("RW1", "Southern Health NHS Foundation Trust"),
        ("RWD", "United Lincolnshire Hospitals NHS Trust"),
    ],
)
def test_a_former_name_under_which_it_is_on_record_is_told(open_page, org: str, name: str) -> None:
    assert f"It is on record under the name {name}." in said(open_page, org)


def test_a_name_written_otherwise_is_no_former_name(open_page) -> None:
    assert "under the name" not in said(open_page, "RVV")


def test_a_doubtful_rename_is_told_with_its_doubt(open_page) -> None:
    """Only a website calls Sheffield Health and Social Care otherwise, and the register doubts it."""
    text = said(open_page, "TAH")
    assert "Sheffield Partnership (website rename)" in text
    assert "no date on record, confidence low" in text


def test_a_predecessor_that_came_whole_is_not_called_a_part_because_another_came_divided(
    open_page,
) -> None:
    """Manchester (R0A): two trusts whole in October 2017, a part of Pennine in October 2021."""
    told = said(open_page, "R0A")
    assert "took over University Hospital of South Manchester" in told
    assert "took over a part of Pennine Acute Hospitals" in told
    assert "a part of Central Manchester" not in told


def test_a_break_at_a_merger_says_where_only_a_part_came(open_page) -> None:
    app = open_page("explorer", view="trajectory", org="RM3", indicator="rtt_wl")
    assert "Took over part of Pennine Acute Hospitals (Oct 2021)" in text_of(app)
