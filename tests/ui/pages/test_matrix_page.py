from pathlib import Path

import openpyxl
import pytest
from builders import add_coded, code_named, new_project, paragraphs, speakers
from PySide6.QtCore import Qt

from qualcoder_sm.bundle import Bundle, SourceDraft
from qualcoder_sm.model import SourceKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.matrix import MatrixPage
from qualcoder_sm.ui.pages.widgets.heat_model import HEAT, Shown
from qualcoder_sm.ui.requests import Place

FIRST = (
    "[SYNTHETIC] We [shared a list]{Giving back} here.\n"
    "And [they gave it back]{Giving back}, [twice]{Giving back}.\n"
    "It was [hard]{Equality}."
)
SECOND = "[SYNTHETIC] Nobody [asked us]{Equality}.\nNothing more to say."


def study(folder: Path) -> Project:
    """Reciprocity > Giving back, and Equality; two sources, a case for each."""
    project = new_project(folder)
    above = project.codebook.add("Reciprocity")
    project.codebook.add("Giving back", parent=above.guid)
    project.codebook.add("Equality")
    for name, marked in (("S01 Blether", FIRST), ("S02 Owls", SECOND)):
        source = add_coded(project, name, marked)
        project.cases.add(name, "Online space", (source.guid,))
    return project


@pytest.fixture
def page(qtbot, tmp_path, context_of) -> MatrixPage:
    made = MatrixPage(context_of(study(tmp_path)))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0)
    return made


def rows(page: MatrixPage) -> dict[str, list[str]]:
    model = page.model
    return {
        model.headerData(row, Qt.Orientation.Vertical): [
            model.index(row, column).data() for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def choose(qtbot, page: MatrixPage, **chosen: object) -> None:
    for name, value in chosen.items():
        with qtbot.waitSignal(page.model.modelReset):
            getattr(page, name).choose(value)


def test_cells_count_paragraphs_with_sub_codes_totals_and_base_sizes(page):
    assert rows(page) == {
        "Reciprocity": ["2", "0", "2"],
        "Giving back": ["2", "0", "2"],
        "Equality": ["1", "1", "2"],
        "Turns and posts with at least one": ["3", "1", ""],
        "Turns and posts in all": ["3", "2", "5"],
    }


def test_codings_are_counted_each(qtbot, page):
    choose(qtbot, page, count=Cells.CODINGS)
    assert rows(page)["Giving back"] == ["3", "0", "3"]
    assert rows(page)["Codings in all"] == ["4", "1", ""]
    assert rows(page)["Sources"] == ["1", "1", "2"]


def test_characters_and_presence_are_counted(qtbot, page):
    choose(qtbot, page, count=Cells.CHARACTERS)
    assert rows(page)["Equality"] == ["4", "8", "12"]
    choose(qtbot, page, count=Cells.PRESENCE)
    assert rows(page)["Reciprocity"] == ["1", "0", "1"]
    assert Shown.SHARE not in page.show_as.options()


def test_columns_without_words_of_participants_stand_and_are_named(qtbot, page):
    project = page.project
    source = speakers(project, "S03 Notice", [("Int", "[SYNTHETIC] Nobody came.")])
    project.cases.add("S03 Notice", "Online space", (source.guid,))
    choose(qtbot, page, count=Cells.CODINGS)
    qtbot.waitUntil(lambda: page.model.columnCount() == 4)
    assert rows(page)["Equality"] == ["1", "1", "0", "2"]
    assert rows(page)["Sources with words that count"] == ["1", "1", "0", "2"]
    told = (
        "1 turn of interviewers left out; 0 codings lie on them. In S03 Notice no words are left "
        "to count. S03 Notice stands with 0: no words of its sources count."
    )
    assert told in page.subtitle.text()


def test_codes_alone_do_not_count_what_is_below_them(qtbot, page):
    choose(qtbot, page, rows="alone")
    assert rows(page)["Reciprocity"] == ["0", "0", "0"]


def test_main_codes_open_with_plus_and_close_with_minus(qtbot, page):
    choose(qtbot, page, rows="main")
    assert "Giving back" not in rows(page)
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Plus)
    assert rows(page)["Giving back"] == ["2", "0", "2"]
    qtbot.keyClick(page.table, Qt.Key.Key_Minus)
    assert "Giving back" not in rows(page)


def test_a_click_on_the_name_of_a_code_closes_it(qtbot, page):
    header = page.table.verticalHeader()
    spot = header.rect().topLeft()
    spot.setY(header.sectionViewportPosition(0) + 10)
    spot.setX(20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert "Giving back" not in rows(page)


def test_chosen_codes_are_shown_alone_but_count_their_sub_codes(qtbot, page):
    choose(qtbot, page, rows=(code_named(page.project, "Reciprocity").guid,))
    assert list(rows(page))[:1] == ["Reciprocity"]
    assert rows(page)["Reciprocity"] == ["2", "0", "2"]
    assert "Giving back" not in rows(page)


def test_columns_can_be_sources(qtbot, page):
    choose(qtbot, page, columns="source")
    heads = [page.model.headerData(c, Qt.Orientation.Horizontal) for c in range(3)]
    assert heads == ["S01 Blether", "S02 Owls", "All"]


def test_heat_goes_from_none_to_one_and_shares_replace_numbers(page):
    assert page.model.index(0, 0).data(HEAT) == 1.0
    assert page.model.index(0, 1).data(HEAT) is None
    page.show_as.choose(Shown.SHARE)
    assert rows(page)["Equality"] == ["33 %", "50 %", "40 %"]
    page.show_as.choose(Shown.NUMBERS)
    assert page.model.index(0, 0).data(HEAT) is None


def test_the_sentences_name_unit_coder_and_small_cells(page):
    assert page.title.text() == "Codes by case"
    assert page.subtitle.text().startswith(
        "Number of turns and posts that carry the code, sub-codes included. Codings of Ana."
    )
    assert page.small.text().startswith("4 of 4 filled cells hold fewer than 5 turns and posts")


def test_keys_move_over_the_cells_and_open_their_passages(qtbot, page):
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
    qtbot.waitUntil(lambda: page.drill.list.passages.rowCount() == 2)
    assert page.drill.heading.text() == "Giving back in S01 Blether"
    assert page.drill.counts.text() == "2 paragraphs, 3 codings"


def test_a_passage_shows_its_place_and_its_words_marked(qtbot, page):
    page.table.setCurrentIndex(page.model.index(1, 0))
    passages = page.drill.list.passages
    qtbot.waitUntil(lambda: passages.rowCount() == 2)
    assert passages.at(0).place == "S01 Blether, paragraph 1"
    words = passages.words(1)
    assert words.text == "And they gave it back, twice."
    assert [words.text[m.start : m.end] for m in words.marks] == ["they gave it back", "twice"]


def test_a_double_click_on_a_passage_asks_to_go_there(qtbot, page):
    page.table.setCurrentIndex(page.model.index(2, 1))
    view = page.drill.list
    qtbot.waitUntil(lambda: view.passages.rowCount() == 1)
    spot = view.visualRect(view.passages.index(0)).center()
    source = page.project.sources.find("S02 Owls")
    start = page.project.sources.text(source.guid).index("asked us")
    with qtbot.waitSignal(page.openRequested) as seen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert seen.args == [Place(source.guid, start, start + len("asked us"))]


def test_words_that_may_only_be_paraphrased_are_marked(qtbot, page):
    project = page.project
    group = project.collections.add("Group", quote_rule="paraphrase")
    project.sources.move(project.sources.find("S02 Owls").guid, group.guid)
    page.activate()
    page.table.setCurrentIndex(page.model.index(2, 1))
    qtbot.waitUntil(lambda: page.drill.tag.isVisible())
    assert page.drill.tag.text() == "Paraphrase only"


def test_a_step_taken_meanwhile_is_counted_when_the_page_is_seen(qtbot, page):
    project = page.project
    source = project.sources.find("S02 Owls")
    project.codings.apply(code_named(project, "Giving back").guid, source.guid, 0, 5)
    qtbot.waitUntil(lambda: rows(page)["Giving back"] == ["2", "1", "3"])


def test_an_empty_project_says_what_comes_first(qtbot, tmp_path, context_of):
    page = MatrixPage(context_of(new_project(tmp_path)))
    qtbot.addWidget(page)
    page.activate()
    assert page.states.sentence() == "No texts yet."


def test_columns_that_stand_for_nothing_are_refused_with_a_sentence(qtbot, tmp_path, context_of):
    project = new_project(tmp_path)
    add_coded(project, "S01", FIRST)
    page = MatrixPage(context_of(project))
    qtbot.addWidget(page)
    page.activate()
    page.columns.choose("case")
    qtbot.waitUntil(lambda: page.states.sentence().startswith("There are no cases yet."))


def test_the_model_keeps_the_rules_of_qt(page, qtmodeltester):
    qtmodeltester.check(page.model)


def test_200_codes_by_100_columns_are_painted_where_they_are_seen(qtbot, tmp_path, context_of):
    project = new_project(tmp_path)
    words = tuple(f"S{n:03} Source" for n in range(100))
    with project.change("codebook.import", name="A large book", codes=200):
        codes = [project.codebook.add(f"Code {n}") for n in range(200)]
    units = paragraphs("[SYNTHETIC]")
    drafts = (SourceDraft(name, SourceKind.TEXT, "[SYNTHETIC]", units) for name in words)
    sources = project.sources.add(Bundle(tuple(drafts)))
    coder = project.coder.guid
    project.codings.apply_all(
        [CodingDraft(codes[1].guid, source.guid, coder, 0, 4) for source in sources])  # fmt: skip
    page = MatrixPage(context_of(project))
    qtbot.addWidget(page)
    page.resize(1440, 800)
    page.show()
    page.activate()
    page.count.choose(Cells.CODINGS)
    qtbot.waitUntil(lambda: page.model.rowCount() == 202)
    assert page.model.columnCount() == 101
    viewport = page.table.viewport()
    qtbot.waitUntil(lambda: 0 < viewport.width() < 1440)
    page.table.setCurrentIndex(page.model.index(1, 99))
    seen = page.table.visualRect(page.model.index(1, 99))
    assert seen.isValid() and seen.right() <= viewport.width()
    assert not viewport.grab().isNull()


def test_the_matrix_is_written_and_can_be_read_back(qtbot, page, tmp_path, monkeypatch):
    target = tmp_path / "matrix.xlsx"
    monkeypatch.setattr(messages, "ask_save", lambda *asked: target)
    with qtbot.waitSignal(page.writer.written):
        page.export.actions_offered()[0].trigger()
    lines = [
        line for sheet in openpyxl.load_workbook(target) for line in sheet.iter_rows(values_only=True)
    ]  # fmt: skip
    assert ("Reciprocity > Giving back", 2, 0, 2) in [line[:4] for line in lines]
