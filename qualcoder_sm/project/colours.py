"""Colours for new codes.

The twelve were chosen to stay apart for colour-blind eyes (Okabe & Ito without black, then five
found by search) and are given in this order. Hue is the family, the name is the code.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import dist

CODE_COLOURS: Mapping[str, str] = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "rose": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "lavender": "#9977FF",
    "magenta": "#BB0088",
    "forest": "#335522",
    "plum": "#664455",
    "indigo": "#3312DD",
    "yellow": "#F0E442",
}


def next_colour(used: Iterable[str]) -> str:
    """The first of the twelve that looks like no colour in use, or like the fewest.

    A colour picked by hand, imported, or made lighter for a child counts for the one of the
    twelve that it comes closest to.
    """
    counts = Counter(_closest(colour) for colour in used)
    return min(CODE_COLOURS.values(), key=lambda colour: counts[colour])


@lru_cache(maxsize=4096)
def _closest(colour: str) -> str:
    here = _oklab(colour)
    return min(CODE_COLOURS.values(), key=lambda one: dist(_oklab(one), here))


@lru_cache(maxsize=4096)
def _oklab(colour: str) -> tuple[float, float, float]:
    """A colour as eyes compare it. Source: Ottosson, A perceptual color space (2020)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, middle, short = (cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def child_colour(parent: str, siblings: int) -> str:
    """A lighter step of the parent's colour; siblings alternate between two steps."""
    share = 0.28 if siblings % 2 == 0 else 0.42
    parts = (int(parent[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)
