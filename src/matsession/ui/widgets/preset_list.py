"""Presets to be opened, one below the other: Tab stops once, arrows go through them, Enter opens."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.drawing import draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Label

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class PresetEntry(NamedTuple):
    """A preset as it is told in the list."""

    id: str
    name: str
    fact: str
    """Below the name."""
    hidden: bool = False


class PresetList(Group):
    """A column of buttons."""

    chosen = Signal(str)
    """The preset with this id is to be opened."""
    left = Signal(int)
    """An arrow leads out of the list: up (-1) or down (1)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._buttons: list[_EntryButton] = []
        self._shown: tuple[tuple[PresetEntry, ...], str] = ((), "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_entries(self, entries: Sequence[PresetEntry], opened_id: str) -> None:
        """Show these; the one that is open stands out."""
        if (tuple(entries), opened_id) == self._shown:
            return
        self._shown = (tuple(entries), opened_id)
        while len(self._buttons) > len(entries):
            button = self._buttons.pop()
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self._buttons) < len(entries):
            button = _EntryButton()
            button.chosen.connect(self.chosen)
            button.way_wished.connect(self._on_button_way_wished)
            button.entered.connect(self._on_button_entered)
            self._buttons.append(button)
            self._column.addWidget(button)
            button.show()
        for button, entry in zip(self._buttons, entries, strict=True):
            button.tell(entry, opened=bool(opened_id) and entry.id == opened_id)
        stop = next((b for b in self._buttons if b.entry.id == opened_id), None)
        if stop is None and not any(b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in self._buttons):
            stop = self._buttons[0] if self._buttons else None
        if stop is not None:
            self._stop_at(stop)

    def focus_entry(self, preset_id: str = "", *, last: bool = False) -> bool:
        """Give the keys to this preset, without an id to the first or last; False where there is none."""
        ends = self._buttons[-1:] if last else self._buttons[:1]
        found = [b for b in self._buttons if b.entry.id == preset_id] if preset_id else ends
        if not found:
            return False
        found[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _stop_at(self, stop: "_EntryButton") -> None:
        """Tab stops at this one alone."""
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    @Slot(object)
    def _on_button_entered(self, button: "_EntryButton") -> None:
        self._stop_at(button)

    @Slot(object, int)
    def _on_button_way_wished(self, button: "_EntryButton", way: int) -> None:
        place = self._buttons.index(button) + way
        if abs(way) > 1:  # to an end
            place = max(0, min(place, len(self._buttons) - 1))
        if 0 <= place < len(self._buttons):
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit(way)


_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class _EntryButton(QPushButton):
    """One preset."""

    chosen = Signal(str)
    way_wished = Signal(object, int)
    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entry = PresetEntry("", "", "")
        self._opened = self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name = Label(style=TextStyle.STRONG)
        self._fact = Label(style=TextStyle.CAPTION)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(u(12), u(8), u(12), u(8))
        self._column.setSpacing(u(1))
        for label in (self._name, self._fact):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(label)
        self.clicked.connect(self._on_clicked)

    def tell(self, entry: PresetEntry, *, opened: bool) -> None:
        self.entry, self._opened = entry, opened
        self._name.setText(entry.name)
        self._fact.setText(entry.fact)
        self.setAccessibleName(
            texts.tr("{preset}, {fact}, open").format(preset=entry.name, fact=entry.fact)
            if opened
            else texts.tr("{preset}, {fact}").format(preset=entry.name, fact=entry.fact)
        )
        tones = ("on_soft", "on_soft") if opened else ("text3", "text3") if entry.hidden else ("", "text2")
        for label, tone in zip((self._name, self._fact), tones, strict=True):
            if label.property("tone") != tone:
                label.setProperty("tone", tone)
                label.style().unpolish(label)
                label.style().polish(label)
        font = TextStyle.STRONG.font()
        if entry.hidden:
            font.setWeight(QFont.Weight.Normal)
        self._name.setFont(font)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Names wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As its words need."""
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its words need."""
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its words may be."""
        return self._column.totalMinimumSize()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self._ring = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)
        self.entered.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next; Enter opens."""
        way = _KEYS.get(Qt.Key(event.key()), 0)
        if way and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.way_wished.emit(self, way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The open one has a ground, and an edge beside it."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(u(2), u(2), -u(2), -u(2))
        if self._opened:
            edge = QPen(QColor(colours.accent), max(1, u(1))) if colours.soft_outlined else Qt.PenStyle.NoPen
            painter.setPen(edge)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(face, u(10), u(10))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            x = face.right() - u(4) if self.isRightToLeft() else face.left() + u(1)
            painter.drawRoundedRect(QRectF(x, face.top() + u(10), u(3), face.height() - u(20)), u(1), u(1))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(face, u(10), u(10))
        if self._ring and self.hasFocus():
            draw_focus_ring(painter, face.adjusted(u(4), u(4), -u(4), -u(4)), u(7))

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.entry.id)
