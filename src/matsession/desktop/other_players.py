"""Other programs that play, reached by MPRIS2 on the session bus. Elsewhere they play on."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Slot

from matsession.desktop.media_keys import NAME

if TYPE_CHECKING:
    # Installed on Linux only.
    from jeepney import Message

    from matsession.desktop.dbus import Bus, BusError

_PREFIX: Final = "org.mpris.MediaPlayer2."
_GO_BETWEEN: Final = _PREFIX + "playerctld"
"""It speaks for the others, who are asked themselves."""

_Body = tuple[Any, ...]


class MprisPlayers(QObject):
    """Implements ``app.ports.OtherPlayers``.

    A player is remembered by its connection, so that one that was ended and started anew is another one.
    """

    def __init__(self, bus: "Bus | None", parent: QObject | None = None) -> None:
        """Look for players on this bus; None: there are none."""
        super().__init__(parent)
        self._bus = bus
        self._wanted = False
        self._paused: list[str] = []

    @property
    def paused(self) -> tuple[str, ...]:
        """The connections of those that were paused by us."""
        return tuple(self._paused)

    def pause(self) -> None:
        """Pause each that plays now."""
        self._wanted = True
        if self._bus is not None and self._bus.alive:
            from jeepney import message_bus

            self._bus.call(message_bus.ListNames(), self._on_names_told, _nothing)

    @Slot()
    def play_again(self) -> None:
        """Let those play that were paused and have stayed so."""
        self._wanted = False
        players, self._paused = self._paused, []
        for player in players:
            self._ask_status(player, partial(self._on_status_at_end, player))

    def close(self) -> None:
        """The program ends, and cannot wait for answers: all that were paused play again."""
        self._wanted = False
        players, self._paused = self._paused, []
        if self._bus is not None:
            for player in players:
                self._bus.call(_call(player, "Play"))

    def _on_names_told(self, body: _Body) -> None:
        from jeepney import message_bus

        match body:
            case (list(names),) if self._bus is not None:
                for name in names:
                    if isinstance(name, str) and _is_other(name):
                        self._bus.call(message_bus.GetNameOwner(name), self._on_owner_told, _nothing)
            case _:
                pass

    def _on_owner_told(self, body: _Body) -> None:
        match body:
            case (str(player),):
                self._ask_status(player, partial(self._on_status_at_start, player))
            case _:
                pass

    def _ask_status(self, player: str, on_told: Any) -> None:
        from jeepney import DBusAddress, Properties

        if self._bus is not None:
            where = DBusAddress("/org/mpris/MediaPlayer2", bus_name=player, interface=_PREFIX + "Player")
            self._bus.call(Properties(where).get("PlaybackStatus"), on_told, _nothing)

    def _on_status_at_start(self, player: str, body: _Body) -> None:
        match body:
            case ((_, "Playing"),) if self._wanted and self._bus is not None and player not in self._paused:
                self._bus.call(_call(player, "Pause"), partial(self._on_paused, player), _nothing)
            case _:
                pass

    def _on_paused(self, player: str, _body: _Body) -> None:
        if self._wanted:
            self._paused.append(player)
        elif self._bus is not None:
            self._bus.call(_call(player, "Play"))  # the session is over meanwhile

    def _on_status_at_end(self, player: str, body: _Body) -> None:
        match body:
            case ((_, "Paused"),) if self._bus is not None:
                self._bus.call(_call(player, "Play"))
            case _:
                pass  # somebody plays it already, or has ended it


def _is_other(name: str) -> bool:
    return name.startswith(_PREFIX) and not name.startswith(NAME) and name != _GO_BETWEEN


def _call(player: str, method: str) -> "Message":
    from jeepney import DBusAddress, new_method_call

    where = DBusAddress("/org/mpris/MediaPlayer2", bus_name=player, interface=_PREFIX + "Player")
    message: Message = new_method_call(where, method)
    return message


def _nothing(_error: "BusError") -> None:
    """A player that does not answer plays on."""
