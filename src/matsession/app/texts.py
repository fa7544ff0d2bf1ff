"""From identifiers, times and states to words a person reads. All of it can be translated."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from matsession.domain.body import BodyArea, Position
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import BreathPhase

if TYPE_CHECKING:  # the first picture of the window comes the sooner for what is not loaded before it
    from datetime import date, datetime

    from matsession.app.ports import SoundProblem, SpeechProblem
    from matsession.domain.evidence import Point
    from matsession.domain.guidance import Caution
    from matsession.domain.plan import LengthError
    from matsession.domain.proof import Proof
    from matsession.domain.record import RowState

MINUS = "\u2212"


def tr(text: str, count: int = -1) -> str:
    """Translate; ``%n`` in the text becomes ``count`` in the plural the language wants."""
    return QCoreApplication.translate("Texts", text, None, count)


def clock(seconds: float) -> str:
    """Time left as on a clock, rounded up to the second: 402.3 -> "6:43"; an hour on: "1:02:03"."""
    whole = math.ceil(seconds - 1e-6)
    minutes, secs = divmod(max(0, whole), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def length(seconds: float) -> str:
    """A length in words: "10 min", "90 s", "1 min 30 s" above two minutes only where seconds are left."""
    whole = round(seconds)
    minutes, secs = divmod(whole, 60)
    if secs == 0 and minutes:
        return tr("{minutes} min").format(minutes=minutes)
    if whole < 120:
        return tr("{seconds} s").format(seconds=whole)
    return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=secs)


def spoken_length(seconds: float) -> str:
    """A length for a screen reader: "6 minutes 42 seconds"."""
    minutes, secs = divmod(max(0, math.ceil(seconds - 1e-6)), 60)
    if not minutes:
        return tr("%n second(s)", secs) if _translated() else _plural(secs, "second")
    if not secs:
        return tr("%n minute(s)", minutes) if _translated() else _plural(minutes, "minute")
    return f"{spoken_length(minutes * 60)} {spoken_length(secs)}"


def _translated() -> bool:
    # English needs no catalogue; without one Qt would show the "(s)".
    return QCoreApplication.translate("Texts", "%n minute(s)", None, 1) != "1 minute(s)"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def time_left(seconds: float) -> str:
    """The time left as it is said to somebody with closed eyes, to ten seconds."""
    tens = max(10, 10 * math.ceil((seconds - 1e-6) / 10)) if seconds > 0 else 0
    return tr("{time} left.").format(time=spoken_length(tens))


def time_so_far(seconds: float) -> str:
    """The time that has passed where the end is open, in full tens of seconds."""
    return tr("{time} so far.").format(time=spoken_length(10 * math.floor((seconds + 1e-6) / 10)))


def time_to_settle(seconds: float) -> str:
    """The time left to settle in, to five seconds: there is little of it."""
    fives = max(5, 5 * math.ceil((seconds - 1e-6) / 5))
    return tr("The session starts in {time}.").format(time=spoken_length(fives))


def proof(proven: "Proof") -> str:
    """The proof of ring in one line."""
    if proven.total == 0:
        return tr("This session had no chimes.")
    line = tr("{sounded} of {total} cues sounded, at most {late} s late.")
    if proven.sounded == 0:
        line = tr("{sounded} of {total} cues sounded.")
    return line.format(
        sounded=proven.sounded, total=proven.total, late=QLocale().toString(proven.most_late_s, "f", 2)
    )


def area(name: str) -> str:
    """The words for a body area; an unknown one as it is written."""
    return _areas().get(name, name.replace("_", " ").capitalize())


def _areas() -> dict[str, str]:
    return {
        BodyArea.FULL_BACK: tr("Full back"),
        BodyArea.UPPER_BACK_SHOULDERS: tr("Shoulders and upper back"),
        BodyArea.LOWER_BACK: tr("Lower back"),
        BodyArea.NECK: tr("Neck"),
        BodyArea.HIPS_GLUTES: tr("Hips and glutes"),
        BodyArea.SIDE_HIP: tr("Side of the hip"),
        BodyArea.THIGHS_HAMSTRINGS: tr("Thighs"),
        BodyArea.CALVES: tr("Calves"),
        BodyArea.FEET_SEATED: tr("Feet, seated"),
        BodyArea.FEET_STANDING: tr("Feet, standing"),
        BodyArea.CHAIR_BACK: tr("Back, in a chair"),
        BodyArea.BACK_THEN_FEET: tr("Back, then feet"),
        BodyArea.STOMACH: tr("Belly"),
        BodyArea.CHEST: tr("Chest"),
        BodyArea.HANDS_FOREARMS: tr("Hands and forearms"),
        BodyArea.NONE: tr("No mat"),
    }


def map_place(area: BodyArea) -> str:
    """The word on the body map for a place with this area; as short as it can be."""
    return {
        BodyArea.UPPER_BACK_SHOULDERS: tr("Shoulders, upper back"),
        BodyArea.HANDS_FOREARMS: tr("Hands"),
        BodyArea.FEET_SEATED: tr("Feet"),
    }.get(area, _areas()[area])


def recent_sessions(count: int, days: int) -> str:
    """How many sessions there were lately, as a screen reader says it."""
    if count == 0:
        return tr("no session in the last {days} days").format(days=days)
    if count == 1:
        return tr("1 session in the last {days} days").format(days=days)
    return tr("{count} sessions in the last {days} days").format(count=count, days=days)


def position(name: Position) -> str:
    """How one lies or sits, as an instruction."""
    return {
        Position.SUPINE_FLAT: tr("Lie flat on your back."),
        Position.SUPINE_KNEES_BENT: tr("Lie on your back, knees bent."),
        Position.SUPINE_NECK_ROLL: tr("Lie on your back, a roll under your neck."),
        Position.SUPINE_MAT_ON_TOP: tr("Lie on your back, the mat on top of you."),
        Position.SIDE_LYING: tr("Lie on your side."),
        Position.SEATED_CHAIR: tr("Sit on a chair."),
        Position.SEATED_FLOOR: tr("Sit on the floor, legs stretched out."),
        Position.CHAIR_BACKREST: tr("Sit on a chair and lean back."),
        Position.STANDING: tr("Stand, with something to hold on to."),
        Position.TABLE_HANDS: tr("Sit at a table, hands on it."),
    }[name]


def source_remark(told: "Caution | Point") -> str:
    """Said of what is general knowledge, without a source in the program; else nothing."""
    if not told.unsourced:
        return ""
    if told.unsourced == told.text:
        return tr("General knowledge; no source given here.")
    return tr("The last sentence is general knowledge; no source given here.")


def breath_word(phase: BreathPhase) -> str:
    """What the pacer says."""
    return {
        BreathPhase.IN: tr("Breathe in"),
        BreathPhase.TOP_UP: tr("A little more"),
        BreathPhase.HOLD_IN: tr("Hold"),
        BreathPhase.OUT: tr("Breathe out"),
        BreathPhase.HOLD_OUT: tr("Hold"),
    }[phase]


def row_state(state: "RowState") -> str:
    """How a session in the history ended."""
    from matsession.domain.record import RowState

    return {
        RowState.OPEN: tr("Under way"),
        RowState.FINISHED: tr("Finished"),
        RowState.STOPPED: tr("Ended early"),
        RowState.INTERRUPTED: tr("Interrupted"),
    }[state]


def sound_problem(problem: "SoundProblem") -> str:
    """What a person should know about sound that cannot be heard."""
    from matsession.app.ports import SoundProblem

    return {
        SoundProblem.NO_OUTPUT: tr("No sound device found. Chimes are silent; the screen still guides you."),
        SoundProblem.PLAYER_FAILED: tr(
            "The sound device cannot be used. Chimes are silent; the screen still guides you."
        ),
        SoundProblem.MUTED: tr("The volume is 0. Chimes are silent; the screen still guides you."),
        SoundProblem.NO_PLAYER: tr(
            "No program that can play sound was found. Chimes are silent; the screen still guides you."
        ),
    }[problem]


def speech_problem(problem: "SpeechProblem") -> str:
    """Why nothing is spoken, and what helps."""
    from matsession.app.ports import SpeechProblem

    return {
        SpeechProblem.NO_ENGINE: tr(
            "No voice was found: install espeak-ng, or piper with an English voice, which sounds natural."
        ),
        SpeechProblem.GIVEN_UP: tr(
            "The voice failed several times and is left out: choose another one, or try a sample of it."
        ),
        SpeechProblem.NO_ROOM: tr(
            "The voice is silent because its files cannot be written: make room on the disk."
        ),
    }[problem]


def error(told: MatSessionError) -> tuple[str, str]:
    """Title and advice of an error. Its sentences stand where it is raised, below app too."""
    return told.told_by(tr)


def length_refused(error: "LengthError") -> str:
    """Why a length cannot be chosen, with the range that can."""
    preset = error.preset
    if preset.min_total_s == preset.max_total_s:
        return tr("{preset} lasts {only}; {asked} is not possible.").format(
            preset=preset.name, only=length(preset.min_total_s), asked=length(error.total_s)
        )
    return tr("{preset} can last from {shortest} to {longest}; {asked} is not possible.").format(
        preset=preset.name,
        shortest=length(preset.min_total_s),
        longest=length(preset.max_total_s),
        asked=length(error.total_s),
    )


def change(points: int | None) -> str:
    """A change of a rating with its sign, or a dash."""
    if points is None:
        return "–"
    return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"


def day(when: "datetime", today: "date") -> str:
    """The day of a session as in a list: Today, Yesterday, or the date in the person's own order."""
    ago = (today - when.date()).days
    if ago == 0:
        return tr("Today")
    if ago == 1:
        return tr("Yesterday")
    pattern = "ddd d MMM" if when.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)


def time_of_day(when: "datetime") -> str:
    """The time as the person's country writes it."""
    return QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)
