"""What the window costs in each of its states: CPU time and wakeups a second, beside windows that do little.

The real program's window, with the real sound output (whose process is not counted) on a sound server of its
own, under Xvfb with openbox, on a session bus where there is one to start: idle, hidden with all that listens
(orders, media keys, tray), a session running without and with the pacer, minimised, mat view, dawn, mini
window. The yardsticks are taken in the same run: a bare window, and one that paints an ellipse of the ring's
size once a second. A wakeup is a voluntary context switch of any thread of the process.

    python3 dev.py bench idle_window [SECONDS]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

WATCH_S = 10.0
SETTLE_S = 2.5
RING = 440
SCREEN = "1600x900x24"


def cost() -> tuple[float, int]:
    """CPU milliseconds and wakeups of this process since it began, with all its threads."""
    import resource

    return time.process_time() * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


def main() -> int:
    """Start the display, and the program in it."""
    if "--inside" in sys.argv:
        return inside(float(sys.argv[-1]))
    missing = [name for name in ("Xvfb", "openbox") if which(name) is None]
    if missing:
        print(f"not measured: needs {' and '.join(missing)}")
        return 0
    seconds = sys.argv[1] if len(sys.argv) > 1 else str(WATCH_S)
    with ExitStack() as stack:
        env = {**stack.enter_context(sound()), **stack.enter_context(display())}
        home = stack.enter_context(tempfile.TemporaryDirectory())
        env["MATSESSION_HOME"] = home
        bus = ["dbus-run-session", "--"] if which("dbus-run-session") else []
        return subprocess.call([*bus, sys.executable, __file__, "--inside", seconds], env=env)


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Xvfb with openbox in it."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as ready:
        env = {**os.environ, "DISPLAY": f":{ready.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox", "--sm-disable"], env=env, stderr=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield env
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


@contextmanager
def sound() -> Iterator[dict[str, str]]:
    """A sound server of its own where there is one to start; else the program runs without sound."""
    from benchmarks._pulse_recording import missing_programs, sound_server

    if missing_programs():
        yield {}
        return
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder) / "pulse") as environment:
        os.environ.update(environment)
        yield dict(environment)


def inside(seconds: float) -> int:
    """Bring a window into each state, and watch."""
    from PySide6.QtCore import QEventLoop, QRectF, QTimer
    from PySide6.QtGui import QColor, QPainter, QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    from benchmarks._breathing import OUT_6, plan
    from matsession.desktop.paths import find_folders
    from matsession.desktop.tray_host import TrayHost
    from matsession.domain.settings import ThemeChoice
    from matsession.main import build
    from matsession.ui.main_window import MainWindow
    from matsession.ui.mat_view import MatView
    from matsession.ui.mini_window import MiniWindow
    from matsession.ui.session_windows import SessionWindows
    from matsession.ui.theme import STYLE_ARGUMENTS, apply_theme
    from matsession.ui.tray import Tray

    application = QApplication(["idle", *STYLE_ARGUMENTS])
    rows: list[tuple[str, float, float, str]] = []

    def pass_time(wait_s: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(wait_s * 1000), loop.quit)
        loop.exec()

    def watch(state: str, aim: str = "", settle_s: float = SETTLE_S) -> None:
        pass_time(settle_s)
        before, began = cost(), time.monotonic()
        pass_time(seconds)
        took_s, after = time.monotonic() - began, cost()
        # The end of the watch itself is a wakeup.
        rows.append((state, (after[0] - before[0]) / took_s, (after[1] - before[1] - 1) / took_s, aim))

    class Ellipse(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor("#82CDB9"))
            painter.drawEllipse(QRectF(2, 2, RING - 4, RING - 4))

    bare = Ellipse()
    bare.resize(1100, 760)
    bare.show()
    watch("a bare window")
    second = QTimer(bare, interval=1000)
    second.timeout.connect(lambda: bare.update(0, 0, RING, RING))
    second.start()
    watch("a bare window, an ellipse a second")
    second.stop()
    bare.hide()

    theme = apply_theme(application, ThemeChoice.DARK)
    program = build(find_folders(None))
    window = MainWindow(program.presets, program.preferences, program.session_parts)
    window.painted.connect(program.look_at_sound)
    window.show()

    def session(breath: str, total_s: int = 600, after_s: float = 22) -> None:
        """Another one, that has come to its long step; nothing is made of it in the history."""
        program.runner.stop()
        program.chimes.prepare()
        program.runner.start(plan(breath, total_s), 0)
        pass_time(after_s)

    def windows() -> SessionWindows:
        found = window.findChild(SessionWindows)
        assert found is not None
        return found

    def in_mat_view(state: Callable[[], None]) -> None:
        windows().open_mat_view()
        pass_time(6)  # until the hints are gone
        state()
        window.findChildren(MatView)[0].leave()

    watch("idle, the first page", "0 wakeups", 4)
    program.watch_sleep()
    program.join_desktop()
    program.take_orders(program.folders.window_address, lambda _activation: window.show())
    tray = Tray(program.runner, program.presets, program.preferences, program.tray_presence)
    host = TrayHost(program.session_bus)
    host.appeared.connect(tray.renew)
    window.hide()
    watch("idle, hidden, with orders, keys and tray", "0 wakeups")
    session("natural")
    watch("running, hidden", "cues only")
    program.runner.stop()
    tray.hide()
    window.show()
    session("natural")
    watch("running, without the pacer", "3 ms/s")
    window.showMinimized()
    watch("running, minimised", "cues only")
    window.showNormal()
    in_mat_view(lambda: watch("mat view, without the pacer"))
    session(OUT_6.id)
    watch("running, with the pacer", "40 ms/s")
    program.preferences.change(reduce_motion=True)
    watch("running, the breath in words")
    program.preferences.change(reduce_motion=False)
    window.showMinimized()
    watch("running with the pacer, minimised", "cues only")
    window.showNormal()
    in_mat_view(lambda: watch("mat view, with the pacer", "40 ms/s"))
    windows().open_mini_window()
    watch("mini window, with the pacer", "40 ms/s")
    window.findChildren(MiniWindow)[0].leave()
    program.preferences.change(dawn=True)
    session("natural", 75, 33)
    in_mat_view(lambda: watch("mat view, the dawn at its quickest"))
    program.runner.stop()
    print(f"each state watched for {seconds:g} s, {SCREEN}, the process of the window alone")
    print(f"{'':42}{'CPU ms/s':>10}{'wakeups/s':>11}   aim")
    for state, cpu, wakeups, aim in rows:
        print(f"{state:42}{cpu:10.2f}{wakeups:11.2f}   {aim}")
    theme.setParent(None)
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
