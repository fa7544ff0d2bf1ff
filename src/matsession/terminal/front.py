"""The front in the terminal: runs one session, from the questions before it to the rating after it."""

import os
import sys
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.ports import ChimePlayer, SystemSignals
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.domain.errors import MatSessionError
from matsession.domain.events import ExtensionRefused, Outcome, SessionEnded, SessionPaused
from matsession.domain.guidance import RATING_MAX, RATING_MIN, AskedWhen, RatingScale
from matsession.domain.preset import Preset
from matsession.domain.session import Phase, SessionView
from matsession.terminal.choice import choose, settle_left_open, usual_length_s
from matsession.terminal.device import TerminalDevice
from matsession.terminal.keyboard import BACKSPACE, ENTER, Keyboard
from matsession.terminal.notation import NotationError, read_whole_number
from matsession.terminal.session_lines import extension_refused, lines_for, summary
from matsession.terminal.session_screen import session_screen

CLOSING_CHIME_S: Final = 8.0
"""How long resources/sounds/close.wav lasts; it would be cut off by a program that has ended."""

_MORE_S: Final = 60

_CAN_BE_CONTINUED: Final = sys.platform != "win32"


class TerminalFront(QObject):
    """Shows the session that ``runner`` owns and turns keys into commands.

    On a terminal it is a picture, redrawn when a second changes; elsewhere each thing that happens is a line.
    """

    def __init__(
        self,
        *,
        presets: PresetLibrary,
        preferences: Preferences,
        runner: SessionRunner,
        journal: Journal,
        launcher: SessionLauncher,
        chimes: ChimePlayer,
        device: TerminalDevice,
        signals: SystemSignals,
        parent: QObject | None = None,
    ) -> None:
        """Join the live objects of one program with one terminal."""
        super().__init__(parent)
        self._presets = presets
        self._preferences = preferences
        self._runner = runner
        self._journal = journal
        self._launcher = launcher
        self._chimes = chimes
        self._device = device
        self._draws = device.draws
        self._shown = False
        self._keys_told = False
        self._remark = ""
        self._told: set[str] = set()
        self._wants_to_leave = False
        self._ended: SessionEnded | None = None
        self._question: RatingScale | None = None
        self._answer = ""
        self._exit_code = 0
        self._loop = QEventLoop(self)
        self._keyboard = Keyboard(self)
        self._signals = signals
        self._closing = QTimer(self, singleShot=True)
        self._connect()

    def choose_and_run(self) -> int:
        """Ask what to start, then run it; the exit code."""
        self._begin()
        if not self._presets.presets:
            raise MatSessionError("There are no presets.", "Install MatSession again.")
        choice = choose(self._device, self._presets, self._preferences.settings)
        if choice is None:
            return 0
        return self._run(choice.preset, choice.total_s, None, None)

    def run(
        self, preset: Preset, total_s: int | None, preparation_s: int | None, rating_before: int | None
    ) -> int:
        """Run a session; the exit code: 0, or 1 where it could not be saved. None stands for what is usual.

        Raises LengthError, and SessionRunningError when a session runs elsewhere.
        """
        self._begin()
        return self._run(preset, total_s, preparation_s, rating_before)

    # -- before and after ------------------------------------------------------------------------

    def _connect(self) -> None:
        self._runner.happened.connect(self._on_runner_happened)
        self._runner.ticked.connect(self._on_runner_ticked)
        self._journal.trouble_changed.connect(self._on_journal_trouble_changed)
        self._chimes.on_problem_changed(self._on_chimes_problem_changed)
        self._keyboard.pressed.connect(self._on_keyboard_pressed)
        self._signals.on_end_wished(self._on_signals_end_wished)
        self._signals.on_stop_wished(self._on_signals_stop_wished)
        self._signals.on_continued(self._on_signals_continued)
        self._signals.on_resized(self._on_signals_resized)
        self._closing.timeout.connect(self._loop.quit)

    def _begin(self) -> None:
        for problem in (*self._preferences.problems, *self._presets.problems):
            self._tell_once(problem)
        self._on_journal_trouble_changed()
        if self._launcher.no_session_elsewhere():
            settle_left_open(self._device, self._journal)

    def _run(
        self, preset: Preset, total_s: int | None, preparation_s: int | None, rating_before: int | None
    ) -> int:
        settings = self._preferences.settings
        total_s = usual_length_s(preset, settings) if total_s is None else total_s
        preparation_s = settings.preparation_s if preparation_s is None else preparation_s
        self._signals.open()
        try:
            self._launcher.start(preset, total_s, preparation_s, rating_before)
            lengths_s = {**settings.lengths_s, preset.id: total_s}
            self._preferences.change(last_preset=preset.id, lengths_s=lengths_s)
            self._on_chimes_problem_changed()
            self._show()
            self._runner.set_display_step(1.0 if self._draws else None)
            if self._runner.active:
                self._loop.exec()
        finally:
            self._hide()
            self._signals.close()
        return self._exit_code

    def _show(self) -> None:
        """Listen to keys and draw, where the terminal is ours."""
        if not self._device.in_foreground():
            return
        if self._device.source_fd is not None:
            self._keyboard.open(self._device.source_fd)
        if self._draws and self._runner.active:
            self._device.enter_screen()
            self._shown = True
            self._paint(self._runner.view(), anew=True)

    def _hide(self) -> None:
        """Leave the terminal as it was found."""
        if self._shown:
            self._shown = False
            self._device.leave_screen()
        self._keyboard.close()

    def _paint(self, view: SessionView | None, *, anew: bool = False) -> None:
        if not self._shown or view is None or view.over:
            return
        trouble, silent = self._journal.trouble, self._chimes.problem()
        notices = [self._remark, str(trouble or ""), texts.sound_problem(silent) if silent else ""]
        lines = session_screen(
            view,
            self._device.size(),
            notices=[notice for notice in notices if notice],
            keys_told=self._keys_told,
            rich_signs=self._device.draws_lines,
        )
        self._device.paint(lines, anew=anew)

    def _tell_once(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._device.complain(sentence)

    # -- what happens in the session -------------------------------------------------------------

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        view = self._runner.view()
        if view is None:
            return
        if not self._draws:
            for line in lines_for(event, view.plan):
                self._device.say(line)
            if isinstance(event, SessionPaused) and not self._keyboard.is_open and _CAN_BE_CONTINUED:
                hint = tr("There is no keyboard here: 'kill -CONT {process}' goes on, Ctrl-C ends.")
                self._device.say(hint.format(process=os.getpid()))
        if isinstance(event, ExtensionRefused):
            self._remark = extension_refused(event)
        elif isinstance(event, SessionEnded):
            self._on_ended(event, view.plan.preset)

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        self._paint(view)

    @Slot()
    def _on_journal_trouble_changed(self) -> None:
        if self._journal.trouble:
            self._tell_once(str(self._journal.trouble))

    @Slot()
    def _on_chimes_problem_changed(self) -> None:
        problem = self._chimes.problem()
        # Before a session nobody has asked for sound, and after it nobody misses it.
        if problem and self._runner.active:
            self._tell_once(texts.sound_problem(problem))
            self._paint(self._runner.view())

    def _on_ended(self, ended: SessionEnded, preset: Preset) -> None:
        self._ended = ended
        if self._shown:
            self._shown = False
            self._device.leave_screen()
        unsaved = self._journal.trouble
        self._device.say(summary(preset.name, ended, unsaved))
        if ended.outcome is Outcome.CANCELLED:
            self._loop.quit()
            return
        self._exit_code = 0 if unsaved is None else 1
        scale = self._presets.guidance.scale(preset.rating)
        wanted = scale is not None and scale.when is not AskedWhen.NEXT_MORNING
        if wanted and self._keyboard.is_open and self._device.asks and not self._wants_to_leave:
            self._question = scale
            self._ask_rating()
        else:
            self._let_chime_end()

    # -- the rating after ------------------------------------------------------------------------

    def _ask_rating(self) -> None:
        # Asked key by key: waiting for a line would block, and the closing chime is still to be handed over.
        if self._question is not None:
            self._answer = ""
            question = tr("{question} {low}, {high}. Enter skips: ").format(
                question=self._question.question, low=self._question.low, high=self._question.high
            )
            self._device.prompt(question)

    def _on_answer_key(self, key: str) -> None:
        if key == BACKSPACE and self._answer:
            self._answer = self._answer[:-1]
            self._device.prompt("\b \b")
        elif key == ENTER or key in "qQ":
            self._device.say("")
            self._on_answer(self._answer if key == ENTER else "")
        elif key.isdecimal() and key.isascii() and len(self._answer) < 3:
            self._answer += key
            self._device.prompt(key)

    def _on_answer(self, answer: str) -> None:
        if answer:
            try:
                rating = read_whole_number(answer, RATING_MIN, RATING_MAX)
            except NotationError as error:
                self._device.say(str(error))
                self._ask_rating()
                return
            if not self._journal.rate(after=rating, note=""):
                self._exit_code = 1
                self._device.say(tr("The answer could not be saved."))
        self._question = None
        self._let_chime_end()

    def _let_chime_end(self) -> None:
        """Stay until the closing chime has ended; any key is enough to leave before."""
        rest_s = 0.0
        finished = self._ended is not None and self._ended.outcome is Outcome.FINISHED
        if (
            self._ended is not None
            and finished
            and self._chimes.problem() is None
            and not self._wants_to_leave
        ):
            rest_s = CLOSING_CHIME_S - (self._runner.now().boot_s - self._ended.at.boot_s)
        self._closing.start(max(0, round(rest_s * 1000)))

    # -- keys and signals ------------------------------------------------------------------------

    @Slot(str)
    def _on_keyboard_pressed(self, key: str) -> None:
        if self._question is not None:
            self._on_answer_key(key)
            return
        if not self._runner.active:
            self._loop.quit()
            return
        self._remark = ""
        match key:
            case " ":
                self._runner.toggle_pause()
            case "+":
                self._runner.extend(_MORE_S)
            case "q" | "Q":
                self._runner.stop()
            case "?":
                self._keys_told = not self._keys_told
                self._paint(self._runner.view())
            case "\n":
                self._runner.skip_preparation()
            case _:
                pass

    @Slot()
    def _on_signals_end_wished(self) -> None:
        self._wants_to_leave = True
        if self._runner.active:
            self._runner.end()
        else:
            self._loop.quit()

    @Slot()
    def _on_signals_stop_wished(self) -> None:
        """Ctrl-Z: nobody can be guided by a program that stands still, so the session is paused first."""
        self._runner.pause()
        self._hide()
        self._signals.stand_still()
        self._on_signals_continued()

    @Slot()
    def _on_signals_continued(self) -> None:
        """The shell has woken us, in the foreground or the background."""
        self._show()
        if self._question is not None and self._keyboard.is_open:
            self._ask_rating()
        nobody_can_resume = not self._keyboard.is_open and self._device.source_fd is None
        if nobody_can_resume and self._runner.phase is Phase.PAUSED:
            self._runner.resume()

    @Slot()
    def _on_signals_resized(self) -> None:
        self._paint(self._runner.view(), anew=True)
