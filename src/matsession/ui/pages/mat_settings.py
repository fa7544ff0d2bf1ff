"""The card of the windows that show a session: mat view and mini window."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.setting_changes import SettingChanges
from matsession.domain.preset_settings import Brightness
from matsession.ui.screens import screen_words
from matsession.ui.widgets.segment import Segment
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.switch import Switch


class MatSettings(SettingsCard):
    """Mat view at Start, its screen, turn and brightness, the dawn; the mini window."""

    def __init__(self, changes: SettingChanges, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``."""
        super().__init__(texts.tr("Mat view and mini window"), parent)
        self._changes = changes
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._at_start = Switch(texts.tr("Mat view opens at Start"))
        self.add_row(
            texts.tr("Mat view opens at Start"),
            self._at_start,
            texts.tr("Large, dim digits on the whole screen. F11 opens it during a session."),
        )
        self._screen = SettingChoice(texts.tr("Screen of the mat view"))
        self._screen_row = self.add_row(texts.tr("Screen of the mat view"), self._screen)
        self._turns = Segment(texts.tr("Turn the mat view"), [f"{90 * turns}°" for turns in range(4)])
        self.add_row(texts.tr("Turn the mat view"), self._turns, texts.tr("R turns it as well."))
        self._brightness = SettingChoice(texts.tr("Brightness of the mat view"))
        self.add_row(texts.tr("Brightness of the mat view"), self._brightness)
        self._dawn = Switch(texts.tr("Dawn at the end"))
        self.add_row(
            texts.tr("Dawn at the end"),
            self._dawn,
            texts.tr("In the last minute the mat view slowly becomes warm white."),
        )
        self._on_top = Switch(texts.tr("Mini window stays on top"))
        self.add_row(texts.tr("Mini window stays on top"), self._on_top)

    def _connect(self) -> None:
        self._at_start.toggled.connect(self._on_at_start_toggled)
        self._screen.chosen.connect(self._on_screen_chosen)
        self._turns.picked.connect(self._on_turns_picked)
        self._brightness.chosen.connect(self._on_brightness_chosen)
        self._dawn.toggled.connect(self._on_dawn_toggled)
        self._on_top.toggled.connect(self._on_on_top_toggled)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        self._at_start.show_checked(settings.mat_at_start)
        self._offer_screens(settings.mat_screen)
        self._turns.show_chosen(settings.mat_turns)
        levels = [
            (Brightness.BRIGHT.value, texts.tr("Bright")),
            (Brightness.MEDIUM.value, texts.tr("Medium")),
            (Brightness.DIM.value, texts.tr("Dim")),
        ]
        self._brightness.offer(levels, settings.mat_brightness)
        self._dawn.show_checked(settings.dawn)
        self._on_top.show_checked(settings.mini_on_top)

    def _offer_screens(self, chosen: str) -> None:
        offered = [("", texts.tr("Where the window is"))]
        offered += [(screen.name(), screen_words(screen)) for screen in QGuiApplication.screens()]
        missing = chosen not in [name for name, _ in offered]
        if missing:
            offered.append((chosen, texts.tr("{screen}, not connected").format(screen=chosen)))
        self._screen.offer(offered, chosen)
        hint = texts.tr("Until it is connected, the mat view opens where the window is.")
        self._screen_row.show_hint(hint if missing else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Screens come and go."""
        super().showEvent(event)
        self._offer_screens(self._changes.settings.mat_screen)

    @Slot(bool)
    def _on_at_start_toggled(self, checked: bool) -> None:
        self._changes.change(mat_at_start=checked)

    @Slot(object)
    def _on_screen_chosen(self, name: str) -> None:
        self._changes.change(mat_screen=name)

    @Slot()
    def _on_turns_picked(self) -> None:
        self._changes.change(mat_turns=self._turns.chosen())

    @Slot(object)
    def _on_brightness_chosen(self, level: str) -> None:
        self._changes.change(mat_brightness=level)

    @Slot(bool)
    def _on_dawn_toggled(self, checked: bool) -> None:
        self._changes.change(dawn=checked)

    @Slot(bool)
    def _on_on_top_toggled(self, checked: bool) -> None:
        self._changes.change(mini_on_top=checked)
