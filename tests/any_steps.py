"""Steps of any kind on whatever is there, for properties that hold after each of them."""

from builders import add_text
from hypothesis import strategies as st

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.model import Polarity, Progress, QuoteRule
from qualcoder_sm.project.notes import KINDS
from qualcoder_sm.project.rules import Regex, Scope, Words

TEXT = "I was tired 😀 and alone.\n\nNobody answered e\u0301 at three. 👩‍👩‍👧 And then she did."

number = st.integers(0, 1000)
Moves = st.lists(st.tuples(st.sampled_from(range(44)), number, number, number), max_size=14)


def chosen(things, n):
    return things[n % len(things)].guid


def correct(project, source, n, length):
    """Put something else in the place of some characters of the text."""
    text = project.sources.text(source)
    at = n % len(text)
    new = text[:at] + ["", "tired", "😀 e\u0301", "\nNew line.\n"][n % 4] + text[at + length % 12 :]
    decisions = {one.guid: None for one in project.sources.preview_correction(source, new).vanished}
    project.sources.correct(source, new, decisions if n % 5 else None)


def autocode(project, code, rule, n):
    scope = list(Scope)[n % 4]
    project.autocode.apply(code, project.autocode.proposals(rule, scope, code), rule, scope)


def take_step(project, kind, a, b, c):
    """One step of some kind on some of what is there; many are refused, as they should be."""
    codes, sources = project.codebook.codes(), project.sources.all()
    codings, notes = project.codings.all(), project.notes.all()
    code = chosen(codes, a) if codes else ""
    coding = chosen(codings, a) if codings else ""
    start = b % len(TEXT)
    steps = [
        lambda: project.codebook.add(f"Code {a % 9}", parent=code if b % 2 and code else None),
        lambda: project.codebook.rename(code, f"Code {b % 9}"),
        lambda: project.codebook.move(code, chosen(codes, b) if c % 3 else None, c % 3),
        lambda: project.codebook.recolour(code, f"#{a:06X}"),
        lambda: project.codebook.edit(code, definition=f"About {b}", codable=bool(c % 4)),
        lambda: project.codebook.merge(code, chosen(codes, b)),
        lambda: project.codebook.remove(code),
        lambda: project.codebook.set_favourite(code, b % 9 + 1),
        lambda: project.codings.apply(code, chosen(sources, c), start, start + c % 9, f"memo {c}"),
        lambda: project.codings.apply(code, chosen(sources, c), b % 5, 6 + c % 5),
        lambda: project.codings.remove(coding),
        lambda: project.codings.move(coding, start, start + 1 + c % 9),
        lambda: project.codings.recode([coding], chosen(codes, b)),
        lambda: project.codings.set_memo(coding, f"memo {b}"),
        lambda: project.codings.set_polarity(coding, [*Polarity, None][b % 4]),
        lambda: project.codings.set_weight(coding, b % 101),
        lambda: add_text(project, f"Source {a % 4}", TEXT, "Group" if b % 2 else None),
        lambda: project.sources.remove(chosen(sources, a)),
        lambda: project.notes.add(f"Note {a}", "words", target_table="codes", target=code),
        lambda: project.notes.edit(chosen(notes, a), text=f"words {b}"),
        lambda: project.cases.take([CaseDraft(f"P{a % 3}", "person", {"age": str(b)})], "cases"),
        lambda: project.progress.set(chosen(sources, a), list(Progress)[b % 3]),
    ]
    steps += surface_steps(project, code, coding, start, (a, b, c))
    steps += steps_on_many(project, start, (a, b, c))
    try:
        steps[kind]()
    except (QualCoderError, ZeroDivisionError):  # refused, or nothing there to act on
        return


def surface_steps(project, code, coding, start, numbers):
    """Steps that are taken while reading: links, corrections, autocoding, splitting, memos."""
    a, b, c = numbers
    sources, codings = project.sources.all(), project.codings.all()
    return [
        lambda: project.links.add(coding, chosen(codings, b), ("leads to", "answers")[c % 2]),
        lambda: project.links.remove(chosen(project.links.all(), a)),
        lambda: correct(project, chosen(sources, a), b, c),
        lambda: project.sources.lock(chosen(sources, a)),
        lambda: project.sources.unlock(chosen(sources, a)),
        lambda: autocode(project, code, Words((["tired", "she", "👩‍👩‍👧"][b % 3],)), c),
        lambda: autocode(project, code, Regex(r"\bn\w+"), c),
        lambda: project.autocode.code_units(code, chosen(sources, c), start, start + c),
        lambda: project.codebook.split(
            code, {one.guid: f"Part {b % 2}" for one in codings[: c % 4] if one.code == code}
        ),
        lambda: project.codings.set_aside(chosen(sources, c), start, start + c % 9),
        lambda: project.notes.settle(project.notes.draft(None, f"[[Interview@{b}-{c}]]")),
        lambda: project.notes.add(
            f"Link {a}", "[[Interview@6-11]]", KINDS[b % 5], "codings", coding
        ),
        lambda: project.codings.set_paraphrase(coding, f"Told {b % 3}" if c % 3 else ""),
        lambda: project.quoting.set_rule(target(project, a), list(QuoteRule)[b % 5], "agreed"),
    ]


def steps_on_many(project, start, numbers):
    """Steps on several codings or sources at once, some with a new code or collection."""
    a, b, c = numbers
    sources, codings = project.sources.all(), project.codings.all()
    some = [one.guid for one in codings[a % 3 : a % 3 + c % 5]]
    texts = [one.guid for one in sources[b % 2 :]]
    groups = project.collections.all()
    return [
        lambda: project.codings.set_polarity(some, [*Polarity, None][b % 4]),
        lambda: project.codings.turn_polarity(some),
        lambda: project.codings.mark(some, [*Polarity, None][b % 4], b % 101),
        lambda: project.codings.recode_new(some, f"Code {b % 9}"),
        lambda: project.codings.apply_new(f"Code {b % 9}", chosen(sources, c), start, start + 9),
        lambda: project.codings.apply_in_vivo(chosen(sources, c), start, start + c % 9),
        lambda: project.sources.move(texts, chosen(groups, c) if c % 3 and groups else None),
        lambda: project.sources.move_to_new(texts, f"Group {c % 3}"),
    ]


def target(project, n):
    """Something that can have a quote rule."""
    source = project.sources.all()[n % len(project.sources.all())]
    units, codings = project.sources.units(source.guid), project.codings.all()
    things = [source, *project.collections.all(), *units, *codings]
    return things[n % len(things)]
