"""Text that can be read on a coloured ground."""

from pages.charts.theme import Tokens

READABLE = 4.5
"""The contrast that accessibility guidelines (WCAG 2.2, level AA) ask of small text."""

_STRENGTHS = tuple(step / 255 for step in range(255, 140, -13))


def contrast(one: str, other: str) -> float:
    """Contrast of two `#RRGGBB` colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(fill: str, tokens: Tokens, strength: float = 1.0) -> str:
    """The theme's ink or background: whichever reads better on `fill` drawn with opacity `strength`."""
    ground = _seen(fill, tokens.background, strength)
    return max((tokens.background, tokens.ink), key=lambda text: contrast(text, ground))


def readable_strength(fill: str, tokens: Tokens) -> float:
    """The opacity, as near to 1 as possible, at which small text can be read on `fill`."""
    return next(strength for strength in _STRENGTHS if _is_readable(fill, tokens, strength))


def readable_fill(fill: str, tokens: Tokens) -> str:
    """`fill` with the opacity of `readable_strength` as `#RRGGBBAA`."""
    return f"{fill}{round(255 * readable_strength(fill, tokens)):02X}"


def readable_text(fill: str, tokens: Tokens) -> str:
    """The colour of text on `readable_fill` of the same fill."""
    return text_on(fill, tokens, readable_strength(fill, tokens))


def own_or_ink(colour: str, tokens: Tokens) -> str:
    """`colour` for text on the background where it can be read there, else the ink."""
    return colour if contrast(colour, tokens.background) >= READABLE else tokens.ink


def _is_readable(fill: str, tokens: Tokens, strength: float) -> bool:
    ground = _seen(fill, tokens.background, strength)
    return contrast(text_on(fill, tokens, strength), ground) >= READABLE


def _seen(fill: str, background: str, strength: float) -> str:
    pairs = zip(_channels(fill), _channels(background), strict=True)
    mixed = (round(strength * top + (1 - strength) * under) for top, under in pairs)
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
