"""Donors and placebos by name, and the spells of an organisation before an entry."""

from pages.charts.layers.rows import rows_of
from pages.parts.history import spells_of
from pages.parts.its.series import day_of
from pages.parts.organisations import organisations


def named(code: str) -> str:
    """`Barts Health (R1H)`; one that today's data no longer know by its code alone."""
    name = short_name(code)
    return code if name == code else f"{name} ({code})"


def short_name(code: str) -> str:
    """`Barts Health`; one that today's data no longer know by its code."""
    known = organisations()["short_name"]
    return str(known[code]) if code in known.index else code


def earlier_stays(org: str, first: str, entry: str) -> list[str]:
    """Its spells on record between the first period and the entry: `QSM (8 November 2018 to Jul 2021)`.

    `entry`: the day or month of entry. A spell without a known end may reach into the time before it.
    """
    spells = spells_of(org)
    is_over = spells["left_latest"] < day_of(first)
    began = spells[(spells["entered_earliest"] < day_of(entry)) & ~is_over]
    return [
        f"{row.programme_short} ({row.entered_label} to {row.left_label})" for row in rows_of(began)
    ]
