"""All sources: a list to choose from, and the address of the chosen one to select, copy or open."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import evidence_words, texts
from matsession.domain.evidence import Evidence, Source
from matsession.ui.announce import announce
from matsession.ui.models.source_rows import SourceRows
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.fold import Fold
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.visibility import show

OpenAddress = Callable[[str], bool]
"""Hands an address to the browser; whether it was taken."""

_ROW_PX, _ROWS = 34, 8.6
_LAYOUTS = 3


class SourcesFold(Fold):
    """Folded, because they are many; made when first unfolded."""

    told = Signal(str)
    """What was done, in a sentence."""
    laid_out = Signal()
    """It was unfolded, and has its size."""

    def __init__(self, evidence: Evidence, open_address: OpenAddress, parent: QWidget | None = None) -> None:
        """Those of ``evidence``, in its order."""
        super().__init__(texts.tr("Full references"), parent)
        self._sources = evidence.sources
        self._open_address = open_address
        self._layouts_left = 0
        self.first_opened.connect(self._on_first_opened)

    def set_open(self, opened: bool) -> None:
        """Unfold it, or fold it."""
        super().set_open(opened)
        if opened:
            self._layouts_left = _LAYOUTS
            QTimer.singleShot(0, self, self._on_layout_done)

    @Slot()
    def _on_layout_done(self) -> None:
        """Lists and texts that wrap ask for another size once they have one."""
        self.laid_out.emit()
        self._layouts_left -= 1
        if self._layouts_left > 0:
            QTimer.singleShot(0, self, self._on_layout_done)

    def _build(self) -> None:
        self._rows = SourceRows(self._sources, self)
        self._list = SourceList(texts.tr("Full references"), self._rows)
        self._title = Label(style=TextStyle.STRONG)
        self._address = AddressField()
        self._copy = Button(texts.tr("Copy address"), ButtonKind.SECONDARY, small=True)
        self._open = Button(texts.tr("Open in browser"), ButtonKind.SECONDARY, small=True)
        self._copy_all = Button(texts.tr("Copy all references"), ButtonKind.QUIET, small=True)
        self._trouble = Label(tone="danger")
        words = texts.tr(
            "Choose one to copy its address, or open it in your browser. MatSession itself uses no network."
        )
        self.body.addWidget(Label(words, tone="text2"))
        self.body.addWidget(self._list)
        chosen = QVBoxLayout()
        chosen.setSpacing(u(4))
        chosen.addWidget(self._title)
        chosen.addWidget(self._address)
        chosen.addWidget(self._trouble)
        chosen.addWidget(Flow(self._copy, self._open, self._copy_all, gap_px=0))
        self.body.addLayout(chosen)

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        self._list.open_requested.connect(self._on_open_clicked)
        self._list.copy_requested.connect(self._on_copy_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._open.clicked.connect(self._on_open_clicked)
        self._copy_all.clicked.connect(self._on_copy_all_clicked)

    def focus_list(self) -> None:
        """Where one chooses."""
        self.set_open(True)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Source:
        return self._rows.source(max(0, self._list.currentIndex().row()))

    @Slot()
    def _on_first_opened(self) -> None:
        self._build()
        self._connect()
        self._list.setCurrentIndex(self._rows.index(0, 0))

    @Slot(QModelIndex)
    def _on_list_current_changed(self, index: QModelIndex) -> None:
        source = self._rows.source(index.row())
        self._title.setText(source.title)
        self._address.setPlainText(source.url or evidence_words.no_address())
        self._copy.setEnabled(bool(source.url))
        self._open.setEnabled(bool(source.url))
        self._tell_trouble("")

    def _tell_trouble(self, words: str) -> None:
        self._trouble.setText(words)
        show(self._trouble, bool(words))
        if words:
            announce(self, words)

    @Slot()
    def _on_copy_clicked(self) -> None:
        source = self._chosen()
        if source.url:
            QGuiApplication.clipboard().setText(source.url)
            self.told.emit(texts.tr("Address copied."))

    @Slot()
    def _on_open_clicked(self) -> None:
        source = self._chosen()
        if not source.url:
            return
        taken = self._open_address(source.url)
        self._tell_trouble("" if taken else texts.tr("No browser took the address. Copy it from here."))
        if not taken:
            self._address.setFocus(Qt.FocusReason.OtherFocusReason)
            self._address.selectAll()

    @Slot()
    def _on_copy_all_clicked(self) -> None:
        lines = evidence_words.source_lines(self._sources)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.told.emit(texts.tr("All references copied."))


class AddressField(QPlainTextEdit):
    """An address to be read, selected and copied; as high as it is long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(texts.tr("Address"))
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:
        """All lines of it."""
        metrics = QFontMetrics(self.font())
        around = 2 * round(self.document().documentMargin()) + u(16)
        room = max(1, self.width() - around)
        flags = int(Qt.TextFlag.TextWrapAnywhere)
        lines = metrics.boundingRect(0, 0, room, 100_000, flags, self.toPlainText()).height()
        return QSize(u(200), max(lines, metrics.height()) + around)

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return QSize(u(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps it elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @Slot()
    def _on_text_changed(self) -> None:
        self.updateGeometry()


class SourceList(RowList):
    """Enter and a double click open, Ctrl+C copies."""

    open_requested = Signal()
    copy_requested = Signal()

    def __init__(self, name: str, rows: SourceRows, parent: QWidget | None = None) -> None:
        """It scrolls within a few rows: what one does with the chosen one stays in sight."""
        super().__init__(name, rows, _ROW_PX, parent, least_rows=_ROWS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Besides the keys that move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.open_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is under the pointer."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.open_requested.emit()
