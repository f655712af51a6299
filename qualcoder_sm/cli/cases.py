"""`cases`: people, organisations and online spaces."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import importers
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.model import Case, Source
from qualcoder_sm.project import labels
from qualcoder_sm.project.project import Project

Table = Annotated[
    Path | None,
    typer.Option(
        "--import",
        metavar="FILE",
        readable=False,
        help="A .csv or .xlsx table of cases: case, type, sources, and any attributes.",
    ),
]


@command
def cases(
    asked: Asked,
    project: ProjectFile,
    table: Table = None,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the cases, or import them from a table.

    Example: qualcoder-sm cases study.qsm --import cases.csv
    """
    if table:
        with asked.writing(project) as study:
            study.cases.take(importers.read_cases(table), table.name)
    with asked.reading(project) as study:
        _show(study, as_json, wide)


def _show(study: Project, as_json: bool, wide: bool) -> None:
    found = study.cases.all()
    if as_json:
        sources = {source.guid: source for source in study.sources.all()}
        names = show.SourceNames.of(study)
        show.json_list(_as_json(case, sources, names) for case in found)
        return
    sources = labels.of_sources(study)
    show.columns(
        ("case", "type", "sources", "attributes"),
        [
            (
                case.name,
                case.type,
                ", ".join(sources[guid] for guid in case.sources),
                "; ".join(f"{name}: {value}" for name, value in (case.attributes or {}).items()),
            )
            for case in found
        ],
        wide=wide,
    )


def _as_json(case: Case, sources: Mapping[str, Source], names: show.SourceNames) -> show.Jsonable:
    return {
        "guid": case.guid,
        "name": case.name,
        "type": case.type,
        "sources": [
            {
                "guid": guid,
                "name": sources[guid].name,
                "collection": names.collection(sources[guid]),
            }
            for guid in case.sources
        ],
        "attributes": dict(case.attributes or {}),
    }
