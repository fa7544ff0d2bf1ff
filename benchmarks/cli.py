"""Time of a command on the command line that needs no Qt, beside that of a Python that does nothing.

Each is a fresh process, turn about, with bytecode as pip installs it. "Kept" is the usual case: an earlier
start of the window has kept what it read of the presets. The aim is for a command that only looks
something up.

    python3 dev.py bench cli [-- ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from matsession import __version__
from matsession.desktop.paths import find_folders
from matsession.storage.preset_store import PresetStore

NOTHING = "pass"
OURS = "import sys; from matsession.cli import run; sys.exit(run())"
"""What the script does that pip makes."""


def run_once(code: str, arguments: list[str], env: dict[str, str]) -> float:
    """One fresh process; how long it took, in ms."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=env, capture_output=True, check=False, timeout=60
    )
    took_ms = (time.perf_counter() - began) * 1000
    if done.returncode:
        sys.exit(f"bench cli: {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr.decode()}")
    return took_ms


def keep_presets(home: Path) -> None:
    """Do as a start of the window does."""
    folders = find_folders(home)
    store = PresetStore(
        folders.guidance_file,
        folders.built_in_presets,
        folders.own_presets,
        folders.preset_cache,
        __version__,
    )
    store.read()
    store.keep()


@contextmanager
def window(home: Path) -> Iterator[None]:
    """The program with its window, offscreen, taking orders."""
    with subprocess.Popen([sys.executable, "-m", "matsession", "--home", str(home)]) as child:
        try:
            while not Path(find_folders(home).window_address).exists():
                time.sleep(0.05)
            yield
        finally:
            child.terminate()


def main() -> int:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        kept, fresh = Path(temporary, "kept"), Path(temporary, "fresh")
        keep_presets(kept)
        env = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(temporary, "bytecode"))}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        commands: dict[str, tuple[str, list[str]]] = {
            "python3 -c pass": (NOTHING, []),
            "--version": (OURS, ["--version"]),
            "status, nothing runs": (OURS, ["--home", str(fresh), "status"]),
            "status, a window runs": (OURS, ["--home", str(kept), "status"]),
            "presets, kept": (OURS, ["--home", str(kept), "presets"]),
            "presets, nothing kept": (OURS, ["--home", str(fresh), "presets"]),
        }
        stack.enter_context(window(kept))
        times_ms: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, (code, arguments) in commands.items():
                took_ms = run_once(code, arguments, env)
                if number:  # the first round fills the disk cache and writes the bytecode
                    times_ms[name].append(took_ms)
    medians = {name: statistics.median(took) for name, took in times_ms.items()}
    bare_ms = medians["python3 -c pass"]
    print(f"{rounds} rounds each, medians; aim: twice the bare Python and 60 ms, {2 * bare_ms + 60:.0f} ms")
    print(f"{'':24}{'ms':>8}{'ratio':>8}")
    for name, median_ms in medians.items():
        print(f"{name:24}{median_ms:8.0f}{median_ms / bare_ms:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
