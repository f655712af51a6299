"""The sources of a project as rows of a tree: collections, and the sources in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Collection, Progress, Source, SourceKind
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.tree_model import NOWHERE, Index, Item, KeyedTree

Role = Qt.ItemDataRole
ROW = Role.UserRole


SHAPES = {
    Progress.NOT_STARTED: "circle",
    Progress.IN_PROGRESS: "circle-half",
    Progress.DONE: "check-circle",
}
"""The icon of each state of progress."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What a row shows; `progress` and `source` are None for a collection."""

    name: str
    codings: int
    progress: Progress | None = None
    source: Source | None = None

    @property
    def locked(self) -> bool:
        """Whether its text is."""
        return self.source is not None and self.source.locked

    @property
    def spoken(self) -> str:
        """The row as it is read aloud."""
        codings = ntr("{n} coding", "{n} codings", self.codings)
        if self.progress is None:
            return tr("{name}, collection, {codings}", name=self.name, codings=codings)
        state = tr(self.progress.value)
        return tr("{name}, {codings}, {state}", name=self.name, codings=codings, state=state)


class SourcesModel(KeyedTree):
    """Collections in bold, then their sources; sources without a collection come last."""

    whose: Callable[[str], str] | None = None
    """Tells by row, guid, whose codings are counted; for tooltips."""

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The row's name, what is read aloud, its tooltip, and under ROW the `SourceRow`."""
        value = self.value_of(index)
        if not isinstance(value, SourceRow):
            return None
        match role:
            case Role.DisplayRole | Role.EditRole:
                return value.name
            case Role.AccessibleTextRole:
                return value.spoken
            case Role.ToolTipRole:
                told = self.whose(self.key_of(index)) if self.whose else ""
                what = described(value.source) if value.source else ""
                lines = (value.name, what, told)
                return "\n".join(line for line in lines if line)
            case _:
                return value if role == ROW else None

    def is_source(self, index: Index = NOWHERE) -> bool:
        """Whether a row is a source and not a collection."""
        value = self.value_of(index)
        return isinstance(value, SourceRow) and value.progress is not None

    def renew(self, project: Project, source: str, counted: str | None) -> int:
        """Count one source anew, and its collection by as much; returns the larger number."""
        old = self.value_at(source)
        if not isinstance(old, SourceRow):
            return 0
        new = replace(
            old,
            codings=project.codings.in_source(source, counted),
            progress=project.progress.of_source(source, project.coder.guid),
        )
        self.put(source, new)
        above = self.parent_key(source)
        head = self.value_at(above)
        if not isinstance(head, SourceRow):
            return new.codings
        codings = head.codings + new.codings - old.codings
        self.put(above, replace(head, codings=codings))
        return codings


def source_items(project: Project, counted: str | None) -> list[Item]:
    """The rows of a project, counting the codings of one coder (by guid) or of all."""
    counts = project.codings.by_source(counted)
    progress = project.progress.of_coder(project.coder.guid)
    sources = project.sources.all()
    items: list[Item] = []
    held: dict[str | None, list[Source]] = {}
    for source in sources:
        held.setdefault(source.collection, []).append(source)
    for collection in project.collections.all():
        inside = held.get(collection.guid, [])
        items.append(_head(collection, sum(counts.get(source.guid, 0) for source in inside)))
        items += [_item(source, counts, progress) for source in inside]
    return items + [_item(source, counts, progress) for source in held.get(None, [])]


def _head(collection: Collection, codings: int) -> Item:
    return Item(collection.guid, None, SourceRow(collection.name, codings))


def _item(source: Source, counts: dict[str, int], progress: dict[str, Progress]) -> Item:
    state = progress.get(source.guid, Progress.NOT_STARTED)
    row = SourceRow(source.name, counts.get(source.guid, 0), state, source)
    return Item(source.guid, source.collection, row)


def described(source: Source) -> str:
    """What a source is, in a few words."""
    if source.description:
        return source.description
    if source.kind is SourceKind.POSTS:
        return ntr("{n} post", "{n} posts", source.units)
    units = ntr("{n} turn", "{n} turns", source.units)
    if source.kind is not SourceKind.TRANSCRIPT:
        units = ntr("{n} paragraph", "{n} paragraphs", source.units)
    characters = ntr("{n} character", "{n} characters", source.characters)
    return tr("{units}, {characters}", units=units, characters=characters)
