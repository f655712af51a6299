"""Where the program starts: window, command, or one sentence."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qualcoder_sm import __main__, __version__, cli, crashlog, limited, limited_child
from qualcoder_sm.project.project import Project

GROUPED = ("list", "import", "export", "templates")
COMMANDS = [[name] for name in cli.COMMANDS if name not in ("codebook", "memo")]
COMMANDS += [["codebook", name] for name in GROUPED]
COMMANDS += [["memo", name] for name in ("add", "list", "show", "edit", "remove")]


def program(*words: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "qualcoder_sm", *map(str, words)]
    return subprocess.run(command, capture_output=True, **options)


@pytest.fixture
def shown(monkeypatch):
    """The projects that the window was opened on."""
    seen = []
    app = ModuleType("qualcoder_sm.ui.app")
    app.run = lambda project: seen.append(project) or 0
    monkeypatch.setitem(sys.modules, "qualcoder_sm.ui.app", app)
    monkeypatch.setattr(sys.modules.get("qualcoder_sm.ui") or __import__("qualcoder_sm.ui").ui,
                        "app", app, raising=False)  # fmt: skip
    return seen


def test_version(run):
    assert run("--version").out == f"QualCoder SM {__version__}\n"


def test_no_word_opens_the_window(run, shown):
    assert run().status == 0
    assert shown == [None]


def test_a_word_that_is_no_command_is_a_project(run, shown, study):
    assert run(study).status == 0
    assert shown == [study]


def test_the_desktop_entry_opens_the_window_on_its_first_word(shown, study, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["qualcoder-sm-window", str(study)])
    assert __main__.window() == 0
    assert shown == [study]


def test_on_a_desktop_the_window_says_what_is_wrong_with_a_file(shown, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["qualcoder-sm-window", "missing.qsm"])
    assert __main__.window() == 0
    assert shown == [Path("missing.qsm")]


def test_a_project_opens_without_further_words(run, shown, study):
    done = run(study, "more")
    assert (done.status, done.err.startswith("error: A project opens without")) == (2, True)
    assert shown == []


@pytest.mark.parametrize("word", ["missing.qsm", "folder/missing"])
def test_a_file_that_is_not_there(run, word):
    assert run(word).refusal == f"There is no file {word}."


def test_a_mistyped_command_gets_a_suggestion(run):
    assert run("codngs").refusal == "There is no file and no command codngs. Is it codings?"
    assert "qualcoder-sm --help" in run("xyzzy").refusal


def test_without_a_display_one_sentence(run, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run().refusal.startswith("There is no display here")


def test_without_qt_one_sentence(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "qualcoder_sm.ui", None)
    assert run().refusal.startswith("The window cannot open, because a part of Qt is missing")


def test_the_reading_child_is_reached_by_its_word(monkeypatch):
    monkeypatch.setattr(limited_child, "main", lambda: 7)
    assert __main__.main([limited.ARGUMENT]) == 7


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example_and_the_common_options(run, words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    told = run(*words, "--help")
    assert told.status == 0
    assert "Example: qualcoder-sm " + " ".join(words) in told.out
    for option in ("--coder", "--reason", "--password-file"):
        assert option in told.out


@pytest.mark.parametrize("name", [words[0] for words in COMMANDS if len(words) == 1])
def test_the_list_of_commands_says_what_their_own_help_says(name):
    summary = cli.COMMANDS[name].summary.removesuffix(".")
    assert cli.COMMANDS[name].load().__doc__.startswith(summary)


@pytest.mark.parametrize(
    "words", [["--bogus"], ["info"], ["info", "x.qsm", "--bogus"], ["codebook", "bogus"],
              ["code", "x.qsm", "Interview", "one", "2", "Fatigue"]]
)  # fmt: skip
def test_wrong_usage_is_status_2_and_says_so_on_stderr(run, words):
    done = run(*words)
    assert (done.status, done.out) == (2, "")
    assert "Usage" in done.err


def test_a_crash_is_one_sentence_and_a_report_without_data(run, study, monkeypatch):
    def broken(_project):
        raise ValueError("[SYNTHETIC] words of a participant")

    monkeypatch.setattr(Project, "name", property(broken))
    sentence = run("info", study).refusal
    assert "without your data" in sentence
    report = Path(re.search(r"is in (.*)\.$", sentence)[1]).read_text("utf-8")
    assert "builtins.ValueError" in report
    assert "cli/info.py:" in report
    assert __version__ in report
    assert "participant" not in report


def test_a_crash_report_follows_the_causes_and_names_no_folder_of_a_person():
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise RuntimeError("secret") from error
    except RuntimeError as error:
        report = crashlog.report(error)
    assert report.index("builtins.RuntimeError") < report.index("builtins.KeyError")
    assert "secret" not in report
    assert str(Path.home()) not in report
    assert str(Path(__file__).parent.parent.parent) not in report


def test_a_crash_whose_report_cannot_be_written(run, study, monkeypatch):
    monkeypatch.setattr(Project, "name", property(lambda _project: 1 / 0))
    monkeypatch.setattr(crashlog.paths, "log_folder", lambda: study / "no folder")
    assert "no report of it could be written" in run("info", study).refusal


def test_output_is_utf_8_whatever_the_terminal_says(study):
    done = program("codings", study, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "tired" in done.stdout.decode("utf-8")
    text = program("text", study, "Interview", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert text.stdout == "I was tired 😀 and alone.".encode()


def test_a_reader_that_stops_reading_is_no_error(study):
    command = [sys.executable, "-m", "qualcoder_sm", "audit", str(study), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_listing_a_project_imports_neither_numbers_nor_files_nor_qt(study):
    done = program("info", study, "--json", env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"})
    imported = set(re.findall(r"\|\s+(\w+)(?:\.\S+)?$", done.stderr.decode(), re.MULTILINE))
    heavy = {"numpy", "openpyxl", "docx", "lxml", "pdfplumber", "xlsxwriter", "PySide6", "rich"}
    assert "sqlalchemy" in imported
    assert imported & heavy == set()


def test_a_stream_that_is_missing_is_no_crash(monkeypatch):
    """A Windows desktop starts programs without standard streams."""
    monkeypatch.setattr(sys, "argv", ["qualcoder-sm-window"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setitem(sys.modules, "qualcoder_sm.ui", None)
    assert __main__.window() == 1


def test_an_error_is_one_line_whatever_a_file_is_called(run):
    assert run("two\nlines.qsm").refusal == "There is no file two lines.qsm."


def test_stdout_that_cannot_be_reconfigured_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert __main__.main(["--version"]) == 0
    assert sys.stdout.getvalue().startswith("QualCoder SM")


def test_words_that_are_not_text_are_refused_in_a_sentence(run, study):
    before = study.read_bytes()
    for words in (["coders", study, "--add", "\udcff"], ["memo", "add", study, "\udcff", "x"]):
        assert "bytes that are not text. Nothing was changed" in run(*words).refusal
    assert study.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_disk_too_full_for_the_result_is_said(study):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qualcoder_sm", "codings", str(study), "--json"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "error: The disk is full, so the result could not be written.\n"
