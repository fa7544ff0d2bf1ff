"""The second step of the welcome: what is true for the person; nothing of it has to be answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preset_library import PresetLibrary
from matsession.app.setting_changes import SettingChanges
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.pages.safety_answers import SafetyAnswers
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label


class WelcomeAnswers(QWidget):
    """The boxes of the answers, and on."""

    finished = Signal()
    """On to the next step."""
    back_requested = Signal()
    """The notes are wanted again."""

    def __init__(
        self, presets: PresetLibrary, changes: SettingChanges, parent: QWidget | None = None
    ) -> None:
        """The answers are settings, changed by ``changes``."""
        super().__init__(parent)
        step = Label(texts.tr("Step {number} of {count}").format(number=2, count=3), tone="text2")
        title = Heading(texts.tr("Is any of this true for you?"), TextStyle.TITLE)
        self._answers = SafetyAnswers(presets, changes)
        self._skip = Button(texts.tr("Skip this step"), ButtonKind.SECONDARY)
        self._go_on = Button(texts.tr("Continue"), ButtonKind.PRIMARY, large=True)
        self._back = Button(texts.tr("Back"), ButtonKind.QUIET, large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(4))
        column.addWidget(step)
        column.addWidget(title)
        column.addWidget(Label(answers_hint(), tone="text2"))
        skip = QHBoxLayout()
        skip.setContentsMargins(-u(FOCUS_ROOM), 0, 0, 0)
        skip.addWidget(self._skip)
        skip.addStretch(1)
        column.addSpacing(u(8))
        column.addLayout(skip)
        column.addSpacing(u(8))
        column.addWidget(self._answers)
        column.addSpacing(u(12))
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(16))
        self._buttons.setContentsMargins(-u(FOCUS_ROOM), 0, 0, 0)
        self._buttons.addWidget(self._go_on)
        self._buttons.addWidget(self._back)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(1)
        self._go_on.clicked.connect(self.finished)
        self._skip.clicked.connect(self.finished)
        self._back.clicked.connect(self.back_requested)

    def focus_first(self) -> None:
        """Begin at the first box."""
        if not self._answers.focus_first():
            self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, wherever the keys are; a key still held from the first step does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside each other, or below."""
        super().resizeEvent(event)
        both = self._go_on.sizeHint().width() + self._back.sizeHint().width() + u(16)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(right if both <= self.width() else down)


def answers_hint() -> str:
    """What is to be known about answering."""
    return texts.tr(
        "Tick what fits, or nothing. Sessions that do not suit you are then hidden or marked. Leave out what "
        "your doctor or midwife has agreed to. Your answers stay on this computer, and you can change them "
        "under Settings."
    )
