"""What every way to show a notice tells, in one place."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import NoticeAnswer, NoticePlace


class NoticeSignals(QObject):
    """The half of ``ports.Notifier`` that listens are taken for; the rest is of each way's own."""

    shown = Signal(str, str, bool)
    refused = Signal(str, bool)
    answered = Signal(str, str)

    def on_shown(self, listener: Callable[[str, NoticePlace, bool], None]) -> None:
        """Call ``listener`` with what is shown, where, and whether a sound may disturb."""
        self.shown.connect(listener)

    def on_refused(self, listener: Callable[[str, bool], None]) -> None:
        """Call ``listener`` with what cannot be shown here, and whether it must not disturb elsewhere."""
        self.refused.connect(listener)

    def on_answered(self, listener: Callable[[str, NoticeAnswer], None]) -> None:
        """Call ``listener`` with the answers."""
        self.answered.connect(listener)
