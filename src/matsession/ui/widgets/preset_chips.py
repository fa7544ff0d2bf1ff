"""The presets that are offered first, as chips in a row, with the way to all others at its end."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from matsession.app import texts
from matsession.domain.preset import Preset
from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.painted_radio import PaintedRadio, RadioGroup, narrowest

_SIDE = 13
_GAP = 10
_MARK = 18
_HEIGHT = 44
_LEAST = 200
_BETWEEN = 2
"""Between two chips, the room for their focus rings left aside."""


class PresetChip(PaintedRadio):
    """Name and suggested length of one preset. A long name takes two lines."""

    def __init__(self, preset: Preset, parent: QWidget | None = None, *, ask_first: bool = False) -> None:
        """Stand for ``preset``; ``ask_first``: with the mark that a doctor is to be asked."""
        super().__init__(preset.name, parent)
        self.preset = preset
        self.ask_first = ask_first
        self._length = texts.length(preset.suggested_s)
        spoken = texts.spoken_length(preset.suggested_s)
        name = texts.tr("{preset}, {time}").format(preset=preset.name, time=spoken)
        if ask_first:
            name = texts.tr("{preset}, ask first").format(preset=name)
        self.setAccessibleName(name)
        self.setToolTip(preset.summary)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(self.easy_width(), self.measured("height", self._measure_least_height))

    def minimumSizeHint(self) -> QSize:
        """The name in two lines."""
        return QSize(self.least_width(), self.measured("height", self._measure_least_height))

    def heightForWidth(self, width: int) -> int:
        """As high as the lines of the name."""
        return self.measured(width, partial(self._measure_height, width))

    def easy_width(self) -> int:
        """The width in which the name is one line."""
        return self.measured("easy", self._measure_easy)

    def least_width(self) -> int:
        """The width in which the name is two lines."""
        return self.measured("least", self._measure_least)

    def _beside(self) -> int:
        """All that is beside the name."""
        return self.measured("beside", self._measure_beside)

    def _measure_easy(self) -> int:
        return _name_metrics().horizontalAdvance(self.words) + 1 + self._beside()

    def _measure_least(self) -> int:
        return narrowest(_name_metrics(), self.words, 2) + 1 + self._beside()

    def _measure_least_height(self) -> int:
        return u(_HEIGHT) + 2 * u(FOCUS_ROOM)

    def _measure_height(self, width: int) -> int:
        room = max(1, width - self._beside())
        flags = int(Qt.TextFlag.TextWordWrap)
        lines = _name_metrics().boundingRect(0, 0, room, 10_000, flags, self.words).height()
        return max(u(_HEIGHT), lines + u(8)) + 2 * u(FOCUS_ROOM)

    def _measure_beside(self) -> int:
        length = QFontMetrics(TextStyle.BODY.font()).horizontalAdvance(self._length)
        mark = u(_MARK + _GAP // 2) if self.ask_first else 0
        return mark + length + u(_GAP) + 2 * u(_SIDE) + 2 * u(FOCUS_ROOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chosen one stands out by outline and colour."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = u(FOCUS_ROOM)
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        checked, hovered = self.isChecked(), self.underMouse() or self.isDown()
        edge, width, ink, fill = colours.border, max(1, u(1)), colours.text, colours.surface
        if checked:
            edge, width, ink = colours.accent, max(2, u(2)), colours.on_soft
        elif hovered:
            edge, fill = colours.control, colours.hover
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), u(12), u(12))
        if self.ringed():
            draw_focus_ring(painter, face, u(12))
        inner = face.adjusted(u(_SIDE), 0, -u(_SIDE), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(TextStyle.BODY.font())
        painter.setPen(QColor(colours.text2))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._length)
        if self.ask_first:
            left = (
                inner.right() - painter.fontMetrics().horizontalAdvance(self._length) - u(_MARK + _GAP // 2)
            )
            area = QRectF(left, inner.center().y() - u(_MARK) / 2, u(_MARK), u(_MARK))
            draw_sign(painter, Sign.CAREFUL, area, QColor(colours.warn))
        words = QRectF(inner.left(), inner.top(), self.width() - self._beside() + 1, inner.height())
        painter.setFont(TextStyle.STRONG.font())
        painter.setPen(QColor(ink))
        flags = int(middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.drawText(words, flags, self.words)


class PresetChips(RadioGroup):
    """One row where it fits, two beside each other where it is narrow."""

    preset_chosen = Signal(object)
    """The person chose this Preset."""
    all_requested = Signal()
    """The person wants to see all presets, or has seen them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without chips."""
        super().__init__(texts.tr("Presets"), parent)
        self._chips: list[PresetChip] = []
        self._heights: dict[int, int] = {}
        self._all = Button(
            texts.tr("All presets"),
            ButtonKind.QUIET,
            parent=self,
            texts_to_come=(texts.tr("Body map"),),
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.picked.connect(self._on_picked)
        self._all.clicked.connect(self._on_all_clicked)

    def show_presets(
        self, presets: Sequence[Preset], chosen: Preset | None, ask_first: frozenset[str] = frozenset()
    ) -> None:
        """Offer these; those in ``ask_first``, by id, with a mark."""
        wanted = [(preset, preset.id in ask_first) for preset in presets]
        if [(chip.preset, chip.ask_first) for chip in self._chips] != wanted:
            for chip in self._chips:
                self.remove(chip)
            self._chips = [PresetChip(preset, self, ask_first=marked) for preset, marked in wanted]
            for chip in self._chips:
                self.add(chip)
                if self.isVisible():
                    chip.show()
            self._heights.clear()
            self._mind_tab_order()
            self._place()
            self.updateGeometry()
        self.show_chosen(chosen)

    def show_chosen(self, preset: Preset | None) -> None:
        """Mark the chip of the chosen preset, if it has one."""
        self.show_checked(next((chip for chip in self._chips if chip.preset == preset), None))

    def show_all(self, shown: bool) -> None:
        """Let the button lead back from all presets, or to them."""
        self._all.show_text(texts.tr("Body map") if shown else texts.tr("All presets"), None)

    def tab_on_to(self, widget: QWidget) -> None:
        """Tab goes on to this widget."""
        QWidget.setTabOrder(self._all, widget)

    def sizeHint(self) -> QSize:
        """One row."""
        width = sum(chip.easy_width() + u(_BETWEEN) for chip in self._chips)
        width += self._all.sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One chip below the other, names in as many lines as it takes."""
        return QSize(max(u(_LEAST), self._all.minimumSizeHint().width()), u(_HEIGHT))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        if width not in self._heights:  # layouts ask often
            self._heights[width] = max(rect.bottom() + 1 for _, rect in self._places(width))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other sizes."""
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._heights.clear()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes to the chips first. That can be told no sooner than all is in one window."""
        super().showEvent(event)
        self._mind_tab_order()

    def _mind_tab_order(self) -> None:
        if self.isVisible():
            stops = [self._all, *self._chips, self._all]
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place all anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for widget, rect in self._places(self.width()):
            widget.setGeometry(rect)

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Where everything is in this width: row by row, the button at the end of the last one or below."""
        gap, found, y = u(_BETWEEN), list[tuple[QWidget, QRect]](), 0
        x = height = 0
        for row in self._rows(width):
            y += height + gap if found else 0
            x, height = 0, max(chip.heightForWidth(each) for chip, each in row)
            for chip, each in row:
                found.append((chip, QRect(x, y, each, height)))
                x += each + gap
        size = self._all.sizeHint()
        if x + size.width() > width and found:
            y, height = y + height + gap, size.height()
        top = y + max(0, height - size.height()) // 2
        found.append(
            (self._all, QRect(max(0, width - size.width()), top, min(width, size.width()), size.height()))
        )
        return found

    def _rows(self, width: int) -> list[list[tuple[PresetChip, int]]]:
        """Which chips stand beside each other, and how wide each is."""
        gap = u(_BETWEEN)
        easy = [chip.easy_width() for chip in self._chips]
        gaps = gap * len(self._chips)
        if sum(easy) + gaps + self._all.sizeHint().width() <= width:
            return [list(zip(self._chips, easy, strict=True))] if easy else []
        least = [chip.least_width() for chip in self._chips]
        for room in (width - gaps - self._all.sizeHint().width(), width - gaps):
            if self._chips and sum(least) <= room:
                # Two lines for the longest names; as few chips as possible have them.
                for chip in sorted(range(len(easy)), key=lambda each: least[each] - easy[each]):
                    easy[chip] = max(least[chip], min(easy[chip], easy[chip] + room - sum(easy)))
                return [list(zip(self._chips, easy, strict=True))]
        across = 2 if 2 * max(least, default=0) + gap <= width else 1
        each = (width - gap * (across - 1)) // across
        starts = range(0, len(self._chips), across)
        return [[(chip, each) for chip in self._chips[start : start + across]] for start in starts]

    @Slot(QAbstractButton)
    def _on_picked(self, button: QAbstractButton) -> None:
        if isinstance(button, PresetChip):
            self.preset_chosen.emit(button.preset)

    @Slot()
    def _on_all_clicked(self) -> None:
        self.all_requested.emit()


def _name_metrics() -> QFontMetrics:
    return QFontMetrics(TextStyle.STRONG.font())
