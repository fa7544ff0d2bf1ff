"""The steps of a plan as rows: as a preview, or with what is done, runs and comes."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from matsession.app import texts
from matsession.domain.plan import Plan
from matsession.ui.widgets.rows import Mark, MarkRole, TrailingRole

if TYPE_CHECKING:  # a preview needs none
    from matsession.domain.session import SessionView

_NOWHERE = -1
_TOP = QModelIndex()


class StepRows(QAbstractListModel):
    """One row a step."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a plan."""
        super().__init__(parent)
        self._plan: Plan | None = None
        self._now = _NOWHERE
        self._left = ""
        self._followed = False

    def show_plan(self, plan: Plan | None) -> None:
        """Preview a plan."""
        self.beginResetModel()
        self._plan, self._now, self._left, self._followed = plan, _NOWHERE, "", False
        self.endResetModel()

    def show_view(self, view: "SessionView") -> None:
        """Follow a session; only rows that changed are told."""
        if view.plan is not self._plan or not self._followed:
            self.beginResetModel()
            self._plan, self._now, self._followed = view.plan, _NOWHERE, True
            self.endResetModel()
        now = len(view.plan.steps) if view.over else _NOWHERE if view.in_preparation else view.step_index
        left = texts.clock(view.step_left_s)
        if now != self._now:
            self._now, self._left = now, left
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        elif left != self._left and 0 <= now < self.rowCount():
            self._left = left
            self.dataChanged.emit(self.index(now, 0), self.index(now, 0), [TrailingRole])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """How many steps."""
        return 0 if parent.isValid() or self._plan is None else len(self._plan.steps)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What there is to show and to say of a step."""
        if self._plan is None or not index.isValid():
            return None
        row = index.row()
        planned = self._plan.steps[row]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return planned.step.name
            case _ if role == MarkRole:
                return self._mark(row)
            case _ if role == TrailingRole:
                if self._open(row):
                    return texts.tr("open")
                if row == self._now:
                    return texts.tr("{time} left").format(time=self._left)
                return texts.clock(planned.length_s)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return None

    def _mark(self, row: int) -> Mark:
        if not self._followed:
            return Mark.BULLET
        return Mark.DONE if row < self._now else Mark.NOW if row == self._now else Mark.NEXT

    def _open(self, row: int) -> bool:
        """Whether the person, and not the plan, says how long this step lasts."""
        assert self._plan is not None
        return row == self._plan.waiting_step

    def _spoken(self, row: int) -> str:
        assert self._plan is not None
        planned = self._plan.steps[row]
        pattern = {
            Mark.BULLET: texts.tr("{step}, {time}"),
            Mark.DONE: texts.tr("{step}, {time}, done"),
            Mark.NOW: texts.tr("{step}, {time}, now"),
            Mark.NEXT: texts.tr("{step}, {time}, to come"),
        }[self._mark(row)]
        time = texts.tr("open end") if self._open(row) else texts.spoken_length(planned.length_s)
        return pattern.format(step=planned.step.name, time=time)
