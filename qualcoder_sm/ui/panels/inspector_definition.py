"""The inspector's definition of the current code, to read and to edit in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code
from qualcoder_sm.ui.panels.code_menu import chip
from qualcoder_sm.ui.panels.inspector_parts import Field
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import Section, column, label, tool

FIELDS = (
    ("brief_definition", "In brief"),
    ("definition", "Definition"),
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("example", "Example"),
)


class DefinitionSection(Section):
    """Brief, definition, include, exclude and example; the pencil opens the fields."""

    fieldChanged = Signal(object, object, object)
    """Guid of the code, name of the field, its new text."""

    def __init__(self) -> None:
        super().__init__("")
        self._code: Code | None = None
        self._chip = QLabel()
        self._texts: dict[str, tuple[QLabel, QLabel]] = {}
        self._fields: dict[str, Field] = {}
        self.reason = ReasonField()
        self.reason.left.connect(self.commit)
        self.pencil = tool("pencil-simple", tr("Edit the definition"))
        self.pencil.setCheckable(True)
        self.pencil.toggled.connect(self._switch)
        self.head.insertWidget(0, self._chip)
        self.head.insertSpacing(1, 8)
        self.head.addWidget(self.pencil)
        self._reading, self._editing = self._build_reading(), QWidget()
        self._editing.setLayout(self._build_fields())
        self._editing.hide()
        self.content.addWidget(self._reading)
        self.content.addWidget(self._editing)

    def show_code(self, code: Code | None, theme: Theme) -> None:
        """Show the definition of a code; None shows nothing."""
        self.setVisible(code is not None)
        if code is None:
            return
        if self._code is not None and self._code.guid != code.guid:
            self.commit()
        self._code = code
        self._chip.setPixmap(chip(theme, code.color, 12))
        self.set_title(code.name)
        for name, _caption in FIELDS:
            self._show_field(name, getattr(code, name))
        if not any(getattr(code, name) for name, _caption in FIELDS):
            self._show_text("brief_definition", tr("Nothing is written about this code yet."))

    def edit(self) -> None:
        """Open the fields and put the caret into the first."""
        self.pencil.setChecked(True)
        self._fields["brief_definition"].setFocus()

    def commit(self) -> None:
        """Tell of what was written and not yet told."""
        for field in self._fields.values():
            field.commit()

    def set_editable(self, editable: bool) -> None:
        """Whether the fields may be opened."""
        self.pencil.setVisible(editable)

    def _build_reading(self) -> QWidget:
        reading = QWidget()
        parts: list[QWidget | int] = []
        for name, caption in FIELDS:
            head = label(tr(caption) if name != "brief_definition" else "", "small")
            body = label("", "quote" if name == "example" else "", wrap=True)
            self._texts[name] = (head, body)
            parts += [head, body, 6]
        reading.setLayout(column(*parts))
        return reading

    def _build_fields(self) -> QVBoxLayout:
        parts: list[QWidget | int] = []
        for name, caption in FIELDS:
            field = Field(tr(caption), "quote" if name == "example" else "")
            field.setObjectName(name)
            field.committed.connect(self._tell)
            field.waits_for = self.reason.line
            self._fields[name] = field
            parts += [label(tr(caption), "small"), field, 6]
        return column(*parts, self.reason)

    def _show_field(self, name: str, text: str) -> None:
        self._fields[name].give(text)
        self._show_text(name, text)

    def _show_text(self, name: str, text: str) -> None:
        head, body = self._texts[name]
        body.setText(text)
        body.setVisible(bool(text))
        head.setVisible(bool(text) and bool(head.text()))

    def _switch(self, editing: bool) -> None:
        self.commit()
        self._editing.setVisible(editing)
        self._reading.setVisible(not editing)

    def _tell(self) -> None:
        field = self.sender()
        if self._code is not None and isinstance(field, Field):
            self.fieldChanged.emit(self._code.guid, field.objectName(), field.text())
