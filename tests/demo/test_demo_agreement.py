"""The agreement planted in the codings is found in the project."""

import demo_truth as truth
import numpy as np
import pytest

from qualcoder_sm.analysis.nominal import cohen_kappa
from qualcoder_sm.project.project import Project

PRINCIPLES = ("Equality", "Diversity", "Accessibility", "Reciprocity")
DOUBLE = ("P01", "P16", "S01")
CODERS = ("Ana", "Ben")


@pytest.mark.parametrize("principle", PRINCIPLES)
def test_kappa_by_turn_and_post_is_what_the_table_of_codings_gives(study: Project, principle: str):
    path = f"Principles of co-production > {principle}"
    written, found = written_presence(path), found_presence(study, path)
    assert found == written
    table = np.zeros((2, 2))
    for ana, ben in found.values():
        table[int(ana), int(ben)] += 1
    assert cohen_kappa(table) == pytest.approx(kappa(list(written.values())))
    assert 0.5 <= cohen_kappa(table) <= 0.85


def written_presence(code: str) -> dict[object, tuple[bool, bool]]:
    """Whether Ana and Ben coded each unit, by place in the plain texts and in the table."""
    present: dict[object, set[str]] = {}
    for interview in ("P01", "P16"):
        present |= {(interview, start): set() for start in truth.turns(interview)}
    present |= {
        post: set() for thread, rows in truth.posts().items() if thread.startswith("S01")
        for post in rows
    }  # fmt: skip
    for row in truth.rows("codings.csv"):
        place = truth.place(row)
        unit = place.post or (place.source, turn_at(place.source, place.start))
        if row["code"] == code and unit in present:
            present[unit].add(row["coder"])
    return {unit: both(who) for unit, who in present.items()}


def turn_at(interview: str, position: int) -> int:
    """Where the line of the text that holds this position begins."""
    return truth.stored(interview).rfind("\n", 0, position) + 1


def found_presence(study: Project, code: str) -> dict[object, tuple[bool, bool]]:
    """The same from the units and codings of the project."""
    guid = study.codebook.find(code).guid
    coders = {coder.guid: coder.name for coder in study.coders.all()}
    codings = study.codings.of_code(guid)
    present: dict[object, tuple[bool, bool]] = {}
    for source in study.sources.all():
        if (source.external_id or source.name)[:3] not in DOUBLE:
            continue
        for unit in study.sources.units(source.guid):
            if source.external_id or unit.speaker == source.name:
                who = {coders[c.coder] for c in codings if c.source == source.guid
                       and c.start < unit.end and unit.start < c.end}  # fmt: skip
                label = unit.external_id or (source.name, turn_at(source.name, unit.start))
                present[label] = both(who)
    return present


def both(who: set[str]) -> tuple[bool, bool]:
    return CODERS[0] in who, CODERS[1] in who


def kappa(pairs: list[tuple[bool, bool]]) -> float:
    """Cohen 1960: agreement beyond what the coders' own shares would give."""
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    ana, ben = (sum(pair[coder] for pair in pairs) / n for coder in (0, 1))
    expected = ana * ben + (1 - ana) * (1 - ben)
    return (agreed - expected) / (1 - expected)
