"""Lists whose rows come later bring all of them, and count them right, just below and above a page."""

from pathlib import Path

import pytest
from builders import add_text, code_named, new_project
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from qualcoder_sm.bundle import SourceDraft, UnitDraft
from qualcoder_sm.model import QuoteRule, SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages import trail
from qualcoder_sm.ui.pages.matrix import MatrixPage
from qualcoder_sm.ui.pages.memos import MemosPage
from qualcoder_sm.ui.pages.passages import Excerpt, Passage
from qualcoder_sm.ui.pages.trail import Trail, Wanted
from qualcoder_sm.ui.pages.widgets.draft_view import DraftModel
from qualcoder_sm.ui.pages.widgets.passage_list import PassageList, PassagesModel
from qualcoder_sm.ui.pages.widgets.trail_view import TrailModel
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.find_model import Chunk, FindModel, Row
from qualcoder_sm.ui.panels.retrieval import listed, retrieved
from qualcoder_sm.ui.panels.segments_model import GUID, SegmentsModel
from qualcoder_sm.ui.sight import Sight

SIZES = (0, 1, 99, 100, 101, 200, 201, 250)
PASSAGES = tuple(
    Passage("s", n, n + 1, f"T, post {n}", "", "", QuoteRule.UNSET, Excerpt(f"Words {n}", ()),
            (f"c{n}",)) for n in range(max(SIZES))
)  # fmt: skip


def all_rows(model: QAbstractItemModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    """Every row, once the model has handed out all there are."""
    while model.canFetchMore(QModelIndex()):
        before = model.rowCount()
        model.fetchMore(QModelIndex())
        assert model.rowCount() > before
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


@pytest.mark.parametrize("many", SIZES)
def test_every_passage_arrives(many):
    model = PassagesModel()
    model.show_passages(PASSAGES[:many], {})
    assert model.rowCount() == min(100, many)
    assert all_rows(model) == [f"T, post {n}: Words {n}" for n in range(many)]
    assert model.guids() == tuple(f"c{n}" for n in range(many))


@pytest.mark.parametrize("many", [100, 101, 250])
def test_scrolling_to_the_end_shows_the_last_passage(qtbot, context_of, tmp_path, many):
    view = PassageList(context_of(new_project(tmp_path)).theme)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.passages.show_passages(PASSAGES[:many], {})
    view.show()

    def at_the_end() -> bool:
        view.scrollToBottom()
        return view.visualRect(view.passages.index(many - 1)).intersects(view.viewport().rect())

    qtbot.waitUntil(at_the_end)


@pytest.mark.parametrize("many", SIZES)
def test_every_unit_of_a_draft_arrives(many):
    units = tuple(UnitDraft(n, n + 1, UnitKind.PARAGRAPH) for n in range(many))
    text = "".join(chr(0x4E00 + n) for n in range(many))
    model = DraftModel()
    model.show_draft(SourceDraft("P01", SourceKind.TEXT, text, units))
    assert all_rows(model) == list(text)


@pytest.fixture(scope="module")
def long_study(tmp_path_factory) -> Path:
    """260 codings in one text, a step each for some of them."""
    project = new_project(tmp_path_factory.mktemp("study"))
    source = add_text(project, "P01", "[SYNTHETIC] " + "word " * 300)
    code, coder = code_named(project, "Word").guid, project.coder.guid
    drafts = [CodingDraft(code, source.guid, coder, 12 + 5 * n, 16 + 5 * n) for n in range(260)]
    project.codings.apply_all(drafts[:50])
    for draft in drafts[50:]:
        project.codings.apply(draft.code, draft.source, draft.start, draft.end)
    project.close()
    return project.path


@pytest.fixture
def project(long_study) -> Project:
    opened = Project.open(long_study, read_only=True)
    yield opened
    opened.close()


def test_every_step_of_the_trail_has_its_own_sentence(project):
    every = trail.load(project, Trail(), lambda *step: True)
    for many in (0, 1, 99, 100, 101, 200):
        model = TrailModel(project)
        last = frozenset(range(every.last - many + 1, every.last + 1))
        wanted = Wanted(frozenset(every.coders), frozenset(every.by_subject()), seqs=last)
        model.show_steps(trail.filtered(every, wanted))
        records = [model.record(row) for row in range(model.rowCount())]
        assert [one.seq for one in records if one] == sorted(last, reverse=True)
        assert model.shown.steps == many
        days = [row for row in range(model.rowCount()) if not model.seq(row)]
        assert sum(int(model.shown.count[row]) for row in days) == many


@pytest.mark.parametrize("many", SIZES)
def test_every_coded_passage_arrives_and_is_counted(project, many):
    excerpts = Excerpts(project)
    model = SegmentsModel(excerpts)
    answer = retrieved(project, Filter(), excerpts.order())
    kept = answer.codings[:many]
    model.show(listed(kept, excerpts.order()))
    assert all_rows(model, GUID) == [coding.guid for coding in kept]
    model.follow(retrieved(project, Filter(), excerpts.order(), kept))
    assert all_rows(model, GUID) == [coding.guid for coding in answer.codings]


@pytest.mark.parametrize("many", [0, 100, 101, 250, 2000, 2001, 4100])
def test_every_hit_arrives_and_is_counted(project, many):
    [source] = project.sources.all()
    rows = [Row(source.guid, n, n + 1) for n in range(many)]
    model = FindModel(Excerpts(project))
    if many:
        head = Row(source.guid, -1, -1)
        spans = {source.guid: [(row.start, row.end) for row in rows]}
        model.add(Chunk([head, *rows], spans, over=True))
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [model.at(row) for row in range(model.rowCount())][1:] == rows
    assert model.hits == many


def test_the_pane_behind_a_cell_counts_all_its_passages(qtbot, context_of, tmp_path):
    project = new_project(tmp_path)
    text = "\n".join(f"[SYNTHETIC] Line {n}." for n in range(250))
    source = add_text(project, "P01", text)
    code = code_named(project, "Line").guid
    units = project.sources.units(source.guid)
    project.codings.apply_all(
        [CodingDraft(code, source.guid, project.coder.guid, u.start, u.end) for u in units])  # fmt: skip
    page = MatrixPage(context_of(project))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    page.table.setCurrentIndex(page.model.index(0, 0))
    passages = page.drill.list.passages
    qtbot.waitUntil(lambda: passages.rowCount() > 0)
    assert page.drill.counts.text() == "250 paragraphs, 250 codings"
    assert len(all_rows(passages)) == 250
    table = page.shown_table()(project)
    assert table.rows[0][1:] == (250, 250)
    page.copy_passages()
    qtbot.waitUntil(lambda: "250 rows" in page.written.sentence())


@pytest.mark.parametrize("many", [0, 100, 101, 250])
def test_every_memo_is_listed_and_counted(qtbot, context_of, tmp_path, many):
    project = new_project(tmp_path)
    with project.change("codebook.import", name="One step", codes=0):
        for n in range(many):
            project.notes.add(
                f"Memo {n}", "[SYNTHETIC] I think.", "analytic" if n % 2 else "method"
            )
    page = MemosPage(context_of(project), Sight(project))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert page.list.model().rowCount() == many
    if many:
        assert page.count.text() == f"{many} memos"
        page.filter.kind.setCurrentIndex(page.filter.kind.findData("method"))
        page.filter.kind.activated.emit(page.filter.kind.currentIndex())
        methods = (many + 1) // 2
        assert page.count.text() == f"{methods} of {many} memos"
        assert len(page.shown_table()(project).rows) == methods
