"""Which codes a coder will most likely want next, for a passage not coded yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcoder_sm.project.codes import Codes
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qualcoder_sm.model import Code
    from qualcoder_sm.project.core import Core

HOW_MANY = 3
_RECENT, _SPEAKER, _FAMILY = 3.0, 2.0, 1.0
_LATEST = 10


def most_likely(
    core: Core,
    source: str,
    speaker: str | None,
    recent: Sequence[str],
    without: Collection[str] = (),
) -> list[Code]:
    """See `Codebook.most_likely`."""
    codes = {code.guid: code for code in Codes(core).codes() if code.codable}
    lately = [guid for guid in (recent or latest(core)) if guid in codes][:_LATEST]
    scores: defaultdict[str, float] = defaultdict(float)
    for rank, guid in enumerate(lately):
        scores[guid] += _RECENT / (rank + 1)
    said = _said(core, source, speaker) if speaker else {}
    most = max(said.values(), default=1)
    for guid, n in said.items():
        scores[guid] += _SPEAKER * n / most
    if lately:
        family = codes[lately[0]].parent
        for guid, code in codes.items():
            if family and code.parent == family:
                scores[guid] += _FAMILY
    order = {guid: n for n, guid in enumerate(codes)}
    wanted = scores.keys() & codes.keys() - set(without)
    ranked = sorted(wanted, key=lambda guid: (-scores[guid], order[guid]))
    return [codes[guid] for guid in ranked[:HOW_MANY]]


def latest(core: Core) -> list[str]:
    """The codes that the acting coder applied one by one in the last steps, the latest first."""
    with core.reading() as connection:
        values = (core.coder.name, _STEPS)
        found = connection.exec_driver_sql(_APPLIED, values).scalars().all()
    return list(dict.fromkeys(found))


_STEPS = 300
_APPLIED = (
    "SELECT json_extract(p.parameters, '$.code_guid') FROM changes c "
    "JOIN change_payloads p ON p.seq = c.seq "
    "WHERE c.action IN ('coding.apply', 'coding.apply_new', 'coding.in_vivo') AND c.coder = ? "
    "AND p.parameters IS NOT NULL "
    "AND c.seq > (SELECT MAX(seq) FROM changes) - ? ORDER BY c.seq DESC"
)


def _said(core: Core, source: str, speaker: str) -> dict[str, int]:
    """How often the acting coder put each code on words of a speaker in a source."""
    c, u, p = schema.codings.c, schema.units.c, schema.people.c
    statement = (
        select(c.code, func.count())
        .join_from(schema.units, schema.people)
        .join(schema.codings, (c.source == u.source) & (c.start >= u.start) & (c.start < u.end))
        .where(u.source == source, p.key == speaker, c.coder == core.coder.guid)
        .group_by(c.code)
    )
    return {row[0]: row[1] for row in core.fetch(statement)}
