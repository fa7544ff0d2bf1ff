"""A card of settings: a title, and rows with a thin line between them."""

from PySide6.QtWidgets import QWidget

from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.setting_row import SettingRow, rule


class SettingsCard(Card):
    """Rows from top to bottom."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """``title`` is seen, and is the card's name."""
        super().__init__(title, parent)
        self.column.setSpacing(u(4))
        self.column.addWidget(Heading(title, TextStyle.H3))
        self._rows = 0

    def set_tight(self, tight: bool) -> None:
        """Where text is large and the window narrow, the room belongs to the words."""
        edge = u(12 if tight else 20)
        self.column.setContentsMargins(edge, edge, edge, edge)

    def add_row(self, words: str, control: QWidget, hint: str = "") -> SettingRow:
        """Another row; the row is given back for those whose hint changes."""
        row = SettingRow(words, control, hint)
        if self._rows:
            self.column.addWidget(rule())
        self._rows += 1
        self.column.addWidget(row)
        return row
