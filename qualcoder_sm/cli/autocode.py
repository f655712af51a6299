"""`autocode`: passages proposed by a rule, and coded when asked to."""

from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.cli.search import SourcesTold
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.autocode import Proposal
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import (
    Attribute,
    Heading,
    Regex,
    Rule,
    Scope,
    Searched,
    Speaker,
    Words,
)
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.reports.options import Choice, Filter

CodeName = Annotated[str, typer.Argument(metavar="CODE", help="Name, path or guid.")]
WordList = Annotated[
    str | None, typer.Option("--words", metavar="WORD,WORD", help="Any of these words or phrases.")
]
Parts = Annotated[bool, typer.Option("--parts", help="The words also inside of other words.")]
Stem = Annotated[bool, typer.Option("--stem", help="Also longer words that begin like them.")]
Pattern = Annotated[
    str | None, typer.Option("--regex", metavar="PATTERN", help="What a regular expression finds.")
]
Query = Annotated[
    str | None, typer.Option("--search", metavar="QUERY", help="What a search finds; see search.")
]
Under = Annotated[
    str | None,
    typer.Option(
        "--heading",
        metavar="WORDS",
        help="What is under a heading, or an interviewer's question, that holds these words.",
    ),
]
How = Annotated[Scope, typer.Option("--scope", help="How much around a match is coded.")]
Apply = Annotated[bool, typer.Option("--apply", help="Code the passages; else they are listed.")]


@command
@choosing((Choice.SPEAKER, Choice.ATTRIBUTE, Choice.SOURCE))
def autocode(
    asked: Asked,
    project: ProjectFile,
    code: CodeName,
    chosen: Chosen,
    words: WordList = None,
    regex: Pattern = None,
    search: Query = None,
    heading: Under = None,
    parts: Parts = False,
    stem: Stem = False,
    scope: How = Scope.MATCH,
    apply: Apply = False,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the passages that a rule finds, or code them.

    What the coder has with this code already is never changed, and skipped.

    Example: qualcoder-sm autocode study.qsm Fatigue --words "tired,worn out" --scope sentence
    """
    _require_one(words, regex, search, heading, chosen)
    with asked.writing(project) if apply else asked.reading(project) as study:
        which = chosen.filter(study)
        rule = _rule(_words(words, parts, stem), regex, search, heading, which)
        wanted = study.codebook.find(code).guid
        proposals = study.autocode.proposals(rule, scope, wanted, which.sources)
        if apply:
            _apply(study, wanted, proposals, rule, scope)
        else:
            _list(study, proposals, as_json, wide)


def _require_one(
    words: str | None, regex: str | None, search: str | None, heading: str | None, chosen: Chosen
) -> None:
    """Wrong usage when no rule is given, or more than one."""
    texts = sum(rule is not None for rule in (words, regex, search, heading))
    speakers = Choice.SPEAKER in chosen.values
    if texts + speakers + len(chosen.values.get(Choice.ATTRIBUTE, ())) != 1:
        raise typer.BadParameter(
            tr("Give one rule: --words, --regex, --search, --speaker, --heading or --attribute.")
        )


def _rule(
    words: Words | None, regex: str | None, search: str | None, heading: str | None, which: Filter
) -> Rule:
    """The one rule that was given."""
    if words is not None:
        return words
    if regex is not None:
        return Regex(regex)
    if search is not None:
        return Searched(SearchQuery(search))
    if heading is not None:
        return Heading(heading)
    return Speaker(which.speakers) if which.speakers else Attribute(*which.attributes[0])


def _words(words: str | None, parts: bool, stem: bool) -> Words | None:
    return None if words is None else Words(_split(words), whole_word=not parts, stem=stem)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _apply(study: Project, code: str, proposals: list[Proposal], rule: Rule, scope: Scope) -> None:
    done = study.autocode.apply(code, proposals, rule, scope)
    show.line(ntr("Coded {n} passage.", "Coded {n} passages.", len(done.codings)))
    if done.skipped:
        show.line(
            ntr("{n} carried the code already.", "{n} carried the code already.", done.skipped)
        )


def _list(study: Project, proposals: list[Proposal], as_json: bool, wide: bool) -> None:
    told = SourcesTold(study)
    if as_json:
        show.json_list({**told.as_json(one.hit), "already": one.already} for one in proposals)
        return
    told.show((one.hit for one in proposals), wide=wide)
    already = sum(one.already for one in proposals)
    if already:
        show.line(ntr("{n} carries the code already.", "{n} carry the code already.", already))
