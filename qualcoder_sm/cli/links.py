"""`link`, `links` and `unlink`: passages that lead to others."""

from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.project.links import LEADS_TO, CodingLink
from qualcoder_sm.project.project import Project
from qualcoder_sm.store.trail import written_time

Origin = Annotated[str, typer.Argument(metavar="ORIGIN", help="The guid of a coding.")]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="The guid of another coding.")]
LinkGuids = Annotated[list[str], typer.Argument(metavar="LINK...", help="Guids of links.")]
Kind = Annotated[str, typer.Option("--kind", metavar="WORDS", help="How the first leads on.")]
Memo = Annotated[str, typer.Option(metavar="TEXT", help="A memo on the link.")]


@command
def link(
    asked: Asked,
    project: ProjectFile,
    origin: Origin,
    target: Target,
    kind: Kind = LEADS_TO,
    memo: Memo = "",
) -> None:
    """Link a coded passage to another.

    Example: qualcoder-sm link study.qsm 0b1f... 77aa... --kind "leads to"
    """
    with step(asked, project) as study:
        study.links.add(origin, target, kind, memo)


@command
def links(asked: Asked, project: ProjectFile, as_json: AsJson = False, wide: Wide = False) -> None:
    """List the links between coded passages.

    Example: qualcoder-sm links study.qsm --json
    """
    with asked.reading(project) as study:
        told = _told(study)
    headers = ("origin_code", "kind", "target_code", "coder", "memo")
    show.entries(told, headers, as_json=as_json, wide=wide)


@command
def unlink(asked: Asked, project: ProjectFile, links: LinkGuids) -> None:
    """Take links away.

    Example: qualcoder-sm unlink study.qsm 51c0...
    """
    with step(asked, project) as study:
        study.links.remove(*links)


def _told(study: Project) -> list[dict[str, object]]:
    paths = study.codebook.paths()
    coders = {coder.guid: coder.name for coder in study.coders.all()}
    found = study.links.all()
    code = {guid: paths[study.codings.get(guid).code]
            for guid in {end for link in found for end in (link.origin, link.target)}}  # fmt: skip

    def told(link: CodingLink) -> dict[str, object]:
        return {
            "guid": link.guid,
            "origin": link.origin,
            "origin_code": code[link.origin],
            "kind": link.kind,
            "target": link.target,
            "target_code": code[link.target],
            "coder": coders[link.coder],
            "created": written_time(link.created),
            "memo": link.memo,
        }

    return [told(link) for link in found]
