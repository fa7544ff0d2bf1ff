"""Reading a window: every text there is to see or to be told, and every text that is painted."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QWidget,
)

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
SVG = "{http://www.w3.org/2000/svg}"
FAR_PX = 100_000.0
ROWS = 20
"""More rows of a list say nothing else."""


def told(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of every widget that can be seen, tooltips and what a screen reader hears included."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is window:
            name = type(widget).__name__
            yield from ((name, text) for text in _of_any(widget) if text)
            yield from ((name, text) for text in _of_kind(widget) if text)


def _of_any(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if widget.isWindow():
        yield widget.windowTitle()
    for action in widget.actions():
        yield from _of_action(action)


def _of_action(action: QAction) -> Iterator[str]:
    yield action.text()
    yield action.toolTip()


def _of_kind(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QLineEdit():
            yield widget.text()
            yield widget.placeholderText()
        case QPlainTextEdit():
            yield widget.placeholderText()
            if widget.isReadOnly():  # else it is what a person writes
                yield widget.toPlainText()
        case QAbstractSpinBox():
            yield widget.text()
            yield widget.specialValueText()
        case QProgressBar():
            yield widget.text()
        case QMenu():
            yield widget.title()
        case QTableView():
            yield from _of_model(widget.model(), widget.horizontalHeader().count())
            if widget.horizontalHeader().isVisible():
                yield from _of_header(widget.model(), widget.horizontalHeader().count())
        case QAbstractItemView():
            yield from _of_model(widget.model(), 1)
        case _:
            pass


def _of_model(model: QAbstractItemModel, columns: int) -> Iterator[str]:
    for row in range(min(ROWS, model.rowCount())):
        for column in range(columns):
            for role in ROLES:
                yield str(model.index(row, column).data(role) or "")


def _of_header(model: QAbstractItemModel, columns: int) -> Iterator[str]:
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


class Piece(NamedTuple):
    """A text as it is painted: a line or less, and where its ink is within the widget."""

    text: str
    ink: QRectF
    near_px: float
    """So far it may be off: whole pixels, and in large type the accents on capitals."""


def painted(widget: QWidget) -> list[Piece]:
    """What a widget paints by itself, without its children; what it cuts off is there as well."""
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(data)
    picture.setSize(QSize(widget.size()))
    picture.setViewBox(QRect(widget.rect()))
    widget.render(picture, renderFlags=QWidget.RenderFlag(0))
    data.close()
    groups = ElementTree.fromstring(bytes(data.data().data())).iter(f"{SVG}g")
    return [
        _piece(each, group.get("transform", ""))
        for group in groups
        for each in group.findall(f"{SVG}text")
        if (each.text or "").strip()
    ]


def _piece(text: ElementTree.Element, transform: str) -> Piece:
    words = (text.text or "").strip()
    font = QFont(text.get("font-family", ""))
    font.setPixelSize(max(1, round(float(text.get("font-size", "1")))))
    font.setWeight(QFont.Weight(int(text.get("font-weight", "400"))))
    ink = QFontMetricsF(font).tightBoundingRect(words)
    ink.translate(float(text.get("x", "0")), float(text.get("y", "0")))
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", transform)]
    placed = QTransform(*numbers).mapRect(ink) if len(numbers) == 6 else ink
    return Piece(words, placed, 1.5 + 0.06 * font.pixelSize())


def painting_faults(window: QWidget) -> Iterator[str]:
    """Texts that stick out of the widget that paints them, or lie upon each other."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        pieces = painted(widget)
        name = type(widget).__name__
        scrolls = isinstance(widget.parentWidget(), QAbstractScrollArea)
        for number, piece in enumerate(pieces):
            near_px = piece.near_px
            beyond_px = FAR_PX if scrolls else near_px
            room = QRectF(widget.rect()).adjusted(-near_px, -beyond_px, near_px, beyond_px)
            if not room.contains(piece.ink):
                yield f"{name} paints {piece.text!r} beyond its edge"
            for other in pieces[number + 1 :]:
                moved = piece.ink.center() - other.ink.center()
                if piece.text == other.text and moved.manhattanLength() < 2 * near_px:
                    continue  # an outline and what it is around
                both = piece.ink.intersected(other.ink)
                if both.width() > near_px and both.height() > near_px:
                    yield f"{name} paints {piece.text!r} upon {other.text!r}"
