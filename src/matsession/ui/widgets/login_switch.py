"""The switch for start at login: the system's own setting, which may be changed elsewhere too."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.ports import Autostart
from matsession.domain.errors import MatSessionError
from matsession.ui.widgets.switch import Switch


class LoginSwitch(Switch):
    """On while the system starts the program at login."""

    told = Signal(str)
    """What is to be known beside it, or why it could not be turned."""

    def __init__(self, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Ask and change ``autostart``."""
        super().__init__(texts.tr("Start at login"), parent)
        self._autostart = autostart
        self.toggled.connect(self._on_toggled)
        autostart.on_answered(self._on_autostart_answered)

    def showEvent(self, event: QShowEvent) -> None:
        """It may have been changed elsewhere."""
        super().showEvent(event)
        self._show(self._hint())

    def _show(self, words: str) -> None:
        self.show_checked(self._autostart.is_on())
        self.setEnabled(self._autostart.possible)
        self.told.emit(words)

    def _hint(self) -> str:
        if self._autostart.possible:
            return texts.tr("In the background, without a window.")
        return texts.tr("Here the settings of your desktop decide about it.")

    @Slot(bool)
    def _on_toggled(self, checked: bool) -> None:
        try:
            self._autostart.set_on(checked)
        except MatSessionError as error:
            self._on_autostart_answered(error)
        else:
            self._on_autostart_answered(None)

    @Slot(object)
    def _on_autostart_answered(self, error: MatSessionError | None) -> None:
        """At once, or later where the desktop was asked."""
        self._show(self._hint() if error is None else " ".join(texts.error(error)).strip())
