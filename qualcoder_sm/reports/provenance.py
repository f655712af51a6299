"""Provenance: everything that is needed to make a table again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import labels
from qualcoder_sm.project.filters import EVERYTHING, Words, coders_of
from qualcoder_sm.reports.options import FIELDS, OTHERS, Choice, Options
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qualcoder_sm.project.project import Project

_NAMED: Mapping[Choice, Callable[[Project], Mapping[str, str]]] = {
    Choice.CODE: labels.of_codes,
    Choice.SOURCE: labels.of_sources,
    Choice.COLLECTION: labels.of_collections,
    Choice.CASE: labels.of_cases,
    Choice.WITH: labels.of_codes,
    Choice.WITHOUT: labels.of_codes,
    Choice.NEAR: labels.of_codes,
}
"""Choices whose values are guids, and how these are named."""
_DIGITS = 12


def provenance(
    project: Project, options: Options, declared: frozenset[Choice] = frozenset(Choice)
) -> dict[str, str]:
    """Project, date, coders, filter by name, options, state of the codebook, head of the trail.

    Only `declared` choices are named: the others were not applied.
    """
    steps, head = project.audit.head()
    said = {"coders": _coders(project, options)} if Choice.CODER in declared else {}
    return {
        "project": project.name,
        "date": project.clock().strftime("%Y-%m-%d %H:%M UTC"),
        **said,
        "filter": "; ".join(said for _, said in narrowings(project, options, declared))
        or tr("nothing left out"),
        **_options(options, declared),
        "codebook": _codebook(project),
        "steps": str(steps),
        "head": head,
    }


def _coders(project: Project, options: Options) -> str:
    return ", ".join(coder.name for coder in coders_of(project, options.which))


def narrowings(
    project: Project, options: Options, declared: frozenset[Choice]
) -> Iterator[tuple[Choice, str]]:
    """Every part of the filter that narrows, with its values by name: "case: P01, P02"."""
    for choice, name in FIELDS.items():
        value = getattr(options.which, name)
        if choice is Choice.CODER or choice not in declared or value == getattr(EVERYTHING, name):
            continue
        if choice is not Choice.WORDS:
            yield choice, f"{choice}: {_written(project, choice, value)}"


def _written(project: Project, choice: Choice, value: object) -> str:
    if choice is Choice.ATTRIBUTE:
        return ", ".join(f"{name}={said}" for name, said in value)  # type: ignore[attr-defined]
    if choice in {Choice.SINCE, Choice.UNTIL, Choice.POSTED_SINCE, Choice.POSTED_UNTIL}:
        return written_time(value)  # type: ignore[arg-type]
    if not isinstance(value, tuple):
        return str(value)
    names = _NAMED[choice](project) if choice in _NAMED else {}
    return ", ".join(names.get(one, str(one or tr("nothing said"))) for one in value)


def _options(options: Options, declared: frozenset[Choice]) -> Mapping[str, str]:
    """What was chosen besides the filter, and whose words count."""
    said = {
        choice.value: _choice(getattr(options, name))
        for choice, name in OTHERS.items()
        if choice in declared and getattr(options, name) is not None
    }
    if Choice.WORDS in declared:
        said[Choice.WORDS.value] = (options.which.words or Words.ALL).value
    return said


def _choice(value: object) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return str(value)


def _codebook(project: Project) -> str:
    """How many codes there are, and a digest by which the same codebook is known again."""
    codes = project.codebook.codes()
    rows = json.dumps([astuple(code) for code in codes], ensure_ascii=False, default=str)
    digest = hashlib.sha256(rows.encode()).hexdigest()
    return tr("{codes}, digest {digest}", codes=i18n.codes(len(codes)), digest=digest[:_DIGITS])
