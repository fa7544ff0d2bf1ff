"""How far a long piece of work is, with Cancel; nothing is shown of what is done within half a second."""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.stepwise import Stepwise
from matsession.domain.errors import MatSessionError
from matsession.ui.announce import announce
from matsession.ui.theme import u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label

SHOWN_AFTER_MS: Final = 500


class WorkBar(QWidget):
    """Follows one Stepwise at a time; afterwards it says what came of it, or why nothing did."""

    finished = Signal(object)
    """What came of the work."""
    failed = Signal(object)
    """The MatSessionError why nothing came of it; it is shown already."""
    ended = Signal()
    """It has finished, failed, or was cancelled: another can begin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._work: Stepwise | None = None
        self._words = Label(tone="text2")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.setFixedHeight(u(10))
        self._cancel = Button(texts.tr("Cancel"), ButtonKind.SECONDARY, small=True)
        self._trouble = Banner(BannerKind.NOT_SAVED)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(u(8))
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(4))
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self._trouble)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_AFTER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._cancel.clicked.connect(self.cancel)
        self._show(words=False, bar=False)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def follow(self, work: Stepwise, name: str) -> None:
        """Show how far ``work`` is, which is called ``name``; it has begun, or begins now."""
        self.say("")
        self._name = name
        self._work = work
        self._bar.setValue(0)
        self._bar.setAccessibleName(name)
        work.progressed.connect(self._on_work_progressed)
        work.finished.connect(self._on_work_finished)
        work.failed.connect(self._on_work_failed)
        work.cancelled.connect(self._on_work_cancelled)
        self._timer.start()
        work.start()

    def say(self, words: str) -> None:
        """Say what came of something; empty says nothing."""
        self._trouble.tell("")
        self._words.setText(words)
        self._show(words=bool(words), bar=False)
        if words:
            announce(self, words)

    def tell(self, error: MatSessionError) -> None:
        """Say why something could not be done."""
        self.say("")
        self._trouble.tell(*texts.error(error))
        self.setVisible(True)

    @Slot()
    def cancel(self) -> None:
        """Stop the work; it leaves nothing behind."""
        if self._work is not None:
            self._work.cancel()

    def _show(self, *, words: bool, bar: bool) -> None:
        self._words.setVisible(words)
        self._bar.setVisible(bar)
        self._cancel.setVisible(bar)
        self.setVisible(words or bar)

    def _end(self) -> None:
        self._work = None
        self._timer.stop()
        self._show(words=False, bar=False)

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._words.setText(self._name)
        self._show(words=True, bar=True)
        announce(self, self._name)

    @Slot(float)
    def _on_work_progressed(self, done: float) -> None:
        self._bar.setValue(round(100 * done))

    @Slot(object)
    def _on_work_finished(self, result: object) -> None:
        self._end()
        self.finished.emit(result)
        self.ended.emit()

    @Slot(object)
    def _on_work_failed(self, error: MatSessionError) -> None:
        self._end()
        self.tell(error)
        self.failed.emit(error)
        self.ended.emit()

    @Slot()
    def _on_work_cancelled(self) -> None:
        self._end()
        self.say(texts.tr("Cancelled. Nothing was changed."))
        self.ended.emit()
