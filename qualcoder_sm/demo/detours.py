"""What does not go straight in real work: a code that came and went, a boundary moved, a doubt.

Nothing of it is left in the codings at the end; it stands in the trail.
"""

from dataclasses import dataclass

from qualcoder_sm.demo.study import Study
from qualcoder_sm.model import Coding, Origin

FRAME_CODE = "Common resources > Resource made explicit"
FIRST_NAME, SECOND_NAME = "The list", "The tips list"
MOVED_CODE = "NPT constructs > Coherence"
EQUALITY = "Principles of co-production > Equality"
DIVERSITY = "Principles of co-production > Diversity"


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence added to what a code includes."""

    code: str
    sentence: str


WORKING_RULES = (
    Rule(EQUALITY, "Working rule: the passage speaks of rank, say or worth."),
    Rule("Principles of co-production > Reciprocity",
         "Working rule: something passes in both directions."),
)  # fmt: skip


def find_a_code_in_the_data(study: Study, source: str) -> None:
    """Code with a code from the data what belongs, as is seen later, under one of the frame."""
    codebook = study.project.codebook
    above = codebook.find(FRAME_CODE).parent
    emerged = codebook.add(FIRST_NAME, parent=above, origin=Origin.EMERGENT)
    for row in study.rows(source, FRAME_CODE):
        where, span = study.span(row)
        study.project.codings.apply(emerged.guid, where, *span, memo=row.memo)
        study.settled.add(row)


def rename_it(study: Study, name: str) -> None:
    """Give the code from the data a name that says more."""
    with study.because("“List” alone could be any list; the members say “the tips list”."):
        study.project.codebook.rename(study.project.codebook.find(FIRST_NAME).guid, name)


def merge_it_into_the_frame(study: Study, code: str) -> None:
    """See that the frame has the code already."""
    codebook = study.project.codebook
    with study.because(
        "the definition of “Resource made explicit” covers every passage; the list is its "
        "example, not a code of its own."
    ):
        codebook.merge(codebook.find(SECOND_NAME).guid, codebook.find(code).guid)


def narrow_a_passage(study: Study, source: str) -> None:
    """Code a whole turn first, then only the words that carry the code."""
    row = study.rows(source, MOVED_CODE)[0]
    where, (start, end) = study.span(row)
    code = study.project.codebook.find(MOVED_CODE).guid
    [turn] = [u for u in study.project.sources.units(where) if u.start <= start < u.end]
    coding = study.project.codings.apply(code, where, turn.start, turn.end, memo=row.memo)
    with study.because("only these words speak of what the group is for."):
        study.project.codings.move(coding.guid, start, end)
    study.settled.add(row)


def doubt(study: Study, post: str) -> None:
    """Code the kind words of a post as equality, and take it back with a reason."""
    coding = _code_whole_post(study, EQUALITY, post)
    with study.because(
        "a kind tone alone is not equality; the codebook leaves it out. See “Tone is not standing”."
    ):
        study.project.codings.remove(coding.guid)


def slip(study: Study, post: str) -> None:
    """Press the wrong key, and undo."""
    _code_whole_post(study, DIVERSITY, post)
    study.project.undo()


def add_working_rules(study: Study, memo: str) -> None:
    """Sharpen two definitions by what a memo settled."""
    for rule in WORKING_RULES:
        code = study.project.codebook.find(rule.code)
        with study.because(f"settled in the memo “{memo}”."):
            study.project.codebook.edit(code.guid, include=f"{code.include} {rule.sentence}")


def _code_whole_post(study: Study, code: str, post: str) -> Coding:
    source, unit = next(
        (source, unit)
        for source in study.sources(post.partition("-")[0])
        for unit in study.project.sources.units(source.guid)
        if unit.external_id == post
    )
    guid = study.project.codebook.find(code).guid
    return study.project.codings.apply(guid, source.guid, unit.start, unit.end)
