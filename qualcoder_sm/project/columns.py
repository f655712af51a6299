"""Columns of the codings that a filter means, remembered until codings change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcoder_sm.project.filters import EVERYTHING, Filter
from qualcoder_sm.project.segments import Segments
from qualcoder_sm.store.columns import CodingColumns

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core


def all_codings(core: Core) -> CodingColumns:
    """Every coding; read once, and again when a step has touched codings."""
    return core.memory.recall("columns", ("codings",), lambda: _read(core))


def meant(core: Core, which: Filter) -> CodingColumns:
    """The codings that a filter means by what it says of the codings themselves.

    Its sources, codes and coders are left to the caller, who has them as numbers; nothing in it
    may choose text.
    """
    if replace(which, coders=(), codes=(), sources=(), collections=(), cases=(), attributes=(),
               near=None) == EVERYTHING:  # fmt: skip
        return all_codings(core)
    return CodingColumns.of(Segments(core).places(replace(which, codes=())))


def _read(core: Core) -> CodingColumns:
    with core.reading() as connection:
        return CodingColumns.read(connection)
