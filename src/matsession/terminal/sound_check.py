"""``matsession doctor --sound``: the end chime as a session plays it, and what helps if it is not heard."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from matsession.app.hearing import Doubt, Hearing, hearing, turned_up
from matsession.app.ports import ChimePlayer, SoundOutput, SoundProblem
from matsession.app.preferences import Preferences
from matsession.app.texts import sound_problem, tr
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.terminal.device import TerminalDevice
from matsession.terminal.findings import Finding, Verdict

OUTPUT_WITHIN_MS: Final = 8000
"""Longest wait until it is known where sound goes; a third of a second is usual."""
CHIME_WITHIN_MS: Final = 15_000
"""Longest wait until the chime begins: a second player may have to be tried."""
OWN_SOUND_MS: Final = 1500
"""An own sound file is read while the output wakes up; nobody is told when that is done."""

_YES: Final = ("y", "yes")
_NO: Final = ("n", "no")


class SoundCheck(QObject):
    """Plays the end chime at its real level, and tells in lines how that went.

    Where there is somebody to ask it asks whether the chime was heard, and goes from one thing to try to the
    next. Nothing is changed without a yes.
    """

    def __init__(
        self,
        preferences: Preferences,
        chimes: ChimePlayer,
        device: TerminalDevice,
        settings_file: Path,
        parent: QObject | None = None,
    ) -> None:
        """Play on ``chimes``, which somebody else keeps as ``preferences`` (in ``settings_file``) say."""
        super().__init__(parent)
        self._settings_file = settings_file
        self._preferences = preferences
        self._chimes = chimes
        self._device = device
        self._told = False
        self._attempt = 0
        self._reports: dict[float, CueReport] = {}
        self._loop = QEventLoop(self)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._late = False
        chimes.on_outputs_changed(self._on_chimes_outputs_changed)
        chimes.on_problem_changed(self._on_chimes_problem_changed)
        chimes.on_sounded(self._on_chimes_sounded)
        chimes.on_unreadable(self._on_chimes_unreadable)

    def run(self) -> bool:
        """Whether the end of a session would be heard, as far as that can be known."""
        for problem in self._preferences.problems:
            self._tell("settings", Verdict.NOTE, problem)
        if not self._preferences.problems:
            self._tell("settings", Verdict.OK, str(self._settings_file))
        self._find_output()
        now = self._hearing()
        self._tell_output(now)
        self._tell_volume(now)
        if now.doubt is Doubt.NO_SOUND:
            return False
        if now.doubt is Doubt.SILENT and not self._turn_up(now):
            return False
        if not self._play():
            return False
        return self._ask() if self._device.asks else True

    # -- what there is to tell -------------------------------------------------------------------------

    def _tell_output(self, now: Hearing) -> None:
        if now.doubt is Doubt.NO_SOUND:
            assert now.problem is not None
            self._tell("output", Verdict.BROKEN, f"{_reason(now.problem)} {_mend(now.problem)}")
        elif now.doubt is Doubt.OTHER_OUTPUT:
            sentence = tr(
                "{output}; last time the chimes played on {last}. If you listen there, connect it again "
                "or choose it in the settings."
            )
            self._tell("output", Verdict.NOTE, sentence.format(output=now.output, last=now.last_output))
        elif self._chosen_is_missing():
            sentence = tr(
                "{output}; the one chosen in the settings is not there. Connect it again, "
                "or choose another one."
            )
            self._tell("output", Verdict.NOTE, sentence.format(output=now.output))
        elif now.output:
            self._tell("output", Verdict.OK, now.output)
        else:
            self._tell("output", Verdict.NOTE, tr("whichever the computer uses; its name is not known"))

    def _chosen_is_missing(self) -> bool:
        chosen, there = self._preferences.settings.output, self._chimes.outputs()
        return bool(chosen and there) and chosen not in [output.id for output in there]

    def _tell_volume(self, now: Hearing) -> None:
        settings = self._preferences.settings
        told = tr("{level} % (volume {volume} %, end chime {chime} %)").format(
            level=_percent(now.level),
            volume=_percent(settings.volume_for(now.output)),
            chime=_percent(settings.levels.get(ChimeName.CLOSE, 1.0)),
        )
        if now.level > 0:
            self._tell("volume", Verdict.OK, told)
        else:
            mend = tr("You would not hear the end: turn it up in the settings.")
            self._tell("volume", Verdict.BROKEN, f"{told}. {mend}")
        own = settings.own_sounds.get(ChimeName.CLOSE)
        if own:
            self._tell("end chime", Verdict.OK, tr("your own sound, {file}").format(file=own))

    def _tell(self, part: str, verdict: Verdict, sentence: str) -> None:
        self._device.say(Finding(part, verdict, sentence).line())

    # -- the chime -------------------------------------------------------------------------------------

    def _hearing(self) -> Hearing:
        return hearing(self._preferences.settings, self._chimes.output_name(), self._chimes.problem())

    def _find_output(self) -> None:
        """Until it is known where sound goes, or that it goes nowhere."""
        self._chimes.prepare()
        known = (None, SoundProblem.MUTED)  # muted is our own doing, and says nothing of the output
        self._wait(lambda: self._told or self._chimes.problem() not in known, OUTPUT_WITHIN_MS)

    def _play(self) -> bool:
        """Sound it, and tell how that went; False when nothing could."""
        if self._attempt == 0 and self._preferences.settings.own_sounds.get(ChimeName.CLOSE):
            self._wait(lambda: False, OWN_SOUND_MS)
        # Each attempt has a time of its own: a cue that was asked for already is not played again.
        self._attempt += 1
        self._chimes.play(ChimeName.CLOSE, float(self._attempt))
        self._wait(lambda: self._attempt in self._reports, CHIME_WITHIN_MS)
        report = self._reports.get(self._attempt)
        if report is not None and report.sounded:
            self._tell("sound", Verdict.OK, tr("the end chime sounds now ({how})").format(how=report.how))
            return True
        problem = self._chimes.problem() or SoundProblem.PLAYER_FAILED
        self._tell("sound", Verdict.BROKEN, f"{_reason(problem)} {_mend(problem)}")
        return False

    def _wait(self, until: Callable[[], bool], at_most_ms: int) -> None:
        """Let the program run until this holds; it is asked whenever the output tells something."""
        self._late = False
        self._patience.start(at_most_ms)
        while not until() and not self._late:
            self._loop.exec()
        self._patience.stop()

    # -- asking ----------------------------------------------------------------------------------------

    def _turn_up(self, now: Hearing) -> bool:
        """Offer it; whether there is something to hear now."""
        if not self._device.asks or not self._agreed(tr("Turn it up? [y/n] ")):
            return False
        self._preferences.change(**turned_up(self._preferences.settings, now.output))
        self._tell_volume(self._hearing())
        return True

    def _ask(self) -> bool:
        """Until it was heard, or nothing is left to try."""
        for advice in (*things_to_try(self._hearing(), self._chimes.outputs()), ""):
            if self._agreed(tr("Did you hear it? [y/n] ")):
                return True
            if not advice:
                break
            self._device.say(advice)
            if self._device.ask(tr("Press Enter to hear it again. ")) is None or not self._play():
                return False
        self._device.say(tr("'matsession doctor' looks at everything else."))
        return False

    def _agreed(self, question: str) -> bool:
        """Ask until it is a yes or a no; the end of the input is a no."""
        while (answer := self._device.ask(question)) is not None:
            if answer.lower() in _YES:
                return True
            if answer.lower() in _NO:
                return False
        return False

    # -- events ----------------------------------------------------------------------------------------

    @Slot()
    def _on_patience_timeout(self) -> None:
        self._late = True
        self._loop.quit()

    @Slot()
    def _on_chimes_outputs_changed(self) -> None:
        self._told = True
        self._loop.quit()

    @Slot()
    def _on_chimes_problem_changed(self) -> None:
        self._loop.quit()

    @Slot(object)
    def _on_chimes_sounded(self, report: CueReport) -> None:
        self._reports[report.at_s] = report
        self._loop.quit()

    @Slot(str, str)
    def _on_chimes_unreadable(self, sound: str, reason: str) -> None:
        if sound == ChimeName.CLOSE:
            sentence = tr("your own sound cannot be played ({reason}); choose another one in the settings")
            self._tell("end chime", Verdict.NOTE, sentence.format(reason=" ".join(reason.split())))


def things_to_try(now: Hearing, outputs: Sequence[SoundOutput]) -> list[str]:
    """What may keep a chime from being heard that did sound, the likeliest first."""
    tries = [tr("Is the computer itself turned up, and not muted? Its own volume comes on top of ours.")]
    others = ", ".join(output.name for output in outputs if output.name != now.output)
    if others:
        advice = tr(
            "It went to {output}. There are also: {others}. Another one can be chosen in the settings."
        )
        tries.append(advice.format(output=now.output, others=others))
    elif now.output:
        advice = tr("It went to {output}. Is that switched on, and connected?")
        tries.append(advice.format(output=now.output))
    if now.level < 1:
        advice = tr("It played at {level} %. Turn it up in the settings: the volume, or the end chime alone.")
        tries.append(advice.format(level=_percent(now.level)))
    return tries


def _reason(problem: SoundProblem) -> str:
    """The first sentence alone: here no session runs, and no screen guides."""
    return f"{sound_problem(problem).partition('. ')[0]}."


def _mend(problem: SoundProblem) -> str:
    return {
        SoundProblem.NO_OUTPUT: tr("Connect or switch on loudspeakers or headphones, and try again."),
        SoundProblem.PLAYER_FAILED: tr("Close programs that hold it, or choose another one in the settings."),
        SoundProblem.MUTED: tr("Turn it up in the settings."),
        SoundProblem.NO_PLAYER: tr("Install one: ffmpeg, or alsa-utils together with mpg123."),
    }[problem]


def _percent(level: float) -> int:
    return round(100 * level)
