"""The first step of the welcome: what to know before the first session."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.domain.guidance import Caution, CautionLevel, Guidance
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.point_list import PointList

_DOT_ROOM = 23


class WelcomeNotes(QWidget):
    """Four points, a box to tick, and on request all there is to know. Read again, there is no box."""

    agreed = Signal()
    """The box is ticked, and Continue was pressed."""
    left = Signal()
    """Who only read it again has read it."""

    def __init__(self, guidance: Guidance, *, again: bool, parent: QWidget | None = None) -> None:
        """All cautions and stop signs are those of ``guidance``."""
        super().__init__(parent)
        self._guidance = guidance
        self._again = again
        self._build()
        self._connect()

    def _build(self) -> None:
        self._step = Label(texts.tr("Step {number} of {count}").format(number=1, count=3), tone="text2")
        self._title = Heading(texts.tr("Before your first session"), TextStyle.TITLE)
        points = _points()
        self._box = CheckBox(texts.tr("I have read this. I know MatSession gives no medical advice."))
        # Who lands on the box by key, or hears it, hears what it is about as well.
        self._box.setAccessibleDescription(" ".join(f"{lead} {rest}" for lead, rest in points))
        self._card = Card(texts.tr("Before your first session"))
        self._card.column.setContentsMargins(u(14), u(12), u(16), u(12))
        self._card.column.addWidget(self._box)
        if self._again:
            self._step.hide()
            self._card.hide()
        words = texts.tr("Back") if self._again else texts.tr("Continue")
        self._continue = Button(words, ButtonKind.PRIMARY, large=True)
        self._continue.setEnabled(self._again)
        self._more = Button(
            texts.tr("Read more first"),
            ButtonKind.QUIET,
            large=True,
            texts_to_come=(texts.tr("Hide the details"),),
        )
        self._details = QWidget()
        self._details_column = QVBoxLayout(self._details)
        self._details_column.setContentsMargins(0, 0, 0, 0)
        self._details_column.setSpacing(u(6))
        self._details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(4))
        column.addWidget(self._step)
        column.addWidget(self._title)
        column.addSpacing(u(12))
        for lead, rest in points:
            column.addWidget(_Point(lead, rest))
            column.addSpacing(u(12))
        column.addSpacing(u(6))
        column.addWidget(self._card)
        column.addSpacing(u(8))
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(u(16))
        self._buttons.setContentsMargins(-u(FOCUS_ROOM), 0, 0, 0)  # its face stands below the card's edge
        self._buttons.addWidget(self._continue)
        self._buttons.addWidget(self._more)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addWidget(self._details)
        column.addStretch(1)
        column.addSpacing(u(12))
        for words in (
            texts.tr("Everything you enter stays on this computer."),
            texts.tr("You find this note again under Evidence & safety."),
        ):
            column.addWidget(Label(words, TextStyle.CAPTION, "text3"))

    def _connect(self) -> None:
        self._box.toggled.connect(self._continue.setEnabled)
        self._continue.clicked.connect(self._on_continue_clicked)
        self._more.clicked.connect(self._on_more_clicked)

    def focus_first(self) -> None:
        """Begin at the box, or where one leaves."""
        first = self._continue if self._again else self._box
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on once the box is ticked; Escape leaves what is only read again."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and self._continue.isEnabled():
            self._on_continue_clicked()
        elif event.key() == Qt.Key.Key_Escape and self._again:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside each other, or below."""
        super().resizeEvent(event)
        both = self._continue.sizeHint().width() + self._more.sizeHint().width() + u(16)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(right if both <= self.width() else down)
        self._buttons.setSpacing(u(16 if both <= self.width() else 4))

    def _fill_details(self) -> None:
        """No sooner than wanted: there are many."""
        by_level = {
            CautionLevel.DO_NOT_USE: texts.tr("Do not use the mat with, or on"),
            CautionLevel.ASK_FIRST: texts.tr("Ask a doctor first with"),
            CautionLevel.URGENT: texts.tr("Get medical help with"),
            CautionLevel.NOTE: texts.tr("Good to know"),
        }
        for level, words in by_level.items():
            self._add_section(words, [each for each in self._guidance.cautions if each.level is level])
        self._add_details(texts.tr("Get up, and end the session, with"), self._guidance.stop_signs)

    def _add_section(self, words: str, cautions: Sequence[Caution]) -> None:
        self._add_details(
            words,
            [f"{each.title}. {each.text}" for each in cautions],
            [texts.source_remark(each) for each in cautions],
        )

    def _add_details(self, words: str, lines: Sequence[str], remarks: Sequence[str] = ()) -> None:
        if lines:
            self._details_column.addSpacing(u(10))
            self._details_column.addWidget(Heading(words, TextStyle.H3))
            points = PointList()
            self._details_column.addWidget(points)  # first: told to show something, it would be a window
            points.show_points(lines, remarks)

    @Slot()
    def _on_continue_clicked(self) -> None:
        if self._again:
            self.left.emit()
        else:
            self.agreed.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        if not self._details_column.count():
            self._fill_details()
        opened = self._details.isHidden()
        self._details.setVisible(opened)
        words = texts.tr("Hide the details") if opened else texts.tr("Read more first")
        self._more.show_text(words, None)


def _points() -> tuple[tuple[str, str], ...]:
    return (
        (
            texts.tr("Prickly at first is normal."),
            texts.tr("It often eases within a few minutes. Wear a thin T-shirt to begin."),
        ),
        (
            texts.tr("Pain is a signal to stop."),
            texts.tr("Sharp pain, numbness or dizziness: get off the mat."),
        ),
        (
            texts.tr("Keep it away from"),
            texts.tr("the front of the neck, the face and broken or inflamed skin."),
        ),
        (
            texts.tr("Do not use it"),
            texts.tr(
                "if you are pregnant, bleed easily or take blood thinners, or where you feel little, unless "
                "your doctor agrees. Ask your doctor first with diabetes or a heart condition."
            ),
        ),
    )


class _Point(QWidget):
    """A dot, a line that stands out, and what follows from it."""

    def __init__(self, lead: str, rest: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(u(_DOT_ROOM), 0, 0, 0)
        column.setSpacing(u(2))
        column.addWidget(Label(lead, TextStyle.STRONG))
        column.addWidget(Label(rest, tone="text2"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot of the mat."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        middle = QFontMetrics(TextStyle.STRONG.font()).height() / 2
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.drawEllipse(QPointF(self.width() - u(5) if rtl else u(5), middle), u(4.5), u(4.5))
