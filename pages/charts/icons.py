"""Variation and assurance icons, drawn here: a ring, a letter and a trace of dots, each with its name.

Read like Making Data Count's, yet our own drawing; colour never speaks alone, since letter and trace differ.
"""

from base64 import b64encode
from html import escape

from pages.charts.layers.contrast import contrast
from pages.charts.theme import Tokens

VARIATION_WORDS = {
    "common_cause": "Common cause variation, no clear change",
    "improvement_high": "Special cause improvement, high",
    "improvement_low": "Special cause improvement, low",
    "concern_high": "Special cause concern, high",
    "concern_low": "Special cause concern, low",
    "neutral_high": "Special cause, high; neither side is better",
    "neutral_low": "Special cause, low; neither side is better",
    "empty": "No icon",
}
ASSURANCE_WORDS = {
    "pass": "Standard consistently met",
    "fail": "Standard consistently missed",
    "inconsistent": "Standard hit or missed by chance",
    "empty": "No standard, or no icon",
}
_EDGE = '<circle cx="16" cy="16" r="{}" fill="none" stroke="{}" stroke-width="{}"/>'
_SEEN = 3
"""The contrast that accessibility guidelines (WCAG 2.2, level AA) ask of parts of a picture."""
_FLAT = ((9, 19), (14, 14), (19, 19), (24, 14))
_RISING = ((8, 23), (14, 22), (19, 18), (23, 12))
_FALLING = ((8, 9), (14, 10), (19, 14), (23, 20))
_ABOVE = ((8, 13), (13, 9), (18, 12), (23, 9))
_BELOW = ((9, 23), (14, 26), (19, 23), (24, 26))
_AROUND = ((7, 22), (11, 14), (15, 23), (19, 13))


def variation_svg(name: str, tokens: Tokens, size: int = 32) -> str:
    """The variation icon of that name (a key of VARIATION_WORDS) as SVG text, `size` pixels wide."""
    if name == "empty":
        return _framed(_ring(tokens.muted, is_dashed=True), VARIATION_WORDS[name], size)
    kind, _, side = name.partition("_") if name != "common_cause" else (name, "", "")
    colour = tokens.control[kind]
    trace = {"": _FLAT, "high": _RISING, "low": _FALLING}[side]
    letter = {"": "", "high": "H", "low": "L"}[side]
    place = (11, 15) if side == "high" else (11, 26)
    ring = _ring(colour, is_filled=kind == "concern") + _edge(colour, tokens)
    shapes = ring + _trace(trace, colour, tokens, kind) + _letter(letter, place, tokens)
    return _framed(shapes, VARIATION_WORDS[name], size)


def assurance_svg(name: str, tokens: Tokens, size: int = 32) -> str:
    """The assurance icon of that name (a key of ASSURANCE_WORDS) as SVG text, `size` pixels wide."""
    if name == "empty":
        return _framed(_ring(tokens.muted, is_dashed=True), ASSURANCE_WORDS[name], size)
    kind = {"pass": "improvement", "fail": "concern", "inconsistent": "common_cause"}[name]
    colour = tokens.control[kind]
    trace = {"pass": _ABOVE, "fail": _BELOW, "inconsistent": _AROUND}[name]
    letter = {"pass": "P", "fail": "F", "inconsistent": "?"}[name]
    place = {"pass": (16, 28), "fail": (16, 14), "inconsistent": (24, 15)}[name]
    line = (
        f'<line x1="4" x2="28" y1="18" y2="18" stroke="{tokens.outline}" '
        'stroke-width="1.2" stroke-dasharray="3 2"/>'
    )
    ring = _ring(colour, is_filled=name == "fail")
    shapes = ring + line + _trace(trace, colour, tokens, kind) + _letter(letter, place, tokens)
    return _framed(shapes, ASSURANCE_WORDS[name], size)


def as_address(svg: str) -> str:
    """SVG text as an address that an image can be drawn from without a file."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _framed(shapes: str, title: str, size: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{size}" height="{size}" '
        f'role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{shapes}</svg>'
    )


def _edge(colour: str, tokens: Tokens) -> str:
    """A line around the ring: the one dark hue is lost on a dark ground without it, even on a small icon."""
    if colour != tokens.control["neutral"]:
        return ""
    width = 0.8 if contrast(colour, tokens.background) >= _SEEN else 1.8
    return _EDGE.format(16 - width / 2, tokens.outline, width)


def _ring(colour: str, *, is_dashed: bool = False, is_filled: bool = False) -> str:
    dash = ' stroke-dasharray="3 3"' if is_dashed else ""
    # A tinted disc tells concern from improvement where colours cannot be told apart.
    fill = f'fill="{colour}" fill-opacity="0.28"' if is_filled else 'fill="none"'
    width = 1.5 if is_dashed else 2.6
    return (
        f'<circle cx="16" cy="16" r="14.2" {fill} stroke="{colour}" stroke-width="{width}"{dash}/>'
    )


def _trace(places: tuple[tuple[int, int], ...], colour: str, tokens: Tokens, kind: str) -> str:
    """Marks joined by a line; their shape is that of the kind's points on a control chart."""
    path = " ".join(f"{x},{y}" for x, y in places)
    line = f'<polyline points="{path}" fill="none" stroke="{tokens.outline}" stroke-width="1"/>'
    outline = f'fill="{colour}" stroke="{tokens.outline}" stroke-width="0.7"'
    return line + "".join(_mark(x, y, kind, outline) for x, y in places)


def _mark(x: int, y: int, kind: str, outline: str) -> str:
    if kind == "concern":
        return f'<path d="M{x} {y - 2.8}L{x + 2.8} {y}L{x} {y + 2.8}L{x - 2.8} {y}Z" {outline}/>'
    if kind == "neutral":
        return f'<rect x="{x - 2}" y="{y - 2}" width="4" height="4" {outline}/>'
    return f'<circle cx="{x}" cy="{y}" r="2.2" {outline}/>'


def _letter(letter: str, place: tuple[int, int], tokens: Tokens) -> str:
    if not letter:
        return ""
    return (
        f'<text x="{place[0]}" y="{place[1]}" font-family="Arial, Helvetica, sans-serif" font-size="11" '
        f'font-weight="700" text-anchor="middle" fill="{tokens.ink}">{letter}</text>'
    )
