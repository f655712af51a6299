"""`make bench`: one line of JSON per figure, measured as ratios against floors of the same run.

`python -m benchmarks coverage` and `growth` print tables of their own, which take some minutes.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    blocks,
    core,
    coverage,
    filtered,
    growing,
    growth,
    reading,
    start,
    surface,
    trail,
    window,
)
from benchmarks.figure import Figure

PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "start": start.figures,
    "reading": reading.figures,
    "window": window.figures,
    "growing": growing.figures,
    "blocks": blocks.figures,
    "core": core.figures,
    "surface": surface.figures,
    "filtered": filtered.figures,
    "trail": trail.figures,
}


def main() -> None:
    """Print the figures of the parts named, or of all."""
    if sys.argv[1:] == ["coverage"]:
        coverage.main()
        return
    if sys.argv[1:] == ["growth"]:
        sys.exit(growth.main())
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for figure in PARTS[name](Path(folder)):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
