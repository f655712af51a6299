"""Names: what may be one, and how something is found by its name, path or guid."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from qualcoder_sm.errors import AmbiguousName, InvalidName, NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR

T = TypeVar("T")


def checked(name: str) -> str:
    """The name without white space around it; raises InvalidName when it cannot be stored."""
    name = " ".join(name.split())
    if not name:
        raise InvalidName(tr("A name needs at least one letter."))
    if PATH_SEPARATOR.strip() in name.split(" "):
        raise InvalidName(
            tr("“{name}” cannot be a name: “ > ” stands between the parts of a path.", name=name)
        )
    return name


def path(*names: str | None) -> str:
    """Names from the root down, as one text; where there is none above, None or "", it is left out."""
    return PATH_SEPARATOR.join(filter(None, names))


def found(
    wanted: str,
    things: Sequence[T],
    *,
    guid: Callable[[T], str],
    names: Callable[[T], Iterable[str]],
    full_path: Callable[[T], str],
    kind: str,
) -> T:
    """The one thing with this guid, path or name.

    A path wins over a name; raises NotFound, or AmbiguousName with the paths to choose from, or
    the guids where the paths are the same.
    """
    for exact in (guid, full_path):
        hits = [thing for thing in things if exact(thing) == wanted]
        if len(hits) == 1:
            return hits[0]
    hits = [thing for thing in things if wanted and wanted in names(thing)]
    if not hits:
        raise NotFound(tr("There is no {kind} named “{name}”.", kind=kind, name=wanted))
    if len(hits) > 1:
        paths = sorted({full_path(thing) for thing in hits})
        raise AmbiguousName(
            tr("There are {n} {kind}s named “{name}”. Name one by its path: {paths}.",
               n=len(hits), kind=kind, name=wanted, paths="; ".join(paths))
            if len(paths) == len(hits)
            else tr("There are {n} {kind}s named “{name}”. Name one by its guid: {guids}.",
                    n=len(hits), kind=kind, name=wanted, guids=", ".join(map(guid, hits)))
        )  # fmt: skip
    return hits[0]
