"""Import preview: what files would bring, everything there is to decide, and one button."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from qualcoder_sm.errors import Cancelled
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.keys import key_files
from qualcoder_sm.importers.options import ImportOptions, ReadAs
from qualcoder_sm.importers.posts import guess_columns
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages import intake
from qualcoder_sm.ui.pages.decisions import matters
from qualcoder_sm.ui.pages.intake import Refused
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.column_plan import Authors, ColumnPlan
from qualcoder_sm.ui.pages.widgets.draft_list import DraftList
from qualcoder_sm.ui.pages.widgets.draft_view import DraftView
from qualcoder_sm.ui.pages.widgets.latest import Latest
from qualcoder_sm.ui.pages.widgets.layouts import Scrolled, stretched
from qualcoder_sm.ui.pages.widgets.matters import Matters
from qualcoder_sm.ui.pages.widgets.speakers import Speakers
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.reason import ReasonField, reasoned
from qualcoder_sm.ui.widgets import Banner, Elided, button, column, label, row, surface

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.model import Source
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.intake import Files, Intake

NEW, NONE, LAST_TIME, BY_HEADINGS = "new", "none", "last", "headings"
_BETWEEN_HEADERS = " | "
_NAMED = 3


class ImportPage(QWidget):
    """Columns or speakers at the left, decisions and the look at the right; written by the button."""

    finished = Signal(object)
    """The list of Sources that are in the project now."""
    cancelled = Signal()
    """The researcher went back; nothing was written."""
    openRequested = Signal(object)
    statusChanged = Signal(object)
    """A sentence for the status bar."""

    def __init__(
        self, context: Context, paths: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.paths = tuple(paths)
        self.plan, self.authors, self.speakers = ColumnPlan(), Authors(), Speakers()
        self.into, self.read_as = ChoiceBox(tr("Into")), ChoiceBox(tr("Read as"))
        self.column_plan = ChoiceBox(tr("Column plan"))
        self.matters = Matters()
        self.drafts, self.view = DraftList(context.theme), DraftView(context.theme)
        self.why = label("", "lead", wrap=True)
        self._preview = QStackedWidget()
        self.banner, self.reason = Banner(), ReasonField()
        self.cancel, self.go = button(tr("Cancel")), button(tr("Import"), primary=True)
        self._heading, self._about = label("", "strong"), Elided("", "muted")
        self._look, self._counted = label(tr("How it will look"), "head"), label("", "muted")
        self._files: Files | None = None
        self._intake: Intake | None = None
        self._options = ImportOptions()
        self._started = False
        self._loading, self._looking, self._taking = (Latest(context.tasks, self) for _ in range(3))
        self._build()
        self._connect()

    def _build(self) -> None:
        bar, foot = surface("window", "bottom"), surface("window", "top")
        boxes = row(self.read_as, 8, self.into, 8, self.column_plan)
        bar.setLayout(stretched(row(self._heading, 10, self._about, 12, boxes,
                                    margins=(20, 8, 20, 8)), 2))  # fmt: skip
        kept = label(tr("One step in the audit trail. It can be undone as a whole."))
        foot.setLayout(row(kept, 16, self.reason, 16, self.cancel, 10, self.go,
                           margins=(20, 12, 20, 12), stretch=2))  # fmt: skip
        split = Split(Qt.Orientation.Horizontal, "import", [450, 990])
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.begin()
        self.states = States(split, self.context.tasks)
        self.setLayout(stretched(column(bar, self.states, self.banner, foot), 1))
        self.go.setEnabled(False)
        for box in (self.read_as, self.into, self.column_plan):
            box.hide()

    def _left(self) -> QWidget:
        inside = surface("panel")
        inside.setLayout(column(self.plan, 14, self.speakers, 14, self.authors, 0,
                                margins=(20, 12, 14, 14)))  # fmt: skip
        area = Scrolled(inside, tr("What the files hold"))
        area.setMinimumWidth(340)
        for part in (self.plan, self.authors, self.speakers):
            part.hide()
        return area

    def _right(self) -> QWidget:
        right, head = surface("paper"), surface("paper", "bottom")
        head.setLayout(row(self._look, 10, self._counted, 0, margins=(20, 12, 20, 8)))
        self.look = Split(Qt.Orientation.Horizontal, "import look", [200, 600])
        self.look.addWidget(self.drafts)
        self.look.addWidget(self._previews())
        self.look.setStretchFactor(1, 1)
        self.look.begin()
        self.drafts.setMinimumWidth(110)
        self.look.setMinimumHeight(150)
        decisions = Scrolled(self.matters, tr("What there is to decide"))
        decisions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        right.setLayout(stretched(column(decisions, head, self.look), 2))
        return right

    def _previews(self) -> QWidget:
        """How a draft will look, or why a file brings none."""
        refusal = surface("paper")
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        refusal.setLayout(column(self.why, margins=(24, 20, 24, 20)))
        for part in (self.view, refusal):
            self._preview.addWidget(part)
        return self._preview

    def _connect(self) -> None:
        for changed in (self.plan.changed, self.authors.changed, self.speakers.changed):
            changed.connect(self._decide)
        self.into.chosen.connect(self._choose_collection)
        self.read_as.chosen.connect(self._decide)
        self.column_plan.chosen.connect(self._choose_plan)
        self.matters.decided.connect(self._decide_matter)
        self.drafts.selectionModel().currentChanged.connect(self._show_draft)
        self.cancel.clicked.connect(self.stop)
        self.go.clicked.connect(self._take)
        self._loading.ready.connect(self._loaded)
        self._loading.failed.connect(self._refuse_files)
        self._loading.slow.connect(self._wait_for_files)
        self._looking.ready.connect(self._show)
        self._looking.failed.connect(self._refuse)
        self._looking.slow.connect(self._wait_for_look)
        self._taking.ready.connect(self._finish)
        self._taking.failed.connect(self._refuse_import)
        self.states.cancelled.connect(self.stop)

    def activate(self) -> None:
        """Read the files, once."""
        self.setFocus()  # for Esc, before there is anything to look at
        if not self._started:
            self._started = True
            self._loading.ask(intake.load, self.paths, reports=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, and stops an import that runs."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def stop(self) -> None:
        """Go back, once an import that runs has stopped; nothing has been changed."""
        if self._taking.waiting:
            self._taking.stop()
            self.statusChanged.emit(tr("Stopping …"))
            return
        for latest in (self._loading, self._looking):
            latest.drop()
        self.statusChanged.emit(tr("Nothing has been changed."))
        self.cancelled.emit()

    def options(self) -> ImportOptions:
        """What is chosen."""
        into = self.into.value
        columns = self.plan.columns() if self._files and self._files.headers else {}
        return replace(
            self._options,
            kind=cast("ReadAs", self.read_as.value) if self._has_texts() else ReadAs.AUTO,
            collection=None if into == NONE else str(into),
            columns=columns,
            first_author=self.context.project.sources.next_author_number(),
            mask_names=self.authors.check.isChecked(),
            speakers=self.speakers.speakers(),
            interviewers=self.speakers.interviewers(),
            speaker_keys=self.speakers.speaker_keys(),
        )

    def _has_texts(self) -> bool:
        return bool(self._files and self._files.texts)

    def _loaded(self, files: Files) -> None:
        self._files = files
        self.into.show()
        self.read_as.setVisible(bool(files.texts))
        self.read_as.set_options(
            [Option(ReadAs.AUTO, tr("what each file looks like")),
             Option(ReadAs.TRANSCRIPT, tr("transcripts")), Option(ReadAs.TEXT, tr("plain texts")),
             Option(ReadAs.ARTICLE, tr("articles"))]
        )  # fmt: skip
        self._fill_collections()
        self._show_plan(files)
        self._write_head(files)
        self._decide()

    def _fill_collections(self, new: str = "") -> None:
        names = [one.name for one in self.context.project.collections.all()]
        if new and new not in names:
            names.append(new)
        tables = bool(self._files and self._files.tables)
        none = tr("as the file says") if tables else tr("no collection")
        self.into.set_options(
            [Option(NONE, none), *(Option(name, name) for name in names),
             Option(NEW, tr("New collection…"))]
        )  # fmt: skip

    def _show_plan(self, files: Files) -> None:
        headers, planned = files.headers, files.planned
        self.plan.setVisible(headers is not None)
        remembered = bool(headers and self._remembered(headers))
        self.column_plan.setVisible(remembered)
        self.column_plan.set_options([Option(LAST_TIME, tr("as last time")),
                                      Option(BY_HEADINGS, tr("by the headings"))])  # fmt: skip
        if headers and planned:
            columns = self._remembered(headers) or guess_columns(headers)
            self.plan.show_table(planned.preview, columns)

    def _remembered(self, headers: tuple[str, ...]) -> dict[str, str]:
        plans = self.context.preferences.settings.column_plans
        return dict(plans.get(_BETWEEN_HEADERS.join(headers), {}))

    def _write_head(self, files: Files) -> None:
        both = files.texts and files.tables
        self._heading.setText(
            tr("Import texts and posts") if both
            else tr("Import posts") if files.tables else tr("Import texts")
        )  # fmt: skip
        self._about.setText(_about(files))

    def _decide(self) -> None:
        """Look through the files again with what is chosen now."""
        if self._files is None:
            return
        self._allow(going=False)
        self._looking.ask(intake.intake, self._files, self.options(), reports=True)

    def _decide_matter(self, key: str, value: object) -> None:
        self._options = replace(self._options, **{key: value})  # type: ignore[arg-type]  # by its box
        self._decide()

    def _choose_plan(self, value: object) -> None:
        headers = self._files.headers if self._files else None
        if headers:
            known = self._remembered(headers) if value == LAST_TIME else guess_columns(headers)
            self.plan.set_columns(known)
            self._decide()

    def _choose_collection(self, value: object) -> None:
        if value == NEW:
            name = messages.ask_text(self, tr("New collection"), tr("Name of the collection"), "",
                                     tr("Use this name"))  # fmt: skip
            self._fill_collections(name or "")
            self.into.set_value(name or NONE)
        self._decide()

    def _wait_for_files(self) -> None:
        self.states.show_loading(tr("Reading the files …"))

    def _wait_for_look(self) -> None:
        if self._intake is None:
            self.states.show_loading(tr("Looking through the files …"))

    def _show(self, found: Intake) -> None:
        self._intake = found
        self.banner.hide()
        self.states.show_content()
        options = self.options()
        chosen = {
            key: getattr(options, key) for key in ("duplicates", "orphans", "removed", "zone")
        }
        self.matters.show_matters(matters(found, options), chosen)
        self.speakers.show_speakers(found.speakers)
        self._show_authors(found, options)
        self.drafts.show_rows((*found.bundle.sources, *found.refused))
        self._counted.setText(_counted(found))
        some = bool(found.bundle.sources)
        self.go.setText(tr("Import {what}", what=_what(found)) if some else tr("Import"))
        self._allow(going=some)
        self.statusChanged.emit(
            tr("Reading finished: {what}. Nothing has been changed yet.", what=_what(found)) if some
            else tr("There is nothing to import in these files.")
        )  # fmt: skip
        if not self.isAncestorOf(self.window().focusWidget() or self):
            self.drafts.setFocus()

    def _show_authors(self, found: Intake, options: ImportOptions) -> None:
        keys = sorted(found.bundle.authors.values())
        files = [path.name for path in key_files(found.bundle, options)]
        more = ntr("and {n} more", "and {n} more", len(files) - _NAMED) if files[_NAMED:] else ""
        told = ", ".join(filter(None, (*files[:_NAMED], more)))
        self.authors.show_authors(len(keys), keys[-1] if keys else "", told)

    def _show_draft(self, index: QModelIndex) -> None:
        shown = self.drafts.at(index.row()) if index.isValid() else None
        refused = isinstance(shown, Refused)
        self.why.setText(shown.why if refused else "")
        self.view.units.show_draft(None if refused else shown)
        self._preview.setCurrentIndex(int(refused))

    def _allow(self, *, going: bool) -> None:
        read_only = self.context.project.read_only
        self.go.setEnabled(going and not read_only)
        self.go.setToolTip(tr("The project is open for reading only.") if read_only else "")

    def _refuse_files(self, error: QualCoderError) -> None:
        self.states.show_empty(str(error), tr("Nothing has been changed."))

    def _refuse(self, error: QualCoderError) -> None:
        self.states.show_content()
        self.banner.show_sentence(str(error))
        self._allow(going=False)

    def _refuse_import(self, error: QualCoderError) -> None:
        if isinstance(error, Cancelled):
            self.stop()
        else:
            self._refuse(error)

    def _take(self) -> None:
        if self._intake is None:
            return
        self._allow(going=False)
        self.statusChanged.emit(tr("Importing {what} …", what=_what(self._intake)))
        project, bundle, options = self.context.project, self._intake.bundle, self.options()
        self._taking.ask(reasoned, project, self.reason.text(), intake.take, project, bundle,
                         options, reports=True, work=tr("The import"))  # fmt: skip

    def _finish(self, sources: list[Source]) -> None:
        self._remember_plan()
        self.finished.emit(sources)

    def _remember_plan(self) -> None:
        headers = self._files.headers if self._files else None
        if headers:
            preferences = self.context.preferences
            plan = {field: header for field, header in self.plan.columns().items() if header}
            plans = {**preferences.settings.column_plans, _BETWEEN_HEADERS.join(headers): plan}
            preferences.set(replace(preferences.settings, column_plans=plans))


def _about(files: Files) -> str:
    names = [file.path.name for file in (*files.texts, *files.tables, *files.refused)]
    shown = ", ".join(names) if len(names) < 4 else ntr("{n} file", "{n} files", len(names))
    if len(names) > 1 or not files.tables:
        return shown
    table = files.tables[0].table
    delimiters = {",": tr("comma"), ";": tr("semicolon"), "\t": tr("tab"), "|": tr("bar")}
    parts = (
        shown,
        ntr("{n} row", "{n} rows", len(table.rows)),
        table.encoding.upper(),
        delimiters.get(table.delimiter, ""),
    )
    return ", ".join(part for part in parts if part)


def _what(found: Intake) -> str:
    parts = (
        ntr("{n} text", "{n} texts", found.texts) if found.texts else "",
        ntr("{n} post", "{n} posts", found.posts) if found.posts else "",
    )
    return tr(" and ").join(part for part in parts if part)


def _counted(found: Intake) -> str:
    parts = (
        ntr("{n} text", "{n} texts", found.texts) if found.texts else "",
        ntr("{n} thread", "{n} threads", found.threads) if found.threads else "",
        ntr("{n} post", "{n} posts", found.posts) if found.posts else "",
    )
    return ", ".join(part for part in parts if part)
