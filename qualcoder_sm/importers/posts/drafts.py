"""Threads -> drafts of sources, authors replaced by their keys."""

from collections.abc import Callable, Iterable, Iterator

from qualcoder_sm.bundle import SourceDraft, UnitDraft
from qualcoder_sm.importers.posts.threads import Placed, Thread
from qualcoder_sm.model import PATH_SEPARATOR, SourceKind, UnitKind

BETWEEN_POSTS = "\n\n"

_LONGEST_TITLE = 80
_FIRST_WORDS = 7

Replace = Callable[[str], str]


def draft(
    thread: Thread, collection: str | None, origin: tuple[str, str], key: Replace, mask: Replace
) -> SourceDraft:
    """The thread as one source, a unit per post.

    `collection` None means the space that the first post names, if any. `origin` is the
    file's name and digest. `key` gives an author's key, `mask` a text without names.
    """
    texts = [mask(placed.post.text) for placed in thread.posts]
    first = thread.posts[0].post
    return SourceDraft(
        name=_name(thread, mask, texts[0]),
        kind=SourceKind.POSTS,
        text=BETWEEN_POSTS.join(texts),
        units=tuple(_units(thread.posts, texts, key, mask)),
        collection=collection or mask(first.space) or None,
        origin=origin[0],
        origin_sha256=origin[1],
        external_id=thread.id,
    )


def unique_names(sources: Iterable[SourceDraft]) -> Iterator[str]:
    """The names of the sources, later ones of the same in a collection numbered: "Snow (2)"."""
    taken: set[tuple[str | None, str]] = set()
    numbers: dict[tuple[str | None, str], int] = {}
    for source in sources:
        key = source.collection, source.name
        name, number = source.name, numbers.get(key, 1)
        while (source.collection, name) in taken:
            number += 1
            name = f"{source.name} ({number})"
        numbers[key] = number
        taken.add((source.collection, name))
        yield name


def _name(thread: Thread, mask: Replace, words: str) -> str:
    title = next((placed.post.title for placed in thread.posts if placed.post.title), "")
    parts = [thread.id, _shortened(mask(title))]
    name = " ".join(filter(None, parts)) or _first_words(words)
    return clean_name(name)


def clean_name(name: str) -> str:
    """The name on one line and without the sign that parts names in a path."""
    return " ".join(name.split()).replace(PATH_SEPARATOR, " › ")


def _shortened(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(maxsplit=1)[0] + "…"


def _first_words(text: str) -> str:
    words = text.split()
    return _shortened(" ".join(words[:_FIRST_WORDS])) + ("…" if len(words) > _FIRST_WORDS else "")


def _units(
    posts: Iterable[Placed], texts: Iterable[str], key: Replace, mask: Replace
) -> Iterator[UnitDraft]:
    start = 0
    for placed, text in zip(posts, texts, strict=True):
        post = placed.post
        yield UnitDraft(
            start,
            start + len(text),
            UnitKind.POST,
            speaker=key(post.author) if post.author else None,
            role=post.role,
            at=post.at,
            parent=placed.parent,
            answers=post.reply_to,
            external_id=post.id,
            title=mask(post.title),
            feature=post.feature,
            reactions=post.reactions,
            url=mask(post.url),
            platform=post.platform,
            removed=post.removed,
            quote_rule=post.quote_rule,
        )
        start += len(text) + len(BETWEEN_POSTS)
