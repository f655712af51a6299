"""Texts for the researcher, ready to be translated: whole sentences with named fields."""

import gettext
from collections.abc import Mapping
from string import Formatter

_translations = gettext.NullTranslations()


class _Number(int):
    """Written with thousands commas wherever a sentence does not say otherwise."""

    def __format__(self, spec: str) -> str:
        return format(int(self), spec or ",")


def tr(sentence: str, **fields: object) -> str:
    """The sentence in the researcher's language, its {named} fields filled in.

    Whole numbers are written with thousands commas; what is no amount is handed over as text.
    """
    return _filled(_translations.gettext(sentence), fields)


def ntr(one: str, many: str, n: int, **fields: object) -> str:
    """As `tr`, choosing the form for the number {n}."""
    return _filled(_translations.ngettext(one, many, n), {"n": n, **fields})


def _filled(sentence: str, fields: Mapping[str, object]) -> str:
    return sentence.format(**{name: _written(value) for name, value in fields.items()})


def _written(value: object) -> object:
    return _Number(value) if type(value) is int else value


def pieces(sentence: str, **fields: object) -> list[tuple[str, str]]:
    """As `tr`, piece by piece: the text, and the name of the field it fills in, or ""."""
    found: list[tuple[str, str]] = []
    formatter = Formatter()
    for text, name, spec, _conversion in formatter.parse(_translations.gettext(sentence)):
        found.append((text, ""))
        if name is not None:
            found.append((formatter.format_field(_written(fields[name]), spec or ""), name))
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
