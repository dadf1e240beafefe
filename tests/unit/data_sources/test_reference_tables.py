"""Hand-kept tables: what is read, and that every fault is told at once, by file and row."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from data_sources.reference_tables import check_reference, load_reference, main
from data_sources.source import SourceError

SIDECAR = """
title = "Ratings"
description = "Small."
compiled_by = "Oversight Trajectories"
compiled_from = "Somewhere"
retrieved_on = 2026-11-22
licence = "facts; sources per row"
key = ["org_code", "rated_on"]
required = ["org_code", "source_url"]
org_codes = ["org_code"]

[columns]
org_code = "whose"
rated_on = "when"
precision = "how exactly"
rating = "what"
source_url = "where"

[dates]
rated_on = "precision"

[vocabulary.rating]
Good = "second"
"" = "not stated"
"""
HEADER = "org_code,rated_on,precision,rating,source_url\n"


def put(folder: Path, rows: str, header: str = HEADER, sidecar: str | None = SIDECAR) -> Path:
    (folder / "ratings.csv").write_text(header + rows)
    if sidecar is not None:
        (folder / "ratings.toml").write_text(sidecar)
    return folder


def test_tables_are_text_and_blanks_stay_empty(tmp_path):
    put(tmp_path, "RXW,2021-07,month,Good,https://a\nQOC,,,,https://b\n")
    frames = load_reference(tmp_path)
    assert list(frames) == ["ratings"]
    assert frames["ratings"].to_numpy().tolist() == [
        ["RXW", "2021-07", "month", "Good", "https://a"],
        ["QOC", "", "", "", "https://b"],
    ]
    assert check_reference(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (",2021,year,Good,u", "org_code is blank."),
        ("RXW,2021,year,Good,", "source_url is blank."),
        ("RXW,2021,year,Great,u", "rating 'Great' is not one of Good, blank."),
        ("rxw,2021,year,Good,u", "org_code 'rxw' is no organisation code such as"),
        ("RXW1,2021,year,Good,u", "org_code 'RXW1' is no organisation code such as"),
        ("RXW,2021-7,month,Good,u", "rated_on: '2021-7' is not a month in the calendar."),
        ("RXW,2021,,Good,u", "rated_on '2021' with precision '': give both or neither."),
        ("RXW,,year,Good,u", "rated_on '' with precision 'year': give both or neither."),
        ("QOC,2020,year,Good,u", "org_code, rated_on QOC, 2020 as in row 2."),
    ],
)
def test_a_faulty_row_is_named(tmp_path, row, complaint):
    put(tmp_path, f"QOC,2020,year,Good,u\n{row}\n")
    (fault,) = check_reference(tmp_path)
    assert fault.startswith(f"ratings.csv, row 3: {complaint}")


@pytest.mark.parametrize("code", ["RXW", "TAH", "QOC", "G6V2S", "S0E4D"])
def test_codes_of_three_and_five_characters_are_known(tmp_path, code):
    assert check_reference(put(tmp_path, f"{code},2021,year,Good,u\n")) == []


def test_all_faults_are_told_at_once(tmp_path):
    put(tmp_path, "x,2021,month,Great,\nRXW,,,Good,u\nRXW,,,Good,u\n")
    assert check_reference(tmp_path) == [
        "ratings.csv, row 2: source_url is blank.",
        "ratings.csv, row 2: rating 'Great' is not one of Good, blank.",
        "ratings.csv, row 2: org_code 'x' is no organisation code such as RXW, QOC or G6V2S.",
        "ratings.csv, row 2: rated_on: '2021' is not a month in the calendar.",
        "ratings.csv, row 4: org_code, rated_on RXW, blank as in row 3.",
    ]


def test_a_date_without_precision_column_is_read_by_its_form(tmp_path):
    sidecar = SIDECAR.replace('rated_on = "precision"', 'rated_on = ""')
    put(tmp_path, "RXW,2021-Q3,,Good,u\nRXW,about 2021,,Good,u\n", sidecar=sidecar)
    assert check_reference(tmp_path) == [
        "ratings.csv, row 3: rated_on: 'about 2021' is not a date such as 2021-08-18, 2021-08, "
        "2021-Q3 or 2021."
    ]


def with_types(folder: Path, names: Mapping[str, str]) -> None:
    """A list of known trusts beside the ratings."""
    lines = "".join(f"{code},{name},2021,year,Good,u\n" for code, name in names.items())
    (folder / "org_types.csv").write_text(HEADER.replace("code", "code,org_name") + lines)
    (folder / "org_types.toml").write_text(NAMED)


NAMED = SIDECAR.replace('rated_on = "when"', 'org_name = "its name"\nrated_on = "when"')
TRUSTS = {"RXW": "SHREWSBURY AND TELFORD HOSPITAL NHS TRUST", "RQ8": "MID ESSEX", "G6V2S": "NORTH"}


def test_a_code_is_one_of_a_known_trust_or_board(tmp_path):
    with_types(tmp_path, TRUSTS)
    rows = ("RXW", "QOC", "S0E4D", "G6V2S", "RZX", "T9Z9K", "QZZ")
    put(tmp_path, "".join(f"{code},2021,year,Good,u\n" for code in rows))
    assert check_reference(tmp_path) == [
        "ratings.csv, row 6: org_code 'RZX' is not known; did you mean RXW?",
        "ratings.csv, row 7: org_code 'T9Z9K' is not known; a trust needs its row in "
        "org_types.csv first.",
        "ratings.csv, row 8: org_code 'QZZ' is not known; a trust needs its row in "
        "org_types.csv first.",
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("The Shrewsbury and Telford Hospitals NHS FT", "RXW"),
        ("NHS Shropshire Telford & Wrekin ICB", "QOC"),
        ("Mid Essex (now in Mid and South Essex)", "RQ8"),
        ("Royal Free", "RQ8 or QU9"),
        ("", "RQ8 or QU9"),
    ],
)
def test_a_wrong_code_is_traced_by_the_name_beside_it(tmp_path, name, meant):
    with_types(tmp_path, TRUSTS)
    header = HEADER.replace("code", "code,org_name")
    put(tmp_path, f"RQ9,{name},2021,year,Good,u\n", header=header, sidecar=NAMED)
    assert check_reference(tmp_path) == [
        f"ratings.csv, row 2: org_code 'RQ9' is not known; did you mean {meant}?"
    ]


def test_what_has_happened_is_not_after_the_table_was_compiled(tmp_path):
    sidecar = SIDECAR.replace("[columns]", 'past = ["rated_on"]\n[columns]')
    rows = ("2026-11-22,day", "2026-11-23,day", "2026,year", "2027,year")
    put(tmp_path, "".join(f"RXW,{row},Good,u\n" for row in rows), sidecar=sidecar)
    late = "is after 2026-11-22, the sidecar's retrieved_on: only what has happened belongs here."
    assert check_reference(tmp_path) == [
        f"ratings.csv, row 3: rated_on 2026-11-23 {late}",
        f"ratings.csv, row 5: rated_on 2027 {late}",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "https://www.cqc.org.uk/news/a%E2%80%99b",
        "http://paper.example/a.html?b=1#c ; https://web.archive.example/2020/https://b.example/",
        "https://a.example/list (rank 3; see https://b.example/c)",
        "https://a.example/ methodology manual (copy read elsewhere)",
        "secondary: public log on GitHub summarising board packs (2026)",
        "Hansard, written answer of 9 September 2024",
        "",
    ],
)
def test_an_address_or_a_named_publication_is_a_source(tmp_path, source):
    assert sourced(tmp_path, source) == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("x", "'x' is no source: give an address, or name the publication in full."),
        ("to be confirmed", "'to be confirmed' is no source: give an address, or name"),
        ("12 34 56 78 90", "'12 34 56 78 90' is no source"),
        ("https://a", "'https://a' is no single address"),
        ("ftp://a.example/b", "'ftp://a.example/b' is no single address"),
        ("https://a.example/b;https://c.example", "'https://a.example/b;https://c.example' is no"),
        ("https://a.example/b, https://c.example", "'https://a.example/b, https://c.example' is"),
        ("https://a.example/b ; ", "'https://a.example/b ;' is no single address"),
        ("https://a.example/b ;  ; https://c.example/", "'' is no source"),
    ],
)
def test_anything_else_is_no_source(tmp_path, source, complaint):
    (fault,) = sourced(tmp_path, source)
    assert fault.startswith(f"ratings.csv, row 2: source_url {complaint}")


def sourced(folder: Path, source: str) -> list[str]:
    """Faults of one rating with that source, where a blank one is allowed."""
    sidecar = SIDECAR.replace("[columns]", 'sources = ["source_url"]\n[columns]')
    sidecar = sidecar.replace(', "source_url"]', "]")
    return check_reference(put(folder, f'RXW,2021,year,Good,"{source}"\n', sidecar=sidecar))


def test_a_header_unlike_its_sidecar_is_refused(tmp_path):
    put(tmp_path, "RXW,u\n", header="org_code,source\n")
    complaint = (
        "ratings.csv, row 1: expected the columns of its sidecar: org_code, rated_on, precision, "
        "rating, source_url, found 'org_code, source'."
    )
    assert check_reference(tmp_path) == [complaint]
    with pytest.raises(SourceError) as error:
        load_reference(tmp_path)
    assert str(error.value) == complaint


def test_rows_of_another_length_are_all_told(tmp_path):
    put(tmp_path, "RXW,2021,year\nRXW,2021,year,Good,u\nRXW,2021,year,Good,u,v\n")
    assert check_reference(tmp_path) == [
        "ratings.csv, row 2: expected 5 cells, found 3.",
        "ratings.csv, row 4: expected 5 cells, found 6.",
    ]


@pytest.mark.parametrize(
    ("sidecar", "complaint"),
    [
        (None, "ratings.toml: missing beside ratings.csv."),
        ("title = ", "ratings.toml: not readable as TOML (Invalid value (at end of document))."),
        (
            SIDECAR.replace('licence = "facts; sources per row"', ""),
            "ratings.toml: licence is missing or not a str.",
        ),
        (
            SIDECAR.replace("2026-11-22", '"2026"'),
            "ratings.toml: retrieved_on is missing or not a date.",
        ),
        (
            SIDECAR.replace("[columns]", 'past = ["rated"]\nsources = ["web"]\n[columns]'),
            "ratings.toml: rules for columns not listed: rated, web.",
        ),
        (
            SIDECAR.replace('required = ["org_code"', 'required = ["org"'),
            "ratings.toml: rules for columns not listed: org.",
        ),
    ],
)
def test_a_table_without_a_whole_sidecar_is_refused(tmp_path, sidecar, complaint):
    put(tmp_path, "RXW,2021,year,Good,u\n", sidecar=sidecar)
    assert check_reference(tmp_path) == [complaint]


def test_a_sidecar_without_table_and_an_empty_folder_are_faults(tmp_path):
    assert check_reference(tmp_path) == [f"{tmp_path}: no tables."]
    (tmp_path / "lost.toml").write_text(SIDECAR)
    assert "lost.toml: no lost.csv beside it." in check_reference(tmp_path)


def test_the_command_tells_faults_on_stderr_and_fails(tmp_path, capsys):
    put(tmp_path, "RXW,2021,year,Good,\n")
    assert main([str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "ratings.csv, row 2: source_url is blank.\n")


def test_the_command_counts_tables_without_faults_unless_quiet(tmp_path, capsys):
    put(tmp_path, "RXW,2021,year,Good,u\n")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Reference tables without faults: 1.\n"
    assert main([str(tmp_path), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
