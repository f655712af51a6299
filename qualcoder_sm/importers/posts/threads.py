"""Threads rebuilt from posts: who answers whom, in which order it reads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qualcoder_sm.importers.options import Duplicates, ImportOptions, Orphans, Removed
from qualcoder_sm.importers.posts.rows import Post

_UNNAMED = "\0"
_NEVER = datetime.min.replace(tzinfo=UTC)
_SOON = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Placed:
    """A post in its thread; `parent` is the place in the thread of the post it answers."""

    post: Post
    parent: int | None


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts in reading order; `id` is the thread's id in the platform, or ""."""

    id: str
    posts: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a researcher may want to decide about, whatever was chosen for now.

    `repeated`: posts whose id came before in their thread. `alike`: pairs of posts with
    ids of their own, but the same author and words within minutes. `orphans`: replies to a
    post that is not in the file. `elsewhere`: replies to a post of another thread.
    `removed`: posts taken down before the file was made. `naive`: how many times carry no
    zone. `untimed`: rows whose time cannot be read.
    """

    repeated: tuple[Post, ...]
    alike: tuple[tuple[Post, Post], ...]
    orphans: tuple[Post, ...]
    elsewhere: tuple[Post, ...]
    removed: tuple[Post, ...]
    naive: int = 0
    untimed: tuple[int, ...] = ()


def rebuilt(posts: Sequence[Post], options: ImportOptions) -> tuple[tuple[Thread, ...], Findings]:
    """The threads, in order of their first row, and what was found on the way.

    A thread is what the thread column says; without it, a post and all that answers it. It
    reads from its first post down the replies, those to one post by time, or in the order
    of the file where a time is missing.
    """
    thread_of = _threads(posts)
    repeated = _repeated(posts, thread_of)
    if options.duplicates == Duplicates.KEEP_FIRST:
        again = {post.row for post in repeated}
        posts = [post for post in posts if post.row not in again]
    removed = tuple(post for post in posts if post.removed)
    alike = tuple(_alike(posts))
    home = {post.id: thread_of[post.row] for post in posts}
    if options.removed == Removed.LEAVE_OUT:
        posts = [post for post in posts if not post.removed]
    groups = _grouped(posts, thread_of)
    orphans, elsewhere = _lost(groups, home)
    threads = tuple(Thread(_shown(key), _ordered(group, options)) for key, group in groups.items())
    return threads, Findings(repeated, alike, orphans, elsewhere, removed)


def _shown(key: str) -> str:
    return "" if key.startswith(_UNNAMED) else key


def _threads(posts: Sequence[Post]) -> dict[int, str]:
    """The thread of each row: as given, or that of the post at the end of the replies."""
    by_id = {post.id: post for post in reversed(posts) if post.id}
    result: dict[int, str] = {}
    for post in posts:
        chain, key = _climbed(post, by_id, result)
        result.update(dict.fromkeys(chain, key))
    return result


def _climbed(
    post: Post, by_id: Mapping[str, Post], settled: Mapping[int, str]
) -> tuple[list[int], str]:
    """The rows from this post up to the first whose thread is known, and that thread."""
    chain: dict[int, None] = {}
    while post.row not in settled and not post.thread and post.row not in chain:
        chain[post.row] = None
        if not post.reply_to:
            return list(chain), post.id or f"{_UNNAMED}{post.row}"
        if post.reply_to not in by_id:
            return list(chain), post.reply_to
        post = by_id[post.reply_to]
    if post.row in chain:  # the replies run in a circle
        return list(chain), post.id
    return [*chain, post.row], settled.get(post.row, post.thread)


def _repeated(posts: Sequence[Post], thread_of: Mapping[int, str]) -> tuple[Post, ...]:
    """Posts that came before: the same id in the thread, or without id the same in all."""
    seen: set[tuple[object, ...]] = set()
    repeated: list[Post] = []
    for post in posts:
        if post.id:
            identity = (thread_of[post.row], post.id)
        elif post.at:
            identity = (thread_of[post.row], post.author, post.at, post.text)
        else:
            continue
        if identity in seen:
            repeated.append(post)
        seen.add(identity)
    return tuple(repeated)


def _alike(posts: Sequence[Post]) -> Iterator[tuple[Post, Post]]:
    latest: dict[tuple[str, str], Post] = {}
    for post in posts:
        if post.author and not post.removed:
            before = latest.get((post.author, post.text))
            if before and before.id != post.id and _soon_after(before.at, post.at):
                yield before, post
            latest[post.author, post.text] = post


def _soon_after(before: datetime | None, after: datetime | None) -> bool:
    return before is not None and after is not None and abs(after - before) <= _SOON


def _grouped(posts: Sequence[Post], thread_of: Mapping[int, str]) -> dict[str, list[Post]]:
    groups: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        groups[thread_of[post.row]].append(post)
    return dict(groups)


def _lost(
    groups: Mapping[str, Sequence[Post]], home: Mapping[str, str]
) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    """Replies to a post that no row holds, and replies to a post of another thread."""
    orphans: list[Post] = []
    elsewhere: list[Post] = []
    for key, group in groups.items():
        here = {post.id for post in group}
        for post in group:
            if not post.reply_to or post.reply_to in here:
                continue
            if post.reply_to not in home:
                orphans.append(post)
            elif home[post.reply_to] != key:
                elsewhere.append(post)
    return tuple(orphans), tuple(elsewhere)


def _ordered(group: Sequence[Post], options: ImportOptions) -> tuple[Placed, ...]:
    """The posts of a thread in reading order."""
    answers = _answers(group)
    tops = [post for post in group if post.row not in answers]
    roots = _by_time([post for post in tops if not post.reply_to]) or _by_time(tops)[:1]
    rooted = {post.row for post in roots}
    strays = [post for post in tops if post.row not in rooted]
    children: defaultdict[int, list[Post]] = defaultdict(list)
    for post in group:
        if post.row in answers:
            children[answers[post.row]].append(post)
    if roots and options.orphans == Orphans.UNDER_FIRST_POST:
        children[roots[0].row] += strays
    else:
        roots = [*roots[:1], *_by_time(roots[1:] + strays)]
    return _read_down(group, roots, children)


def _answers(group: Sequence[Post]) -> dict[int, int]:
    """Row of a reply -> row of the post in this thread that it answers."""
    by_id = {post.id: post.row for post in reversed(group) if post.id}
    return {post.row: by_id[post.reply_to] for post in group if post.reply_to in by_id}


def _read_down(
    group: Sequence[Post], roots: Sequence[Post], children: Mapping[int, Sequence[Post]]
) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    done: set[int] = set()
    # Posts that answer each other in a circle hang under no root; they come last.
    for root in (*roots, *group):
        waiting: list[tuple[Post, int | None]] = [(root, None)]
        while waiting:
            post, parent = waiting.pop()
            if post.row in done:
                continue
            done.add(post.row)
            placed.append(Placed(post, parent))
            here = len(placed) - 1
            if post.row in children:
                replies = reversed(_by_time(children[post.row]))
                waiting.extend((reply, here) for reply in replies)
    return tuple(placed)


def _by_time(posts: Sequence[Post]) -> list[Post]:
    """Oldest first; as in the file where any time is missing."""
    if len(posts) < 2 or any(post.at is None for post in posts):
        return list(posts)
    return sorted(posts, key=lambda post: post.at or _NEVER)
