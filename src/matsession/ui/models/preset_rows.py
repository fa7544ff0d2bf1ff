"""The presets as rows: name and suggested length."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from matsession.app import texts
from matsession.domain.preset import Preset
from matsession.domain.suitability import Suitability, Verdict
from matsession.ui.widgets.rows import Mark, MarkRole, TrailingRole

_TOP = QModelIndex()


class PresetRows(QAbstractListModel):
    """One row a preset."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._presets: list[Preset] = []
        self._marks: dict[str, str] = {}

    def show_presets(self, presets: Sequence[Preset], judge: Callable[[Preset], Suitability]) -> None:
        """Show ``presets``; ``judge`` tells which need a doctor to be asked, and which are hidden."""
        words = {Verdict.CAUTIONED: texts.tr("ask first"), Verdict.HIDDEN: texts.tr("hidden")}
        self.beginResetModel()
        self._presets = list(presets)
        verdicts = {preset.id: judge(preset).verdict for preset in presets}
        self._marks = {preset_id: words.get(verdict, "") for preset_id, verdict in verdicts.items()}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """How many presets are shown."""
        return 0 if parent.isValid() else len(self._presets)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What there is to show and to say of a preset."""
        if not index.isValid():
            return None
        preset = self._presets[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return preset.name
            case Qt.ItemDataRole.ToolTipRole:
                return preset.summary or None
            case _ if role == MarkRole:
                return Mark.CHOICE
            case _ if role == TrailingRole:
                return self._with_mark(preset, texts.length(preset.suggested_s))
            case Qt.ItemDataRole.AccessibleTextRole:
                return texts.tr("{preset}, {time}").format(
                    preset=preset.name,
                    time=self._with_mark(preset, texts.spoken_length(preset.suggested_s)),
                )
            case _:
                return None

    def _with_mark(self, preset: Preset, time: str) -> str:
        mark = self._marks[preset.id]
        return texts.tr("{mark}, {time}").format(mark=mark, time=time) if mark else time
