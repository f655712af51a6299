"""Texts for the researcher, ready to be translated: whole sentences with named fields."""

import gettext
from string import Formatter

_translations = gettext.NullTranslations()


def tr(sentence: str, **fields: object) -> str:
    """The sentence in the researcher's language, its {named} fields filled in."""
    return _translations.gettext(sentence).format(**fields)


def ntr(one: str, many: str, n: int, **fields: object) -> str:
    """As `tr`, choosing the form for the number n; {n} is written with a thousands comma."""
    return _translations.ngettext(one, many, n).format(n=f"{n:,}", **fields)


def pieces(sentence: str, **fields: object) -> list[tuple[str, str]]:
    """As `tr`, piece by piece: the text, and the name of the field it fills in, or ""."""
    found: list[tuple[str, str]] = []
    formatter = Formatter()
    for text, name, spec, _conversion in formatter.parse(_translations.gettext(sentence)):
        found.append((text, ""))
        if name is not None:
            found.append((formatter.format_field(fields[name], spec or ""), name))
    return [piece for piece in found if piece[0]]


def codings(n: int) -> str:
    """So many codings, in words."""
    return ntr("{n} coding", "{n} codings", n)


def codes(n: int) -> str:
    """So many codes, in words."""
    return ntr("{n} code", "{n} codes", n)


def sources(n: int) -> str:
    """So many sources, in words."""
    return ntr("{n} source", "{n} sources", n)
