"""The card of the voice: whether it speaks, which one, and how fast."""

from pathlib import Path

from PySide6.QtCore import QLocale, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from matsession.app import texts
from matsession.app.ports import FASTEST, SLOWEST, ChimePlayer
from matsession.app.setting_changes import SettingChanges
from matsession.app.voice import Voice
from matsession.domain.preset_settings import VoiceWish
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign
from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard


class VoiceSettings(SettingsCard):
    """Wish, voice, pace, a sample, and how it stands."""

    def __init__(
        self, changes: SettingChanges, voice: Voice, sound: ChimePlayer, parent: QWidget | None = None
    ) -> None:
        """Change settings by ``changes``; samples of ``voice`` are heard by ``sound``."""
        super().__init__(texts.tr("Voice"), parent)
        self._changes = changes
        self._voice = voice
        self._sound = sound
        self._waiting = False
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._wish = SettingChoice(texts.tr("Speak the steps"))
        self.add_row(texts.tr("Speak the steps"), self._wish)
        self._which = SettingChoice(texts.tr("Voice"))
        self.add_row(texts.tr("Voice"), self._which)
        self._speed = LevelSlider(texts.tr("Pace"), round(100 * SLOWEST), round(100 * FASTEST), 10, _pace)
        self.add_row(texts.tr("Pace"), self._speed)
        self._sample = Button(texts.tr("Hear a sample"), ButtonKind.SECONDARY, Sign.PLAY)
        self._status = Label(style=TextStyle.CAPTION, tone="text2")
        line = QHBoxLayout()
        line.addWidget(self._sample)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self._status)

    def _connect(self) -> None:
        self._wish.chosen.connect(self._on_wish_chosen)
        self._which.chosen.connect(self._on_which_chosen)
        self._speed.chosen.connect(self._on_speed_chosen)
        self._sample.clicked.connect(self._on_sample_clicked)
        self._voice.changed.connect(self._on_voice_changed)
        self._voice.sample_ready.connect(self._on_voice_sample_ready)
        self._voice.sample_failed.connect(self._on_voice_sample_failed)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        wishes = [
            (VoiceWish.AS_FITS.value, texts.tr("With a natural voice")),
            (VoiceWish.ON.value, texts.tr("Always")),
            (VoiceWish.OFF.value, texts.tr("Never")),
        ]
        self._wish.offer(wishes, settings.voice)
        self._offer_voices(settings.voice_id)
        self._speed.show_value(round(100 * settings.voice_speed))
        found = bool(self._voice.voices)
        for control in (self._which, self._speed, self._sample):
            control.setEnabled(found)
        self._tell_status()

    def _offer_voices(self, chosen: str) -> None:
        named = texts.tr("{voice} ({language})")
        offered = [
            ("", texts.tr("The best there is")),
            *(
                (each.id, named.format(voice=each.name, language=each.language))
                for each in self._voice.voices
            ),
        ]
        if chosen not in [each for each, _ in offered]:
            offered.append((chosen, texts.tr("The chosen one, not found")))
        self._which.offer(offered, chosen)

    def _tell_status(self) -> None:
        if self._waiting:
            words = texts.tr("The sample is being made.")
        elif self._voice.wanted_count or self._voice.problem_told() or not self._voice.enabled:
            words = self._voice.status()
        else:
            words = texts.tr("Its lines are made when a session is chosen.")
        self._status.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        """A voice may have been installed since."""
        super().showEvent(event)
        if not self._voice.voices:
            self._voice.look()

    @Slot(object)
    def _on_wish_chosen(self, wish: str) -> None:
        self._changes.change(voice=wish)

    @Slot(object)
    def _on_which_chosen(self, voice_id: str) -> None:
        self._changes.change(voice_id=voice_id)

    @Slot(int)
    def _on_speed_chosen(self, value: int) -> None:
        self._changes.change(voice_speed=value / 100)

    @Slot()
    def _on_sample_clicked(self) -> None:
        settings = self._changes.settings
        known = [voice.id for voice in self._voice.voices]
        if known:
            self._waiting = True
            self._sound.prepare()
            chosen = settings.voice_id if settings.voice_id in known else known[0]
            self._voice.sample(chosen, settings.voice_speed)
            self._tell_status()

    @Slot()
    def _on_voice_changed(self) -> None:
        self.refresh()

    @Slot(object)
    def _on_voice_sample_ready(self, path: Path) -> None:
        if self._waiting:
            self._waiting = False
            self._sound.preview(path, 1.0)
            self._tell_status()

    @Slot()
    def _on_voice_sample_failed(self) -> None:
        if self._waiting:
            self._waiting = False
            words = texts.tr("This voice could not speak. Another one may.")
            self._status.setText(words)
            announce(self, words)


def _pace(value: int) -> str:
    return texts.tr("{pace} ×").format(pace=QLocale().toString(value / 100, "f", 1))
