"""Which session a reminder is for, and how much room it needs. Needs no Qt: the command line asks too."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from matsession.domain.preset import Preset
from matsession.domain.reminder import QuietHours, Reminder
from matsession.domain.reminder_times import Rules
from matsession.domain.settings import Settings

FindPreset = Callable[[str], Preset | None]


class RemindedSession(NamedTuple):
    """What Start of a reminder starts."""

    preset: Preset
    length_s: int
    open_ended: bool = False


def session_of(reminder: Reminder, find: FindPreset, settings: Settings) -> RemindedSession | None:
    """The session that this reminder is for now; None where there is not even a last one any more.

    Without a preset, or with one that is gone, it is what was done last.
    """
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
    reminders: Sequence[Reminder], quiet: QuietHours, find: FindPreset, settings: Settings
) -> Rules:
    """What decides whether they come: quiet hours, and what each needs before them."""
    needs_s = {}
    for reminder in reminders:
        session = session_of(reminder, find, settings)
        if session is not None:
            needs_s[reminder.id] = settings.preparation_s + session.length_s
    return Rules(quiet, needs_s, settings.day_turn_min)
