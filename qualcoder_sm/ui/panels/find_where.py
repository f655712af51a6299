"""Where to look: in text coded with a code, said by somebody, in some of the sources."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.search import SearchQuery, Within
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.options import code_options
from qualcoder_sm.ui.panels.flow import Flow
from qualcoder_sm.ui.panels.segments_sentence import ANY, Parts, part_options
from qualcoder_sm.ui.sight import Sight


class FindWhere(QWidget):
    """A row of boxes that reads like a sentence."""

    changed = Signal()
    """The researcher chose otherwise."""

    def __init__(self, project: Project, sight: Sight) -> None:
        super().__init__()
        self._project, self._sight = project, sight
        self.where = ChoiceBox(tr("in"), _n_parts)
        self.codes = ChoiceBox(tr("coded with"), _n_codes)
        self.speakers = ChoiceBox(tr("said by"), _n_people)
        self.within = ChoiceBox(tr("words together"))
        self.setAccessibleName(tr("Where to look"))
        self._boxes = (self.where, self.codes, self.speakers, self.within)
        for box in self._boxes:
            box.chosen.connect(self.changed)
        self.setLayout(Flow(*self._boxes))
        self.within.set_options(
            [Option(Within.UNIT, tr("in one turn or post")),
             Option(Within.SOURCE, tr("in one source"))]
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        """Offer what there is now."""
        project = self._project
        self.where.set_options([Option(ANY, tr("all sources"))], part_options(project))
        self.codes.set_options(
            [Option(ANY, tr("anything, or nothing"))], code_options(project)
        )  # fmt: skip
        people = [Option(one.key, one.key) for one in project.people.all()]
        self.speakers.set_options([Option(ANY, tr("anybody"))], people)

    def query(self, words: str, *, regex: bool) -> SearchQuery:
        """These words, looked for where the boxes say."""
        parts = Parts.of(self.where.value)
        return SearchQuery(
            words,
            regex=regex,
            within=Within(str(self.within.value)),
            codes=_chosen(self.codes),
            coders=(self._sight.counted,) if self._sight.counted else (),
            speakers=_chosen(self.speakers),
            sources=parts.sources,
            collections=parts.collections,
            cases=parts.cases,
            attributes=parts.attributes,
        )

    def told(self) -> str:
        """What narrows the search, when something does."""
        narrowed = any(isinstance(box.value, tuple) for box in self._boxes)
        return tr("Only a part of the material was searched.") if narrowed else ""


def _chosen(box: ChoiceBox) -> tuple[str, ...]:
    return box.value if isinstance(box.value, tuple) else ()


def _n_parts(n: int) -> str:
    return ntr("{n} part of the material", "{n} parts of the material", n)


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)


def _n_people(n: int) -> str:
    return ntr("{n} person", "{n} people", n)
