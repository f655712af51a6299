"""Compare coders: how far they agree, code by code, and where they differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.filters import EVERYTHING, Filter, coders_of
from qualcoder_sm.reports.counted import finished
from qualcoder_sm.reports.options import Counted, Options
from qualcoder_sm.ui.pages import comparing
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.widgets.agreement_table import AgreementModel, AgreementTable
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.choice_bar import ChoiceBar
from qualcoder_sm.ui.pages.widgets.disagreement import DisagreementView
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import Scrolled, stretched
from qualcoder_sm.ui.pages.widgets.options import (
    code_options,
    coder_options,
    guids,
    source_options,
    unit_options,
    words_options,
)
from qualcoder_sm.ui.pages.widgets.row_menu import Act, RowMenu
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.table_model import coefficient
from qualcoder_sm.ui.widgets import column, label, link, row, surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.analysis.disagreements import Disagreement
    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.project.filters import Words
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.comparing import Compared, Differences, Differing
    from qualcoder_sm.ui.pages.widgets.writing import Recipe

_USED, _ALL = "used", "all"
_LEAST_TABLE, _LEAST_BELOW = 184, 220


class ComparePage(TablePage):
    """Choices, the headline number, the table of codes, and the disagreements of one code."""

    shows = ("codings", "codes", "sources", "units", "people", "coders", "progress")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.coders = ChoiceBox(tr("Coders"), _n_coders)
        self.sources = ChoiceBox(tr("Sources"), _n_sources)
        self.codes = ChoiceBox(tr("Codes"), _n_codes)
        self.unit = ChoiceBox(tr("Unit"))
        self.words = ChoiceBox(tr("Words"))
        self.roll_up = CheckRow(tr("with sub-codes"))
        self.model = AgreementModel(self)
        self.table = AgreementTable(context.theme, self.model)
        self.disagreements = DisagreementView(context.theme)
        self.headline = Headline(context)
        self._compared: Compared | None = None
        self._differences: Differences | None = None
        self._about = ""
        self._title = ""
        self._remarks = ""
        self._comparing = self._latest(self._show, self._refuse)
        self._differing = self._latest(self._take_differences, self._refuse)
        self._reading = self._latest(self._show_disagreements, self._refuse)
        self._build()
        self._connect()

    def _latest(self, ready: object, failed: object) -> Latest:
        made = Latest(self.context.tasks, self)
        made.ready.connect(ready)
        made.failed.connect(failed)
        return made

    def _build(self) -> None:
        bar = surface("window", "bottom")
        self.words.hide()
        boxes = (self.coders, self.sources, self.codes, self.unit, self.words, self.roll_up)
        bar.setLayout(ChoiceBar(boxes, (self.copy, self.export)))
        above = surface("paper")
        table = row(self.table, margins=(10, 0, 10, 0))
        above.setLayout(stretched(column(self.headline, table), 1))
        self.split = Split(Qt.Orientation.Vertical, "compare", [430, 400])
        self.split.addWidget(above)
        self.split.addWidget(self.disagreements)
        self.split.begin()
        self.table.setMinimumHeight(_LEAST_TABLE)
        self.disagreements.setMinimumHeight(_LEAST_BELOW)
        self.states = States(
            Scrolled(self.split, tr("How far the coders agree")), self.context.tasks
        )
        self.setLayout(stretched(column(bar, self.states, self.written), 1))

    def _connect(self) -> None:
        self.coders.chosen.connect(self.renew)
        self.roll_up.toggled.connect(self.renew)
        for box in (self.sources, self.codes, self.unit, self.words):
            box.chosen.connect(self._compare)
        self.table.codeChosen.connect(self._choose_code)
        self.headline.bothRequested.clicked.connect(self._choose_both)
        self.headline.confusionRequested.clicked.connect(self.show_confusions)
        self.disagreements.openRequested.connect(self.openRequested)
        self._comparing.slow.connect(self._wait)
        self.states.cancelled.connect(self._stop)
        below = self.disagreements
        RowMenu(self.table, (
            Act(tr("Read the disagreements"), below.list.setFocus, below.has_current), *self.acts(),
        ))  # fmt: skip
        RowMenu(below.list, (
            Act(tr("Open in Read && code") + "\tEnter", below.open_current, below.has_current),
        ))  # fmt: skip

    def renew(self) -> None:
        """Compare again, with what there is to choose from now."""
        self._fill_choices()
        self._compare()

    def show_confusions(self) -> None:
        """Show the places where the two codes confused most often meet."""
        if self._compared and self._differences and self._differences.confusion:
            self.table.clearSelection()
            one, other = self._pair()
            found = self._differences.of_confusion()
            title = tr("{one} and {other}: {n}", one=one, other=other, n=_n_places(len(found)))
            self._read(title, "", found)

    def _fill_choices(self) -> None:
        self._fill_coders()
        self.sources.set_options(self._rules(), source_options(self.project))
        self.codes.set_options(
            [Option(_USED, tr("all used")), Option(_ALL, tr("all"))],
            code_options(self.project, themes=self.roll_up.isChecked()),
        )
        self.unit.set_options(unit_options())
        self.words.set_options(words_options())

    def _fill_coders(self) -> None:
        """Begin with the coders of the report, and stay with them while nobody is left out."""
        nobody_left_out = len(self._chosen_coders()) == len(self.coders.options())
        self.coders.set_options((), coder_options(self.project))
        if nobody_left_out or not self.coders.value:
            everybody = coders_of(self.project, EVERYTHING)
            self.coders.set_value(tuple(coder.guid for coder in everybody))

    def _rules(self) -> list[Option]:
        """Which sources count by a rule, the one of the report first."""
        chosen = self._chosen_coders()
        every = [source.guid for source in self.project.sources.all()]
        done = len(finished(self.project, every, chosen))
        if len(chosen) == 2:
            first = tr("finished by both ({n})", n=done) if done else tr("all, none is finished")
            both = tr("coded by both")
        else:
            first = tr("finished by all of them ({n})", n=done) if done else tr(
                "all, none is finished")  # fmt: skip
            both = tr("coded by all of them")
        return [Option(None, first), Option(Counted.BOTH, both), Option(Counted.ALL, tr("all"))]

    def _chosen_coders(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.coders.value or ())

    def options(self) -> Options:
        """What the boxes say, as options of the report."""
        sources = self.sources.value
        words = cast("Words", self.words.value)
        return Options(
            Filter(self._chosen_coders(), guids(self.codes), guids(self.sources), words=words),
            level=cast("Level", self.unit.value),
            counted=sources if isinstance(sources, Counted) else None,
            roll_up=self.roll_up.isChecked(),
            used_only=self.codes.value == _USED,
        )

    def _choose_both(self) -> None:
        self.sources.choose(Counted.BOTH)

    def _compare(self) -> None:
        self._drop()
        if len(self._chosen_coders()) < 2:
            self._show_one_coder()
        elif not self.project.coders.codings():
            how = tr("Agreement is counted on codings. Code in Read & code first.")
            self._show_nothing(tr("Nothing is coded yet."), how)
        else:
            self._comparing.ask(on_copy, self.project.path, comparing.compared, self.options())

    def _drop(self) -> None:
        for latest in (self._comparing, self._differing, self._reading):
            latest.drop()

    def _wait(self) -> None:
        self.states.show_loading(tr("Comparing the coders …"))

    def _stop(self) -> None:
        self._drop()
        self._show_nothing(tr("Stopped. Nothing has been changed."), "")

    def _show_one_coder(self) -> None:
        if len(self.project.coders.all()) < 2:
            how = tr("Add one with the coder's name at the left of the status bar, let both code the "
                     "same sources, and come back.")  # fmt: skip
        else:
            how = tr("Choose a second one in the list of coders above.")
        self._show_nothing(tr("Agreement needs a second coder."), how)

    def _show_nothing(self, sentence: str, how: str) -> None:
        self._compared = None
        self.allow(table=False)
        self.states.show_empty(sentence, how)
        self.say("")

    def _refuse(self, error: QualCoderError) -> None:
        self._show_nothing(str(error), "")

    def _show(self, compared: Compared) -> None:
        self._compared, self._differences = compared, None
        comparison = compared.comparison
        self.words.setVisible(compared.tells_roles)
        self.states.show_content()
        self.allow(table=True)
        self.headline.show_comparison(compared)
        self.model.show_codes(compared.codes, comparison.names)
        two = len(comparison.names) == 2
        self.disagreements.setVisible(two)
        if two:
            self._differing.ask(comparing.differences, comparison)
        self.say(
            tr("Comparing {names}. Their codings stay as they are.",
               names=tr(" and ").join(comparison.names))
        )  # fmt: skip

    def _take_differences(self, found: Differences) -> None:
        self._differences = found
        if found.confusion:
            self.headline.show_confusion(*self._pair(), found.confusion.times)
        rows = [self.model.code(row_).guid for row_ in range(self.model.rowCount())]
        if rows:
            self.table.selectRow(rows.index(self._about) if self._about in rows else 0)

    def _pair(self) -> tuple[str, str]:
        if not (self._compared and self._differences and self._differences.confusion):
            return "", ""
        codes, pair = self._compared.comparison.material.codes, self._differences.confusion
        return codes[pair.one].name, codes[pair.other].name

    def _choose_code(self, chosen: int) -> None:
        if not (self._differences and self._compared):
            return
        result, code = self.model.result(chosen), self.model.code(chosen)
        self._about = code.guid
        index = self._compared.comparison.material.codes.index(code)
        found = self._differences.of_code(index)
        title = tr("{code}: {n}", code=code.name, n=comparing.differing(self._compared, result))
        if self._compared.options.level is Level.CHARACTER:
            title = tr("{title} in {n}", title=title, n=_n_passages(len(found)))
        self._read(title, " ".join(result.remarks), found)

    def _read(self, title: str, remarks: str, found: Sequence[Disagreement]) -> None:
        if self._compared is None:
            return
        self._title, self._remarks = title, remarks
        self._reading.ask(on_copy, self.project.path, comparing.read, self._compared, found)

    def _show_disagreements(self, found: Sequence[Differing]) -> None:
        if self._compared is None:
            return
        codes = {code.guid: code for code in self.project.codebook.codes()}
        self.disagreements.show_differences(self._title, self._remarks, found, codes)

    @property
    def main(self) -> QWidget:
        """The table of codes."""
        return self.table

    def shown_options(self) -> tuple[str, Options] | None:
        """The report that the table is part of, and what was chosen for it."""
        return ("agreement", self._compared.options) if self._compared else None

    @property
    def table_name(self) -> str:
        """What the table is called."""
        return tr("agreement")

    def shown_table(self) -> Recipe | None:
        """The rows in their order, with what the headline says."""
        if self._compared is None:
            return None
        codes = [self.model.code(row_).guid for row_ in range(self.model.rowCount())]
        return partial(comparing.table, self._compared, tuple(codes))


class Headline(QWidget):
    """The pooled alpha with its interval, what it means, and the pair of codes confused most."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = context.theme
        self.number, self.interval = QLabel(), QLabel()
        self.reference, self.meaning = label("", "muted"), QLabel()
        self.counted = label("", "muted", wrap=True)
        self.bothRequested = link(tr("Only sources coded by both"))
        self.confused, self.confusionRequested = QLabel(), link(tr("See where"))
        self.meaning.setWordWrap(True)
        self.meaning.setMinimumWidth(240)
        self.meaning.setMaximumWidth(620)
        self.confused.setWordWrap(True)
        self.confused.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        first = row(self.number, 14, self.interval, 0)
        left = column(first, 2, self.reference, 0)
        rule = surface("window", "right")
        rule.setFixedWidth(1)
        right = column(self.confused, row(0, self.confusionRequested), 0)
        line = row(left, 32, rule, 24, self.meaning, 24, right)
        line.setStretch(4, 3)
        line.setStretch(6, 2)
        below = stretched(row(self.counted, 16, self.bothRequested), 0)
        self.setLayout(column(line, 6, below, margins=(20, 12, 20, 8)))
        context.theme.changed.connect(self._dress)
        self._dress()

    def show_comparison(self, compared: Compared) -> None:
        """Show the pooled figures; the confusions come later."""
        comparison = compared.comparison
        result, alpha = comparison.result, comparison.result.pooled.alpha
        self.number.setText(tr("α = {value}", value=coefficient(alpha.value)))
        self.interval.setText(
            tr("95 % interval {low} to {high}", low=coefficient(alpha.interval.low),
               high=coefficient(alpha.interval.high)) if alpha.interval else ""
        )  # fmt: skip
        self.reference.setText(
            ntr("Krippendorff’s alpha (2011), counts of {n} code",
                "Krippendorff’s alpha (2011), counts of {n} codes pooled", len(result.codes))
        )  # fmt: skip
        self.meaning.setText(" ".join(comparing.meaning(compared)))
        self.counted.setText(" ".join(comparing.counted(compared)))
        self.bothRequested.setText(
            tr("Only sources coded by both") if len(comparison.names) == 2
            else tr("Only sources coded by all of them")
        )  # fmt: skip
        choosing = comparison.choosing
        self.bothRequested.setVisible(
            bool(choosing.touched_by_one) and choosing.rule is not Counted.BOTH
        )
        self.confused.setText("")
        self.confusionRequested.hide()

    def show_confusion(self, one: str, other: str, times: int) -> None:
        """Show which two codes are confused most often."""
        self.confused.setText(
            ntr("{first} and {second} confused once", "{first} and {second} confused {n} times",
                times, first=one, second=other)
        )  # fmt: skip
        self.confusionRequested.show()

    def _dress(self) -> None:
        theme = self._theme.theme
        self.number.setFont(theme.font(28, bold=True))
        self.interval.setFont(theme.font(17))
        for part in (self.interval, self.meaning):
            palette = part.palette()
            palette.setColor(part.foregroundRole(), theme.color.secondary)
            part.setPalette(palette)


def _n_coders(n: int) -> str:
    return ntr("{n} coder", "{n} coders", n)


def _n_sources(n: int) -> str:
    return ntr("{n} source", "{n} sources", n)


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)


def _n_passages(n: int) -> str:
    return ntr("{n} passage", "{n} passages", n)


def _n_places(n: int) -> str:
    return ntr("{n} place", "{n} places", n)
