"""A slider with its value in words beside it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from matsession.app import texts
from matsession.ui.drawing import draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label

_KNOB = 9
"""Half of the knob's height."""


def percent(value: int) -> str:
    """A level as people write it."""
    return texts.tr("{value} %").format(value=value)


class Slider(QSlider):
    """Left is less. Tells a value once it is chosen: at the end of a drag, or of a held key."""

    chosen = Signal(int)
    """The person chose this value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._held = False
        self._untold = False
        self.setAccessibleName(name)
        self.setTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: int) -> None:
        """Show a value that is known already."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        """Long enough to aim at."""
        return QSize(u(160), u(36))

    def minimumSizeHint(self) -> QSize:
        """The shortest that can still be used."""
        return QSize(u(84), u(36))

    # -- keys and mouse ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A held key changes the value many times, and chooses once."""
        self._held = event.isAutoRepeat()
        super().keyPressEvent(event)
        self._held = False

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """What a held key led to is chosen."""
        if not event.isAutoRepeat():
            self._tell()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring appears."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A release may come elsewhere."""
        self._tell()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob comes to where the groove is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And follows."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Where it is left, there it is chosen."""
        if self.isSliderDown() and event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change anything."""
        event.ignore()

    def _follow(self, event: QMouseEvent) -> None:
        left, right = self._ends()
        share = (event.position().x() - left) / max(1, right - left)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        steps = round(share * (self.maximum() - self.minimum()) / self.singleStep())
        self.setSliderPosition(self.minimum() + steps * self.singleStep())

    @Slot(int)
    def _on_value_changed(self, _value: int) -> None:
        self._untold = True
        if not self._held:
            self._tell()

    def _tell(self) -> None:
        if self._untold:
            self._untold = False
            self.chosen.emit(self.value())

    # -- look --------------------------------------------------------------------------------------

    def _ends(self) -> tuple[float, float]:
        room = u(_KNOB + 5)
        return room, self.width() - room

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove, what is filled of it, knob."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._ends()
        share = (self.sliderPosition() - self.minimum()) / max(1, self.maximum() - self.minimum())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        x, y = left + share * (right - left), self.height() / 2
        enabled = self.isEnabled()
        fill = QColor(colours.accent if enabled else colours.disabled)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.track if enabled else colours.hover))
        painter.drawRoundedRect(QRectF(left, y - u(2), right - left, u(4)), u(2), u(2))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(left, y - u(2), x - left, u(4)), u(2), u(2))
        knob = QRectF(x - u(_KNOB), y - u(_KNOB), 2 * u(_KNOB), 2 * u(_KNOB))
        painter.setPen(QPen(fill, u(5)))
        painter.setBrush(QColor(colours.surface))
        half = u(5) / 2
        painter.drawEllipse(knob.adjusted(half, half, -half, -half))
        if self.hasFocus():
            draw_focus_ring(painter, knob, u(_KNOB))


class LevelSlider(QWidget):
    """A slider and its value in words."""

    chosen = Signal(int)
    """The person chose this value."""

    def __init__(
        self,
        name: str,
        lowest: int = 0,
        highest: int = 100,
        step: int = 5,
        words: Callable[[int], str] = percent,
        parent: QWidget | None = None,
    ) -> None:
        """``words`` says a value; as wide as the widest of both ends."""
        super().__init__(parent)
        self._words = words
        self._slider = Slider(name)
        self._slider.setRange(lowest, highest)
        self._slider.setSingleStep(step)
        self._slider.setPageStep(4 * step)
        self._value = Label(tone="text2", wrap=False)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        metrics = QFontMetrics(TextStyle.BODY.font())
        widest = max(metrics.horizontalAdvance(words(each)) for each in (lowest, highest))
        self._value.setMinimumWidth(widest + u(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(u(8))
        row.addWidget(self._slider, 1)
        row.addWidget(self._value)
        self.setFocusProxy(self._slider)
        self._slider.chosen.connect(self.chosen)
        self._slider.sliderMoved.connect(self._on_slider_moved)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self.show_value(lowest)

    def value(self) -> int:
        """What is chosen."""
        return self._slider.value()

    def slider(self) -> Slider:
        """The part that is moved."""
        return self._slider

    def show_value(self, value: int) -> None:
        """Show a value without choosing it."""
        self._slider.show_value(value)
        self._tell_value(value)

    def _tell_value(self, value: int) -> None:
        words = self._words(value)
        self._value.setText(words)
        self._slider.setAccessibleDescription(words)

    @Slot(int)
    def _on_slider_moved(self, value: int) -> None:
        self._tell_value(value)
        self._slider.update()
