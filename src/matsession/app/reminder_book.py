"""The reminders as they are, changed in one place, kept in their files, and told to all who follow them."""

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.ports import Clock
from matsession.domain.errors import MatSessionError
from matsession.domain.reminder import QuietHours, QuietSpan, Reminder
from matsession.domain.reminder_times import Progress, ReminderState, caught_up
from matsession.domain.week import Weekday
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile, RemindersRead, free_id, in_order

log = logging.getLogger(__name__)


class ReminderBook(QObject):
    """Holds reminders, quiet hours, and what was told, put off and called off.

    The command line and an editor write the same files; each change of ours begins with what they hold.
    """

    changed = Signal()
    """Reminders or quiet hours are others, or could not be saved."""
    state_changed = Signal()
    """Something was told, put off or called off, here or elsewhere."""

    def __init__(
        self,
        file: RemindersFile,
        state_file: ReminderStateFile,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """Read both files. What cannot be read is told in ``problems``."""
        super().__init__(parent)
        self._file = file
        self._state_file = state_file
        self._clock = clock
        self._read = file.read()
        self._state = state_file.read()
        self._state_kept = True
        self._trouble: MatSessionError | None = None

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """All of them, by their time of day."""
        return self._read.reminders

    @property
    def quiet(self) -> QuietHours:
        """By the day on which they begin."""
        return self._read.quiet

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence on everything in the file that is left out."""
        return self._read.problems

    @property
    def state(self) -> ReminderState:
        """What was told, put off and called off."""
        return self._state

    @property
    def trouble(self) -> MatSessionError | None:
        """Why the last change could not be saved; it holds until the program ends."""
        return self._trouble

    def find(self, reminder_id: str) -> Reminder | None:
        """The reminder with this id, or None."""
        return next((each for each in self.reminders if each.id == reminder_id), None)

    def free_id(self) -> str:
        """One for a new reminder."""
        return free_id([*(each.id for each in self.reminders), *self._state.progress])

    # -- changes -----------------------------------------------------------------------------------------

    def put(self, reminder: Reminder) -> None:
        """Add it, or put it in the place of the one with its id."""
        self._look_at_files()
        others = [each for each in self.reminders if each.id != reminder.id]
        self._keep([*others, reminder], self.quiet)

    def remove(self, reminder_id: str) -> Progress | None:
        """Take it away; what was known about it, for who wants it back."""
        self._look_at_files()
        known = self._state.progress.get(reminder_id)
        self._keep([each for each in self.reminders if each.id != reminder_id], self.quiet)
        return known

    def restore(self, reminder: Reminder, known: Progress | None) -> None:
        """Bring back one that was taken away, as if it had never been."""
        self._look_at_files()
        if known is not None:
            self.set_state(
                self._state._replace(progress={**self._state.progress, reminder.id: known}), told=False
            )
        self.put(reminder)

    def set_quiet_hours(self, quiet: Mapping[Weekday, QuietSpan]) -> None:
        """These, in place of all others."""
        self._look_at_files()
        self._keep(self.reminders, quiet)

    def set_state(self, state: ReminderState, *, told: bool = True) -> None:
        """Keep what was told, put off or called off; ``told``: and tell it."""
        if state == self._state:
            return
        self._state = state
        self._state_kept = self._state_file.save(state)
        if told:
            self.state_changed.emit()

    def note(self, state: ReminderState) -> None:
        """Know it without writing: only how far one has looked is another. It is reckoned anew at a start."""
        self._state = state

    def keep_state(self) -> None:
        """Write how far one has looked: from here on other rules hold, or nobody looks any more."""
        self._look_at_state()
        if self._state.progress:
            self._state_kept = self._state_file.save(self._state)

    @Slot()
    def reload(self) -> None:
        """Somebody may have written the files: take over what is another."""
        reminders_changed, state_changed = self._look_at_files()
        if reminders_changed:
            self.changed.emit()
        if state_changed:
            self.state_changed.emit()

    # -- inside ------------------------------------------------------------------------------------------

    def _look_at_files(self) -> tuple[bool, bool]:
        """Whether reminders, and whether the state, are others than they were."""
        read = self._file.read()
        if read.unreadable:  # a slip in an editor must not silence anything
            read = self._read._replace(problems=read.problems)
        # What could not be saved is not in the files; what is there is older then.
        reminders_changed = self._trouble is None and read != self._read
        if reminders_changed:
            self._read = read
        return reminders_changed, self._look_at_state()

    def _look_at_state(self) -> bool:
        state = self._state_file.read()
        known = bool(state.progress or state.quiet_day)
        state_changed = self._state_kept and known and _told_of(state) != _told_of(self._state)
        if state_changed:
            self._state = _looked_as_far(state, self._state)
        return state_changed

    def _keep(self, reminders: Iterable[Reminder], quiet: Mapping[Weekday, QuietSpan]) -> None:
        self._read = RemindersRead(in_order(reminders), MappingProxyType(dict(quiet)))
        try:
            self._file.save(self._read.reminders, self._read.quiet)
            self._trouble = None
        except MatSessionError as error:
            log.warning("reminders not saved: %s", error)
            self._trouble = error
        self.set_state(caught_up(self.reminders, self._clock.now().wall, self._state), told=False)
        self.changed.emit()


def _told_of(state: ReminderState) -> object:
    """All of it that a person would notice."""
    return (
        {key: (each.rule, each.told, each.snooze) for key, each in state.progress.items()},
        state.quiet_day,
    )


def _looked_as_far(state: ReminderState, before: ReminderState) -> ReminderState:
    """The state with the moments up to which we have looked, of which the file knows only old ones."""
    progress = dict(state.progress)
    for key, each in before.progress.items():
        known = progress.get(key)
        if known is not None and known.rule == each.rule:
            progress[key] = known._replace(since=max(known.since, each.since))
    return state._replace(progress=progress)
