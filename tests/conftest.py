"""Rules for every test: no real home, no warning unheard, no real time."""

import logging
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from matsession.desktop.paths import find_folders
from matsession.domain.settings import Settings
from matsession.storage.settings_file import SettingsFile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Machines that run these are shared and slow at times; a deadline would fail on their load, not on ours.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--desktop``: run the stories with real parts as well."""
    parser.addoption(
        "--desktop", action="store_true", help="also run the stories with real displays, sound and buses"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest our marks; begin with the signals that a terminal gives."""
    config.addinivalue_line("markers", "expects_log(pattern): warnings that match are what the test is about")
    # A shell lets what it starts in the background ignore some of them; programs under test inherit that.
    for name, usual in (
        ("SIGINT", signal.default_int_handler),
        ("SIGQUIT", signal.SIG_DFL),
        ("SIGHUP", signal.SIG_DFL),
    ):
        number = getattr(signal, name, None)  # Windows has one of the three
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the desktop stories out unless asked for: deselected, never skipped."""
    if config.getoption("--desktop"):
        return
    wanted = [item for item in items if item.get_closest_marker("desktop") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


@pytest.fixture(scope="session", autouse=True)
def no_second_try() -> Iterator[None]:
    """Time is turned by hand: a journal that a test left behind must not try again in another test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matsession.app.journal.AGAIN_MS", 24 * 3600 * 1000)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: nobody touches the real one."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("MATSESSION_HOME", str(folder / "matsession"))
    # Nor its buses: a test must not keep this computer awake.
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/no-system-bus")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder}/no-session-bus")
    for name, place in {
        "XDG_DATA_HOME": ".local/share",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "XDG_STATE_HOME": ".local/state",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        path = folder / place
        path.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(name, str(path))
    return folder


@pytest.fixture
def notes_read(home: Path) -> None:
    """Somebody has read what is to be known before the first session, in the home of this test."""
    SettingsFile(find_folders(home / "matsession").settings_file).save(Settings())


@pytest.fixture(autouse=True)
def no_log_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test, unless it says that it expects it."""
    yield
    mark = request.node.get_closest_marker("expects_log")
    expected = re.compile(mark.args[0]) if mark else None
    heard = [
        record.getMessage()
        for record in (*caplog.get_records("setup"), *caplog.get_records("call"))
        if record.levelno >= logging.WARNING and not (expected and expected.search(record.getMessage()))
    ]
    assert not heard, f"the log warned: {heard}"
