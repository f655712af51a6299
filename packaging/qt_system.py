"""What Qt needs from the system on Linux: shared libraries and fonts, and the packages that bring them.

Nothing is listed by hand but fonts: the dynamic linker names every library it misses, and
Debian's policy says how the package of a library is called.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# What the program and its tests load, relative to the folder of PySide6.
_LOADED = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtTest.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
)
# The only packages that do not follow the rule; t64 names are found by apt from these.
_UNRULY = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}
# Screenshots and tests measure text, so they need the same letters everywhere.
_FONTS = {
    "fonts-dejavu-core": "DejaVuSans.ttf",
    "fonts-noto-core": "NotoSans-Regular.ttf",
    "fonts-noto-color-emoji": "NotoColorEmoji.ttf",
}
_APT = ("apt-get", "install", "-y", "--no-install-recommends")


def missing_in(report: str) -> set[str]:
    """The libraries that a report of `ldd` says are not there."""
    return set(re.findall(r"^\s*(\S+) => not found$", report, re.MULTILINE))


def debian_package(library: str) -> str:
    """The Debian or Ubuntu package of a shared library: libX11.so.6 is in libx11-6."""
    if library in _UNRULY:
        return _UNRULY[library]
    name, _, version = library.partition(".so.")
    joint = "-" if name[-1].isdigit() else ""
    return f"{name}{joint}{version}".lower().replace("_", "-")


def missing_libraries(venv: Path) -> set[str]:
    """The system libraries Qt asks for and this machine lacks; empty where there is no `ldd`."""
    pyside = next(venv.glob("lib/python*/site-packages/PySide6"), None)
    if pyside is None or not shutil.which("ldd"):
        return set()
    files = [str(pyside / name) for name in _LOADED if (pyside / name).exists()]
    answer = subprocess.run(
        ["ldd", *files], check=False, capture_output=True, text=True, env=_plain_environment()
    )
    return missing_in(answer.stdout)


def missing_fonts(every: bool) -> list[str]:
    """Packages of the fonts that are not installed: `every` one of ours, or else any font will do."""
    shares = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", f"{shares}/fonts")
    found = {
        file.name for folder in folders for file in Path(folder).expanduser().rglob("*.[to]t[fc]")
    }
    if found and not every:
        return []
    return [package for package, file in _FONTS.items() if file not in found]


def install(packages: list[str]) -> str:
    """Install Debian packages; returns "" when done, else the line that a person has to run."""
    prefix = _as_administrator()
    if prefix is None:
        return f"sudo apt-get update && sudo {' '.join(_APT)} {' '.join(packages)}"
    print("Installing with apt:", *packages, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=environment)
    done = subprocess.run(
        [*prefix, *_APT, "-qq", *packages], check=False, env=environment, stdout=subprocess.DEVNULL
    )
    return "" if done.returncode == 0 else f"{' '.join(_APT)} {' '.join(packages)}"


def has_apt() -> bool:
    """Whether this is Debian, Ubuntu or one of their kind."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def complete(venv: Path, every_font: bool) -> str:
    """See to libraries and fonts; returns "" when all is there, else a sentence on what to do."""
    if sys.platform != "linux":
        return ""
    libraries, fonts = missing_libraries(venv), missing_fonts(every_font)
    if has_apt():
        packages = sorted({debian_package(name) for name in libraries}) + fonts
        line = install(packages) if packages else ""
        return f"Qt needs some packages of the system. This line installs them:\n  {line}" * bool(
            line
        )
    if libraries and shutil.which("dnf"):
        wanted = " ".join(f"'{name}()(64bit)'" for name in sorted(libraries))
        return f"Qt needs some libraries. This line installs them:\n  sudo dnf install {wanted}"
    if libraries:
        return f"Qt needs these libraries of the system: {', '.join(sorted(libraries))}."
    return "Qt needs a font, such as Noto Sans or DejaVu Sans." if missing_fonts(False) else ""


def _as_administrator() -> list[str] | None:
    """The words before a command that needs rights, or None when this person has to type it."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if os.environ.get("CI") else None


def _plain_environment() -> dict[str, str]:
    """The environment in which the linker answers in English."""
    return os.environ | {"LC_ALL": "C"}
