"""A measured figure, as one line of JSON."""

import json
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A value beside its floor, measured in the same run, and the limit the project sets itself.

    The limit is on the value, or on the ratio when `of_ratio`.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    limit: float | None = None
    of_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def ok(self) -> bool | None:
        measured = self.ratio if self.of_ratio else self.value
        if self.limit is None or measured is None or math.isnan(measured):
            return None
        return measured <= self.limit

    def line(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "value": _short(self.value),
                "unit": self.unit,
                "floor": _short(self.floor),
                "ratio": _short(self.ratio),
                "limit": self.limit,
                "ok": self.ok,
            }
        )


def _short(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(f"{value:.4g}")
