"""Controls whose value lives in the page's address, so that a link restores the view.

The address is the one source of truth: a control shows what the address says, and changing the control
changes the address. (Streamlit's own binding writes the option's label into the address; ours writes the
stable code, so that a link keeps working when an organisation is renamed.)
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from pages.charts.layers.formats import format_month
from pages.parts.address import asked_for, forget, note_too_many, note_unknown

NONE = "none"
"""What a link says where none of the options is chosen, though some are without it."""
_MOST_LETTERS = 100


def linked_select(
    label: str,
    name: str,
    options: Sequence[str],
    words: Callable[[str], str] = str,
    default: str | None = None,
    placeholder: str | None = None,
) -> str | None:
    """A select box bound to the address parameter `name`; `default` (or nothing) is left out of links.

    With a `default` something is always chosen.
    """
    asked = next(iter(asked_for(name, options)), None)
    if asked is not None and asked not in options:
        note_unknown(label, [asked])
        forget(name)
        asked = None
    key = f"link.{name}"
    st.session_state[key] = asked if asked is not None else default
    return st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        # Without a default nothing need be chosen; with one a cross that clears it would mean nothing.
        index=None if default is None else 0,
        placeholder=placeholder,
        on_change=_write_one,
        args=(name, key, default),
    )


def linked_choice(
    label: str,
    name: str,
    options: Sequence[str],
    words: Callable[[str], str],
    default: str,
    *,
    shows_label: bool = True,
) -> str:
    """One of a few options side by side, bound to the address parameter `name`; there is always one."""
    asked = next(iter(asked_for(name, options)), default)
    if asked not in options:
        note_unknown(label, [asked])
        forget(name)
        asked = default
    key = f"link.{name}"
    st.session_state[key] = asked
    st.segmented_control(
        label,
        options,
        format_func=words,
        key=key,
        on_change=_write_one,
        args=(name, key, default),
        label_visibility="visible" if shows_label else "collapsed",
    )
    return asked


def linked_number(label: str, name: str, least: int, most: int, default: int) -> int:
    """A whole number from `least` to `most` (inclusive), bound to the address parameter `name`."""
    written = st.query_params.get(name, str(default))
    if not written.isdecimal() or not least <= int(written) <= most:
        note_unknown(label, [written])
        del st.query_params[name]
        written = str(default)
    key = f"link.{name}"
    st.session_state[key] = int(written)
    st.number_input(
        label, least, most, key=key, on_change=lambda: _write_number(name, key, default)
    )
    return int(written)


def _write_number(name: str, key: str, default: int) -> None:
    value = st.session_state[key]
    if value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)


def _write_one(name: str, key: str, default: str | None) -> None:
    value = st.session_state[key]
    if value is None or value == default:
        forget(name)
    else:
        st.query_params[name] = value


def linked_multiselect(
    label: str,
    name: str,
    options: Sequence[str],
    words: Callable[[str], str] = str,
    most: int | None = None,
    placeholder: str = "All",
) -> list[str]:
    """A multiple choice bound to the repeated address parameter `name`; an empty choice means all."""
    asked = asked_for(name, options)
    offered = [value for value in asked if value in options]
    known = offered[:most]
    if unknown := [value for value in asked if value not in options]:
        note_unknown(label, unknown)
    if most is not None and len(offered) > most:
        note_too_many(label, offered[most:], most)
    if len(known) < len(asked):
        _set_many(name, known)
    key = f"link.{name}"
    st.session_state[key] = known
    return st.multiselect(
        label,
        options,
        format_func=words,
        key=key,
        max_selections=most,
        placeholder=placeholder,
        on_change=lambda: _set_many(name, st.session_state[key]),
    )


def linked_months(
    label: str, months: Sequence[str], usual_from: str | None = None
) -> tuple[str, str]:
    """A stretch of the `months` (`2021-07` …, in order), both ends inclusive, bound to `from` and `to`.

    Without the address it reaches from `usual_from` (or the first) to the last.
    """
    ends = {"from": usual_from or months[0], "to": months[-1]}
    chosen = [_month_asked(label, name, months, usual) for name, usual in ends.items()]
    begins, last = sorted(chosen)
    key = "link.months"
    st.session_state[key] = (begins, last)
    # The value here only says that there are two ends: without it a moved slider gives one of them alone.
    st.select_slider(
        label,
        months,
        value=(months[0], months[-1]),
        format_func=lambda month: format_month(date.fromisoformat(f"{month}-01")),
        key=key,
        on_change=lambda: _write_months(key, ends),
    )
    return begins, last


def _month_asked(label: str, name: str, months: Sequence[str], usual: str) -> str:
    asked = next(iter(asked_for(name, months)), usual)
    if asked in months:
        return asked
    note_unknown(f"{label} {name}", [asked])
    forget(name)
    return usual


def _write_months(key: str, ends: dict[str, str]) -> None:
    for (name, usual), value in zip(ends.items(), st.session_state[key], strict=True):
        if value == usual:
            forget(name)
        else:
            st.query_params[name] = value


def linked_pills(
    label: str,
    name: str,
    options: Sequence[str],
    words: Callable[[str], str],
    usual: Sequence[str],
) -> list[str]:
    """Any of a few options, bound to the repeated address parameter `name`; `usual` ones without it.

    None of them is the one value `none`.
    """
    asked = st.query_params.get_all(name)
    known = [value for value in asked if value in options]
    if unknown := [value for value in asked if value not in (*options, NONE)]:
        note_unknown(label, unknown)
        _set_many(name, known)
    chosen = known if asked and (known or NONE in asked) else list(usual)
    key = f"link.{name}"
    st.session_state[key] = chosen
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=words,
        key=key,
        on_change=lambda: _set_pills(name, st.session_state[key], usual),
    )
    return chosen


def linked_day(label: str, name: str, earliest: date, latest: date) -> date | None:
    """A day of the calendar, bound to the address parameter `name` as `2023-06-30`; none without it.

    Days are inclusive; another value is dropped with a note.
    """
    asked = st.query_params.get(name)
    chosen = _day_between(asked, earliest, latest)
    if asked is not None and chosen is None:
        note_unknown(label, [asked])
        del st.query_params[name]
    key = f"link.{name}"
    st.session_state[key] = chosen
    st.date_input(
        label,
        key=key,
        value=None,
        min_value=earliest,
        max_value=latest,
        format="DD/MM/YYYY",
        on_change=lambda: _set_many(
            name, [str(st.session_state[key] or "")][: bool(st.session_state[key])]
        ),
    )
    return chosen


def _day_between(text: str | None, earliest: date, latest: date) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if earliest <= day <= latest else None


def _set_pills(name: str, values: Sequence[str], usual: Sequence[str]) -> None:
    _set_many(name, [] if set(values) == set(usual) else list(values) or [NONE])


def _set_many(name: str, values: Sequence[str]) -> None:
    if values:
        st.query_params[name] = list(values)
    else:
        forget(name)


def linked_text(label: str, name: str, placeholder: str) -> str:
    """A line of text bound to the address parameter `name`, at most 100 letters; left out if empty."""
    key = f"link.{name}"
    st.session_state[key] = st.query_params.get(name, "")[:_MOST_LETTERS]
    return st.text_input(
        label,
        key=key,
        max_chars=_MOST_LETTERS,
        placeholder=placeholder,
        on_change=_write_one,
        args=(name, key, ""),
    )
