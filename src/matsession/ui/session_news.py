"""What happened last in a session, in words: to be read for a while, and said by screen readers."""

import math
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.event_words import extension, words_for
from matsession.app.mute import Mute
from matsession.app.session_runner import SessionRunner
from matsession.app.time_teller import TimeTeller
from matsession.domain.events import (
    Event,
    ExtensionRefused,
    PreparationExtended,
    PreparationStarted,
    SessionExtended,
    SessionReopened,
    SessionResumed,
    SessionStarted,
    StepStarted,
    WayBackStarted,
)
from matsession.domain.plan import Plan
from matsession.domain.session import Phase, SessionView
from matsession.ui.announce import announce

LAST_MINUTE_S: Final = 60
ANSWER_S: Final = 10
"""How long the answer to "how long still?", and the last minute, stay on the screen."""


class SessionNews(QObject):
    """The latest news; each window that shows a session has its own, and one of them announces."""

    changed = Signal()
    """There are other words to read."""

    def __init__(self, runner: SessionRunner, teller: TimeTeller, mute: Mute, window: QWidget) -> None:
        """Tell of the session of ``runner``, of what ``teller`` answers, and of ``mute``.

        Announce through ``window``.
        """
        super().__init__(window)
        self._runner = runner
        self._mute = mute
        self._announces = True
        self._words = ""
        self._until_s = math.inf
        self._last_minute_to_come = False
        runner.happened.connect(self._on_runner_happened)
        runner.ticked.connect(self._on_runner_ticked)
        teller.told.connect(self._on_teller_told)
        mute.changed.connect(self._on_mute_changed)

    @property
    def words(self) -> str:
        """What to read; empty where nothing is new."""
        return self._words

    def set_announcing(self, announces: bool) -> None:
        """Whether screen readers hear it from here."""
        self._announces = announces

    def take_up(self, event: Event) -> None:
        """Tell of an event that came before this could listen."""
        self._on_runner_happened(event)

    def _tell(self, words: str, until_s: float = math.inf) -> None:
        """Until something else happens, or the session's clock comes to ``until_s``."""
        if (words, until_s) != (self._words, self._until_s):
            self._words, self._until_s = words, until_s
            self.changed.emit()

    def _announce(self, words: str | None) -> None:
        window = self.parent()  # not kept, as with the breathing pacer
        if words and self._announces and isinstance(window, QWidget):
            announce(window, words)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case SessionExtended() | PreparationExtended() | ExtensionRefused():
                self._tell(extension(event))
            case PreparationStarted() | SessionReopened():
                self._last_minute_to_come = False
                self._tell("")
            case WayBackStarted():
                self._last_minute_to_come = False  # what is left is another time than before
                self._tell(texts.tr("The way back begins."))
            case StepStarted() | SessionStarted() | SessionResumed():
                self._tell("")
            case _:
                pass
        view = self._runner.view()
        self._announce(_words_for(event, view.plan) if view else None)

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if view.over:
            return
        if view.at.boot_s >= self._until_s:
            self._tell("")
        if view.phase is not Phase.RUNNING or view.plan.waits_for_person:
            return
        if view.left_s > LAST_MINUTE_S:
            self._last_minute_to_come = True
        elif self._last_minute_to_come:  # else there never was more: a session of half a minute
            self._last_minute_to_come = False
            words = texts.tr("One minute left.")
            self._tell(words, view.at.boot_s + ANSWER_S)
            self._announce(words)

    @Slot()
    def _on_mute_changed(self) -> None:
        if not self._runner.active:
            return  # the session that takes it away tells of itself
        muted, aloud = texts.tr("Muted. The screen still guides you."), texts.tr("Sound is on.")
        words = muted if self._mute.muted else aloud
        self._tell(words, self._runner.now().boot_s + ANSWER_S)
        self._announce(words)

    @Slot(str)
    def _on_teller_told(self, sentence: str) -> None:
        self._tell(sentence, self._runner.now().boot_s + ANSWER_S)
        self._announce(sentence)


def _words_for(event: object, plan: Plan) -> str | None:
    match event:
        case WayBackStarted():
            return texts.tr("The way back begins.")
        case SessionReopened():
            return texts.tr("The session goes on.")
        case _:
            return words_for(event, plan)
