"""A clock and guids that are the same each time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import NAMESPACE_URL, uuid5

_MORNING = time(9, 10, tzinfo=UTC)
_A_STEP = timedelta(seconds=97)
_A_PAUSE = timedelta(minutes=40)
_NAMESPACE = uuid5(NAMESPACE_URL, "qualcoder-sm:demonstration-study")


class StudyClock:
    """Tells a later time whenever it is asked, on the day it was last set to."""

    def __init__(self, day: date) -> None:
        self._now = datetime.combine(day, _MORNING)

    def __call__(self) -> datetime:
        """The next moment."""
        self._now += _A_STEP
        return self._now

    def begin(self, day: date) -> None:
        """Go on in the morning of a day, or after a pause when it is that day already."""
        self._now = max(self._now + _A_PAUSE, datetime.combine(day, _MORNING))


def study_guids() -> Callable[[], str]:
    """A maker of guids, the same ones in the same order each time."""
    numbers = count(1)
    return lambda: str(uuid5(_NAMESPACE, str(next(numbers))))
