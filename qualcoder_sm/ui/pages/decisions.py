"""What there is to decide about an import, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.options import Duplicates, Orphans, Removed
from qualcoder_sm.ui.pages.widgets.matters import Matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcoder_sm.importers.options import ImportOptions
    from qualcoder_sm.importers.posts import Post
    from qualcoder_sm.ui.pages.intake import Intake

ZONES = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York",
    "America/Chicago", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
_NAMED = 3


def matters(found: Intake, options: ImportOptions) -> list[Matter]:
    """The matters of an import, those with a choice first."""
    every = list(_matters(found, options))
    return [one for one in every if one.choices] + [one for one in every if not one.choices]


def _matters(found: Intake, options: ImportOptions) -> Iterator[Matter]:
    yield from _posts(found)
    if found.found.naive:
        yield Matter(
            "zone",
            "clock",
            ntr("{n} time carries no time zone.", "{n} times carry no time zone.", found.found.naive),
            tuple((zone, tr("Read as {zone}", zone=zone)) for zone in dict.fromkeys((*ZONES, options.zone))),
        )  # fmt: skip
    yield from _told(found, options)


def _posts(found: Intake) -> Iterator[Matter]:
    repeated = [post for one in found.found.findings for post in one.repeated]
    orphans = [post for one in found.found.findings for post in one.orphans]
    removed = [post for one in found.found.findings for post in one.removed]
    if repeated:
        yield Matter(
            "duplicates",
            "copy",
            ntr("{n} post comes twice, with the same id.", "{n} posts come twice, with the same id.",
                len(repeated)) + _ids([post.id for post in repeated]),
            ((Duplicates.KEEP_FIRST, tr("Keep the first")), (Duplicates.KEEP_ALL, tr("Keep both"))),
        )  # fmt: skip
    if orphans:
        yield Matter(
            "orphans",
            "arrow-bend-up-left",
            ntr("{n} post answers a post that is not in the file.",
                "{n} posts answer a post that is not in the file.", len(orphans))
            + _ids([post.reply_to for post in orphans]),
            ((Orphans.UNDER_FIRST_POST, tr("Put under the first post")),
             (Orphans.AT_TOP, tr("Leave at the top"))),
        )  # fmt: skip
    if removed:
        yield Matter(
            "removed",
            "prohibit",
            ntr("{n} post was removed before the file was made.",
                "{n} posts were removed before the file was made.", len(removed)),
            ((Removed.KEEP_PLACE, tr("Keep an empty place")), (Removed.LEAVE_OUT, tr("Leave out"))),
        )  # fmt: skip


def _told(found: Intake, options: ImportOptions) -> Iterator[Matter]:
    """What is only told, for nothing can be done about it here."""
    if found.refused:
        words = ntr("{n} file cannot be imported and is left out: {files}.",
                    "{n} files cannot be imported and are left out: {files}.", len(found.refused),
                    files=_some([one.path.name for one in found.refused]))  # fmt: skip
        yield Matter("refused", "warning-circle", words)
    findings = found.found.findings
    alike: list[tuple[Post, Post]] = [pair for one in findings for pair in one.alike]
    elsewhere = sum(len(one.elsewhere) for one in findings)
    if alike:
        words = ntr(
            "{n} post repeats the words of its author minutes before; both are kept.",
            "{n} posts repeat the words of their authors minutes before; all are kept.", len(alike))  # fmt: skip
        yield Matter("alike", "info", words)
    if elsewhere:
        words = ntr("{n} post answers a post of another thread.",
                    "{n} posts answer a post of another thread.", elsewhere)  # fmt: skip
        yield Matter("elsewhere", "info", words)
    if found.found.untimed:
        words = ntr("The time of {n} post cannot be read; it stays empty.",
                    "The times of {n} posts cannot be read; they stay empty.", found.found.untimed)  # fmt: skip
        yield Matter("untimed", "clock", words)
    several = len({source.origin for source in found.bundle.sources}) > 1
    for number, problem in enumerate(found.bundle.problems):
        if not problem.where and not problem.what.endswith(f"{options.zone}."):
            words = tr("{file}: {what}", file=problem.file, what=problem.what)
            yield Matter(f"file {number}", "info", words if several else problem.what)


def _ids(ids: list[str]) -> str:
    """Some ids in a sentence of their own; none where the posts bear none."""
    known = list(dict.fromkeys(one for one in ids if one))
    if not known:
        return ""
    return tr(" {ids}.", ids=_some(known))


def _some(names: list[str]) -> str:
    """The first few, and how many more there are."""
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return tr("{names} and {n} more", names=shown, n=f"{more:,}") if more > 0 else shown
