"""`audit` and `check`: what was done, and whether the file still says so."""

from dataclasses import asdict
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import audit as trails
from qualcoder_sm.project import check as checks
from qualcoder_sm.store.trail import Record, Verdict, written_time

Verify = Annotated[bool, typer.Option("--verify", help="Follow the chain from its first step.")]


@command
def audit(
    asked: Asked, project: ProjectFile, verify: Verify = False, as_json: AsJson = False
) -> None:
    """Print the audit trail, or verify its chain.

    Example: qualcoder-sm audit study.qsm --verify
    """
    with asked.reading(project) as study:
        if verify:
            _tell(study.audit.verify())
            return
        records = study.audit.records()
    if as_json:
        show.json_list(map(_as_json, records))
        return
    for one in records:
        reason = tr(" Reason: {reason}", reason=one.reason) if one.reason else ""
        show.line(f"{one.seq:>6}  {written_time(one.at)}  {trails.sentence(one)}{reason}")


@command
def check(asked: Asked, project: ProjectFile, as_json: AsJson = False) -> None:
    """Check that everything in the file is as it should be.

    Looks at the file itself, its references, every span and text, the audit chain, and
    whether the chain would rebuild the tables as they are.

    Example: qualcoder-sm check study.qsm
    """
    with asked.reading(project) as study:
        findings, remarks = checks.check(study), checks.remarks(study)
    if as_json:
        found = {"findings": list(map(asdict, findings)), "remarks": list(map(asdict, remarks))}
        show.json_object({"ok": not findings, **found})
    else:
        _show([*findings, *remarks])
    if findings:
        raise QualCoderError(
            ntr(
                "{n} thing in {name} is not as it should be. Nothing was changed.",
                "{n} things in {name} are not as they should be. Nothing was changed.",
                len(findings),
                name=project.name,
            )
        )


def _tell(verdict: Verdict) -> None:
    show.json_object(asdict(verdict))
    if not verdict.ok:
        raise QualCoderError(
            tr("The audit trail was changed at step {seq} or before it.", seq=verdict.first_bad)
        )


def _show(findings: list[checks.Finding]) -> None:
    for name in checks.CHECKS:
        said = [one.sentence for one in findings if one.check == name]
        for sentence in said or [tr("ok")]:
            show.line(f"{name}: {sentence}")


def _as_json(record: Record) -> show.Jsonable:
    return {
        "seq": record.seq,
        "at": written_time(record.at),
        "coder": record.coder,
        "action": record.action,
        "label": trails.sentence(record),
        "reason": record.reason,
        "rows": record.rows,
        "hash": record.hash,
        "previous": record.previous,
    }
