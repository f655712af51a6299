"""`quoting` and `paraphrase`: how words may be published, and what is published instead."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import names
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.quote_overview import Entry, overview
from qualcoder_sm.project.quote_rules import Target
from qualcoder_sm.project.quoting import Level, is_known

RULES = {
    "verbatim": QuoteRule.VERBATIM,
    "paraphrase": QuoteRule.PARAPHRASE,
    "do-not-quote": QuoteRule.DO_NOT_QUOTE,
    "withdrawn": QuoteRule.WITHDRAWN,
    "unset": QuoteRule.UNSET,
}

Set = Annotated[
    str | None,
    typer.Option("--set", metavar="|".join(RULES), help="The rule that holds from now on."),
]
OfCollection = Annotated[
    str, typer.Option("--collection", metavar="NAME", help="Where: a collection.")
]
OfSource = Annotated[str, typer.Option("--source", metavar="SOURCE", help="Where: a source.")]
OfPost = Annotated[
    str,
    typer.Option(
        "--post", metavar="SOURCE:ID", help="Where: a post by its id, or a turn by its number."
    ),
]
OfCoding = Annotated[
    str,
    typer.Option(
        "--coding", metavar="GUID", help="Where: one passage of yours; see codings --json."
    ),
]
CodingGuid = Annotated[
    str, typer.Argument(metavar="CODING", help="The coding's guid; see codings --json.")
]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="The paraphrase; empty takes it away.")]


@command
def quoting(
    asked: Asked,
    project: ProjectFile,
    rule: Set = None,
    collection: OfCollection = "",
    source: OfSource = "",
    post: OfPost = "",
    coding: OfCoding = "",
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List how words may be published, or set a rule.

    The nearest rule holds: of the passage, the post, the source, the collection.
    What is withdrawn anywhere stays withdrawn. A looser rule needs --reason.

    Example: qualcoder-sm quoting study.qsm

    Example: qualcoder-sm quoting study.qsm --set paraphrase --collection "S01 Shaky Blether"

    Example: qualcoder-sm quoting study.qsm --set verbatim --post S01-T03:0113 --reason "consent of 3 May"
    """
    named = [name for name in (collection, source, post, coding) if name]
    if rule is None and named:
        raise typer.BadParameter(tr("Say with --set which rule shall hold there."))
    if rule is not None and len(named) != 1:
        raise typer.BadParameter(
            tr("Say where: one of --collection, --source, --post and --coding.")
        )
    if rule is None:
        _list(asked, project, as_json, wide)
        return
    wanted = _rule(rule)
    with step(asked, project) as study:
        target = _target(study, collection, source, post, coding)
        study.quoting.set_rule(target, wanted)
        holds = study.quoting.standing(target).holds.rule
    if wanted and holds is not wanted:
        show.line(tr("In effect there: {rule}, as what holds it says.", rule=_named(holds)))


@command
def paraphrase(asked: Asked, project: ProjectFile, coding: CodingGuid, text: Text) -> None:
    """Write what is published in place of the words of a passage.

    It is printed wherever the passage may only be paraphrased, marked as a paraphrase.

    Example: qualcoder-sm paraphrase study.qsm 0b1f... "She was too tired to answer."
    """
    with step(asked, project) as study:
        study.codings.set_paraphrase(coding, text)


def _rule(word: str) -> QuoteRule:
    plain = word.strip().casefold().replace(" ", "-").removesuffix("-only")
    if plain not in RULES:
        raise typer.BadParameter(
            tr(
                "There is no rule “{rule}”; the rules are {rules}.",
                rule=word,
                rules=", ".join(RULES),
            )
        )
    return RULES[plain]


def _target(study: Project, collection: str, source: str, post: str, coding: str) -> Target:
    if source:
        return study.sources.find(source)
    if post:
        return study.quoting.post(post)
    if coding:
        return study.codings.get(coding)
    return study.collections.find(collection)


def _list(asked: Asked, project: Path, as_json: bool, wide: bool) -> None:
    with asked.reading(project) as study:
        entries = overview(study)
    if as_json:
        show.json_object(_as_json(entries))
        return
    listed = [one for one in entries if _is_news(one)]
    show.columns(
        ("level", "name", "rule", "in effect", "posts and turns", "codings"),
        [
            (tr(one.level.value), _path(one), one.wording, _named(one.holds.rule),
             _counts(one.posts), _counts(one.codings))
            for one in listed
        ],
        wide=wide,
    )  # fmt: skip
    same = len(entries) - len(listed)
    if same:
        show.line(
            ntr("{n} post says what its source says, and is not listed.",
                "{n} posts say what their sources say, and are not listed.", same)
        )  # fmt: skip
    for wording in sorted({one.wording for one in entries if not is_known(one.wording)}):
        show.line(tr("“{wording}” is not known and counts as paraphrase only.", wording=wording))


def _is_news(one: Entry) -> bool:
    """Whether a rule says anything that is not said above it."""
    return one.level is not Level.POST or one.holds.rule is not one.above.rule


def _path(one: Entry) -> str:
    if one.level in (Level.POST, Level.PASSAGE):
        return f"{one.within}:{one.name}"
    return names.path(one.within, one.name)


def _named(rule: QuoteRule) -> str:
    return tr(rule.value) if rule else tr("no rule")


def _counts(counts: Counter[QuoteRule]) -> str:
    return ", ".join(f"{counts[rule]:,} {_named(rule)}" for rule in QuoteRule if counts[rule])


_LISTS = {
    Level.COLLECTION: "collections",
    Level.SOURCE: "sources",
    Level.POST: "posts",
    Level.PASSAGE: "codings",
}


def _as_json(entries: Sequence[Entry]) -> Mapping[str, object]:
    return {
        name: [_entry(one) for one in entries if one.level is level]
        for level, name in _LISTS.items()
    }


def _entry(one: Entry) -> Mapping[str, object]:
    above = {Level.SOURCE: "collection", Level.POST: "source", Level.PASSAGE: "source"}
    told: dict[str, object] = {"guid": one.guid, "name": one.name}
    if one.level in above:
        told[above[one.level]] = one.within or None
    told |= {
        "quote_rule": one.wording,
        "effective": one.holds.rule.value,
        "known": is_known(one.wording),
    }
    if one.level in (Level.COLLECTION, Level.SOURCE):
        told |= {"posts": _by_rule(one.posts), "codings": _by_rule(one.codings)}
    return told


def _by_rule(counts: Counter[QuoteRule]) -> Mapping[str, int]:
    return {rule.value or "unset": counts[rule] for rule in QuoteRule}
