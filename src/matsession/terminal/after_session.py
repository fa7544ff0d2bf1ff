"""What follows the end of a session in the terminal: its proof of ring, the offer to go on, the rating."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.domain.events import CueReached, Outcome, PreparationStarted, SessionEnded, WakeAgain
from matsession.domain.guidance import (
    RATING_MAX,
    RATING_MIN,
    STRONGEST_SCALE,
    AskedWhen,
    ChimeName,
    RatingScale,
)
from matsession.domain.plan import Plan
from matsession.domain.proof import prove
from matsession.domain.session import WAKE_AGAIN_S, Phase
from matsession.terminal.device import TerminalDevice
from matsession.terminal.keyboard import BACKSPACE, ENTER
from matsession.terminal.notation import NotationError, read_whole_number
from matsession.terminal.session_lines import summary, wake_again

PROOF_WITHIN_MS: Final = 8000
"""Longest wait until it is known what became of the last chime. It takes a tenth of a second; only where it
has not begun yet it takes longer, and a program that ended now would take it along."""

STAY_S: Final = WAKE_AGAIN_S[-1] + 60
"""So long after the end the terminal waits for a key, and no longer: by then all wake chimes have come."""


def _none(_record_id: str) -> bool:
    return False


class AfterSession(QObject):
    """Tells what was done, waits for the proof, offers to go on and asks for the rating, key by key.

    Nothing has to be answered. As long as nobody has pressed a key the program stays for the wake chimes that
    return; where there are no keys, it ends when the closing chime has begun, which then rings out by itself.
    """

    left = Signal()
    """There is nothing more to wait for."""
    go_on_wished = Signal()
    """It was not the end."""

    def __init__(
        self,
        presets: PresetLibrary,
        preferences: Preferences,
        runner: SessionRunner,
        journal: Journal,
        device: TerminalDevice,
        parent: QObject | None = None,
        *,
        of_programme: Callable[[str], bool] = _none,
    ) -> None:
        """Follow the sessions of ``runner``; answers go into the line that ``journal`` completed last.

        ``of_programme`` tells of a line, by its id, whether the strongest moment is to be asked for too.
        """
        super().__init__(parent)
        self._presets = presets
        self._preferences = preferences
        self._runner = runner
        self._journal = journal
        self._device = device
        self._of_programme = of_programme
        self._saved = True
        self._with_keys = False
        self._scale: RatingScale | None = None
        self._strongest: RatingScale | None = None
        """Still to be asked, after the other."""
        self._rating: int | None = None
        self._asking = False
        self._answer = ""
        self._unreported: set[tuple[float, ChimeName]] = set()
        self._proof = QTimer(self, singleShot=True)
        self._proof.setObjectName("proof")
        self._proof.timeout.connect(self._on_proof_timeout)
        self._stay = QTimer(self, singleShot=True)
        self._stay.setObjectName("stay")
        self._stay.timeout.connect(self._on_stay_timeout)
        runner.happened.connect(self._on_runner_happened)
        journal.proof_changed.connect(self._on_journal_proof_changed)

    @property
    def saved(self) -> bool:
        """Whether the session and the answer to it are in the history."""
        return self._saved

    def begin(self, ended: SessionEnded, plan: Plan, *, with_keys: bool, hurry: bool) -> None:
        """A session has ended. ``with_keys``: somebody can be asked; ``hurry``: nobody waits for anything."""
        unsaved = self._journal.trouble
        self._saved = unsaved is None or ended.outcome is Outcome.CANCELLED
        self._with_keys = with_keys
        self._asking = False
        scale = self._presets.guidance.scale(plan.preset.rating)
        self._scale = scale if scale is not None and scale.when is not AskedWhen.NEXT_MORNING else None
        self._rating = None
        record = self._journal.record
        asked_too = record is not None and self._of_programme(record.id)
        self._strongest = self._presets.guidance.scale(STRONGEST_SCALE) if asked_too else None
        if self._scale is None:
            self._scale, self._strongest = self._strongest, None
        self._device.say(summary(plan, ended, unsaved))
        if ended.outcome is Outcome.CANCELLED:
            self.left.emit()
        else:
            # Never from within the event that ended it: others are still to hear of that.
            self._proof.start(PROOF_WITHIN_MS if self._unreported and not hurry else 0)

    def end(self) -> None:
        """The session goes on."""
        self._asking = False
        self._proof.stop()
        self._stay.stop()

    def press(self, key: str) -> None:
        """A key was pressed: somebody is there, whatever it means."""
        self._runner.acknowledge()
        self._stay.stop()
        if not self._asking:
            self._tell_proof(somebody_there=True)
        if not self._with_keys:
            return
        view = self._runner.view()
        if key == "+" and view is not None and view.go_on_left_s > 0:
            self._device.say("")
            self.go_on_wished.emit()
        elif self._scale is None:
            self._device.say("")
            self.left.emit()
        else:
            self._on_answer_key(key)

    def ask(self) -> None:
        """Ask, or ask again after something else was written."""
        if not self._asking:
            return
        self._answer = ""
        if self._scale is None:
            self._device.prompt(tr("Any key leaves. "))
            return
        question = tr("{question} {low}, {high}. Enter skips: ").format(
            question=self._scale.question, low=self._scale.low, high=self._scale.high
        )
        self._device.prompt(question)

    # -- inside ----------------------------------------------------------------------------------

    def _tell_proof(self, *, somebody_there: bool = False) -> None:
        """The proof of ring, then what can be asked."""
        self._proof.stop()
        proven = prove(self._journal.cue_reports())
        if proven.total:
            self._device.say(texts.proof(proven))
        if not self._with_keys:
            self.left.emit()
            return
        self._asking = True
        self._runner.set_display_step(None)
        self._offer(somebody_there=somebody_there)
        self.ask()

    def _offer(self, *, somebody_there: bool) -> None:
        view = self._runner.view()
        go_on_s = view.go_on_left_s if view is not None else 0.0
        if go_on_s > 0:
            offer = tr("+ goes on with the session, for {seconds} s.")
            self._device.say(offer.format(seconds=math.ceil(go_on_s - 1e-6)))
        if somebody_there:
            return
        # Whoever ended it is awake; so the chime returns only after an end that came by itself.
        if self._preferences.in_session.doze_guard and self._runner.phase is Phase.FINISHED:
            minutes = [round(at_s / 60) for at_s in WAKE_AGAIN_S]
            sentence = tr(
                "Until a key is pressed, the wake chime returns after {first}, {second} and {third} min."
            )
            self._device.say(sentence.format(first=minutes[0], second=minutes[1], third=minutes[2]))
            self._stay.start(round(STAY_S * 1000))
        elif self._scale is None:
            self._stay.start(round(go_on_s * 1000))

    def _on_answer_key(self, key: str) -> None:
        if key == BACKSPACE and self._answer:
            self._answer = self._answer[:-1]
            self._device.prompt("\b \b")
        elif key == ENTER:
            self._device.say("")
            self._take_answer(self._answer)
        elif key in "qQ":
            self._device.say("")
            self.left.emit()
        elif key.isdecimal() and key.isascii() and len(self._answer) < 3:
            self._answer += key
            self._device.prompt(key)

    def _take_answer(self, answer: str) -> None:
        if answer:
            try:
                rating = read_whole_number(answer, RATING_MIN, RATING_MAX)
            except NotationError as error:
                self._device.say(str(error))
                self.ask()
                return
            self._keep(rating)
        if self._strongest is not None:
            self._scale, self._strongest = self._strongest, None
            self.ask()
            return
        self.left.emit()

    def _keep(self, rating: int) -> None:
        strongest = None
        if self._scale is not None and self._scale.id == STRONGEST_SCALE:
            strongest = rating
        else:
            self._rating = rating
        if not self._journal.rate(after=self._rating, note="", strongest=strongest):
            self._saved = False
            self._device.say(tr("The answer could not be saved."))

    # -- events ----------------------------------------------------------------------------------

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted():
                self._unreported.clear()
            case CueReached(cue=cue) if cue.chime is not None:
                self._unreported.add((cue.at_s, cue.chime))
                self._forget_reported()
            case WakeAgain() if self._asking:
                self._device.say("")
                self._device.say(wake_again(event))
                self.ask()
            case _:
                pass

    @Slot()
    def _on_journal_proof_changed(self) -> None:
        self._forget_reported()
        if self._proof.isActive() and not self._unreported:
            self._proof.start(0)

    def _forget_reported(self) -> None:
        self._unreported -= {(report.at_s, report.chime) for report in self._journal.cue_reports()}

    @Slot()
    def _on_proof_timeout(self) -> None:
        self._tell_proof()

    @Slot()
    def _on_stay_timeout(self) -> None:
        self._device.say("")
        self._device.say(tr("No key was pressed: the program ends here."))
        self.left.emit()
