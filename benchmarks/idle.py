"""What sound costs while nothing sounds: a silent stream held open, beside a lead-in before each cue.

Our own processes and the PulseAudio server's, each with its threads: CPU time and voluntary context switches
(how often something woke up) for each second, read from /proc. The stages:

- no stream, the process ready: what ``qt_player`` does from one cue to the next;
- a lead-in: the two seconds before a cue, and the silence after it, averaged over a cue a minute;
- a silent stream held open: the other way to keep an output awake.

    python3 dev.py bench idle
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._pulse_recording import missing_programs, sound_server  # noqa: E402 - see cues.py

SETTLE_S = 3.0
WATCH_S = 10.0
LEAD_S = 2.0
TAIL_S = 0.5
CUE_EVERY_S = 60.0
TICK_MS = 1000.0 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time and wakeups of one process since it began."""

    cpu_ms: float
    wakeups: int


def cost(pid: int) -> Cost:
    """Read what a process with all its threads has cost so far."""
    cpu_ms, wakeups = 0.0, 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        runtime_ns = int((task / "schedstat").read_text().split()[0])
        cpu_ms += runtime_ns / 1e6
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                wakeups += int(line.split()[1])
    return Cost(cpu_ms, wakeups)


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def named(pids: list[int], word: str) -> int:
    """The process whose command line holds this word."""
    for pid in pids:
        if word in Path(f"/proc/{pid}/cmdline").read_text():
            return pid
    raise RuntimeError(f"no process for {word}")


def main() -> int:
    """Measure and print."""
    if sys.platform != "linux" or (missing := missing_programs()):
        print(f"not measured: {', '.join(missing) if sys.platform == 'linux' else 'needs /proc'}")
        return 0
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder) / "pulse") as environment:
        os.environ.update(environment)
        measure()
    return 0


def measure() -> None:
    """Put the real sound output through the stages."""
    import array
    import wave

    from PySide6.QtCore import QCoreApplication, QTimer

    from matsession.desktop.sound.chime_output import chime_output

    application = QCoreApplication([])

    def pass_time(seconds: float) -> None:
        QTimer.singleShot(round(seconds * 1000), application.quit)
        application.exec()

    with tempfile.TemporaryDirectory() as folder:
        silence = Path(folder) / "silence.wav"
        with wave.open(str(silence), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(48_000)
            file.writeframes(array.array("h", bytes(2 * 48_000)).tobytes())
        output = chime_output(ROOT / "resources" / "sounds")
        output.prepare()
        pass_time(SETTLE_S)
        pids = {
            "program": os.getpid(),
            "sound process": named(children(os.getpid()), "sound_process"),
            "server": named(children(os.getpid()), "pulseaudio"),
        }

        def watch(seconds: float) -> dict[str, tuple[float, float]]:
            before, begin_s = {name: cost(pid) for name, pid in pids.items()}, time.monotonic()
            pass_time(seconds)
            took_s = time.monotonic() - begin_s
            after = {name: cost(pid) for name, pid in pids.items()}
            return {
                name: (
                    (after[name].cpu_ms - before[name].cpu_ms) / took_s,
                    (after[name].wakeups - before[name].wakeups) / took_s,
                )
                for name in pids
            }

        resting = watch(WATCH_S)
        output.set_background(silence, 0.0, fade_s=0.1)
        pass_time(SETTLE_S)
        held = watch(WATCH_S)
        output.set_background(None, fade_s=0.1)
        pass_time(1.0)
        output.close()
    share = (LEAD_S + TAIL_S) / CUE_EVERY_S
    lead = {
        name: tuple(
            rest + (hold - rest) * share for rest, hold in zip(resting[name], held[name], strict=True)
        )
        for name in pids
    }
    print(f"{'CPU ms/s | wakeups/s':<42}" + "".join(f"{name:>20}" for name in pids))
    for title, figures in (
        ("no stream: from one cue to the next", resting),
        ("lead-ins, a cue a minute (kept)", lead),
        ("a silent stream held open", held),
    ):
        cells = "".join(f"{f'{cpu:.2f} | {woken:.1f}':>20}" for cpu, woken in figures.values())
        print(f"{title:<42}{cells}")


if __name__ == "__main__":
    raise SystemExit(main())
