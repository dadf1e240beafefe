"""Which theme, domain and metric an indicator is in each version of the frameworks."""

import json

import duckdb

from indicators.registry import load_all
from settings import Settings
from sql.reads import read
from tests.unit.sql.models import Row, answer

ERAS: list[Row] = [
    {
        "era_id": "R0",
        "framework": "Single Framework 2016; Oversight Framework 2019/20",
        "short_name": "SOF 2016 and OF 2019/20",
    },
    {"era_id": "R1", "framework": "System Framework 2021/22", "short_name": "SOF 2021/22"},
    {"era_id": "R2", "framework": "NHS Oversight Framework 2025/26", "short_name": "NOF 2025/26"},
]


def metric(framework: str, code: str, name: str, theme: str) -> Row:
    return {
        "framework": framework,
        "code": code,
        "metric": name,
        "theme": theme,
        "level": "trust",
        "source_url": "https://a.example/1",
    }


METRICS = [
    metric("NOF 2025/26", "OF0013", "Four-hour performance", "Access"),
    metric("NOF 2025/26", "OF0082", "Sickness", "People and workforce"),
    metric("NOF 2025/26", "", "Ambulance response times", "Access"),
    metric("Oversight Framework 2019/20", "", "Wait of four hours", "New service models"),
]


def indicator(name: str, code: str | None = None, *names: str) -> Row:
    return {
        "indicator_id": name,
        "order": "1",
        "theme": "quality",
        "oversight_code": code,
        "definition": json.dumps({"oversight_names": names} if names else {}),
    }


def places(*catalogue: Row) -> list[tuple[object, ...]]:
    rows = answer(
        "indicator_frameworks",
        {},
        catalogue=list(catalogue),
        reference_framework_eras=ERAS,
        reference_oversight_metrics=METRICS,
    )
    columns = ["era_id", "framework", "theme", "code", "metric", "is_own_reading"]
    told = rows[columns].astype(object)
    return list(told.where(rows[columns].notna(), None).itertuples(index=False, name=None))


READING = ("R1", "SOF 2021/22", "quality", None, None, True)


def test_a_metric_is_found_by_its_code_and_by_its_name_where_it_has_none() -> None:
    assert places(indicator("waits", "OF0013", "Wait of four hours")) == [
        (
            *("R0", "Oversight Framework 2019/20", "New service models", None),
            *("Wait of four hours", False),
        ),
        READING,
        ("R2", "NOF 2025/26", "Access", "OF0013", "Four-hour performance", False),
    ]


def test_an_indicator_that_is_no_known_metric_has_only_our_reading_of_its_theme() -> None:
    assert places(indicator("beds")) == [READING]


def test_a_metric_without_a_code_is_nobodys_who_has_no_code_either() -> None:
    assert places(indicator("calls", None, "Ambulance response times"))[1:] == [
        ("R2", "NOF 2025/26", "Access", None, "Ambulance response times", False)
    ]


def test_every_indicator_and_every_metric_named_in_the_catalogue_has_its_place(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    rows = read(marts, "indicator_frameworks")
    catalogue = load_all(Settings().catalogue_dir)
    assert list(rows["indicator_id"].unique()) == list(catalogue)
    assert not rows["era_id"].isna().any()
    assert not rows.duplicated(["indicator_id", "era_id"]).any()
    in_lists = rows[~rows["is_own_reading"]]
    codes = [one.oversight_code for one in catalogue.values() if one.oversight_code]
    assert sorted(in_lists["code"].dropna()) == sorted(codes)
    names = [name for one in catalogue.values() for name in one.oversight_names]
    assert sorted(in_lists.loc[in_lists["code"].isna(), "metric"]) == sorted(names)
    domains = in_lists[in_lists["era_id"] == "R2"].set_index("indicator_id")["theme"]
    # As in the technical specification of 2025/26.
    assert domains["ae_4h_all"] == "Access to services"
    assert domains["ss_raise"] == "Patient safety"
    assert domains["sickness"] == "People and workforce"
