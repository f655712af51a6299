"""The kinds of step a project knows: how each is told, and where it belongs in an audit.

`label` names the step in a menu ("Undo: ..."); `told` is the end of a sentence that begins with
the coder's name, and says from what to what. Both are filled from the step's parameters. A step
whose parameters do not fill it is told by one of the `plainer` sentences: many things at once, or a
step of an older version. Audit classes: Lincoln & Guba, Naturalistic Inquiry (1985), after Halpern
(1983).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from qualcoder_sm import i18n
from qualcoder_sm.i18n import ntr, tr


class Subject(StrEnum):
    """What a step is about, as the audit page groups them."""

    CODINGS = "codings"
    CODES = "codes and definitions"
    SOURCES = "sources"
    CASES = "cases and attributes"
    MEMOS = "memos"
    PROJECT = "project and coders"


class AuditClass(StrEnum):
    """The six classes of an audit trail."""

    RAW_DATA = "raw data"
    REDUCTION = "data reduction"
    RECONSTRUCTION = "reconstruction"
    PROCESS = "process notes"
    INTENTIONS = "intentions"
    INSTRUMENTS = "instruments"


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of step."""

    subject: Subject
    audit_class: AuditClass
    label: str
    told: str
    plainer: tuple[str, ...] = ()


_C, _K, _S, _A, _M, _P = (
    Subject.CODINGS,
    Subject.CODES,
    Subject.SOURCES,
    Subject.CASES,
    Subject.MEMOS,
    Subject.PROJECT,
)
_RAW, _RED, _REC, _PRO, _INT, _INS = (
    AuditClass.RAW_DATA,
    AuditClass.REDUCTION,
    AuditClass.RECONSTRUCTION,
    AuditClass.PROCESS,
    AuditClass.INTENTIONS,
    AuditClass.INSTRUMENTS,
)

_MEMOS = {
    "analytic": _RED,
    "method": _PRO,
    "reflexive": _INT,
    "field_note": _RAW,
    "decision": _PRO,
}
"""Where a kind of memo belongs: theoretical notes, methodological and trustworthiness notes,
personal notes, field notes, and the log of decisions."""

STEPS: Mapping[str, Step] = {
    "project.create": Step(_P, _INT, "Create the project {name}", "created the project {name}."),
    "project.edit": Step(_P, _INT, "Describe the project", "changed the project's description."),
    "project.migrate": Step(
        _P, _PRO, "Bring the file to a new version",
        "opened the project in a newer version of the program (file version {version}): {what}."),
    "project.repair": Step(
        _P, _PRO, "Repair the file", "made anew what the file derives from the rest: {what}."),
    "project.redact": Step(
        _P, _PRO, "Take a name out for good",
        "put {keys} in the place of a name, for good: the content of {what} was removed."),
    "coder.add": Step(_P, _PRO, "Add the coder {name}", "added the coder {name}."),
    "collection.add": Step(_S, _RAW, "Add the collection {name}", "added the collection {name}."),
    "collection.edit": Step(
        _S, _RAW, "Describe the collection {name}",
        "changed the {fields} of the collection {name}: {changes}.",
        ("changed the description of {name}.",)),
    "source.import": Step(_S, _RAW, "Import {what}", "imported {what} from {files}."),
    "source.rename": Step(
        _S, _RAW, "Rename {old} to {name}", "renamed the source {old} to {name}."),
    "source.move": Step(
        _S, _RAW, "Move {name} to {collection}", "moved {name} from {old} to {collection}.",
        ("moved {name} to {collection}.",)),
    "source.move_new": Step(
        _S, _RAW, "Move {name} to {collection}",
        "added the collection {collection} and moved {name} from {old} to it."),
    "source.remove": Step(
        _S, _RAW, "Delete {name}", "deleted {name} and {what} in it."),
    "source.lock": Step(_S, _RAW, "Lock the text of {name}", "locked the text of {name}."),
    "source.unlock": Step(_S, _RAW, "Unlock the text of {name}", "unlocked the text of {name}."),
    "person.rename": Step(
        _S, _RAW, "Rename the speaker {old} to {key}", "renamed the speaker {old} to {key}."),
    "person.merge": Step(
        _S, _RAW, "Merge the speaker {old} into {key}",
        "merged the speaker {old} into {key}: {what} moved."),
    "person.role": Step(
        _S, _RAW, "Change the role of {key}",
        "changed the role of {key} from {old} to {role}."),
    "person.case": Step(
        _S, _RAW, "Change the case of {key}",
        "changed the case of {key} from {old} to {case}."),
    "person.edit": Step(_S, _RAW, "Change speakers", "changed speakers: {changes}."),
    "codebook.import": Step(
        _K, _INS, "Add the codebook {name}", "added {what} from the codebook {name}.",
        ("added the codebook {name}.",)),
    "code.add": Step(
        _K, _REC, "Add the code {code}", "created the code {code} {where}.",
        ("created the code {code}.",)),
    "code.emerge": Step(
        _K, _REC, "Add the code {code}", "created the code {code} {where}, as an emergent code.",
        ("created the code {code}, as an emergent code.",)),
    "code.rename": Step(
        _K, _REC, "Rename {old} to {code}", "renamed the code {old} to {code}."),
    "code.move": Step(_K, _REC, "Move {code}", "moved {code} {where}."),
    "code.recolour": Step(
        _K, _INS, "Recolour {code}", "changed the colour of {code} from {old} to {new}.",
        ("gave {code} another colour.",)),
    "code.edit": Step(
        _K, _INS, "Change the {fields} of {code}", "changed the {fields} of {code}: {changes}.",
        ("changed the {fields} of {code}.",)),
    "code.favourite": Step(
        _K, _INS, "Change the key of {code}",
        "changed the favourite key of {code} from {old} to {new}.",
        ("changed the favourite key of {code}.",)),
    "code.merge": Step(
        _K, _REC, "Merge {old} into {code}",
        "merged {old} into {code}: {what} moved, {doubled} already there."),
    "code.remove": Step(
        _K, _REC, "Delete the code {code}",
        "deleted the code {code} with {what}."),
    "coding.apply": Step(
        _C, _RED, "Apply {code} in {source}",
        "applied {code} to {size} of {source}, {locator}."),
    "coding.apply_new": Step(
        _C, _RED, "Add {code} and apply it in {source}",
        "created the code {code}, as an emergent code, and applied it to {size} of {source}, "
        "{locator}."),
    "coding.in_vivo": Step(
        _C, _RED, "Code in vivo {code}",
        "created the code {code} from the words of {source} and applied it there."),
    "coding.apply_many": Step(
        _C, _RED, "Apply {what}", "applied {what} in {where}: {codes}.",
        ("applied {what} in {where}.",)),
    "coding.remove": Step(
        _C, _RED, "Remove {code} in {source}",
        "removed {code} from {size} of {source}, {locator}."),
    "coding.remove_many": Step(
        _C, _RED, "Remove {what}", "removed {what} in {where}: {codes}.", ("removed {what}.",)),
    "coding.move": Step(
        _C, _RED, "Move the boundary of {code}",
        "changed {ends} of {code} in {source}, {locator}, from {old} to {new}.",
        ("moved the boundary of {code} in {source}: {size} instead of {old}.",)),
    "coding.recode": Step(
        _C, _RED, "Change {what} to {code}", "changed {what} from {old} to {code} in {where}.",
        ("changed {what} to {code}.",)),
    "coding.recode_new": Step(
        _C, _RED, "Add {code} and change {what} to it",
        "created the code {code}, as an emergent code, and changed {what} from {old} to it in "
        "{where}."),
    "coding.memo": Step(
        _M, _PRO, "Write a memo on {code}",
        "changed the memo on {code} in {source}, {locator}, from {old} to {new}.",
        ("wrote a memo on {code} in {source}.",)),
    "coding.polarity": Step(
        _C, _RED, "Mark what {code} says",
        "changed what {code} says in {source}, {locator}, from {old} to {polarity}.",
        ("marked {what} of {code} in {where} as {polarity}.",
         "marked {what} of {code} as {polarity}.", "marked a passage of {code} as {polarity}.")),
    "coding.weight": Step(
        _C, _RED, "Weigh a passage of {code}",
        "changed the weight of {code} in {source}, {locator}, from {old} to {weight}.",
        ("gave {what} of {code} in {where} the weight {weight}.",
         "gave a passage of {code} the weight {weight}.")),
    "coding.paraphrase": Step(
        _C, _REC, "Paraphrase a passage of {code}",
        "changed the paraphrase of {code} in {source}, {locator}, from {old} to {new}.",
        ("{did} the paraphrase of a passage of {code} in {source}, {locator}.",)),
    "coding.quote_rule": Step(
        _C, _PRO, "Change the quote rule of {what}",
        "changed the quote rule of {what} from {old} to {new}."),
    "source.quote_rule": Step(
        _S, _PRO, "Change the quote rule of {what}",
        "changed the quote rule of {what} from {old} to {new}."),
    "coding.mark": Step(
        _C, _RED, "Mark and weigh a passage of {code}",
        "changed what {code} says in {source}, {locator}, from {old} to {polarity}, and its weight "
        "from {before} to {weight}.",
        ("marked {what} of {code} in {where} as {polarity} and gave each the weight {weight}.",
         "marked a passage of {code} as {polarity} and gave it the weight {weight}.")),
    "code.split": Step(
        _K, _REC, "Split the code {code}", "split the code {code}: {what} went to {where}."),
    "coding.aside": Step(
        _C, _RED, "Set words of {source} aside",
        "set {size} of {source} aside, {locator}: no code fits."),
    "coding.autocode": Step(
        _C, _RED, "Autocode {what} with {code}",
        "autocoded {what} with {code}: {rule}."),
    "set.keep": Step(
        _K, _REC, "Keep the set {name}", "changed the set {name}: {changes}.",
        ("kept the set {name} of {what}.",)),
    "set.remove": Step(
        _K, _REC, "Delete the set {name}", "deleted the set {name} of {what}.",
        ("deleted the set {name}.",)),
    "link.add": Step(
        _C, _REC, "Link {origin} to {target}", "linked a passage: {origin} {kind} {target}."),
    "link.edit": Step(
        _C, _REC, "Change the link of {origin} to {target}",
        "changed the {fields} of the link from {origin} to {target}: {changes}.",
        ("changed a link: {origin} {kind} {target}.",)),
    "link.remove": Step(
        _C, _REC, "Remove {what}", "removed {what} between passages: {which}.",
        ("removed {what} between passages.",)),
    "source.correct": Step(
        _S, _RAW, "Correct the text of {name}",
        "corrected the text of {name}: {edits}, from {old} to {new}, {what} dropped.",
        ("corrected the text of {name}: {edits}, {what} dropped.",)),
    "note.remove": Step(_M, _PRO, "Delete the memo {title}", "deleted the memo {title}."),
    "case.import": Step(
        _A, _RAW, "Add cases from {files}", "took {what} from {files}: {new} new, {known} known.",
        ("added or changed {what} from {files}.",)),
    "case.add": Step(_A, _RAW, "Add the case {name}", "added the case {name}."),
    "case.link": Step(
        _A, _RAW, "Link {name} to sources", "changed the sources of the case {name}: {changes}.",
        ("changed which sources belong to {name}.",)),
    "progress.set": Step(
        _P, _PRO, "Mark {source} as {state}", "changed the progress of {source} from {old} to {state}.",
        ("marked {source} as {state}.",)),
    "undo": Step(_P, _PRO, "Undo step {step}", "took back step {step}: {label}."),
    "redo": Step(_P, _PRO, "Redo step {step}", "did step {step} again: {label}."),
    **{f"note.add.{kind}": Step(_M, of, "Write the memo {title}", "wrote the {kind} memo {title}.")
       for kind, of in _MEMOS.items()},
    **{f"note.edit.{kind}": Step(
        _M, of, "Change the memo {title}",
        "changed the {fields} of the {kind} memo {title}: {changes}.",
        ("changed the {kind} memo {title}.",))
       for kind, of in _MEMOS.items()},
}  # fmt: skip

FIRM = frozenset({"project.create", "project.migrate", "project.redact"})
"""Steps that nothing takes back, and that nothing before them can be taken back across."""

ASIDE = frozenset({"project.repair"})
"""Steps that change nothing of the study: nothing takes them back, and they are in nothing's way."""


def label(action: str, parameters: Mapping[str, object]) -> str:
    """What the step is called in a menu."""
    return tr(STEPS[action].label, **parameters)


def told(action: str, parameters: Mapping[str, object], fallback: str = "") -> str:
    """The step as the end of a sentence about its coder; the fallback for a redacted step."""
    return "".join(text for text, _field in pieces(action, parameters, fallback))


def pieces(
    action: str, parameters: Mapping[str, object], fallback: str = ""
) -> list[tuple[str, str]]:
    """As `told`, piece by piece: the text, and the parameter that it is, or ""."""
    step = STEPS.get(action)
    if step is None or not parameters:
        return [(fallback or tr("did something whose content was removed from the trail."), "")]
    known = {**parameters, **_size(parameters)}
    for sentence in (step.told, *step.plainer):
        with suppress(KeyError):
            return i18n.pieces(sentence, **known)
    return [(fallback or tr("did something that this version of the program cannot tell."), "")]


def _size(parameters: Mapping[str, object]) -> dict[str, str]:
    """How long a passage is, in words."""
    n = parameters.get("characters")
    return {"size": ntr("{n} character", "{n} characters", n)} if isinstance(n, int) else {}
