"""The pages of the navigation: which there are, in which order, and how each is made when first opened."""

from enum import IntEnum
from typing import TYPE_CHECKING, assert_never

from PySide6.QtGui import QKeySequence

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.ui.drawing import Sign
from matsession.ui.pages.session_page import SessionPage

if TYPE_CHECKING:
    from matsession.ui.main_window import MainWindow
    from matsession.ui.pages.evidence_page import EvidencePage
    from matsession.ui.pages.history_page import HistoryPage
    from matsession.ui.pages.presets_page import PresetsPage
    from matsession.ui.pages.reminders_page import RemindersPage
    from matsession.ui.pages.settings_page import SettingsPage

    MainPage = SessionPage | HistoryPage | RemindersPage | PresetsPage | EvidencePage | SettingsPage


class Page(IntEnum):
    """A page of the navigation, in the order of its rows."""

    SESSION = 0
    HISTORY = 1
    REMINDERS = 2
    PRESETS = 3
    EVIDENCE = 4
    SETTINGS = 5

    @property
    def title(self) -> str:
        """What the navigation calls it."""
        match self:
            case Page.SESSION:
                return texts.tr("Session")
            case Page.HISTORY:
                return texts.tr("History")
            case Page.REMINDERS:
                return texts.tr("Reminders")
            case Page.PRESETS:
                return texts.tr("Presets")
            case Page.EVIDENCE:
                return texts.tr("Evidence & safety")
            case Page.SETTINGS:
                return texts.tr("Settings")

    @property
    def sign(self) -> Sign:
        """Its sign there."""
        return _SIGNS[self]

    @property
    def key(self) -> QKeySequence:
        """What leads to it from every other."""
        return QKeySequence(f"Ctrl+{self + 1}")


_SIGNS = {
    Page.SESSION: Sign.SESSION,
    Page.HISTORY: Sign.HISTORY,
    Page.REMINDERS: Sign.BELL,
    Page.PRESETS: Sign.PRESETS,
    Page.EVIDENCE: Sign.SHIELD,
    Page.SETTINGS: Sign.SETTINGS,
}


def make_page(
    page: Page, window: "MainWindow", presets: PresetLibrary, preferences: Preferences
) -> "MainPage":
    """The page, connected with the window it is for."""
    match page:
        case Page.SESSION:
            return _session_page(window, presets, preferences)
        case Page.HISTORY:
            return _history_page(window, presets, preferences)
        case Page.REMINDERS:
            return _reminders_page(window, presets, preferences)
        case Page.PRESETS:
            return _presets_page(window, preferences)
        case Page.EVIDENCE:
            return _evidence_page(window, presets)
        case Page.SETTINGS:
            return _settings_page(window, presets)
        case _:
            assert_never(page)


def _session_page(window: "MainWindow", presets: PresetLibrary, preferences: Preferences) -> SessionPage:
    page = SessionPage(presets, preferences)
    page.parts_wished.connect(window.equip)
    page.mat_requested.connect(window.open_mat_view)
    page.notice_wished.connect(window.tell)
    page.answers_requested.connect(window.show_answers)
    return page


def _history_page(window: "MainWindow", presets: PresetLibrary, preferences: Preferences) -> "HistoryPage":
    from matsession.ui.pages.history_page import HistoryPage

    parts = window.equip()
    page = HistoryPage(
        parts.book, parts.files, parts.keeping, parts.journal, parts.runner, presets, preferences
    )
    page.session_requested.connect(window.go_to_session)
    page.notice_wished.connect(window.tell)
    return page


def _reminders_page(
    window: "MainWindow", presets: PresetLibrary, preferences: Preferences
) -> "RemindersPage":
    from matsession.ui.pages.reminders_page import RemindersPage

    parts = window.equip()
    page = RemindersPage(parts.reminders, presets, preferences, parts.autostart, parts.tray.ask)
    page.notice_wished.connect(window.tell)
    page.settings_requested.connect(window.go_to_settings)
    return page


def _evidence_page(window: "MainWindow", presets: PresetLibrary) -> "EvidencePage":
    from matsession.ui.pages.evidence_page import EvidencePage
    from matsession.ui.web_address import open_address

    page = EvidencePage(presets.guidance, window.equip().evidence, open_address)
    page.notice_wished.connect(window.tell)
    page.notes_requested.connect(window.show_notes)
    page.answers_requested.connect(window.show_answers)
    return page


def _presets_page(window: "MainWindow", preferences: Preferences) -> "PresetsPage":
    from matsession.ui.pages.presets_page import PresetsPage

    parts = window.equip()
    page = PresetsPage(parts.presets(), parts.try_out(), preferences, parts.voice, parts.speaker)
    page.notice_wished.connect(window.tell)
    page.title_changed.connect(window.show_title)
    page.left.connect(window.close_after_leaving)
    return page


def _settings_page(window: "MainWindow", presets: PresetLibrary) -> "SettingsPage":
    from matsession.ui.pages.settings_page import SettingsPage

    parts = window.equip()
    page = SettingsPage(
        parts.changes,
        parts.chimes,
        parts.voice,
        parts.background_file,
        parts.data_folder,
        parts.config_folder,
        parts.autostart,
        presets,
        parts.mats,
    )
    page.notice_wished.connect(window.tell)
    page.notes_requested.connect(window.show_notes)
    return page
