"""The paper of the researcher's country: A4, or Letter in America."""

import locale
import os
from dataclasses import dataclass

_LETTER_COUNTRIES = {*"US CA MX CL CO CR GT NI PA PH PR SV VE".split(), "United States", "Canada"}


@dataclass(frozen=True, slots=True)
class Paper:
    """Short and long side in twentieths of a point, and Excel's number for it."""

    short: int
    long: int
    excel: int


A4 = Paper(11_906, 16_838, 9)
LETTER = Paper(12_240, 15_840, 1)


def usual() -> Paper:
    """The paper that printers of this country hold."""
    return LETTER if _country() in _LETTER_COUNTRIES else A4


def _country() -> str:
    """The country of the locale: US of en_US.UTF-8, United States on Windows."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_PAPER", "LANG"))
    chosen = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return chosen.partition(".")[0].partition("@")[0].partition("_")[2]
