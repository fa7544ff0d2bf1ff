"""The card of what happens during a session besides its steps."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.setting_changes import SettingChanges
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.switch import Switch

INTERVALS_MIN: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
WARNINGS_S: Final = (0, 30, 60, 120)


class SessionSettings(SettingsCard):
    """Interval chimes, a warning, the returning wake chime, and one button for everything."""

    def __init__(self, changes: SettingChanges, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``."""
        super().__init__(texts.tr("During the session"), parent)
        self._changes = changes
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._interval = SettingChoice(texts.tr("Interval chime"))
        self.add_row(texts.tr("Interval chime"), self._interval, texts.tr("Besides the chimes of the steps."))
        self._warning = SettingChoice(texts.tr("Chime before the end"))
        self.add_row(texts.tr("Chime before the end"), self._warning)
        self._hearing = Switch(texts.tr("Hearing check"))
        self.add_row(
            texts.tr("Hearing check"),
            self._hearing,
            texts.tr("While you settle in, the end chime plays once, as loud as it will be."),
        )
        self._doze = Switch(texts.tr("Wake chime returns if I don't react"))
        self.add_row(
            texts.tr("Wake chime returns if I don't react"),
            self._doze,
            texts.tr("2, 4 and 8 minutes after the end, a little louder each time. Any key stops it."),
        )
        self._ceiling = LevelSlider(texts.tr("Loudest wake chime"))
        self.add_row(texts.tr("At the loudest"), self._ceiling)
        self._one_button = Switch(texts.tr("One button for everything"))
        self.add_row(
            texts.tr("One button for everything"),
            self._one_button,
            texts.tr(
                "Space, Enter, a presenter or a click anywhere: once tells the time left, twice pauses or "
                "goes on, held for a second ends."
            ),
        )

        self._programme = Switch(texts.tr("Two gentle weeks on the session page"))
        self.add_row(
            texts.tr("Two gentle weeks on the session page"),
            self._programme,
            texts.tr("Fourteen days in small steps, for the first time or after a break."),
        )

    def _connect(self) -> None:
        self._interval.chosen.connect(self._on_interval_chosen)
        self._warning.chosen.connect(self._on_warning_chosen)
        self._hearing.toggled.connect(self._on_hearing_toggled)
        self._doze.toggled.connect(self._on_doze_toggled)
        self._ceiling.chosen.connect(self._on_ceiling_chosen)
        self._programme.toggled.connect(self._on_programme_toggled)
        self._one_button.toggled.connect(self._on_one_button_toggled)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        every = texts.tr("Every {time}")
        interval_min, warning_s = settings.interval_min, settings.warning_s
        self._interval.offer(_times(INTERVALS_MIN, interval_min, every, 60), interval_min)
        before = texts.tr("{time} before")
        self._warning.offer(_times(WARNINGS_S, warning_s, before, 1), warning_s)
        self._hearing.show_checked(settings.hearing_check)
        self._doze.show_checked(settings.doze_guard)
        self._ceiling.show_value(round(100 * settings.doze_ceiling))
        self._ceiling.setEnabled(settings.doze_guard)
        self._one_button.show_checked(settings.one_button)
        self._programme.show_checked(settings.programme_shown)

    @Slot(object)
    def _on_interval_chosen(self, minutes: int) -> None:
        self._changes.change(interval_min=minutes)

    @Slot(object)
    def _on_warning_chosen(self, seconds: int) -> None:
        self._changes.change(warning_s=seconds)

    @Slot(bool)
    def _on_hearing_toggled(self, checked: bool) -> None:
        self._changes.change(hearing_check=checked)

    @Slot(bool)
    def _on_doze_toggled(self, checked: bool) -> None:
        self._changes.change(doze_guard=checked)

    @Slot(int)
    def _on_ceiling_chosen(self, value: int) -> None:
        self._changes.change(doze_ceiling=value / 100)

    @Slot(bool)
    def _on_programme_toggled(self, checked: bool) -> None:
        self._changes.change(programme_shown=checked)

    @Slot(bool)
    def _on_one_button_toggled(self, checked: bool) -> None:
        self._changes.change(one_button=checked)


def _times(values: Sequence[int], chosen: int, pattern: str, seconds: int) -> list[tuple[int, str]]:
    """Times in units of ``seconds``, with the chosen one though it is none of them."""
    return [
        (value, pattern.format(time=texts.length(value * seconds)) if value else texts.tr("Off"))
        for value in sorted({*values, chosen})
    ]
