"""Owns the running session and the one timer that lets time pass in it."""

import math

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from matsession.app.ports import Clock
from matsession.domain.events import Event, SleepAnswer
from matsession.domain.moment import Moment
from matsession.domain.plan import Plan
from matsession.domain.preset import Step
from matsession.domain.session import Phase, Session, SessionView

CHECKPOINT_S = 15.0
"""While a session runs it is looked at this often even when nothing is shown, so that the history can be
marked and a sleep of the computer is noticed close to where it began."""


class SessionRunner(QObject):
    """Reads the clock once for each tick or command, stores the session that follows, then tells.

    Only gestures of a person call the commands; no listener of ``happened`` ever does.
    """

    happened = Signal(object)
    """One domain ``Event``."""
    ticked = Signal(object)
    """The ``SessionView`` after a tick or command."""

    def __init__(self, clock: Clock, parent: QObject | None = None, *, pace: float = 1.0) -> None:
        """Use this clock, on which ``pace`` seconds pass in each real one."""
        super().__init__(parent)
        self._clock = clock
        self._pace = pace
        self._session: Session | None = None
        self._display_step_s: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    # -- what there is ---------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether a session is under way or paused."""
        return self._session is not None and not self._session.over

    @property
    def phase(self) -> Phase | None:
        """Where the session stands; None before the first."""
        return self._session.phase if self._session else None

    @property
    def to_wake(self) -> bool:
        """Whether the session is over and its wake chime is still to return."""
        return self._session is not None and self._session.to_wake

    def view(self) -> SessionView | None:
        """What there is to show now; None before the first session. Does not let time pass."""
        return self._session.view(self._clock.now()) if self._session else None

    def now(self) -> Moment:
        """One reading of the clock that sessions go by."""
        return self._clock.now()

    def set_display_step(self, step_s: float | None) -> None:
        """Tick each time a display of this resolution changes; None while nothing is shown."""
        if step_s != self._display_step_s:
            self._display_step_s = step_s
            self.tick()

    # -- commands --------------------------------------------------------------------------------

    def start(self, plan: Plan, preparation_s: float, wake_again_s: tuple[float, ...] = ()) -> bool:
        """Start was pressed. False, and nothing happens, while another session is under way."""
        if self.active:
            return False
        now = self._clock.now()
        self._take(Session.begin(plan, preparation_s, now, wake_again_s), now)
        return True

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.pause(now), now)

    @Slot()
    def resume(self) -> None:
        """Go on; a sleep of the computer is left out."""
        self.resume_after_sleep(SleepAnswer.LEAVE_OUT)

    def resume_after_sleep(self, answer: SleepAnswer) -> None:
        """Go on, and count the time the computer slept or leave it out."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.resume(now, answer), now)

    @Slot()
    def toggle_pause(self) -> None:
        """Pause what runs, go on with what is paused."""
        if self.phase is Phase.PAUSED:
            self.resume()
        else:
            self.pause()

    def extend(self, by_s: int) -> None:
        """Make the session, or the preparation while it lasts, longer."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.extend(now, by_s), now)

    @Slot()
    def skip_preparation(self) -> None:
        """Begin the session's own time now."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.skip_preparation(now), now)

    def go_on(self, rest: Step) -> None:
        """It was not the end: go on where it stopped, or with ``rest`` after a whole session."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.go_on(now, rest), now)

    @Slot()
    def acknowledge(self) -> None:
        """Somebody is there: the wake chime need not return after the end."""
        if self._session and self._session.over:
            now = self._clock.now()
            self._take(self._session.acknowledge(now), now)

    @Slot()
    def stop(self) -> None:
        """End early; in an open-ended session the first time leads back, the second ends."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.stop(now), now)

    @Slot()
    def end(self) -> None:
        """End at once, without a way back: the program has to close."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.stop(now, at_once=True), now)

    @Slot()
    def tick(self) -> None:
        """Let time pass up to now."""
        if self._session:
            now = self._clock.now()
            self._take(self._session.advance(now), now)

    # -- inside ----------------------------------------------------------------------------------

    def _take(self, transition: tuple[Session, tuple[Event, ...]], now: Moment) -> None:
        session, events = transition
        self._session = session
        self._arm(session, now)
        for event in events:
            self.happened.emit(event)
        self.ticked.emit(session.view(now))

    def _arm(self, session: Session, now: Moment) -> None:
        """Sleep until the next thing that can be seen or heard."""
        change_s = session.next_change_s(now)
        if change_s is None:
            self._timer.stop()
            return
        wait_s = change_s if session.over else min(change_s, CHECKPOINT_S)
        if self._display_step_s is not None:
            wait_s = min(wait_s, _until_display_changes_s(session.view(now), self._display_step_s))
        # Rounded up, so that the cue is due when the timer fires; but not for a rounding error's sake.
        self._timer.start(max(1, math.ceil(wait_s / self._pace * 1000 - 0.001)))


def _until_display_changes_s(view: SessionView, step_s: float) -> float:
    """Time until the remaining time, shown in steps of ``step_s`` and rounded up, shows another number."""
    left_s = view.preparation_left_s if view.in_preparation else view.left_s
    return left_s - step_s * (math.ceil(left_s / step_s - 1e-6) - 1)
