"""Paper that is written from top to bottom; where there is no more room, a new page begins."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from matsession.app import report_words
from matsession.ui.theme import LIGHT

PT_PER_INCH: Final = 72
MARGIN_MM: Final = 18
MOST_PAGES: Final = 2
"""Longer is no report."""
_FOOT_PT: Final = 26
_LEADING: Final = 1.25
_SPARE_PT: Final = 34
"""Kept free on the last page: two lines that say what had no room."""


class Sheet:
    """Everything is in points, 72 to the inch, whatever the device."""

    def __init__(self, device: QPagedPaintDevice, foot: str) -> None:
        """Write on ``device``; ``foot`` stands at the lower edge of each page, with its number."""
        device.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
        self._device = device
        self._foot = foot
        self.painter = QPainter()
        self.y = 0.0
        self._page = 1

    def begin(self) -> bool:
        """Take the paper in hand; False where that cannot be done."""
        if not self.painter.begin(self._device):
            return False
        scale = self._device.logicalDpiX() / PT_PER_INCH
        self.painter.scale(scale, scale)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.width = self._device.width() / scale
        self.height = self._device.height() / scale - _FOOT_PT
        self._write_foot()
        return True

    def end(self) -> bool:
        """Let go of the paper; False where something went wrong."""
        return self.painter.end()

    @property
    def pages(self) -> int:
        """How many there are so far."""
        return self._page

    def need(self, height: float) -> None:
        """Begin a new page unless there is so much room."""
        if self.y > 0 and self.y + height > self.height:
            self._device.newPage()
            self._page += 1
            self.y = 0.0
            self._write_foot()

    def fits(self, height: float) -> bool:
        """Whether so much has room on the pages there may be."""
        return self._page < MOST_PAGES or self.y + height + _SPARE_PT <= self.height

    def gap(self, height: float) -> None:
        """Leave some room."""
        self.y += height

    def write(
        self,
        text: str,
        size: int = 10,
        *,
        bold: bool = False,
        colour: str = LIGHT.text,
        left: float = 0,
        width: float | None = None,
    ) -> None:
        """A paragraph; it goes on on the next page line by line."""
        self.painter.setPen(QColor(colour))
        for _layout, lines in _wrapped(text, font(size, bold=bold), (width or self.width) - left):
            for each in lines:
                high = each.height() * _LEADING
                self.need(high)
                each.draw(self.painter, QPointF(left - each.x(), self.y - each.y()))
                self.y += high

    def height_of(self, text: str, size: int = 10, *, bold: bool = False) -> float:
        """How much room ``write`` takes for it."""
        wrapped = _wrapped(text, font(size, bold=bold), self.width)
        return sum(each.height() * _LEADING for _layout, lines in wrapped for each in lines)

    def text_at(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 10,
        *,
        bold: bool = False,
        colour: str = LIGHT.text,
        right: bool = False,
        width: float | None = None,
    ) -> float:
        """One line anywhere, ``y`` being its upper edge; where it ends. Longer than ``width`` it is cut."""
        used = font(size, bold=bold)
        metrics = QFontMetricsF(used)
        if width is not None:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        wide = metrics.horizontalAdvance(text)
        self.painter.setFont(used)
        self.painter.setPen(QColor(colour))
        left = x - wide if right else x
        self.painter.drawText(QPointF(left, y + metrics.ascent()), text)
        return left + wide

    def rule(self) -> None:
        """A thin line across."""
        self.painter.fillRect(QRectF(0, self.y, self.width, 0.6), QColor(LIGHT.border))
        self.y += 0.6

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]], numbers_from: int = 1) -> None:
        """Rows below a head, which is the first; columns from ``numbers_from`` on end at the right."""
        for number, row in enumerate(rows):
            self.need(16)
            left = 0.0
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                right = column >= numbers_from
                colour = LIGHT.text2 if number == 0 else LIGHT.text
                self.text_at(
                    left + width - 4 if right else left,
                    self.y + 2,
                    cell,
                    9,
                    bold=number == 0,
                    colour=colour,
                    right=right,
                    width=width - 6,
                )
                left += width
            self.y += 15
            self.rule()

    def _write_foot(self) -> None:
        y = self.height + _FOOT_PT - 12
        self.text_at(0, y, self._foot, 8, colour=LIGHT.text3, width=self.width - 60)
        self.text_at(self.width, y, report_words.page(self._page), 8, colour=LIGHT.text3, right=True)


def _wrapped(text: str, used: QFont, width: float) -> list[tuple[QTextLayout, list[QTextLine]]]:
    """The lines of each paragraph, with the layout that owns them."""
    wrapped = []
    for line in text.split("\n"):
        layout = QTextLayout(line or " ", used)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (each := layout.createLine()).isValid():
            each.setLineWidth(width)
            lines.append(each)
        layout.endLayout()
        wrapped.append((layout, lines))
    return wrapped


def font(size: int, *, bold: bool = False) -> QFont:
    """The system's font, in points: the painter is scaled so that a pixel is one."""
    used = QFont()
    used.setPixelSize(size)
    used.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # paper has no pixels to fit
    used.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return used


def paper_size(name: str) -> QPageSize:
    """Letter where that is usual, else A4; ``name`` is that of a locale ("en_US")."""
    letter = name.rpartition("_")[2] in {"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PR"}
    return QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
