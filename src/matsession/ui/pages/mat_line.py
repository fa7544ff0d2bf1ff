"""The line of the plan in which the mat is chosen; there is none before a second mat is known."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from matsession.app import texts
from matsession.app.mat_shelf import MatShelf
from matsession.ui.theme import u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.setting_choice import SettingChoice

_BESIDE_PX = 240


class MatLine(QWidget):
    """Which of the mats is in use."""

    def __init__(self, shelf: MatShelf, parent: QWidget | None = None) -> None:
        """Choose among those on ``shelf``."""
        super().__init__(parent)
        self._shelf = shelf
        self._choice = SettingChoice(texts.tr("Mat"))
        label = Label(texts.tr("Mat"))
        label.setBuddy(self._choice)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(u(4))
        self._row.addWidget(label, 1)
        self._row.addWidget(self._choice)
        self._choice.chosen.connect(self._on_choice_chosen)
        shelf.changed.connect(self.refresh)
        self.refresh()

    def follow(self, before: QWidget) -> None:
        """Come after this one by the Tab key."""
        QWidget.setTabOrder(before, self._choice)

    @Slot()
    def refresh(self) -> None:
        """Show the mats as they are."""
        in_use = self._shelf.in_use
        offered = [("", texts.tr("Not told")), *((mat.id, mat.name) for mat in self._shelf.mats)]
        self._choice.offer(offered, in_use.id if in_use is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside its name, or below."""
        super().resizeEvent(event)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(right if self.width() >= u(_BESIDE_PX) else down)

    @Slot(object)
    def _on_choice_chosen(self, mat_id: str) -> None:
        self._shelf.use(mat_id)
