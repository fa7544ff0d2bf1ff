"""The stop signs, one key away in every window of a session: F1 shows them in place, and nothing stops.

No dialog, and no key of the session is taken but Escape, which puts them away first.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from matsession.app import evidence_words, texts
from matsession.ui.announce import announce
from matsession.ui.theme import u
from matsession.ui.widgets.stop_panel import PanelColours, StopPanel

KEY: Final = "F1"


class StopSigns(QObject):
    """Shows them over a part of one window. The panel is made when it is first wanted."""

    changed = Signal()
    """They are shown now, or no longer."""

    def __init__(self, window: QWidget, over: QWidget, *, clear_px: int = 0) -> None:
        """In ``window``, upon ``over``; its foot stays free, where that leaves room to read."""
        super().__init__(window)
        self._over = over
        self._clear_px = clear_px
        self._panel: StopPanel | None = None
        self._away = QShortcut(QKeySequence("Esc"), window)
        self._away.setEnabled(False)
        self._away.activated.connect(self.hide)
        over.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """Whether they can be seen."""
        return self._panel is not None and not self._panel.isHidden()

    def toggle(self, signs: Sequence[str], *, turns: int = 0, colours: PanelColours | None = None) -> None:
        """Show them, or put them away."""
        if self.shown:
            self.hide()
        else:
            self._show(signs, turns, colours)

    def _show(self, signs: Sequence[str], turns: int, colours: PanelColours | None) -> None:
        if self._panel is None:
            hint = texts.tr("The session goes on. F1 or Esc puts this away.")
            # Beside it, not within: of what lies in a stack a screen reader finds its pages alone.
            around = self._over.parentWidget()
            assert around is not None, "it lies in a window"
            self._panel = StopPanel(evidence_words.stop_title(), hint, around)
            self._panel.clicked.connect(self.hide)
        self._panel.show_signs(signs, self._rooms(), turns=turns, colours=colours)
        self._away.setEnabled(True)
        announce(self._over, self._panel.words(), urgent=True)
        self.changed.emit()

    def keep_look(self, *, turns: int, colours: PanelColours) -> None:
        """Follow a picture below that is turned, or in other colours; nothing where they are not shown."""
        if self._panel is not None and self.shown and self._panel.look != (turns, colours):
            self._panel.keep_look(self._rooms(), turns=turns, colours=colours)

    @Slot()
    def hide(self) -> None:
        """Put them away."""
        if self._panel is not None and self.shown:
            self._panel.hide()
            self._away.setEnabled(False)
            self.changed.emit()

    def _rooms(self) -> tuple[QRectF, ...]:
        """First without what is to stay in sight, then all of it."""
        edge = u(6)
        room = QRectF(self._over.geometry()).adjusted(edge, edge, -edge, -edge)
        return room.adjusted(0, 0, 0, -u(self._clear_px)), room

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self._panel is not None and self.shown:
            self._panel.place(self._rooms())
        return super().eventFilter(watched, event)
