"""The keys: which act in the text only, what the researcher changed, and what gets in the way."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence

TEXT_KEYS: Mapping[str, str] = {
    "edit.copy": "Ctrl+C",
    "edit.all": "Ctrl+A",
    "view.mode": "V",
    "text.sentence": "S",
    "text.unit": "U",
    "text.uncoded": "N",
    "text.uncoded_back": "Shift+N",
    "text.next": "]",
    "text.previous": "[",
    "text.follow": "F",
    "text.end_on": "Alt+Right",
    "text.end_back": "Alt+Left",
    "text.start_on": "Alt+Shift+Right",
    "text.start_back": "Alt+Shift+Left",
    "text.start_back_character": ",",
    "text.start_on_character": ".",
    "text.end_back_character": "<",
    "text.end_on_character": ">",
    "code.apply": "Return",
    "code.repeat": "R",
    "code.in_vivo": "I",
    "code.bucket": "0",
    "code.memo": "M",
    "code.polarity": "P",
    "code.link": "L",
    "code.remove": "Del",
}
"""Keys of what is done in the text, by action. They act while the text has the keyboard."""

COPY_TABLE = "Ctrl+Alt+C"
"""Copies the table of whatever page is shown."""

FIXED = (
    *"123456789",
    *(f"{held}{key}" for held in ("", "Ctrl+", "Shift+", "Ctrl+Shift+")
      for key in ("Left", "Right", "Up", "Down", "Home", "End")),
    "PgUp", "PgDown", "Shift+PgUp", "Shift+PgDown", "Esc", "Tab", "Shift+Tab", "Ctrl+Return",
)  # fmt: skip
"""Keys that move, leave and apply favourites; they cannot be given to anything else."""

_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


def spelled(keys: str) -> str:
    """Keys in the one way they are compared and kept: "ctrl+k" as "Ctrl+K"; "" for none.

    What cannot be pressed at once, or is no key, becomes "" as well.
    """
    sequence = QKeySequence(keys, _PORTABLE)
    if sequence.count() != 1 or pressed(keys)[0] in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    written = sequence.toString(_PORTABLE)
    return written.replace("Enter", "Return")


def pressed(keys: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """The key and what is held with it, as an event tells them."""
    first = QKeySequence(keys, _PORTABLE)[0]  # pyright: ignore[reportIndexIssue] missing in the stub
    return first.key(), first.keyboardModifiers()


def shown(keys: str) -> str:
    """Keys as they are written on this system: "Return" as "Enter"."""
    if keys == "Return":
        return QCoreApplication.translate("QShortcut", "Enter")
    return QKeySequence(keys, _PORTABLE).toString(_NATIVE)


def may_have(action: str, keys: str) -> bool:
    """Whether these are keys that an action can be given, whoever has them now.

    A single character acts only in the text: elsewhere it must be possible to type it.
    """
    found = spelled(keys)
    single = len(found) == 1
    return bool(found) and found not in FIXED and (not single or action in TEXT_KEYS)


def in_use(defaults: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    """The keys of every action: the defaults with what the researcher changed.

    A change for an action that is not there, or to keys that it may not have or that another
    action has, is left out.
    """
    sound = {
        action: spelled(keys)
        for action, keys in changed.items()
        if action in defaults and (not keys or may_have(action, keys))
    }
    keys = dict(defaults)
    for action, wanted in sound.items():
        others = {sound.get(other, keys[other]) for other in keys if other != action}
        if not wanted or wanted not in others:
            keys[action] = wanted
    return keys


def taken_by(keys: str, action: str, table: Mapping[str, str]) -> str:
    """The other action that has these keys; empty when they are free."""
    found: Iterable[str] = (
        other for other, its in table.items() if other != action and its and spelled(its) == keys
    )
    return next(iter(found), "")
