"""The options of commands that make reports, from the one list of choices that reports declare."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any

import typer

from qualcoder_sm.cli.said import Said
from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Role
from qualcoder_sm.natural import natural
from qualcoder_sm.project.filters import require_possible
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import (
    FIELDS,
    OTHERS,
    Cells,
    Choice,
    Counted,
    Filter,
    Level,
    Options,
    Words,
    grouping,
)

Read = Callable[[Project, Any], Any]


@dataclass(frozen=True, slots=True)
class _Option:
    """How a choice is written in a command, and how it is read; by default it is not given.

    `parse` refuses wrong usage before a project is opened, `read` looks up what was named.
    """

    kind: Any
    help: str
    metavar: str | None = None
    read: Read = lambda _study, value: value
    parse: Callable[[Any], Any] = lambda value: value

    @property
    def default(self) -> object:
        """What stands for not given."""
        if self.kind is bool:
            return False
        return [] if self.kind in _LISTS else None

    def parameter(self, choice: Choice) -> inspect.Parameter:
        """The option as a parameter of a command."""
        kind = self.kind if self.kind is bool or self.kind in _LISTS else self.kind | None
        option = typer.Option(
            f"--{choice}",
            metavar=self.metavar,
            help=self.help,
            show_default=False,
            formats=["%Y-%m-%d"] if self.kind is datetime else None,
        )
        return inspect.Parameter(
            _name(choice),
            inspect.Parameter.KEYWORD_ONLY,
            annotation=Annotated[kind, option],
            default=self.default,
        )


def _once(find: Callable[[Project, str], str]) -> Read:
    def read(study: Project, wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(find(study, name) for name in wanted))

    return read


def _speaker(study: Project, key: str) -> str:
    if all(person.key != key for person in study.people.all()):
        raise NotFound(tr("Nobody in the project speaks or writes as “{key}”.", key=key))
    return key


def _pairs(given: list[str]) -> list[tuple[str, str]]:
    """NAME=VALUE as pairs; wrong usage when there is no equals sign."""
    pairs = [text.partition("=") for text in given]
    for name, equals, _value in pairs:
        if not name or not equals:
            raise typer.BadParameter(tr("Write an attribute as NAME=VALUE."))
    return [(name.strip(), value.strip()) for name, _equals, value in pairs]


def _attributes(study: Project, wanted: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    for name, value in wanted:
        _require_attribute(study, name)
        all_said = [case.attributes or {} for case in study.cases.all()]
        values = {has[name] for has in all_said if name in has}
        if value not in values:
            raise NotFound(
                tr(
                    "No case has “{value}” as its {name}; the values are: {values}.",
                    value=value,
                    name=name,
                    values=", ".join(sorted(values, key=natural)),
                )
            )
    return tuple(wanted)


def _roles(study: Project, given: list[str]) -> tuple[str, ...]:
    known = dict.fromkeys([*Role, *(person.role for person in study.people.all() if person.role)])
    for role in given:
        if role not in known:
            raise NotFound(
                tr(
                    "Nobody in the project has the role “{role}”; the roles are: {roles}.",
                    role=role,
                    roles=", ".join(filter(None, known)),
                )
            )
    return tuple(dict.fromkeys(given))


def _rows(study: Project, rows: str) -> str:
    kind, name = grouping(rows)
    if kind == "attribute":
        _require_attribute(study, name)
    return rows


def _require_attribute(study: Project, name: str) -> None:
    known = study.cases.variables()
    if name not in known:
        raise NotFound(
            tr(
                "No case has an attribute “{name}”; the attributes are: {names}.",
                name=name,
                names=", ".join(known),
            )
            if known
            else tr("No case has an attribute.")
        )


def _day(_study: Project, day: datetime) -> datetime:
    return day.replace(tzinfo=UTC)


def _polarities(_study: Project, given: list[Said]) -> tuple[object, ...]:
    return tuple(said.polarity for said in given)


_LISTS = (list[str], list[Said])
_code = _once(lambda study, name: study.codebook.find(name).guid)

OPTIONS: Mapping[Choice, _Option] = {
    Choice.CODER: _Option(list[str], "Only this coder; may be given again.", "NAME",
                          _once(lambda study, name: study.coders.find(name).guid)),
    Choice.CODE: _Option(list[str], "Only this code; may be given again.", "CODE", _code),
    Choice.SOURCE: _Option(list[str], "Only this source; may be given again.", "SOURCE",
                           _once(lambda study, name: study.sources.find(name).guid)),
    Choice.COLLECTION: _Option(list[str], "Only sources of this collection; again for more.",
                               "NAME", _once(lambda study, name: study.collections.find(name).guid)),
    Choice.CASE: _Option(list[str], "Only sources of this case; again for more.", "CASE",
                         _once(lambda study, name: study.cases.find(name).guid)),
    Choice.ATTRIBUTE: _Option(list[str], "Only sources of cases with this value; all must hold.",
                              "NAME=VALUE", _attributes, _pairs),
    Choice.SPEAKER: _Option(list[str], "Only what this speaker or author says; again for more.",
                            "KEY", _once(_speaker)),
    Choice.ROLE: _Option(list[str], "Only what people of this role say; again for more.",
                         "ROLE", _roles),
    Choice.POSTED_SINCE: _Option(datetime, "Only posts of this day or later (UTC).", None, _day),
    Choice.POSTED_UNTIL: _Option(datetime, "Only posts from before this day (UTC).", None, _day),
    Choice.WORDS: _Option(Words, "Whose words count: participants leaves out turns of "
                          "interviewers and headings, where roles are known."),
    Choice.POLARITY: _Option(list[Said], "Only what says this; again for more.", None, _polarities),
    Choice.WEIGHT: _Option(int, "Only passages that weigh N or more.", "N"),
    Choice.WITH: _Option(list[str], "Only passages that also carry this code.", "CODE", _code),
    Choice.WITHOUT: _Option(list[str], "Only passages that do not carry this code.", "CODE", _code),
    Choice.NEAR: _Option(list[str], "Only passages near one with this code.", "CODE", _code),
    Choice.WITHIN: _Option(int, "How many characters is near; else the same turn or post.", "N"),
    Choice.SINCE: _Option(datetime, "Only what was coded on this day or later.", None, _day),
    Choice.UNTIL: _Option(datetime, "Only what was coded before this day.", None, _day),
    Choice.ROWS: _Option(str, "The rows of a matrix; case by default.",
                         "case|source|collection|attribute:NAME", _rows),
    Choice.CELLS: _Option(Cells, "What a cell of a matrix counts; codings by default."),
    Choice.UNIT: _Option(Level, "What either carries a code or does not; by default unit: a turn, "
                         "post, comment, cue or paragraph as imported."),
    Choice.SOURCES: _Option(Counted, "Which sources count: finished by all compared coders (the "
                            "default; where none is, all), coded by both, or all."),
    Choice.ROLL_UP: _Option(bool, "Count codes below a code with it."),
    Choice.CODES_DOWN: _Option(bool, "Codes as the rows of a matrix."),
    Choice.TOTALS: _Option(bool, "Add totals to a matrix."),
    Choice.USED_ONLY: _Option(bool, "Leave out what counts nothing."),
    Choice.ALL_COEFFICIENTS: _Option(bool, "Show every coefficient and index."),
}  # fmt: skip
"""Every choice as an option."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that were given with a command."""

    values: Mapping[Choice, Any]

    @property
    def given(self) -> frozenset[Choice]:
        """The choices that were named, though perhaps with the value they have anyway."""
        return frozenset(self.values)

    def filter(self, study: Project) -> Filter:
        """The part that is a filter; raises NotFound or AmbiguousName for a name."""
        which = replace(Filter(), **self._read(study, FIELDS))
        require_possible(which)
        return which

    def options(self, study: Project) -> Options:
        """All of it."""
        return replace(Options(self.filter(study)), **self._read(study, OTHERS))

    def _read(self, study: Project, fields: Mapping[Choice, str]) -> dict[str, Any]:
        return {
            fields[choice]: OPTIONS[choice].read(study, value)
            for choice, value in self.values.items()
            if choice in fields
        }


def choosing(choices: Iterable[Choice]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command whose parameter `chosen` becomes an option for each of the choices."""
    wanted = [choice for choice in Choice if choice in set(choices)]

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())
        own = [one for one in own if one.name != "chosen"]

        @wraps(function)
        def run(*args: object, **given: object) -> None:
            values = {choice: OPTIONS[choice].parse(given.pop(_name(choice))) for choice in wanted}
            meant = {choice: value for choice, value in values.items()
                     if value is not None and value is not False and value != []}  # fmt: skip
            function(*args, chosen=Chosen(meant), **given)

        mine = [OPTIONS[choice].parameter(choice) for choice in wanted]
        run.__signature__ = inspect.Signature([*own, *mine])  # type: ignore[attr-defined]
        run.__annotations__ = {}
        return run

    return decorated


def _name(choice: Choice) -> str:
    return f"chosen_{choice.name.lower()}" if choice is not Choice.CODER else "coder"
