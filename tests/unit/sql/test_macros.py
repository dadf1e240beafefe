"""The small functions that the models share."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.short_dates import precision_of
from pages.charts.layers.formats import format_period
from sql.build import create_models

NAMES = st.text(alphabet="ABCabcÉé '-,.&()", min_size=1, max_size=40).filter(str.strip)
SHORT_DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            f"{day:%Y}",
            f"{day:%Y}-Q{(day.month + 2) // 3}",
            f"{day:%Y-%m}",
            f"{day:%Y-%m-%d}",
        ]
    ).map(lambda written: (written, day))
)


@pytest.fixture(scope="module")
def macros() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_models(connection, [])
        yield connection


def ask(macros: duckdb.DuckDBPyConnection, call: str, *arguments: object) -> object:
    row = macros.cursor().execute(f"select {call}", list(arguments)).fetchone()
    assert row is not None
    return row[0]


@given(written=SHORT_DATES)
def test_a_shortened_date_spans_the_day_it_was_shortened_from(
    macros: duckdb.DuckDBPyConnection, written: tuple[str, date]
) -> None:
    text, day = written
    first, last = ask(macros, "first_day(?)", text), ask(macros, "last_day_of(?)", text)
    assert isinstance(first, date)
    assert isinstance(last, date)
    assert first <= day <= last


@given(written=SHORT_DATES)
def test_the_day_after_a_shortened_date_begins_another_of_its_kind(
    macros: duckdb.DuckDBPyConnection,
    written: tuple[str, date],
) -> None:
    text, _ = written
    last = ask(macros, "last_day_of(?)", text)
    assert isinstance(last, date)
    following = last + timedelta(days=1)
    assert following.day == 1 or len(text) == 10
    if "Q" in text:
        assert following.month in (1, 4, 7, 10)
    if len(text) == 4:
        assert following.month == 1


@given(first=st.dates(date(1990, 1, 1), date(2090, 1, 1)), days=st.integers(0, 800))
def test_the_middle_day_lies_between_at_most_half_a_day_from_the_middle(
    macros: duckdb.DuckDBPyConnection, first: date, days: int
) -> None:
    last = first + timedelta(days=days)
    middle = ask(macros, "middle_day(?, ?)", first, last)
    assert isinstance(middle, date)
    assert first <= middle <= last
    assert 0 <= (last - middle).days - (middle - first).days <= 1


@pytest.mark.parametrize(
    ("first", "last", "middle"),
    [
        ("2024-01-01", "2024-01-01", "2024-01-01"),
        ("2024-01-01", "2024-01-02", "2024-01-01"),
        ("2024-01-01", "2024-01-31", "2024-01-16"),
        ("2023-01-01", "2023-12-31", "2023-07-02"),
        (None, None, None),
    ],
)
def test_the_middle_day_of_an_even_number_is_the_earlier_of_two(
    macros: duckdb.DuckDBPyConnection, first: str | None, last: str | None, middle: str | None
) -> None:
    found = ask(macros, "middle_day(?::date, ?::date)", first, last)
    assert (found and str(found)) == middle


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2025-03-06", "6 March 2025"),
        ("2025-03", "Mar 2025"),
        ("2022-Q4", "Oct to Dec 2022"),
        ("2023", "2023"),
        (None, None),
    ],
)
def test_a_date_in_words_is_no_more_exact_than_it_was_written(
    macros: duckdb.DuckDBPyConnection, written: str | None, words: str | None
) -> None:
    assert ask(macros, "date_in_words(?)", written) == words


@pytest.mark.parametrize("written", ["2021-Q5", "2021-13", "July 2021", "21"])
def test_what_is_no_date_is_an_error_and_no_guess(
    macros: duckdb.DuckDBPyConnection, written: str
) -> None:
    with pytest.raises(duckdb.Error, match=r"21"):
        ask(macros, "first_day(?)", written)


@given(number=st.decimals(0, 10**9, places=3, allow_nan=False))
def test_an_amount_is_the_number_written_with_commas(
    macros: duckdb.DuckDBPyConnection, number: Decimal
) -> None:
    assert ask(macros, "as_amount(?)", f"{number:,}") == number


@given(name=NAMES)
def test_a_name_written_once_is_written_for_good(
    macros: duckdb.DuckDBPyConnection, name: str
) -> None:
    once = ask(macros, "written_name(?)", name)
    assert ask(macros, "written_name(?)", once) == once


@given(name=NAMES)
def test_writing_a_name_changes_nothing_but_its_capitals(
    macros: duckdb.DuckDBPyConnection, name: str
) -> None:
    written = ask(macros, "written_name(?)", name)
    assert isinstance(written, str)
    assert written.casefold() == name.strip(" ").casefold()


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("BARTS HEALTH NHS TRUST", "Barts Health NHS Trust"),
        ("THE ROYAL MARSDEN NHS FOUNDATION TRUST", "The Royal Marsden NHS Foundation Trust"),
        ("EPSOM AND ST HELIER", "Epsom and St Helier"),
        ("Guy's And St Thomas' NHS Foundation Trust", "Guy's and St Thomas' NHS Foundation Trust"),
        ("NHS STAFFORDSHIRE AND STOKE-ON-TRENT ICB", "NHS Staffordshire and Stoke-on-Trent ICB"),
        ("NHS South East London ICB", "NHS South East London ICB"),
        (" WALSALL HEALTHCARE ", "Walsall Healthcare"),
        ("of Wight", "Of Wight"),
    ],
)
def test_names_are_written_as_people_write_them(
    macros: duckdb.DuckDBPyConnection, published: str, written: str
) -> None:
    assert ask(macros, "written_name(?)", published) == written


@pytest.mark.parametrize(
    ("parts", "total"),
    [([1, 2], 3), ([0], 0), ([1, None], None), ([None], None), ([], None), (None, None)],
)
def test_a_sum_is_known_only_if_all_its_parts_are(
    macros: duckdb.DuckDBPyConnection, parts: list[int | None] | None, total: int | None
) -> None:
    assert ask(macros, "complete_sum(?::decimal(24, 6)[])", parts) == total


@pytest.mark.parametrize(("written", "kept"), [(" ", None), ("", None), (None, None), (" x ", "x")])
def test_blank_text_is_no_text(
    macros: duckdb.DuckDBPyConnection, written: str | None, kept: str | None
) -> None:
    assert ask(macros, "blank_to_null(?)", written) == kept


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("NHS ENGLAND NORTH EAST AND YORKSHIRE ", "North East and Yorkshire"),
        ("South East Commissioning Region", "South East"),
        ("South West", "South West"),
        ("North West", "North West"),
        ("Wales", None),
    ],
)
def test_a_region_is_known_by_any_of_its_names(
    macros: duckdb.DuckDBPyConnection, written: str, region: str | None
) -> None:
    assert ask(macros, "region_name_of(?)", written) == region


@given(written=SHORT_DATES)
def test_a_shortened_date_in_words_is_the_one_that_pages_write(
    macros: duckdb.DuckDBPyConnection, written: tuple[str, date]
) -> None:
    text, _ = written
    precision = ask(macros, "precision_of(?)", text)
    assert precision == precision_of(text)
    assert ask(macros, "date_in_words(?)", text) == format_period(text, str(precision))


@pytest.mark.parametrize("blank", [None, "", " "])
def test_no_date_has_no_precision(macros: duckdb.DuckDBPyConnection, blank: str | None) -> None:
    assert ask(macros, "precision_of(?)", blank) is None


@given(
    addresses=st.lists(
        st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9/?=_-]{0,12}", fullmatch=True),
        max_size=4,
    )
)
def test_all_addresses_of_a_text_are_found_without_what_stands_round_them(
    macros: duckdb.DuckDBPyConnection, addresses: list[str]
) -> None:
    for joined in (" ; ", ", ", ") ("):
        text = f"see ({joined.join(addresses)})."
        assert ask(macros, "addresses_in(?)", text) == addresses
