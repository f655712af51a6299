"""What every test gets: no screen, a home of its own, the same examples each time, and a quiet log."""

import gc
import logging
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from qualcoder_sm import notices

settings.register_profile(
    "suite", max_examples=50, derandomize=True, deadline=None, database=None, print_blob=True
)
settings.load_profile("suite")

# Where platformdirs and Qt look for a person's folders, on each system.
_PLACES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "local",
}


@pytest.fixture(autouse=True, scope="session")
def _collected_here() -> Iterator[None]:
    """No garbage is collected in a worker: a widget destroyed there takes the process with it."""
    gc.disable()
    gc.collect()
    gc.freeze()  # modules stay: looking through them again takes longer than most tests
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_now_and_then(_collected_here: None) -> Iterator[None]:
    """Garbage goes between tests, all of it after every twentieth."""
    yield
    _run.append(None)
    gc.collect(2 if len(_run) % 20 == 0 else 1)


_run: list[None] = []


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests: fontconfig would else read every font again for each of them."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, _cache: Path
) -> Path:
    """An empty home for this test and the processes it starts; settings, backups and logs go there."""
    folder = tmp_path_factory.mktemp("home")
    for name, place in _PLACES.items():
        monkeypatch.setenv(name, str(folder / place))
    monkeypatch.setenv("XDG_CACHE_HOME", str(_cache))
    return folder


@pytest.fixture(autouse=True)
def _unheard() -> None:
    """What another test was told of is told again."""
    notices.listen(None)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test, unless it is marked `expects_log`."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    stray = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if stray:
        pytest.fail(f"The program logged: {stray}")
