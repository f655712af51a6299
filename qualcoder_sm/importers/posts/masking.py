"""Names of authors inside the words of posts, replaced by their keys."""

import re
from collections import defaultdict
from collections.abc import Mapping

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
        self._by_handle = {name.removeprefix("@").casefold(): key for name, key in keys.items()}
        self._by_first_word = _by_first_word(keys)
        self._first_words = frozenset(self._by_first_word)

    def mask(self, text: str) -> str:
        """The text with keys in place of names."""
        if "@" in text:
            text = _HANDLE.sub(self._handle, text)
        if not self._first_words.isdisjoint(_WORD.findall(text)):
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
            for name, lead, key in self._by_first_word[word[0]]:
                start = word.start() - lead
                if start >= done and _stands_at(name, text, start):
                    parts += text[done:start], key
                    done = start + len(name)
                    self.replaced += 1
                    break
        return "".join(parts) + text[done:]


def _by_first_word(keys: Mapping[str, str]) -> dict[str, list[tuple[str, int, str]]]:
    """Under its first word each name, where that word begins in it, and the key; longest first."""
    result = defaultdict[str, list[tuple[str, int, str]]](list)
    for name in sorted(keys, key=len, reverse=True):
        plain = name.removeprefix("@")
        word = _WORD.search(plain)
        if word and _is_telling(plain):
            result[word[0]].append((plain, word.start(), keys[name]))
    return dict(result)


def _is_telling(name: str) -> bool:
    return len(name) >= _SHORTEST_PLAIN or (
        len(name) > 1 and not name.islower() and not name.isdigit()
    )


def _stands_at(name: str, text: str, start: int) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not (
        (_is_word(name[0]) and start > 0 and _is_word(text[start - 1]))
        or (_is_word(name[-1]) and end < len(text) and _is_word(text[end]))
    )


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
