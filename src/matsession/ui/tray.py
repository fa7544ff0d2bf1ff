"""The icon in the tray and its menu. A convenience, never the only way in: many desktops have no tray."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.programme_book import ProgrammeBook
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.app.tray_presence import TrayPresence
from matsession.domain.session import Phase, SessionView
from matsession.ui.tray_picture import DOTS, TrayState, tray_icon

_MORE_S: Final = 60
_WITHOUT: Final = ("offscreen", "minimal")
"""Qt's platforms that have no tray, and complain about an icon for one."""


class Tray(QObject):
    """Shows how far a session has come, at most twelve times in a session, and steers it."""

    open_wished = Signal()
    """The window is to come forward."""
    mat_view_wished = Signal()
    start_wished = Signal(str)
    """A session of the preset with this id, as it was last time."""
    programme_wished = Signal()
    """Today's session of the programme."""
    quit_wished = Signal()
    quiet_wished = Signal()
    """No reminder until tomorrow."""

    def __init__(
        self,
        runner: SessionRunner,
        presets: PresetLibrary,
        preferences: Preferences,
        presence: TrayPresence,
        programme: ProgrammeBook | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Steer ``runner``; tell ``presence`` whether there is a tray; offer what ``programme`` suggests."""
        super().__init__(parent)
        self._runner = runner
        self._presets = presets
        self._preferences = preferences
        self._presence = presence
        self._programme = programme
        self._icon: QSystemTrayIcon | None = None
        self._wanted = preferences.settings.tray
        self._state = TrayState()
        self._rest_line = ""
        self._quiet_offered = False
        self._build_menu()
        runner.happened.connect(self._on_runner_happened)
        runner.ticked.connect(self._on_runner_ticked)
        preferences.changed.connect(self._on_preferences_changed)
        presets.changed.connect(self._refresh)
        presence.asked.connect(self.look)
        if programme is not None:
            programme.changed.connect(self._refresh)
        QApplication.instance().aboutToQuit.connect(self.hide)  # type: ignore[union-attr]  # there is one
        self._refresh()
        self.renew()

    # -- the icon ----------------------------------------------------------------------------------

    @Slot()
    def renew(self) -> None:
        """Put the icon up anew: a tray that came after it would never see the old one."""
        self.hide()
        if not self._preferences.settings.tray or QGuiApplication.platformName() in _WITHOUT:
            return
        icon = QSystemTrayIcon(self._picture(), self)
        icon.setContextMenu(self._menu)
        icon.setToolTip(self._tool_tip())
        icon.activated.connect(self._on_icon_activated)
        icon.show()
        self._icon = icon
        self.look()

    @Slot()
    def hide(self) -> None:
        """Take it away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.setContextMenu(None)  # type: ignore[arg-type]  # the menu outlives it
            self._icon.deleteLater()
            self._icon = None
        self.look()

    @Slot()
    def look(self) -> None:
        """See whether there is a tray now; ``isVisible`` would say so in any case."""
        self._presence.there = self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """The icon, where the settings wish for one."""
        return self._icon

    @property
    def state(self) -> TrayState:
        """What it tells now."""
        return self._state

    def show_due(self, due: bool) -> None:
        """Whether a reminder waits for an answer."""
        self._show(self._state._replace(due=due))

    def tell_at_rest(self, line: str) -> None:
        """What the first line of the menu says without a session, such as the next reminder; or nothing."""
        self._rest_line = line
        self._refresh()

    def offer_quiet(self, offered: bool) -> None:
        """Whether there are reminders that could be quiet until tomorrow."""
        self._quiet_offered = offered
        self._refresh()

    def _show(self, state: TrayState) -> None:
        if state == self._state:
            return
        self._state = state
        if self._icon is not None:
            self._icon.setIcon(self._picture())
            self._icon.setToolTip(self._tool_tip())

    def _picture(self) -> QIcon:
        return tray_icon(self._state)

    def _tool_tip(self) -> str:
        view = self._runner.view()
        if view is None or view.over:
            return "MatSession"
        if view.phase is Phase.PAUSED:
            return tr("{preset}, paused").format(preset=view.plan.preset.name)
        return view.plan.preset.name

    # -- the menu ----------------------------------------------------------------------------------

    @property
    def menu(self) -> QMenu:
        """The menu; on most desktops they draw it themselves."""
        return self._menu

    def _build_menu(self) -> None:
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        self._line = self._add("", None)
        self._line.setEnabled(False)
        self._under_line = self._menu.addSeparator()
        self._start_programme = self._add("", self.programme_wished)
        self._start_last = self._add("", self._on_start_last_triggered)
        self._others = self._menu.addMenu(tr("Start another preset"))
        self._others.triggered.connect(self._on_others_triggered)
        self._pause = self._add(tr("Pause"), self._runner.toggle_pause)
        self._more = self._add(tr("1 minute more"), self._on_more_triggered)
        self._end = self._add(tr("End session"), self._runner.stop)
        self._menu.addSeparator()
        self._quiet = self._add(tr("Quiet until tomorrow"), self.quiet_wished)
        self._under_quiet = self._menu.addSeparator()
        self._mat_view = self._add(tr("Open mat view"), self.mat_view_wished)
        self._add(tr("Open MatSession"), self.open_wished)
        self._quit = self._add(tr("Quit"), self.quit_wished)

    def _add(self, words: str, slot: object) -> QAction:
        action = self._menu.addAction(words)
        if slot is not None:
            action.triggered.connect(slot)
        return action

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        if self._programme is not None:
            self._programme.follow_file()  # the command line may have told it of broken skin
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        view = self._runner.view()
        session = view if view is not None and not view.over else None
        line = self._rest_line if session is None else _line(session)
        self._line.setText(_plain(line))
        for action in (self._line, self._under_line):
            action.setVisible(bool(line))
        last = self._presets.find(self._preferences.settings.last_preset)
        if last is not None and self._presets.suitability(last).hidden:
            last = None  # it would be refused
        if last is not None:
            self._start_last.setText(_plain(self._start_words(last.id)))
        self._start_last.setVisible(session is None and last is not None)
        words = self._programme_words() if session is None else ""
        self._start_programme.setText(_plain(words))
        self._start_programme.setVisible(bool(words))
        self._others.menuAction().setVisible(session is None)
        if session is None:
            self._fill_others()
        paused = session is not None and session.phase is Phase.PAUSED
        self._pause.setText(tr("Go on") if paused else tr("Pause"))
        for action in (self._pause, self._more, self._end, self._mat_view):
            action.setVisible(session is not None)
        for action in (self._quiet, self._under_quiet):
            action.setVisible(session is None and self._quiet_offered)
        self._quit.setText(tr("Quit") if session is None else tr("Quit…"))

    def _programme_words(self) -> str:
        """Today's session of the programme; empty where there is none."""
        if self._programme is None:
            return ""
        found, preset = self._programme.suggestion(), self._programme.preset()
        if found is None or preset is None:
            return ""
        return tr("Start day {day}: {preset}, {length}").format(
            day=found.day.day, preset=preset.name, length=texts.length(found.length_s)
        )

    def _start_words(self, preset_id: str) -> str:
        preset = self._presets.get(preset_id)
        settings = self._preferences.settings
        if preset.may_wait and settings.open_end(preset.id):
            return tr("Start {preset}, open end").format(preset=preset.name)
        total_s = settings.length_s(preset.id, preset.suggested_s)
        total_s = total_s if preset.allows(total_s) else preset.suggested_s
        return tr("Start {preset}, {length}").format(preset=preset.name, length=texts.length(total_s))

    def _fill_others(self) -> None:
        wanted = [(preset.id, _plain(preset.name)) for preset in self._presets.offered]
        if wanted != [(action.data(), action.text()) for action in self._others.actions()]:
            self._others.clear()
            for preset_id, name in wanted:
                self._others.addAction(name).setData(preset_id)

    # -- what happens ------------------------------------------------------------------------------

    @Slot(object)
    def _on_runner_happened(self, _event: object) -> None:
        self._refresh()

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if view.over:
            state = TrayState(due=self._state.due)
        else:
            lit = 0 if view.plan.waits_for_person else int(DOTS * view.elapsed_s / view.plan.total_s)
            state = TrayState(lit, view.phase is Phase.PAUSED, self._state.due)
        self._show(state)

    @Slot()
    def _on_preferences_changed(self) -> None:
        if self._preferences.settings.tray != self._wanted:
            self._wanted = self._preferences.settings.tray
            self.renew()
        self._refresh()

    @Slot()
    def _on_start_last_triggered(self) -> None:
        self.start_wished.emit(self._preferences.settings.last_preset)

    @Slot(QAction)
    def _on_others_triggered(self, action: QAction) -> None:
        self.start_wished.emit(action.data())

    @Slot()
    def _on_more_triggered(self) -> None:
        self._runner.extend(_MORE_S)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_wished.emit()


def _plain(words: str) -> str:
    """As they are: an ampersand is no key."""
    return words.replace("&", "&&")


def _line(view: SessionView) -> str:
    name = view.plan.preset.name
    if view.in_preparation:
        return tr("{preset}, settling in").format(preset=name)
    if view.plan.waits_for_person:
        return tr("{preset}, {so_far} so far").format(preset=name, so_far=texts.clock(view.elapsed_s))
    return tr("{preset}, {left} left").format(preset=name, left=texts.clock(view.left_s))
