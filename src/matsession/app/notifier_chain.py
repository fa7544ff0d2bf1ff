"""Several ways to show a notice, the best first; where one cannot, the next one does."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from matsession.app.notice_signals import NoticeSignals
from matsession.app.ports import Notice, Notifier

log = logging.getLogger(__name__)


class NotifierChain(NoticeSignals):
    """Implements ``ports.Notifier`` by others. What all of them refuse is told as refused."""

    def __init__(self, notifiers: Sequence[Notifier], parent: QObject | None = None) -> None:
        """Ask ``notifiers`` in this order, anew for each notice: a service may come or go."""
        super().__init__(parent)
        self._links: list[_Link] = []
        self._notices: dict[str, tuple[Notice, int]] = {}
        for notifier in notifiers:
            self.add(notifier)

    def add(self, notifier: Notifier) -> None:
        """One more, to be asked last."""
        self._links.append(_Link(notifier, len(self._links), self))

    def show(self, notice: Notice) -> None:
        """By the first that can."""
        self.withdraw(notice.id)
        self._try(notice, 0)

    def withdraw(self, notice_id: str) -> None:
        """Wherever it is shown."""
        _, number = self._notices.pop(notice_id, (None, -1))
        if 0 <= number < len(self._links):
            self._links[number].notifier.withdraw(notice_id)

    def close(self) -> None:
        """All of them."""
        self._notices.clear()
        for link in self._links:
            link.notifier.close()

    def _try(self, notice: Notice, number: int) -> None:
        if number == len(self._links):
            self._notices.pop(notice.id, None)
            log.warning("nobody can show the notice %s", notice.id)
            self.refused.emit(notice.id, notice.quiet)
            return
        self._notices[notice.id] = (notice, number)
        self._links[number].notifier.show(notice)

    # What the links tell; a notice that is elsewhere by now is none of theirs.

    def hear_shown(self, number: int, notice_id: str, place: str, may_sound: bool) -> None:
        """One is shown."""
        if self._is_at(notice_id, number):
            self.shown.emit(notice_id, place, may_sound)

    def hear_refused(self, number: int, notice_id: str, quiet: bool) -> None:
        """One is refused: on to the next, which is told where the person does not wish to be disturbed."""
        if self._is_at(notice_id, number):
            notice = self._notices[notice_id][0]
            self._try(replace(notice, quiet=True) if quiet else notice, number + 1)

    def hear_answered(self, number: int, notice_id: str, answer: str) -> None:
        """One is answered."""
        if self._is_at(notice_id, number):
            del self._notices[notice_id]
            self.answered.emit(notice_id, answer)

    def _is_at(self, notice_id: str, number: int) -> bool:
        return notice_id in self._notices and self._notices[notice_id][1] == number


class _Link(QObject):
    """Knows which of the notifiers speaks."""

    def __init__(self, notifier: Notifier, number: int, chain: NotifierChain) -> None:
        super().__init__(chain)
        self.notifier = notifier
        self._number = number
        notifier.on_shown(self._on_notifier_shown)
        notifier.on_refused(self._on_notifier_refused)
        notifier.on_answered(self._on_notifier_answered)

    def _chain(self) -> NotifierChain:
        chain = self.parent()
        assert isinstance(chain, NotifierChain)
        return chain

    @Slot(str, str, bool)
    def _on_notifier_shown(self, notice_id: str, place: str, may_sound: bool) -> None:
        self._chain().hear_shown(self._number, notice_id, place, may_sound)

    @Slot(str, bool)
    def _on_notifier_refused(self, notice_id: str, quiet: bool) -> None:
        self._chain().hear_refused(self._number, notice_id, quiet)

    @Slot(str, str)
    def _on_notifier_answered(self, notice_id: str, answer: str) -> None:
        self._chain().hear_answered(self._number, notice_id, answer)
