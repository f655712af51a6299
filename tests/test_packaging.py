"""Setting up from nothing, and what the wheel brings along."""

import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from qualcoder_sm import paths

ROOT = Path(__file__).parent.parent


@pytest.fixture
def qt_system(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return script("qt_system", monkeypatch)


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return script("bootstrap", monkeypatch)


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module(name)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_library_is_traced_to_its_debian_package(
    qt_system: ModuleType, library: str, package: str
):
    assert qt_system.debian_package(library) == package


def test_the_linkers_report_is_read_once_for_each_missing_library(qt_system: ModuleType):
    report = """QtGui.abi3.so:
    \tlibGL.so.1 => not found
    \tlibm.so.6 => /lib/libm.so.6 (0x00007f0000000000)
    QtWidgets.abi3.so:
    \tlibGL.so.1 => not found
    \tlibxcb-cursor.so.0 => not found
    """
    assert qt_system.missing_in(report) == {"libGL.so.1", "libxcb-cursor.so.0"}


@pytest.mark.skipif(sys.platform != "linux", reason="Qt asks other systems for nothing")
def test_somebody_without_rights_is_told_the_one_line(
    qt_system: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)
    assert qt_system.install(["libegl1"]) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1"
    )


def test_one_font_is_enough_for_working_but_not_for_measuring(
    qt_system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    font = tmp_path / "fonts" / "DejaVuSans.ttf"
    font.parent.mkdir()
    font.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert qt_system.missing_fonts(every=False) == []
    assert "fonts-dejavu-core" not in qt_system.missing_fonts(every=True)


@pytest.fixture
def checkout(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout with nothing but what the stamp looks at."""
    for name in ("pyproject.toml", "constraints.txt", "pyvenv.cfg"):
        (tmp_path / name).write_text(name, "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt", "pyvenv.cfg"])
def test_a_changed_requirement_or_python_asks_for_a_new_installation(
    bootstrap: ModuleType, checkout: Path, file: str
):
    before = bootstrap.stamp(for_work=True)
    assert bootstrap.stamp(for_work=True) == before
    (checkout / file).write_text("another", "utf-8")
    assert bootstrap.stamp(for_work=True) != before


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_only_linux_may_be_without_a_display(
    bootstrap: ModuleType, environment: dict[str, str], platform: str, shown: bool
):
    assert bootstrap.has_display(environment, platform) is shown


def test_an_unknown_word_prints_the_known_ones(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
):
    assert bootstrap.main(["dance"]) == 2
    assert "demo" in capsys.readouterr().out


def test_an_unsuitable_python_is_named_before_anything_is_made(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    assert bootstrap.main(["test"]) == 1
    assert "this is 3.10" in capsys.readouterr().err


def test_a_failing_check_does_not_keep_the_next_ones_from_running(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(bootstrap, "PYTHON", sys.executable)
    checks = {"first": ("-c", "raise SystemExit(3)"), "second": ("-c", "print('1 passed')")}
    assert bootstrap.failing(checks) == ["first"]
    assert capfd.readouterr().out.splitlines() == ["-- first", "-- second", "1 passed"]


def test_every_dependency_is_pinned_without_an_address():
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()[1:]
    assert [pin for pin in pins if pin.count("==") != 1 or "/" in pin] == []
    names = {name.split("==")[0].lower().replace("_", "-") for name in pins}
    assert needed() - names == set()


def needed() -> set[str]:
    """The names of the libraries that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    return {re.match(r"[\w.-]+", line).group().lower().replace("_", "-") for line in asked}


def test_the_wheel_brings_resources_and_codebooks(wheel: Path):
    for folder in ("resources", "codebooks"):
        ours = {f.relative_to(ROOT) for f in (ROOT / folder).rglob("*") if f.is_file()}
        theirs = wheel / "qualcoder_sm" / "data"
        assert ours
        assert [file for file in ours if not (theirs / file).is_file()] == []


@pytest.mark.parametrize("folder", ["resources", "codebooks"])
def test_shipped_files_are_found_in_a_checkout(folder: str):
    assert paths.shipped(folder) == ROOT / folder


@pytest.mark.parametrize("folder", ["resources", "codebooks"])
def test_shipped_files_are_found_in_an_unpacked_wheel(wheel: Path, folder: str, tmp_path: Path):
    ask = f"from qualcoder_sm import paths; print(paths.shipped({folder!r}))"
    answer = subprocess.check_output(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        text=True,
    )
    assert Path(answer.strip()) == wheel / "qualcoder_sm" / "data" / folder


def test_settings_backups_and_logs_of_a_test_lie_in_its_own_home(home: Path):
    for place in (paths.settings_file(), paths.backups_folder(), paths.log_folder()):
        assert place.is_relative_to(home)
