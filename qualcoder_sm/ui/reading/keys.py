"""The keyboard of the reading view: moving, selecting, coding."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from qualcoder_sm.ui.key_table import TEXT_KEYS, pressed
from qualcoder_sm.ui.reading.commands import Act, Commands
from qualcoder_sm.ui.reading.motion import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qualcoder_sm.ui.reading.view import ReadingView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
Press = tuple[Qt.Key, Qt.KeyboardModifier]
BY_ALT_GR = ("[", "]", "<", ">")


class Keys:
    """Turns keys into movements and requests."""

    def __init__(self, view: "ReadingView") -> None:
        self._view = view
        self.single_keys = True
        self._moves = self._built_moves()
        self._lines: dict[Qt.Key, Callable[[], int]] = {
            Key.Key_Up: self._line_up,
            Key.Key_Down: self._line_down,
            Key.Key_PageUp: self._page_up,
            Key.Key_PageDown: self._page_down,
        }
        self._acts = Commands(view).table()
        self._commands: dict[Press, Act] = {}
        self._letters: dict[str, Act] = {}
        self._capitals: dict[str, Act] = {}
        self.set_keys({})

    def act(self, action: str) -> None:
        """Do what an action of the text is about."""
        self._acts[action]()

    def _built_moves(self) -> "dict[Press, Callable[[int], int]]":
        return {
            (Key.Key_Left, NONE): self._left,
            (Key.Key_Right, NONE): self._right,
            (Key.Key_Left, CTRL): self._word_left,
            (Key.Key_Right, CTRL): self._word_right,
            (Key.Key_Home, NONE): self._line_start,
            (Key.Key_End, NONE): self._line_end,
            (Key.Key_Home, CTRL): self._first,
            (Key.Key_End, CTRL): self._last,
            (Key.Key_Up, CTRL): self._paragraph_before,
            (Key.Key_Down, CTRL): self._paragraph_after,
        }

    def set_keys(self, keys: "Mapping[str, str]") -> None:
        """Give acts these keys, by action; those not named keep their own, "" takes them away."""
        self._commands, self._letters, self._capitals = {}, {}, {}
        for action, act in self._acts.items():
            spelled = keys.get(action, TEXT_KEYS[action])
            if len(spelled) == 1:
                self._letters[spelled.lower()] = act
            elif len(capital := spelled.removeprefix("Shift+")) == 1:
                self._capitals[capital.lower()] = act
            elif spelled:
                self._commands[pressed(spelled)] = act

    @staticmethod
    def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
        """The modifiers that count: not the keypad, nor AltGr where it makes the sign typed."""
        modifiers = event.modifiers() & ~KEYPAD
        made_by_alt_gr = modifiers == CTRL | ALT and event.text() in BY_ALT_GR
        return NONE if made_by_alt_gr else modifiers

    @staticmethod
    def _key(event: QKeyEvent) -> Qt.Key:
        """The key; the one of the keypad is as good."""
        key = Qt.Key(event.key())
        return Key.Key_Return if key == Key.Key_Enter else key

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here."""
        modifiers = self._modifiers(event)
        key = self._key(event)
        extend = bool(modifiers & SHIFT)
        plain = modifiers & ~SHIFT
        if (key, modifiers) in self._commands:
            self._commands[key, modifiers]()
        elif (key, modifiers) == (Key.Key_Escape, NONE):
            self._escape()
        elif (key, plain) in self._moves:
            self._move(self._moves[key, plain], extend)
        elif plain == NONE and key in self._lines:
            self._view.move_vertically(self._lines[key](), extend=extend)
        else:
            return self._letter(event, plain)
        return True

    def _letter(self, event: QKeyEvent, plain: Qt.KeyboardModifier) -> bool:
        if plain != NONE or not self.single_keys:
            return False
        letter = event.text().lower()
        act = self._act_of(letter, event)
        if act is not None:
            act()
            return True
        if letter in "123456789" and letter:
            self._view.request_favourite(int(letter))
            return True
        return False

    def _act_of(self, letter: str, event: QKeyEvent) -> Act | None:
        """What a letter does; some do something else with Shift held."""
        if event.modifiers() & SHIFT and letter in self._capitals:
            return self._capitals[letter]
        return self._letters.get(letter)

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the text, before any shortcut of the window."""
        modifiers = self._modifiers(event)
        key, plain = self._key(event), modifiers & ~SHIFT
        letter = event.text().lower()
        single = self.single_keys and plain == NONE and letter != ""
        return (
            (key, modifiers) in self._commands
            or (key, modifiers) == (Key.Key_Escape, NONE)
            or (key, plain) in self._moves
            or (plain == NONE and key in self._lines)
            or (single and (letter in "123456789" or self._act_of(letter, event) is not None))
        )

    def _move(self, move: "Callable[[int], int]", extend: bool) -> None:
        view = self._view
        start, end = view.selection()
        key_back = move in (self._left, self._right)
        if not extend and start != end and key_back:
            view.place(start if move == self._left else end)
            return
        view.place(move(view.caret()), anchor=view.anchor() if extend else None)

    # Movements

    def _left(self, position: int) -> int:
        return self._view.motion.left(position)

    def _right(self, position: int) -> int:
        return self._view.motion.right(position)

    def _word_left(self, position: int) -> int:
        return self._view.motion.left(position, WORDS)

    def _word_right(self, position: int) -> int:
        return self._view.motion.right(position, WORDS)

    def _line_start(self, position: int) -> int:
        return self._view.motion.line_start(position)

    def _line_end(self, position: int) -> int:
        return self._view.motion.line_end(position)

    def _first(self, position: int) -> int:
        return self._view.motion.first()

    def _last(self, position: int) -> int:
        return self._view.motion.last()

    def _paragraph_before(self, position: int) -> int:
        return self._view.motion.paragraph_before(position)

    def _paragraph_after(self, position: int) -> int:
        return self._view.motion.paragraph_after(position)

    def _line_up(self) -> int:
        return -1

    def _line_down(self) -> int:
        return 1

    def _page_up(self) -> int:
        return -self._view.page_lines()

    def _page_down(self) -> int:
        return self._view.page_lines()

    def _escape(self) -> None:
        view = self._view
        if not view.put_bar_away():
            view.place(view.caret())
            view.dismissed.emit()
