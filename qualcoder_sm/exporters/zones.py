"""The time zone by whose clocks times are printed; what programs read stays in UTC."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

_LOCAL_TIME = Path("/etc/localtime")  # a link into the folder of zones; not on Windows


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone and its name as people read it; without `rules` those of this computer hold."""

    name: str
    rules: tzinfo | None = None

    def clock(self, at: datetime) -> datetime | None:
        """What its clocks showed at a point in time, or None where the computer cannot tell."""
        try:
            return at.astimezone(self.rules).replace(tzinfo=None)
        except (OSError, OverflowError, ValueError):
            return None


IN_UTC = Zone("UTC", UTC)


def here() -> Zone:
    """The zone of this computer: Europe/London, or where that is not known GMT/BST."""
    named = os.environ.get("TZ", "").lstrip(":") or _linked()
    return Zone(named.removeprefix("Etc/") or "/".join(dict.fromkeys(time.tzname)))


def _linked() -> str:
    return _LOCAL_TIME.resolve().as_posix().partition("zoneinfo/")[2]
