"""Real parts for the stories about D-Bus: a bus of our own, and dbusmock's logind on it.

A part that is missing is a failure that names it, never a skip.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection, unwrap_msg

from tests.stories.desktop_parts import PATIENCE_S, needed

LOGIND = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", LOGIND, "org.freedesktop.login1.Manager")
MOCK = MANAGER.with_interface("org.freedesktop.DBus.Mock")

DEBIAN_PYTHON = "/usr/bin/python3"
"""The system's own, for which Debian packages dbusmock; ours does not see it."""

# Everybody may do everything, and nothing is started by the bus itself.
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A running dbus-daemon."""

    def __init__(self, address: str, daemon: subprocess.Popen[str]) -> None:
        self.address = address
        self.daemon = daemon

    @contextmanager
    def visitor(self) -> Iterator[DBusConnection]:
        """A connection of the story's own, on which it may wait."""
        connection = open_dbus_connection(self.address, auth_timeout=PATIENCE_S)
        with connection:
            yield connection

    def kill(self) -> None:
        """The bus dies."""
        self.daemon.kill()
        self.daemon.wait(PATIENCE_S)


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    """A bus of our own, with its socket in ``folder``."""
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(socket=folder / "socket"), encoding="utf-8")
    with subprocess.Popen(
        [needed("dbus-daemon"), f"--config-file={configuration}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        try:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            assert address, "dbus-daemon did not start"
            yield PrivateBus(address, daemon)
        finally:
            daemon.kill()


class MockLogind:
    """Moves dbusmock's logind, and looks at the locks it has given."""

    def __init__(self, visitor: DBusConnection) -> None:
        self._visitor = visitor

    def _ask(self, where: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        call = new_method_call(where, method, signature, body)
        return unwrap_msg(self._visitor.send_and_get_reply(call, timeout=PATIENCE_S))

    def locks(self) -> list[tuple[str, str, str, str]]:
        """What, who, why and mode of each lock that is held now."""
        (locks,) = self._ask(MANAGER, "ListInhibitors")
        return [lock[:4] for lock in locks]

    def prepare_for_sleep(self, going: bool) -> None:
        """Tell all who listen that sleep begins, or is over."""
        arguments = (MANAGER.interface, "PrepareForSleep", "b", [("b", going)])
        self._ask(MOCK, "EmitSignal", "sssav", arguments)


@contextmanager
def mock_logind(bus: PrivateBus) -> Iterator[MockLogind]:
    """A logind played by dbusmock on this bus."""
    found = subprocess.run([DEBIAN_PYTHON, "-c", "import dbusmock"], capture_output=True, check=False)
    assert found.returncode == 0, (
        "dbusmock is missing; 'python3 dev.py test --desktop' installs python3-dbusmock"
    )
    with bus.visitor() as visitor:
        rule = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
        rule.add_arg_condition(0, LOGIND)
        unwrap_msg(visitor.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_S))
        # Not the environment of the tests: PYTHONPATH is meant for another Python.
        env = {"PATH": os.defpath, "DBUS_SYSTEM_BUS_ADDRESS": bus.address}
        with (
            visitor.filter(rule) as owners,
            subprocess.Popen([DEBIAN_PYTHON, "-m", "dbusmock", "--template", "logind"], env=env) as mock,
        ):
            try:
                visitor.recv_until_filtered(owners, timeout=PATIENCE_S)
                yield MockLogind(visitor)
            finally:
                mock.kill()
