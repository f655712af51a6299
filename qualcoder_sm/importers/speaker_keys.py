"""Speakers of transcripts get keys in the place of their labels, as authors of posts do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcoder_sm.bundle import Problem, SourceDraft, UnitDraft
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.keys import Keys, known_authors
from qualcoder_sm.importers.options import ImportOptions, SpeakerKeys
from qualcoder_sm.importers.posts.drafts import unique_names
from qualcoder_sm.importers.posts.masking import Masker
from qualcoder_sm.importers.transcript import unheard
from qualcoder_sm.model import SourceKind

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """Documents as they go to the project: `authors` are keys by label, `files` those with some."""

    sources: tuple[SourceDraft, ...]
    authors: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()


def with_keys(
    paths: Sequence[Path],
    sources: Sequence[SourceDraft],
    options: ImportOptions,
    authors: Mapping[str, str],
) -> Spoken:
    """The documents read from some files, with keys if they are asked for.

    A label that is known, from a key file or as one of the `authors` of posts, has that key. The
    names leave the names of the sources, too, and with `options.mask_names` all words.
    """
    if options.speaker_keys is SpeakerKeys.NOBODY:
        return Spoken(tuple(sources), {})
    files = [path for path, one in zip(paths, sources, strict=True) if _labels(one, options)]
    known = {**(known_authors(files, options) if files else {}), **authors}
    keys = Keys(known, options.first_author)
    labels = dict.fromkeys(label for source in sources for label in _labels(source, options))
    spoken = {label: keys.of(label) for label in labels}
    masker = Masker(keys.by_name if options.mask_names else {})
    keyed, problems = list[SourceDraft](), list[Problem]()
    for path, source in zip(paths, sources, strict=True):
        before = masker.replaced
        keyed.append(_keyed(source, spoken, masker))
        problems += _nobody(path.name, source, options)
        problems += _problems(path.name, keyed[-1], spoken, masker.replaced - before)
    return Spoken(tuple(_named_apart(sources, keyed)), spoken, tuple(problems), tuple(files))


def _labels(source: SourceDraft, options: ImportOptions) -> list[str]:
    everybody = options.speaker_keys is SpeakerKeys.EVERYBODY
    return [u.speaker for u in source.units if u.speaker and (everybody or not u.interviewer)]


def _keyed(source: SourceDraft, keys: Mapping[str, str], masker: Masker) -> SourceDraft:
    text, units = _without_names(source, masker)
    return replace(
        source,
        name=_in_file_name(source.name, keys),
        origin=_in_file_name(source.origin, keys),
        text=text,
        units=tuple(replace(u, speaker=keys.get(u.speaker or "", u.speaker)) for u in units),
    )


def _without_names(source: SourceDraft, masker: Masker) -> tuple[str, list[UnitDraft]]:
    """Text and units with keys in the place of names; between units there are no words."""
    parts, units, length, at = list[str](), list[UnitDraft](), 0, 0
    for unit in source.units:
        between, words = source.text[at : unit.start], source.text[unit.start : unit.end]
        parts += between, masker.mask(words)
        start = length + len(between)
        length, at = start + len(parts[-1]), unit.end
        units.append(replace(unit, start=start, end=length))
    return "".join(parts) + source.text[at:], units


def _in_file_name(name: str, keys: Mapping[str, str]) -> str:
    """A name without those of speakers, however their words are joined: jane_smith-2.docx."""
    labels = [one for one in sorted(keys, key=len, reverse=True) if _WORD.search(one)]
    forms = [r"[\W_]+".join(map(re.escape, _WORD.findall(label))) for label in labels]
    whole = rf"(?<![^\W_])(?:{'|'.join(f'({form})' for form in forms)})(?![^\W_])"

    def key(found: re.Match[str]) -> str:
        return keys[labels[(found.lastindex or 0) - 1]]

    return re.sub(whole, key, name, flags=re.IGNORECASE) if labels else name


def _named_apart(
    before: Sequence[SourceDraft], after: Sequence[SourceDraft]
) -> Iterator[SourceDraft]:
    """Sources that are called alike only because of their keys are numbered."""
    changed = [new for old, new in zip(before, after, strict=True) if old.name != new.name]
    names = unique_names(changed)
    for old, new in zip(before, after, strict=True):
        yield new if old.name == new.name else replace(new, name=next(names))


def _nobody(file: str, source: SourceDraft, options: ImportOptions) -> Iterator[Problem]:
    """Names that got no key although keys were asked for."""
    if source.kind is not SourceKind.TRANSCRIPT:
        yield Problem(file, "", tr("No speakers were found here, so no name became a key."))
    elif not _labels(source, options):
        what = tr("None but interviewers were found here, so no name became a key.")
        yield Problem(file, "", what)
    for label in unheard(source.text):
        what = tr("“{label}:” opens a line only once, so it was taken for words, and got no key.",
                  label=label)  # fmt: skip
        yield Problem(file, "", what)


def _problems(
    file: str, source: SourceDraft, keys: Mapping[str, str], masked: int
) -> Iterator[Problem]:
    if masked:
        what = ntr(
            "In the words of the transcript {n} name of a speaker became a key.",
            "In the words of the transcript {n} names of speakers became keys.",
            masked,
        )
        yield Problem(file, "", what)
    for word in _left(source.name, keys):
        what = tr(
            "“{word}” is part of a speaker’s name, and is still in the name of the source.",
            word=word,
        )
        yield Problem(file, "", what)


def _left(name: str, labels: Iterable[str]) -> list[str]:
    """Words of a name that are in somebody's label, too."""
    theirs = {word.casefold() for label in labels for word in _WORD.findall(label)}
    words = [word for word in _WORD.findall(name) if len(word) >= _SHORTEST_TOLD]
    return [word for word in words if word.casefold() in theirs]
