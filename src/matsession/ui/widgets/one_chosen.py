"""One row of a list is chosen, whoever chooses: keys, the mouse, or a screen reader."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Slot
from PySide6.QtWidgets import QAbstractItemView


class OneChosen(QObject):
    """Lets the current row follow the selection.

    A screen reader toggles the selection and leaves the current row where it is. To toggle the chosen row
    chooses it again: a list of choices never stands without one.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        """For a view with its model; becomes its child."""
        super().__init__(view)
        self._rows = view.selectionModel()
        self._rows.selectionChanged.connect(self._on_rows_selection_changed)

    @Slot(QItemSelection, QItemSelection)
    def _on_rows_selection_changed(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        new, current = selected.indexes(), self._rows.currentIndex()
        if new and new[0] != current:
            # What was selected before may still be: a screen reader adds to it.
            self._rows.setCurrentIndex(new[0], QItemSelectionModel.SelectionFlag.ClearAndSelect)
        elif not self._rows.hasSelection() and current.isValid():
            self._rows.select(current, QItemSelectionModel.SelectionFlag.Select)
