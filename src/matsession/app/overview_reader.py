"""Reads the overview for a window that must not stand still: sums to be built come piece by piece."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.history_overview import Overview, read_overview
from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_runner import SessionRunner
from matsession.app.stepwise import Steps, Stepwise
from matsession.domain.errors import MatSessionError


class OverviewReader(QObject):
    """Asked by ``read``, answers with ``ready`` or ``failed``; at once, unless sums have to be built."""

    ready = Signal(Overview)
    progressed = Signal(float)
    """Sums are being built; this part of them is done."""
    failed = Signal(object)
    """The MatSessionError why the history cannot be read; it is the trouble of the journal too."""

    def __init__(
        self,
        journal: Journal,
        runner: SessionRunner,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Read the store of ``journal``, as of the moment that ``runner`` tells."""
        super().__init__(parent)
        self._journal = journal
        self._runner = runner
        self._presets = presets
        self._preferences = preferences
        self._work: Stepwise | None = None

    @Slot()
    def read(self) -> None:
        """Read all of it anew: at once, unless sums have to be built first."""
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        turn_min = self._preferences.settings.day_turn_min
        try:
            steps = self._journal.store.sums.follow_day_turn(turn_min)
            done = next(steps, None)
        except MatSessionError as error:
            self._fail(error)
            return
        if done is None:
            self._read_now()
            return
        self._work = Stepwise(_all_of(steps), self)
        self._work.progressed.connect(self.progressed)
        self._work.finished.connect(self._read_now)
        self._work.failed.connect(self._fail)
        self.progressed.emit(done)
        self._work.start()

    @Slot()
    def _read_now(self) -> None:
        now, settings = self._runner.now().wall, self._preferences.settings
        try:
            found = read_overview(self._journal.store, settings, self._presets.guidance, now)
        except MatSessionError as error:
            self._fail(error)
            return
        self.ready.emit(found)

    @Slot(object)
    def _fail(self, error: MatSessionError) -> None:
        self._journal.note_trouble(error)
        self.failed.emit(error)


def _all_of(steps: Iterator[float]) -> Steps:
    yield from steps
