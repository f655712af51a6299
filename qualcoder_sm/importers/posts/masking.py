"""Names of authors inside the words of posts, replaced by their keys."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\w+")
_HANDLE = re.compile(r"@(\w[\w.\-]*)")
# "sam" or "12" is a word as often as a name; "@sam" always is one.
_SHORTEST_PLAIN = 4


class Masker:
    """Replaces whole-word occurrences of names, and @names in any case, by their keys.

    Behind an @ only: names of one character, of up to three small letters or digits, and
    those without any letter or digit.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.replaced = 0
        bare = {name.removeprefix("@"): key for name, key in keys.items()}
        self._by_handle = {name.casefold(): key for name, key in bare.items()}
        self._keys = {name: key for name, key in bare.items() if _is_telling(name)}
        self._shapes = _shapes_by_first_word(self._keys)
        self._first_words = frozenset(self._shapes)

    def mask(self, text: str) -> str:
        """The text with keys in place of names."""
        if "@" in text:
            text = _HANDLE.sub(self._handle, text)
        if text and not self._first_words.isdisjoint(_WORD.findall(text)):
            text = self._mask_plain(text)
        return text

    def _handle(self, found: re.Match[str]) -> str:
        handle = found[1].rstrip(".-")
        key = self._by_handle.get(handle.casefold())
        if key is None:
            return found[0]
        self.replaced += 1
        return f"@{key}{found[1][len(handle) :]}"

    def _mask_plain(self, text: str) -> str:
        done, parts = 0, list[str]()
        for word in _WORD.finditer(text):
            if word.start() < done or word[0] not in self._first_words:
                continue
            start, end = self._name_around(word, text, done)
            if start < end:
                parts += text[done:start], self._keys[text[start:end]]
                done = end
                self.replaced += 1
        return "".join(parts) + text[done:]

    def _name_around(self, word: re.Match[str], text: str, done: int) -> tuple[int, int]:
        """The span of the longest name whose first word this is; empty where there is none."""
        for lead, length in self._shapes[word[0]]:
            start = word.start() - lead
            end = start + length
            if start >= done and text[start:end] in self._keys and _is_whole(text, start, end):
                return start, end
        return 0, 0


def _shapes_by_first_word(names: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Under the first word of names: how far into them it begins and their lengths, longest first."""
    shapes = defaultdict[str, set[tuple[int, int]]](set)
    for name in names:
        if word := _WORD.search(name):
            shapes[word[0]].add((len(name), word.start()))
    return {
        word: [(lead, length) for length, lead in sorted(found, reverse=True)]
        for word, found in shapes.items()
    }


def _is_telling(name: str) -> bool:
    return len(name) >= _SHORTEST_PLAIN or (
        len(name) > 1 and not name.islower() and not name.isdigit()
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (
        (start > 0 and _is_word(text[start]) and _is_word(text[start - 1]))
        or (end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]))
    )


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
