"""The page of settings: each is in force as soon as it is chosen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import setting_words, texts
from matsession.app.mat_shelf import MatShelf
from matsession.app.ports import Autostart, ChimePlayer
from matsession.app.preset_library import PresetLibrary
from matsession.app.setting_changes import SettingChanges
from matsession.app.voice import Voice
from matsession.ui.pages.about_settings import AboutSettings
from matsession.ui.pages.appearance_settings import AppearanceSettings
from matsession.ui.pages.background_settings import BackgroundSettings
from matsession.ui.pages.data_settings import DataSettings
from matsession.ui.pages.desktop_settings import DesktopSettings
from matsession.ui.pages.history_settings import HistorySettings
from matsession.ui.pages.mat_settings import MatSettings
from matsession.ui.pages.mats_settings import MatsSettings, SafetySettings
from matsession.ui.pages.session_settings import SessionSettings
from matsession.ui.pages.sound_settings import SoundSettings
from matsession.ui.pages.voice_settings import VoiceSettings
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.sub_page import SubPage

if TYPE_CHECKING:
    from matsession.ui.pages.answers_page import AnswersPage
    from matsession.ui.pages.mats_page import MatsPage

STACK_EM = 46
"""Below this width of the page the cards stand in one column."""

TIGHT_EM = 20
"""Below this one there is hardly room for the words: the edges grow thin."""

_WIDEST = 960
_TITLE = 160


class SettingsPage(QWidget):
    """Cards in two columns, or in one."""

    notice_wished = Signal(object)
    """A Notice is to be shown: what was changed, and that it can be taken back."""
    notes_requested = Signal()
    """The notes of the first start are to be read again."""

    def __init__(
        self,
        changes: SettingChanges,
        sound: ChimePlayer,
        voice: Voice,
        background_file: Callable[[], Path | None],
        data_folder: Path,
        config_folder: Path,
        autostart: Autostart,
        presets: PresetLibrary,
        shelf: MatShelf,
        parent: QWidget | None = None,
    ) -> None:
        """Only settings are changed, by ``changes``; what follows them brings it to ``sound`` and ``voice``.

        ``background_file`` tells the file that the background setting means; the folders are shown.
        """
        super().__init__(parent)
        self._changes = changes
        self._presets = presets
        self._shelf = shelf
        self._answers_page: AnswersPage | None = None
        self._mats_page: MatsPage | None = None
        self._sound = SoundSettings(self._changes, sound)
        self._background = BackgroundSettings(self._changes, sound, background_file)
        self._session = SessionSettings(self._changes)
        self._mat = MatSettings(self._changes)
        self._voice = VoiceSettings(self._changes, voice, sound)
        self._appearance = AppearanceSettings(self._changes)
        self._history = HistorySettings(self._changes)
        self._mats = MatsSettings(self._changes, shelf)
        self._safety = SafetySettings(self._changes, presets)
        self._desktop = DesktopSettings(self._changes, autostart)
        self._data = DataSettings(data_folder, config_folder)
        self._about = AboutSettings()
        self._columns_of_cards = (
            (self._sound, self._background, self._voice, self._appearance, self._mats, self._safety),
            (self._session, self._mat, self._history, self._desktop, self._data, self._about),
        )
        self._cards = [card for column in self._columns_of_cards for card in column]
        self._build()
        self._connect()

    def _build(self) -> None:
        title = Heading(texts.tr("Settings"), TextStyle.H1)
        caption = Label(texts.tr("Changes are saved as you make them."), tone="text2")
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(title)
        words.addWidget(caption)
        self._undo = Button(texts.tr("Undo last change"), ButtonKind.QUIET)
        self._undo.setToolTip(texts.tr("Take the last change back (Ctrl+Z)"))
        self._undo.setEnabled(self._changes.can_undo)
        self._reset = Button(texts.tr("Reset to defaults"), ButtonKind.QUIET)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(0)
        self._tools.addWidget(self._undo)
        self._tools.addWidget(self._reset)
        self._tools.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(4))
        self._head.addLayout(words, 1)
        self._head.addLayout(self._tools)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(u(18))
        for cards in self._columns_of_cards:
            column = QVBoxLayout()
            column.setSpacing(u(18))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(16))
        self._column.addLayout(self._head)
        self._column.addLayout(self._columns, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self._scrolled = ScrollPage(content)
        self._stack.addWidget(self._scrolled)
        page.addWidget(self._stack)

    def _connect(self) -> None:
        self._changes.preferences.changed.connect(self._on_preferences_changed)
        self._changes.changed.connect(self._on_changes_changed)
        self._changes.made.connect(self._on_changes_made)
        self._changes.was_reset.connect(self._on_changes_was_reset)
        self._changes.undone.connect(self._on_changes_undone)
        self._undo.clicked.connect(self._changes.undo)
        self._about.notes_requested.connect(self.notes_requested)
        self._about.notice_wished.connect(self.notice_wished)
        self._reset.clicked.connect(self._changes.reset)
        self._mats.mats_requested.connect(self.show_mats)
        self._safety.answers_requested.connect(self.show_answers)

    def focus_first(self) -> None:
        """Begin at the volume, which is what most people come for; or on the page that was opened here."""
        page = self._stack.currentWidget()
        if isinstance(page, SubPage):
            page.focus_first()
        else:
            self._sound.focus_first()

    # -- pages of their own ------------------------------------------------------------------------------

    @Slot()
    def show_answers(self) -> None:
        """Open what is true for the person."""
        if self._answers_page is None:
            from matsession.ui.pages.answers_page import AnswersPage

            self._answers_page = AnswersPage(self._presets, self._changes)
            self._add_page(self._answers_page)
        self._open(self._answers_page)

    @Slot()
    def show_mats(self) -> None:
        """Open the person's mats."""
        if self._mats_page is None:
            from matsession.ui.pages.mats_page import MatsPage

            self._mats_page = MatsPage(self._shelf, self._changes)
            self._mats_page.notice_wished.connect(self.notice_wished)
            self._add_page(self._mats_page)
        self._open(self._mats_page)

    def _add_page(self, page: SubPage) -> None:
        page.back_requested.connect(self.show_cards)
        self._stack.addWidget(page)

    def _open(self, page: SubPage) -> None:
        self._stack.setCurrentWidget(page)
        page.focus_first()

    @Slot()
    def show_cards(self) -> None:
        """Go back to the cards, to where one came from."""
        page = self._stack.currentWidget()
        self._stack.setCurrentIndex(0)
        if page is self._answers_page:
            self._safety.focus_answers()
        elif page is self._mats_page:
            self._mats.focus_mats()

    def focus_about(self) -> None:
        """Where the notes of the first start were asked for."""
        self._about.focus_notes()

    def focus_text_size(self) -> None:
        """Where the keys were when the text grew."""
        self._scrolled.keep_in_sight(self._appearance.focus_text_size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one; the buttons beside the title, or below it."""
        super().resizeEvent(event)
        stacked = self.width() < STACK_EM * em()
        small = self.width() < MEDIUM_EM * em()
        tight = self.width() < TIGHT_EM * em()
        for card in self._cards:
            card.set_tight(tight)
        side = u(8 if tight else 16 if small else 32)
        side = max(side, (self.width() - u(_WIDEST)) // 2) if self.width() > u(_WIDEST + 128) else side
        self._column.setContentsMargins(side, u(16 if small else 28), side, u(20))
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if stacked else right)
        both, room = self._undo.sizeHint().width() + self._reset.sizeHint().width(), self.width() - 2 * side
        self._head.setDirection(right if both + u(_TITLE) <= room and not small else down)
        self._tools.setDirection(right if both <= room else down)

    @Slot()
    def _on_preferences_changed(self) -> None:
        for card in self._cards:
            card.refresh()

    @Slot()
    def _on_changes_changed(self) -> None:
        if not self._changes.can_undo and self._undo.hasFocus():
            self._reset.setFocus()  # a button that is switched off would leave the keys nowhere
        self._undo.setEnabled(self._changes.can_undo)

    @Slot(object)
    def _on_changes_made(self, names: tuple[str, ...]) -> None:
        if self.isVisible():
            # Quiet: the control that was changed by hand has told its new value itself.
            self.notice_wished.emit(Notice(setting_words.changed(names), self._changes.undo, quiet=True))

    @Slot(bool)
    def _on_changes_was_reset(self, anew: bool) -> None:
        if self.isVisible():
            words = texts.tr("All settings are as they were at first.")
            self.notice_wished.emit(Notice(words, self._changes.undo if anew else None))

    @Slot()
    def _on_changes_undone(self) -> None:
        if self.isVisible():
            self.notice_wished.emit(Notice(texts.tr("The last change was taken back.")))

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        self._changes.undo()
