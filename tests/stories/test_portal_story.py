"""Start at login from a sandbox, with a real bus and a portal played by dbusmock."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, unwrap_msg
from pytestqt.qtbot import QtBot

from matsession.desktop import autostart as module
from matsession.desktop.autostart import autostart, meet_bus
from matsession.desktop.dbus import Bus, BusKind
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from tests.stories.bus_parts import DEBIAN_PYTHON, PrivateBus, private_bus
from tests.stories.desktop_parts import PATIENCE_S

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
FACE = "org.freedesktop.portal.Background"
MOCK = DBusAddress(PATH, PORTAL, "org.freedesktop.DBus.Mock")

# Answers as the real one does: by a signal of the request, whose path the caller can reckon out.
_REQUEST_BACKGROUND = """
ret = '/org/freedesktop/portal/desktop/request/{us}/' + args[1]['handle_token']
"""


class Portal:
    """The desktop that decides."""

    def __init__(self, visitor: DBusConnection) -> None:
        self._visitor = visitor

    def ask(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """Ask dbusmock."""
        call = new_method_call(MOCK, method, signature, body)
        return unwrap_msg(self._visitor.send_and_get_reply(call, timeout=PATIENCE_S))

    def serve(self, us: str) -> None:
        """Take wishes of the connection with this name."""
        code = _REQUEST_BACKGROUND.format(us=us.lstrip(":").replace(".", "_"))
        self.ask("AddMethod", "sssss", (FACE, "RequestBackground", "sa{sv}", "o", code))

    def wishes(self) -> list[dict[str, tuple[str, Any]]]:
        """What it was asked for."""
        (calls,) = self.ask("GetMethodCalls", "s", ("RequestBackground",))
        return [arguments[1][1] for _, arguments in calls]

    def respond(self, handle: str, response: int, results: dict[str, tuple[str, Any]]) -> None:
        """By a signal from the path of the request."""
        request: tuple[Any, ...] = (handle, "org.freedesktop.portal.Request", {}, [("Close", "", "", "")])
        self.ask("AddObject", "ssa{sv}a(ssss)", request)
        where = DBusAddress(handle, PORTAL, "org.freedesktop.DBus.Mock")
        arguments = (
            "org.freedesktop.portal.Request",
            "Response",
            "ua{sv}",
            [("u", response), ("a{sv}", results)],
        )
        call = new_method_call(where, "EmitSignal", "sssav", arguments)
        unwrap_msg(self._visitor.send_and_get_reply(call, timeout=PATIENCE_S))


@contextmanager
def mock_portal(bus: PrivateBus) -> Iterator[Portal]:
    """A portal on this bus."""
    with bus.visitor() as visitor:
        rule = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
        rule.add_arg_condition(0, PORTAL)
        unwrap_msg(visitor.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_S))
        env = {"PATH": os.defpath, "DBUS_SESSION_BUS_ADDRESS": bus.address}
        command = [DEBIAN_PYTHON, "-m", "dbusmock", "--session", PORTAL, PATH, FACE]
        with visitor.filter(rule) as owners, subprocess.Popen(command, env=env) as mock:
            try:
                visitor.recv_until_filtered(owners, timeout=PATIENCE_S)
                yield Portal(visitor)
            finally:
                mock.kill()


def test_the_portal_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Asked for with our command; agreed to, refused, and remembered over a start of the program."""
    mark = tmp_path / ".flatpak-info"
    mark.touch()
    monkeypatch.setattr(module, "_FLATPAK_MARK", mark)
    folders = Folders(*(tmp_path / name for name in ("data", "config", "cache", "run", "resources")))
    with private_bus(tmp_path) as daemon, mock_portal(daemon) as portal:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        bus = Bus.open(BusKind.SESSION)
        assert bus is not None
        qtbot.waitUntil(lambda: bus.unique_name is not None, timeout=PATIENCE_S * 1000)
        assert bus.unique_name is not None
        portal.serve(bus.unique_name)
        login = autostart(folders)
        meet_bus(login, bus)
        answers: list[MatSessionError | None] = []
        login.on_answered(answers.append)

        def answer(on: bool, response: int, results: dict[str, tuple[str, Any]]) -> None:
            count, told = len(portal.wishes()), len(answers)
            login.set_on(on)
            qtbot.waitUntil(lambda: len(portal.wishes()) > count, timeout=PATIENCE_S * 1000)
            token = portal.wishes()[-1]["handle_token"][1]
            us = bus.unique_name or ""
            handle = f"{PATH}/request/{us.lstrip(':').replace('.', '_')}/{token}"
            portal.respond(handle, response, results)
            qtbot.waitUntil(lambda: len(answers) > told, timeout=PATIENCE_S * 1000)

        answer(True, 0, {"background": ("b", True), "autostart": ("b", True)})
        assert portal.wishes()[-1]["commandline"][1][-1] == "--background"
        assert answers == [None]
        assert autostart(folders).is_on()
        answer(False, 1, {})
        assert answers[-1] is not None
        assert login.is_on()
        answer(False, 0, {"background": ("b", False), "autostart": ("b", False)})
        assert not autostart(folders).is_on()
        bus.close()
