"""How managers put into words, for the trail, what a step changed from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_LONGEST, _BEFORE = 80, 20
_MOST = 3


def quoted(value: object) -> str:
    """A value in quotation marks, on one line, cut when it is long; "nothing" for none."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    text = _plain(value)
    if not text:
        return tr("nothing")
    return tr("“{text}”", text=text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…")


def from_to(old: object, new: object) -> str:
    """What a value was and is; of long texts that begin alike, from where they differ."""
    before, after = _plain(old), _plain(new)
    letters = enumerate(zip(before, after, strict=False))
    alike = next((n for n, pair in letters if pair[0] != pair[1]), min(len(before), len(after)))
    start = after.rfind(" ", 0, max(0, alike - _BEFORE)) + 1
    if start and max(len(before), len(after)) > _LONGEST:
        old, new = f"…{before[start:]}", f"…{after[start:]}"
    return tr("from {old} to {new}", old=quoted(old), new=quoted(new))


def listed(names: Iterable[str]) -> str:
    """Names, each once, in their order: the first three, and how many more."""
    found = list(dict.fromkeys(names))
    shown, more = ", ".join(found[:_MOST]), len(found) - _MOST
    return shown if more <= 0 else ntr("{shown} and {n} more", "{shown} and {n} more", more,
                                       shown=shown)  # fmt: skip


def fields(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """The parameters `fields` and `changes` of a step that changes `before` into `after`.

    Both hold the same fields; those that stay as they were are left out. Nothing when all do.
    """
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return {}
    words = {name: name.replace("_", " ") for name in changed}
    told = {name: from_to(before[name], after[name]) for name in changed}
    one = len(changed) == 1
    return {
        "fields": tr(" and ").join(words.values()),
        "changes": "; ".join(told[name] if one else tr("{field} {change}", field=words[name],
                             change=told[name]) for name in changed),
    }  # fmt: skip


def moved_ends(old: tuple[int, int], new: tuple[int, int]) -> dict[str, object]:
    """The parameters `ends`, `old` and `new` of a passage that reaches from where to where."""
    if old[0] == new[0]:
        return {"ends": tr("the end"), "old": _character(old[1]), "new": _character(new[1])}
    if old[1] == new[1]:
        return {"ends": tr("the start"), "old": _character(old[0]), "new": _character(new[0])}
    return {"ends": tr("both ends"), "old": _characters(*old), "new": _characters(*new)}


def added_and_removed(added: Iterable[str], removed: Iterable[str]) -> str:
    """What came to a list and what went from it."""
    parts = (
        (tr("added {names}", names=listed(added)), added),
        (tr("removed {names}", names=listed(removed)), removed),
    )
    return "; ".join(words for words, names in parts if names)


def _plain(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _character(position: int) -> str:
    return tr("character {n:,}", n=position)


def _characters(start: int, end: int) -> str:
    return tr("characters {start:,}–{end:,}", start=start, end=end)
