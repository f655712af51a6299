"""The inspector: what stands at the caret, what it means, and where else it stands."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Code, Coding, Unit
from qualcoder_sm.project.quoting import touched
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
from qualcoder_sm.ui.panels.inspector_quoting import ParaphraseRequest, QuotingSection
from qualcoder_sm.ui.reason import reasoned
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
        self._units: Sequence[Unit] = ()
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
        self.quoting = QuotingSection()
        self.links = LinksSection(self._context.bridge)
        self.post = PostSection()
        self.elsewhere = ElsewhereSection(self._context.project)
        self._page = QWidget()
        self._page.setProperty("surface", "panel")
        self.viewport().setProperty("surface", "panel")
        parts = (self.codings, self.marks, self.definition, self.memo, self.quoting, self.links)
        self._page.setLayout(column(*parts, self.post, self.elsewhere, 0))
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Inspector"))
        self.setMinimumWidth(240)
        self._page.hide()

    def _connect(self) -> None:
        self.codings.chosen.connect(self.codingChosen)
        self.codings.wholeUnitRequested.connect(self.wholeUnitRequested)
        self.definition.fieldChanged.connect(self._edit)
        self.marks.polarityChosen.connect(self._set_polarity)
        self.marks.weightChosen.connect(self._set_weight)
        self.memo.memoChanged.connect(self._write_memo)
        self.memo.field.finished.connect(self.left)
        self.quoting.paraphraseChanged.connect(self._write_paraphrase)
        self.quoting.field.finished.connect(self.left)
        self.links.openRequested.connect(self.openRequested)
        self.links.failed.connect(self.failed)
        self.elsewhere.openRequested.connect(self.openRequested)
        self._context.bridge.changed.connect(self._follow)
        self._context.bridge.changed.connect(self.definition.reason.follow)
        self._context.theme.changed.connect(self._show)
        self._sight.changed.connect(self._renew)

    def look_at(
        self, codings: Sequence[Coding], current: str, unit: Unit | None, parent: Unit | None, *,
        selected: bool, units: Sequence[Unit] = (),
    ) -> None:  # fmt: skip
        """Show these codings, around the caret or in the selection, and the post they are in.

        `current` is the guid of the one that keys are about, empty without any. `units` are
        those of the whole source, in order.
        """
        self._codings, self._unit, self._parent_unit, self._units = codings, unit, parent, units
        self._post = unit is not None
        self._looked = True
        self._current = current
        coding = self._current_coding()
        self._code = coding.code if coding else self._code
        self._title = tr("Codings in the selection") if selected else tr("Codings at the caret")
        if unit is not None:
            self._title = tr("Codings in this post")
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

    def write_memo(self) -> None:
        """Put the caret into the memo of the current coding."""
        self._show()
        self.memo.field.setFocus()

    def commit(self) -> None:
        """Keep everything that is being written."""
        self.memo.commit()
        self.quoting.commit()
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
        fixed = self._fixed(coding) if coding else ""
        self.marks.show_coding(coding, fixed)
        self.memo.show_memo(coding if coding and (coding.memo or not fixed) else None, fixed)
        self.links.show_coding(coding, theme, editable=not project.read_only)
        self._show_quoting(coding)
        self.post.show_post(self._unit, self._parent_unit)
        self.elsewhere.show_code(code, coding, self._sight.counted)

    def _show_quoting(self, coding: Coding | None) -> None:
        project, unit = self._context.project, self._unit
        held = touched(self._units, coding.start, coding.end) if coding else [unit] if unit else []
        source = coding.source if coding else unit.source if unit else ""
        ruling = project.quoting.rules().of(
            source, [one.quote_rule for one in held], coding.quote_rule if coding else ""
        )
        mine = coding is not None and self._is_mine(coding)
        self.quoting.show_ruling(ruling, coding, unit, mine=mine, writing=not project.read_only)

    def _is_mine(self, coding: Coding) -> bool:
        return coding.coder == self._sight.coder.guid

    def _fixed(self, coding: Coding) -> str:
        """Why a coding cannot be changed here; empty when it can."""
        project = self._context.project
        if project.read_only:
            return tr("This project is open for reading only.")
        if self._is_mine(coding):
            return ""
        coder = project.coders.find(coding.coder).name
        return tr("This is {coder}’s coding. Nobody else can change it.", coder=coder)

    def _edit(self, code: str, field: str, text: str) -> None:
        project, why = self._context.project, self.definition.reason.text()
        self._try(reasoned, project, why, partial(project.codebook.edit, code, **{field: text}))

    def _write_memo(self, request: MemoRequest) -> None:
        self._try(self._context.project.codings.set_memo, request.coding, request.text)

    def _write_paraphrase(self, request: ParaphraseRequest) -> None:
        self._try(self._context.project.codings.set_paraphrase, request.coding, request.text)

    def _set_polarity(self, request: PolarityRequest) -> None:
        self._try(self._context.project.codings.set_polarity, request.coding, request.polarity)

    def _set_weight(self, request: WeightRequest) -> None:
        self._try(self._context.project.codings.set_weight, request.coding, request.weight)

    def _try(self, act: Callable[..., object], *arguments: object) -> None:
        self._context.bridge.take(act, *arguments, failed=self.failed.emit)

    def _renew(self) -> None:
        """Somebody else codes, or others are seen: nothing here may be changed as before."""
        self.elsewhere.forget()
        self._later.start()

    def _follow(self, change: Change) -> None:
        if change.touches("sources", "collections"):
            self._later.start()
        if change.touches("codes", "codings", "coding_links"):
            self.elsewhere.forget()
            self._later.start()
