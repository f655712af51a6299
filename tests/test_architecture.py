"""The rules of the code base, a sentence each."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "qualcoder_sm"
OURS = ("qualcoder_sm", "packaging", "benchmarks", "tests")
HEAVY = {
    "PySide6", "sqlalchemy", "numpy", "lxml", "openpyxl", "xlsxwriter", "docx", "pdfplumber",
    "pypdfium2", "mammoth", "odfdo", "python_calamine", "striprtf", "charset_normalizer",
}  # fmt: skip
LAST_RESORTS = 3


def sources(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...], *folders: str) -> Iterator[tuple]:
    for file in sources(*folders):
        at = file.relative_to(ROOT).as_posix()
        for node in within(file):
            if isinstance(node, kind):
                yield f"{at}:{getattr(node, 'lineno', 0)}", node


@cache
def within(file: Path) -> list[ast.AST]:
    """Every node of a file: it is read once for all rules."""
    return list(ast.walk(ast.parse(file.read_text("utf-8"))))


def test_layers_know_only_those_below_them():
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_400_lines():
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in sources(*OURS)}
    assert {str(file): n for file, n in lengths.items() if n > 400} == {}


def test_no_function_is_longer_than_40_lines():
    functions = nodes((ast.FunctionDef, ast.AsyncFunctionDef), *OURS)
    long = [f"{at} {f.name}" for at, f in functions if f.end_lineno - f.lineno + 1 > 40]
    assert long == []


def test_only_three_places_catch_every_exception():
    places = [at for at, handler in nodes(ast.ExceptHandler, *OURS) if swallows_all(handler)]
    assert len(places) <= LAST_RESORTS, places
    below = [at for at in places if not at.startswith(("qualcoder_sm/ui/", "qualcoder_sm/cli/"))]
    assert [at for at in below if not at.startswith("qualcoder_sm/__main__.py")] == []


def swallows_all(handler: ast.ExceptHandler) -> bool:
    """Whether the handler takes any exception whatever and does not pass it on."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {node.id for node in caught if isinstance(node, ast.Name)}
    broad = handler.type is None or names & {"Exception", "BaseException"}
    last = handler.body[-1]
    return bool(broad) and not (isinstance(last, ast.Raise) and last.exc is None)


def test_signals_are_connected_to_bound_methods():
    loose = [
        at
        for at, call in nodes(ast.Call, "qualcoder_sm")
        if getattr(call.func, "attr", "") == "connect"
        if any(isinstance(a, ast.Lambda) or called(a) == "partial" for a in call.args)
    ]
    assert loose == []


def called(node: ast.AST) -> str:
    """The bare name of the function that an expression calls, or ""."""
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_the_command_line_starts_without_heavy_libraries(words: list[str]):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "qualcoder_sm", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    imported = set(re.findall(r"\|\s+(\w+)(?:\.\S+)?$", done.stderr, re.MULTILINE))
    assert imported & HEAVY == set()


def test_nothing_names_a_folder_of_one_machine_or_an_address_of_a_registry():
    hosts = ("pypi", "pythonhosted", "npmjs", r"deb\.debian")
    machine = re.compile(
        r"(?<![\w.~:/-])/(?:work|root|home|Users)/\w|" + f"(?:{'|'.join(hosts)})" r"\.org"
    )
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in written_files()
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1)
        if machine.search(line)
    ]
    assert found == []


def written_files() -> list[Path]:
    """Every text file that people write here, whatever folder it is in."""
    folders = (*OURS, "docs", ".ci", ".github", "resources")
    endings = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".spec", ".json", ".desktop", ".xml"}
    inside = [file for folder in folders for file in (ROOT / folder).rglob("*")]
    files = [*inside, *ROOT.glob("*"), *ROOT.glob(".pre-commit*")]
    return [
        f for f in files if f.is_file() and (f.suffix in endings or f.name in {"Makefile", "run"})
    ]


def test_text_of_sql_stands_in_the_store_alone():
    statement = re.compile(r"(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|DROP|PRAGMA)\b")
    found = [
        at
        for at, text in nodes(ast.Constant, "qualcoder_sm")
        if isinstance(text.value, str) and statement.match(text.value)
        if not at.startswith("qualcoder_sm/store/")
    ]
    assert found == []


def test_no_folder_of_ours_hides_a_library():
    assert not (ROOT / "packaging/__init__.py").exists(), "it would hide the library `packaging`"


def test_qt_gives_back_every_reference_to_none_that_it_takes():
    """PYSIDE-3474: a release that does not brings the interpreter down after some thousand calls."""
    from PySide6.QtGui import QTextCursor, QTextDocument

    cursor = QTextCursor(QTextDocument("The same few words"))
    before = sys.getrefcount(None)
    for _ in range(1_000):
        cursor.setPosition(1)
    assert abs(sys.getrefcount(None) - before) < 100


def test_no_module_of_the_core_needs_another_that_needs_it_also_for_types_alone():
    needs: dict[str, set[str]] = {}
    for path in (PACKAGE / "project").glob("*.py"):
        needs[path.stem] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                _, _, below = node.module.partition("qualcoder_sm.project")
                names = [below.lstrip(".")] if below else [name.name for name in node.names]
                needs[path.stem] |= set(names) if "qualcoder_sm.project" in node.module else set()
    order = list(graphlib.TopologicalSorter(needs).static_order())  # a circle raises CycleError
    assert order.index("core") < order.index("codings") < order.index("project")


ENGINE = {"connecting", "database", "failures", "header", "locking", "ownership"}
DRIVER = {"exec_driver_sql", "driver_connection"}


def test_nothing_outside_the_store_knows_which_engine_keeps_a_project():
    known = []
    for at, node in nodes((ast.Import, ast.ImportFrom, ast.Attribute, ast.Name), "qualcoder_sm"):
        if not at.startswith("qualcoder_sm/store/") and of_the_engine(node):
            known.append(at)
    assert known == []


def of_the_engine(node: ast.AST) -> bool:
    """Whether the node names the engine, its driver, or a module that only the store may know."""
    if isinstance(node, ast.Import):
        return any(name.name.startswith(("sqlite3", "sqlalchemy.dialects")) for name in node.names)
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        inside = {name.name for name in node.names} if module == "qualcoder_sm.store" else set()
        inside |= {module.removeprefix("qualcoder_sm.store.")} if "store." in module else set()
        taken = {name.name for name in node.names} & {"text", "literal_column"}
        return (
            module.startswith(("sqlite3", "sqlalchemy.dialects", "sqlalchemy.exc"))
            or bool(taken and module.startswith("sqlalchemy"))
            or bool(inside & ENGINE)
        )
    return getattr(node, "attr", getattr(node, "id", "")) in DRIVER


ASKING = (
    "qualcoder_sm/ui/dialogs/",
    "qualcoder_sm/ui/projects.py",
    "qualcoder_sm/ui/work_tools.py",
)
"""A dialog stays open with what was refused; a project that is being opened has no other steps."""
HANDED_ON = ("qualcoder_sm/ui/pages/intake.py", "qualcoder_sm/ui/pages/memo_store.py")
"""What the worker, or the bridge, is given to call."""


def test_panes_let_their_steps_be_taken_in_turn():
    writing = {
        function.name
        for _at, function in nodes(ast.FunctionDef, "qualcoder_sm/project")
        if not function.name.startswith("_")
        if any(called(node) in {"change", "step"} for node in ast.walk(function))
    }
    assert {"recode", "rename", "turn"} <= writing
    direct = [
        at
        for at, call in nodes(ast.Call, "qualcoder_sm/ui")
        if called(call) in writing and isinstance(call.func, ast.Attribute)
        if getattr(call.func.value, "attr", "") in MANAGERS
        if not at.startswith((*ASKING, *HANDED_ON))
    ]
    assert direct == []


MANAGERS = {
    "codings", "codebook", "sources", "notes", "links", "sets", "quoting", "people", "cases",
    "collections", "coders", "progress", "autocode",
}  # fmt: skip
