"""Words that several reports use for what they count."""

from __future__ import annotations

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr


def units_noun(level: Level) -> str:
    """What is counted at a level, in the plural."""
    nouns = {
        Level.UNIT: tr("turns, posts and paragraphs"),
        Level.PARAGRAPH: tr("lines"),
        Level.SENTENCE: tr("sentences"),
        Level.CHARACTER: tr("characters"),
        Level.SOURCE: tr("sources"),
    }
    return nouns[level]


def n_units(level: Level, n: int) -> str:
    """So many of them, in words."""
    forms = {
        Level.UNIT: ("{n} turn, post or paragraph", "{n} turns, posts and paragraphs"),
        Level.PARAGRAPH: ("{n} line", "{n} lines"),
        Level.SENTENCE: ("{n} sentence", "{n} sentences"),
        Level.CHARACTER: ("{n} character", "{n} characters"),
        Level.SOURCE: ("{n} source", "{n} sources"),
    }
    return ntr(*forms[level], n)
