"""The ring: sixty dots for the whole session, an arc for each step, and the time left in the middle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from matsession.app import texts
from matsession.domain.session import Phase, SessionView
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.ring_picture import RING_UNITS, RingPicture, draw_ring, picture_of, shown_s


class RingTimer(QProgressBar):
    """Shows one SessionView and repaints only when that looks different from the last one.

    For a screen reader it is a progress bar named "Time left"; its description is the time in words. (A
    value text of our own would need an accessible interface made in Python, which Qt frees at the wrong
    moment: tried, it ends in a crash.)
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._view: SessionView | None = None
        self._picture = RingPicture()
        self._painted: RingPicture | None = None
        self.setAccessibleName(texts.tr("Time left"))
        self.setTextVisible(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_view(self, view: SessionView) -> None:
        """Show how the session stands."""
        self._view = view
        picture = picture_of(view, self._scale())
        if picture == self._picture:
            return
        self._picture = picture
        counts_up = view.plan.waits_for_person and not view.in_preparation
        self.setAccessibleName(texts.tr("Time so far") if counts_up else texts.tr("Time left"))
        total_s, left_s = value_of(view)
        # Qt repaints at once where it thinks a bar of this value looks different; then all is done already.
        self.setRange(0, total_s)
        self.setValue(left_s)
        words = value_words(view)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        if self._painted != self._picture:
            self.update()

    def picture(self) -> RingPicture:
        """What is shown."""
        return self._picture

    def sizeHint(self) -> QSize:
        """The size in the design."""
        return QSize(u(RING_UNITS), u(RING_UNITS))

    def minimumSizeHint(self) -> QSize:
        """The smallest at which the digits are still large."""
        return QSize(u(120), u(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._view is not None:
            self._picture = picture_of(self._view, self._scale())
        side = min(self.width(), self.height())
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ring(painter, self._picture, area, self.font(), tokens())
        self._painted = self._picture

    def _scale(self) -> float:
        return max(1, min(self.width(), self.height())) / RING_UNITS


def value_of(view: SessionView) -> tuple[int, int]:
    """Whole seconds: how many there were to begin with, and how many are left."""
    if view.in_preparation:
        return max(1, round(view.preparation_s)), round(view.preparation_left_s)
    return max(1, view.plan.total_s), round(shown_s(view))


def value_words(view: SessionView) -> str:
    """The time left in words: "6 minutes 42 seconds left, step 3 of 5, Soften"."""
    if view.phase is Phase.FINISHED:
        return texts.tr("Done")
    if view.in_preparation:
        pattern = texts.tr("{time} to settle in")
        if view.phase is Phase.PAUSED:
            pattern = texts.tr("Paused, {time} to settle in")
        return pattern.format(time=texts.spoken_length(view.preparation_left_s))
    paused = view.phase is Phase.PAUSED
    if view.plan.waits_for_person:
        pattern = texts.tr("{time}, open end, step {number} of {count}, {step}")
        if paused:
            pattern = texts.tr("Paused, {time}, open end, step {number} of {count}, {step}")
    else:
        pattern = texts.tr("{time} left, step {number} of {count}, {step}")
        if paused:
            pattern = texts.tr("Paused, {time} left, step {number} of {count}, {step}")
    return pattern.format(
        time=texts.spoken_length(shown_s(view)),
        number=view.step_index + 1,
        count=len(view.plan.steps),
        step=view.step.step.name,
    )
