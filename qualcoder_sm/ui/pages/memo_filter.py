"""Which memos are listed: by words, kind, what they are about, and coder, with their numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.project import folding
from qualcoder_sm.project.notes import KINDS
from qualcoder_sm.ui.pages import memo_subjects as about
from qualcoder_sm.ui.pages.widgets.memo_list import MemoRow
from qualcoder_sm.ui.panels.inspector_codings import initials
from qualcoder_sm.ui.widgets import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.model import Coder, Note
    from qualcoder_sm.ui.pages.memo_subjects import Subjects

ANY = "*"
_WORD = Qt.ItemDataRole.UserRole + 1
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which memos are meant; ANY stands for all."""

    words: tuple[str, ...] = ()
    kind: str = ANY
    table: str = ANY
    coder: str = ANY

    def takes(self, note: Note, subject: str) -> bool:
        """Whether a memo is meant; `subject` is the name of what it is about."""
        text = _plain(f"{note.title}\n{note.text}\n{subject}") if self.words else ""
        return (
            self.kind in (ANY, note.kind)
            and self.table in (ANY, note.target_table)
            and self.coder in (ANY, note.coder)
            and all(word in text for word in self.words)
        )


class MemoFilter(QWidget):
    """Three boxes; each choice says how many memos it has."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.about, self.coder = Choice(), Choice(), Choice()
        self.kind.setAccessibleName(tr("Kind of memo"))
        self.about.setAccessibleName(tr("What the memos are about"))
        self.coder.setAccessibleName(tr("Who wrote the memos"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.about, 0, 1)
        grid.addWidget(self.coder, 1, 0, 1, 2)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        self.setLayout(grid)
        for box in (self.kind, self.about, self.coder):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self.changed)

    def show_notes(
        self, notes: Sequence[Note], coders: Sequence[Coder], unseen: Sequence[Coder] = ()
    ) -> None:
        """Offer what there is, with numbers; what was chosen stays.

        The `unseen` coders' codings are not shown now, and neither are memos on them.
        """
        kinds = Counter(note.kind for note in notes)
        order = [*KINDS, *sorted(kinds.keys() - set(KINDS))]
        _fill(self.kind, tr("all kinds"), {kind: tr(kind) for kind in order}, kinds)
        tables = Counter(note.target_table for note in notes)
        words = {table: about.table_words(table) for table in about.TABLES}
        _fill(self.about, tr("about anything"), words, tables)
        people = Counter(note.coder for note in notes)
        hidden = tr("by everybody, but not on codings of {names}",
                    names=", ".join(one.name for one in unseen))  # fmt: skip
        everybody = hidden if unseen else tr("by everybody")
        _fill(self.coder, everybody, {c.guid: c.name for c in coders}, people)
        self.coder.setToolTip(
            tr("{hidden}: their codings are not seen now.", hidden=hidden) if unseen else ""
        )
        self.coder.setVisible(len(coders) > 1)

    def told(self, words: str) -> str:
        """What is chosen, as a sentence."""
        boxes = [box for box in (self.kind, self.about, self.coder) if box is not self.coder
                 or box.isVisibleTo(self)]  # fmt: skip
        said = ", ".join(str(box.currentData(_WORD)) for box in boxes)
        return tr("{said}, with the words “{words}”", said=said, words=words) if words else said

    def wanted(self, words: str) -> Wanted:
        """What is chosen, with words from the search field."""
        chosen = (str(box.currentData()) for box in (self.kind, self.about, self.coder))
        return Wanted(tuple(folding.words(words)), *chosen)


def first_line(text: str) -> str:
    """What stands for the title of a memo that has none."""
    return text.strip().partition("\n")[0][:_LONGEST_TITLE]


def rows_of(
    notes: Iterable[Note], wanted: Wanted, subjects: Subjects, names: Mapping[str, str]
) -> list[MemoRow]:
    """The memos that are meant, as rows; `names` are those of the coders."""
    rows: list[MemoRow] = []
    for note in notes:
        subject = subjects.brief(note.target_table, note.target)
        if wanted.takes(note, subject):
            when = note.created.astimezone()
            who = initials(names.get(note.coder, "")) if len(names) > 1 else ""
            under = " · ".join(part for part in (tr(note.kind), subject, who) if part)
            rows.append(MemoRow(note.guid, _title(note), under, f"{when.day} {when:%b %Y}"))
    return rows


def _title(note: Note) -> str:
    return note.title or first_line(note.text) or tr("without a title")


def _plain(text: str) -> str:
    """Without case and accents."""
    return folding.fold(text).replace(folding.MARK, "")


def _fill(box: Choice, every: str, words: Mapping[str, str], counts: Counter[str]) -> None:
    chosen = box.currentData()
    box.clear()
    box.addItem(every, ANY)
    box.setItemData(0, every, _WORD)
    for key, word in words.items():
        if counts[key]:
            box.addItem(tr("{word}  {n}", word=word, n=f"{counts[key]:,}"), key)
            box.setItemData(box.count() - 1, word, _WORD)
    box.setCurrentIndex(max(0, box.findData(chosen)))
