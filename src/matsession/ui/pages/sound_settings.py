"""The card of sound: how loud, where, and each sound by itself."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.ports import ChimePlayer
from matsession.app.setting_changes import SettingChanges
from matsession.domain.guidance import ChimeName
from matsession.ui.announce import announce
from matsession.ui.chime_words import SET_BY_PERSON
from matsession.ui.drawing import Sign
from matsession.ui.pages.sound_row import SoundRow
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import rule
from matsession.ui.widgets.settings_card import SettingsCard


class SoundSettings(SettingsCard):
    """Volume, output, a test, and behind a button the single sounds."""

    def __init__(self, changes: SettingChanges, sound: ChimePlayer, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``; let them be heard by ``sound``."""
        super().__init__(texts.tr("Sound"), parent)
        self._changes = changes
        self._sound = sound
        self._rows_of_sounds: list[SoundRow] = []
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._volume = LevelSlider(texts.tr("Volume"))
        self._volume_row = self.add_row(texts.tr("Volume"), self._volume)
        self._output = SettingChoice(texts.tr("Output"))
        self._output_row = self.add_row(texts.tr("Output"), self._output)
        self._test = Button(texts.tr("Play a test chime"), ButtonKind.SECONDARY, Sign.PLAY)
        self._each = Button(
            texts.tr("Show each sound"), ButtonKind.QUIET, texts_to_come=(texts.tr("Hide each sound"),)
        )
        self._outcome = Label(style=TextStyle.CAPTION, tone="text2")
        self._outcome.hide()
        for button in (self._test, self._each):
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            self.column.addLayout(line)
            if button is self._test:
                self.column.addWidget(self._outcome)
        self._sounds = QWidget()
        self._sounds_column = QVBoxLayout(self._sounds)
        self._sounds_column.setContentsMargins(0, 0, 0, 0)
        self._sounds_column.setSpacing(u(4))
        self._sounds.hide()
        self.column.addWidget(self._sounds)

    def _connect(self) -> None:
        self._volume.chosen.connect(self._on_volume_chosen)
        self._output.chosen.connect(self._on_output_chosen)
        self._test.clicked.connect(self._on_test_clicked)
        self._each.clicked.connect(self._on_each_clicked)
        self._sound.on_outputs_changed(self._on_sound_outputs_changed)
        self._sound.on_unreadable(self._on_sound_unreadable)

    def focus_first(self) -> None:
        """Begin at the volume."""
        self._volume.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        name = self._sound.output_name()
        self._volume.show_value(round(100 * settings.volume_for(name)))
        self._volume_row.show_hint(texts.tr("Kept for {output}").format(output=name) if name else "")
        self._offer_outputs(settings.output, name)
        for row in self._rows_of_sounds:
            row.refresh()

    def _offer_outputs(self, chosen: str, now: str) -> None:
        offered = [
            ("", texts.tr("Same as system")),
            *((each.id, each.name) for each in self._sound.outputs()),
        ]
        if chosen not in [each for each, _ in offered]:
            offered.append((chosen, texts.tr("The chosen one, not connected")))
        self._output.offer(offered, chosen)
        self._output_row.show_hint(texts.tr("Plays on {output}").format(output=now) if now else "")

    @Slot(int)
    def _on_volume_chosen(self, value: int) -> None:
        name = self._sound.output_name()
        if not name:
            self._changes.change(volume=value / 100)
            return
        self._changes.change(volume_by_output={**self._changes.settings.volume_by_output, name: value / 100})

    @Slot(object)
    def _on_output_chosen(self, output_id: str) -> None:
        self._changes.change(output=output_id)

    @Slot()
    def _on_test_clicked(self) -> None:
        self._sound.prepare()
        heard = self._sound.play(ChimeName.CLOSE)
        problem = self._sound.problem()
        if problem is not None:
            words = texts.sound_problem(problem)
        elif heard:
            words = texts.tr("The end chime plays now.")
        else:
            words = texts.tr("The chime could not be played.")
        self._outcome.setText(words)
        self._outcome.show()
        announce(self, words)

    @Slot()
    def _on_each_clicked(self) -> None:
        if not self._rows_of_sounds:
            self._rows_of_sounds = [SoundRow(chime, self._changes, self._sound) for chime in SET_BY_PERSON]
            for row in self._rows_of_sounds:
                if row is not self._rows_of_sounds[0]:
                    self._sounds_column.addWidget(rule())
                self._sounds_column.addWidget(row)
        opened = self._sounds.isHidden()
        self._sounds.setVisible(opened)
        self._each.show_text(texts.tr("Hide each sound") if opened else texts.tr("Show each sound"), None)

    @Slot()
    def _on_sound_outputs_changed(self) -> None:
        self.refresh()

    @Slot(str, str)
    def _on_sound_unreadable(self, sound: str, reason: str) -> None:
        own = self._changes.settings.own_sounds
        if sound not in own and sound not in own.values():
            return
        if self._sounds.isHidden():
            self._on_each_clicked()
        for row in self._rows_of_sounds:
            if sound in (row.chime, own.get(row.chime)):
                row.tell_unreadable(reason)
