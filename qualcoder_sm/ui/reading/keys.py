"""The keyboard of the reading view: moving, selecting, coding."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from qualcoder_sm.ui.reading.content import BoundaryRequest
from qualcoder_sm.ui.reading.motion import WORDS, Span

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self._commands = self._built_commands()
        self._letters = self._built_letters()

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

    def _built_commands(self) -> "dict[Press, Callable[[], None]]":
        return {
            (Key.Key_Return, NONE): self._palette,
            (Key.Key_Enter, NONE): self._palette,
            (Key.Key_Delete, NONE): self._view.request_removal,
            (Key.Key_Escape, NONE): self._escape,
            (Key.Key_A, CTRL): self._select_all,
            (Key.Key_C, CTRL): self.copy,
            (Key.Key_C, CTRL | SHIFT): self._view.announce_codings,
            (Key.Key_Left, ALT): self._end_back_word,
            (Key.Key_Right, ALT): self._end_on_word,
            (Key.Key_Left, ALT | SHIFT): self._start_back_word,
            (Key.Key_Right, ALT | SHIFT): self._start_on_word,
        }

    def _built_letters(self) -> "dict[str, Callable[[], None]]":
        return {
            "s": self._sentence,
            "u": self._unit,
            "r": self._repeat,
            "i": self._in_vivo,
            "m": self._view.request_memo,
            "0": self._does_not_fit,
            "n": self._next_uncoded,
            "[": self._previous_coding,
            "]": self._next_coding,
            "f": self._follow,
            "v": self._view.cycle_mode,
            "p": self._polarity,
            ",": self._start_back,
            ".": self._start_on,
            "<": self._end_back,
            ">": self._end_on,
        }

    @staticmethod
    def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
        """The modifiers that count: not the keypad, nor AltGr where it makes the sign typed."""
        modifiers = event.modifiers() & ~KEYPAD
        made_by_alt_gr = modifiers == CTRL | ALT and event.text() in BY_ALT_GR
        return NONE if made_by_alt_gr else modifiers

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here."""
        modifiers = self._modifiers(event)
        key = Qt.Key(event.key())
        extend = bool(modifiers & SHIFT)
        plain = modifiers & ~SHIFT
        if (key, modifiers) in self._commands:
            self._commands[key, modifiers]()
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
        if letter in self._letters:
            self._letters[letter]()
            return True
        if letter in "123456789" and letter:
            self._view.request_favourite(int(letter))
            return True
        return False

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the text, before any shortcut of the window."""
        modifiers = self._modifiers(event)
        key, plain = Qt.Key(event.key()), modifiers & ~SHIFT
        letter = event.text().lower()
        single = self.single_keys and plain == NONE and letter != ""
        return (
            (key, modifiers) in self._commands
            or (key, plain) in self._moves
            or (plain == NONE and key in self._lines)
            or (single and (letter in self._letters or letter in "123456789"))
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

    # Selecting

    def _select_all(self) -> None:
        motion = self._view.motion
        self._view.move_quietly(motion.last(), motion.first())

    def _escape(self) -> None:
        view = self._view
        if not view.dismiss_bar():
            view.place(view.caret())

    def _sentence(self) -> None:
        self._select_more(self._view.motion.sentence_at)

    def _unit(self) -> None:
        self._select_more(self._view.motion.unit_at)

    def _select_more(self, around: "Callable[[int], Span]") -> None:
        """Select what lies around the caret; the same key again goes on to the next."""
        view = self._view
        start, end = view.selection()
        first = around(start)
        if start != end and first[0] == start and around(max(start, end - 1))[1] == end:
            following = around(view.motion.after(end))
            if following[1] > end:
                view.place(following[1], anchor=start)
            return
        view.place(first[1], anchor=first[0])
        view.offer_bar()

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        words = self._view.selected_text()
        if words:
            data = QMimeData()
            data.setText(self._view.motion.shown_text(*self._view.selection()))
            QGuiApplication.clipboard().setMimeData(data)

    # Coding

    def _palette(self) -> None:
        self._view.request_span("paletteRequested")

    def _repeat(self) -> None:
        self._view.request_span("repeatRequested")

    def _in_vivo(self) -> None:
        self._view.request_span("inVivoRequested")

    def _does_not_fit(self) -> None:
        self._view.request_span("doesNotFitRequested")

    def _polarity(self) -> None:
        coding = self._view.active_coding()
        if coding is not None:
            self._view.polarityRequested.emit(coding.guid)

    def _follow(self) -> None:
        around = self._view.codings_at(self._view.caret())
        if around:
            self._view.followRequested.emit(around[0].guid)

    def _next_uncoded(self) -> None:
        position = self._view.next_uncoded_unit(self._view.caret())
        if position is not None:
            self._view.jump_to(position, position)

    def _next_coding(self) -> None:
        self._view.go_to_coding(forward=True)

    def _previous_coding(self) -> None:
        self._view.go_to_coding(forward=False)

    # Boundaries of the coding around the caret

    def _end_on_word(self) -> None:
        self._change(end=self._view.motion.word_end_after)

    def _end_back_word(self) -> None:
        self._change(end=self._view.motion.word_end_before)

    def _start_on_word(self) -> None:
        self._change(start=self._word_on)

    def _start_back_word(self) -> None:
        self._change(start=self._word_back)

    def _word_on(self, position: int) -> int:
        return self._view.motion.after(position, WORDS)

    def _word_back(self, position: int) -> int:
        return self._view.motion.before(position, WORDS)

    def _end_on(self) -> None:
        self._change(end=self._view.motion.after)

    def _end_back(self) -> None:
        self._change(end=self._view.motion.before)

    def _start_on(self) -> None:
        self._change(start=self._view.motion.after)

    def _start_back(self) -> None:
        self._change(start=self._view.motion.before)

    def _change(
        self,
        *,
        start: "Callable[[int], int] | None" = None,
        end: "Callable[[int], int] | None" = None,
    ) -> None:
        view = self._view
        coding = view.active_coding()
        if coding is None:
            return
        first = start(coding.start) if start else coding.start
        last = end(coding.end) if end else coding.end
        if first < last and (first, last) != (coding.start, coding.end):
            view.boundaryRequested.emit(BoundaryRequest(coding.guid, first, last))
