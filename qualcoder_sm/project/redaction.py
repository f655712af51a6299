"""Redaction: a real name taken out of the project for good, also out of the trail and the backups.

Words of participants are not touched: a name that was spoken stays where it was spoken. What still
holds it is told instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import (
    Cancelled,
    DiskError,
    NameTaken,
    NotFound,
    QualCoderError,
    WrongUsage,
)
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.natural import normal
from qualcoder_sm.project import folding, names
from qualcoder_sm.store import backups, redaction, schema, search, trail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal

    Progress = Callable[[int, int, str], bool]

ACTION = "project.redact"

# Signs that are not seen and part no words: soft hyphens, joiners, marks of direction and order.
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a redaction did, and where the names still stand.

    `steps` lost their content; `texts` of sources, and `earlier` ones that no source has any
    longer, hold a name among their words. `places` are phrases such as "the case “Jane Smith”".
    `backups` were deleted; `problem` is a sentence when they could not be, or no new one be made.
    """

    steps: int
    texts: int
    earlier: int
    places: tuple[str, ...]
    backups: int = 0
    problem: str = ""

    def told(self) -> Iterator[str]:
        """What was done and what is left to do, in sentences."""
        yield ntr(
            "The content of {n} step was removed from the audit trail.",
            "The content of {n} steps was removed from the audit trail.",
            self.steps,
        )
        if self.backups:
            yield ntr(
                "{n} backup from before was deleted.",
                "{n} backups from before were deleted.",
                self.backups,
            )
        yield self.problem or tr("A new backup was made.")
        if self.texts:
            yield ntr(
                "The words of {n} text still hold the name, for words are not changed.",
                "The words of {n} texts still hold the name, for words are not changed.",
                self.texts,
            )
        if self.earlier:
            yield ntr(
                "The words of {n} text that was deleted or corrected still hold the name.",
                "The words of {n} texts that were deleted or corrected still hold the name.",
                self.earlier,
            )
        for place in self.places:
            yield tr("It still stands in {place}.", place=place)
        yield tr("Files that were exported or copied before are not changed.")


class Spelled:
    """Finds names as whole words, however they are written: case, accents, spaces, signs between."""

    def __init__(self, wanted: Iterable[str]) -> None:
        plain = [_plain(name) for name in wanted]
        self._phrases = [phrase for name in plain if (phrase := folding.words(name))]
        self._signs = [name for name in plain if not folding.words(name)]

    def within(self, text: str) -> bool:
        """Whether one of the names stands in the text."""
        plain = _plain(text)
        folded = folding.fold(plain)
        return any(sign in plain for sign in self._signs) or any(
            phrase[0][:1] in folded and _stands(folded, phrase) for phrase in self._phrases
        )


def _stands(folded: str, phrase: tuple[str, ...]) -> bool:
    whole = not any(map(folding.unspaced, phrase))
    return bool(folding.phrase_spans(folded, phrase, prefix=False, whole=whole))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return normal("NFKC", text).translate(_UNSEEN)


def redact(
    core: Core, keys: Mapping[str, str], reason: str, progress: Progress | None = None
) -> Redaction:
    """Put keys in the place of names, and take the names out of trail and backups for good.

    `keys` maps a name to the key it becomes; a name that is nobody's any longer, while the key is
    somebody's, is taken out alone. Raises WrongUsage without a reason or where reason or key hold
    a name, NameTaken, NotFound; and Cancelled when `progress` answers False: nothing has changed.
    """
    spelled, keys = Spelled(keys), {name: names.checked(key) for name, key in keys.items()}
    _require_apt(spelled, keys, reason)
    backups.expect_sweep(core.guid, core.path)
    try:
        done = _written(core, spelled, keys, progress)
    except QualCoderError:
        backups.sweep_done(core.guid, core.path)
        raise
    swept, problem = _renew_backups(core)
    return replace(done, backups=swept, problem=problem)


def finish(core: Core) -> None:
    """Delete the backups that a redaction, ended before its time, has left."""
    if not backups.sweep_expected(core.guid):
        return
    c = schema.changes.c
    last = core.fetch(
        select(c.seq, c.hash, c.at).where(c.action == ACTION).order_by(c.seq.desc()).limit(1)
    )
    for seq, digest, at in last:
        backups.sweep(core.guid, seq, digest[:8], of=core.path, until=trail.read_time(at))
    backups.sweep_done(core.guid, core.path)


def _written(
    core: Core, spelled: Spelled, keys: Mapping[str, str], progress: Progress | None
) -> Redaction:
    """The step, and what still holds a name after it."""
    told: dict[str, object] = {"keys": ", ".join(keys.values())}
    with core.step(ACTION, told, anew=True) as journal:
        _rename(core, journal, keys)
        steps = _emptied(journal, spelled, progress)
        search.rebuild(journal.connection)
        texts, earlier = redaction.texts_holding(journal.connection, spelled.within)
        places = tuple(_places(journal.connection, spelled))
    return Redaction(steps, texts, earlier, places)


def _require_apt(spelled: Spelled, keys: Mapping[str, str], reason: str) -> None:
    if not reason.strip():
        raise WrongUsage(
            tr("Taking a name out for good needs a reason, which the audit trail keeps.")
        )
    if spelled.within(reason):
        raise WrongUsage(
            tr("The reason holds the name that is to go. Say it without it. Nothing was changed.")
        )
    for key in keys.values():
        if spelled.within(key):
            raise WrongUsage(
                tr("“{key}” holds the name that is to go. Nothing was changed.", key=key)
            )


def _rename(core: Core, journal: Journal, keys: Mapping[str, str]) -> None:
    p = schema.people.c
    people = {row.key: row.guid for row in core.fetch(select(p.key, p.guid))}
    for name in [name for name in keys if name in people]:
        guid, key = people.pop(name), keys[name]
        if key in people:
            raise NameTaken(
                tr(
                    "There is a speaker named “{key}” already. If the two are one person, merge "
                    "them first, then do this again. Nothing was changed.",
                    key=key,
                )
            )
        # Behind the journal's back, so that its record of the step does not hold the name.
        statement = schema.people.update().where(schema.people.c.guid == guid).values(key="")
        journal.connection.execute(statement)
        journal.update(schema.people, guid, key=key)
        people[key] = guid
    for name, key in keys.items():
        if key not in people:
            raise NotFound(tr("There is no speaker named “{name}”.", name=name))


def _emptied(journal: Journal, spelled: Spelled, progress: Progress | None) -> int:
    """Empty every step that holds a name; returns how many. The step names all that are empty."""
    connection = journal.connection
    total, _head = trail.head(connection)
    what = tr("Looking through the audit trail …")

    def done(seq: int) -> None:
        if progress and not progress(seq, total, what):
            raise Cancelled(tr("Stopped. Nothing was changed."))

    before = trail.redacted(connection)
    found = list(redaction.steps_holding(connection, spelled.within, done))
    redaction.empty(connection, found)
    journal.describe(
        what=ntr("{n} step", "{n} steps", len(found)), steps=sorted(before.union(found))
    )
    return len(found)


def _renew_backups(core: Core) -> tuple[int, str]:
    """Make a backup of the project as it is now and delete the others: how many, what went wrong."""
    problems, swept = list[str](), 0
    try:
        core.back_up()
    except DiskError as error:
        problems.append(str(error))
    seq, digest = core.head()
    try:
        swept = backups.sweep(core.guid, seq, digest[:8])
        backups.sweep_done(core.guid, core.path)
    except DiskError as error:
        problems.append(str(error))
    return swept, " ".join(problems)


def _places(connection: Connection, spelled: Spelled) -> Iterator[str]:
    """Where the names still stand, but for the words of texts."""
    for table in (*schema.JOURNALLED, schema.drafts):
        found = list(redaction.rows_holding(connection, table, spelled.within))
        if table.name in _NAMED:
            kind, name = _NAMED[table.name]
            for row, columns in found:
                yield tr("the {kind} “{name}” ({fields})", kind=tr(kind), name=row[name],
                         fields=", ".join(tr(_FIELDS.get(c, c)).replace("_", " ")
                                          for c in columns))  # fmt: skip
        elif found:
            one, many = _COUNTED.get(table.name, ("{n} entry", "{n} entries"))
            yield ntr(one, many, len(found))


_NAMED = {
    "project": ("project", "name"),
    "coders": ("coder", "name"),
    "collections": ("collection", "name"),
    "sources": ("source", "name"),
    "people": ("speaker", "key"),
    "cases": ("case", "name"),
    "variables": ("attribute", "name"),
    "codes": ("code", "name"),
    "code_sets": ("set", "name"),
    "notes": ("memo", "title"),
}
_FIELDS = {"origin": "name of the file", "key": "name", "source": "literature"}


_COUNTED = {
    "units": ("{n} turn or post", "{n} turns and posts"),
    "variable_values": ("{n} value of an attribute", "{n} values of attributes"),
    "codings": ("the memo or paraphrase of {n} coding", "memos or paraphrases of {n} codings"),
    "coding_links": ("the memo of {n} link", "the memos of {n} links"),
    "drafts": ("{n} memo that is being written", "{n} memos that are being written"),
}
