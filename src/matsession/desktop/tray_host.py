"""Tells when a tray for status notifiers appears on the session bus: at login it often comes after us.

Qt notices, and yet never registers an icon that was made before (tried with Qt 6.12); a new one does.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    # Installed on Linux only.
    from jeepney import Message

    from matsession.desktop.dbus import Bus

WATCHER: Final = "org.kde.StatusNotifierWatcher"

_SETTLE_MS: Final = 300
"""Its host follows a moment after the watcher's name."""


class TrayHost(QObject):
    """Listens for the watcher's name."""

    appeared = Signal()
    """There is a tray now, where there was none or another one."""

    def __init__(self, bus: "Bus | None", parent: QObject | None = None) -> None:
        """Listen on this bus; None: nothing is ever told."""
        super().__init__(parent)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.appeared)
        if bus is None:
            return
        from jeepney import MatchRule, message_bus

        rule = MatchRule(
            type="signal",
            sender=message_bus.bus_name,
            interface=message_bus.interface,
            member="NameOwnerChanged",
        )
        rule.add_arg_condition(0, WATCHER)
        bus.listen(rule, self._on_owner_changed)

    def _on_owner_changed(self, message: "Message") -> None:
        match message.body:
            case (str(name), str(), str(owner)) if name == WATCHER and owner:
                self._settle.start()
            case _:
                pass
