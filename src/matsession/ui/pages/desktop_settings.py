"""The card of how the program lives with the rest of the desktop."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.ports import Autostart
from matsession.app.setting_changes import SettingChanges
from matsession.domain.settings import CloseWish
from matsession.ui.widgets.login_switch import LoginSwitch
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.switch import Switch


class DesktopSettings(SettingsCard):
    """Start at login, the tray, the screen, and other players."""

    def __init__(self, changes: SettingChanges, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``; start at login is the system's own, by ``autostart``."""
        super().__init__(texts.tr("Desktop"), parent)
        self._changes = changes
        self._autostart = autostart
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._login = LoginSwitch(self._autostart)
        row = self.add_row(texts.tr("Start at login"), self._login)
        self._login.told.connect(row.show_hint)
        self._tray = Switch(texts.tr("Icon in the tray"))
        self.add_row(
            texts.tr("Icon in the tray"),
            self._tray,
            texts.tr("Where the desktop has a tray, closing the window hides it there."),
        )
        self._closing = SettingChoice(texts.tr("Closing without the tray"))
        self.add_row(
            texts.tr("Closing without the tray"),
            self._closing,
            texts.tr("Reminders come only while MatSession runs, minimised too."),
        )
        self._screen = Switch(texts.tr("Keep the screen on"))
        self.add_row(
            texts.tr("Keep the screen on"),
            self._screen,
            texts.tr("While a session runs. The computer itself stays awake then in any case."),
        )
        self._players = Switch(texts.tr("Pause other players"))
        self.add_row(
            texts.tr("Pause other players"),
            self._players,
            texts.tr("Music and films pause at Start and go on after the end."),
        )

    def _connect(self) -> None:
        self._tray.toggled.connect(self._on_tray_toggled)
        self._closing.chosen.connect(self._on_closing_chosen)
        self._screen.toggled.connect(self._on_screen_toggled)
        self._players.toggled.connect(self._on_players_toggled)

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        self._tray.show_checked(settings.tray)
        self._closing.offer(
            [
                (CloseWish.ASK, texts.tr("Ask")),
                (CloseWish.MINIMISE, texts.tr("Minimise")),
                (CloseWish.QUIT, texts.tr("Quit")),
            ],
            CloseWish(settings.close_without_tray),
        )
        self._screen.show_checked(settings.keep_screen_on)
        self._players.show_checked(settings.pause_players)

    @Slot(bool)
    def _on_tray_toggled(self, checked: bool) -> None:
        self._changes.change(tray=checked)

    @Slot(object)
    def _on_closing_chosen(self, chosen: str) -> None:
        self._changes.change(close_without_tray=str(chosen))

    @Slot(bool)
    def _on_screen_toggled(self, checked: bool) -> None:
        self._changes.change(keep_screen_on=checked)

    @Slot(bool)
    def _on_players_toggled(self, checked: bool) -> None:
        self._changes.change(pause_players=checked)
