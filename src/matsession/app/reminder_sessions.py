"""Which session a reminder is for, how much room it needs, and which sessions answer it.

Needs no Qt: the command line asks too.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from matsession.domain.body import BodyArea
from matsession.domain.preset import Preset
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.reminder import QuietHours, Reminder, SessionSpan
from matsession.domain.reminder_times import Rules
from matsession.domain.settings import Settings
from matsession.domain.statistics import counts

FindPreset = Callable[[str], Preset | None]

SESSIONS_BACK: Final = timedelta(days=9)
"""What passed longer ago is not spoken of, whether it was answered or not."""


_SHORT_S: Final = 60.0
"""Whoever ends a session with less of it, on the mat where there is one, has not had it."""


class RemindedSession(NamedTuple):
    """What Start of a reminder starts."""

    preset: Preset
    length_s: int
    open_ended: bool = False
    programme_day: int = 0
    """Which day of the programme it is; 0: none."""


class Following(NamedTuple):
    """The programme that somebody follows, as far as reminders ask about it."""

    session: RemindedSession | None
    """Today's; None where there is none, or none is left."""
    rests_on: Callable[[date], bool]
    """Whether there is nothing to remind of on a day: a day off, done already, or waiting."""
    off_on: Callable[[date], bool] = lambda _day: False
    """The same but for a day whose session is done."""


def session_of(
    reminder: Reminder, find: FindPreset, settings: Settings, following: Following | None = None
) -> RemindedSession | None:
    """The session that this reminder is for now; None where there is not even a last one any more.

    Without a preset it is the programme's for today, if one is followed that has one. Else, or with a preset
    that is gone, it is what was done last.
    """
    if not reminder.preset_id and following is not None and following.session is not None:
        return following.session
    named = find(reminder.preset_id) if reminder.preset_id else None
    preset = named or find(settings.last_preset) or find(Settings().last_preset)
    if preset is None:
        return None
    if named is not None and reminder.length_s is not None and preset.allows(reminder.length_s):
        return RemindedSession(preset, reminder.length_s)
    length_s = settings.length_s(preset.id, preset.suggested_s)
    length_s = length_s if preset.allows(length_s) else preset.suggested_s
    return RemindedSession(preset, length_s, preset.may_wait and settings.open_end(preset.id))


def rules_for(
    reminders: Sequence[Reminder],
    quiet: QuietHours,
    find: FindPreset,
    settings: Settings,
    following: Following | None = None,
) -> Rules:
    """What decides whether they come: quiet hours, and what each needs before them."""
    needs_s = {}
    for reminder in reminders:
        session = session_of(reminder, find, settings, following)
        if session is not None:
            needs_s[reminder.id] = settings.for_preset(session.preset).preparation_s + session.length_s
    rules = Rules(quiet, needs_s, settings.day_turn_min)
    if following is None:
        return rules
    follows = frozenset(each.id for each in reminders if not each.preset_id)
    return rules._replace(follows=follows, rests_on=following.rests_on, off_on=following.off_on)


def spans_of(records: Sequence[SessionRecord]) -> list[SessionSpan]:
    """When the sessions were that can answer a reminder: not those that were ended within a minute."""
    return [
        SessionSpan(
            record.started_at, record.ended_at or record.started_at + timedelta(seconds=record.done_s)
        )
        for record in records
        if counts(record) and (_had_s(record) >= _SHORT_S or record.state is RowState.FINISHED)
    ]


def _had_s(record: SessionRecord) -> float:
    """How much of it somebody had; a rest without a mat has no time on one."""
    return record.done_s if record.area == BodyArea.NONE else record.on_mat_s
