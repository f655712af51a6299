"""Progress on stderr, when somebody is watching and has begun to wait."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

WAIT_SECONDS = 0.5


@contextmanager
def progress(what: str) -> Generator["Bar"]:
    """A bar to tell how far the work is; it shows once that takes long."""
    with ExitStack() as shown:
        yield Bar(what, shown)


class Bar:
    """Follows work of which so much is done."""

    def __init__(self, what: str, shown: ExitStack) -> None:
        self._what, self._shown = what, shown
        self._watched = sys.stderr.isatty()
        self._began = time.monotonic()
        self._update: Callable[[int, int, str], None] | None = None

    def goes_on(self, done: int, total: int, name: str) -> bool:
        """As `at`, for work that asks whether to go on; it does."""
        self.at(done, total, name)
        return True

    def at(self, done: int, total: int, name: str = "") -> None:
        """Show how far the work is."""
        if self._watched and time.monotonic() - self._began > WAIT_SECONDS:
            self._update = self._update or _rich_bar(self._what, self._shown)
            self._update(done, total, name)


def _rich_bar(what: str, shown: ExitStack) -> Callable[[int, int, str], None]:
    from rich.console import Console
    from rich.progress import Progress

    bar = shown.enter_context(Progress(console=Console(stderr=True), transient=True))
    task = bar.add_task(what)

    def update(done: int, total: int, name: str) -> None:
        bar.update(task, completed=done, total=total, description=f"{what} {name}".rstrip())

    return update
