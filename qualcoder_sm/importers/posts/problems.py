"""What was found in a table of posts, in sentences without anybody's name."""

from collections.abc import Iterator, Sequence

from qualcoder_sm.bundle import Problem
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.options import Duplicates, ImportOptions, Orphans
from qualcoder_sm.importers.posts.rows import Post, PostTable
from qualcoder_sm.importers.posts.threads import Findings
from qualcoder_sm.project.quoting import is_known

_TIMES_LISTED = 20


def problems(source: PostTable, findings: Findings, options: ImportOptions) -> Iterator[Problem]:
    """Each thing found, with the line or row of the file where it stands."""
    file, place = source.table.file, source.table.place
    for post in findings.repeated:
        yield Problem(file, place(post.row), _repeated(post, options))
    for before, post in findings.alike:
        yield Problem(file, place(post.row), _alike(before, post, place(before.row)))
    for post in findings.orphans:
        yield Problem(file, place(post.row), _orphan(post, options))
    for post in findings.elsewhere:
        what = tr("The post answers {id}, which is in another thread.", id=post.reply_to)
        yield Problem(file, place(post.row), what)
    yield from _times(source, options.zone)
    yield from _guessed_rules(source)
    if rounded := source.table.rounded:
        what = ntr(
            "{n} number has more than 15 digits, of which the workbook keeps no more; "
            "if it is an id, import the posts from csv instead.",
            "{n} numbers have more than 15 digits, of which the workbook keeps no more; "
            "if they are ids, import the posts from csv instead.",
            rounded,
        )
        yield Problem(file, "", what)


def _repeated(post: Post, options: ImportOptions) -> str:
    if not post.id:
        return tr("The same post stands in the file before.")
    if options.duplicates == Duplicates.KEEP_FIRST:
        return tr("Post {id} comes twice; the first was kept.", id=post.id)
    return tr("Post {id} comes twice; both were kept.", id=post.id)


def _alike(before: Post, post: Post, place: str) -> str:
    if not before.id or not post.id:
        return tr("The same words by the same author stand in {place}; both were kept.",
                  place=place)  # fmt: skip
    return tr(
        "Posts {first} and {second} have the same author and words; both were kept.",
        first=before.id,
        second=post.id,
    )


def _orphan(post: Post, options: ImportOptions) -> str:
    if options.orphans == Orphans.UNDER_FIRST_POST:
        return tr(
            "The post answers {id}, which is not in the file. It stands under the first post of "
            "its thread, unless it is that post itself.",
            id=post.reply_to,
        )
    return tr(
        "The post answers {id}, which is not in the file; it was left at the top.",
        id=post.reply_to,
    )


def _times(source: PostTable, zone: str) -> Iterator[Problem]:
    table, untimed = source.table, source.untimed
    if source.naive:
        what = ntr(
            "{n} time carries no time zone; it was read as {zone}.",
            "{n} times carry no time zone; they were read as {zone}.",
            source.naive,
            zone=zone,
        )
        yield Problem(table.file, "", what)
    if len(untimed) > _TIMES_LISTED:
        yield Problem(table.file, table.place(untimed[0]), _many_untimed(untimed))
        return
    for row in untimed:
        what = tr("The time of the post cannot be read; it was left empty.")
        yield Problem(table.file, table.place(row), what)


def _guessed_rules(source: PostTable) -> Iterator[Problem]:
    """The first post with each wording of a quote rule that is not known."""
    first: dict[str, Post] = {}
    for post in source.posts:
        first.setdefault(post.quote_rule, post)
    for wording, post in first.items():
        if not is_known(wording):
            what = tr("The quote rule “{wording}” is not known; it counts as paraphrase only.",
                      wording=wording)  # fmt: skip
            yield Problem(source.table.file, source.table.place(post.row), what)


def _many_untimed(untimed: Sequence[int]) -> str:
    return ntr(
        "The time of {n} post cannot be read; it was left empty.",
        "The times of {n} posts, here and below, cannot be read; they were left empty.",
        len(untimed),
    )
