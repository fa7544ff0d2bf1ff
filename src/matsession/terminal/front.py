"""The front in the terminal: runs one session, from the questions before it to the rating after it."""

import math
import os
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, Slot

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.ports import ChimePlayer, SystemSignals
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.app.time_teller import TimeTeller
from matsession.domain.errors import MatSessionError
from matsession.domain.events import (
    ExtensionRefused,
    PauseReason,
    SessionEnded,
    SessionPaused,
    SleepAnswer,
    WayBackStarted,
)
from matsession.domain.preset import Preset, Step
from matsession.domain.session import Phase, SessionView
from matsession.terminal.after_session import AfterSession
from matsession.terminal.choice import choose, settle_left_open, usual_length_s
from matsession.terminal.device import TerminalDevice
from matsession.terminal.first_notes import tell_first_notes
from matsession.terminal.keyboard import ENTER, Keyboard
from matsession.terminal.session_lines import extension_refused, lines_for, way_back
from matsession.terminal.session_screen import session_screen, sleep_keys, stop_sign_lines

_MORE_S: Final = 60

_ANSWER_S: Final = 10
"""So long the answer to "how long still?" stays on the screen; later it would be wrong."""

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
        teller: TimeTeller,
        device: TerminalDevice,
        signals: SystemSignals,
        rest: Step,
        of_programme: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        """Join the live objects of one program with one terminal. With ``rest`` a whole session goes on.

        ``of_programme`` tells of a session, by its id, whether it was the programme's.
        """
        super().__init__(parent)
        self._presets = presets
        self._preferences = preferences
        self._runner = runner
        self._journal = journal
        self._launcher = launcher
        self._chimes = chimes
        self._teller = teller
        self._device = device
        self._signals = signals
        self._rest = rest
        self._draws = device.draws
        self._shown = False
        self._keys_told = False
        self._stop_signs_told = False
        self._remark = ""
        self._remark_until_s = math.inf
        self._told: set[str] = set()
        self._wants_to_leave = False
        self._loop = QEventLoop(self)
        self._keyboard = Keyboard(self)
        self._after = AfterSession(
            presets, preferences, runner, journal, device, self, of_programme=of_programme
        )
        self._connect()

    def choose_and_run(self) -> int:
        """Ask what to start, then run it; the exit code."""
        if not self._begin():
            return 0
        if not self._presets.presets:
            raise MatSessionError("There are no presets.", "Install MatSession again.")
        if not self._presets.offered:
            raise MatSessionError(
                "Every preset is hidden because of your answers or your mat.",
                "'matsession start PRESET --anyway' starts one all the same.",
            )
        choice = choose(self._device, self._presets, self._preferences.settings)
        if choice is None:
            return 0
        return self._run(choice.preset, choice.total_s, None, None, open_ended=choice.open_ended)

    def run(
        self,
        preset: Preset,
        total_s: int | None,
        preparation_s: int | None,
        rating_before: int | None,
        *,
        open_ended: bool = False,
    ) -> int:
        """Run a session; the exit code: 0, or 1 where it could not be saved. None stands for what is usual.

        Raises LengthError, and SessionRunningError when a session runs elsewhere.
        """
        if not self._begin():
            return 0
        return self._run(preset, total_s, preparation_s, rating_before, open_ended=open_ended)

    # -- before and during -----------------------------------------------------------------------

    def _connect(self) -> None:
        self._runner.happened.connect(self._on_runner_happened)
        self._runner.ticked.connect(self._on_runner_ticked)
        self._journal.trouble_changed.connect(self._on_journal_trouble_changed)
        self._chimes.on_problem_changed(self._on_chimes_problem_changed)
        self._teller.told.connect(self._on_teller_told)
        self._keyboard.pressed.connect(self._on_keyboard_pressed)
        self._signals.on_end_wished(self._on_signals_end_wished)
        self._signals.on_stop_wished(self._on_signals_stop_wished)
        self._signals.on_continued(self._on_signals_continued)
        self._signals.on_resized(self._on_signals_resized)
        self._after.left.connect(self._loop.quit)
        self._after.go_on_wished.connect(self._on_after_go_on_wished)

    def _begin(self) -> bool:
        """Tell and ask what comes before any session; whether there is to be one."""
        for problem in (*self._preferences.problems, *self._presets.problems):
            self._tell_once(problem)
        self._on_journal_trouble_changed()
        if not tell_first_notes(self._device, self._presets.guidance, self._preferences):
            return False
        if self._launcher.no_session_elsewhere():
            settle_left_open(self._device, self._journal)
        return True

    def _run(
        self,
        preset: Preset,
        total_s: int | None,
        preparation_s: int | None,
        rating_before: int | None,
        *,
        open_ended: bool,
    ) -> int:
        settings = self._preferences.settings
        usual_s = settings.for_preset(preset).preparation_s
        preparation_s = usual_s if preparation_s is None else preparation_s
        lengths_s = dict(settings.lengths_s)
        if total_s is None or open_ended:
            total_s = usual_length_s(preset, settings)
        else:
            lengths_s[preset.id] = total_s
        self._signals.open()
        try:
            self._launcher.start(preset, total_s, preparation_s, rating_before, open_ended=open_ended)
            self._preferences.change(last_preset=preset.id, lengths_s=lengths_s)
            self._on_chimes_problem_changed()
            self._show()
            if self._runner.active:
                self._loop.exec()
        finally:
            self._hide()
            self._signals.close()
        return 0 if self._after.saved else 1

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
            self._runner.set_display_step(1.0)

    def _hide(self) -> None:
        """Leave the terminal as it was found."""
        self._leave_screen()
        self._keyboard.close()

    def _leave_screen(self) -> None:
        if self._shown:
            self._shown = False
            self._device.leave_screen()

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
            stop_signs_told=self._stop_signs_told,
            rich_signs=self._device.draws_lines,
        )
        self._device.paint(lines, anew=anew)

    def _tell_once(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._device.complain(sentence)

    def _put_remark(self, words: str, until_s: float = math.inf) -> None:
        """A sentence on the picture, until the next key or until the clock comes to ``until_s``."""
        self._remark, self._remark_until_s = words, until_s

    # -- what happens in the session -------------------------------------------------------------

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        view = self._runner.view()
        if view is None:
            return
        if not self._draws:
            for line in lines_for(event, view.plan):
                self._device.say(line)
            if isinstance(event, SessionPaused):
                self._tell_how_it_goes_on(event)
        match event:
            case ExtensionRefused():
                self._put_remark(extension_refused(event))
            case WayBackStarted():
                self._put_remark(way_back(event))
            case SessionEnded():
                self._leave_screen()
                with_keys = self._keyboard.is_open and self._device.asks and not self._wants_to_leave
                self._after.begin(event, view.plan, with_keys=with_keys, hurry=self._wants_to_leave)
            case _:
                pass

    def _tell_how_it_goes_on(self, pause: SessionPaused) -> None:
        """Where no picture tells it."""
        if self._keyboard.is_open:
            self._device.say(sleep_keys() if pause.reason is PauseReason.SLEEP else tr("Space goes on."))
        elif _CAN_BE_CONTINUED:
            hint = tr("There is no keyboard here: 'kill -CONT {process}' goes on, Ctrl-C ends.")
            self._device.say(hint.format(process=os.getpid()))

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if view.at.boot_s >= self._remark_until_s:
            self._put_remark("")
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

    @Slot(str)
    def _on_teller_told(self, sentence: str) -> None:
        if self._draws:
            self._put_remark(sentence, self._runner.now().boot_s + _ANSWER_S)
            self._paint(self._runner.view())
        else:
            self._device.say(sentence)

    @Slot()
    def _on_after_go_on_wished(self) -> None:
        self._runner.go_on(self._rest)
        if self._runner.active:
            self._after.end()
            self._show()
            return
        if self._draws:  # else it was a line already
            self._device.say(self._remark)
        self._after.ask()

    # -- keys and signals ------------------------------------------------------------------------

    @Slot(str)
    def _on_keyboard_pressed(self, key: str) -> None:
        if not self._runner.active:
            self._after.press(key)
            return
        self._put_remark("")
        match key:
            case " ":
                self._runner.toggle_pause()
            case "c" | "C" if self._asks_about_sleep():
                self._runner.resume_after_sleep(SleepAnswer.COUNT)
            case "t" | "T":
                self._teller.tell()
            case "+":
                self._runner.extend(_MORE_S)
            case "q" | "Q":
                self._runner.stop()
            case "s" | "S":
                self._tell_stop_signs()
            case "?":
                self._keys_told = not self._keys_told
                self._paint(self._runner.view())
            case _ if key == ENTER:
                self._runner.skip_preparation()
            case _:
                pass

    def _tell_stop_signs(self) -> None:
        """In place, until the key is pressed again; as lines where there is no picture."""
        view = self._runner.view()
        if view is None:
            return
        if self._draws:
            self._stop_signs_told = not self._stop_signs_told
            self._paint(view)
            return
        for line in stop_sign_lines(view):
            self._device.say(line)

    def _asks_about_sleep(self) -> bool:
        view = self._runner.view()
        return view is not None and view.pause_reason is PauseReason.SLEEP

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
        if self._keyboard.is_open:
            self._after.ask()
        nobody_can_resume = not self._keyboard.is_open and self._device.source_fd is None
        if nobody_can_resume and self._runner.phase is Phase.PAUSED:
            self._runner.resume()

    @Slot()
    def _on_signals_resized(self) -> None:
        self._paint(self._runner.view(), anew=True)
