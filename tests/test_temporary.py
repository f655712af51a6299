"""Temporary files: whose they are, and when they go."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcoder_sm import temporary
from qualcoder_sm.files import atomic_path, write

OTHER = (
    "import sys\nfrom pathlib import Path\nfrom qualcoder_sm import temporary\n"
    "print(temporary.reserve(Path(sys.argv[1])), flush=True)\nsys.stdin.read()"
)


class Elsewhere:
    """Another process that has made a temporary file and lives on until `end`."""

    def __init__(self, target: Path) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen([sys.executable, "-c", OTHER, str(target)], **pipes)
        self.made = Path(self._process.stdout.readline().strip())

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def elsewhere(tmp_path):
    other = Elsewhere(tmp_path / "matrix.csv")
    yield other
    other.end()


def test_it_lies_beside_and_says_what_it_is_for(tmp_path):
    made = temporary.reserve(tmp_path / "matrix.csv")
    assert made.parent == tmp_path
    assert made.name.startswith(".~qcsm-")
    assert made.name.endswith("~matrix.csv")
    assert f"-{os.getpid()}-" in made.name


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_it_is_for_this_user_alone(tmp_path):
    assert stat.S_IMODE(temporary.reserve(tmp_path / "a").stat().st_mode) == 0o600
    with temporary.folder(tmp_path / "a") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_a_living_process_makes_stays(tmp_path, elsewhere):
    mine = temporary.reserve(tmp_path / "matrix.csv")
    write(tmp_path / "other.csv", b"")
    assert elsewhere.made.exists()
    assert mine.exists()


def test_what_a_dead_process_made_goes_with_the_next_file_near_it(tmp_path, elsewhere):
    elsewhere.end()
    assert elsewhere.made.exists()
    write(tmp_path / "other.csv", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["other.csv"]


def test_a_process_of_the_same_number_that_began_later_is_another(tmp_path):
    mine = temporary.reserve(tmp_path / "a.csv")
    place, pid, since, rest = mine.name.split("-", 1)[1].split("-", 3)
    earlier = mine.rename(tmp_path / f".~qcsm-{place}-{pid}-{int(since) - 60}-{rest}")
    temporary.sweep(tmp_path)
    assert earlier.exists() is not sys.platform.startswith("linux")  # others do not tell when


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_folder_goes_with_all_in_it_and_a_link_alone(tmp_path, elsewhere):
    elsewhere.end()
    dead = elsewhere.made.name
    kept = tmp_path / "study"
    kept.mkdir()
    (kept / "words.txt").touch()
    (tmp_path / f"{dead}1").mkdir()
    (tmp_path / f"{dead}1" / "rows").touch()
    (tmp_path / f"{dead}2").symlink_to(kept)
    (tmp_path / f"{dead}-journal").touch()
    temporary.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    assert (kept / "words.txt").exists()


@pytest.mark.parametrize(
    "name",
    [".~lock.matrix.ods#", "~$matrix.xlsx", "matrix.part", ".~qcsm-notes.txt", "study.qsm.lock",
     "x.~qcsm-5b0c1e-4711-58213-2~matrix.xlsx"],
)  # fmt: skip
def test_files_of_others_stay(tmp_path, name):
    (tmp_path / name).touch()
    temporary.sweep(tmp_path)
    assert (tmp_path / name).exists()


def test_what_was_made_on_another_computer_goes_when_it_is_old(tmp_path):
    made = tmp_path / ".~qcsm-000000-4711-58213-2~matrix.xlsx"
    made.touch()
    temporary.sweep(tmp_path)
    assert made.exists()
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(made, (long_ago, long_ago))
    temporary.sweep(tmp_path)
    assert not made.exists()


def test_a_folder_that_cannot_be_looked_into_is_no_error(tmp_path):
    temporary.sweep(tmp_path / "none")


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are bytes here alone")
@example("ä" * 127)
@example("x" * 251 + ".csv")
@given(NAMES.filter(lambda name: name not in {".", ".."} and len(os.fsencode(name)) < 256))
def test_a_file_of_any_name_can_be_written(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("names")
    with atomic_path(folder / name) as made:
        assert made.suffix == (folder / name).suffix or len(made.suffix) < len(name)
        made.write_bytes(b"words")
    assert [path.name for path in folder.iterdir()] == [name]
