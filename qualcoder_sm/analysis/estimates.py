"""A coefficient as a value that may not exist, with the reason in words."""

import math
from dataclasses import dataclass

from qualcoder_sm.analysis.intervals import Interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its interval, each of them possibly None.

    `why` says why there is no value; `no_interval` why there is no interval. Never nan.
    """

    value: float | None
    why: str = ""
    interval: Interval | None = None
    no_interval: str = ""


def estimate(
    value: float, why: str, interval: Interval | None = None, no_interval: str = ""
) -> Estimate:
    """From a number that is nan where undefined; the reason is kept only when it is needed."""
    if math.isnan(value):
        return Estimate(None, why, None, why)
    return Estimate(float(value), "", interval, "" if interval else no_interval)
