"""No column of a report, and no field of a JSON list, says the same of every row of a study at work.

What does, says nothing, or goes wrong unseen. Those that may are listed, each with its reason.
"""

import json
from collections import Counter

import pytest

from qualcoder_sm.__main__ import main
from qualcoder_sm.reports import report, reports
from qualcoder_sm.reports.options import Cells, Options

ALIKE = {
    ("segments", "polarity"): "nobody says it in the study",
    ("segments", "weight"): "nobody weighs in the study",
    ("segments", "paraphrase"): "nobody has written one yet",
    ("codebook", "origin"): "the study is deductive",
    ("matrix", "Changed care relations"): "the code is not used",
    ("matrix", "Common resources"): "the code is not used",
    ("codings", "polarity"): "nobody says it in the study",
    ("codings", "weight"): "nobody weighs in the study",
    ("codings", "paraphrase"): "nobody has written one yet",
    ("sources", "locked"): "no text is locked",
    ("speakers", "case"): "cases of the study are interviews and spaces, not speakers",
    ("memo list", "about"): "every memo is about a source",
    ("memo list", "passages"): "no memo links to a passage",
    ("quoting", "known"): "the wordings are all known",
    ("codings by rule", "unset"): "all that is coded is under a rule",
    ("codings by rule", "do not quote"): "what may not be quoted is not coded",
}


def alike(rows):
    """The names under which all rows have one value."""
    values = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, set()).add(json.dumps(value, sort_keys=True))
    return {name for name, found in values.items() if len(found) < 2}


def listed(what):
    return {name for kind, name in ALIKE if kind == what}


@pytest.mark.parametrize("name", [one.name for one in reports()])
def test_no_column_of_a_report_is_the_same_in_every_row(study, name):
    table = report(name).table(study, Options(all_coefficients=name == "agreement").only(
        report(name).choices))  # fmt: skip
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert alike(dict(zip(names, row, strict=True)) for row in table.rows) == listed(name)


def test_the_cells_of_a_matrix_tell_its_kinds_apart(study):
    counted = {kind: report("matrix").table(study, Options(cells=kind, totals=True)).rows
               for kind in Cells}  # fmt: skip
    assert len(set(counted.values())) == len(Cells)
    assert {cell for row in counted[Cells.PRESENCE][:-1] for cell in row[1:-1]} == {0, 1}


COMMANDS = ("codings", "sources", "speakers", "coders", "cases", "codebook list", "memo list",
            "progress", "audit")  # fmt: skip


def rows_of(capsys, built, command):
    capsys.readouterr()
    assert main([*command.split(), str(built), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_field_of_a_list_is_the_same_in_every_object(capsys, built, command):
    rows = rows_of(capsys, built, command)
    assert len({tuple(row) for row in rows}) == 1, "all objects have the same keys"
    assert alike(rows) == listed(command)


def test_no_field_of_rules_is_the_same_in_every_object(capsys, built):
    found = rows_of(capsys, built, "quoting")
    assert set(found) == {"collections", "sources", "posts", "codings"}
    rows = [one for kind in ("collections", "sources") for one in found[kind]]
    assert alike(rows) == listed("quoting")
    assert alike(row["codings"] for row in rows) == listed("codings by rule")


def test_intervals_of_agreement_hold_their_alpha_and_are_told_how(capsys, built, study):
    table = report("agreement").table(study)
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    bounds = [(row["alpha low"], row["alpha"], row["alpha high"]) for row in rows]
    held = [found for found in bounds if None not in found]
    assert len(held) >= 5
    assert all(low < alpha < high for low, alpha, high in held)
    assert table.notes[-1] == table.provenance["intervals"]
    assert table.notes[-1].startswith("95 % interval from leaving out each of the 16 sources")
    found = rows_of(capsys, built, "agreement")
    given = {row["code"]: row["ci"] for row in [*found["codes"], {"code": "All codes pooled",
                                                                **found["pooled"]}]}  # fmt: skip
    for row in rows:
        low = row["alpha low"]
        assert given[row["code"]]["alpha"] == (None if low is None else [low, row["alpha high"]])
    kappas = [one["ci"]["kappa"] for one in found["codes"] if one["ci"]["kappa"]]
    assert all(low < high for low, high in kappas)
    assert any(one["ci"]["kappa"] != one["ci"]["alpha"] for one in found["codes"])
    assert Counter(one["why_no_ci"] is None for one in found["codes"])[True] == len(held) - 1
