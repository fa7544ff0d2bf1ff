"""Names of the sounds, and of what became of them, in words a person reads."""

from PySide6.QtCore import QLocale

from matsession.app.ports import SoundProblem
from matsession.app.texts import tr
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport

SET_BY_PERSON = (
    ChimeName.OPEN,
    ChimeName.STEP,
    ChimeName.SHIFT,
    ChimeName.CHECK,
    ChimeName.WAKE,
    ChimeName.CLOSE,
    ChimeName.INTERVAL,
    ChimeName.WARNING,
    ChimeName.PAUSE,
    ChimeName.GO_ON,
)
"""The sounds a person can set, in the order of a session; those that answer the person stand last."""


def chime_name(chime: ChimeName) -> str:
    """What a sound is called."""
    return {
        ChimeName.OPEN: tr("Start"),
        ChimeName.STEP: tr("Next step"),
        ChimeName.SHIFT: tr("Change of place"),
        ChimeName.CHECK: tr("Check-in"),
        ChimeName.WAKE: tr("Wake"),
        ChimeName.CLOSE: tr("End"),
        ChimeName.INTERVAL: tr("Interval"),
        ChimeName.WARNING: tr("Soon over"),
        ChimeName.STRIKE: tr("Stroke"),
        ChimeName.PAUSE: tr("Paused"),
        ChimeName.GO_ON: tr("Goes on"),
    }[chime]


def actual_time(report: CueReport) -> str:
    """When a chime sounded beside its plan; a dash where it did not."""
    if report.late_s is None:
        return "–"
    late_s = round(report.late_s, 2)
    if late_s == 0:
        return tr("on time")
    pattern = tr("{seconds} s late") if late_s > 0 else tr("{seconds} s early")
    return pattern.format(seconds=QLocale().toString(abs(late_s), "f", 2))


def how_or_why_not(report: CueReport) -> str:
    """What played a chime, or why nothing did."""
    if report.sounded:
        return report.how
    known = {
        "": tr("Not heard"),
        SoundProblem.NO_OUTPUT: tr("Not heard: there was no sound device"),
        SoundProblem.PLAYER_FAILED: tr("Not heard: the sound device could not be used"),
        SoundProblem.MUTED: tr("Not heard: the volume was 0"),
        SoundProblem.NO_PLAYER: tr("Not heard: no program could play it"),
        "overtaken": tr("Not heard: it came too late"),
    }
    told = known.get(report.why_not)
    return told if told is not None else tr("Not heard: {reason}").format(reason=report.why_not)
