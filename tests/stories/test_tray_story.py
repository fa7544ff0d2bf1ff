"""The tray with real parts: an XEmbed tray, a status notifier watcher, and a login in which it comes late."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, new_method_call, new_method_return
from pytestqt.qtbot import QtBot

from matsession.desktop.dbus import Bus, BusKind
from matsession.desktop.tray_host import WATCHER
from matsession.domain.settings import Settings
from tests.stories.bus_parts import PrivateBus, private_bus
from tests.stories.desktop_parts import (
    PATIENCE_S,
    matsession,
    needed,
    press,
    program,
    run,
    used_before,
    virtual_display,
    wait_for_window,
)

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]

PATIENCE_MS = PATIENCE_S * 1000
Env = dict[str, str]


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A session bus."""
    with private_bus(tmp_path) as daemon:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        yield daemon


@pytest.fixture
def env(bus: PrivateBus) -> Iterator[Env]:
    """A display, and the bus."""
    with virtual_display() as env:
        yield env


@contextmanager
def xembed_tray(env: Env) -> Iterator[None]:
    """A panel for icons as X11 has had it from the beginning."""
    with subprocess.Popen([needed("trayer"), "--edge", "bottom"], env=env) as tray:
        try:
            yield
        finally:
            tray.terminate()


def until(true: Callable[[], bool]) -> None:
    """Wait until it is."""
    end_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end_s, "it did not come to be"
        time.sleep(0.05)


def ours(env: Env, *arguments: str) -> dict[str, Any]:
    """Our own command line; the status afterwards."""
    if arguments:
        assert run(matsession(*arguments), env).returncode == 0
    values: dict[str, Any] = json.loads(run(matsession("status", "--json"), env).stdout)
    return values


def windows(env: Env, title: str) -> list[str]:
    """The windows that can be seen and are called so."""
    return run([needed("xdotool"), "search", "--onlyvisible", "--name", title], env).stdout.split()


@pytest.mark.parametrize("late", [False, True], ids=["tray first", "tray late"])
def test_closing_hides_in_a_tray_and_a_second_start_shows(env: Env, home: Path, late: bool) -> None:
    """The session goes on meanwhile; the way back is there without the tray as well."""
    used_before(home, Settings(tray_told=True))
    if late:
        with program(env) as child:
            until(lambda: bool(ours(env)["program_runs"]))
            with xembed_tray(env):
                hide_and_show(env, child)
    else:
        with xembed_tray(env), program(env) as child:
            until(lambda: bool(ours(env)["program_runs"]))
            hide_and_show(env, child)


def hide_and_show(env: Env, child: subprocess.Popen[bytes]) -> None:
    """Close the window of a session, and open it again."""
    # The icon is a small window of ours, seen as soon as the tray has taken it in.
    ours_seen = [needed("xdotool"), "search", "--onlyvisible", "--class", "^matsession$"]
    until(lambda: len(run(ours_seen, env).stdout.split()) >= 2)
    ours(env, "start", "lower_back", "--preparation", "0s")
    wait_for_window(env, "^Lower back - MatSession$")
    press(env, "alt+F4")
    until(lambda: not windows(env, "Lower back - MatSession"))
    assert ours(env)["state"] == "running"
    assert child.poll() is None
    assert run(matsession(), env).returncode == 0
    wait_for_window(env, "^Lower back - MatSession$")
    child.terminate()
    assert child.wait(PATIENCE_S) == 0


def test_without_a_tray_closing_closes(env: Env, home: Path) -> None:
    """Nobody could bring it back."""
    used_before(home)
    with program(env) as child:
        until(lambda: bool(ours(env)["program_runs"]))
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0


def test_without_a_tray_reminders_keep_it_minimised(env: Env, home: Path) -> None:
    """Asked once; then the key that closes minimises, and a second start brings the window back."""
    used_before(home)
    with program(env) as child:
        until(lambda: bool(ours(env)["program_runs"]))
        ours(env, "reminders", "add", "21:00")
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        wait_for_window(env, "^Reminders come only while MatSession runs$")
        press(env, "Return")
        until(lambda: not windows(env, "MatSession"))
        assert child.poll() is None
        assert run(matsession(), env).returncode == 0
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        until(lambda: not windows(env, "MatSession"))
        assert child.poll() is None
        child.terminate()
        assert child.wait(PATIENCE_S) == 0


class NotifierTray:
    """A watcher and host for status notifiers; the test turns its event loop."""

    def __init__(self) -> None:
        bus = Bus.open(BusKind.SESSION)
        assert bus is not None
        self.bus = bus
        self.items: list[str] = []
        bus.export("/StatusNotifierWatcher", self._answer)
        self._owned: list[bool] = []

    def appear(self, qtbot: QtBot) -> None:
        """Take the name that programs wait for."""
        self.bus.own_name(WATCHER, self._owned.append)
        qtbot.waitUntil(lambda: self._owned == [True], timeout=PATIENCE_MS)

    def _answer(self, call: Message) -> Message | None:
        member = call.header.fields[HeaderFields.member]
        reply: Message | None = None
        match member, call.body:
            case "RegisterStatusNotifierItem", (str(name),):
                self.items.append(name)
                reply = new_method_return(call)
            case "Get", (_, "IsStatusNotifierHostRegistered"):
                reply = new_method_return(call, "v", (("b", True),))
            case "Get", (_, "ProtocolVersion"):
                reply = new_method_return(call, "v", (("i", 0),))
            case "GetAll", _:
                values = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}
                reply = new_method_return(call, "a{sv}", (values,))
            case _:
                reply = None
        return reply

    def ask(self, qtbot: QtBot, path: str, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """Call our icon, or its menu."""
        interface = "com.canonical.dbusmenu" if path == "/MenuBar" else "org.freedesktop.DBus.Properties"
        replies: list[Any] = []
        errors: list[Any] = []
        where = DBusAddress(path, self.items[-1], interface)
        self.bus.call(new_method_call(where, method, signature, body), replies.append, errors.append)
        qtbot.waitUntil(lambda: bool(replies or errors), timeout=PATIENCE_MS)
        assert not errors, errors
        return replies[0]

    def menu(self, qtbot: QtBot) -> dict[str, int]:
        """The entries that are shown, each with its number."""
        _, (_, _, entries) = self.ask(qtbot, "/MenuBar", "GetLayout", "iias", (0, -1, []))
        found = {}
        for _, (number, values, _) in entries:
            if values.get("visible", ("b", True))[1] and "label" in values:
                found[values["label"][1]] = number
        return found

    def choose(self, qtbot: QtBot, words: str) -> None:
        """Click on an entry."""
        number = self.menu(qtbot)[words]
        self.ask(qtbot, "/MenuBar", "Event", "isvu", (number, "clicked", ("s", ""), 0))


@pytest.mark.parametrize("late", [False, True], ids=["tray first", "tray late"])
def test_a_session_is_steered_by_the_menu_of_the_tray(env: Env, home: Path, qtbot: QtBot, late: bool) -> None:
    """Started in the background, as at login; the host comes first, or long after the program."""
    used_before(home)
    tray = NotifierTray()
    if not late:
        tray.appear(qtbot)
    with program(env, "--background") as child:
        until(lambda: bool(ours(env)["program_runs"]))
        if late:
            tray.appear(qtbot)
        qtbot.waitUntil(lambda: bool(tray.items), timeout=PATIENCE_MS)
        assert windows(env, "MatSession") == []
        title = tray.ask(qtbot, "/StatusNotifierItem", "Get", "ss", ("org.kde.StatusNotifierItem", "Status"))
        assert title[0][1] == "Active"
        words = list(tray.menu(qtbot))
        assert words[0].startswith("Start ")
        assert words[-2:] == ["Open MatSession", "Quit"]
        tray.choose(qtbot, words[0])
        qtbot.waitUntil(lambda: "Pause" in tray.menu(qtbot), timeout=PATIENCE_MS)
        assert ours(env)["state"] == "preparation"
        tray.choose(qtbot, "Pause")
        qtbot.waitUntil(lambda: "Go on" in tray.menu(qtbot), timeout=PATIENCE_MS)
        assert ours(env)["state"] == "paused"
        tray.choose(qtbot, "End session")
        qtbot.waitUntil(lambda: words[0] in tray.menu(qtbot), timeout=PATIENCE_MS)
        assert ours(env)["state"] == "idle"
        assert windows(env, "MatSession") == []
        tray.choose(qtbot, "Open MatSession")
        wait_for_window(env, "^MatSession$")
        tray.choose(qtbot, "Quit")
        assert child.wait(PATIENCE_S) == 0
    tray.bus.close()


def test_a_login_without_tray_bus_or_sound(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the background all the same, taking orders; a second start shows the window."""
    used_before(home)
    with virtual_display() as env, program(env, "--background") as child:
        until(lambda: bool(ours(env)["program_runs"]))
        assert windows(env, "MatSession") == []
        assert run(matsession(), env).returncode == 0
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0
