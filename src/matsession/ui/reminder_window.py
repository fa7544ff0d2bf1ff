"""A small window of our own for a reminder, where the desktop shows no notices with buttons."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QScreen
from PySide6.QtWidgets import QGridLayout, QStyle, QVBoxLayout, QWidget

from matsession.app.notice_signals import NoticeSignals
from matsession.app.ports import Notice, NoticeAnswer, NoticePlace
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH: Final = 440
_EDGE: Final = 20


def free_corner(area: QRect, size: QSize, gap: int, others: Sequence[QRect]) -> QPoint:
    """Where a window of ``size`` goes in ``area``: as far right as there is room, and there as low as it can.

    Where all of the area is taken it lies on top of another, in the lower right corner.
    """
    right = area.right() - gap - size.width() + 1
    bottom = area.bottom() - gap - size.height() + 1
    corner = QPoint(max(area.left(), right), max(area.top(), bottom))
    # Nothing is as far right, or as low, as beside or above one that is there.
    lefts = sorted({corner.x(), *(other.left() - gap - size.width() for other in others)}, reverse=True)
    tops = sorted({corner.y(), *(other.top() - gap - size.height() for other in others)}, reverse=True)
    for place in (QPoint(left, top) for left in lefts for top in tops):
        here = QRect(place, size)
        if area.contains(here) and not any(here.intersects(other) for other in others):
            return place
    return corner


class ReminderWindow(QWidget):
    """Title, sentence and buttons. It takes no keys away from what the person is doing."""

    answered = Signal(str)
    """A ``NoticeAnswer``."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        """Show this notice."""
        # One that must not disturb waits minimised, which not every desktop does without that button.
        push = Qt.WindowType.WindowMinimizeButtonHint if notice.quiet else Qt.WindowType.WindowStaysOnTopHint
        super().__init__(
            parent,
            Qt.WindowType.Window
            | push
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | Qt.WindowType.WindowCloseButtonHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWindowTitle("MatSession")
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.body)
        self.notice = notice
        self._answer = NoticeAnswer.CLOSED
        self._build()

    def _build(self) -> None:
        self._title = Heading(self.notice.title, TextStyle.H3)
        self._body = Label(self.notice.body)
        self._buttons: list[Button] = []
        for number, (answer, words) in enumerate(self.notice.buttons):
            first = ButtonKind.SECONDARY if self.notice.gentle else ButtonKind.PRIMARY
            kind = first if number == 0 else ButtonKind.QUIET
            button = Button(words, kind)
            button.setProperty("answer", str(answer))
            button.clicked.connect(self._on_button_clicked)
            self._buttons.append(button)
        self._row = QGridLayout()
        self._row.setSpacing(u(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(u(_EDGE), u(16), u(_EDGE), u(16))
        column.setSpacing(u(8))
        column.addWidget(self._title)
        column.addWidget(self._body)
        column.addStretch(1)
        column.addLayout(self._row)
        needed = sum(button.sizeHint().width() for button in self._buttons) + u(8)
        side_by_side = needed <= u(_WIDTH - 2 * _EDGE)
        for number, button in enumerate(self._buttons):
            self._row.addWidget(button, *((0, number) if side_by_side else (number, 0)))
        if side_by_side:
            self._row.setColumnStretch(len(self._buttons), 1)
        self.setFixedWidth(u(_WIDTH))
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_on(self, screen: QScreen | None, others: Sequence[QRect] = ()) -> None:
        """In the lower right corner of this screen, clear of the ``others`` that are there.

        Minimised and unannounced where it must not disturb.
        """
        self._fit()
        if screen is not None:
            # The desktop frames it once it is shown; a title bar is all that this adds of any size.
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
            size = self.size() + QSize(0, bar)
            self.move(free_corner(screen.availableGeometry(), size, u(16), others))
        if self.notice.quiet:
            self.showMinimized()
            return
        self.show()
        announce(self, f"{self.notice.title} {self.notice.body}")

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self._answer = NoticeAnswer(sender.property("answer"))
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Larger text wants another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        """As high as the words need in the width it has: Qt itself reckons with the width they would like."""
        self.setFixedWidth(u(_WIDTH))
        self.ensurePolished()
        self.resize(u(_WIDTH), self.heightForWidth(u(_WIDTH)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the answer, once."""
        event.accept()
        answer, self._answer = self._answer, NoticeAnswer.CLOSED
        if not self.property("told"):
            self.setProperty("told", True)
            self.answered.emit(str(answer))


class WindowNotifier(NoticeSignals):
    """Implements ``app.ports.Notifier`` by such windows."""

    def __init__(self, screen: Callable[[], QScreen | None], parent: QObject | None = None) -> None:
        """``screen`` tells where the person is."""
        super().__init__(parent)
        self._screen = screen
        self._windows: dict[str, ReminderWindow] = {}

    def show(self, notice: Notice) -> None:
        """Open one."""
        self.withdraw(notice.id)
        window = ReminderWindow(notice)
        window.answered.connect(self._on_window_answered)
        others = [each.frameGeometry() for each in self._windows.values()]
        self._windows[notice.id] = window
        window.show_on(self._screen(), others)
        may_sound = not notice.gentle and not notice.quiet
        self.shown.emit(notice.id, str(NoticePlace.OWN_WINDOW), may_sound)

    def withdraw(self, notice_id: str) -> None:
        """Close it without an answer."""
        window = self._windows.pop(notice_id, None)
        if window is not None:
            window.answered.disconnect(self._on_window_answered)
            window.close()
            window.deleteLater()

    def close(self) -> None:
        """Close all."""
        for notice_id in list(self._windows):
            self.withdraw(notice_id)

    @Slot(str)
    def _on_window_answered(self, answer: str) -> None:
        window = self.sender()
        if not isinstance(window, ReminderWindow):
            return
        notice_id = window.notice.id
        if self._windows.get(notice_id) is window:
            del self._windows[notice_id]
            window.deleteLater()
            self.answered.emit(notice_id, answer)
