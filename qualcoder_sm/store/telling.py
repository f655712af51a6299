"""Telling: what the trail will say of a step, and of each part of it while it is taken."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Telling:
    """The kind of a step, a key of `steps.STEPS`, and the parameters that tell it.

    `parts` are the steps that were taken as parts of it, in their order.
    """

    action: str = ""
    parameters: dict[str, object] = field(default_factory=dict[str, object])
    parts: "list[Telling]" = field(default_factory=list["Telling"])
