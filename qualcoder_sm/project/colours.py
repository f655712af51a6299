"""Colours for new codes.

The twelve were chosen to stay apart for colour-blind eyes (Okabe & Ito without black, then five
found by search) and are given in this order. Hue is the family, the name is the code.
"""

from collections.abc import Iterable, Mapping

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
    """The first of the twelve not used yet, or the one used least."""
    counts = dict.fromkeys(CODE_COLOURS.values(), 0)
    for colour in used:
        if colour.upper() in counts:
            counts[colour.upper()] += 1
    return min(counts, key=lambda colour: counts[colour])


def child_colour(parent: str, siblings: int) -> str:
    """A lighter step of the parent's colour; siblings alternate between two steps."""
    share = 0.28 if siblings % 2 == 0 else 0.42
    parts = (int(parent[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)
