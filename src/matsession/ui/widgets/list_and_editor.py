"""A list, and the editor of what is chosen in it: beside the list, or in its place where there is no room."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import em, u
from matsession.ui.widgets.button import Button, ButtonKind

_BESIDE_EM: Final = 54
"""From this width of the page on both stand side by side."""
_ANY_WIDTH: Final = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""


class ListAndEditor(QWidget):
    """Lays out the two; what is in them is the page's."""

    back_wished = Signal()
    """Back to the list, which the editor hides."""

    def __init__(
        self, entries: QWidget, editor: QWidget, editor_px: int, parent: QWidget | None = None
    ) -> None:
        """The editor is ``editor_px`` units wide beside the list, and not shown at first."""
        super().__init__(parent)
        self._entries = entries
        self._editor_px = editor_px
        self._beside = True
        self._back = Button(texts.tr("Back to the list"), ButtonKind.QUIET)
        self._back.clicked.connect(self.back_wished)
        self._edited = QWidget()
        edited = QVBoxLayout(self._edited)
        edited.setContentsMargins(0, 0, 0, 0)
        edited.setSpacing(u(4))
        back = QHBoxLayout()
        back.addWidget(self._back)
        back.addStretch(1)
        edited.addLayout(back)
        edited.addWidget(editor)
        edited.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(u(18))
        columns.addWidget(entries, 1)
        columns.addWidget(self._edited)
        self._edited.hide()

    @property
    def editing(self) -> bool:
        """Whether the editor is shown."""
        return not self._edited.isHidden()

    @property
    def list_shown(self) -> bool:
        """Whether the list is not hidden by the editor."""
        return not self._entries.isHidden()

    def show_editor(self, shown: bool) -> None:
        """Show the editor, or put it away."""
        self._edited.setVisible(shown)
        self._arrange()

    def fit(self, page_px: int) -> None:
        """Stand side by side if a page so wide has room for that."""
        self._beside = page_px >= _BESIDE_EM * em()
        self._arrange()

    def _arrange(self) -> None:
        self._entries.setVisible(self._beside or not self.editing)
        self._back.setVisible(not self._beside)
        if self._beside:
            self._edited.setFixedWidth(u(self._editor_px))
        else:
            self._edited.setMinimumWidth(0)
            self._edited.setMaximumWidth(_ANY_WIDTH)
