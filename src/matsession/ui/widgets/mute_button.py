"""The button that makes a session silent, and shows that it is."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.mute import Mute
from matsession.ui.drawing import Sign
from matsession.ui.widgets.sign_button import SignButton


class MuteButton(SignButton):
    """Stays pressed while all is silent; its sign is another then."""

    def __init__(self, mute: Mute, parent: QWidget | None = None) -> None:
        """Turn ``mute``, and follow it wherever else it is turned."""
        super().__init__(texts.tr("Mute"), Sign.SOUND, "", parent)
        self._mute = mute
        self.setCheckable(True)
        self.clicked.connect(mute.toggle)
        mute.changed.connect(self._on_mute_changed)
        self._on_mute_changed()

    @Slot()
    def _on_mute_changed(self) -> None:
        muted = self._mute.muted
        self.setChecked(muted)
        self.show_text(self.text(), Sign.MUTED if muted else Sign.SOUND)
        tip = texts.tr("Sound on again (M)") if muted else texts.tr("Mute chimes, voice and background (M)")
        self.setToolTip(tip)
