"""Notices: what went wrong beside the matter, told once, while the work goes on."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from qualcoder_sm.errors import DiskError

Listener = Callable[[str], None]

_lock = threading.Lock()
_told: dict[str, None] = {}
_listener: Listener | None = None


def listen(listener: Listener | None) -> None:
    """Let somebody hear the notices from now on, and those that nobody has heard yet.

    The listener is called in the thread in which something went wrong. None: nobody listens.
    """
    global _listener
    with _lock:
        unheard = list(_told) if _listener is None and listener else []
        _listener = listener
        _told.clear()
    for sentence in unheard:
        tell(sentence)


def tell(sentence: str) -> None:
    """Tell whoever listens, unless it was told before; without a listener it waits for one."""
    with _lock:
        listener = None if sentence in _told else _listener
        _told[sentence] = None
    if listener:
        listener(sentence)


@contextmanager
def side_concern(sentence: str = "") -> Generator[None]:
    """What stands inside may fail on the disk: that is a notice, and the work goes on.

    The notice is `sentence` with what the system said in brackets, or the error's own.
    """
    try:
        yield
    except (OSError, DiskError) as error:
        tell(f"{sentence} ({_why(error)})" if sentence else str(error))


def _why(error: OSError | DiskError) -> str:
    cause = error.__cause__ if isinstance(error, DiskError) else error
    return (cause.strerror if isinstance(cause, OSError) else None) or str(error)
