"""One step of the trail in words: its sentence in parts, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.project import steps

if TYPE_CHECKING:
    from qualcoder_sm.project.audit import Told
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.trail import Record

_ROWS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `field` names the parameter it is, or is empty."""

    text: str
    field: str = ""


def parts(record: Record) -> list[Part]:
    """The sentence about a step, after its coder, with its parameters marked."""
    return [Part(*piece) for piece in steps.pieces(record.action, record.parameters, record.label)]


def tell(project: Project, seq: int) -> Told:
    """A step with the first rows that it changed, for the worker."""
    return project.audit.told_step(seq, most=_ROWS)


def can_be_undone(record: Record) -> bool:
    """Whether this kind of step is ever taken back."""
    return record.action not in (*steps.FIRM, *steps.ASIDE, "undo", "redo") and not record.redacted
