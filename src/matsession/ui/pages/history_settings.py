"""The card of how the history counts: when a day turns, days in a row, and days off."""

from PySide6.QtCore import QLocale, QTime, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.setting_changes import SettingChanges
from matsession.domain.settings import SettingError
from matsession.domain.week import LATEST_DAY_TURN_MIN, Weekday
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import rule
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.weekday_choice import WeekdayChoice


class HistorySettings(SettingsCard):
    """What a session after midnight belongs to, and what breaks a run of days."""

    def __init__(self, changes: SettingChanges, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``."""
        super().__init__(texts.tr("Days in the history"), parent)
        self._changes = changes
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._turn = SettingChoice(texts.tr("The day turns at"))
        self.add_row(
            texts.tr("The day turns at"),
            self._turn,
            texts.tr("A session before that belongs to the day before."),
        )
        self._streak = Switch(texts.tr("Count days in a row"))
        self.add_row(texts.tr("Count days in a row"), self._streak)
        self._days = WeekdayChoice(texts.tr("Days off"))
        self._hint = Label(
            texts.tr("Without a session on them a run of days goes on."), TextStyle.CAPTION, "text3"
        )
        self._trouble = Label(style=TextStyle.CAPTION, tone="danger")
        self._trouble.hide()
        self.column.addWidget(rule())
        self.column.addSpacing(u(6))
        for widget in (Label(texts.tr("Days off")), self._hint, self._days, self._trouble):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self._turn.chosen.connect(self._on_turn_chosen)
        self._streak.toggled.connect(self._on_streak_toggled)
        self._days.picked.connect(self._on_days_picked)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        offered = sorted({*range(0, LATEST_DAY_TURN_MIN + 1, 60), settings.day_turn_min})
        self._turn.offer([(minutes, _clock(minutes)) for minutes in offered], settings.day_turn_min)
        self._streak.show_checked(settings.show_streak)
        self._days.show_chosen({Weekday(name) for name, off in settings.rest_weekdays.items() if off})
        self._days.setEnabled(settings.show_streak)
        self._trouble.hide()

    @Slot(object)
    def _on_turn_chosen(self, minutes: int) -> None:
        self._changes.change(day_turn_min=minutes)

    @Slot(bool)
    def _on_streak_toggled(self, checked: bool) -> None:
        self._changes.change(show_streak=checked)

    @Slot(object)
    def _on_days_picked(self, days: frozenset[Weekday]) -> None:
        chosen = {day.value: True for day in Weekday if day in days}
        try:
            self._changes.change(rest_weekdays=chosen)
        except SettingError:
            self.refresh()
            words = texts.tr("One day of the week has to be left.")
            self._trouble.setText(words)
            self._trouble.show()
            self._days.setAccessibleDescription(words)
            announce(self, words)
        else:
            self._days.setAccessibleDescription(self._hint.text())


def _clock(minutes: int) -> str:
    return QLocale().toString(QTime(minutes // 60, minutes % 60), QLocale.FormatType.ShortFormat)
