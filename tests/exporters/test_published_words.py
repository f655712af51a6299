"""What is published keeps the words back that may not be; working data keep them, and say so."""

import csv
import json

import docx
import openpyxl
import pytest
from quoting_studies import POSTS, TURNS, code_words, interview, made, set_all, thread

from qualcoder_sm import exporters
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project.anchors import publishable
from qualcoder_sm.reports import codebook, segments
from qualcoder_sm.reports.options import Options

KEPT = ("Zebras", "scarves", "Walruses", "satin", "Ocelots", "porridge")
"""Words that stand under a rule; "Hedgehogs" stand under none."""
PUBLISHED = [
    "Hedgehogs knit",
    "Striped ones (paraphrased)",
    "[not to be quoted: S01-T03, post 0111]",
    "[to be paraphrased: S01-T03, post 0110]",
    "[withdrawn: S01-T03, post 0112]",
]


@pytest.fixture
def study(tmp_path):
    rules = ("", "do not quote", "consent withdrawn")
    title = "Zebras and scarves in porridge"
    project = made(tmp_path, thread("S01-T03", "Group", *POSTS, rules=rules, title=title),
                   interview("P02", *TURNS))  # fmt: skip
    set_all(project, "Group", QuoteRule.PARAPHRASE)
    code_words(project, "S01-T03", "Zebras tie scarves")
    told = code_words(project, "S01-T03", "Zebras")
    project.codings.set_paraphrase(told.guid, "Striped ones")
    code_words(project, "S01-T03", "Walruses iron satin")
    code_words(project, "S01-T03", "Ocelots queue for porridge")
    code_words(project, "P02", "Hedgehogs knit")
    project.codings.set_memo(told.guid, "My memo")
    yield project
    project.close()


def words_of(path):
    """Everything that can be read in a file."""
    if path.suffix == ".docx":
        file = docx.Document(str(path))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([p.text for p in file.paragraphs] + cells)
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path).worksheets
        return "\n".join(str(c.value) for sheet in sheets for row in sheet.rows for c in row)
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("form", exporters.formats(), ids=lambda form: form.ending)
def test_no_word_under_a_rule_is_published_in_any_format(study, tmp_path, form):
    target = tmp_path / f"quotations{form.ending}"
    exporters.write(document(study, ("quotations",), Options()), target)
    written = words_of(target)
    assert [word for word in KEPT if word in written] == []
    assert [text for text in PUBLISHED if text not in written] == []


def test_the_rows_are_what_may_be_published_and_the_note_counts_them(study):
    table = segments.quotations(study, Options())
    assert sorted(str(row[1]) for row in table.rows) == PUBLISHED
    assert table.notes == (
        "5 quotations: 1 word for word, 1 paraphrased, 1 to be paraphrased, 1 not to be quoted, "
        "1 withdrawn.",
    )
    [row] = [row for row in table.rows if row[1] == "Striped ones (paraphrased)"]
    assert row == ("Help", "Striped ones (paraphrased)", "S01-T03", "", "A0001", "post 0110", "Ana",
                   "My memo", "paraphrase only")  # fmt: skip
    [row] = [row for row in table.rows if row[8] == "withdrawn"]
    assert row == ("Help", "[withdrawn: S01-T03, post 0112]", "S01-T03", "", "", "post 0112", "Ana",
                   "", "withdrawn")  # fmt: skip


def test_the_report_and_its_files_have_the_same_columns(study, tmp_path):
    table = segments.quotations(study, Options())
    made_ = document(study, ("quotations",), Options())
    for ending in (".csv", ".json"):
        exporters.write(made_, tmp_path / f"q{ending}")
    names = [column.name for column in table.columns]
    assert names == ["code", "quotation", "source", "case", "speaker", "position", "coder", "memo",
                     "quote_rule"]  # fmt: skip
    [written] = json.loads((tmp_path / "q.json").read_text("utf-8"))
    assert written == table.as_json() | {"provenance": written["provenance"]}
    assert written["provenance"]["project"] == "Study"
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[: len(names)] == names
    assert [tuple(row[: len(names)]) for row in rows] == [tuple(map(str, r)) for r in table.rows]


def test_working_data_keep_the_words_with_their_rule_and_say_what_they_are(study, tmp_path):
    table = segments.table(study, Options())
    names = [column.name for column in table.columns]
    text, rule, paraphrase = (names.index(n) for n in ("text", "quote_rule", "paraphrase"))
    assert sorted((row[text], row[rule], row[paraphrase]) for row in table.rows) == [
        ("Hedgehogs knit", "", ""),
        ("Ocelots queue for porridge", "withdrawn", ""),
        ("Walruses iron satin", "do not quote", ""),
        ("Zebras", "paraphrase only", "Striped ones"),
        ("Zebras tie scarves", "paraphrase only", ""),
    ]
    assert table.notes == ("Working data, not for publication.",)
    exporters.write(document(study, ("project",), Options()), tmp_path / "whole.xlsx")
    assert "Working data, not for publication." in words_of(tmp_path / "whole.xlsx")


def test_a_wording_that_had_to_be_guessed_is_said(tmp_path):
    project = made(tmp_path, thread("T", "Group", *POSTS, rules=("as agreed", "", "ask first")))
    code_words(project, "T", "Zebras")
    for table in (segments.table(project, Options()), segments.quotations(project, Options())):
        assert table.notes[1:] == (
            "2 wordings of quote rules are not known and count as paraphrase only: “as agreed”, "
            "“ask first”.",
        )
    project.close()


EXAMPLES = [
    ("“Zebras tie scarves to bedposts” (a member)", "[to be paraphrased: S01-T03, post 0110]"),
    ("She writes: zebras TIE scarves to bedposts.", "[to be paraphrased: S01-T03, post 0110]"),
    ("Ocelots queue for porridge", None),  # four words could be anybody's
    ("Hedgehogs knit at midnight, she said", None),
    ("Illustrative (invented): zebras and their beds", None),
    ("", None),
]


@pytest.mark.parametrize(("example", "printed"), EXAMPLES)
def test_an_example_that_stands_in_a_text_is_published_as_its_rule_says(study, example, printed):
    assert publishable(study, example) == (example if printed is None else printed)
    code = study.codebook.find("Help")
    study.codebook.edit(code.guid, example=example)
    table = codebook.table(study, Options())
    at = [column.name for column in table.columns].index("example")
    assert table.rows[0][at] == (example if printed is None else printed)


def test_an_example_found_in_several_places_takes_the_strictest_rule(study):
    words = "[SYNTHETIC] Hedgehogs knit at midnight quietly"
    hidden = thread("S02-T01", "Third", words, rules=("no quotes",))
    study.sources.add(Bundle((interview("P03", words), hidden)))
    printed = publishable(study, "Hedgehogs knit at midnight quietly")
    assert printed == "[not to be quoted: S02-T01, post 0110]"
