"""The study as it grows: each method is something that one of the researchers did.

The researchers' own words are not for translation: the study is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm import importers
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.demo.material import DOCUMENTS, SPACES
from qualcoder_sm.demo.places import place
from qualcoder_sm.importers import ImportOptions
from qualcoder_sm.model import Progress, QuoteRule, SourceKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.quoting import read

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from qualcoder_sm.bundle import SourceDraft
    from qualcoder_sm.demo.material import Material, Memo, QuotedCoding
    from qualcoder_sm.model import Collection, Source
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.spans import Span

INTERVIEWS, OTHER_DOCUMENTS = "Interviews", "Documents"
KEYS = range(1, 10)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A source as words are looked for in it: whole, or post by post in the order of the file."""

    source: str
    text: str
    pieces: Sequence[Span]


class Study:
    """The project, the material it is made from, and what is still to be put in.

    `settled` are codings that were made one by one and are not to be made again with the rest
    of their source. `authors` are the keys given so far, for the key file.
    """

    def __init__(self, project: Project, material: Material) -> None:
        self.project = project
        self.material = material
        self.settled: set[QuotedCoding] = set()
        self.authors: dict[str, str] = {}
        self._documents: dict[str, SourceDraft] = {}
        self._readings: dict[str, _Reading] = {}

    def take_codebook(self, name: str) -> None:
        """Add a ready-made codebook."""
        [template] = [one for one in importers.templates() if one.name == name]
        self.project.codebook.take(importers.read_codebook(name), template.title)

    def add_coder(self, name: str) -> None:
        """Let a second person code."""
        self.project.coders.add(name)

    def bring_document(self, name: str) -> None:
        """Import a document, and link it to its case where the cases are known already."""
        if not self._documents:
            self._documents = self._read_documents()
        draft = self._documents[name]
        is_interview = draft.kind is SourceKind.TRANSCRIPT
        collection = INTERVIEWS if is_interview else OTHER_DOCUMENTS
        [source] = self.project.sources.add(Bundle((replace(draft, collection=collection),)))
        if is_interview:
            self._note_consent(source)
        for case in self.project.cases.all():
            if case.name == source.name:
                self.project.cases.link(case.guid, [source.guid])

    def _note_consent(self, source: Source) -> None:
        """How the words of an interview may be published; who withdraws, did so only later."""
        about = self.material.cases[source.name].attributes or {}
        rule = read(about["consent_quote"])
        agreed = QuoteRule.VERBATIM if rule is QuoteRule.WITHDRAWN else rule
        self.project.quoting.set_rule(source, agreed)

    def withdraw(self, name: str) -> None:
        """Publish nothing any more of somebody who takes the consent back."""
        with self.because(f"{name} took the consent back after the interview was coded."):
            self.project.quoting.set_rule(self.project.sources.find(name), QuoteRule.WITHDRAWN)

    def bring_posts(self, space: str) -> None:
        """Describe an online space, and import its posts with keys in place of authors."""
        collection = self._describe_space(space)
        options = ImportOptions(
            collection=collection,
            first_author=self.project.sources.next_author_number(),
            known_authors=self.authors,
        )
        bundle = importers.read([self.material.file(f"{space}.csv")], options)
        self.project.sources.add(bundle)
        self.authors |= bundle.authors

    def take_cases(self, name: str) -> None:
        """Add the people and spaces; each finds its sources by name."""
        self.project.cases.take(list(self.material.cases.values()), name)

    def code(self, sources: str) -> None:
        """Code all sources whose id begins so, each in one step."""
        by_source: dict[str, list[CodingDraft]] = {}
        for draft in self._drafts(sources):
            by_source.setdefault(draft.source, []).append(draft)
        for drafts in by_source.values():
            self.project.codings.apply_all(drafts)

    def code_at_once(self, sources: str) -> None:
        """Code all sources whose id begins so in one step: short threads, read in a row."""
        self.project.codings.apply_all(self._drafts(sources))

    def give_keys(self, coder: str) -> None:
        """Give the nine codes that a coder will use most the keys 1 to 9, in their order."""
        used = Counter(row.code for row in self.material.codings if row.coder == coder)
        most = {code for code, _ in used.most_common(len(KEYS))}
        ordered = [guid for guid, path in self.project.codebook.paths().items() if path in most]
        with self.project.change("code.favourite", code=f"the {len(KEYS)} codes used most"):
            for key, guid in zip(KEYS, ordered, strict=True):
                self.project.codebook.set_favourite(guid, key)

    def finish(self, sources: str) -> None:
        """Say that all sources whose id begins so are done, in one step."""
        done = self.sources(sources)
        told = done[0].name
        if len(done) > 1:
            told = f"all {len(done)} threads of {self._space_name(sources)}"
        state = Progress.DONE
        with self.project.change("progress.set", source=told, state=state.value):
            for source in done:
                self.project.progress.set(source.guid, state)

    def write_memo(self, title: str) -> None:
        """Write a memo, linked to nothing for now."""
        [memo] = [memo for memo in self.material.memos if memo.title == title]
        self.project.notes.add(memo.title, memo.text, memo.kind)

    def link_memos(self, coder: str) -> None:
        """Link the memos of a coder to the sources they are about, now that those are here."""
        notes = {note.title: note.guid for note in self.project.notes.all()}
        for memo in self.material.memos:
            if memo.coder == coder:
                with self.because("the sources that it is about are in the project now."):
                    self._link(notes[memo.title], memo)

    @contextmanager
    def because(self, reason: str) -> Generator[None]:
        """Give a reason for the steps inside."""
        with self.project.because(reason):
            yield

    def rows(self, sources: str, code: str = "") -> list[QuotedCoding]:
        """The acting coder's codings to be made in sources whose id begins so."""
        coder = self.project.coder.name
        return [
            row
            for row in self.material.codings
            if row.coder == coder and row.source.startswith(sources) and code in ("", row.code)
        ]

    def sources(self, ids: str) -> list[Source]:
        """The interviews and threads in the project whose id begins so."""
        return [
            source
            for source in self.project.sources.all()
            if (source.external_id or source.name).startswith(ids)
            and source.kind in (SourceKind.TRANSCRIPT, SourceKind.POSTS)
        ]

    def span(self, row: QuotedCoding) -> tuple[str, Span]:
        """The guid of a coding's source, and where its words stand."""
        if row.source not in self._readings:
            self._readings[row.source] = self._reading(self.project.sources.find(row.source))
        reading = self._readings[row.source]
        return reading.source, place(reading.pieces, reading.text, row.quote, row.occurrence)

    def _drafts(self, sources: str) -> list[CodingDraft]:
        codes = {path: guid for guid, path in self.project.codebook.paths().items()}
        coder = self.project.coder.guid
        drafts: list[CodingDraft] = []
        for row in self.rows(sources):
            if row not in self.settled:
                source, span = self.span(row)
                drafts.append(CodingDraft(codes[row.code], source, coder, *span, memo=row.memo))
        return drafts

    def _reading(self, source: Source) -> _Reading:
        text = self.project.sources.text(source.guid)
        if source.kind is not SourceKind.POSTS:
            return _Reading(source.guid, text, [(0, len(text))])
        order = self.material.post_order
        units = sorted(self.project.sources.units(source.guid), key=lambda u: order[u.external_id])
        return _Reading(source.guid, text, [(unit.start, unit.end) for unit in units])

    def _read_documents(self) -> dict[str, SourceDraft]:
        """All documents at once: one child process reads them for all days."""
        files = [self.material.file(name) for name in DOCUMENTS]
        return {draft.origin: draft for draft in importers.read(files).sources}

    def _describe_space(self, space: str) -> str:
        about = self.material.cases[space].attributes or {}
        name = self._space_name(space)
        collections = self.project.collections
        with self.project.change("collection.add", name=name):
            made: Collection = collections.add(
                name, platform=about["platform"], quote_rule=about["quote_rule"]
            )
            collections.describe(
                made.guid, visibility=about["visibility"], access_basis=about["access_basis"]
            )
        return name

    def _space_name(self, space: str) -> str:
        attributes = self.material.cases[space].attributes or {}
        return f"{space} {attributes['name'].removeprefix('[SYN] ')}"

    def _link(self, note: str, memo: Memo) -> None:
        first, *others = self._names(memo.about)
        text = memo.text
        if others:
            text += f"\n\nAlso about: {', '.join(others)}."
        target = self.project.sources.find(first).guid
        self.project.notes.edit(note, target_table="sources", target=target, text=text)

    def _names(self, about: Sequence[str]) -> list[str]:
        """The sources first, since a memo can be linked to one of them; then the spaces."""
        sources = [self.project.sources.find(name).name for name in about if name not in SPACES]
        return sources + [self._space_name(name) for name in about if name in SPACES]
