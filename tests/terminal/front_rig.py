"""The front with the real program behind it, time turned by hand, and what it wrote."""

import io
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from matsession.app.ports import SoundProblem
from matsession.desktop.paths import Folders
from matsession.domain.proof import CueReport
from matsession.domain.settings import Settings
from matsession.main import GO_ON_REST, Program, build
from matsession.storage.settings_file import SettingsFile
from matsession.terminal.after_session import AfterSession
from matsession.terminal.device import TerminalDevice
from matsession.terminal.front import TerminalFront
from matsession.terminal.keyboard import Keyboard
from tests.fakes import FakeChimes, FakeClock, FakeSignals

Gesture = Callable[[], object]


class SlowChimes(FakeChimes):
    """What became of a chime is told at once, or when ``tell`` is called."""

    def __init__(self, problem: SoundProblem | None = None) -> None:
        super().__init__(problem)
        self.slow = False
        self._untold: list[CueReport] = []

    def report(self, report: CueReport) -> None:
        if self.slow:
            self._untold.append(report)
        else:
            super().report(report)

    def tell(self) -> None:
        """What was kept back."""
        untold, self._untold = self._untold, []
        for report in untold:
            super().report(report)


class Seat(TerminalDevice):
    """A terminal at which somebody sits: its keyboard is real, what it shows is written down."""

    def __init__(self, keyboard_fd: int, out: io.StringIO, errors: io.StringIO, *, draws: bool) -> None:
        super().__init__(None, out, errors)
        self._keyboard_fd = keyboard_fd
        self._draws = draws

    @property
    def source_fd(self) -> int | None:
        return self._keyboard_fd

    @property
    def draws(self) -> bool:
        return self._draws

    @property
    def asks(self) -> bool:
        return True

    def in_foreground(self) -> bool:
        return True

    def _takes_output(self) -> bool:
        return True


class Rig:
    """A program with its front. Without ``seated`` there is no terminal, and each thing is a line.

    With ``notes_due`` it is the first start: nobody has agreed to what is to know before a session.
    """

    def __init__(
        self,
        folders: Folders,
        typed: str = "",
        problem: SoundProblem | None = None,
        *,
        seated: bool = False,
        draws: bool = False,
        notes_due: bool = False,
    ) -> None:
        file = SettingsFile(folders.settings_file)
        if not notes_due and file.look()[0].welcome_due:
            file.save(Settings())
        self.clock = FakeClock()
        self.chimes = SlowChimes(problem)
        self.program: Program = build(folders, clock=self.clock, chimes=self.chimes)
        self.signals = FakeSignals()
        self.out, self.errors = io.StringIO(), io.StringIO()
        self._fds: tuple[int, ...] = ()
        device: TerminalDevice = TerminalDevice(io.StringIO(typed), self.out, self.errors)
        if seated:
            self._fds = _, keyboard = os.openpty()
            device = Seat(keyboard, self.out, self.errors, draws=draws)
        self.front = TerminalFront(
            presets=self.program.presets,
            preferences=self.program.preferences,
            runner=self.program.runner,
            journal=self.program.journal,
            launcher=self.program.launcher,
            chimes=self.chimes,
            teller=self.program.teller,
            device=device,
            signals=self.signals,
            rest=GO_ON_REST,
            of_programme=self.program.programme.is_of_programme,
        )

    def close(self) -> None:
        """Leave nothing open."""
        self.program.close()
        for fd in self._fds:
            os.close(fd)

    def run(
        self,
        *gestures: Gesture,
        preset: str = "lower_back",
        length_s: int | None = 240,
        preparation_s: int = 0,
        rating_before: int | None = None,
        open_ended: bool = False,
    ) -> int:
        """Run a session; each gesture comes when all before it has been dealt with.

        A front that has not left after the last one, or left before it, is a failure.
        """
        waiting = list(gestures)
        hung_up = left = False

        def next_gesture() -> None:
            nonlocal hung_up
            if left:
                return
            if waiting:
                waiting.pop(0)()
            else:
                hung_up = True
                self.signals.ask("end")
            # Twice round, so that what a gesture has set going is done.
            QTimer.singleShot(0, lambda: QTimer.singleShot(0, next_gesture))

        QTimer.singleShot(0, next_gesture)
        wanted = self.program.presets.get(preset)
        code = self.front.run(wanted, length_s, preparation_s, rating_before, open_ended=open_ended)
        left = True
        assert not hung_up, f"nobody left; what was written: {self.text}"
        assert not waiting, f"left before {len(waiting)} gestures; what was written: {self.text}"
        return code

    @property
    def text(self) -> str:
        """All that was written."""
        return self.out.getvalue()

    @property
    def lines(self) -> list[str]:
        """The same, by lines."""
        return self.text.splitlines()

    def wait(self, seconds: float) -> Gesture:
        """Time passes, and the runner's timer fires."""

        def passed() -> None:
            self.clock.advance(seconds)
            self.program.runner.tick()

        return passed

    def sleep(self, seconds: float) -> Gesture:
        """The computer sleeps."""

        def slept() -> None:
            self.clock.sleep(seconds)
            self.program.runner.tick()

        return slept

    def press(self, keys: str) -> Gesture:
        """Keys are pressed."""
        keyboard = self.front.findChild(Keyboard)
        assert keyboard is not None

        def pressed() -> None:
            for key in keys:
                keyboard.pressed.emit(key)

        return pressed

    def timer(self, name: str) -> QTimer:
        """One of the timers after a session: "proof" or "stay"."""
        after = self.front.findChild(AfterSession)
        assert after is not None
        timer = after.findChild(QTimer, name)
        assert isinstance(timer, QTimer)
        return timer

    def fire(self, name: str) -> Gesture:
        """Its time is over."""

        def fired() -> None:
            timer = self.timer(name)
            assert timer.isActive()
            timer.stop()
            timer.timeout.emit()

        return fired

    def own_preset(self, folder: Path, rating: str) -> None:
        """An own preset of a minute, called quiet, with this rating."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "quiet.toml").write_text(
            f'name = "Quiet"\narea = "neck"\nrating = "{rating}"\n[[step]]\nname = "Rest"\nseconds = 60\n',
            "utf-8",
        )
        self.program.presets.reload()
