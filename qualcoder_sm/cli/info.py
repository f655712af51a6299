"""`info`: what is in a project."""

from collections.abc import Mapping
from typing import Any

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.project import surroundings
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.surroundings import Around
from qualcoder_sm.store.opening import require_project


@command
def info(asked: Asked, project: ProjectFile, as_json: AsJson = False) -> None:
    """Say what is in a project.

    Example: qualcoder-sm info study.qsm --json
    """
    with asked.reading(project) as study:
        found, near = _info(study), surroundings.around(study)
    if as_json:
        show.json_object({**found, **_near(near)})
        return
    show.line(f"{found['name']} ({found['path']})")
    show.columns(("", ""), [("coders", ", ".join(found["coders"])), *found["counts"].items()])
    for sentence in near.told().values():
        show.line(sentence)


def _near(near: Around) -> Mapping[str, Any]:
    keeper = near.keeper
    return {
        "synced_by": keeper.name if keeper and not keeper.network else None,
        "network_disk": keeper.name if keeper and keeper.network else None,
        "copies_beside": [
            {"path": str(twin.path), "common": twin.common, "only_here": twin.here,
             "only_there": twin.there}
            for twin in near.twins
        ],
    }  # fmt: skip


def _info(study: Project) -> Mapping[str, Any]:
    return {
        "name": study.name,
        "path": str(study.path.resolve()),
        "schema": require_project(study.path),
        "coders": [coder.name for coder in study.coders.all()],
        "counts": {
            "sources": len(study.sources.all()),
            "collections": len(study.collections.all()),
            "cases": len(study.cases.all()),
            "codes": len(study.codebook.codes()),
            "codings": study.codings.count(),
            "notes": len(study.notes.all()),
            "changes": study.audit.head()[0],
        },
        "head": study.audit.head()[1],
    }
