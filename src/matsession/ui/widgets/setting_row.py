"""A row of a card of settings: what it is on the left, what is chosen on the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.level_slider import LevelSlider
from matsession.ui.widgets.switch import Switch

_GAP = 12
_LEAST_WORDS = 116
"""Narrower than this the words would become a column of their own; then the control goes below them."""


class SettingRow(QWidget):
    """Words with an optional hint, and one control; beside each other, or below where it is narrow."""

    def __init__(self, words: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        """``control`` has its own accessible name; the hint becomes its description."""
        super().__init__(parent)
        self._control = control
        label = Label(words)
        label.setBuddy(control)
        self._hint = Label(style=TextStyle.CAPTION, tone="text3")
        text = QVBoxLayout()
        text.setSpacing(u(2))
        text.addStretch(1)
        text.addWidget(label)
        text.addWidget(self._hint)
        text.addStretch(1)
        self._words = label
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, u(2), 0, u(2))
        self._row.setSpacing(u(_GAP))
        self._row.addLayout(text, 1)
        self._row.addWidget(control)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(u(44))
        self.show_hint(hint)

    def show_hint(self, hint: str) -> None:
        """Say something below the words, or nothing."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        if not isinstance(self._control, LevelSlider):  # a slider's description is its value
            self._control.setAccessibleDescription(hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside, or below."""
        super().resizeEvent(event)
        words = min(self._words.sizeHint().width(), u(_LEAST_WORDS))
        beside = isinstance(self._control, Switch) or (
            words + u(_GAP) + self._control.sizeHint().width() <= self.width()
        )
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(right if beside else down)
        self._row.setSpacing(u(_GAP if beside else 4))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its control, for one stands below the other then."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), max(u(120), self._control.minimumSizeHint().width())), hint.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A switch is turned by a click on its words as well."""
        inside = self.rect().contains(event.position().toPoint())
        if isinstance(self._control, Switch) and inside and event.button() is Qt.MouseButton.LeftButton:
            self._control.click()
        else:
            super().mouseReleaseEvent(event)


def rule() -> QFrame:
    """A thin line between two rows."""
    line = QFrame()
    line.setObjectName("Rule")
    return line
