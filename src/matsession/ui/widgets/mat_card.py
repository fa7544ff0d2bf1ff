"""A mat in the list: its photo, its name, what is known of it, and whether it is in use."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.domain.mat import Mat
from matsession.ui.drawing import draw_mark
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.opening_card import OpeningCard

_SMALL = 56


class MatPhoto(QWidget):
    """A photo in a square with round corners; without one the sign of the program."""

    def __init__(self, size_px: int = _SMALL, parent: QWidget | None = None) -> None:
        """``size_px`` is its side, in design pixels."""
        super().__init__(parent)
        self._size_px = size_px
        self._path: Path | None = None
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_photo(self, path: Path | None) -> None:
        """Show this picture, or none."""
        if path == self._path:
            return
        self._path = path
        self._pixmap = QPixmap()
        if path is not None:
            reader = QImageReader(str(path))
            self._pixmap = QPixmap.fromImageReader(reader)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(u(self._size_px), u(self._size_px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The middle of the picture fills the square."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        face = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(face, u(10), u(10))
        painter.fillPath(path, QColor(colours.sunken))
        if self._pixmap.isNull():
            gap = face.width() / 4
            draw_mark(painter, face.adjusted(gap, gap, -gap, -gap), QColor(colours.text3))
        else:
            side = min(self._pixmap.width(), self._pixmap.height())
            left, top = (self._pixmap.width() - side) / 2, (self._pixmap.height() - side) / 2
            painter.setClipPath(path)
            painter.drawPixmap(face, self._pixmap, QRectF(left, top, side, side))
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
        painter.drawPath(path)


class MatCard(OpeningCard):
    """A button that opens the mat."""

    def __init__(self, mat: Mat, parent: QWidget | None = None) -> None:
        """Show this one; ``tell`` says the rest."""
        super().__init__(mat.id, parent)
        self.mat = mat
        self._photo = MatPhoto()
        self._name = Label(style=TextStyle.STRONG)
        self._facts = Label(tone="text2")
        self._in_use = Label(texts.tr("In use"), TextStyle.LABEL, "accent")
        for each in (self._photo, self._name, self._facts, self._in_use):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        words.addWidget(self._in_use)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(u(14), u(12), u(14), u(12))
        self._row.setSpacing(u(14))
        self._row.addWidget(self._photo)
        self._row.addLayout(words, 1)

    def tell(self, mat: Mat, facts: str, photo: Path | None, *, in_use: bool) -> None:
        """What is known of it."""
        self.mat = mat
        self._photo.show_photo(photo)
        self._name.setText(mat.name)
        self._facts.setText(facts)
        self._in_use.setVisible(in_use)
        pattern = texts.tr("{mat}, {facts}, In use") if in_use else texts.tr("{mat}, {facts}")
        self.setAccessibleName(pattern.format(mat=mat.name, facts=facts))
        self.updateGeometry()
