"""Agreement and reports of the small study as JSON, in full: all keys, all values."""

from contextlib import closing

import pytest
from small_study import CODES, find_source

from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Choice


@pytest.fixture
def opened(small):
    with closing(Project.open(small, read_only=True)) as project:
        yield project


HELP = {
    "n_units": 7, "both": 1, "only": {"Ben": 0, "Ana": 4}, "some": 0, "neither": 2,
    "percent": 300 / 7, "kappa": 1 / 8, "alpha": -1 / 12, "ac1": -3 / 25, "f1": 1 / 3,
    "pi": -1 / 6, "pabak": -1 / 7, "prevalence_index": 1 / 7, "bias_index": 4 / 7,
    "alpha_u": 1 - 47 * (244**2 - 1213 - 167) / (244 * 77 * 167), "span_f1": 1 / 3,
    "ci": {"kappa": None, "alpha": None}, "why": None,
    "why_no_ci": "Too few sources for an interval: 2 of at least 8.",
    "remarks": ["Only 5 units carry this code: the coefficients are unstable."],
}  # fmt: skip
JOY = {
    "n_units": 7, "both": 0, "only": {"Ben": 0, "Ana": 0}, "some": 0, "neither": 7,
    "percent": 100, "kappa": None, "alpha": None, "ac1": None, "f1": None, "pi": None, "pabak": 1,
    "prevalence_index": 1, "bias_index": 0, "alpha_u": None, "span_f1": None,
    "ci": {"kappa": None, "alpha": None},
    "why": "Nobody applied the code, so it does not vary.", "remarks": [],
}  # fmt: skip


def close(values):
    """The same, its numbers rounded, for they are compared with fractions."""
    return {name: round(value, 9) if isinstance(value, float | int) else value
            for name, value in values.items()}  # fmt: skip


def test_agreement(run, small, opened):
    found = run("agreement", small, "--coder", "Ben", "--coder", "Ana", "--json").json
    assert set(found) == {"coders", "unit", "kappa", "codes", "pooled", "sources", "notes",
                          "provenance"}  # fmt: skip
    told = run("report", small, "agreement", "--coder", "Ben", "--coder", "Ana", "--json").json
    assert found["provenance"] == told["provenance"]
    assert found["notes"] == told["notes"]
    assert found["coders"] == ["Ben", "Ana"]
    assert (found["unit"], found["kappa"]) == ("unit", "Cohen’s kappa")
    assert found["sources"] == {"counted": 2, "of": 4, "chosen": "finished", "touched_by_one": 1}
    guids = [opened.codebook.find(path).guid for path in CODES]
    assert [(one["code"], one["guid"]) for one in found["codes"]] == list(
        zip(CODES, guids, strict=True))  # fmt: skip
    help, joy = found["codes"][0], found["codes"][4]
    assert close(help) == close({"code": "Care > Help", "guid": guids[0], **HELP})
    assert joy.pop("why_no_ci")
    assert close(joy) == close({"code": "Joy", "guid": guids[4], **JOY})


def test_pooled_agreement(run, small):
    found = run("agreement", small, "--coder", "Ana", "--coder", "Ben", "--json").json
    pooled = found["pooled"]
    assert set(pooled) == {*HELP, "mean_kappa", "mean_alpha", "codes_with_kappa"}
    assert [pooled[name] for name in ("n_units", "both", "only", "some", "neither")] == [
        35, 1, {"Ana": 6, "Ben": 4}, 0, 24]  # fmt: skip
    assert pooled["percent"] == pytest.approx(100 * 25 / 35)
    assert (pooled["f1"], pooled["span_f1"]) == (pytest.approx(1 / 6), pytest.approx(2 / 11))
    assert pooled["alpha_u"]["why"] == ""
    assert 0 < pooled["alpha_u"]["value"] < 0.1
    kappas = [one["kappa"] for one in found["codes"][:4]]
    alphas = [one["alpha"] for one in found["codes"][:4]]
    assert pooled["mean_kappa"] == pytest.approx(sum(kappas) / 4)
    assert pooled["mean_alpha"] == pytest.approx(sum(alphas) / 4)
    assert pooled["codes_with_kappa"] == 4
    joy = run("agreement", small, "--code", "Joy", "--json").json["pooled"]
    assert joy["alpha_u"]["value"] is None
    assert joy["alpha_u"]["why"]
    assert (joy["mean_kappa"], joy["codes_with_kappa"]) == (None, 0)


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        ([], {"counted": 4, "of": 4, "chosen": "all", "touched_by_one": 2}),
        (["--sources", "finished"], {"counted": 4, "of": 4, "chosen": "all", "touched_by_one": 2}),
        (["--sources", "both"], {"counted": 1, "of": 4, "chosen": "both", "touched_by_one": 0}),
        (["--case", "Forum"], {"counted": 2, "of": 2, "chosen": "all", "touched_by_one": 1}),
    ],
)
def test_agreement_of_three(run, small, options, sources):
    found = run("agreement", small, *options, "--json").json
    assert found["sources"] == sources
    assert found["kappa"] == "Fleiss’ kappa"
    assert found["codes"][0]["prevalence_index"] is None
    table = run("report", small, "agreement", *options, "--json").json
    assert found["notes"] == table["notes"]


def test_reports_are_listed_with_their_questions_and_choices(run):
    lines = run("report", "--list").lines
    listed = {head.partition(": ")[0]: (head.partition(": ")[2], choices.split())
              for head, choices in zip(lines[::2], lines[1::2], strict=True)}  # fmt: skip
    text = ["coder", "code", "source", "collection", "case", "attribute", "speaker", "role",
            "posted-since", "posted-until", "words"]  # fmt: skip
    codings = ["polarity", "weight", "with", "without", "near", "within", "since", "until"]
    expected = {
        "segments": ("Which words carry which code?", [*text, *codings, "roll-up"]),
        "quotations": ("What was said about each code?", [*text, *codings, "roll-up"]),
        "matrix": ("Where does each code occur?", [
            *text, *codings, "rows", "cells", "roll-up", "codes-down", "totals", "used-only"]),
        "frequencies": ("How often was each code used?",
                        [*text, *codings, "roll-up", "used-only"]),
        "cooccurrence": ("Which codes meet on the same words?", [*text, *codings, "unit"]),
        "agreement": ("Do the coders agree?", [
            *text, "unit", "sources", "roll-up", "used-only", "all-coefficients"]),
        "codebook": ("What does each code mean?", [*text, *codings]),
        "audit": ("Who did what, when and why?", ["coder"]),
    }  # fmt: skip
    assert listed == {
        name: (question, [f"--{choice}" for choice in choices])
        for name, (question, choices) in expected.items()
    }
    assert {Choice(choice) for _q, choices in expected.values() for choice in choices} == set(
        Choice)  # fmt: skip


def test_a_report(run, small, opened):
    found = run("report", small, "matrix", "--source", "Note", "--rows", "source", "--json").json
    guids = [opened.codebook.find(path).guid for path in CODES]
    whole = {"title", "columns", "rows", "notes", "provenance", "guids"}
    assert set(found) == whole
    assert found["title"] == "Codes by source: codings"
    assert found["columns"] == [
        {"name": "source", "type": "text", "unit": "", "guid": None},
        *({"name": path, "type": "integer", "unit": "codings", "guid": guid}
          for path, guid in zip(CODES, guids, strict=True)),
    ]  # fmt: skip
    assert found["rows"] == [["Note", 0, 1, 0, 0, 0]]
    assert found["guids"] == {"source": [find_source(opened, "Note")]}
    assert found["notes"][0].startswith("Codings of Ana, Ben, Cleo, added")
    assert found["provenance"]["filter"] == "source: Note"
