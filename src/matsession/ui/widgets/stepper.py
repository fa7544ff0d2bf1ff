"""A number of seconds or minutes with a minus and a plus: a spin box that thinks in lengths of time."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSizePolicy, QSpinBox, QWidget

from matsession.app import texts
from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, tokens, u

_PAGE_STEPS = 5
_CLOCK = re.compile(r"\s*(\d{1,2}):(\d{1,2})\s*")
_NUMBERS = re.compile(r"\d+")


class LengthStepper(QSpinBox):
    """Its value is a length in whole seconds; it steps through the lengths offered.

    Any other length that is allowed can be typed: as minutes ("12"), or as minutes and seconds ("2:30").
    """

    def __init__(self, name: str, *, minutes: bool, parent: QWidget | None = None) -> None:
        """A bare number typed into it means minutes, or else seconds."""
        super().__init__(parent)
        self._offered: Sequence[int] = (0,)
        self._minutes = minutes
        self._typed = False
        self.setAccessibleName(name)
        self.setFont(TextStyle.STRONG.font())
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.lineEdit().textEdited.connect(self._on_line_edited)

    def offer(self, lengths_s: Sequence[int], value_s: int) -> None:
        """Step through these lengths; begin at ``value_s``, or at the nearest that is allowed."""
        self._offered = lengths_s
        self.setRange(lengths_s[0], lengths_s[-1])
        self.setValue(value_s)
        self.setMinimumWidth(self.needed_width())

    def needed_width(self) -> int:
        """Wide enough for each length, so that stepping never changes the width."""
        metrics = QFontMetrics(self.font())
        longest = max(metrics.horizontalAdvance(texts.length(each)) for each in self._offered)
        return longest + 2 * u(28) + u(8)

    # -- what QSpinBox asks --------------------------------------------------------------------------

    def textFromValue(self, value: int) -> str:
        """A length in words."""
        return texts.length(value)

    def valueFromText(self, text: str) -> int:
        """What was typed, in seconds."""
        if text == self.textFromValue(self.value()):
            return self.value()
        if clock := _CLOCK.fullmatch(text):
            return int(clock[1]) * 60 + int(clock[2])
        numbers = [int(each) for each in _NUMBERS.findall(text)]
        match numbers:
            case [minutes, seconds]:
                return minutes * 60 + seconds
            case [number]:
                return number * (60 if self._means_minutes(text) else 1)
            case _:
                return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything with a number in it may be typed; what it means is put right at the end."""
        if len(text) > 24 or len(_NUMBERS.findall(text)) > 2:
            return QValidator.State.Invalid, text, position
        if not _NUMBERS.search(text):
            return QValidator.State.Intermediate, text, position
        seconds = self.valueFromText(text)
        allowed = self.minimum() <= seconds <= self.maximum()
        state = QValidator.State.Acceptable if allowed else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        """The nearest length that is allowed."""
        seconds = min(self.maximum(), max(self.minimum(), self.valueFromText(text)))
        return self.textFromValue(seconds)

    def stepBy(self, steps: int) -> None:
        """To the next length offered."""
        value = self.value()
        way = 1 if steps > 0 else -1
        count = _PAGE_STEPS if abs(steps) > 1 else 1
        ahead = [each for each in self._offered if (each - value) * way > 0]
        if ahead:
            ahead.sort(reverse=way < 0)
            self.setValue(ahead[min(count, len(ahead)) - 1])

    def _means_minutes(self, text: str) -> bool:
        only_seconds = texts.length(59).replace("59", "").strip()
        only_minutes = texts.length(120).replace("2", "").strip()
        rest = _NUMBERS.sub("", text).strip()
        if rest == only_minutes:
            return True
        return self._minutes and rest != only_seconds

    # -- keys and look -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed; only the next Enter is for the page."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._typed:
            self.interpretText()
            self.setValue(self.value())
            self.lineEdit().setText(self.textFromValue(self.value()))
            self.selectAll()
            self._typed = False
            event.accept()
        elif event.text() in ("+", "-") and event.text():
            self.stepBy(1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change the length."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Minus and plus upon what the style draws."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = u(14)
        for sign, centre, possible in (
            (Sign.MINUS, u(16), self.value() > self.minimum()),
            (Sign.PLUS, self.width() - u(16), self.value() < self.maximum()),
        ):
            ink = QColor(tokens().text if possible and self.isEnabled() else tokens().disabled)
            draw_sign(painter, sign, QRectF(centre - size / 2, (self.height() - size) / 2, size, size), ink)

    @Slot()
    def _on_line_edited(self) -> None:
        self._typed = True
