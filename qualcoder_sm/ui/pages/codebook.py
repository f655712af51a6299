"""The codebook page: the tree of codes, and the fields of the current one."""

from contextlib import AbstractContextManager
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QWidget,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change, Code, Origin
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.marks import Dot, Tick
from qualcoder_sm.ui.pages import listed
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.swatches import Swatches
from qualcoder_sm.ui.pages.widgets.layouts import Scrolled, stretched
from qualcoder_sm.ui.pages.widgets.writing import Recipe
from qualcoder_sm.ui.panels import whose
from qualcoder_sm.ui.panels.codebook import CodebookPanel
from qualcoder_sm.ui.panels.codebook_model import RenameRequest
from qualcoder_sm.ui.panels.flow import Flow
from qualcoder_sm.ui.panels.inspector_parts import Field, hold_refused
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import Banner, Elided, button, column, label, row, surface

FIELDS = (
    ("name", "Name"),
    ("brief_definition", "In brief"),
    ("definition", "Definition"),
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("example", "Example"),
    ("source", "Source"),
)
WIDEST, _CAPTIONS = 600, 130


class CodebookPage(TablePage):
    """Fields commit when they are left, one step a field."""

    statusChanged = Signal(object, object)
    """The current code, and its number among all."""

    def __init__(self, context: Context, sight: Sight, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._sight = sight
        self.panel = CodebookPanel(context, sight, here=False)
        self.panel.show_filter_always()
        self.banner = Banner()
        self.path, self.count = Elided("", "strong"), label("", "muted")
        self.passages, self.merge = button(tr("Passages")), button(tr("Merge…"))
        self.fields = {name: _field(name, tr(caption)) for name, caption in FIELDS}
        self.swatches, self.reason = Swatches(context.theme), ReasonField()
        self.framework = Dot(tr("from the framework"))
        self.emerged = Dot(tr("emerged while coding"))
        self.codable = Tick(tr("can be applied to text"))
        self._code: Code | None = None
        self._build()
        self._connect()

    def activate(self) -> None:
        """Show the current code, the first one without any."""
        if not self.panel.current_key() and self.panel.model.all_keys():
            self.panel.select_key(self.panel.model.all_keys()[0])
        self._show(self.panel.current_key())

    @property
    def main(self) -> QWidget:
        """The tree of codes."""
        return self.panel.tree

    @property
    def table_name(self) -> str:
        """What the table is called."""
        return tr("codebook")

    def shown_table(self) -> Recipe | None:
        """The codes of the tree that are in sight, in their order."""
        codes = tuple(self.panel.shown_keys())
        return partial(listed.codes, codes, self._sight.counted) if codes else None

    def stop(self) -> bool:
        """Stop what is being written."""
        busy = self.writer.busy
        self.writer.cancel()
        return busy

    def _mark_stale(self, change: Change) -> None:
        if self.isVisible() and change.touches("codes", "codings"):
            self._show(self.panel.current_key())

    def _build(self) -> None:
        head = surface("window", "bottom")
        acts = (self.passages, 8, self.merge, 8, self.copy, 8, self.export)
        about = column(self.path, self.count)
        head.setLayout(row(about, 12, *acts, margins=(20, 5, 20, 5), stretch=0))
        form = surface("paper")
        fields = QWidget()
        fields.setLayout(self._form())
        fields.setMaximumWidth(WIDEST + _CAPTIONS)
        form.setLayout(stretched(row(0, fields, 0, margins=(20, 20, 20, 20)), 1))
        area = Scrolled(form, tr("Definition"))
        right = QWidget()
        right.setLayout(column(self.banner, head, area))
        split = Split(Qt.Orientation.Horizontal, "codebook", [300, 1100])
        split.addWidget(self.panel)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.begin()
        self.setLayout(column(split, self.written, stretch=0))
        self._right = right

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        grid.setColumnMinimumWidth(1, 240)
        grid.setColumnStretch(1, 1)
        origins = QButtonGroup(self)
        origins.addButton(self.framework)
        origins.addButton(self.emerged)
        marks = QWidget()
        marks.setLayout(Flow(self.framework, self.emerged, self.codable))
        rows: list[tuple[str, QWidget]] = [
            (tr(caption), self.fields[name]) for name, caption in FIELDS
        ]
        rows += [(tr("Colour"), self.swatches), (tr("Origin"), marks), ("", self.reason)]
        for number, (caption, widget) in enumerate(rows):
            words = label(caption, "quiet")
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            words.setContentsMargins(0, 6, 0, 0)
            widget.setMaximumWidth(WIDEST)
            grid.addWidget(words, number, 0)
            grid.addWidget(widget, number, 1)
        grid.setRowStretch(len(rows), 1)
        return grid

    def _connect(self) -> None:
        self.panel.currentChanged.connect(self._show)
        self.panel.failed.connect(self._fail)
        self.panel.passagesRequested.connect(self._open_passages)
        self.panel.applyRequested.connect(self._edit_name)
        self.passages.clicked.connect(self.panel.show_passages)
        self.merge.clicked.connect(self.panel.merge)
        for field in self.fields.values():
            field.committed.connect(self._keep)
            field.waits_for = self.reason.line
        self.reason.left.connect(self._commit)
        self.swatches.chosen.connect(self._recolour)
        self.framework.clicked.connect(self._keep_origin)
        self.emerged.clicked.connect(self._keep_origin)
        self.codable.clicked.connect(self._keep_codable)
        self.context.bridge.changed.connect(self.reason.follow)
        self._sight.changed.connect(self._renew)

    def _renew(self) -> None:
        """Others are counted now."""
        self._show(self.panel.current_key())

    def _show(self, guid: str) -> None:
        codes = self.context.project.codebook.codes()
        known = {code.guid: number for number, code in enumerate(codes)}
        self._right.setVisible(guid in known)
        if guid not in known:
            self._code = None
            return
        if self._code is not None and self._code.guid != guid:
            self._commit()
        self._code = code = codes[known[guid]]
        for name, field in self.fields.items():
            field.give(str(getattr(code, name)))
            field.setReadOnly(self.context.project.read_only)
        self.swatches.show_color(code.color)
        self.framework.setChecked(code.origin is Origin.A_PRIORI)
        self.emerged.setChecked(code.origin is Origin.EMERGENT)
        self.codable.setChecked(code.codable)
        self._show_head(code)
        said = tr("Code {n} of {all}", n=f"{known[guid] + 1:,}", all=f"{len(codes):,}")
        self.statusChanged.emit(code.name, said)

    def _show_head(self, code: Code) -> None:
        codebook = self.context.project.codebook
        self.path.setText(codebook.path(code.guid).replace(" > ", "  ›  "))
        n, sources = codebook.reach(self._meant(code), coder=self._sight.counted)
        where = ntr("{n} source", "{n} sources", sources)
        codings = ntr("{n} coding", "{n} codings", n)
        said = tr("{codings} in {sources}", codings=codings, sources=where)
        if not code.codable:
            said = tr("{codings} below it, in {sources}", codings=codings, sources=where)
        self.count.setText(said)
        self.count.setToolTip(whose.of_code(self.context.project, code.guid))
        self.passages.setEnabled(n > 0)

    def _meant(self, code: Code) -> list[str]:
        """The codes whose codings are told of: the code itself, for a theme those below it too."""
        below = [] if code.codable else self.context.project.codebook.below(code.guid)
        return [code.guid, *(one.guid for one in below)]

    def _commit(self) -> None:
        for field in self.fields.values():
            field.commit()

    def _keep(self) -> None:
        field = self.sender()
        if self._code is None or not isinstance(field, Field):
            return
        name, text = field.objectName(), field.text()
        with self._why():
            if name == "name":
                self.panel.steps.rename(RenameRequest(self._code.guid, text))
            else:
                self.panel.steps.edit(self._code.guid, name, text)

    def _keep_origin(self) -> None:
        if self._code:
            origin = Origin.EMERGENT if self.emerged.isChecked() else Origin.A_PRIORI
            with self._why():
                self.panel.steps.edit(self._code.guid, "origin", origin)

    def _keep_codable(self) -> None:
        if self._code:
            with self._why():
                self.panel.steps.edit(self._code.guid, "codable", self.codable.isChecked())

    def _recolour(self, color: str) -> None:
        if self._code:
            with self._why():
                self.panel.steps.recolour(self._code.guid, color)

    def _why(self) -> AbstractContextManager[None]:
        return self.context.project.because(self.reason.text())

    def _open_passages(self, code: str) -> None:
        project, counted = self.context.project, self._sight.counted
        for one in self._meant(project.codebook.get(code)):
            for coding in project.codings.of_code(one):
                if counted in (None, coding.coder):
                    self.openRequested.emit(Place(coding.source, coding.start, coding.end))
                    return

    def _edit_name(self, _code: str) -> None:
        self.fields["name"].setFocus()

    def _fail(self, error: object) -> None:
        self.banner.show_sentence(str(error))
        hold_refused(self, error)
        if self._code:
            self.fields["name"].give(self._code.name)


def _field(name: str, caption: str) -> Field:
    field = Field(caption, "quote" if name == "example" else "")
    field.setObjectName(name)
    return field
