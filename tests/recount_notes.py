"""What the notes of a report must say of a study: which words do not count, and where."""

from recount_plain import Plain

from qualcoder_sm.project import labels


def says_what_the_rows_hold(table, found, groups, kind):
    """Which rows hold no words that count, and how many sources are in none of them."""
    meant = {i for i, characters in enumerate(found.whole) if characters}
    silent = [group for group in groups.values() if meant.intersection(group)
              and not group.intersection(found.sources()) and kind != "source"]  # fmt: skip
    assert any("with 0: no words of" in note for note in table.notes) is bool(silent)
    outside = len(meant.difference(*groups.values()))
    told = [note for note in table.notes if " to none of the rows " in note]
    assert [int(note.split()[0]) for note in told] == ([outside] if outside else [])


def says_how_many_sources(table, study, found, asked):
    """Wherever the number stands, it is that of the sources with words that count."""
    n = len(found.sources())
    assert table.notes[0].endswith(f" in {n} {'source' if n == 1 else 'sources'}.")
    if "those that all coders" in table.notes[1]:
        assert table.notes[1].startswith(f"{n} of {len(Plain(study, asked).sources())} ")


def says_what_was_left_out(table, found, project):
    left_out = found.left_out()
    said = " ".join(table.notes)
    for role, word in (("interviewer", "of interviewers"), ("heading", "heading")):
        if n := left_out.get(role):
            assert f"{n} {word}" in said.replace("turns ", "").replace("turn ", ""), said
        else:
            assert word not in said
    silent = [i for i, whole in enumerate(found.whole) if whole and not found.characters[i]]
    assert ("no words are left to count" in said) is bool(silent), said
    names = labels.of_sources(project)
    assert all(names[found.study.sources[i].guid] in said for i in silent), said
