"""One of the sounds of a session: how loud beside the others, which file, and how it sounds."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.ports import ChimePlayer
from matsession.app.setting_changes import SettingChanges
from matsession.domain.guidance import ChimeName
from matsession.ui.announce import announce
from matsession.ui.chime_words import chime_name
from matsession.ui.drawing import Sign
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.sound_file_dialog import ask_for_sound


class SoundRow(QWidget):
    """Name and file above, level and buttons below."""

    def __init__(
        self, chime: ChimeName, changes: SettingChanges, sound: ChimePlayer, parent: QWidget | None = None
    ) -> None:
        """Change the settings of ``chime``; let it be heard by ``sound``."""
        super().__init__(parent)
        self._chime = chime
        self._changes = changes
        self._sound = sound
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        name = chime_name(self._chime)
        self._name = Label(name)
        self._file = Label(style=TextStyle.CAPTION, tone="text3")
        self._trouble = Label(style=TextStyle.CAPTION, tone="danger")
        self._trouble.hide()
        self._level = LevelSlider(texts.tr("Level of {sound}").format(sound=name))
        self._listen = Button(texts.tr("Listen"), ButtonKind.QUIET, Sign.PLAY, small=True)
        self._listen.setAccessibleName(texts.tr("Listen to {sound}").format(sound=name))
        self._choose = Button(texts.tr("Own file…"), ButtonKind.QUIET, small=True)
        self._choose.setAccessibleName(texts.tr("Own file for {sound}").format(sound=name))
        self._choose.setToolTip(texts.tr("WAV, FLAC, OGG or MP3"))
        self._remove = Button(texts.tr("Built-in"), ButtonKind.QUIET, small=True)
        self._remove.setAccessibleName(texts.tr("Built-in sound for {sound}").format(sound=name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, u(4), 0, u(4))
        column.setSpacing(u(2))
        head = QHBoxLayout()
        head.setSpacing(u(8))
        head.addWidget(self._name)
        head.addWidget(self._file, 1)
        column.addLayout(head)
        column.addWidget(self._trouble)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(u(4))
        self._tools.addWidget(self._level, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(0)
        for button in (self._listen, self._choose, self._remove):
            self._buttons.addWidget(button)
        self._tools.addLayout(self._buttons)
        column.addLayout(self._tools)

    def _connect(self) -> None:
        self._level.chosen.connect(self._on_level_chosen)
        self._listen.clicked.connect(self._on_listen_clicked)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)

    @property
    def chime(self) -> ChimeName:
        """The sound this row is about."""
        return self._chime

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        self._level.show_value(round(100 * settings.levels.get(self._chime, 1.0)))
        own = settings.own_sounds.get(self._chime, "")
        words = Path(own).name if own else texts.tr("built-in sound")
        if words != self._file.text():
            self._trouble.hide()
        self._file.setText(words)
        # One of both: the file is exchanged by going back to the built-in sound first.
        self._choose.setVisible(not own)
        self._remove.setVisible(bool(own))

    def tell_unreadable(self, reason: str) -> None:
        """The own file cannot be played."""
        own = self._changes.settings.own_sounds.get(self._chime, "")
        words = texts.tr("{file} cannot be played: {reason} The built-in sound is used.").format(
            file=Path(own).name, reason=reason if reason.endswith(".") else f"{reason}."
        )
        self._trouble.setText(words)
        self._trouble.show()
        if self.isVisible():
            announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside the slider, or below it."""
        super().resizeEvent(event)
        buttons = self._listen.sizeHint().width() + max(
            self._choose.sizeHint().width(), self._remove.sizeHint().width()
        )
        beside = buttons + self._level.minimumSizeHint().width() + u(4) <= self.width()
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tools.setDirection(right if beside else down)
        self._buttons.setDirection(right if buttons <= self.width() else down)

    @Slot(int)
    def _on_level_chosen(self, value: int) -> None:
        levels = {**self._changes.settings.levels, self._chime.value: value / 100}
        self._changes.change(levels=levels)

    @Slot()
    def _on_listen_clicked(self) -> None:
        self._sound.prepare()
        self._sound.preview(self._chime, self._level.value() / 100)

    @Slot()
    def _on_choose_clicked(self) -> None:
        ask_for_sound(self).fileSelected.connect(self._on_file_selected)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self._changes.change(own_sounds={**self._changes.settings.own_sounds, self._chime.value: path})
        self._remove.setFocus()
        self._on_listen_clicked()  # an unreadable file is told now, not in the next session

    @Slot()
    def _on_remove_clicked(self) -> None:
        others = {
            name: path for name, path in self._changes.settings.own_sounds.items() if name != self._chime
        }
        self._changes.change(own_sounds=others)
        self._choose.setFocus()
