"""A few passages with the same code elsewhere: one of each other source, then others."""

from builders import add_text, new_project

from qualcoder_sm.project import elsewhere
from qualcoder_sm.project.codings import CodingDraft

WORDS = "one two three four five six seven eight nine ten"
SPANS = [(0, 3), (4, 7), (8, 13), (14, 18)]


def plain(project, codes, most, coder, here):
    """The same from all codings."""
    found = [one for code in codes for one in project.codings.of_code(code)
             if coder in (None, one.coder) and one != here]  # fmt: skip
    seen = {here.source} if here else set()
    first = []
    for one in found:
        if one.source not in seen and len(first) < most:
            first.append(one)
            seen.add(one.source)
    return (first + [one for one in found if one not in first])[:most]


def test_one_of_each_other_source_comes_first_then_others(tmp_path):
    project = new_project(tmp_path)
    ana, ben = project.coder.guid, project.coders.add("Ben").guid
    first, second = (project.codebook.add(name).guid for name in ("First", "Second"))
    sources = [add_text(project, f"Text {n}", WORDS).guid for n in range(4)]
    made = project.codings.apply_all(
        [CodingDraft(first, source, coder, *span)
         for coder, many in ((ana, 3), (ben, 4)) for source in sources[:many] for span in SPANS]
        + [CodingDraft(second, sources[3], ana, *SPANS[0])]
    )  # fmt: skip
    for codes in ([first], [second], [first, second], [second, first], []):
        for coder in (None, ana, ben):
            for here in (None, made[0], made[5], made[-1]):
                for most in (1, 3, 6):
                    found = elsewhere.passages(project, codes, most, coder, here)
                    assert found == plain(project, codes, most, coder, here)
    project.close()
