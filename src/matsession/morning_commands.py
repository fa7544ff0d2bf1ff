"""``matsession morning``: what is asked the morning after a session, and the answer. No window."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError

if TYPE_CHECKING:
    from matsession.domain.record import SessionRecord
    from matsession.storage.history import History

MORNING_EXAMPLES: Final = """\
Some presets ask something the next morning, such as goal_deeper_sleep: how you slept. It is about the last
such session of the day before. Without an answer it tells the question, or what you answered; another answer
takes its place. The window asks the same when you open it, until it is answered or skipped.

examples:
  matsession morning
  matsession morning 7

exit codes: 0 told or saved; 1 there is no session to answer about; 2 wrong use.
"""


def obey_morning(folders: Folders, rating: int | None) -> None:
    """Tell the question, or keep the answer. Raises MatSessionError."""
    from matsession.storage.guidance_file import read_guidance
    from matsession.storage.history import History

    file = folders.history_file
    if not (file.exists() or file.is_symlink()):  # looking must not make one
        _tell_nothing(rating)
        return
    with History.to_look_at(file) if rating is None else History.open(file) as history:
        record = _session(folders, history)
        scale = read_guidance(folders.guidance_file).scale(record.morning_scale) if record else None
        if record is None or scale is None:
            _tell_nothing(rating)
        elif rating is not None:
            history.save(replace(record, morning_rating=rating))
            print(f"Saved: {rating} of 10, {_named(record)}.")
        elif record.morning_rating is None:
            print(f"{scale.question} {scale.low}, {scale.high}; {_named(record)}.")
            print("'matsession morning 7' answers, for example.")
        else:
            print(f"{scale.question} {record.morning_rating} of 10, {_named(record)}.")


def _session(folders: Folders, history: "History") -> "SessionRecord | None":
    """The one that is asked about, whether it was answered or not."""
    from matsession.domain.next_morning import of_last_night
    from matsession.storage.settings_file import SettingsFile

    settings, _ = SettingsFile(folders.settings_file).look()
    now = datetime.now().astimezone()
    return of_last_night(history.records(from_day=now.date() - timedelta(days=2)), now, settings.day_turn_min)


def _named(record: "SessionRecord") -> str:
    return f"after {record.preset_name}, {record.started_at:%Y-%m-%d %H:%M}"


def _tell_nothing(rating: int | None) -> None:
    if rating is not None:
        raise MatSessionError(
            "There is no session of last night that asks something the next morning.",
            "In the window's history an answer can be added to an older one.",
        )
    print("There is nothing to ask about last night.")
