"""Time to the first painted window, and memory, beside a bare PySide6 window of the same size.

Both start as fresh processes, turn about, on the same display: Xvfb where it is installed, else offscreen.
The clock runs from just before the process is made until the first paint is done; "ready" is when all that
was put off until then (history, sound) is done too, and the event loop waits for the person. "Settled" is
two seconds later. "Imported", "shown" and "painted" are the parts of that time: until all is imported that
the first picture needs, until the window is made and told to show itself, until it is painted.

Ours starts as it does from the second time on: without a word on the command line, with settings and with
what an earlier start kept.

    python3 dev.py bench start [ROUNDS]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from matsession.desktop.paths import find_folders
from matsession.domain.settings import Settings
from matsession.storage.settings_file import SettingsFile

WIDTH, HEIGHT = 1100, 760
SETTLE_MS = 2000

WATCH = f"""
import json, sys, time
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

def memory_kb():
    fields = dict(line.split(":", 1) for line in open("/proc/self/smaps_rollup").read().splitlines()[1:])
    return {{name: int(fields[name].split()[0]) for name in ("Rss", "Pss")}}

class Watch(QObject):
    figures = {{}}
    def eventFilter(self, watched, event):
        if "size" in self.figures or event.type() != QEvent.Type.Paint:
            return False
        self.figures["size"] = [watched.width(), watched.height()]
        QTimer.singleShot(0, self.painted)
        return False
    def mark(self, name):
        self.figures[name] = time.monotonic()
    def painted(self):
        self.figures["painted_at"] = time.monotonic()
        self.figures["memory"] = memory_kb()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self.ready)
        QTimer.singleShot({SETTLE_MS}, self.settled)
    def ready(self):
        self.figures.setdefault("ready_at", time.monotonic())
    def settled(self):
        self.figures["settled"] = memory_kb()
        print(json.dumps(self.figures), flush=True)
        QApplication.exit(0)

watch = Watch()
run_loop = QApplication.exec
def exec_watched(*args):
    watch.mark("shown_at")
    # On the windows alone: with a filter on the application PySide would make a Python object of each part
    # of each widget, and load the class of every widget there is to find out which one it is.
    for window in QApplication.topLevelWidgets():
        window.installEventFilter(watch)
    return run_loop()
QApplication.exec = exec_watched
"""

BARE = (
    WATCH
    + f"""
from PySide6.QtWidgets import QMainWindow
watch.mark("imported_at")
application = QApplication([])
window = QMainWindow()
window.resize({WIDTH}, {HEIGHT})
window.show()
QApplication.exec()
"""
)

OURS = (
    WATCH
    + """
from matsession import window  # which the command line would import by and by
from matsession.cli import run
watch.mark("imported_at")
sys.exit(run([]))
"""
)


def start_once(code: str, env: dict[str, str]) -> dict[str, Any]:
    """One fresh process; what it measured, its moments as seconds since just before it was made."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode or not done.stdout.strip():
        sys.exit(f"bench start: the program ended with {done.returncode}:\n{done.stderr}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: value - began if name.endswith("_at") else value for name, value in figures.items()}


def main() -> int:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with ExitStack() as stack:
        env = dict(os.environ)
        env.update(stack.enter_context(Display()))
        home = stack.enter_context(tempfile.TemporaryDirectory())
        env["MATSESSION_HOME"] = home
        SettingsFile(find_folders(Path(home)).settings_file).save(Settings())
        # With bytecode, as pip installs it: else all of our own source would be compiled at each start, and
        # none of PySide's. Kept apart, so that the checkout stays as it is.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        env["PYTHONPYCACHEPREFIX"] = stack.enter_context(tempfile.TemporaryDirectory())
        results: dict[str, list[dict[str, Any]]] = {"bare": [], "ours": []}
        for number in range(rounds + 1):
            for name, code in (("bare", BARE), ("ours", OURS)):
                figures = start_once(code, env)
                if number:  # the first round fills the disk cache and writes the bytecode
                    results[name].append(figures)
        platform, size = env["QT_QPA_PLATFORM"], results["ours"][0]["size"]
        print(f"display: {platform}, {rounds} rounds each, medians; window {size}")
        print(f"{'':24}{'bare window':>14}{'MatSession':>14}{'ratio':>8}   aim")
        row("painted after, ms", results, lambda f: f["painted_at"] * 1000, "1.25")
        row("  imported", results, lambda f: f["imported_at"] * 1000, "")
        row("  then shown", results, lambda f: (f["shown_at"] - f["imported_at"]) * 1000, "")
        row("  then painted", results, lambda f: (f["painted_at"] - f["shown_at"]) * 1000, "")
        row("ready after, ms", results, lambda f: f["ready_at"] * 1000, "")
        row("memory then, RSS MB", results, lambda f: f["memory"]["Rss"] / 1024, "1.5")
        row("memory then, PSS MB", results, lambda f: f["memory"]["Pss"] / 1024, "")
        row("memory settled, RSS MB", results, lambda f: f["settled"]["Rss"] / 1024, "")
    return 0


def row(label: str, results: dict[str, list[dict[str, Any]]], figure: Any, aim: str) -> None:
    """One line: both medians and their ratio."""
    bare, ours = (statistics.median(map(figure, results[name])) for name in ("bare", "ours"))
    print(f"{label:24}{bare:14.0f}{ours:14.0f}{ours / bare:8.2f}   {aim}")


class Display:
    """Xvfb where it is installed, else Qt's offscreen platform; yields what to set in the environment."""

    def __enter__(self) -> dict[str, str]:
        from shutil import which

        self._server: subprocess.Popen[bytes] | None = None
        if not which("Xvfb"):
            return {"QT_QPA_PLATFORM": "offscreen"}
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=[write_end],
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with os.fdopen(read_end) as ready:
            return {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{ready.readline().strip()}"}

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.terminate()
            self._server.wait()


if __name__ == "__main__":
    sys.exit(main())
