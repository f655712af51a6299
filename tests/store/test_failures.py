"""Every result code of SQLite has a sentence, which blames what is to blame."""

import sqlite3
from pathlib import Path

import pytest

from qualcoder_sm.errors import (
    BrokenReference,
    DamagedFile,
    DiskError,
    QualCoderError,
    ReadOnlyProject,
    Unexpected,
)
from qualcoder_sm.store.failures import sentences

PATH = Path("folder/study.qsm")
NO_FAILURE = {"SQLITE_OK", "SQLITE_ROW", "SQLITE_DONE"}
CODES = {
    name: value
    for name in sorted(dir(sqlite3))
    if name.startswith("SQLITE_") and isinstance(value := getattr(sqlite3, name), int)
}
PRIMARY = [
    "ABORT", "AUTH", "BUSY", "CANTOPEN", "CONSTRAINT", "CORRUPT", "EMPTY", "ERROR", "FORMAT", "FULL",
    "INTERNAL", "INTERRUPT", "IOERR", "LOCKED", "MISMATCH", "MISUSE", "NOLFS", "NOMEM", "NOTADB",
    "NOTFOUND", "NOTICE", "PERM", "PROTOCOL", "RANGE", "READONLY", "SCHEMA", "TOOBIG", "WARNING",
]  # fmt: skip
EXTENDED = [name.removeprefix("SQLITE_") for name in CODES
            if any(name.startswith(f"SQLITE_{one}_") for one in PRIMARY)]  # fmt: skip


def said(code, *, writing=False, kind=sqlite3.OperationalError, message="what SQLite says"):
    error = kind(message)
    if code is not None:
        error.sqlite_errorcode = code
    with pytest.raises(QualCoderError) as told, sentences(PATH, writing=writing):
        raise error
    assert told.value is not error
    assert told.value.__cause__ is error
    assert "what SQLite says" not in str(told.value)
    return told.value


@pytest.mark.parametrize("name", [*PRIMARY, *EXTENDED])
def test_each_code_has_a_sentence_of_ours(name):
    for writing in (True, False):
        sentence = str(said(CODES[f"SQLITE_{name}"], writing=writing))
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("FULL", DiskError, "The disk is full."),
        ("READONLY", ReadOnlyProject, "study.qsm may not be written any more."),
        ("READONLY_ROLLBACK", ReadOnlyProject, "cut short and has to be rolled back"),
        ("BUSY", ReadOnlyProject, "Another program is writing to study.qsm."),
        ("LOCKED", ReadOnlyProject, "Another program is writing to study.qsm."),
        ("NOLFS", DiskError, "does not let files be locked"),
        ("PROTOCOL", DiskError, "does not let files be locked"),
        ("IOERR_LOCK", DiskError, "does not let files be locked"),
        ("IOERR_READ", DiskError, "could not be read from the disk"),
        ("IOERR_WRITE", DiskError, "could not be written to the disk"),
        ("IOERR_FSYNC", DiskError, "could not be written to the disk"),
        ("IOERR_NOMEM", DiskError, "not enough memory"),
        ("NOMEM", DiskError, "not enough memory"),
        ("CORRUPT", DamagedFile, "study.qsm is damaged."),
        ("CORRUPT_VTAB", DamagedFile, "study.qsm is damaged."),
        ("NOTADB", DamagedFile, "study.qsm is damaged."),
        ("SCHEMA", DiskError, "Another program changed the tables"),
        ("TOOBIG", DiskError, "longer than study.qsm can hold"),
        ("AUTH", DiskError, "may not be used with your rights"),
        ("MISUSE", Unexpected, "that SQLite refused"),
        ("ERROR", Unexpected, "that SQLite refused"),
    ],
)
def test_the_sentence_blames_what_is_to_blame(name, kind, words):
    error = said(CODES[f"SQLITE_{name}"])
    assert type(error) is kind
    assert words in str(error)


def test_only_who_wrote_hears_of_a_step_that_was_not_saved():
    lost = "The last step was not saved; everything before it is."
    assert lost in str(said(sqlite3.SQLITE_FULL, writing=True))
    assert lost not in str(said(sqlite3.SQLITE_IOERR_READ))
    assert lost not in str(said(sqlite3.SQLITE_CORRUPT, writing=True))


def test_text_that_cannot_be_decoded_is_damage():
    error = said(None, message="Could not decode to UTF-8 column 'name' with text 'x'")
    assert type(error) is DamagedFile
    with pytest.raises(DamagedFile), sentences(PATH):
        b"\xff".decode()


def test_a_broken_reference_is_one():
    assert type(said(None, kind=sqlite3.IntegrityError)) is BrokenReference
