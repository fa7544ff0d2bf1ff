"""All sources as rows of a list, numbered as the texts name them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from matsession.app import evidence_words, texts
from matsession.domain.evidence import Source
from matsession.ui.widgets.rows import Mark, MarkRole

_TOP = QModelIndex()


class SourceRows(QAbstractListModel):
    """One row a source."""

    def __init__(self, sources: Sequence[Source], parent: QObject | None = None) -> None:
        """They do not change."""
        super().__init__(parent)
        self._sources = tuple(sources)

    def source(self, row: int) -> Source:
        """The one in this row."""
        return self._sources[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._sources)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Number and title; a screen reader says the address as well."""
        if not index.isValid():
            return None
        source = self._sources[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return texts.tr("{number}. {title}").format(number=index.row() + 1, title=source.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return texts.tr("{number}. {title}. {address}").format(
                    number=index.row() + 1,
                    title=source.title,
                    address=source.url or evidence_words.no_address(),
                )
            case _ if role == MarkRole:
                return Mark.CHOICE
            case _:
                return None
