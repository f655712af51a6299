"""`agreement`, `report`, `export` and `demo`."""

import csv
import json

import openpyxl
import pytest

from qualcoder_sm import demo, reports
from qualcoder_sm.errors import Cancelled
from qualcoder_sm.exporters import documents

AGREEMENT_KEYS = {
    "code", "n_units", "both", "only", "neither", "percent", "kappa", "alpha", "ac1", "ci",
}  # fmt: skip


@pytest.fixture
def ten(run, tmp_path, write):
    """Krippendorff's (2011) example: ten units, 1100000000 and 0110010100."""
    path = tmp_path / "ten.qsm"
    run("new", path, "--coder", "Ana")
    run("coders", path, "--add", "Ben")
    run("codebook", "import", path, write("book.csv", "code\nX\nUnused\n"))
    run("import", path, write("ten.txt", "abcdefghij"), "--as", "text")
    rows = ["ten,0,2,X,Ana", "ten,1,3,X,Ben", "ten,5,6,X,Ben", "ten,7,8,X,Ben"]
    table = write("codings.csv", "\n".join(["source,start,end,code,coder", *rows]))
    assert run("code", path, "--from", table).status == 0
    return path


def test_agreement_is_that_of_the_published_example(run, ten):
    found = run("agreement", ten, "--coder", "Ana", "--coder", "Ben", "--unit", "character",
                "--json").json  # fmt: skip
    assert (found["coders"], found["unit"]) == (["Ana", "Ben"], "character")
    x, unused = found["codes"]
    assert set(x) >= AGREEMENT_KEYS
    assert (x["code"], x["n_units"], x["both"], x["neither"]) == ("X", 10, 1, 5)
    assert x["only"] == {"Ana": 1, "Ben": 3}
    assert x["percent"] == pytest.approx(60)
    assert x["alpha"] == pytest.approx(0.095, abs=0.0005)
    assert set(x["ci"]) == {"kappa", "alpha"}
    assert unused["code"] == "Unused"
    assert (unused["kappa"], unused["alpha"]) == (None, None)
    assert unused["why"]
    assert set(found["pooled"]) >= AGREEMENT_KEYS - {"code"} | {"alpha_u"}


def test_agreement_says_all_that_is_needed_to_compute_it_again(run, ten):
    two = ("--coder", "Ana", "--coder", "Ben", "--unit", "source", "--json")
    found, made = run("agreement", ten, *two).json, run("report", ten, "agreement", *two).json
    made["provenance"].pop("date")
    assert found["provenance"].pop("date")
    assert found["provenance"] == made["provenance"]
    assert found["provenance"]["sources"] == "all"


def test_agreement_keeps_the_order_of_the_coders_named(run, ten):
    found = run("agreement", ten, "--coder", "Ben", "--coder", "Ana", "--json").json
    assert found["coders"] == ["Ben", "Ana"]


def test_agreement_of_all_coders_and_of_named_codes_and_sources(run, ten, write):
    run("import", ten, write("more.txt", "klm"), "--as", "text")
    found = run("agreement", ten, "--unit", "source", "--code", "X", "--json").json
    assert [row["code"] for row in found["codes"]] == ["X"]
    assert found["pooled"]["n_units"] == 2
    only = run("agreement", ten, "--unit", "source", "--source", "ten", "--json").json
    assert only["pooled"]["n_units"] == 2, "one source for each of two codes"
    words = ["--unit", "character", "--source", "ten", "--json"]
    notes = run("report", ten, "agreement", *words).json["notes"]
    assert [note for note in notes if note.startswith("Counted")] == [
        "Counted: 10 characters in 1 source."
    ]
    assert "All codes pooled" in run("agreement", ten).out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--coder", "Ana"], "Agreement needs at least two coders"),
        (["--coder", "Ana", "--coder", "Ana"], "Agreement needs at least two coders"),
        (["--coder", "Ana", "--coder", "Zoe"], "There is no coder named “Zoe”"),
        (["--code", "Bogus"], "There is no code named “Bogus”"),
        (["--source", "Bogus"], "There is no source named “Bogus”"),
    ],
)
def test_agreement_that_cannot_be_computed(run, ten, options, said):
    assert said in run("agreement", ten, *options).refusal


def test_an_unknown_unit_is_wrong_usage(run, ten):
    assert run("agreement", ten, "--unit", "word").status == 2


@pytest.mark.parametrize("name", [one.name for one in reports.reports()])
def test_every_report_has_the_shape_of_the_contract(run, ten, name):
    found = run("report", ten, name, "--json").json
    assert set(found) == {"title", "columns", "rows", "notes", "provenance", "guids"}
    assert all(set(column) == {"name", "type", "unit", "guid"} for column in found["columns"])
    assert all(len(row) == len(found["columns"]) for row in found["rows"])
    assert len(found["provenance"]["head"]) == 64
    assert run("report", ten, name).lines[0] == found["title"]


def test_the_list_of_reports_has_those_of_the_contract(run):
    listed = {line.partition(":")[0] for line in run("report", "--list").lines}
    assert listed >= {
        "segments", "quotations", "matrix", "frequencies", "cooccurrence", "agreement",
        "codebook", "audit",
    }  # fmt: skip


def test_the_matrix_does_as_it_is_told(run, ten, write):
    run("cases", ten, "--import", write("cases.csv", "case,role,sources\nP01,carer,ten\n"))
    cases = run("report", ten, "matrix", "--json").json
    assert [row[0] for row in cases["rows"]] == ["P01"]
    assert cases["rows"][0][1:3] == [4, 0]
    told = ["--rows", "attribute:role", "--cells", "characters", "--coder", "Ben", "--code", "X"]
    roles = run("report", ten, "matrix", *told, "--json").json
    assert roles["rows"] == [["carer", 4]]
    sources = run("report", ten, "matrix", "--rows", "source", "--cells", "presence", "--json")
    assert sources.json["rows"][0][:3] == ["ten", 1, 0]
    assert "“bogus” cannot be the rows" in run("report", ten, "matrix", "--rows", "bogus").refusal
    assert run("report", ten, "matrix", "--cells", "bogus").status == 2


def test_a_matrix_by_an_attribute_that_no_case_has_is_refused(run, ten, write):
    words = ["report", ten, "matrix", "--rows", "attribute:rolle"]
    assert run(*words).refusal == "No case has an attribute."
    run("cases", ten, "--import", write("cases.csv", "case,role\nMary,carer\n"))
    assert "“rolle”; the attributes are: role." in run(*words).refusal


def test_a_report_goes_to_a_file(run, ten, tmp_path):
    file = tmp_path / "freq.csv"
    assert run("report", ten, "frequencies", "--to", file).out == ""
    assert file.read_text("utf-8-sig").startswith("code,codings")


def test_quotations_go_under_the_headings_of_their_codes(run, ten, tmp_path):
    import docx

    run("report", ten, "quotations", "--coder", "Ana", "--to", tmp_path / "q.docx")
    paragraphs = docx.Document(str(tmp_path / "q.docx")).paragraphs
    assert "X" in [p.text for p in paragraphs if p.style.name.startswith("Heading")]
    assert any(p.text.strip("“”") == "ab" for p in paragraphs)


def test_an_unknown_report_is_refused_with_the_names_there_are(run, ten):
    assert "the reports are segments, quotations" in run("report", ten, "bogus").refusal


def test_a_workbook_holds_everything(run, ten, tmp_path):

    file = tmp_path / "all.xlsx"
    assert run("export", ten, "--to", file).lines == [
        f"Written: {file}",
        "Beside it: verify_trail.py, which verifies the audit trail of the project file.",
    ]
    sheets = [name.casefold() for name in openpyxl.load_workbook(file).sheetnames]
    for part in ("segments", "matrix", "codebook", "agreement", "audit"):
        assert any(part in name for name in sheets), sheets


def test_a_document_holds_quotations_codebook_and_trail(run, ten, tmp_path):
    import docx

    file = tmp_path / "all.docx"
    run("export", ten, "--to", file)
    heads = [p.text for p in docx.Document(str(file)).paragraphs if p.style.name == "Heading 1"]
    assert heads == ["Quotations by code", "Codebook", "Audit trail"]


def test_a_csv_holds_the_segments_of_those_named(run, ten, tmp_path):
    file = tmp_path / "s.csv"
    run("export", ten, "--to", file, "--coder", "Ben")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["text"], row["coder"]) for row in rows] == [
        ("bc", "Ben"), ("f", "Ben"), ("h", "Ben")]  # fmt: skip


@pytest.mark.parametrize("what", ["segments", "codebook", "audit", "matrix", "project"])
def test_one_part_is_written_alone(run, ten, tmp_path, what):
    file = tmp_path / "part.json"
    assert run("export", ten, "--to", file, "--what", what).status == 0
    keys = {table["title"] for table in json.loads(file.read_text("utf-8"))}
    assert keys


def test_the_matrix_in_a_csv_is_the_one_asked_for(run, ten, tmp_path):
    asked = ("--codes-down", "--totals", "--cells", "characters")
    run("export", ten, "--to", tmp_path / "m.csv", "--what", "matrix", *asked)
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row[:2] for row in list(csv.reader(lines))[1:]]
    table = run("report", ten, "matrix", *asked, "--json").json
    assert rows == [[row[0], "" if row[1] is None else str(row[1])] for row in table["rows"]]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("out.xyz", [], "“out.xyz” does not end in one of .xlsx, .docx, .csv"),
        ("none/out.csv", [], "There is no folder"),
        ("out.csv", ["--what", "bogus"], "There is no report “bogus”"),
        ("out.csv", ["--what", "project"], "A .csv file holds one table"),
        ("out.csv", ["--coder", "Zoe"], "There is no coder named “Zoe”"),
    ],
)
def test_an_export_that_is_refused_leaves_the_older_file(run, ten, tmp_path, name, options, said):
    older = tmp_path / "out.csv"
    older.write_text("older", encoding="utf-8")
    assert said in run("export", ten, "--to", tmp_path / name, *options).refusal
    assert older.read_text("utf-8") == "older"
    assert {path.name for path in tmp_path.glob("*out*")} == {"out.csv"}


def test_whole_exports_are_those_of_the_contract():
    assert documents.WHOLE[".xlsx"] == ("segments", "matrix", "codebook", "agreement", "audit")
    assert documents.WHOLE[".docx"] == ("quotations", "codebook", "audit")
    assert documents.WHOLE[".csv"] == ("segments",)


def test_the_demonstration_study_is_built_once(run, tmp_path):
    path = tmp_path / "Demo.qsm"
    assert run("demo", path, "--no-window").lines == [f"The demonstration study is {path}."]
    assert run("info", path, "--json").json["counts"]["codings"] > 400
    assert "There is already a file" in run("demo", path, "--no-window").refusal


@pytest.fixture
def small_demo(monkeypatch, study):
    class Built:
        def close(self):
            pass

    monkeypatch.setattr("qualcoder_sm.cli.demo.build", lambda path, progress: Built())


def test_the_demonstration_opens_in_the_window(run, small_demo, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr("qualcoder_sm.__main__._show", lambda project: seen.append(project) or 0)
    assert run("demo", tmp_path / "D.qsm").status == 0
    assert seen == [tmp_path / "D.qsm"]


def test_without_a_display_the_demonstration_is_only_built(run, small_demo, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run("demo", tmp_path / "D.qsm").status == 0


def test_a_demonstration_that_is_stopped_is_one_sentence(run, tmp_path, monkeypatch):
    def stopped(_path, _progress):
        raise Cancelled("Stopped.")

    monkeypatch.setattr("qualcoder_sm.cli.demo.build", stopped)
    assert run("demo", tmp_path / "D.qsm").refusal == "Stopped."
    assert demo.TITLE


def test_a_workbook_applies_every_choice_or_says_where_it_does_not(run, ten, tmp_path):
    target = tmp_path / "w.xlsx"
    run("export", ten, "--to", target, "--what", "matrix", "--what", "audit", "--cells", "units",
        "--rows", "source", "--source", "ten")  # fmt: skip
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["About", "Matrix", "Audit"]
    about = [str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value]
    assert any(text.startswith("All of it: this table is not narrowed by source") for text in about)
    refused = run("export", ten, "--to", target, "--what", "audit", "--cells", "units")
    assert (refused.status, "does not apply --cells" in refused.err) == (1, True)


def test_a_workbook_holds_every_coefficient(run, ten, tmp_path):
    target = tmp_path / "w.xlsx"
    run("export", ten, "--to", target, "--what", "agreement")
    heads = [cell.value for cell in openpyxl.load_workbook(target)["Agreement"][1]]
    assert {"Scott’s pi", "PABAK", "prevalence index", "bias index", "u-alpha"} <= set(heads)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--role", "nurse"], "Nobody in the project has the role “nurse”; the roles are: "),
        (["--attribute", "role=nurse"], "No case has “nurse” as its role; the values are: carer."),
        (["--within", "5"], "--within belongs to --near."),
        (["--within", "-1", "--near", "X"], "--within takes 0 characters or more."),
        (["--weight", "101"], "A weight is from 0 to 100."),
        (["--since", "2025-01-02", "--until", "2025-01-02"], "No day is left"),
        (["--posted-since", "2025-01-02", "--posted-until", "2024-01-01"], "No day is left"),
        (["--with", "X", "--without", "X"], "No passage carries a code and does not."),
    ],
)
@pytest.mark.parametrize("asked", [["report", "matrix"], ["report", "segments"], ["codings"]])
def test_a_choice_that_would_leave_nothing_whatever_was_coded_is_refused(
    run, ten, write, asked, words, why
):
    run("cases", ten, "--import", write("cases.csv", "case,role,sources\nP01,carer,ten\n"))
    assert run(asked[0], ten, *asked[1:], *words).refusal.startswith(why)
