from builders import coded


def test_sets_are_kept_listed_and_deleted(run, tmp_path):
    project = coded(tmp_path, "[One]{A} [two]{B}")
    project.close()
    study = project.path
    assert run("sets", study, "--keep", "Both", "--code", "B", "--code", "A").status == 0
    [both] = run("sets", study, "--json").json
    assert (both["name"], both["codes"]) == ("Both", ["A", "B"])
    assert run("sets", study, "--keep", "X", "--code", "Z").refusal
    assert run("sets", study, "--remove", "Both").status == 0
    assert run("sets", study, "--json").json == []
