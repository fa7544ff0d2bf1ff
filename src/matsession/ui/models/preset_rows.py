"""The presets as rows: name and suggested length, all or those for one part of the body."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from matsession.app import texts
from matsession.domain.body import BodyArea
from matsession.domain.preset import Preset
from matsession.ui.widgets.rows import Mark, MarkRole, TrailingRole

_TOP = QModelIndex()


class PresetRows(QAbstractListModel):
    """One row a preset."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._presets: list[Preset] = []

    def show_presets(self, presets: Sequence[Preset], area: BodyArea | None) -> None:
        """Show ``presets``, or those of them for ``area``."""
        self.beginResetModel()
        self._presets = [preset for preset in presets if area is None or preset.area is area]
        self.endResetModel()

    def preset(self, row: int) -> Preset | None:
        """The preset of a row, or None."""
        return self._presets[row] if 0 <= row < len(self._presets) else None

    def row_of(self, preset_id: str) -> int:
        """The row of a preset; the first one where it is not shown."""
        return next((row for row, preset in enumerate(self._presets) if preset.id == preset_id), 0)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """How many presets are shown."""
        return 0 if parent.isValid() else len(self._presets)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What there is to show and to say of a preset."""
        preset = self.preset(index.row())
        if preset is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return preset.name
            case Qt.ItemDataRole.ToolTipRole:
                return preset.summary or None
            case _ if role == MarkRole:
                return Mark.CHOICE
            case _ if role == TrailingRole:
                return texts.length(preset.suggested_s)
            case Qt.ItemDataRole.AccessibleTextRole:
                return texts.tr("{preset}, {time}").format(
                    preset=preset.name, time=texts.spoken_length(preset.suggested_s)
                )
            case _:
                return None
