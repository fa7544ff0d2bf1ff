"""The settings that a preset brings along: each as in Settings, or one of its own."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.setting_words import setting
from matsession.app.voice import Voice
from matsession.domain.guidance import ChimeName
from matsession.domain.order import PREPARATION_MAX_S
from matsession.domain.preset_settings import Brightness, PresetSettings, VoiceWish
from matsession.domain.settings import Settings
from matsession.ui.chime_words import SET_BY_PERSON, chime_name
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import SettingRow, rule
from matsession.ui.widgets.sound_file_dialog import ask_for_sound

_PREPARATIONS_S: Final = (0, 10, 20, 30, 45, 60, 90, 120, 180, 240, PREPARATION_MAX_S)
_INTERVALS_MIN: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
_WARNINGS_S: Final = (0, 30, 60, 120)
_LEVELS: Final = tuple(each / 10 for each in range(11))
_SPEEDS: Final = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0)
_OWN: Final = "own file"
"""Stands in a list for the wish to choose a file."""

_ENUMS: Final[dict[str, type[StrEnum]]] = {"voice": VoiceWish, "mat_brightness": Brightness}


class PresetSettingsForm(Group):
    """Rows with a list each; the first entry of a list is always "As in Settings", with what that is now."""

    edited = Signal(object, str)
    """The ``PresetSettings`` that come of it, and the name of the setting."""

    def __init__(self, voice: Voice, parent: QWidget | None = None) -> None:
        """Offer the voices of ``voice``."""
        super().__init__(texts.tr("Settings of this preset"), parent)
        self._voice = voice
        self._brought = PresetSettings()
        self._usual = Settings()
        self._lists: dict[str, SettingChoice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(2))
        self._asked = ""
        self._shown: object = None
        self._build()

    def _build(self) -> None:
        self._head(texts.tr("Before and during the session"))
        for name in ("preparation_s", "interval_min", "warning_s", "hearing_check", "doze_guard"):
            self._row(name, setting(name))
        self._head(texts.tr("Voice and breathing"))
        self._row("pacer", texts.tr("Breathing pacer"), texts.tr("Off: no step is paced."))
        for name in ("voice", "voice_id", "voice_speed"):
            self._row(name, setting(name))
        self._head(texts.tr("Background"))
        for name in ("background", "background_level"):
            self._row(name, setting(name))
        self._head(texts.tr("Mat view and screen"))
        for name in (
            "mat_at_start",
            "mat_turns",
            "mat_brightness",
            "dawn",
            "keep_screen_on",
            "pause_players",
        ):
            self._row(name, setting(name))
        self._head(texts.tr("Sounds"))
        for chime in SET_BY_PERSON:
            name = chime_name(chime)
            self._row(f"levels/{chime}", texts.tr("Level of {sound}").format(sound=name))
            self._row(f"own_sounds/{chime}", texts.tr("Sound of {sound}").format(sound=name))

    def _head(self, words: str) -> None:
        heading = Heading(words, TextStyle.H3)
        heading.setContentsMargins(0, u(12), 0, u(2))
        self._column.addWidget(heading)

    def _row(self, name: str, words: str, hint: str = "") -> None:
        offered = SettingChoice(words)
        offered.setObjectName(name)
        offered.chosen.connect(self._on_list_chosen)
        self._lists[name] = offered
        self._column.addWidget(SettingRow(words, offered, hint))
        self._column.addWidget(rule())

    # -- what is shown -----------------------------------------------------------------------------------

    def show_settings(self, brought: PresetSettings, usual: Settings, *, writable: bool) -> None:
        """Show what the preset brings along beside the settings there are."""
        shown = (brought, usual, writable, tuple(self._voice.voices))
        if shown == self._shown:
            return
        self._shown = shown
        self._brought, self._usual = brought, usual
        for name, offered in self._lists.items():
            chosen, values = self._chosen(name), self._offered(name)
            if chosen not in [value for value, _ in values]:
                values.append((chosen, self._words(name, chosen)))
            offered.offer(values, chosen)
            offered.setEnabled(writable)

    def _chosen(self, name: str) -> Any:
        field, _, chime = name.partition("/")
        value = getattr(self._brought, field)
        return dict(value).get(ChimeName(chime)) if chime else value

    def _as_in_settings(self, name: str) -> str:
        field, _, chime = name.partition("/")
        if field == "pacer":
            return texts.tr("As the steps say")
        value = getattr(self._usual, field)
        if chime:
            value = value.get(chime, 1.0 if field == "levels" else "")
        if field in ("voice_id", "own_sounds"):
            return texts.tr("As in Settings")
        return texts.tr("As in Settings: {value}").format(value=self._words(name, value))

    def _offered(self, name: str) -> list[tuple[Any, str]]:
        field = name.partition("/")[0]
        values: Sequence[Any]
        match field:
            case "preparation_s":
                values = _PREPARATIONS_S
            case "interval_min":
                values = _INTERVALS_MIN
            case "warning_s":
                values = _WARNINGS_S
            case "voice":
                values = (VoiceWish.ON, VoiceWish.OFF, VoiceWish.AS_FITS)
            case "voice_id":
                values = ("", *(voice.id for voice in self._voice.voices))
            case "voice_speed":
                values = _SPEEDS
            case "background":
                values = ("", "rain", "surf", "noise", _OWN)
            case "background_level" | "levels":
                values = _LEVELS
            case "own_sounds":
                values = ("", _OWN)
            case "mat_turns":
                values = (0, 1, 2, 3)
            case "mat_brightness":
                values = (Brightness.BRIGHT, Brightness.MEDIUM, Brightness.DIM)
            case "pacer":
                values = (False,)
            case _:
                values = (True, False)
        return [(None, self._as_in_settings(name)), *((value, self._words(name, value)) for value in values)]

    def _words(self, name: str, value: Any) -> str:
        match name.partition("/")[0]:
            case "preparation_s":
                return texts.length(value) if value else texts.tr("None")
            case "interval_min":
                return (
                    texts.tr("Every {time}").format(time=texts.length(value * 60))
                    if value
                    else texts.tr("Off")
                )
            case "warning_s":
                return (
                    texts.tr("{time} before").format(time=texts.length(value)) if value else texts.tr("Off")
                )
            case "voice":
                return {
                    VoiceWish.ON: texts.tr("On"),
                    VoiceWish.OFF: texts.tr("Off"),
                    VoiceWish.AS_FITS: texts.tr("By a natural voice only"),
                }[VoiceWish(value)]
            case "voice_id":
                names = {voice.id: voice.name for voice in self._voice.voices}
                return names.get(value, value) if value else texts.tr("The best there is")
            case "voice_speed" | "background_level" | "levels":
                return texts.tr("{value} %").format(value=round(100 * value))
            case "background":
                built_in = {
                    "": texts.tr("None"),
                    "rain": texts.tr("Rain"),
                    "surf": texts.tr("Low surf"),
                    "noise": texts.tr("Soft noise"),
                    _OWN: texts.tr("Own file…"),
                }
                return built_in.get(value, Path(value).name)
            case "own_sounds":
                return {"": texts.tr("Built-in"), _OWN: texts.tr("Own file…")}.get(value, Path(value).name)
            case "mat_turns":
                return f"{90 * value}°"
            case "mat_brightness":
                return {
                    Brightness.BRIGHT: texts.tr("Bright"),
                    Brightness.MEDIUM: texts.tr("Medium"),
                    Brightness.DIM: texts.tr("Dim"),
                }[Brightness(value)]
            case _:
                return texts.tr("On") if value else texts.tr("Off")

    # -- what a person does ------------------------------------------------------------------------------

    @Slot(object)
    def _on_list_chosen(self, value: Any) -> None:
        name = self.sender().objectName()
        if value == _OWN:
            self._ask_for_file(name)
        else:
            self._tell(name, value)

    def _tell(self, name: str, value: Any) -> None:
        field, _, chime = name.partition("/")
        if chime:
            values = dict(getattr(self._brought, field))
            values.pop(ChimeName(chime), None)
            if value is not None:
                values[ChimeName(chime)] = value
            value = tuple((each, values[each]) for each in ChimeName if each in values)
        elif value is not None and field in _ENUMS:
            value = _ENUMS[field](value)  # Qt makes plain texts of them
        self.edited.emit(self._brought._replace(**{field: value}), name)

    def _ask_for_file(self, name: str) -> None:
        before = self._chosen(name) or ""
        dialog = ask_for_sound(self, before if isinstance(before, str) and "/" in before else "")
        self._asked = name
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.finished.connect(self._on_dialog_finished)

    @Slot(str)
    def _on_dialog_file_selected(self, file: str) -> None:
        self._tell(self._asked, file)

    @Slot()
    def _on_dialog_finished(self) -> None:
        """Where no file was chosen the list shows again what it was."""
        name = self._asked
        self._lists[name].setCurrentIndex(max(0, self._lists[name].findData(self._chosen(name))))
