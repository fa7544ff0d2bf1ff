"""What the mat view shows at one moment, where each part lies, and how it is drawn.

All sizes follow from the screen alone, by the design's rule: nothing moves within a session. Lengths are in
pixels of the upright picture; the quarter turns and the shift against burn-in are one transformation.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
    QRegion,
    QTextLayout,
    QTextOption,
    QTransform,
)

from matsession.ui.mat_colours import NIGHT, MatColours
from matsession.ui.theme import u
from matsession.ui.widgets.digits import Digits
from matsession.ui.widgets.ring_picture import DOTS, RingPicture, RingState

_SHIFT_PX: Final = 6
_SHIFTS: Final = 16
_MIDDLE: Final = 0.46
"""Where the middle of the digits lies, as a share of the height."""
_SMALLEST_TEXT: Final = 0.5
_EDGE_PX: Final = 2
"""Room for the outline of small text."""
_NO_RING: Final = RingPicture()


def burn_in_shift(minute: int) -> tuple[int, int]:
    """By how many pixels everything is moved in this minute: a small circle, once round in 16 minutes."""
    angle = 2 * math.pi * (minute % _SHIFTS) / _SHIFTS
    return round(_SHIFT_PX * math.sin(angle)), round(_SHIFT_PX * math.cos(angle))


@dataclass(frozen=True, slots=True)
class MatPicture:
    """All that can be seen of the mat view; two equal pictures look the same to the pixel."""

    ring: RingPicture = _NO_RING
    """Digits and dots, as the ring would show them."""
    title: str = ""
    cue: str = ""
    line: float | None = None
    """Half the length of the breath's line in whole pixels; None without a pacer."""
    hints: tuple[str, ...] = ()
    hint_opacity: float = 0.0
    colours: MatColours = NIGHT
    turns: int = 0
    shift: tuple[int, int] = (0, 0)


class MatLayout:
    """Where the parts lie on a screen of this size, for a font."""

    def __init__(self, size: QSizeF, turns: int, shift: tuple[int, int], font: QFont) -> None:
        """``turns`` quarter turns to the right."""
        self._font = QFont(font)
        self.turned = QTransform()
        self.turned.translate(size.width() / 2 + shift[0], size.height() / 2 + shift[1])
        self.turned.rotate(90 * turns)
        across = turns % 2 == 1
        self.width = size.height() if across else size.width()
        self.height = size.width() if across else size.height()
        self.turned.translate(-self.width / 2, -self.height / 2)
        self.portrait = self.height > self.width
        self.middle = QPointF(self.width / 2, self.height * _MIDDLE)

    # -- digits ------------------------------------------------------------------------------------

    def lines_of(self, text: str) -> list[str]:
        """The digits in one line; in portrait the seconds stand below the minutes."""
        minutes, colon, seconds = text.rpartition(":")
        return [minutes, seconds] if self.portrait and colon else [text]

    def digits_px(self, text: str) -> float:
        """The design's rule: never larger for fewer digits than "88:88", nor wider than the screen."""
        lines = self.lines_of(text)
        if self.portrait:
            # The second bound keeps clear of the words where a screen is hardly higher than wide.
            slender = min(1.0, max(0.0, (self.height / self.width - 1.3) / 0.4))
            most, widest = min(0.63 * self.width, (0.32 + 0.035 * slender) * self.height), "88"
        else:
            most, widest = 0.52 * self.height, "88:88"
        probe = Digits(max([widest, *lines], key=len), self._digits_font(1000))
        return min(most, 1000 * 0.88 * self.width / probe.width)

    def digit_cells(self, text: str) -> Iterator[tuple[Digits, str, QRectF]]:
        """Each sign with the rectangle of its cell, whose bottom is the line the sign stands on."""
        font = self._digits_font(self.digits_px(text))
        lines = [Digits(line, font) for line in self.lines_of(text)]
        step = 0.84 * font.pixelSize()
        top = self.middle.y() - (len(lines) - 1) * step / 2
        for number, digits in enumerate(lines):
            base = top + number * step + digits.high / 2
            for sign, left, room in digits.cells():
                yield digits, sign, QRectF(self.middle.x() + left, base - digits.high, room, digits.high)

    def digits_area(self, text: str) -> QRectF:
        """All the digits."""
        area = QRectF()
        for _, _, cell in self.digit_cells(text):
            area = area.united(_roomy(cell))
        return area

    def _digits_font(self, px: float) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(max(1, round(px)))
        font.setWeight(QFont.Weight.Medium)
        return font

    # -- words -------------------------------------------------------------------------------------

    @property
    def words_area(self) -> QRectF:
        """Title and cue: all above the digits, however many there are."""
        bottom = self.digits_area("00:00").top() - 0.005 * self.height
        return QRectF(0.04 * self.width, 0, 0.92 * self.width, bottom)

    def title_font(self, text: str) -> QFont:
        """Large, and small enough for one line."""
        font = self._text_font(self._title_px(), QFont.Weight.Medium)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        if wide > self.words_area.width():
            font.setPixelSize(max(1, int(font.pixelSize() * self.words_area.width() / wide)))
        return font

    @property
    def title_base(self) -> float:
        """The line the title stands on."""
        middle = (0.078 if self.portrait else 0.097) * self.height
        return middle + QFontMetricsF(self._text_font(self._title_px())).capHeight() / 2

    def cue_lines(self, text: str) -> tuple[QFont, list[tuple[QPointF, str]]]:
        """The cue in as many lines as fit above the digits; smaller where it is long."""
        area = self.words_area
        # Hanging letters of the title, and a gap.
        area.setTop(self.title_base + 0.55 * self._title_px())
        area.setBottom(area.bottom() - _EDGE_PX)
        px = self._title_px() / 2
        while True:
            font = self._text_font(px)
            lines = _wrapped(text, font, area.width())
            line_px = QFontMetricsF(font).height()
            fits = len(lines) * line_px <= max(area.height(), line_px)
            if fits or px <= _SMALLEST_TEXT * self._title_px() / 2:
                break
            px *= 0.92
        metrics = QFontMetricsF(font)
        most = max(1, int(area.height() / line_px))
        if len(lines) > most:
            rest = " ".join(lines[most - 1 :])
            lines[most - 1 :] = [metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width())]
        placed = []
        for number, line in enumerate(lines):
            left = self.middle.x() - metrics.horizontalAdvance(line) / 2
            placed.append((QPointF(left, area.top() + metrics.ascent() + number * line_px), line))
        return font, placed

    def _title_px(self) -> float:
        return 0.075 * self.width if self.portrait else 0.065 * self.height

    def _text_font(self, px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(max(1, round(px)))
        font.setWeight(weight)
        return font

    # -- line, dots, hints -------------------------------------------------------------------------

    @property
    def line_y(self) -> float:
        """The middle of the breath's line."""
        return (0.789 if self.portrait else 0.742) * self.height

    def line_half_px(self, full: float) -> float:
        """Half of the line for lungs this full, in whole pixels."""
        return round(0.3 * self.width * full)

    def line_rect(self, half: float) -> QRectF:
        """The line when it has come so far."""
        high = u(8)
        return QRectF(self.middle.x() - half, self.line_y - high / 2, 2 * half, high)

    @property
    def line_area(self) -> QRectF:
        """Wherever the line can be."""
        half = 0.3 * self.width + u(8)
        return QRectF(self.middle.x() - half, self.line_y - u(8), 2 * half, 2 * u(8))

    @property
    def dots_y(self) -> float:
        """The middle of the dots."""
        return (0.9 if self.portrait else 0.871) * self.height

    @property
    def pitch(self) -> float:
        """From one dot to the next."""
        return (0.89 if self.portrait else 0.78) * self.width / DOTS

    @property
    def growth_scale(self) -> float:
        """The scale of a ring whose dots grow by as many pixels as those here."""
        return self.pitch * (_LIT - _UNLIT) / 3.8

    def dot(self, number: int) -> QPointF:
        """The middle of a dot."""
        return QPointF(self.middle.x() + (number + 0.5 - DOTS / 2) * self.pitch, self.dots_y)

    def tick(self, share: float) -> QRectF:
        """The mark at the end of a step that ends at this share of the session."""
        x = self.middle.x() + (share - 0.5) * DOTS * self.pitch
        top = self.dots_y + self.pitch * _LIT + u(4)
        return QRectF(x - u(1), top, u(2), u(9))

    @property
    def dots_area(self) -> QRectF:
        """Dots and ticks."""
        half = DOTS / 2 * self.pitch + u(2)
        high = self.pitch * _LIT + u(2)
        return QRectF(self.middle.x() - half, self.dots_y - high, 2 * half, 2 * high + u(14))

    @property
    def hints_area(self) -> QRectF:
        """All below the dots."""
        top = self.dots_area.bottom() + u(4)
        return QRectF(0.02 * self.width, top, 0.96 * self.width, self.height - _SHIFT_PX - u(6) - top)

    def hint_places(self, hints: Sequence[str]) -> tuple[QFont, list[tuple[QPointF, str]]]:
        """The hints beside each other in as many lines as they need, as large as there is room."""
        area = self.hints_area
        px = float(u(20))
        while True:
            font = self._text_font(px)
            metrics = QFontMetricsF(font)
            gap = 1.6 * px
            rows: list[list[str]] = [[]]
            wide = 0.0
            for hint in hints:
                advance = metrics.horizontalAdvance(hint)
                if rows[-1] and wide + gap + advance > area.width():
                    rows.append([])
                    wide = 0.0
                wide += advance + (gap if rows[-1] else 0)
                rows[-1].append(hint)
            line_px = 1.3 * px
            if len(rows) * line_px <= area.height() - 2 * _EDGE_PX or px <= 8:
                break
            px *= 0.92
        top = area.center().y() - len(rows) * line_px / 2
        placed = []
        for number, row in enumerate(rows):
            advances = [metrics.horizontalAdvance(hint) for hint in row]
            left = self.middle.x() - (sum(advances) + gap * (len(row) - 1)) / 2
            base = top + (number + 0.5) * line_px + metrics.capHeight() / 2
            for hint, advance in zip(row, advances, strict=True):
                placed.append((QPointF(left, base), hint))
                left += advance + gap
        return font, placed

    # -- what changed ------------------------------------------------------------------------------

    def changed(self, old: MatPicture, new: MatPicture) -> list[QRectF] | None:
        """The parts in which these differ, turned as on the screen; None for all of it."""
        alike = replace(
            old,
            ring=new.ring,
            title=new.title,
            cue=new.cue,
            line=new.line,
            hints=new.hints,
            hint_opacity=new.hint_opacity,
        )
        if alike != new or old.ring.state is not new.ring.state:
            return None
        parts: list[QRectF] = []
        if (old.title, old.cue) != (new.title, new.cue):
            parts.append(self.words_area)
        if old.ring.digits != new.ring.digits:
            parts += self._changed_digits(old.ring.digits, new.ring.digits)
        if old.line != new.line:
            parts.append(self.line_area)
        words_only = replace(old.ring, digits="", above="", below="", breath=None)
        if words_only != replace(new.ring, digits="", above="", below="", breath=None):
            parts.append(self.dots_area)
        if (old.hints, old.hint_opacity) != (new.hints, new.hint_opacity):
            parts.append(self.hints_area)
        return [self.turned.mapRect(part) for part in parts]

    def _changed_digits(self, old: str, new: str) -> list[QRectF]:
        if [len(line) for line in self.lines_of(old)] != [len(line) for line in self.lines_of(new)]:
            return [self.digits_area(old), self.digits_area(new)]
        was = "".join(self.lines_of(old))
        return [
            _roomy(cell)
            for (_, sign, cell), before in zip(self.digit_cells(new), was, strict=True)
            if sign != before
        ]


_UNLIT, _LIT, _HOLLOW = 0.17, 0.35, 0.3
"""Radius of a dot as a share of the pitch."""


def _roomy(cell: QRectF) -> QRectF:
    """With what reaches beyond a cell: round digits above and below the line, and the outline."""
    room = 0.06 * cell.height() + 2
    return cell.adjusted(-room, -room, room, room)


def _wrapped(text: str, font: QFont, width: float) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines


def draw_mat(painter: QPainter, picture: MatPicture, layout: MatLayout, exposed: QRegion) -> None:
    """Draw the parts of ``picture`` that lie within ``exposed``, a region of the screen."""

    def needed(part: QRectF) -> bool:
        return exposed.intersects(layout.turned.mapRect(part).toAlignedRect())

    colours = picture.colours
    painter.fillRect(exposed.boundingRect(), QColor(colours.ground))
    painter.save()
    painter.setTransform(layout.turned, combine=True)
    if colours.glow != colours.ground:
        _draw_glow(painter, layout, colours)
    pens = _Inks(painter, colours)
    if needed(layout.words_area):
        _draw_words(pens, picture, layout)
    for digits, sign, cell in layout.digit_cells(picture.ring.digits):
        if needed(_roomy(cell)):
            _draw_digit(pens, digits, sign, cell, colours)
    if picture.line and needed(layout.line_area):
        _draw_line(pens, layout.line_rect(picture.line), colours)
    if needed(layout.dots_area):
        _draw_dots(pens, picture, layout)
    if picture.hint_opacity > 0 and needed(layout.hints_area):
        painter.setOpacity(picture.hint_opacity)
        font, placed = layout.hint_places(picture.hints)
        for place, hint in placed:
            pens.text(place, font, hint, colours.words)
    painter.restore()


_AROUND: Final = tuple(
    (math.cos(math.pi * eighth / 4), math.sin(math.pi * eighth / 4)) for eighth in range(8)
)


class _Inks:
    """Fills shapes, in the dawn with an outline around them."""

    def __init__(self, painter: QPainter, colours: MatColours) -> None:
        self._painter = painter
        self._outline = QColor(colours.outline)
        self._edge = colours.edge

    def fill(self, path: QPainterPath, colour: str, edge_px: float) -> None:
        if self._edge > 0:
            pen = QPen(self._outline, 2 * edge_px * self._edge)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.strokePath(path, pen)
        self._painter.fillPath(path, QColor(colour))

    def text(self, place: QPointF, font: QFont, text: str, colour: str) -> None:
        self._painter.setFont(font)
        if self._edge > 0:
            # Drawn eight times around: a tenth of the time that the outlines of so many letters take.
            reach = self._edge * max(1.0, 0.04 * font.pixelSize())
            self._painter.setPen(self._outline)
            for east, south in _AROUND:
                self._painter.drawText(place + QPointF(east, south) * reach, text)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(place, text)


def _draw_glow(painter: QPainter, layout: MatLayout, colours: MatColours) -> None:
    radius = 0.58 * min(layout.width, layout.height)
    middle = QPointF(layout.width / 2, layout.height / 2)
    area = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    glow = QRadialGradient(middle, radius)
    glow.setColorAt(0.0, QColor(colours.glow))
    glow.setColorAt(0.35, QColor(colours.glow))
    glow.setColorAt(1.0, QColor(colours.ground))
    painter.fillRect(area, glow)


def _draw_words(pens: _Inks, picture: MatPicture, layout: MatLayout) -> None:
    font = layout.title_font(picture.title)
    left = layout.middle.x() - QFontMetricsF(font).horizontalAdvance(picture.title) / 2
    pens.text(QPointF(left, layout.title_base), font, picture.title, picture.colours.digits)
    font, placed = layout.cue_lines(picture.cue)
    for place, line in placed:
        pens.text(place, font, line, picture.colours.words)


def _draw_digit(pens: _Inks, digits: Digits, sign: str, cell: QRectF, colours: MatColours) -> None:
    shift = (cell.width() - digits.metrics.horizontalAdvance(sign)) / 2
    path = QPainterPath()
    path.addText(QPointF(cell.left() + shift, cell.bottom()), digits.font, sign)
    pens.fill(path, colours.digits, 0.02 * cell.height())


def _draw_line(pens: _Inks, rect: QRectF, colours: MatColours) -> None:
    line = QPainterPath()
    line.addRoundedRect(rect, min(rect.width(), rect.height()) / 2, rect.height() / 2)
    pens.fill(line, colours.words, 2)


def _draw_dots(pens: _Inks, picture: MatPicture, layout: MatLayout) -> None:
    ring, colours = picture.ring, picture.colours
    lit = colours.unlit if ring.state is RingState.PAUSED else colours.digits
    for number in range(DOTS):
        middle = layout.dot(number)
        reached = number < ring.lit
        path = QPainterPath()
        if reached and ring.settling:
            hollow = _HOLLOW * layout.pitch
            path.addEllipse(middle, hollow, hollow)
            path.addEllipse(middle, hollow - u(2), hollow - u(2))  # the rule of odd and even leaves the ring
            pens.fill(path, lit, 1)
            continue
        share = _LIT if reached else _UNLIT
        grows = not reached and number == ring.lit and ring.growth > 0 and not ring.settling
        if grows:
            share = _UNLIT + (_LIT - _UNLIT) * ring.growth
        path.addEllipse(middle, share * layout.pitch, share * layout.pitch)
        pens.fill(path, lit if reached or grows else colours.unlit, 1)
    ticks = QPainterPath()
    for _, end in ring.arcs[:-1]:
        ticks.addRect(layout.tick(end / 360))
    if not ring.settling:
        pens.fill(ticks, colours.unlit, 1)
