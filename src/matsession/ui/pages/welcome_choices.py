"""The last step of the welcome: a few choices, none of which has to be made."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.ports import Autostart, ChimePlayer
from matsession.app.setting_changes import SettingChanges
from matsession.app.voice import Voice
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.pages.appearance_settings import theme_words
from matsession.ui.pages.voice_settings import VoiceSettings
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.login_switch import LoginSwitch
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard


class WelcomeChoices(QWidget):
    """Theme, voice and start at login, in force at once as on the page of settings."""

    finished = Signal()
    """On to the first session."""
    back_requested = Signal()
    """The step before is wanted again."""

    def __init__(
        self,
        changes: SettingChanges,
        voice: Voice,
        sound: ChimePlayer,
        autostart: Autostart,
        parent: QWidget | None = None,
    ) -> None:
        """Change settings by ``changes``; a sample of ``voice`` is heard by ``sound``.

        Start at login is offered where the desktop lets ``autostart`` decide.
        """
        super().__init__(parent)
        self._changes = changes
        self._autostart = autostart
        self._voice = VoiceSettings(changes, voice, sound)
        self._build()
        self._connect()
        self._refresh()

    def _build(self) -> None:
        step = Label(texts.tr("Step {number} of {count}").format(number=3, count=3), tone="text2")
        title = Heading(texts.tr("As you like it"), TextStyle.TITLE)
        line = Label(
            texts.tr("Leave out whatever you like. All of it can be changed under Settings."), tone="text2"
        )
        self._look = SettingsCard(texts.tr("Appearance"))
        self._theme = SettingChoice(texts.tr("Theme"))
        self._look.add_row(texts.tr("Theme"), self._theme)
        self._done = Button(texts.tr("Done"), ButtonKind.PRIMARY, large=True)
        self._back = Button(texts.tr("Back"), ButtonKind.QUIET, large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(4))
        column.addWidget(step)
        column.addWidget(title)
        column.addWidget(line)
        column.addSpacing(u(16))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(u(16))
        self._cards.addWidget(self._look)
        self._cards.addWidget(self._voice)
        if self._autostart.possible:
            desktop = SettingsCard(texts.tr("Desktop"))
            login = LoginSwitch(self._autostart)
            login.told.connect(desktop.add_row(texts.tr("Start at login"), login).show_hint)
            self._cards.addWidget(desktop)
        column.addLayout(self._cards)
        column.addSpacing(u(16))
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(16))
        self._buttons.setContentsMargins(-u(FOCUS_ROOM), 0, 0, 0)  # its face stands below the cards' edge
        self._buttons.addWidget(self._done)
        self._buttons.addWidget(self._back)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(1)

    def _connect(self) -> None:
        self._theme.chosen.connect(self._on_theme_chosen)
        self._changes.preferences.changed.connect(self._refresh)
        self._done.clicked.connect(self.finished)
        self._back.clicked.connect(self.back_requested)

    def focus_first(self) -> None:
        """Begin at the first choice."""
        self._theme.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is done with it, wherever the keys are; a key still held from the first step is not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside each other, or below."""
        super().resizeEvent(event)
        both = self._done.sizeHint().width() + self._back.sizeHint().width() + u(16)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(right if both <= self.width() else down)

    @Slot()
    def _refresh(self) -> None:
        settings = self._changes.settings
        self._theme.offer([(choice.value, words) for choice, words in theme_words()], settings.theme)
        self._voice.refresh()

    @Slot(object)
    def _on_theme_chosen(self, theme: str) -> None:
        self._changes.change(theme=theme)
