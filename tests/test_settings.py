"""Settings: kept whole, and never in the way."""

import errno
import os

import pytest

from qualcoder_sm import notices, paths, settings
from qualcoder_sm.settings import Settings


@pytest.fixture
def told():
    heard = []
    notices.listen(heard.append)
    return heard


@pytest.mark.parametrize("half", [b"", b'coder = "An', b"\0" * 300, b"\xff\xfe"])
def test_damaged_settings_are_put_aside_and_told(told, half):
    settings.save(Settings(coder="Ana"))
    paths.settings_file().write_bytes(half)
    assert settings.load() == Settings()
    aside = paths.settings_file().with_name("settings.damaged.toml")
    assert aside.read_bytes() == half
    [sentence] = told
    assert str(aside) in sentence
    settings.save(Settings(coder="Ben"))
    assert settings.load().coder == "Ben"
    assert len(told) == 1


def test_missing_settings_are_nothing_to_tell(told):
    assert settings.load() == Settings()
    assert told == []


def test_what_this_version_does_not_know_stays(told):
    settings.save(Settings(coder="Ana"))
    file = paths.settings_file()
    file.write_text(file.read_text("utf-8") + '\n[later]\nthing = "kept"\n', encoding="utf-8")
    settings.save(Settings(coder="Ben"))
    assert 'thing = "kept"' in file.read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="names of files are text elsewhere")
def test_a_project_whose_name_is_no_text_is_among_the_recent(told):
    odd = os.fsdecode(b"/study-\xe9.qsm")
    settings.save(Settings(recent=(odd,)))
    assert settings.load().recent == (odd,)
    assert told == []


def full(*_args, **_more):
    raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))


@pytest.mark.parametrize("step", ["os.open", "os.mkdir", "os.fsync", "os.replace"])
def test_settings_that_cannot_be_kept_are_told_once(told, monkeypatch, step):
    if step != "os.mkdir":
        settings.save(Settings(coder="Ana"))
    with monkeypatch.context() as patch:
        patch.setattr(step, full)
        settings.save(Settings(coder="Ben"))
        settings.save(Settings(coder="Cy"))
    [sentence] = told
    assert "Your settings cannot be kept" in sentence
    assert os.strerror(errno.EDQUOT) in sentence
    assert settings.load().coder in {"Ana", ""}
    folder = paths.settings_file().parent
    assert not folder.exists() or [file.name for file in folder.iterdir()] == ["settings.toml"]


def test_settings_that_cannot_be_read_are_left_alone(told, monkeypatch):
    settings.save(Settings(coder="Ana"))
    before = paths.settings_file().read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.read_bytes", full)
        assert settings.load() == Settings()
        settings.save(Settings(coder="Ben"))
    assert paths.settings_file().read_bytes() == before
    assert ["cannot be read" in sentence for sentence in told] == [True, False]
