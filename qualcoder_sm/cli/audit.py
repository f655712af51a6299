"""`audit` and `check`: what was done, and whether the file still says so."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import notices
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.errors import QualCoderError, WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import audit as trails
from qualcoder_sm.project import check as checks
from qualcoder_sm.project import repair as repairs
from qualcoder_sm.project.audit import Told
from qualcoder_sm.project.differences import Difference, shortened
from qualcoder_sm.store import backups
from qualcoder_sm.store.trail import Record, written_time
from qualcoder_sm.store.verification import Verdict

Verify = Annotated[
    bool,
    typer.Option("--verify", help="Follow the chain, and compare tables and texts with it."),
]
Expect = Annotated[
    str | None,
    typer.Option("--expect", metavar="HEAD", help="The head of the trail, as it was printed."),
]
Repair = Annotated[
    bool,
    typer.Option("--repair", help="Make anew what the file derives from the rest."),
]


@command
def audit(
    asked: Asked,
    project: ProjectFile,
    verify: Verify = False,
    expect: Expect = None,
    as_json: AsJson = False,
) -> None:
    """Print the audit trail, or verify its chain.

    With --json each step has its rows before and after; texts of more than 500 characters are
    shortened, their SHA-256 beside them, and of a step the first 100 rows are shown.

    --verify says which of three things failed: the chain of steps, the tables and texts, which
    must be what the trail says, or the head, which is compared with --expect.

    Example: qualcoder-sm audit study.qsm --verify --expect 3f0c...
    """
    if expect is not None and not verify:
        raise WrongUsage(tr("--expect belongs to --verify."))
    if expect is not None and not expect.strip():
        raise WrongUsage(
            tr("--expect is empty, so no head could be compared. Nothing was checked.")
        )
    opened = asked.checking if verify else asked.reading
    with opened(project) as study:
        if verify:
            _tell(study.audit.verify(expected=expect or ""), as_json=as_json)
        elif as_json:
            show.json_list(map(_as_json, study.audit.told()))
        else:
            for one in study.audit.each():
                show.line(_line(one))


@command
def check(
    asked: Asked, project: ProjectFile, repair: Repair = False, as_json: AsJson = False
) -> None:
    """Check that everything in the file is as it should be.

    Looks at its tables and their values, its references, every span and text, the index that
    texts are searched by, the audit chain, and whether the chain would rebuild the tables as they
    are.

    --repair makes anew what is derived from the rest, keeps a copy of the file as it was, and says
    what is left: a backup has that.

    Example: qualcoder-sm check study.qsm
    """
    if repair:
        _repair(asked, project)
    with asked.checking(project) as study:
        findings, remarks = checks.check(study), checks.remarks(study)
    if as_json:
        found = {"findings": list(map(asdict, findings)), "remarks": list(map(asdict, remarks))}
        show.json_object({"ok": not findings, **found})
    else:
        _show([*findings, *remarks])
    if findings:
        raise QualCoderError(
            ntr(
                "{n} thing in {name} is not as it should be. {advice}",
                "{n} things in {name} are not as they should be. {advice}",
                len(findings),
                name=project.name,
                advice=tr("They cannot be made anew: restore a backup.")
                if repair
                else tr("Nothing was changed."),
            )
        )


def _repair(asked: Asked, project: Path) -> None:
    with asked.writing(project) as study:
        done = repairs.repair(study)
        kept = backups.folder(study.guid)
    if done:
        notices.tell(tr("Made anew: {what}. A copy of the file as it was is in {folder}.",
                what=tr(", ").join(done), folder=kept))  # fmt: skip
    else:
        notices.tell(tr("Nothing had to be made anew."))


def _tell(verdict: Verdict, *, as_json: bool) -> None:
    said = trails.findings(verdict)
    if as_json:
        show.json_object(_verdict_as_json(verdict))
    else:
        show.lines(said)
    failed = [
        tr("the chain") if not verdict.chain else "",
        tr("tables and texts") if not verdict.tables else "",
        tr("the head") if verdict.expected_head is False else "",
    ]
    if not verdict.ok:
        what = tr(", ").join(filter(None, failed))
        raise QualCoderError(tr("The check of the audit trail failed: {what}.", what=what))


def _verdict_as_json(verdict: Verdict) -> show.Jsonable:
    return {
        "ok": verdict.ok,
        "records": verdict.records,
        "head": verdict.head,
        "first_bad": verdict.first_bad,
        "chain": verdict.chain,
        "tables": verdict.tables,
        "expected_head": verdict.expected_head,
        "expected_at": verdict.expected_at,
        "differing": dict(verdict.differing),
        "unreadable_steps": verdict.emptied,
        "rows_not_compared": verdict.untold,
        "times_backwards": verdict.backwards,
        "first_backwards": verdict.first_backwards,
    }


def _show(findings: list[checks.Finding]) -> None:
    for name in checks.CHECKS:
        said = [one.sentence for one in findings if one.check == name]
        for sentence in said or [tr("ok")]:
            show.line(f"{name}: {sentence}")


def _line(record: Record) -> str:
    reason = tr(" Reason: {reason}", reason=record.reason) if record.reason else ""
    return f"{record.seq:>6}  {written_time(record.at)}  {trails.sentence(record)}{reason}"


def _as_json(told: Told) -> show.Jsonable:
    record = told.record
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
        "undo_of": record.undo_of,
        "before": _side(told.differences, "before"),
        "after": _side(told.differences, "after"),
        "rows_not_shown": told.more,
    }


def _side(rows: Iterable[Difference] | None, side: str) -> list[Mapping[str, object]] | None:
    """The rows that there are on one side of a step; None when they can no longer be read."""
    if rows is None:
        return None
    found = [(one.table, one.guid, getattr(one, side)) for one in rows]
    return [
        {"table": table, "guid": guid,
         "fields": {name: shortened(value) for name, value in fields.items()}}
        for table, guid, fields in found
        if fields is not None
    ]  # fmt: skip
