"""The body map: where the mat is, shown on two figures and said by ten radio buttons.

In a wide window the words stand between front and back, with lines to what they mean. In a narrow one there
is one figure, which can be turned, and the same buttons are rows beside it, or below it where it is narrower
still.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from matsession.app import texts
from matsession.domain.body import BodyArea, BodyPart, parts_of, uses_of
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.area_button import AreaButton
from matsession.ui.widgets.body_figure import (
    HALF_WIDTH,
    HEIGHT,
    Side,
    half_width,
    paint_figure,
    paint_focus,
    paint_hovered,
    part_at,
    sides_of,
)
from matsession.ui.widgets.body_places import PLACES, BodyPlace, levels, place_at, place_of
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.painted_radio import RadioGroup

if TYPE_CHECKING:
    from matsession.ui.widgets.segment import Segment

RECENT_DAYS = 14
"""So many days, today included, are recent."""

_LEAST_FIGURE = 288
"""Figures lower than this, in design pixels, are too small to point at."""
_LARGEST_FIGURE = 640
_APART = 1.5
"""From one figure's centre line to the other's, in widths of a figure, where there is room."""
_WORD_GAP = 6
_PILL = 28
_LEAST_PILL = 24
_SMALL_FIGURE_WIDTH = 128
_BELOW_HEIGHT = 280


_Shape = Literal["two figures", "rows beside one", "rows below one"]
_Line = tuple[BodyPlace, QPointF, QPointF]
"""From the word of a place to a figure."""


class BodyMap(RadioGroup):
    """Choose where the mat is. ``place_chosen`` tells what was chosen here, ``show_area`` shows what is."""

    place_chosen = Signal(object)
    """The person chose this BodyPlace."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with nothing chosen and every place to be chosen."""
        super().__init__(texts.tr("Where is the mat?"), parent)
        self._narrow = False
        self._shape: _Shape = "two figures"
        self._turned = Side.BACK
        self._parts: tuple[BodyPart, ...] = ()
        self._uses: Mapping[str, int] | None = None
        self._hovered: BodyPlace | None = None
        self._figures: dict[Side, QRectF] = {}
        self._lines: list[_Line] = []
        self._picture: QPixmap | None = None
        self._picture_of: tuple[object, ...] = ()
        self._side: Segment | None = None
        self._heights: dict[int, int] = {}
        self._title = Label(texts.tr("Where is the mat?"), TextStyle.STRONG, parent=self)
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._areas = [AreaButton(place, texts.map_place(place.areas[0]), self) for place in PLACES]
        for button in self._areas:
            self.add(button)
            button.touched.connect(self._on_area_touched)
        self.mind_tab_stop()
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.picked.connect(self._on_picked)

    # -- what is shown -------------------------------------------------------------------------------

    def show_area(self, area: BodyArea | None) -> None:
        """Show where the mat is; None where nothing is chosen at all."""
        place = place_of(area)
        self._parts = parts_of(area) if area is not None else ()
        self.show_checked(next((each for each in self._areas if each.place is place), None))
        sides = sides_of(self._parts)
        if sides and self._turned not in sides:
            self._turn(sides[-1])
        self.update()

    def set_available(self, areas: Collection[BodyArea]) -> None:
        """Offer the places for which there is a preset."""
        for button in self._areas:
            there = any(area in areas for area in button.place.areas)
            button.setEnabled(there)
            button.setToolTip("" if there else texts.tr("There is no preset for this place."))
        self.mind_tab_stop()

    def show_uses(self, uses_by_area: Mapping[str, int] | None) -> None:
        """Tell how many sessions each place had in the recent days; None: do not."""
        if uses_by_area == self._uses:
            return
        self._uses = uses_by_area
        for button in self._areas:
            words = texts.map_place(button.place.areas[0])
            if uses_by_area is None:
                button.show_words(words)
                button.setAccessibleName(words)
                continue
            count = uses_of(button.place.parts, uses_by_area)
            button.show_words(
                texts.tr("{place} ({count})").format(place=words, count=count) if count else words
            )
            recent = texts.recent_sessions(count, RECENT_DAYS)
            button.setAccessibleName(texts.tr("{place}, {recent}").format(place=words, recent=recent))
        self._measure_anew()
        self._lay_out()

    def set_narrow(self, narrow: bool) -> None:
        """One figure with rows, or two with words between them."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._measure_anew()
            self._lay_out()

    def focus_chosen(self) -> None:
        """Go to the chosen place, or to the first."""
        stop = self.tab_stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_on_to(self, widget: QWidget) -> None:
        """Tab goes on to this widget."""
        QWidget.setTabOrder(self._areas[-1], widget)

    # -- where everything is -------------------------------------------------------------------------

    def _measure_anew(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """The least that does; the two figures grow with the room there is."""
        if width not in self._heights:  # layouts ask often
            two = self._shape_for(width) == "two figures"
            self._heights[width] = (
                self._head_height(width) + self._least_figure()
                if two
                else self._place_rows(width, move=False)
            )
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest word of a row."""
        width = max(button.row_width() for button in self._areas)
        return QSize(width, u(200))

    def sizeHint(self) -> QSize:
        """As wide as is easy to look at; the height follows from the width."""
        return QSize(u(448), u(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place all anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._measure_anew()
            self._lay_out()

    def _shape_for(self, width: int) -> _Shape:
        if not self._narrow and self._scale_for(width, self._least_figure()) * HEIGHT >= u(_LEAST_FIGURE) - 1:
            return "two figures"
        rows = max(button.row_width() for button in self._areas)
        return "rows beside one" if width >= u(_SMALL_FIGURE_WIDTH) + u(8) + rows else "rows below one"

    def _least_figure(self) -> int:
        """So high that the words do not touch."""
        return max(u(_LEAST_FIGURE), len(self._areas) * (self._least_pill() + u(2)) + u(8))

    @staticmethod
    def _least_pill() -> int:
        return max(u(_LEAST_PILL), QFontMetrics(TextStyle.LABEL.font()).height() + u(4))

    def _head_height(self, width: int) -> int:
        return self._title.heightForWidth(width) + u(12)

    def _scale_for(self, width: int, height: int) -> float:
        """Pixels for each unit, so that every word has room between the figures."""
        scale = min(height, u(_LARGEST_FIGURE)) / HEIGHT
        for button in self._areas:
            half = half_width(button.place.y - 16, button.place.y + 16)
            room = width - button.pill_width() - 2 * u(_WORD_GAP)
            scale = min(scale, room / (2 * half + 2 * HALF_WIDTH))
        return max(scale, 0.01)

    def _lay_out(self) -> None:
        if self.width() <= 0:
            return
        self._shape = self._shape_for(self.width())
        two = self._shape == "two figures"
        for button in self._areas:
            button.be_row(not two)
        if self._side is not None:
            self._side.setVisible(not two)
        elif not two:
            self._make_side()
        if two:
            self._place_two()
        else:
            self._place_rows(self.width(), move=True)
        self.update()

    def _place_two(self) -> None:
        head = self._head_height(self.width())
        height = max(1, self.height() - head - u(2))
        scale = self._scale_for(self.width(), height)
        apart = self._apart(scale)
        centre = self.width() / 2
        size = scale * HEIGHT
        top = head + max(0.0, (height - size) / 2)
        for side, x in ((Side.FRONT, centre - apart / 2), (Side.BACK, centre + apart / 2)):
            self._figures[side] = QRectF(x - HALF_WIDTH * scale, top, 2 * HALF_WIDTH * scale, size)
        title = self._title.sizeHint().width() + 2
        room = max(title, round(apart - 2 * 30 * scale)) if title < apart else title
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setGeometry(round(centre - room / 2), 0, room, self._title.heightForWidth(room))
        self._place_words(top, scale, centre)

    def _apart(self, scale: float) -> float:
        """From one centre line to the other: as in the design's picture, or as far as the words need."""
        needed = max(
            2 * half_width(button.place.y - 16, button.place.y + 16) * scale
            + button.pill_width()
            + 2 * u(_WORD_GAP)
            for button in self._areas
        )
        return min(self.width() - 2 * HALF_WIDTH * scale, max(needed, _APART * 2 * HALF_WIDTH * scale))

    def _place_words(self, top: float, scale: float, centre: float) -> None:
        """Each at its height, or as near to it as its neighbours allow."""
        room = u(FOCUS_ROOM)
        pitch = min(u(_PILL + 3), int((self.height() - top) / len(self._areas)))
        pill = max(self._least_pill(), min(u(_PILL), pitch - u(2)))
        lowest = self.height() - pill / 2 - room
        heights = _spread([top + button.place.y * scale for button in self._areas], pitch, lowest)
        self._lines = []
        for button, y in zip(self._areas, heights, strict=True):
            button.set_pill_height(pill)
            place = QRect(QPoint(0, 0), button.sizeHint())
            place.moveCenter(QPoint(round(centre), round(y)))
            button.setGeometry(place)
            self._draw_lines_from(button, scale)

    def _draw_lines_from(self, button: AreaButton, scale: float) -> None:
        middle = QRectF(button.geometry()).center()
        reach = button.pill_width() / 2 + u(4)
        for side, x, y in button.place.points:
            figure = self._figures[side]
            start = QPointF(middle.x() + (reach if side is Side.BACK else -reach), middle.y())
            end = QPointF(figure.center().x() + x * scale, figure.top() + y * scale)
            self._lines.append((button.place, start, end))

    def _place_rows(self, width: int, *, move: bool) -> int:
        """The height that one figure with rows takes; ``move``: put them there."""
        head = self._place_head(width, move=move)
        beside = self._shape_for(width) == "rows beside one"
        figure_width = min(u(_SMALL_FIGURE_WIDTH), round(width * 0.36)) if beside else width
        left = figure_width + u(8) if beside else 0
        y = head + (0 if beside else u(_BELOW_HEIGHT + 8))
        for button in self._areas:
            height = button.row_height(width - left)
            if move:
                button.setGeometry(left, y, width - left, height)
            y += height
        if move:
            scale = figure_width / (2 * HALF_WIDTH + 4)
            size = min(scale * HEIGHT, max(self.height(), y) - head) if beside else u(_BELOW_HEIGHT)
            self._figures = {self._turned: QRectF(0, head, figure_width, size)}
            self._lines = []
        return y + u(2)

    def _place_head(self, width: int, *, move: bool) -> int:
        """Title, and the choice of a side beside it or below; how high they are."""
        side = self._side.sizeHint() if self._side is not None else QSize(u(130), u(38))
        title = self._title.sizeHint().width() + 2
        beside = title + u(8) + side.width() <= width
        room = min(title, width) if beside else width
        title_height = self._title.heightForWidth(room)
        height = max(title_height, side.height())
        if move and self._side is not None:
            self._title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._title.setGeometry(0, (height - title_height) // 2 if beside else 0, room, title_height)
            at_y = (height - side.height()) // 2 if beside else title_height + u(4)
            self._side.setGeometry(
                width - side.width() if beside else 0, at_y, min(side.width(), width), side.height()
            )
        return (height if beside else title_height + u(4) + side.height()) + u(8)

    def _make_side(self) -> None:
        from matsession.ui.widgets.segment import Segment  # only where it is narrow

        self._side = Segment(texts.tr("Side of the figure"), (texts.tr("Front"), texts.tr("Back")), self)
        self._side.show_chosen(list(Side).index(self._turned))
        self._side.picked.connect(self._on_side_picked)
        first = self._areas[0]
        for before, after in pairwise([first, *self._side.buttons(), first]):  # Tab goes down the page
            QWidget.setTabOrder(before, after)
        self._side.show()
        self._measure_anew()

    def _turn(self, side: Side) -> None:
        self._turned = side
        if self._side is not None:
            self._side.show_chosen(list(Side).index(side))
        self._lay_out()

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, and upon it what the mouse and the keys are at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._still())
        if self._hovered is not None:
            parts = [part for part in self._hovered.parts if part not in self._parts]
            for side, figure in self._figures.items():
                paint_hovered(painter, side, parts, figure)
            for line in self._lines:
                if line[0] is self._hovered:
                    self._paint_line(painter, *line)
        focused = next((button for button in self._areas if button.ringed()), None)
        if focused is not None:
            for side, figure in self._figures.items():
                paint_focus(painter, side, focused.place.parts, figure)

    def _still(self) -> QPixmap:
        """Figures, lines and captions, painted once for each size, theme and choice."""
        ratio = self.devicePixelRatioF()
        wanted = (self.size(), ratio, tokens(), self._parts, self._shape, self._turned, self._shades())
        if self._picture is None or wanted != self._picture_of:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(tokens().surface))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_still(painter)
            painter.end()
            self._picture, self._picture_of = picture, wanted
        return self._picture

    def _shades(self) -> tuple[tuple[BodyPart, int], ...] | None:
        return None if self._uses is None else tuple(levels(self._uses).items())

    def _paint_still(self, painter: QPainter) -> None:
        shades = self._shades()
        for side, figure in self._figures.items():
            paint_figure(painter, side, figure, self._parts, None if shades is None else dict(shades))
        if self._shape != "two figures":
            return
        painter.setFont(TextStyle.CAPTION.font())
        painter.setPen(QColor(tokens().text2))
        for side, words in ((Side.FRONT, texts.tr("Front")), (Side.BACK, texts.tr("Back"))):
            figure = self._figures[side]
            area = QRectF(figure.left(), 0, figure.width(), self._title.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        for line in self._lines:
            self._paint_line(painter, *line)

    def _paint_line(self, painter: QPainter, place: BodyPlace, start: QPointF, end: QPointF) -> None:
        colours = tokens()
        chosen = place is self._checked_place()
        colour = QColor(colours.accent if chosen else colours.control)
        painter.setPen(QPen(colour, max(1, u(1.75) if chosen else u(1))))
        painter.drawLine(start, end)
        painter.setPen(QPen(QColor(colours.on_accent if chosen else colours.surface), max(1, u(1))))
        painter.setBrush(colour)
        painter.drawEllipse(end, u(26) / 10, u(26) / 10)

    def _checked_place(self) -> BodyPlace | None:
        checked = self.checked()
        return checked.place if isinstance(checked, AreaButton) else None

    # -- mouse ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would choose."""
        self._hover(self.place_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing any more."""
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the figure is a click on its word."""
        place = self.place_under(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place is None:
            super().mousePressEvent(event)
            return
        button = self._button(place)
        button.setFocus(Qt.FocusReason.MouseFocusReason)
        button.setChecked(True)

    def place_under(self, position: QPointF) -> BodyPlace | None:
        """The place that a click here would choose."""
        for side, figure in self._figures.items():
            if figure.contains(position):
                scale = figure.height() / HEIGHT
                part = part_at(
                    side, (position.x() - figure.center().x()) / scale, (position.y() - figure.top()) / scale
                )
                place = place_at(part) if part is not None else None
                if place is not None and self._button(place).isEnabled():
                    return place
        return None

    def _hover(self, place: BodyPlace | None) -> None:
        if place is self._hovered:
            return
        self._hovered = place
        for button in self._areas:
            button.set_hovered(button.place is place)
        if place is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def _button(self, place: BodyPlace) -> AreaButton:
        return self._areas[PLACES.index(place)]

    # -- events --------------------------------------------------------------------------------------

    @Slot(QAbstractButton)
    def _on_picked(self, button: QAbstractButton) -> None:
        if isinstance(button, AreaButton):
            self.show_area(button.place.areas[0])
            self.place_chosen.emit(button.place)

    @Slot()
    def _on_area_touched(self) -> None:
        under = next((button for button in self._areas if button.underMouse() and button.isEnabled()), None)
        self._hover(under.place if under is not None else None)
        self.update()

    @Slot()
    def _on_side_picked(self) -> None:
        assert self._side is not None
        self._turn(list(Side)[self._side.chosen()])


def _spread(wanted: Sequence[float], pitch: float, highest: float) -> list[float]:
    """These ascending numbers, at least ``pitch`` apart, none above ``highest``, moved as little as can."""
    found: list[float] = []
    for each in wanted:
        found.append(max(each, found[-1] + pitch) if found else each)
    for number in reversed(range(len(found))):
        found[number] = min(found[number], highest)
        highest = found[number] - pitch
    return found
