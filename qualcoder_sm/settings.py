"""Settings of this user, kept as TOML; nothing in them belongs to a project's data."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from qualcoder_sm import files, notices, paths
from qualcoder_sm.i18n import tr

_RECENT = 5
_WARNED = 200
_CHOICES = {
    "theme": ("system", "light", "dark", "contrast"),
    "mode": ("highlights", "stripes", "both", "clean"),
    "numbers": ("none", "units", "lines"),
    "code_order": ("tree", "name", "use"),
}
"""Settings that are one of a few words."""
_ENCODING = "utf-8", "surrogateescape"  # names of files may hold bytes that are not text


@dataclass(frozen=True, slots=True)
class Settings:
    """What the researcher chose; every field has a default that works.

    `motion` lets a jump glide. `theme` is "system", "light", "dark" or "contrast"; `ui_size` a percentage, 90 to 150; `reading_size` the
    size of the reading text in pixels; `measure` its width in characters, 60 to 80;
    `line_spacing` a percentage, 85 to 150; `mode` how
    codes are seen ("highlights", "stripes", "both", "clean"); `numbers` what is numbered in the
    margin ("none", "units", "lines"); `code_order` how the codebook is sorted ("tree", "name",
    "use"). `recent` are project paths, newest
    first; `warned` are paths whose place, or whose being there, was told of; `column_plans` map a file's headers, joined, to the fields they became; `shortcuts` are the
    keys that the researcher gave to actions, by action.
    """

    coder: str = ""
    theme: str = "system"
    ui_size: int = 100
    reading_size: int = 17
    serif: bool = True
    measure: int = 66
    line_spacing: int = 100
    mode: str = "both"
    numbers: str = "none"
    code_order: str = "tree"
    single_keys: bool = True
    selection_bar: bool = True
    motion: bool = True
    recent: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    column_plans: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Any])
    shortcuts: Mapping[str, str] = field(default_factory=dict[str, str])

    def opened(self, project: Path) -> "Settings":
        """The same with this project as the newest of the recent ones."""
        path = str(project.resolve())
        return replace(self, recent=(path, *(p for p in self.recent if p != path))[:_RECENT])

    def having_warned(self, *paths: str) -> "Settings":
        """The same with these paths as some of which the researcher knows."""
        return replace(self, warned=(*paths, *self.warned)[:_WARNED])


def load() -> Settings:
    """The settings of this user; what is missing or not of its kind keeps its default.

    A file that is damaged is put aside, and one that cannot be read left alone; either is a notice.
    """
    stored = dict[str, Any]()
    with notices.side_concern(tr("Your settings cannot be read; the usual ones hold.")):
        stored = _stored()
    known = {one.name: getattr(Settings(), one.name) for one in fields(Settings)}
    fitting = {
        name: value
        for name, value in stored.items()
        if _fits(value, known.get(name)) and value in _CHOICES.get(name, (value,))
    }
    for name in {"recent", "warned"} & fitting.keys():
        fitting[name] = tuple(str(path) for path in fitting[name])
    if "shortcuts" in fitting:
        fitting["shortcuts"] = {
            action: keys for action, keys in fitting["shortcuts"].items() if isinstance(keys, str)
        }
    return Settings(**fitting)


def save(settings: Settings) -> None:
    """Keep the settings; entries of the file that this version does not know stay in it.

    Where they cannot be kept, that is a notice.
    """
    lost = tr("Your settings cannot be kept; they hold until the program ends.")
    with notices.side_concern(lost):
        text = tomli_w.dumps(_stored() | asdict(settings))
        files.write_own(paths.settings_file(), text.encode(*_ENCODING))


def _stored() -> dict[str, Any]:
    """What the file holds; raises OSError where it cannot be read."""
    path = paths.settings_file()
    try:
        data = path.read_bytes()
        if data:
            return tomllib.loads(data.decode(*_ENCODING))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError:
        pass
    aside = path.with_name("settings.damaged.toml")
    path.replace(aside)
    notices.tell(
        tr("Your settings were damaged, so the usual ones hold. The damaged file is {file}.",
           file=aside)
    )  # fmt: skip
    return {}


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    return default is not None and isinstance(value, type(default))
