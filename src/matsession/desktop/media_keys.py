"""Media keys, headset buttons and the desktop's player: MPRIS2 on the session bus.

https://specifications.freedesktop.org/mpris-spec/latest/ says what a player answers. The name on the bus is
ours only while there is something to show: the keys go to whoever showed up last.

Windows and macOS stand behind the same port: ``system_media_keys``.
"""

import logging
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import MediaKey, NowPlaying

if TYPE_CHECKING:
    # Installed on Linux only.
    from jeepney import Message

    from matsession.desktop.dbus import Bus

log = logging.getLogger(__name__)

NAME: Final = "org.mpris.MediaPlayer2.matsession"

_PATH: Final = "/org/mpris/MediaPlayer2"
_ROOT: Final = "org.mpris.MediaPlayer2"
_PLAYER: Final = "org.mpris.MediaPlayer2.Player"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"
_TRACK: Final = "/org/matsession/session"
_NOT_SUPPORTED: Final = "org.freedesktop.DBus.Error.NotSupported"
_INVALID: Final = "org.freedesktop.DBus.Error.InvalidArgs"
_READ_ONLY: Final = "org.freedesktop.DBus.Error.PropertyReadOnly"

_KEYS: Final = {
    "PlayPause": MediaKey.PLAY_PAUSE,
    "Play": MediaKey.PLAY,
    "Pause": MediaKey.PAUSE,
    "Stop": MediaKey.STOP,
    "Next": MediaKey.NEXT,
}
_REFUSED: Final = ("Seek", "SetPosition", "OpenUri", "Previous")
"""A session cannot be wound on; who tried is told so."""

_INTROSPECTION: Final = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
 <interface name="{_ROOT}">
  <method name="Raise"/><method name="Quit"/>
  <property name="CanQuit" type="b" access="read"/>
  <property name="CanRaise" type="b" access="read"/>
  <property name="HasTrackList" type="b" access="read"/>
  <property name="Identity" type="s" access="read"/>
  <property name="DesktopEntry" type="s" access="read"/>
  <property name="SupportedUriSchemes" type="as" access="read"/>
  <property name="SupportedMimeTypes" type="as" access="read"/>
 </interface>
 <interface name="{_PLAYER}">
  <method name="Next"/><method name="Previous"/><method name="Pause"/><method name="PlayPause"/>
  <method name="Stop"/><method name="Play"/>
  <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>
  <method name="SetPosition">
   <arg name="TrackId" type="o" direction="in"/><arg name="Position" type="x" direction="in"/>
  </method>
  <method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>
  <signal name="Seeked"><arg name="Position" type="x"/></signal>
  <property name="PlaybackStatus" type="s" access="read"/>
  <property name="Rate" type="d" access="read"/>
  <property name="Metadata" type="a{{sv}}" access="read"/>
  <property name="Volume" type="d" access="read"/>
  <property name="Position" type="x" access="read">
   <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/>
  </property>
  <property name="MinimumRate" type="d" access="read"/>
  <property name="MaximumRate" type="d" access="read"/>
  <property name="CanGoNext" type="b" access="read"/>
  <property name="CanGoPrevious" type="b" access="read"/>
  <property name="CanPlay" type="b" access="read"/>
  <property name="CanPause" type="b" access="read"/>
  <property name="CanSeek" type="b" access="read"/>
  <property name="CanControl" type="b" access="read"/>
 </interface>
 <interface name="{_PROPERTIES}">
  <method name="Get">
   <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <method name="GetAll"><arg type="s" direction="in"/><arg type="a{{sv}}" direction="out"/></method>
  <method name="Set">
   <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/>
  </method>
  <signal name="PropertiesChanged"><arg type="s"/><arg type="a{{sv}}"/><arg type="as"/></signal>
 </interface>
 <interface name="{_INTROSPECTABLE}">
  <method name="Introspect"><arg type="s" direction="out"/></method>
 </interface>
</node>
"""

_Values = dict[str, tuple[str, Any]]


class MprisKeys(QObject):
    """A player on the session bus; implements ``app.ports.MediaKeys``."""

    pressed = Signal(object)
    """A ``MediaKey``."""

    def __init__(
        self,
        bus: "Bus | None",
        position_s: Callable[[], float],
        *,
        can_raise: bool,
        parent: QObject | None = None,
    ) -> None:
        """Show up on this bus (None: never) when there is something to show; ``position_s`` tells how far."""
        super().__init__(parent)
        self._bus = bus
        self._can_raise = can_raise
        self._playing: NowPlaying | None = None
        self._position_s = position_s
        self._name = ""

    def on_pressed(self, listener: Callable[[MediaKey], None]) -> None:
        """Call ``listener`` with each key."""
        self.pressed.connect(listener)

    def show(self, playing: NowPlaying | None) -> None:
        """Show this, and get the keys; with None they belong to others."""
        before, self._playing = self._playing, playing
        if self._bus is None or not self._bus.alive:
            return
        if playing is None:
            if before is not None:
                self._say_changed(("PlaybackStatus", "CanPause", "CanPlay"))
                self._withdraw()
        elif before is None:
            self._bus.export(_PATH, self._answer)
            self._ask_for(NAME)
        else:
            self._say_changed(("PlaybackStatus", "Metadata"))
            self._say_seeked()

    # -- the name ----------------------------------------------------------------------------------

    def _ask_for(self, name: str) -> None:
        if self._bus is not None:
            self._name = name
            self._bus.own_name(name, partial(self._on_name_told, name))

    def _on_name_told(self, name: str, ours: bool) -> None:
        if self._bus is None:
            return
        if self._playing is None or name != self._name:
            if ours:
                self._bus.release_name(name)  # the session was over sooner than the bus answered
        elif not ours and name == NAME:
            # Another MatSession, with another home. The specification gives the others a name like this.
            self._ask_for(f"{NAME}.instance{os.getpid()}")
        elif not ours:
            log.info("no media keys: the bus does not give us the name %s", name)

    def _withdraw(self) -> None:
        if self._bus is not None and self._name:
            self._bus.release_name(self._name)
            self._bus.unexport(_PATH)
            self._name = ""

    # -- answering ---------------------------------------------------------------------------------

    def _answer(self, call: "Message") -> "Message | None":
        from jeepney import HeaderFields, new_error, new_method_return

        fields = call.header.fields
        interface, member = fields.get(HeaderFields.interface), fields.get(HeaderFields.member, "")
        reply: Message | None = None
        match interface, member, call.body:
            case (f, "Introspect", ()) if f == _INTROSPECTABLE:
                reply = new_method_return(call, "s", (_INTROSPECTION,))
            case (f, "Get", (str(of), str(name))) if f == _PROPERTIES:
                values = self._values(of)
                if name in values:
                    reply = new_method_return(call, "v", (values[name],))
                else:
                    reply = new_error(call, _INVALID, "s", (f"no property {name}",))
            case (f, "GetAll", (str(of),)) if f == _PROPERTIES:
                reply = new_method_return(call, "a{sv}", (self._values(of),))
            case (f, "Set", _) if f == _PROPERTIES:
                reply = new_error(call, _READ_ONLY, "s", ("nothing here can be set",))
            case (f, str(key), _) if f == _PLAYER and key in _KEYS:
                self._press(_KEYS[key])
                reply = new_method_return(call)
            case (f, str(key), _) if f == _PLAYER and key in _REFUSED:
                reply = new_error(call, _NOT_SUPPORTED, "s", ("a session cannot be wound on",))
            case (f, "Raise", ()) if f == _ROOT and self._can_raise:
                self._press(MediaKey.RAISE)
                reply = new_method_return(call)
            case (f, "Raise" | "Quit", ()) if f == _ROOT:
                reply = new_error(call, _NOT_SUPPORTED, "s", ("not offered",))
            case _:
                reply = None
        return reply

    def _press(self, key: MediaKey) -> None:
        if self._playing is not None:
            self.pressed.emit(key)

    def _values(self, interface: str) -> _Values:
        if interface == _ROOT:
            return {
                "CanQuit": ("b", False),
                "CanRaise": ("b", self._can_raise),
                "HasTrackList": ("b", False),
                "Identity": ("s", "MatSession"),
                "DesktopEntry": ("s", "matsession"),
                "SupportedUriSchemes": ("as", []),
                "SupportedMimeTypes": ("as", []),
            }
        return self._player_values() if interface == _PLAYER else {}

    def _player_values(self) -> _Values:
        playing = self._playing
        status = "Stopped" if playing is None else "Paused" if playing.paused else "Playing"
        there = playing is not None
        return {
            "PlaybackStatus": ("s", status),
            "Rate": ("d", 1.0),
            "MinimumRate": ("d", 1.0),
            "MaximumRate": ("d", 1.0),
            "Volume": ("d", 1.0),
            "Metadata": ("a{sv}", self._metadata()),
            "Position": ("x", _microseconds(self._position_s())),
            "CanGoNext": ("b", there),
            "CanGoPrevious": ("b", False),
            "CanPlay": ("b", there),
            "CanPause": ("b", there),
            "CanSeek": ("b", False),
            "CanControl": ("b", True),
        }

    def _metadata(self) -> _Values:
        playing = self._playing
        if playing is None:
            return {"mpris:trackid": ("o", "/org/mpris/MediaPlayer2/TrackList/NoTrack")}
        values: _Values = {
            "mpris:trackid": ("o", _TRACK),
            "xesam:title": ("s", playing.title),
            "xesam:artist": ("as", [playing.line]),
            "xesam:album": ("s", "MatSession"),
        }
        if playing.length_s is not None:
            values["mpris:length"] = ("x", _microseconds(playing.length_s))
        return values

    def _say_changed(self, names: tuple[str, ...]) -> None:
        values = self._player_values()
        changed = {name: values[name] for name in names}
        self._say(_PROPERTIES, "PropertiesChanged", "sa{sv}as", (_PLAYER, changed, []))

    def _say_seeked(self) -> None:
        """Clients reckon the position by themselves; after a pause they have to begin anew."""
        self._say(_PLAYER, "Seeked", "x", (_microseconds(self._position_s()),))

    def _say(self, interface: str, name: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney import DBusAddress, new_signal

        if self._bus is not None:
            self._bus.send(new_signal(DBusAddress(_PATH, interface=interface), name, signature, body))


def _microseconds(seconds: float) -> int:
    return round(seconds * 1e6)
