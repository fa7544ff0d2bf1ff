"""A screen reader of our own: what AT-SPI tells of the window, and acting through it alone."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection, unwrap_msg

from tests.stories.desktop_parts import PATIENCE_S, needed

LAUNCHER: Final = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
REGISTRY: Final = "org.a11y.atspi.Registry"
ROOT: Final = "/org/a11y/atspi/accessible/root"

STATES: Final = {
    1: "active",
    4: "checked",
    8: "enabled",
    11: "focusable",
    12: "focused",
    23: "selected",
    25: "showing",
    30: "visible",
}
"""Numbers of AtspiStateType, the ones that stories ask for."""

LABELLED_BY: Final = 2
"""Number in AtspiRelationType."""

INTERACTIVE: Final = frozenset(
    {
        "button",
        "push button",
        "check box",
        "combo box",
        "entry",
        "text",
        "link",
        "list item",
        "menu item",
        "page tab",
        "radio button",
        "slider",
        "spin button",
        "table cell",
        "toggle button",
        "tree item",
    }
)
"""Roles a person can do something with."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One accessible thing."""

    bus_name: str
    path: str
    role: str
    name: str
    description: str
    states: frozenset[str]
    actions: tuple[str, ...]
    depth: int

    def __str__(self) -> str:
        """One line of a dump."""
        states = " ".join(sorted(self.states - {"enabled", "visible", "showing"}))
        return f"{'  ' * self.depth}{self.role} {self.name!r} {states} {list(self.actions)}"


class ScreenReader:
    """Looks at all programs on the accessibility bus, and presses what it finds."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    def _ask(
        self, seen: tuple[str, str], interface: str, method: str, *body: Any, signature: str = ""
    ) -> Any:
        where = DBusAddress(seen[1], seen[0], f"org.a11y.atspi.{interface}")
        call = new_method_call(where, method, signature or None, body)
        return unwrap_msg(self._bus.send_and_get_reply(call, timeout=PATIENCE_S))

    def _read(self, seen: tuple[str, str], interface: str, name: str) -> Any:
        where = DBusAddress(seen[1], seen[0], f"org.a11y.atspi.{interface}")
        reply = self._bus.send_and_get_reply(Properties(where).get(name), timeout=PATIENCE_S)
        return unwrap_msg(reply)[0][1]

    def look(self) -> list[Seen]:
        """Everything there is to see at present, in the order of the tree."""
        found: list[Seen] = []
        for child in self._ask((REGISTRY, ROOT), "Accessible", "GetChildren")[0]:
            self._walk(child, 0, found)
        return found

    def label_of(self, seen: Seen) -> str:
        """The name of what labels this thing: Qt gives a combo box its value for a name."""
        (relations,) = self._ask((seen.bus_name, seen.path), "Accessible", "GetRelationSet")
        labels = [to for kind, targets in relations if kind == LABELLED_BY for to in targets]
        return " ".join(self._read(label, "Accessible", "Name") for label in labels)

    def value_of(self, seen: Seen) -> str:
        """What stands in a field."""
        (text,) = self._ask((seen.bus_name, seen.path), "Text", "GetText", 0, -1, signature="ii")
        return str(text)

    def _walk(self, which: tuple[str, str], depth: int, found: list[Seen]) -> None:
        try:
            (role,) = self._ask(which, "Accessible", "GetRoleName")
            (low, high), *_ = self._ask(which, "Accessible", "GetState")
            bits = low | high << 32
            states = frozenset(name for bit, name in STATES.items() if bits >> bit & 1)
            name = self._read(which, "Accessible", "Name")
            description = self._read(which, "Accessible", "Description")
            children = self._ask(which, "Accessible", "GetChildren")[0]
        except DBusErrorResponse:
            return  # it has gone while we looked
        found.append(Seen(*which, role, name, description, states, self._actions(which), depth))
        if depth > 0 and "showing" not in states:
            return  # Qt takes the rows of a list that is hidden for shown
        for child in children:
            self._walk(child, depth + 1, found)

    def _actions(self, which: tuple[str, str]) -> tuple[str, ...]:
        try:
            return tuple(action[0] for action in self._ask(which, "Action", "GetActions")[0])
        except DBusErrorResponse:
            return ()

    def find(self, role: str, name: str, *, in_view: bool = True) -> Seen:
        """Wait for the thing on the screen with this role and name; a failure tells what there was.

        A row of a list may have to be scrolled for: a screen reader has it without that, ``in_view`` or not.

        A button that was pressed through AT-SPI goes down first, as under a finger: what it does comes a
        tenth of a second after the answer.
        """
        until_s = time.monotonic() + PATIENCE_S
        while True:
            all_seen = self.look()
            for seen in all_seen:
                if (
                    seen.name == name
                    and seen.role.endswith(role)
                    and (not in_view or "showing" in seen.states)
                ):
                    return seen
            assert time.monotonic() < until_s, f"no {role} {name!r} in:\n" + "\n".join(map(str, all_seen))
            time.sleep(0.05)

    def press(self, role: str, name: str, *, in_view: bool = True) -> None:
        """Do what this thing is there for."""
        seen = self.find(role, name, in_view=in_view)
        (done,) = self._ask((seen.bus_name, seen.path), "Action", "DoAction", 0, signature="i")
        assert done, f"{seen} did not do it"

    def set_value(self, role: str, name: str, value: float) -> None:
        """Give a field with a number another one."""
        seen = self.find(role, name)
        where = DBusAddress(seen.path, seen.bus_name, "org.a11y.atspi.Value")
        call = Properties(where).set("CurrentValue", "d", float(value))
        unwrap_msg(self._bus.send_and_get_reply(call, timeout=PATIENCE_S))

    @contextmanager
    def announcements(self) -> Iterator["Announcements"]:
        """Hear from now on what is announced."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        unwrap_msg(self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_S))
        self._ask(
            (REGISTRY, "/org/a11y/atspi/registry"),
            "Registry",
            "RegisterEvent",
            "object:announcement",
            [],
            "",
            signature="sass",
        )
        with self._bus.filter(rule, bufsize=100) as queue:
            yield Announcements(self._bus, queue)


class Announcements:
    """What was announced, in its order."""

    def __init__(self, bus: DBusConnection, queue: Any) -> None:
        self._bus = bus
        self._queue = queue

    def hear(self, words: str) -> None:
        """Wait until ``words`` are part of an announcement."""
        heard: list[str] = []
        while True:
            try:
                message = self._bus.recv_until_filtered(self._queue, timeout=PATIENCE_S)
            except TimeoutError:
                raise AssertionError(f"{words!r} was not announced, but: {heard}") from None
            heard.append(message.body[3][1])
            if words in heard[-1]:
                return


@contextmanager
def screen_reader(folder: Path, env: dict[str, str]) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A session bus with accessibility awake, and a screen reader on it; yields the environment for programs.

    The accessibility bus has to be awake before the program starts, and Qt told to use it.
    """
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    env = {**env, "XDG_RUNTIME_DIR": str(runtime), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with subprocess.Popen(
        [needed("dbus-daemon"), "--session", "--nofork", "--print-address"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        try:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            assert address, "dbus-daemon did not start"
            env["DBUS_SESSION_BUS_ADDRESS"] = address
            with open_dbus_connection(address, auth_timeout=PATIENCE_S) as session:
                try:
                    call = new_method_call(LAUNCHER, "GetAddress")
                    (eyes,) = unwrap_msg(session.send_and_get_reply(call, timeout=PATIENCE_S))
                except DBusErrorResponse as error:
                    raise AssertionError(f"at-spi2-core is missing: {error}") from None
                with open_dbus_connection(eyes.partition(",guid")[0], auth_timeout=PATIENCE_S) as bus:
                    yield ScreenReader(bus), env
        finally:
            daemon.terminate()
            daemon.wait(PATIENCE_S)
