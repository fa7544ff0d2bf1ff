"""Lines of text, each with a dot before it, and where wished a quiet remark below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.visibility import show

_DOT_ROOM = 14


class PointList(QWidget):
    """Lines, each with a bullet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without any."""
        super().__init__(parent)
        self._labels: list[_Point] = []
        self._remarks: dict[int, Label] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(2))

    def show_points(self, points: Sequence[str], remarks: Sequence[str] = ()) -> None:
        """Show these lines instead, each with its remark; an empty one is none."""
        while len(self._labels) < len(points):
            label = _Point()
            self._column.addWidget(label)
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.setText(points[number] if number < len(points) else "")
            show(label, number < len(points))
            self._show_remark(number, remarks[number] if number < len(remarks) else "")
        show(self, bool(points))

    def _show_remark(self, number: int, words: str) -> None:
        """Few lines have one: it is made where it is first needed."""
        remark = self._remarks.get(number)
        if remark is None and words:
            remark = Label(style=TextStyle.CAPTION, tone="text3")
            remark.setIndent(u(_DOT_ROOM))
            self._column.insertWidget(self._column.indexOf(self._labels[number]) + 1, remark)
            self._remarks[number] = remark
        if remark is not None:
            remark.setText(words)
            show(remark, bool(words))


class _Point(Label):
    """A text with a dot before its first line."""

    def __init__(self) -> None:
        super().__init__()
        self.setIndent(u(_DOT_ROOM))  # margins are lost in a group box that has a style sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        painter.drawEllipse(QPointF(u(5), QFontMetrics(self.font()).height() / 2), u(2.5), u(2.5))
