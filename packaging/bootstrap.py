"""From a checkout and Python alone to a running program: `python3 packaging/bootstrap.py demo`.

Each word first does all the set-up that is missing (.venv, libraries, Qt's system packages):

    setup        nothing more
    demo         the demonstration study, opened; without a display its exports in demo/
    test         ruff, pyright, import-linter and pytest
    bench        one JSON line per figure
    recount      fifty random studies, every report with every choice against a plain recount
    faults       kills, closings and other faults in full, a line for each
    screenshots  the main windows as docs/images/*.png
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import qt_system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
DEMO = ROOT / "demo"
EXPORTS = ("Demonstration.xlsx", "Demonstration.docx", "Demonstration.csv")
LAYERS = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "pyright": ("-m", "pyright"),
    "import-linter": ("-c", LAYERS, "--no-logo"),
    "pytest": ("-m", "pytest", "-n", "2", "-q"),
}


class SetupError(Exception):
    """The machine lacks something; the message says what to do."""


def main(words: list[str]) -> int:
    """Do the one word; the exit status is 0 when all of it succeeded."""
    actions = {
        "setup": _nothing_more, "demo": _demo, "test": _test, "bench": _bench,
        "recount": _recount, "faults": _faults, "screenshots": _screenshots,
    }  # fmt: skip
    if len(words) != 1 or words[0] not in actions:
        print(__doc__)
        return 2
    try:
        _check_python()
        _set_up(for_work=words[0] != "demo")
    except SetupError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return actions[words[0]]()


def stamp(for_work: bool) -> str:
    """A digest of all that an installation in .venv depends on; a new one means install again."""
    parts = [str(ROOT), str(for_work), (VENV / "pyvenv.cfg").read_text("utf-8")]
    parts += [(ROOT / name).read_text("utf-8") for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def has_display(environment: dict[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown to a person."""
    named = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return platform != "linux" or bool(named)


def failing(checks: dict[str, tuple[str, ...]]) -> list[str]:
    """The names of the checks that fail. All are run, in order, whatever the ones before said.

    pytest is the last of ours, so that its count closes the output.
    """
    failed: list[str] = []
    for name, command in checks.items():
        print(f"-- {name}", flush=True)
        if _run(*command, offscreen=True):
            failed.append(name)
    return failed


def _check_python() -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        raise SetupError(
            "Python 3.11 to 3.14 is needed, and this is {}.{}. Install one of them and name it: "
            "python3.13 packaging/bootstrap.py demo, or make demo PYTHON=python3.13".format(
                *sys.version_info
            )
        )


def _set_up(for_work: bool) -> None:
    _make_environment()
    if not _is_installed(for_work):
        _install(for_work)
    _run("-m", "compileall", "-q", "qualcoder_sm")
    problem = qt_system.complete(VENV, every_font=for_work)
    if problem:
        raise SetupError(problem)


def _make_environment() -> None:
    if PYTHON.exists() and _run("-c", "import pip", quiet=True) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        _install_venv_module()
    print("Creating .venv", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        raise SetupError("Python could not create .venv; its own words are above.")


def _install_venv_module() -> None:
    """Debian and Ubuntu keep `venv` in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if not qt_system.has_apt():
        raise SetupError(
            "This Python has no `ensurepip`. Install its venv package, then try again."
        )
    line = qt_system.install([package])
    if line:
        raise SetupError(f"Python's venv module is missing. This line installs it:\n  {line}")


def _is_installed(for_work: bool) -> bool:
    wanted = {stamp(True)} if for_work else {stamp(True), stamp(False)}
    file = VENV / "stamp"
    return file.exists() and file.read_text("utf-8") in wanted


def _install(for_work: bool) -> None:
    print("Installing the libraries (a few minutes the first time)", flush=True)
    wanted = f"{ROOT}[dev]" if for_work else str(ROOT)
    options = ("-qq", "--compile", "--disable-pip-version-check", "--no-warn-script-location")
    if _run("-m", "pip", "install", *options, "-c", "constraints.txt", "-e", wanted):
        raise SetupError("The libraries could not be installed; pip's own words are above.")
    (VENV / "stamp").write_text(stamp(for_work), "utf-8")


def _nothing_more() -> int:
    return 0


def _demo() -> int:
    """Build the study unless it is there (somebody may have worked in it), and show it."""
    DEMO.mkdir(exist_ok=True)
    study = DEMO / "Demonstration.qsm"
    if not study.exists() and _program("demo", str(study), "--no-window"):
        return 1
    if has_display(dict(os.environ)):
        return _program(str(study))
    for name in EXPORTS:
        if _program("export", str(study), "--to", str(DEMO / name)):
            return 1
    print(f"There is no display here, so no window. The study and its exports are in {DEMO}")
    return 0


def _test() -> int:
    failed = failing(CHECKS)
    if failed:
        print("Failed:", ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def _bench() -> int:
    return _run("-m", "benchmarks", offscreen=True)


def _recount() -> int:
    os.environ["RECOUNT_STUDIES"] = "50"
    return _run("-m", "pytest", "-n", "2", "-q", "tests/reports/test_recount.py", offscreen=True)


def _faults() -> int:
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
    every_kill = ("-m", "pytest", "-n", "2", "-q", "tests/store/test_kills.py",
                  "tests/store/test_pending_keys.py")  # fmt: skip
    os.environ["EVERY_KILL"] = "yes"
    return _run(*every_kill, offscreen=True) | _run("-m", "faults", offscreen=True)


def _screenshots() -> int:
    return _run("packaging/screenshots.py", offscreen=True)


def _program(*words: str) -> int:
    return _run("-m", "qualcoder_sm", *words)


def _run(*arguments: str, offscreen: bool = False, quiet: bool = False) -> int:
    """Run the environment's Python in the checkout; returns its exit status."""
    environment = os.environ | {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [PYTHON, *arguments], check=False, cwd=ROOT, env=environment, stdout=output, stderr=output
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
