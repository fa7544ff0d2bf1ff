"""A session and the desktop around it: media keys by playerctl, awake by logind and GNOME, a music player."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, new_method_call, new_method_return
from jeepney.io.blocking import unwrap_msg
from pytestqt.qtbot import QtBot

from matsession.desktop.dbus import Bus, BusKind
from tests.stories.bus_parts import DEBIAN_PYTHON, PrivateBus, mock_logind, private_bus
from tests.stories.desktop_parts import PATIENCE_S, matsession, needed, program, run, virtual_display

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp", "notes_read")]

PATIENCE_MS = PATIENCE_S * 1000
DELAY = ("sleep", "MatSession", "Saving the session", "delay")
BLOCK = ("sleep", "MatSession", "A session is running", "block")
SCREEN = ("idle", "MatSession", "A session is running", "block")

Env = dict[str, str]


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A bus that is the system's and the session's alike."""
    with private_bus(tmp_path) as daemon:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.address)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        yield daemon


@pytest.fixture
def env(bus: PrivateBus) -> Iterator[Env]:
    """A display, and the bus."""
    with virtual_display() as env:
        yield env


def until(true: Callable[[], bool]) -> None:
    """Wait until it is."""
    end_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end_s, "it did not come to be"
        time.sleep(0.05)


def player(env: Env, *arguments: str) -> str:
    """What playerctl says about our player."""
    return run([needed("playerctl"), "--player=matsession", *arguments], env).stdout.strip()


def players(env: Env) -> set[str]:
    """The names of all players; playerctl looks on both buses, and here they are one."""
    return set(run([needed("playerctl"), "--list-all"], env).stdout.split())


def ours(env: Env, *arguments: str) -> dict[str, Any]:
    """Our own command line; the status afterwards."""
    if arguments:
        assert run(matsession(*arguments), env).returncode == 0
    values: dict[str, Any] = json.loads(run(matsession("status", "--json"), env).stdout)
    return values


def test_playerctl_steers_a_session(env: Env) -> None:
    """No player before it and none after it; between, what a headset's buttons would do."""
    with program(env):
        until(lambda: bool(ours(env)["program_runs"]))
        assert not players(env)
        ours(env, "start", "lower_back", "--preparation", "0s", "--length", "10m")
        until(lambda: players(env) == {"matsession"})
        assert player(env, "status") == "Playing"
        assert player(env, "metadata", "title") == "Lower back"
        assert player(env, "metadata", "mpris:length") == "600000000"
        until(lambda: float(player(env, "position")) > 0.5)
        player(env, "play-pause")
        until(lambda: player(env, "status") == "Paused")
        assert ours(env)["state"] == "paused"
        stands_at = player(env, "position")
        player(env, "play")
        until(lambda: ours(env)["state"] == "running")
        assert run([needed("playerctl"), "next"], env).returncode == 0
        refused = run([needed("playerctl"), "--player=matsession", "position", "300"], env)
        assert refused.returncode != 0 or float(player(env, "position")) < 200
        assert float(player(env, "position")) >= float(stands_at)
        player(env, "stop")
        until(lambda: not players(env))
        assert ours(env)["state"] == "idle"


def test_a_session_in_a_terminal_has_the_keys_too(env: Env) -> None:
    """As long as it runs; its output is no terminal here, so it ends with the session."""
    with program(env, "start", "neck", "--no-window", "--preparation", "0s") as child:
        until(lambda: players(env) == {"matsession"})
        player(env, "pause")
        until(lambda: ours(env)["state"] == "paused")
        player(env, "stop")
        assert child.wait(PATIENCE_S) == 0
    assert not players(env)


def test_the_computer_is_kept_awake_and_let_go(env: Env, bus: PrivateBus) -> None:
    """By logind, where no desktop does it: held from Start, not in a pause, an end, or a crash."""
    with mock_logind(bus) as logind, program(env) as child:
        until(lambda: bool(ours(env)["program_runs"]))
        assert logind.locks() == []
        ours(env, "start", "lower_back")
        until(lambda: sorted(logind.locks()) == sorted([DELAY, BLOCK]))
        ours(env, "pause")
        until(lambda: logind.locks() == [DELAY])
        ours(env, "resume")
        until(lambda: sorted(logind.locks()) == sorted([DELAY, BLOCK]))
        ours(env, "stop")
        until(lambda: logind.locks() == [])
        ours(env, "start", "lower_back")
        until(lambda: sorted(logind.locks()) == sorted([DELAY, BLOCK]))
        child.kill()
        until(lambda: logind.locks() == [])


def test_the_screen_stays_on_where_it_is_wished(env: Env, bus: PrivateBus, home: Path) -> None:
    """A lock of its own, by the setting."""
    config = home / "matsession" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text("keep_screen_on = true\n")
    with mock_logind(bus) as logind, program(env, "start", "lower_back", "--preparation", "0s"):
        until(lambda: sorted(logind.locks()) == sorted([DELAY, BLOCK, SCREEN]))


def test_the_doctor_knows_who_keeps_the_computer_awake(env: Env, bus: PrivateBus) -> None:
    """And that media keys are heard; before there was a logind, that nobody does."""
    assert "nobody here keeps the computer from going to sleep" in run(matsession("doctor"), env).stdout
    with mock_logind(bus):
        told = run(matsession("doctor"), env).stdout
    assert "in a session the computer is kept awake by logind" in told
    assert "media keys are heard" in told


GNOME = DBusAddress("/org/gnome/SessionManager", "org.gnome.SessionManager", "org.freedesktop.DBus.Mock")


@contextmanager
def mock_gnome(bus: PrivateBus) -> Iterator[Callable[[], list[tuple[str, Any]]]]:
    """GNOME's session manager, played by dbusmock; yields what tells its calls."""
    command = [DEBIAN_PYTHON, "-m", "dbusmock", "org.gnome.SessionManager", GNOME.object_path]
    env = {"PATH": "/usr/bin", "DBUS_SESSION_BUS_ADDRESS": bus.address}
    with (
        bus.visitor() as visitor,
        subprocess.Popen([*command, "org.gnome.SessionManager"], env=env) as mock,
    ):

        def ask(method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
            call = new_method_call(GNOME, method, signature, body)
            return unwrap_msg(visitor.send_and_get_reply(call, timeout=PATIENCE_S))

        try:
            owned = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
            asked = new_method_call(owned, "NameHasOwner", "s", ("org.gnome.SessionManager",))
            until(lambda: bool(unwrap_msg(visitor.send_and_get_reply(asked, timeout=PATIENCE_S))[0]))
            for method, signature, returned, code in (
                ("Inhibit", "susu", "u", "ret = 4711"),
                ("Uninhibit", "u", "", ""),
            ):
                ask("AddMethod", "sssss", ("", method, signature, returned, code))
            yield lambda: [(name, body) for _time, name, body in ask("GetCalls")[0]]
        finally:
            mock.kill()


def test_gnome_shows_who_keeps_the_computer_awake(env: Env, bus: PrivateBus) -> None:
    """It is asked before logind, in our name, and let go by the number it gave."""
    with mock_gnome(bus) as calls, program(env, "start", "lower_back", "--preparation", "0s"):
        until(lambda: bool(calls()))
        [(method, body)] = calls()
        assert method == "Inhibit"
        assert [value for _, value in body] == ["MatSession", 0, "A session is running", 4]
        ours(env, "pause")
        until(lambda: [(name, body[0][1]) for name, body in calls()][1:] == [("Uninhibit", 4711)])


class MusicPlayer:
    """A player of another program; the test turns its event loop."""

    def __init__(self) -> None:
        bus = Bus.open(BusKind.SESSION)
        assert bus is not None
        self.bus = bus
        self.state = "Playing"
        self.told: list[str] = []
        bus.export("/org/mpris/MediaPlayer2", self._answer)
        self.owned: list[bool] = []
        bus.own_name("org.mpris.MediaPlayer2.music", self.owned.append)

    def _answer(self, call: Message) -> Message | None:
        member = call.header.fields[HeaderFields.member]
        reply: Message | None = None
        if member == "Get":
            reply = new_method_return(call, "v", (("s", self.state),))
        elif member in ("Play", "Pause"):
            self.told.append(member)
            self.state = "Playing" if member == "Play" else "Paused"
            reply = new_method_return(call)
        return reply


def test_music_is_silent_for_a_session_where_it_is_wished(env: Env, home: Path, qtbot: QtBot) -> None:
    """Paused at Start, played again ten seconds after the end; and at once where the program is closed."""
    config = home / "matsession" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text("pause_players = true\n")
    music = MusicPlayer()
    qtbot.waitUntil(lambda: music.owned == [True], timeout=PATIENCE_MS)
    with program(env, "start", "lower_back", "--preparation", "0s") as child:
        qtbot.waitUntil(lambda: music.told == ["Pause"], timeout=PATIENCE_MS)
        stopped_s = time.monotonic()
        ours(env, "stop")
        qtbot.waitUntil(lambda: music.told == ["Pause", "Play"], timeout=PATIENCE_MS)
        assert time.monotonic() - stopped_s >= 9
        ours(env, "start", "lower_back")
        qtbot.waitUntil(lambda: music.told == ["Pause", "Play", "Pause"], timeout=PATIENCE_MS)
        child.terminate()
        qtbot.waitUntil(lambda: music.told == ["Pause", "Play", "Pause", "Play"], timeout=PATIENCE_MS)
    music.bus.close()


def test_music_plays_on_where_nothing_is_wished(env: Env, qtbot: QtBot) -> None:
    """The default."""
    music = MusicPlayer()
    qtbot.waitUntil(lambda: music.owned == [True], timeout=PATIENCE_MS)
    with program(env, "start", "lower_back", "--preparation", "0s"):
        until(lambda: ours(env)["state"] == "running")
        until(lambda: "matsession" in players(env))
        qtbot.wait(500)
        assert music.told == []
    music.bus.close()


NETWORK = ("AF_INET", "AF_INET6")


def test_a_session_opens_no_network(env: Env, tmp_path: Path, home: Path) -> None:
    """Looked at from below: not one socket of the Internet, in any of its processes; others there are."""
    presets = home / "matsession" / "config" / "presets"
    presets.mkdir(parents=True)
    (presets / "short.toml").write_text(
        'name = "Short"\narea = "neck"\n[[step]]\nname = "Rest"\nseconds = 3\nshow = "Rest."\n'
    )
    trace = tmp_path / "trace"
    command = [needed("strace"), "-f", "-qq", "-e", "trace=network", "-o", str(trace)]
    with subprocess.Popen(
        [*command, sys.executable, "-m", "matsession", "start", "short", "--preparation", "1s"], env=env
    ) as child:
        try:
            until(lambda: ours(env)["state"] in ("preparation", "running"))
            until(lambda: ours(env)["state"] == "idle" and bool(ours(env)["program_runs"]))
            run([needed("xdotool"), "search", "--sync", "--name", "After the session"], env)
        finally:
            run([needed("pkill"), "-TERM", "-P", str(child.pid)])
            child.wait(PATIENCE_S)
    calls = [line for line in trace.read_text(errors="replace").splitlines() if " socket(" in line]
    assert any("AF_UNIX" in line for line in calls), "strace saw nothing"
    # AF_NETLINK speaks to the kernel alone; it leaves the computer no more than AF_UNIX does.
    assert [line for line in calls if any(each in line for each in NETWORK)] == []
