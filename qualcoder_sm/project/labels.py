"""Labels: names for people to read, with what tells them apart where they repeat.

A row is its guid, never its name: two threads may both be called "t1".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.project import lists
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.project.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.project.core import Core

Labels = dict[str, str]
"""A label that stands for one thing alone, by its guid."""

_DIGITS = 8


def of_sources(core: Core) -> Labels:
    """Names of sources; where they repeat, with their collection."""
    return core.memory.recall("labels of sources", ("sources", "collections"), lambda: _of(core))


def _of(core: Core) -> Labels:
    collections = {one.guid: one.name for one in lists.collections(core)}
    sources = Texts(core).all()
    return distinct(
        {source.guid: source.name for source in sources},
        {source.guid: collections.get(source.collection or "", tr("no collection"))
         for source in sources},
    )  # fmt: skip


def of_collections(core: Core) -> Labels:
    """Names of collections."""
    return distinct({one.guid: one.name for one in lists.collections(core)}, {})


def of_cases(core: Core) -> Labels:
    """Names of cases; where they repeat, with their type."""
    cases = lists.cases(core)
    return distinct({case.guid: case.name for case in cases}, {c.guid: c.type for c in cases})


def of_codes(core: Core) -> Labels:
    """Paths of codes."""
    return distinct(Codes(core).paths(), {})


def distinct(names: Mapping[str, str], details: Mapping[str, str]) -> Labels:
    """The names by guid, each alone: those that repeat get their detail, then digits of the guid."""
    labels = dict(names)
    for more in (details, {guid: guid[:_DIGITS] for guid in names}, {guid: guid for guid in names}):
        repeated = {label for label, n in Counter(labels.values()).items() if n > 1}
        for guid, label in labels.items():
            if label in repeated and more.get(guid):
                labels[guid] = f"{names[guid]} ({more[guid]})"
    return labels
