"""Arithmetic of colours: contrast, ink and highlight of any code colour on any paper.

Colours are "#RRGGBB" strings. Highlights keep text readable by construction: they are held
between a least and a most contrast with their paper, whatever colours a researcher picks.
"""

from dataclasses import dataclass
from functools import lru_cache

Rgb = tuple[float, float, float]

BLACK: Rgb = (0.0, 0.0, 0.0)
WHITE: Rgb = (1.0, 1.0, 1.0)
LINE_CONTRAST = 3.0
MOST_ALPHA = 0.5


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly a highlight covers its paper: alpha to begin with, and bounds of contrast."""

    alpha: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Strengths:
    """The strength where one coding stands, and where two or more meet."""

    one: Strength
    several: Strength


LIGHT_STRENGTHS = Strengths(Strength(0.26, 1.12, 1.52), Strength(0.34, 1.25, 1.75))
DARK_STRENGTHS = Strengths(Strength(0.34, 1.28, 1.90), Strength(0.42, 1.42, 2.20))


@lru_cache(maxsize=4096)
def rgb(colour: str) -> Rgb:
    """The three components, each 0 to 1."""
    return (
        int(colour[1:3], 16) / 255,
        int(colour[3:5], 16) / 255,
        int(colour[5:7], 16) / 255,
    )


def to_hex(colour: Rgb) -> str:
    """The colour as "#RRGGBB"; components outside 0 to 1 are clipped."""
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02X}" for part in colour)


def luminance(colour: Rgb) -> float:
    """Relative luminance of an sRGB colour, 0 to 1. Source: WCAG 2.1."""
    red, green, blue = colour
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.1."""
    return _contrast(rgb(one), rgb(other))


def blend(top: str, below: str, alpha: float) -> str:
    """The colour seen where `top` covers `below` with this opacity."""
    return to_hex(_over(rgb(top), rgb(below), alpha))


@lru_cache(maxsize=4096)
def ink(colour: str, paper: str) -> str:
    """The colour moved to black (on light paper) or white until a thin line in it shows, 3:1."""
    base, ground = rgb(colour), rgb(paper)
    end = BLACK if luminance(ground) > 0.5 else WHITE
    for step in range(101):
        line = _over(end, base, step / 100)
        if _contrast(line, ground) >= LINE_CONTRAST:
            return to_hex(line)
    return to_hex(end)


@lru_cache(maxsize=16384)
def highlight(colours: tuple[str, ...], paper: str, strengths: Strengths) -> str:
    """The background of words that carry these code colours; their order does not matter."""
    ground = rgb(paper)
    strength = strengths.several if len(colours) > 1 else strengths.one
    mean = _mean([rgb(colour) for colour in sorted(colours)])
    alpha = strength.alpha
    light = luminance(ground)
    while _ratio(luminance(_over(mean, ground, alpha)), light) > strength.most:
        alpha -= 0.01
    while alpha < MOST_ALPHA:
        if _ratio(luminance(_over(mean, ground, alpha)), light) >= strength.least:
            break
        alpha += 0.01
    return to_hex(_over(mean, ground, alpha))


def _over(top: Rgb, below: Rgb, alpha: float) -> Rgb:
    rest = 1 - alpha
    return (
        top[0] * alpha + below[0] * rest,
        top[1] * alpha + below[1] * rest,
        top[2] * alpha + below[2] * rest,
    )


def _contrast(one: Rgb, other: Rgb) -> float:
    return _ratio(luminance(one), luminance(other))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _mean(colours: list[Rgb]) -> Rgb:
    red, green, blue = (sum(parts) / len(colours) for parts in zip(*colours, strict=True))
    return red, green, blue
