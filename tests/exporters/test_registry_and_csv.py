import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm import exporters
from qualcoder_sm.errors import Cancelled, DiskError, UnknownFormat, WrongUsage
from qualcoder_sm.exporters import Document, Prose, QuotationSection
from qualcoder_sm.formulas import guarded, recovered
from qualcoder_sm.table import Column, ColumnType, Table

ENDINGS = [form.ending for form in exporters.formats()]


def table(*rows, kinds=(ColumnType.TEXT, ColumnType.INTEGER)):
    columns = tuple(Column(f"c{i}", kind) for i, kind in enumerate(kinds))
    return Table("segments", "Segments", columns, rows)


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_unknown_ending_is_refused_with_the_possible_ones(tmp_path):
    with pytest.raises(UnknownFormat, match=r"\.xlsx, \.docx, \.csv, \.json"):
        exporters.write(Document.of(table()), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_case_of_the_ending_does_not_matter(tmp_path):
    exporters.write(Document.of(table(("a", 1))), tmp_path / "A.CSV")
    assert read(tmp_path / "A.CSV") == [["c0", "c1"], ["a", "1"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_cancelling_leaves_the_old_file_and_nothing_else(tmp_path, ending):
    target = tmp_path / f"a{ending}"
    target.write_text("old", encoding="utf-8")

    def cancel(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        exporters.write(Document.of(table(("a", 1))), target, cancel)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_missing_folder_is_refused(tmp_path, ending):
    with pytest.raises(DiskError, match="no folder"):
        exporters.write(Document.of(table()), tmp_path / "nowhere" / f"a{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
def test_progress_ends_at_the_total(tmp_path, ending):
    seen = []
    rows = tuple(("a", i) for i in range(4_500))
    exporters.write(
        Document.of(table(*rows)), tmp_path / f"a{ending}", lambda *step: seen.append(step)
    )
    assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_table_is_written(tmp_path, ending):
    exporters.write(Document.of(table()), tmp_path / f"a{ending}")
    assert (tmp_path / f"a{ending}").stat().st_size > 0


def test_csv_begins_with_a_byte_order_mark_and_ends_rows_with_crlf(tmp_path):
    exporters.write(Document.of(table(("é 😀\nb", None))), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == (
        b"\xef\xbb\xbf" + 'c0,c1\r\n"é 😀\nb",\r\n'.encode()
    )


@pytest.mark.parametrize("text", ["=1+1", "+a", "-b", "@c", "  =1", "\t=1", "\tx", "\rx", "\nx"])
def test_text_like_a_formula_gets_an_apostrophe(tmp_path, text):
    exporters.write(Document.of(table((text, 1))), tmp_path / "a.csv")
    assert read(tmp_path / "a.csv")[1][0] == f"'{text}"


def test_numbers_keep_their_sign_and_precision(tmp_path):
    kinds = (ColumnType.NUMBER, ColumnType.INTEGER)
    exporters.write(Document.of(table((-0.123456789, -5), kinds=kinds)), tmp_path / "a.csv")
    assert read(tmp_path / "a.csv")[1] == ["-0.123456789", "-5"]


@given(st.text(alphabet="'= \n\ta-+@x"))
def test_stored_text_can_always_be_recovered(text):
    written = guarded(text)
    assert recovered(written) == text


def test_several_tables_do_not_fit_into_csv(tmp_path):
    with pytest.raises(WrongUsage, match="has 2"):
        exporters.write(Document("Two", (table(), table())), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_quotations_are_a_table_in_csv_and_prose_is_left_out(tmp_path):
    columns = (Column("code"), Column("quotation"), Column("source"))
    section = QuotationSection(Table("quotations", "Q", columns, (("A > B", "words", "P01"),)))
    exporters.write(Document("D", (section, Prose("T", ("p",)))), tmp_path / "a.csv")
    [head, row] = read(tmp_path / "a.csv")
    assert dict(zip(head, row, strict=True))["quotation"] == "words"
    assert row[0] == "A > B"


def test_json_is_the_list_of_tables(tmp_path):
    one = table(("é", 1))
    exporters.write(Document("D", (one, one)), tmp_path / "a.json")
    written = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert written == [one.as_json(), one.as_json()]


def test_every_csv_row_names_the_project_and_the_head_of_its_trail(tmp_path):
    origin = {"project": "[SYNTHETIC] Study", "head": "9f3ca71e", "date": "2024-03-12"}
    document = Document("Study", (table(("a", 1), ("b", 2)),), provenance=origin)
    exporters.write(document, tmp_path / "a.csv")
    head, *rows = read(tmp_path / "a.csv")
    assert head[-2:] == ["project", "audit head"]
    assert [row[-2:] for row in rows] == [["[SYNTHETIC] Study", "9f3ca71e"]] * 2
