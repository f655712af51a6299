"""The key file: stable, whole, beside the imported file and nowhere else."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.errors import DiskError, UnreadableFile
from qualcoder_sm.importers import (
    ImportOptions,
    key_file_for,
    read,
    read_key_file,
    write_key_file,
)

ROWS = ("author", "text"), ("Una", "a"), ("Dod", "b"), ("Una", "c")


def test_keys_follow_the_order_of_appearance(write_csv):
    bundle = read([write_csv(*ROWS)])
    assert bundle.authors == {"Una": "A0001", "Dod": "A0002"}
    assert [s.units[0].speaker for s in bundle.sources] == ["A0001", "A0002", "A0001"]


def test_keys_go_on_where_the_project_stands(write_csv):
    bundle = read([write_csv(*ROWS)], ImportOptions(first_author=41))
    assert bundle.authors == {"Una": "A0041", "Dod": "A0042"}


def test_an_author_known_from_the_key_file_beside_keeps_the_key(write_csv):
    path = write_csv(*ROWS)
    write_key_file(key_file_for(path), {"Dod": "A0007"})
    assert read([path]).authors == {"Una": "A0008", "Dod": "A0007"}


def test_a_key_file_elsewhere_is_used_in_place_of_the_one_beside(write_csv, tmp_path):
    path = write_csv(*ROWS)
    write_key_file(key_file_for(path), {"Dod": "A0007"})
    write_key_file(tmp_path / "keys.csv", {"Una": "A0003"})
    options = ImportOptions(key_file=tmp_path / "keys.csv")
    assert read([path], options).authors == {"Una": "A0003", "Dod": "A0004"}


def test_authors_known_to_the_caller_keep_their_keys(write_csv):
    options = ImportOptions(known_authors={"Dod": "A0100"})
    assert read([write_csv(*ROWS)], options).authors == {"Una": "A0101", "Dod": "A0100"}


def test_the_key_file_lies_beside_under_the_name_of_the_posts(tmp_path):
    assert key_file_for(tmp_path / "S01.csv") == tmp_path / "S01_authors_key.csv"


def test_writing_again_loses_nothing(tmp_path):
    path = tmp_path / "key.csv"
    write_key_file(path, {"Una": "A0001"})
    write_key_file(path, {"Dod": "A0002", "Una": "A0009"})
    assert read_key_file(path) == {"Una": "A0001", "Dod": "A0002"}
    assert list(tmp_path.iterdir()) == [path]


def test_a_spreadsheet_takes_no_name_for_a_formula(tmp_path):
    path = tmp_path / "key.csv"
    write_key_file(path, {"=cmd|calc": "A0001"})
    assert "A0001,'=cmd|calc" in path.read_text(encoding="utf-8-sig")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_the_key_file_is_for_this_user_alone(tmp_path):
    write_key_file(tmp_path / "key.csv", {"Una": "A0001"})
    assert (tmp_path / "key.csv").stat().st_mode & 0o077 == 0


def test_another_file_in_the_place_of_the_key_is_not_touched(write):
    path = write("key.csv", "a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match=r"key\.csv is not an author key"):
        write_key_file(path, {"Una": "A0001"})
    assert path.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_a_disk_that_refuses_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "key.csv"
    write_key_file(path, {"Una": "A0001"})

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskError, match="disk is full"):
        write_key_file(path, {"Dod": "A0002"})
    assert list(tmp_path.iterdir()) == [path]
    assert read_key_file(path) == {"Una": "A0001"}


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@given(st.lists(NAMES.filter(bool), min_size=1, unique=True))
def test_any_names_come_back_from_the_key_file(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("key") / "key.csv"
    authors = {name: f"A{n:04}" for n, name in enumerate(names, 1)}
    write_key_file(path, authors)
    assert read_key_file(path) == authors
