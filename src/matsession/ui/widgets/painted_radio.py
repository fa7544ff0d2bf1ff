"""What the radio buttons that paint themselves share, and groups of them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QWidget

from matsession.ui.widgets.card import Group

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class PaintedRadio(QRadioButton):
    """All of it can be clicked; it knows whether it has a ring; keys but Space are left to its group."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Say ``words``."""
        super().__init__(parent)
        self._ring = False
        self._words = words
        self._sizes: dict[object, int] = {}
        self.show_words(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def show_words(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self._sizes.clear()
        self.setText(words.replace("&", "&&"))  # else it would be a shortcut, and not be heard
        self.updateGeometry()

    def measured(self, what: object, measure: Callable[[], int]) -> int:
        """The size of ``what``, in pixels, measured once for these words and this font: layouts ask often."""
        if what not in self._sizes:
            self._sizes[what] = measure()
        return self._sizes[what]

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other sizes."""
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._sizes.clear()
        super().changeEvent(event)

    def ringed(self) -> bool:
        """Whether to draw the ring: it has the focus, and that came by key."""
        return self._ring and self.hasFocus()

    def hitButton(self, _position: object) -> bool:
        """All of it can be clicked."""
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key; a window that is back looks as it did."""
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._ring = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press by mouse takes the ring away."""
        self._ring = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Space is for the button; the group knows the other keys."""
        self._ring = True
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


class RadioGroup(Group):
    """Some of them, of which one is chosen, or none. Arrows move and choose; Tab stops once."""

    picked = Signal(QAbstractButton)
    """The person chose this button."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._on_group_toggled)
        self._showing = False

    def add(self, button: PaintedRadio) -> None:
        """One more; arrows go through them in this order."""
        button.setParent(self)
        self._group.addButton(button)

    def remove(self, button: PaintedRadio) -> None:
        """One less, for good."""
        self._group.removeButton(button)
        button.hide()
        button.deleteLater()

    def buttons(self) -> list[PaintedRadio]:
        """All of them, in order."""
        return [button for button in self._group.buttons() if isinstance(button, PaintedRadio)]

    def checked(self) -> PaintedRadio | None:
        """The one that is chosen."""
        button = self._group.checkedButton()
        return button if isinstance(button, PaintedRadio) else None

    def show_checked(self, button: PaintedRadio | None) -> None:
        """Show what is known already; nothing is ``picked``."""
        self._showing = True
        if button is not None:
            button.setChecked(True)
        elif (checked := self.checked()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
        self._showing = False
        self.mind_tab_stop()

    def mind_tab_stop(self) -> None:
        """Tab stops at the chosen one, or at the first that can be chosen."""
        stop = self.tab_stop()
        for button in self.buttons():
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() is not policy:
                button.setFocusPolicy(policy)

    def tab_stop(self) -> PaintedRadio | None:
        """Where Tab stops."""
        return self.checked() or next((each for each in self.buttons() if each.isEnabled()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next that can be chosen, and choose it."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _BACK + _FORTH:
            self._move(-1 if event.key() in _BACK else 1)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        able = [each for each in self.buttons() if each.isEnabled()]
        focused = next((each for each in able if each.hasFocus()), None)
        if focused is None:
            return
        to = able[min(len(able) - 1, max(0, able.index(focused) + step))]
        if not focused.isChecked() and self.checked() is None:
            to = focused  # the first arrow chooses where one stands
        to.setFocus(Qt.FocusReason.OtherFocusReason)
        to.setChecked(True)

    @Slot(QAbstractButton, bool)
    def _on_group_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked and not self._showing:
            self.mind_tab_stop()
            self.picked.emit(button)


def narrowest(metrics: QFontMetrics, words: str, lines: int) -> int:
    """The width in which ``words`` take no more than so many lines."""
    each = [metrics.horizontalAdvance(word) for word in words.split()] or [0]
    space = metrics.horizontalAdvance(" ")

    def needed(width: int) -> int:
        count, used = 1, 0
        for word in each:
            if used and used + space + word > width:
                count, used = count + 1, word
            else:
                used += (space if used else 0) + word
        return count

    low, high = max(each), sum(each) + space * (len(each) - 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if needed(middle) <= lines else (middle + 1, high)
    return high
