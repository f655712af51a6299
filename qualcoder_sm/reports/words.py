"""Words that several reports use for what they count."""

from __future__ import annotations

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import tr


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
