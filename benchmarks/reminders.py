"""What waiting for reminders costs, and how punctual they are, also after the clock on the wall was set.

The real program with 20 reminders and its window hidden, offscreen, on a session bus of its own where there
is one to start: CPU time and wakeups a second (voluntary context switches of all threads). Yardsticks of the
same run: an event loop in which nothing is, and one that looks at the clock every second.

Punctuality: a reminder is set for the next minute; its lateness is taken when it is told. The clock of this
machine belongs to others, so a jump is played: the program's clock is moved, and its alarm told as the kernel
tells of a clock that was set (ECANCELED). Beside it the lateness of a precise Qt timer.

    python3 dev.py bench reminders [SECONDS]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

WATCH_S = 20.0
SETTLE_S = 4.0
COUNT = 20


def cost() -> tuple[float, int]:
    """CPU milliseconds and wakeups of this process since it began, with all its threads."""
    import resource

    return time.process_time() * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


@contextmanager
def session_bus() -> Iterator[dict[str, str]]:
    """A bus of its own, or an address at which there is none."""
    if which("dbus-daemon") is None:
        yield {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        return
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:  # a service that it cannot start says so, and our own window comes
        assert daemon.stdout is not None
        yield {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
        daemon.kill()


def main() -> int:
    """Start the bus, and the program."""
    if "--inside" in sys.argv:
        return inside(float(sys.argv[-1]))
    if sys.platform != "linux":
        print("not measured: needs Linux")
        return 0
    seconds = sys.argv[1] if len(sys.argv) > 1 else str(WATCH_S)
    with tempfile.TemporaryDirectory() as home, session_bus() as bus:
        env = {**os.environ, **bus, "MATSESSION_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.call([sys.executable, __file__, "--inside", seconds], env=env)


def inside(seconds: float) -> int:
    """Watch, then wait for reminders."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from matsession.app.clock import SystemClock
    from matsession.app.ports import Alarm
    from matsession.desktop.alarm import KernelAlarm
    from matsession.desktop.paths import find_folders
    from matsession.domain.moment import Moment
    from matsession.domain.reminder import Occurrence, Reminder
    from matsession.domain.week import Weekday
    from matsession.main import build
    from matsession.storage.reminders import RemindersFile
    from matsession.ui.main_window import MainWindow
    from matsession.ui.reminder_window import WindowNotifier

    application = QApplication(["reminders"])
    rows: list[tuple[str, float, float]] = []

    def pass_time(wait_s: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(wait_s * 1000), loop.quit)
        loop.exec()

    def watch(state: str) -> None:
        pass_time(SETTLE_S)
        before, began = cost(), time.monotonic()
        pass_time(seconds)
        took_s, after = time.monotonic() - began, cost()
        # The end of the watch itself is a wakeup.
        rows.append((state, (after[0] - before[0]) / took_s, (after[1] - before[1] - 1) / took_s))

    watch("an event loop, nothing in it")
    ticking = QTimer(interval=1000)
    ticking.timeout.connect(time.time)
    ticking.start()
    watch("looking at the clock every second")
    ticking.stop()

    class ShiftedClock(SystemClock):
        shift = timedelta()

        def now(self) -> Moment:
            now = super().now()
            return Moment(now.boot_s, now.awake_s, now.wall + self.shift)

    class ShiftedAlarm:
        """The kernel's, for a clock that is moved against the real one."""

        def __init__(self, clock: ShiftedClock) -> None:
            self.kernel = KernelAlarm()
            self._clock = clock

        def set(self, at: datetime | None) -> None:
            self.kernel.set(None if at is None else at - self._clock.shift)

        def on_rung(self, listener: Callable[[], None]) -> None:
            self.kernel.on_rung(listener)

        def close(self) -> None:
            self.kernel.close()

    folders = find_folders(None)
    every_day = frozenset(Weekday)
    reminders = [Reminder(id=str(each), time_min=each * 60 + 7, weekdays=every_day) for each in range(COUNT)]
    RemindersFile(folders.reminders_file).save(reminders, {})
    clock = ShiftedClock()
    program = build(folders, clock=clock)
    alarm = ShiftedAlarm(clock)
    standing: Alarm = alarm
    program.alarm = standing
    window = MainWindow(program.presets, program.preferences, program.session_parts)
    window.show()
    pass_time(1)
    program.watch_sleep()
    program.join_desktop()
    program.remind(WindowNotifier(QApplication.primaryScreen), window.show)
    window.hide()
    watch(f"{COUNT} reminders, the window hidden")

    book, scheduler = program.reminding.parts.book, program.reminding.parts.scheduler
    late: list[tuple[str, float]] = []

    def wait_for_one(state: str, jump: timedelta) -> None:
        """The clock is moved so that a reminder is due in some seconds, or would be but for the jump."""
        told: list[datetime] = []

        def hear(occurrence: Occurrence) -> None:
            if occurrence.reminder.id == "now":
                told.append(clock.now().wall)

        scheduler.fell_due.connect(hear)
        wall = clock.now().wall.astimezone(UTC)
        due = (wall + timedelta(minutes=3)).replace(second=0, microsecond=0)
        clock.shift += due - timedelta(seconds=6) - jump - wall
        alarm.kernel.rung.emit()
        local = due.astimezone()
        book.put(Reminder(id="now", time_min=60 * local.hour + local.minute, weekdays=every_day))
        pass_time(1)
        if jump:
            clock.shift += jump
            alarm.kernel.rung.emit()
        begun = time.monotonic()
        while not told and time.monotonic() - begun < 20:
            pass_time(0.5)
        scheduler.fell_due.disconnect(hear)
        late.append((state, (told[0] - due).total_seconds() * 1000 if told else float("nan")))

    def qt_timer() -> None:
        fired: list[float] = []
        timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer, interval=5000)
        timer.timeout.connect(lambda: fired.append(time.monotonic()))
        began = time.monotonic()
        timer.start()
        while not fired:
            pass_time(0.5)
        late.append(("a precise Qt timer of 5 s", (fired[0] - began - 5) * 1000))

    qt_timer()
    wait_for_one("a reminder in 5 s", timedelta())
    wait_for_one("the clock was set an hour ahead 5 s before", timedelta(hours=1))
    wait_for_one("the clock was set an hour back", timedelta(hours=-1))

    print(f"each state watched for {seconds:g} s")
    print(f"{'':46}{'CPU ms/s':>10}{'wakeups/s':>11}")
    for state, cpu, wakeups in rows:
        print(f"{state:46}{cpu:10.2f}{wakeups:11.2f}")
    print(f"\n{'':46}{'late, ms':>10}")
    for state, late_ms in late:
        print(f"{state:46}{late_ms:10.1f}")
    program.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
