"""Codebooks: tables in files, and those that come with the program."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcoder_sm import paths
from qualcoder_sm.bundle import CodeDraft
from qualcoder_sm.errors import NotFound, UnreadableFile
from qualcoder_sm.formulas import recovered
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.table import RawTable, read_table, required
from qualcoder_sm.model import PATH_SEPARATOR, Origin

CodePath = tuple[str, ...]

_COLOR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ORIGIN = re.compile("|".join(Origin))
_NO = frozenset({"no", "n", "false", "0"})
_TEXT_FIELDS = ("brief_definition", "definition", "include", "exclude", "example", "source")


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made codebook: its short name, its title, where it lies, how to use and cite it."""

    name: str
    title: str
    path: Path
    how_to_use: str
    citation: str


def templates() -> list[Template]:
    """The codebooks that come with the program."""
    folder = paths.shipped("codebooks")
    index = read_table(folder / "index.csv")
    columns = (index.cells(name) for name in ("name", "title", "file", "how_to_use", "citation"))
    return [
        Template(name, title, folder / file, how_to_use, citation)
        for name, title, file, how_to_use, citation in zip(*columns, strict=True)
    ]


def read_codebook(name_or_path: str | Path) -> list[CodeDraft]:
    """The codes of a ready-made book or a csv or xlsx file, each theme above what it holds.

    Columns: code, and if wanted parent, color, codable and the fields of MacQueen; guid and origin
    where the table came from a project. A parent is a path of names joined with " > ", or a name
    that is the only one, above or below in the file. Raises NotFound for an unknown name,
    UnreadableFile naming the line for an unknown or ambiguous parent, a circle, two codes of one
    name under one parent, a colour not like #0072B2, or a guid or origin that is none.
    """
    ready_made = {template.name: template.path for template in templates()}
    path = ready_made.get(str(name_or_path)) or Path(name_or_path)
    if not path.suffix and not path.exists():
        raise NotFound(
            tr(
                "There is no codebook {name}. Ready-made are: {names}. "
                "A file is named with its ending.",
                name=name_or_path,
                names=", ".join(ready_made),
            )
        )
    table = read_table(path)
    return codes(_unguarded(table) if path.suffix.lower() == ".csv" else table)


def _unguarded(table: RawTable) -> RawTable:
    """The table without the marks that keep a spreadsheet program from calculating."""
    return replace(table, rows=[tuple(map(recovered, row)) for row in table.rows])


def codes(table: RawTable) -> list[CodeDraft]:
    """The codes in a table, in the order of the tree; as `read_codebook`."""
    required(table, "code")
    names = _names(table)
    parents = _parents(table, names)
    found = [_path(table, names, parents, row) for row in range(len(names))]
    _check_parent_paths(table, found)
    _check_unique(table, found)
    drafts = list(_drafts(table, found))
    return [drafts[row] for row in _tree_order(parents)]


def _names(table: RawTable) -> Sequence[str]:
    names = table.cells("code")
    for row, name in enumerate(names):
        if not name:
            raise table.refused(row, tr("The code has no name."))
        if PATH_SEPARATOR in name:
            raise table.refused(row, tr("The name of a code may not hold “ > ”."))
    return names


def _parents(table: RawTable, names: Sequence[str]) -> list[int | None]:
    """The row of each code's parent."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    wanted = table.cells("parent")
    parents: list[int | None] = []
    for row, parent in enumerate(wanted):
        path = _parts(parent)
        candidates = [other for other in rows.get(path[-1], []) if other != row]
        if len(path) > 1:
            candidates = [c for c in candidates if _fits(c, path, wanted, names)]
        elif len(candidates) > 1:  # a name alone is also the path of a code at the top
            candidates = [c for c in candidates if not wanted[c]] or candidates
        parents.append(_only(table, row, parent, candidates) if parent else None)
    return parents


def _parts(parent: str) -> CodePath:
    return tuple(part.strip() for part in parent.split(PATH_SEPARATOR))


def _unknown_parent(table: RawTable, row: int, parent: str) -> UnreadableFile:
    return table.refused(row, tr("There is no code “{parent}” to be the parent.", parent=parent))


def _fits(row: int, path: CodePath, wanted: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row stands at this path, as far as its own parent cell tells."""
    above = path[:-1]
    return names[row] == path[-1] and (wanted[row] in {above[-1], PATH_SEPARATOR.join(above)})


def _only(table: RawTable, row: int, parent: str, candidates: Sequence[int]) -> int:
    if not candidates:
        raise _unknown_parent(table, row, parent)
    if len(candidates) > 1:
        raise table.refused(
            row, tr("Several codes are named “{parent}”; give the parent as a path.", parent=parent)
        )
    return candidates[0]


def _path(
    table: RawTable, names: Sequence[str], parents: Sequence[int | None], row: int
) -> CodePath:
    path: list[str] = []
    above: int | None = row
    while above is not None:
        path.append(names[above])
        above = parents[above]
        if len(path) > len(names):
            raise table.refused(row, tr("The code “{code}” stands above itself.", code=names[row]))
    return tuple(reversed(path))


def _check_parent_paths(table: RawTable, found: Sequence[CodePath]) -> None:
    """A parent given as a path must be that path from the root down."""
    for row, parent in enumerate(table.cells("parent")):
        wanted = _parts(parent)
        if len(wanted) > 1 and found[row][:-1] != wanted:
            raise _unknown_parent(table, row, parent)


def _check_unique(table: RawTable, found: Sequence[CodePath]) -> None:
    seen: set[CodePath] = set()
    for row, path in enumerate(found):
        if path in seen:
            raise table.refused(
                row, tr("The code “{code}” stands in the file before.",
                        code=PATH_SEPARATOR.join(path))
            )  # fmt: skip
        seen.add(path)


def _drafts(table: RawTable, found: Sequence[CodePath]) -> Iterator[CodeDraft]:
    colors, codable = table.cells("color"), table.cells("codable")
    guids, origins = table.cells("guid"), table.cells("origin")
    fields = [table.cells(field) for field in _TEXT_FIELDS]
    for row, path in enumerate(found):
        texts = dict(zip(_TEXT_FIELDS, (cells[row] for cells in fields), strict=True))
        yield CodeDraft(
            path,
            color=_color(table, row, colors[row]),
            codable=codable[row].lower() not in _NO,
            guid=_known(table, row, guids[row], _GUID),
            origin=_known(table, row, origins[row], _ORIGIN),
            **texts,
        )


def _color(table: RawTable, row: int, text: str) -> str:
    if not text:
        return ""
    found = _COLOR.fullmatch(text)
    if not found:
        raise table.refused(
            row, tr("“{text}” is not a colour; colours look like #0072B2.", text=text)
        )
    digits = found[1].upper()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _known(table: RawTable, row: int, text: str, form: re.Pattern[str]) -> str:
    if text and not form.fullmatch(text):
        raise table.refused(row, tr("“{text}” cannot stand in this column.", text=text))
    return text


def _tree_order(parents: Sequence[int | None]) -> Iterator[int]:
    children: dict[int | None, list[int]] = {}
    for row, parent in enumerate(parents):
        children.setdefault(parent, []).append(row)
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        row = waiting.pop()
        yield row
        waiting.extend(reversed(children.get(row, [])))
