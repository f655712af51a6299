"""The inspector: what stands at the caret, what it means, and where else it stands."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Code, Coding, Unit
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.panels.inspector_codings import CodingsSection
from qualcoder_sm.ui.panels.inspector_context import (
    ElsewhereSection,
    MemoRequest,
    MemoSection,
    PostSection,
)
from qualcoder_sm.ui.panels.inspector_definition import DefinitionSection
from qualcoder_sm.ui.panels.inspector_links import LinksSection
from qualcoder_sm.ui.panels.inspector_marks import MarksSection, PolarityRequest, WeightRequest
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import column


class InspectorPanel(QScrollArea):
    """Follows the caret; a press on a coding makes it the current one."""

    openRequested = Signal(object)
    """`Place` of another passage."""
    codingChosen = Signal(object)
    """Guid of the coding that was pressed."""
    wholeUnitRequested = Signal()
    """The whole post shall be selected."""
    failed = Signal(object)
    """A `QualCoderError`."""
    left = Signal()
    """A memo is written: back to the text."""

    def __init__(self, context: Context, sight: Sight) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self._codings: Sequence[Coding] = ()
        self._codes: Mapping[str, Code] = {}
        self._current = self._code = ""
        self._title = tr("Codings at the caret")
        self._unit: Unit | None = None
        self._parent_unit: Unit | None = None
        self._rule = ""
        self._post = self._looked = False
        self._build()
        self._connect()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)

    def _build(self) -> None:
        self.codings = CodingsSection(self._context.project)
        self.marks = MarksSection()
        self.definition = DefinitionSection()
        self.memo = MemoSection()
        self.links = LinksSection(self._context.project)
        self.post = PostSection()
        self.elsewhere = ElsewhereSection(self._context.project)
        self._page = QWidget()
        self._page.setProperty("surface", "panel")
        self.viewport().setProperty("surface", "panel")
        parts = (self.codings, self.marks, self.definition, self.memo, self.links, self.post)
        self._page.setLayout(column(*parts, self.elsewhere, 0))
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Inspector"))
        self.setMinimumWidth(240)
        self._page.hide()

    def _connect(self) -> None:
        self.codings.chosen.connect(self._choose)
        self.codings.wholeUnitRequested.connect(self.wholeUnitRequested)
        self.definition.fieldChanged.connect(self._edit)
        self.marks.polarityChosen.connect(self._set_polarity)
        self.marks.weightChosen.connect(self._set_weight)
        self.memo.memoChanged.connect(self._write_memo)
        self.memo.field.finished.connect(self.left)
        self.links.openRequested.connect(self.openRequested)
        self.links.failed.connect(self.failed)
        self.elsewhere.openRequested.connect(self.openRequested)
        self._context.bridge.changed.connect(self._follow)
        self._context.bridge.changed.connect(self.definition.reason.follow)
        self._context.theme.changed.connect(self._show)

    def look_at(
        self, codings: Sequence[Coding], unit: Unit | None, parent: Unit | None, *,
        selected: bool, rule: str = "",
    ) -> None:  # fmt: skip
        """Show these codings, around the caret or in the selection, and the post they are in."""
        self._codings, self._unit, self._parent_unit, self._rule = codings, unit, parent, rule
        self._post = unit is not None
        self._looked = True
        if self._current not in {coding.guid for coding in codings}:
            self._current = codings[0].guid if codings else ""
        if codings:
            self._code = self._current_coding().code  # type: ignore[union-attr]  # it is there
        self._title = tr("Codings in the selection") if selected else tr("Codings at the caret")
        if unit is not None:
            self._title = tr("Codings in this post")
        self._later.start()

    def show_coding(self, coding: str) -> None:
        """Make a coding the current one, when it is among those shown."""
        if coding in {one.guid for one in self._codings}:
            self._current = coding
            self._code = next(c.code for c in self._codings if c.guid == coding)
            self._later.start()

    def show_code(self, code: str) -> None:
        """Show the definition of a code that is not on these words."""
        if code and code != self._code:
            self._code = code
            self._later.start()

    def edit_definition(self) -> None:
        """Open the fields of the current code."""
        self._show()
        self.definition.edit()

    def write_memo(self, coding: str) -> None:
        """Put the caret into the memo of a coding."""
        self.show_coding(coding)
        self._show()
        self.memo.field.setFocus()

    def commit(self) -> None:
        """Keep everything that is being written."""
        self.memo.commit()
        self.definition.commit()
        self.marks.commit()

    def _current_coding(self) -> Coding | None:
        return next((one for one in self._codings if one.guid == self._current), None)

    def _show(self) -> None:
        project, theme = self._context.project, self._context.theme.theme
        self._codes = {code.guid: code for code in project.codebook.codes()}
        coding, code = self._current_coding(), self._codes.get(self._code)
        self._page.setVisible(self._looked or code is not None)
        self.codings.show_codings(self._codings, self._current, theme, self._codes,
                                  title=self._title, post=self._post)  # fmt: skip
        self.definition.show_code(code, theme)
        self.definition.set_editable(not project.read_only)
        mine = coding if coding and (coding.memo or self._is_mine(coding)) else None
        own = coding if coding and self._is_mine(coding) and not project.read_only else None
        self.marks.show_coding(own)
        editable = not project.read_only and mine is not None and self._is_mine(mine)
        self.memo.show_memo(mine, editable=editable)
        self.links.show_coding(coding, theme, editable=not project.read_only)
        self.post.show_post(self._unit, self._parent_unit, self._rule)
        self.elsewhere.show_code(code.guid if code else "", coding, self._sight.counted)

    def _is_mine(self, coding: Coding) -> bool:
        return coding.coder == self._sight.coder.guid

    def _choose(self, coding: str) -> None:
        self.show_coding(coding)
        self.codingChosen.emit(coding)

    def _edit(self, code: str, field: str, text: str) -> None:
        project = self._context.project
        try:
            with project.because(self.definition.reason.text()):
                project.codebook.edit(code, **{field: text})
        except QualCoderError as error:
            self.failed.emit(error)

    def _write_memo(self, request: MemoRequest) -> None:
        self._try(self._context.project.codings.set_memo, request.coding, request.text)

    def _set_polarity(self, request: PolarityRequest) -> None:
        self._try(self._context.project.codings.set_polarity, request.coding, request.polarity)

    def _set_weight(self, request: WeightRequest) -> None:
        self._try(self._context.project.codings.set_weight, request.coding, request.weight)

    def _try(self, act: Callable[..., object], *arguments: object) -> None:
        try:
            act(*arguments)
        except QualCoderError as error:
            self.failed.emit(error)

    def _follow(self, change: Change) -> None:
        if change.touches("codes", "codings", "coding_links"):
            self.elsewhere.forget()
            self._later.start()
