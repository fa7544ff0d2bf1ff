"""A choice for a setting: each text stands for a value."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.ui.theme import u
from matsession.ui.widgets.choice import Choice

_USUAL = 150


class SettingChoice(Choice):
    """One of several values."""

    chosen = Signal(object)
    """The person chose this value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self.activated.connect(self._on_activated)

    def offer(self, offered: Sequence[tuple[Any, str]], chosen: object) -> None:
        """Offer these values with their texts, and show the chosen one of them."""
        if list(offered) != [(self.itemData(index), self.itemText(index)) for index in range(self.count())]:
            self.clear()
            for value, words in offered:
                self.addItem(words, value)
            self.updateGeometry()
        self.setCurrentIndex([value for value, _ in offered].index(chosen))

    def sizeHint(self) -> QSize:
        """As wide as the others on the card, if its texts allow."""
        return super().sizeHint().expandedTo(QSize(u(_USUAL), 0))

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))
