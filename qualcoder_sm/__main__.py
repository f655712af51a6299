"""Where the program starts: decides between window and commands before anything heavy is imported."""

import errno
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from qualcoder_sm import __version__
from qualcoder_sm.errors import FileProblem, QualCoderError, Unexpected
from qualcoder_sm.i18n import tr

REFUSED, WRONG_USAGE, STOPPED = 1, 2, 130
_LIMITED_CHILD = "--limited-child"


def main(words: Sequence[str] | None = None) -> int:
    """Run a command, or open the window on the project that the first word names."""
    words = list(sys.argv[1:] if words is None else words)
    if words[:1] == [_LIMITED_CHILD]:
        from qualcoder_sm import limited_child

        return limited_child.main()
    _speak_utf8()
    return _guarded(partial(_asked, words))


def window() -> int:
    """Open the window, on the project named by the first word if there is one.

    The window itself says what is wrong with a file: a desktop shows nobody what is printed.
    """
    project = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    return _guarded(partial(_show, project))


def _guarded(action: Callable[[], int]) -> int:
    """The exit status of an action; an error is said in one line."""
    try:
        status = action()
        if sys.stdout:
            sys.stdout.flush()
    except Unexpected as error:
        _say(f"{error} {_broken(error)}")
        return REFUSED
    except QualCoderError as error:
        _say(str(error))
        return REFUSED
    except BrokenPipeError:
        return _reader_has_gone()
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # noqa: BLE001  (the last resort; no traceback reaches anyone)
        _say(_broken(error))
        return REFUSED
    return status


def _asked(words: list[str]) -> int:
    if words == ["--version"]:
        sys.stdout.write(f"QualCoder SM {__version__}\n")
        return 0
    if not words:
        return _show(None)
    from qualcoder_sm import cli

    if words[0].startswith("-") or words[0] in cli.COMMANDS:
        return _command(words)
    project = _project(words[0], cli.COMMANDS)
    if len(words) > 1:
        _say(tr("A project opens without further words: qualcoder-sm PROJECT."))
        return WRONG_USAGE
    return _show(project)


def _command(words: Sequence[str]) -> int:
    from qualcoder_sm import notices
    from qualcoder_sm.cli import WindowWanted, app

    notices.listen(_note)
    # A command makes a great many values and few circles: a fifth of an import was collecting.
    gc.set_threshold(50_000, 20, 20)
    try:
        return app.run(words)
    except WindowWanted as wanted:
        return _show(wanted.project) if _has_display() else 0


def _project(word: str, commands: Iterable[str]) -> Path:
    path = Path(word)
    if path.exists():
        return path
    if path.suffix or len(path.parts) > 1:
        raise FileProblem(tr("There is no file {path}.", path=path))
    from difflib import get_close_matches

    meant = get_close_matches(word, commands, n=1)
    if meant:
        raise FileProblem(
            tr("There is no file and no command {word}. Is it {meant}?", word=word, meant=meant[0])
        )
    raise FileProblem(
        tr("There is no file and no command {word}. All commands: qualcoder-sm --help.", word=word)
    )


def _show(project: Path | None) -> int:
    if not _has_display():
        raise QualCoderError(
            tr(
                "There is no display here, so no window can open. "
                "What works without one: qualcoder-sm --help."
            )
        )
    try:
        from qualcoder_sm.ui import app
    except ImportError as error:
        raise QualCoderError(
            tr(
                "The window cannot open, because a part of Qt is missing here: {what}. "
                "What works without it: qualcoder-sm --help.",
                what=error,
            )
        ) from error
    return app.run(project)


def _has_display() -> bool:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, named))


def _say(sentence: str, kind: str = "error") -> None:
    if sys.stderr:  # a Windows desktop starts programs without one
        sys.stderr.write(f"{kind}: {' '.join(sentence.splitlines())}\n")


def _note(sentence: str) -> None:
    _say(sentence, "note")


def _broken(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return tr(
            "A name or a word that was given holds bytes that are not text. Nothing was changed; "
            "rename the file, or write it in UTF-8."
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return tr("The disk is full, so the result could not be written.")
    from qualcoder_sm import crashlog

    file = crashlog.write(error)
    if file is None:
        return tr("Something went wrong inside the program, and no report of it could be written.")
    return tr(
        "Something went wrong inside the program; a report without your data is in {file}.",
        file=file,
    )


def _reader_has_gone() -> int:
    """What was asked is done; whoever read it (`head`, a pager) has had enough."""
    # Python flushes once more at its end, and would complain then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
