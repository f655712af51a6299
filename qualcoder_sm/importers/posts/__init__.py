"""Posts of online groups: tables -> threads, one source each, authors as keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcoder_sm.bundle import Problem, SourceDraft
from qualcoder_sm.i18n import ntr
from qualcoder_sm.importers.keys import Keys
from qualcoder_sm.importers.options import ImportOptions
from qualcoder_sm.importers.posts.columns import FIELDS, guess_columns, mapped
from qualcoder_sm.importers.posts.drafts import draft, unique_names
from qualcoder_sm.importers.posts.masking import Masker
from qualcoder_sm.importers.posts.problems import problems
from qualcoder_sm.importers.posts.rows import Post, PostTable, read_posts
from qualcoder_sm.importers.posts.threads import Findings, Placed, Thread, rebuilt
from qualcoder_sm.importers.table import RawTable, filled

__all__ = [
    "FIELDS", "Findings", "Placed", "Post", "PostTable", "Posts", "Thread", "columns_of",
    "guess_columns", "read", "read_posts", "rebuilt",
]  # fmt: skip

_CHECK_EVERY = 500


@dataclass(frozen=True, slots=True)
class Posts:
    """What some tables make: sources, problems, keys by author, and for each table the rest.

    `columns` are the column numbers used for each field.
    """

    sources: tuple[SourceDraft, ...]
    problems: tuple[Problem, ...]
    authors: Mapping[str, str]
    findings: tuple[Findings, ...]
    columns: tuple[Mapping[str, int], ...]


def read(
    tables: Sequence[tuple[RawTable, str]],
    options: ImportOptions,
    known: Mapping[str, str],
    checked: Callable[[float, str], None],
) -> Posts:
    """The posts of some tables, each given with the digest of its file.

    All authors are collected first, so that a name is masked in every text of the import.
    `checked` is told now and then what share is done, and of which file; it may raise.
    """
    columns = tuple(columns_of(table, options.columns) for table, _ in tables)
    parsed = [
        _parsed(table, used, options.zone, checked)
        for (table, _), used in zip(tables, columns, strict=True)
    ]
    keys = Keys(known, options.first_author)
    names = dict.fromkeys(post.author for one in parsed for post in one.posts if post.author)
    authors = {name: keys.of(name) for name in names}
    build = _Build(options, keys, Masker(keys.by_name if options.mask_names else {}), checked)
    for one, (_, digest) in zip(parsed, tables, strict=True):
        build.add(one, digest)
    named = zip(build.sources, unique_names(build.sources), strict=True)
    sources = tuple(replace(source, name=name) for source, name in named)
    return Posts(sources, tuple(build.problems), authors, tuple(build.findings), columns)


def columns_of(table: RawTable, wanted: Mapping[str, str]) -> dict[str, int]:
    """The column number of each field, as `ImportOptions.columns` wants it or as it is guessed.

    Raises WrongUsage or UnreadableFile with the reason why this is no table of posts.
    """
    columns = mapped(table.headers, wanted, table.file)
    filled(table)
    return columns


def _parsed(
    table: RawTable, columns: Mapping[str, int], zone: str, checked: Callable[[float, str], None]
) -> PostTable:
    def share(done: float) -> None:
        checked(done / 2, table.file)

    return read_posts(table, columns, zone, share)


class _Build:
    """Sources, problems and findings as they grow, file by file."""

    def __init__(
        self,
        options: ImportOptions,
        keys: Keys,
        masker: Masker,
        checked: Callable[[float, str], None],
    ) -> None:
        self.sources: list[SourceDraft] = []
        self.problems: list[Problem] = []
        self.findings: list[Findings] = []
        self._options = options
        self._keys = keys
        self._masker = masker
        self._checked = checked

    def add(self, source: PostTable, digest: str) -> None:
        """Take in the posts of one file."""
        file = source.table.file
        threads, findings = rebuilt(source.posts, self._options)
        before = self._masker.replaced
        self.sources += self._drafts(threads, (file, digest))
        self.problems += problems(source, findings, self._options)
        self.problems += _masked(file, self._masker.replaced - before)
        self.findings.append(replace(findings, naive=source.naive, untimed=source.untimed))

    def _drafts(self, threads: Sequence[Thread], origin: tuple[str, str]) -> Iterator[SourceDraft]:
        for number, thread in enumerate(threads):
            if number % _CHECK_EVERY == 0:
                self._checked(0.5 + number / len(threads) / 2, origin[0])
            yield draft(thread, self._options.collection, origin, self._keys.of, self._masker.mask)


def _masked(file: str, n: int) -> Iterator[Problem]:
    if n:
        what = ntr(
            "In the words of the posts {n} name of an author became a key.",
            "In the words of the posts {n} names of authors became keys.",
            n,
        )
        yield Problem(file, "", what)
