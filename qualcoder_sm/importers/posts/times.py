"""When a post was written, out of the forms in which sites and tools put it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr

_NUMBER = re.compile(r"-?\d{9,16}(?:\.\d*)?")
_BY_PARTS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?")
_X_FORMAT = "%a %b %d %H:%M:%S %z %Y"
_MILLISECONDS_FROM, _MICROSECONDS_FROM = 1e11, 1e14


class TimeReader:
    """Reads the times of one column.

    Of "03/04/2024" it is the other rows that tell whether the day comes first; where none
    does, such a time is not read. `naive` counts the times read that carried no zone.
    """

    def __init__(self, values: Iterable[str], zone: str) -> None:
        self.naive = 0
        self._zone = _zone(zone)
        self._day_first = _day_first(values)

    def read(self, value: str) -> datetime | None:
        """The time in UTC; None where the words cannot be read as a time."""
        try:
            time = self._parsed(value)
            return time and self._in_utc(time)
        except (ValueError, OverflowError, OSError):
            return None

    def _in_utc(self, time: datetime) -> datetime:
        if time.tzinfo is None:
            self.naive += 1
            time = time.replace(tzinfo=self._zone)
        return time.astimezone(UTC)

    def _parsed(self, value: str) -> datetime | None:
        if _NUMBER.fullmatch(value):
            return _since_1970(float(value))
        if parts := _BY_PARTS.fullmatch(value):
            return self._by_parts(*(int(part or 0) for part in parts.groups()))
        text = f"{value[:-3].rstrip()}+00:00" if value.endswith((" UTC", " GMT")) else value
        for form in (datetime.fromisoformat, _like_x, parsedate_to_datetime):
            try:
                return form(text)
            except ValueError:
                continue
        return None

    def _by_parts(
        self, first: int, second: int, year: int, hour: int, minute: int, seconds: int
    ) -> datetime | None:
        if self._day_first is None:
            return None
        day, month = (first, second) if self._day_first else (second, first)
        return datetime(year, month, day, hour, minute, seconds)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise WrongUsage(
            tr("There is no time zone {name}. Zones have names like Europe/London.", name=name)
        ) from error


def _day_first(values: Iterable[str]) -> bool | None:
    first = second = 0
    for value in values:
        if ("/" in value or "." in value) and (parts := _BY_PARTS.fullmatch(value.strip())):
            first, second = max(first, int(parts[1])), max(second, int(parts[2]))
    if (first > 12) == (second > 12):
        return None
    return first > 12


def _since_1970(number: float) -> datetime:
    size = abs(number)
    if size >= _MICROSECONDS_FROM:
        number /= 1_000_000
    elif size >= _MILLISECONDS_FROM:
        number /= 1_000
    return datetime.fromtimestamp(number, UTC)


def _like_x(value: str) -> datetime:
    return datetime.strptime(value, _X_FORMAT)
