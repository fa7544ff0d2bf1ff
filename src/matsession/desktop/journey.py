"""Tells that the computer is in another time zone: systemd's timedated says so on the system bus.

Elsewhere, and where the zone is changed past it, that is noticed when the computer wakes, when the window
comes to the front, and at the next reminder.
"""

from typing import Final

from jeepney import MatchRule, Message
from PySide6.QtCore import QObject, Signal

from matsession.desktop.dbus import Bus

_NAME: Final = "org.freedesktop.timedate1"


class JourneyWatch(QObject):
    """Listens; silent where there is nobody to hear."""

    arrived = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        """Listen on the system bus."""
        super().__init__(parent)
        rule = MatchRule(
            type="signal",
            sender=_NAME,
            path="/org/freedesktop/timedate1",
            interface="org.freedesktop.DBus.Properties",
            member="PropertiesChanged",
        )
        bus.listen(rule, self._on_timedated_changed)

    def _on_timedated_changed(self, message: Message) -> None:
        match message.body:
            case (str(face), *_) if face == _NAME:
                self.arrived.emit()
            case _:
                pass
