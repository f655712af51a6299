"""Every report, with every choice it declares, equals a recount by plain means.

Studies are made up at random, with names that repeat. A few of them run in every test run;
`make recount` runs fifty.
"""

import os
import random
from collections import Counter
from dataclasses import replace

import pytest
from recount_notes import says_how_many_sources, says_what_the_rows_hold, says_what_was_left_out
from recount_plain import Asked, Plain, at
from recount_study import SPEAKERS, Study, built, random_study

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.model import Polarity
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.reports import report, reports
from qualcoder_sm.reports.options import Cells, Choice, Counted, Level, Options

STUDIES = int(os.environ.get("RECOUNT_STUDIES", "4"))
MORE = 3
"""How many sets of several choices are tried with each report, besides each choice alone."""


def choose(study: Study, choice: Choice, dice: random.Random) -> dict[str, object]:
    """A value for a choice, as fields of Asked."""
    some = lambda n: sorted(dice.sample(range(n), dice.randint(1, max(1, n // 2))))  # noqa: E731
    codes = len(study.codes)
    pick = {
        Choice.CODER: lambda: {"coders": sorted(dice.sample(range(len(study.coders)), 2))},
        Choice.CODE: lambda: {"codes": some(codes)},
        Choice.SOURCE: lambda: {"sources": some(len(study.sources))},
        Choice.COLLECTION: lambda: {"collections": _collections(study)[:1]},
        Choice.CASE: lambda: {"cases": some(len(study.cases))},
        Choice.ATTRIBUTE: lambda: {"attributes": [("age", dice.choice(["30", "40"]))]},
        Choice.SPEAKER: lambda: {"speakers": dice.sample(_speakers(study), 1)},
        Choice.ROLE: lambda: {"roles": [dice.choice(["interviewer", "participant", "admin"])]},
        Choice.POSTED_SINCE: lambda: {"posted_since": dice.randint(1, 4)},
        Choice.POSTED_UNTIL: lambda: {"posted_until": dice.randint(1, 5)},
        Choice.WORDS: lambda: {"participants": dice.random() < 0.5},
        Choice.POLARITY: lambda: {"polarities": dice.sample([None, *Polarity], 2)},
        Choice.WEIGHT: lambda: {"weight": dice.choice([10, 11])},
        Choice.WITH: lambda: {"with_codes": [dice.randrange(codes)]},
        Choice.WITHOUT: lambda: {"without": some(codes)},
        Choice.NEAR: lambda: {"near": some(codes), "within": dice.choice([None, 0, 5])},
        Choice.WITHIN: lambda: {"near": some(codes), "within": dice.choice([1, 9])},
        Choice.SINCE: lambda: {"since": dice.randint(1, 4)},
        Choice.UNTIL: lambda: {"until": dice.randint(1, 5)},
        Choice.ROLL_UP: lambda: {"roll_up": True},
    }
    return pick[choice]() if choice in pick else {}


def options_of(study: Study, asked: Asked, guids: dict[str, str], words: bool) -> Options:
    """The same choices as the reports take them; `words` are named or left to the default."""
    names = lambda places, things: tuple(things[i].guid for i in places or ())  # noqa: E731
    which = Filter(
        coders=tuple(study.coder_guids[i] for i in asked.coders or ()),
        codes=names(asked.codes, study.codes),
        sources=names(asked.sources, study.sources),
        collections=tuple(guids[name] for name in asked.collections or ()),
        cases=names(asked.cases, study.cases),
        attributes=tuple(asked.attributes or ()),
        speakers=tuple(asked.speakers or ()),
        with_codes=names(asked.with_codes, study.codes),
        without_codes=names(asked.without, study.codes),
        near_codes=names(asked.near, study.codes),
        near=asked.within,
        polarities=tuple(asked.polarities or ()),
        weight_at_least=asked.weight,
        since=None if asked.since is None else at(asked.since),
        until=None if asked.until is None else at(asked.until),
        roles=tuple(asked.roles or ()),
        posted_since=None if asked.posted_since is None else at(asked.posted_since),
        posted_until=None if asked.posted_until is None else at(asked.posted_until),
        words=(Words.PARTICIPANTS if asked.participants else Words.ALL) if words else None,
    )
    return Options(which, roll_up=asked.roll_up)


def _collections(study: Study) -> list[str]:
    return sorted({source.collection for source in study.sources if source.collection})


def _speakers(study: Study) -> list[str]:
    """Those of whom anything is known in the project."""
    said = {unit.speaker for source in study.sources for unit in source.units if unit.speaker}
    return sorted(said) or sorted(SPEAKERS)


@pytest.fixture(scope="module", params=range(STUDIES))
def made(request, tmp_path_factory):
    study = random_study(request.param)
    project = built(study, tmp_path_factory.mktemp("recount"))
    yield study, project
    project.close()


def asks(study: Study, name: str, seed: int):
    """Nothing chosen, each choice alone, then several together."""
    dice = random.Random(f"{name} {seed}")
    declared = [choice for choice in Choice if choice in report(name).choices]
    sets: list[list[Choice]] = [[], *([one] for one in declared)]
    sets += [dice.sample(declared, min(4, len(declared))) for _ in range(MORE)]
    for chosen in sets:
        fields: dict[str, object] = {}
        for choice in chosen:
            fields |= choose(study, choice, dice)
        asked = Asked(participants=report(name).words is Words.PARTICIPANTS)
        yield chosen, replace(asked, **fields), dice


@pytest.mark.parametrize("name", [one.name for one in reports()])
def test_a_report_equals_its_recount(made, name):
    study, project = made
    guids = {one.name: one.guid for one in project.collections.all()}
    for chosen, asked, dice in asks(study, name, len(study.codings)):
        if asked.collections == []:
            continue
        options = options_of(study, asked, guids, Choice.WORDS in chosen)
        if asked.is_impossible:
            with pytest.raises(WrongUsage):
                report(name).table(project, options)
            continue
        try:
            RECOUNTS[name](study, project, asked, options, dice)
        except AssertionError as error:
            raise AssertionError(f"{name} with {[c.value for c in chosen]}: {asked}") from error


def recount_segments(study, project, asked, options, dice):
    table = report("segments").table(project, options)
    place = [column.name for column in table.columns].index("guid")
    found = Plain(study, asked)
    assert Counter(row[place] for row in table.rows) == Counter(c.guid for c in found.codings)
    by_guid = {c.guid: c for c in study.codings}
    for i, row in enumerate(table.rows):
        coding = by_guid[row[place]]
        source = study.sources[coding.source]
        assert source.text[coding.start : coding.end] in row
        held = [u for u in source.units if max(u.start, coding.start) < min(u.end, coding.end)]
        if held:
            assert row[3] == ", ".join(dict.fromkeys(u.speaker for u in held if u.speaker))
        assert {guids[i] for guids in table.guids.values()} == {
            source.guid, study.codes[coding.code].guid, study.coder_guids[coding.coder]}  # fmt: skip


def recount_quotations(study, project, asked, options, dice):
    table = report("quotations").table(project, options)
    coders: dict[tuple, set[str]] = {}
    for c in Plain(study, asked).codings:
        coders.setdefault((c.code, c.source, c.start, c.end), set()).add(study.coders[c.coder])
    expected = Counter(
        (study.codes[code].guid, study.sources[source].guid,
         study.sources[source].text[start:end], ", ".join(sorted(names)))
        for (code, source, start, end), names in coders.items()
    )  # fmt: skip
    found = zip(table.guids[0], table.guids[2], table.rows, strict=True)
    assert Counter((code, source, row[1], row[6]) for code, source, row in found) == expected


def recount_codebook(study, project, asked, options, dice):
    table = report("codebook").table(project, options)
    found = Plain(study, asked)
    uses = Counter(study.codes[c.code].guid for c in found.codings)
    wanted = [study.codes[i].guid for i in asked.codes or range(len(study.codes))]
    place = [column.name for column in table.columns].index("codings")
    assert {guid: row[place] for guid, row in zip(table.guids[0], table.rows, strict=True)} == {
        guid: uses[guid] for guid in wanted
    }


def recount_frequencies(study, project, asked, options, dice):
    used = dice.random() < 0.5
    table = report("frequencies").table(project, replace(options, used_only=used))
    found = Plain(study, asked)
    expected = {}
    for row in found.codes:
        mine = found.counted_for(row)
        sources = {c.source for c in mine}
        expected[study.codes[row].guid] = (
            len(mine),
            len(sources),
            sum(bool(sources.intersection(case.sources)) for case in study.cases),
            len({(c.source, i) for c in mine for i in found.spot(c)}),
            pytest.approx(100 * len(mine) / len(found.each())) if found.each() else None,
        )
    if used:
        expected = {guid: row for guid, row in expected.items() if row[0]}
    assert {guid: row[1:] for guid, row in zip(table.guids[0], table.rows, strict=True)} == expected
    says_what_was_left_out(table, found, project)


def recount_matrix(study, project, asked, options, dice):
    kind = dice.choice(["case", "source", "collection", "attribute:site"])
    cells, totals = dice.choice(list(Cells)), dice.random() < 0.5
    options = replace(options, rows=kind, cells=cells, totals=totals)
    table = report("matrix").table(project, options)
    turned = report("matrix").table(project, replace(options, codes_down=True))
    found = Plain(study, asked)
    groups = _groups(study, kind)
    meant = {i for i, characters in enumerate(found.whole) if characters}  # whoever's words
    narrowed = len(meant) < len(study.sources)
    groups = {key: mine for key, mine in groups.items()
              if meant.intersection(mine) or not (narrowed or kind == "source")}  # fmt: skip
    keys = table.guids[0][: len(groups)]
    names = [row[0] for row in table.rows][: len(groups)]
    known = [key if key is not None else name for key, name in zip(keys, names, strict=True)]
    assert sorted(known) == sorted(groups)
    codes = [column.guid for column in table.columns if column.guid]
    assert codes == [study.codes[i].guid for i in _in_order(project, study, found.codes)]
    for at_row, key in enumerate(known):
        for code, cell in zip(codes, table.rows[at_row][1:], strict=False):
            row = next(i for i in found.codes if study.codes[i].guid == code)
            mine = [c for c in found.counted_for(row) if c.source in groups[key]]
            assert cell == _cell(found, mine, cells, capped=True), (key, study.codes[row].path)
        if totals:
            mine = [c for c in found.each() if c.source in groups[key]]
            assert table.rows[at_row][-1] == _cell(found, mine, cells)
    if totals:
        everywhere = {i for mine in groups.values() for i in mine}
        for place, code in enumerate(codes):
            row = next(i for i in found.codes if study.codes[i].guid == code)
            mine = [c for c in found.counted_for(row) if c.source in everywhere]
            assert table.rows[-1][1 + place] == _cell(found, mine, cells)
    assert [list(row)[1:] for row in turned.rows] == [
        list(column) for column in zip(*(row[1:] for row in table.rows), strict=True)
    ] or not table.rows
    says_what_was_left_out(table, found, project)
    says_what_the_rows_hold(table, found, groups, kind)


def _cell(found, mine, cells, capped=False):
    if cells is Cells.CODINGS:
        return len(mine)
    spots = {(c.source, i) for c in mine for i in found.spot(c)}
    if cells is Cells.CHARACTERS:
        return len(spots)
    level = "unit" if cells is Cells.UNITS else "source"
    n = sum(
        any((source, i) in spots for i in unit)
        for source in found.sources()
        for unit in found.units(source, level)
    )
    return min(n, 1) if capped and cells is Cells.PRESENCE else n


def _groups(study, kind):
    """The places of the sources of each group, by guid or, where nothing has one, by name."""
    if kind == "source":
        return {source.guid: {i} for i, source in enumerate(study.sources)}
    if kind == "case":
        return {case.guid: set(case.sources) for case in study.cases}
    found = {}
    if kind == "collection":
        for i, source in enumerate(study.sources):
            key = source.collection and study.collection_guids[source.collection]
            found.setdefault(key or "(no collection)", set()).add(i)
        return found
    for case in study.cases:
        if value := case.attributes.get("site"):
            found.setdefault(value, set()).update(case.sources)
    return found


def _in_order(project, study, codes):
    place = {code.guid: i for i, code in enumerate(project.codebook.codes())}
    return sorted(codes, key=lambda i: place[study.codes[i].guid])


def recount_cooccurrence(study, project, asked, options, dice):
    level = dice.choice([Level.UNIT, Level.PARAGRAPH, Level.SOURCE])
    table = report("cooccurrence").table(project, replace(options, level=level))
    found = Plain(study, asked)
    expected = {}
    for a in found.codes:
        for b in found.codes:
            if a < b:
                counts = _meeting(found, a, b, level.value)
                if any(counts):
                    expected[frozenset((study.codes[a].guid, study.codes[b].guid))] = counts
    pairs = zip(table.guids[0], table.guids[1], strict=True)
    assert {
        frozenset(pair): row[2:] for pair, row in zip(pairs, table.rows, strict=True)
    } == expected
    says_what_was_left_out(table, found, project)


def _meeting(found, a, b, level):
    mine = [c for c in found.codings if c.code in (a, b)]
    pairs, characters, units = 0, set(), set()
    for coder in {c.coder for c in mine}:
        ones = [c for c in mine if c.code == a and c.coder == coder]
        others = [c for c in mine if c.code == b and c.coder == coder]
        pairs += sum(
            one.source == other.source and bool(found.spot(one) & found.spot(other))
            for one in ones
            for other in others
        )
        for source in found.sources():
            spots = [{i for c in of if c.source == source for i in found.spot(c)}
                     for of in (ones, others)]  # fmt: skip
            characters |= {(source, i) for i in spots[0] & spots[1]}
            units |= {(source, n) for n, unit in enumerate(found.units(source, level))
                      if unit & spots[0] and unit & spots[1]}  # fmt: skip
    return pairs, len(characters), len(units)


def recount_agreement(study, project, asked, options, dice):
    level = dice.choice([Level.UNIT, Level.PARAGRAPH, Level.CHARACTER, Level.SOURCE])
    counted = dice.choice([None, *Counted])
    options = replace(options, level=level, counted=counted)
    coders = asked.coders or list(range(len(study.coders)))
    table = report("agreement").table(project, options)
    kept = _counted_sources(study, Plain(study, replace(asked, participants=False)), asked, coders,
                            counted)  # fmt: skip
    found = Plain(study, replace(asked, sources=kept, coders=coders))
    names = [column.name for column in table.columns]
    rows = dict(zip(table.guids[0], table.rows, strict=True))
    assert set(rows) == {None, *(study.codes[i].guid for i in found.codes)}
    says_how_many_sources(table, study, found, asked)
    says_what_was_left_out(table, found, project)
    pooled = Counter()
    for code in found.codes:
        counts = _spread(found, code, coders, level.value)
        pooled.update(counts)
        _same_counts(rows[study.codes[code].guid], names, counts, study, coders)
    _same_counts(rows[None], names, pooled, study, coders)


def _counted_sources(study, plain, asked, coders, counted):
    among = [i for i in range(len(study.sources)) if plain._source_meant(i)]
    rule = counted or (Counted.ALL if asked.sources is not None else Counted.FINISHED)
    coded = {(c.source, c.coder) for c in study.codings}
    done = [i for i in among if all((i, coder) in study.done for coder in coders)]
    both = [i for i in among if all((i, coder) in coded for coder in coders)]
    return {Counted.ALL: among, Counted.BOTH: both, Counted.FINISHED: done or among}[rule]


def _spread(found, code, coders, level):
    counts = Counter()
    for source in found.sources():
        spots = [
            {i for c in found.counted_for(code) if c.source == source and c.coder == coder
             for i in found.spot(c)}
            for coder in coders
        ]  # fmt: skip
        for unit in found.units(source, level):
            counts[frozenset(n for n, spot in enumerate(spots) if unit & spot)] += 1
    return counts


def _same_counts(row, names, counts, study, coders):
    cells = dict(zip(names, row, strict=True))
    everybody = frozenset(range(len(coders)))
    two = len(coders) == 2
    assert cells["both" if two else "all"] == counts[everybody]
    assert cells["neither" if two else "nobody"] == counts[frozenset()]
    for n, coder in enumerate(coders):
        assert cells[f"only {study.coders[coder]}"] == counts[frozenset((n,))]
    total = sum(counts.values())
    if two and total:
        a, d = counts[everybody], counts[frozenset()]
        b, c = counts[frozenset((0,))], counts[frozenset((1,))]
        assert cells["agreement"] == pytest.approx(100 * (a + d) / total) or cells[
            "agreement"] is None  # fmt: skip
        chance = ((a + b) * (a + c) + (c + d) * (b + d)) / total**2
        if chance < 1 and 0 < 2 * a + b + c < 2 * total:
            kappa = ((a + d) / total - chance) / (1 - chance)
            assert cells["Cohen’s kappa"] == pytest.approx(kappa)


def recount_audit(study, project, asked, options, dice):
    table = report("audit").table(project, options)
    place = [column.name for column in table.columns].index("coder")
    meant = {study.coders[i] for i in asked.coders or range(len(study.coders))}
    everything = report("audit").table(project)
    assert [row[0] for row in table.rows] == [
        row[0] for row in everything.rows if row[place] in meant
    ]


RECOUNTS = {
    "segments": recount_segments,
    "quotations": recount_quotations,
    "matrix": recount_matrix,
    "frequencies": recount_frequencies,
    "cooccurrence": recount_cooccurrence,
    "agreement": recount_agreement,
    "codebook": recount_codebook,
    "audit": recount_audit,
}
