"""Compiled tables of cancer waiting times: combined standards from April 2022, old ones of six months."""

from collections.abc import Mapping

import pandas as pd

from data_sources._compiled_cells import Table, figures_of, require
from data_sources.source import SourceError
from data_sources.tables import Sheet

_COMBINED = {"FDS28": "fds", "CMB31": "combined_31d", "CMB62": "combined_62d"}
_OLD = {"FDS28": "fds", "2WW": "two_week_wait", "31D_first": "first_31d", "62D_gp": "gp_62d"}
_OLD_UNREAD = (
    *("2WW_breast", "31D_sub_drugs", "31D_sub_radio", "31D_sub_surgery"),
    *("62D_screening", "62D_upgrade"),
)
_LEVELS = {"provider": "provider", "icb": "system", "national": "england"}


def cancer_organisations(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """The combined standards by provider, by ICB and for England, in whole patients.

    Halves of the 62-day standard are cut off, total and within apart; a total of none, which was a half, is
    left out. Five trusts (RA2, RHU, RJC, RRF, RWH) are in April 2026 only, so providers do not add up to
    England.
    """
    _require_words(sheet, frame, "standard", *_COMBINED)
    _require_words(sheet, frame, "status", "final", "provisional")
    for column in ("total", "within"):
        require(sheet, frame, column, r"\d+", "a whole number of patients")
    known = frame[frame["total"] != "0"]
    levels = (
        _by_standard(known[known["level"] == word], level, _COMBINED)
        for word, level in _LEVELS.items()
    )
    return pd.concat(levels, ignore_index=True)


def cancer_snapshots(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """The old standards and diagnosis of six months from April 2020 to April 2022, as first published.

    Symptoms of the breast, later treatments, and referrals by screening or a consultant are not read.
    """
    _require_words(sheet, frame, "standard", *_OLD, *_OLD_UNREAD)
    for column in ("total", "within", "breaches"):
        require(sheet, frame, column, r"\d+\.[05]", "patients, whole or with a half, such as 52.5")
    total, within, after = (frame[name].astype(float) for name in ("total", "within", "breaches"))
    unequal = frame[total != within + after]
    if not unequal.empty:
        place = sheet.place(int(unequal.index[0]))
        raise SourceError(f"{sheet.file_name}, {place}: within and breaches are not the total.")
    return _by_standard(frame, "provider", _OLD)


def _require_words(sheet: Sheet, frame: pd.DataFrame, column: str, *words: str) -> None:
    require(sheet, frame, column, "|".join(words), f"one of {', '.join(words)}")


def _by_standard(frame: pd.DataFrame, level: str, standards: Mapping[str, str]) -> pd.DataFrame:
    parts = []
    for word, stem in standards.items():
        measures = {"total": f"{stem}_total", "within": f"{stem}_within"}
        parts.append(figures_of(frame[frame["standard"] == word], level, measures))
    return pd.concat(parts, ignore_index=True)


TABLES = {
    "month,org_code,org_name,level,standard,total,within,status": Table(
        "cancer_waits", "compiled_org_month", "figures", cancer_organisations
    ),
    "month,org_code,standard,total,within,breaches": Table(
        "cancer_waits", "compiled_trust_snapshots", "figures", cancer_snapshots
    ),
}
