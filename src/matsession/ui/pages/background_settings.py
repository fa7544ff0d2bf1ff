"""The card of the background: what plays softly all through a session."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from matsession.app import texts
from matsession.app.ports import ChimePlayer
from matsession.app.setting_changes import SettingChanges
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign
from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.sound_file_dialog import ask_for_sound

PREVIEW_FADE_S: Final = 0.5
"""Who tries things out does not want to wait for the slow fade of a session."""

_OWN: Final = "own file"
"""Stands in the list for the wish to choose a file."""


class BackgroundSettings(SettingsCard):
    """Which loop, how loud, and how it sounds."""

    def __init__(
        self,
        changes: SettingChanges,
        sound: ChimePlayer,
        background_file: Callable[[], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        """``background_file`` tells the file that the settings mean."""
        super().__init__(texts.tr("Background"), parent)
        self._changes = changes
        self._sound = sound
        self._background_file = background_file
        self._plays: tuple[Path, float] | None = None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._loop = SettingChoice(texts.tr("Background sound"))
        self.add_row(texts.tr("Sound"), self._loop, texts.tr("Fades out before the end chime."))
        self._level = LevelSlider(texts.tr("Level of the background"))
        self.add_row(texts.tr("Level"), self._level)
        self._listen = Button(
            texts.tr("Listen"), ButtonKind.SECONDARY, Sign.PLAY, texts_to_come=(texts.tr("Stop"),)
        )
        self._trouble = Label(style=TextStyle.CAPTION, tone="danger")
        self._trouble.hide()
        line = QHBoxLayout()
        line.addWidget(self._listen)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self._trouble)

    def _connect(self) -> None:
        self._loop.chosen.connect(self._on_loop_chosen)
        self._level.chosen.connect(self._on_level_chosen)
        self._listen.clicked.connect(self._on_listen_clicked)
        self._sound.on_unreadable(self._on_sound_unreadable)

    def refresh(self) -> None:
        """Show the settings as they are, and let them be heard where they are listened to."""
        settings = self._changes.settings
        self._offer_loops(settings.background)
        self._level.show_value(round(100 * settings.background_level))
        self._level.setEnabled(bool(settings.background))
        self._listen.setEnabled(bool(settings.background))
        if self._plays is not None:
            self._play(self._background_file())

    def _offer_loops(self, chosen: str) -> None:
        offered = [
            ("", texts.tr("None")),
            ("rain", texts.tr("Rain")),
            ("surf", texts.tr("Low surf")),
            ("noise", texts.tr("Soft noise")),
        ]
        if chosen not in [each for each, _ in offered]:
            offered.append((chosen, Path(chosen).name))
        else:
            self._trouble.hide()
        offered.append((_OWN, texts.tr("Own file…")))
        self._loop.offer(offered, chosen)

    def stop(self) -> None:
        """Be silent."""
        self._play(None)

    def _play(self, path: Path | None) -> None:
        wanted = (path, self._changes.settings.background_level) if path is not None else None
        if wanted == self._plays:
            return
        self._plays = wanted
        if wanted is not None:
            self._sound.prepare()
            self._sound.set_background(*wanted, PREVIEW_FADE_S)
        else:
            self._sound.set_background(None, 0.0, PREVIEW_FADE_S)
        if path is not None:
            self._listen.show_text(texts.tr("Stop"), Sign.PAUSE)
        else:
            self._listen.show_text(texts.tr("Listen"), Sign.PLAY)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is tried out belongs to this page."""
        super().hideEvent(event)
        self.stop()

    @Slot(object)
    def _on_loop_chosen(self, chosen: str) -> None:
        if chosen != _OWN:
            self._changes.change(background=chosen)
            return
        background = self._changes.settings.background
        self._offer_loops(background)  # until a file is chosen, all stays as it is
        near = background if Path(background).is_absolute() else ""
        ask_for_sound(self, near).fileSelected.connect(self._on_file_selected)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self._changes.change(background=path)
        self._trouble.hide()
        self._play(self._background_file())

    @Slot(int)
    def _on_level_chosen(self, value: int) -> None:
        self._changes.change(background_level=value / 100)

    @Slot()
    def _on_listen_clicked(self) -> None:
        self._play(None if self._plays is not None else self._background_file())

    @Slot(str, str)
    def _on_sound_unreadable(self, sound: str, reason: str) -> None:
        if not sound or sound != str(self._background_file() or ""):
            return
        self.stop()
        words = texts.tr("{file} cannot be played: {reason}").format(file=Path(sound).name, reason=reason)
        self._trouble.setText(words)
        self._trouble.show()
        if self.isVisible():
            announce(self, words)
