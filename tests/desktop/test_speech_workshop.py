"""Engines that hang, die, lie and flood: scripts that stand in for them, with small limits."""

import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from matsession.app.ports import SpeechProblem, SpeechVoice, SpokenLine
from matsession.desktop.speech.engines import Command
from matsession.desktop.speech.workshop import Limits, SpeechWorkshop

PATIENCE_MS = 30_000
"""How long a test waits for a signal; shared machines are slow at times."""

GOOD = """
    import wave
    with open("../spoken.txt", "a") as log:
        log.write(open(text).read())
    with wave.open(wav, "wb") as sound:
        sound.setparams((1, 2, 22050, 0, "NONE", "not compressed"))
        sound.writeframes(bytes(4410))
"""


@dataclass(frozen=True)
class Script:
    """An engine that is a few lines of Python, with ``text`` and ``wav`` as the paths handed over."""

    code: str
    id: str = "script"
    natural: bool = False
    list_code: str = "print('en-gb')"

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        code = f"import sys\ntext, wav = sys.argv[1:]\n{textwrap.dedent(self.code)}"
        return Command(sys.executable, ["-ISc", code, str(text_file), str(wav)], stdin=text_file)

    def listing(self) -> Command:
        return Command(sys.executable, ["-ISc", self.list_code])

    def voices(self, listing: str) -> list[SpeechVoice]:
        return [SpeechVoice(f"{self.id}/{word}", word, word, self.natural) for word in listing.split()]


Make = Callable[..., SpeechWorkshop]


@pytest.fixture
def make(tmp_path: Path, qtbot: QtBot) -> Iterator[Make]:
    """Makes workshops with limits a test can wait for, and closes them."""
    made: list[SpeechWorkshop] = []

    def workshop(*engines: Script, folder: Path = tmp_path / "voice", **limits: int) -> SpeechWorkshop:
        new = SpeechWorkshop(folder, lambda: list(engines), Limits(**{"job_ms": PATIENCE_MS, **limits}))
        made.append(new)
        return new

    yield workshop
    for workshop_made in made:
        workshop_made.close()


def line(text: str = "Lie down.", voice_id: str = "script/en-gb") -> SpokenLine:
    """A line of the script's only voice."""
    return SpokenLine(text, voice_id)


def settle(qtbot: QtBot, workshop: SpeechWorkshop, *lines: SpokenLine) -> list[Path | None]:
    """Order these and wait until the last of them is made or failed."""
    told: dict[SpokenLine, Path | None] = {}
    workshop.on_line(told.__setitem__)

    def all_told(done: SpokenLine, _path: object) -> bool:
        return {*told, done} >= {*lines}

    with qtbot.waitSignal(workshop.line_settled, timeout=PATIENCE_MS, check_params_cb=all_told):
        workshop.order(lines)
    return [told[each] for each in lines]


def spoken(tmp_path: Path) -> list[str]:
    """What the good script said, in order."""
    return (tmp_path / "voice/spoken.txt").read_text(encoding="utf-8").splitlines()


def test_lines_are_made_in_order_and_found_again(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    """The text arrives as it is; a second order starts nothing."""
    lines = [line("“Ångström”, naïve? $(reboot); `x` 'y' \"z\""), line("Two."), line("-three")]
    workshop = make(Script(GOOD))
    paths = settle(qtbot, workshop, *lines)
    assert [path is not None and path.is_file() for path in paths] == [True] * 3
    assert spoken(tmp_path) == [each.text for each in lines]
    assert [workshop.path_for(each) for each in lines] == paths
    assert settle(qtbot, workshop, *lines) == paths
    assert len(spoken(tmp_path)) == 3


def test_an_urgent_line_overtakes_and_a_new_order_replaces_the_old(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """The latest urgent one comes first, then the order given last."""
    workshop = make(Script(GOOD))
    workshop.order([line("dropped")])
    workshop.order([line("first"), line("second")])
    workshop.hurry(line("asked"))
    workshop.hurry(line("asked later"))
    with qtbot.waitSignal(
        workshop.line_settled, timeout=PATIENCE_MS, check_params_cb=lambda done, _: done.text == "second"
    ):
        pass
    assert spoken(tmp_path) == ["asked later", "asked", "first", "second"]


def test_the_voices_of_all_engines_are_listed_and_a_broken_list_is_left_out(make: Make, qtbot: QtBot) -> None:
    """None before looking; the best engine's first; by language."""
    workshop = make(
        Script(GOOD, list_code="print('de-de en-gb')"),
        Script(GOOD, id="broken", list_code="raise SystemExit(3)"),
        Script(GOOD, id="other"),
    )
    assert workshop.voices("en") is None
    with qtbot.waitSignal(workshop.changed, timeout=PATIENCE_MS):
        workshop.look()
    voices = workshop.voices("en")
    assert voices is not None
    assert [voice.id for voice in voices] == ["script/en-gb", "other/en-gb"]
    assert workshop.problem(None) is None


def test_without_an_engine_that_is_said(make: Make, qtbot: QtBot) -> None:
    """Looking ends with no voices and a reason; a line ordered all the same is told as failed."""
    workshop = make()
    with qtbot.waitSignal(workshop.changed, timeout=PATIENCE_MS):
        workshop.look()
    assert workshop.voices("en") == []
    assert workshop.problem(None) is SpeechProblem.NO_ENGINE
    assert settle(qtbot, workshop, line()) == [None]


class Pulse:
    """The longest time the event loop did not come round."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


def test_an_engine_that_sleeps_for_ever_is_killed_and_nobody_waits(make: Make, qtbot: QtBot) -> None:
    """The limit is 1.5 s; the event loop comes round all the while, and the next line is made."""
    hang_once = f"""
    import os, time
    if open(text).read().startswith("hang"):
        time.sleep(1000)
    {GOOD.lstrip()}"""
    workshop = make(Script(hang_once), job_ms=1500)
    pulse = Pulse()
    began = time.perf_counter()
    first, second = settle(qtbot, workshop, line("hang"), line("go on"))
    assert time.perf_counter() - began > 1.4
    assert pulse.longest_s < 0.75
    assert first is None
    assert second is not None


@pytest.mark.parametrize("means", ["own", "helper"])
def test_neither_ignoring_sigterm_nor_a_helper_outlives_the_limit(
    make: Make, qtbot: QtBot, tmp_path: Path, means: str
) -> None:
    """The whole group is killed, with a signal that cannot be ignored."""
    code = """
    import os, signal, subprocess, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    helper = subprocess.Popen([sys.executable, "-ISc", "import time; time.sleep(1000)"])
    with open("../pids.new", "w") as file:
        file.write(f"{os.getpid()} {helper.pid}")
    os.rename("../pids.new", "../pids")
    time.sleep(1000)
    """
    workshop = make(Script(code), job_ms=1500)
    assert settle(qtbot, workshop, line()) == [None]
    own, helper = map(int, (tmp_path / "voice/pids").read_text().split())
    qtbot.waitUntil(lambda: is_gone(own if means == "own" else helper), timeout=PATIENCE_MS)


def is_gone(pid: int) -> bool:
    """No such process, or one that has ended and is not yet collected by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(3)",
        "import os; os.abort()",
        "import os; os.kill(os.getpid(), 9)",
        "open(wav, 'wb').write(b'garbage' * 100)",
        "open(wav, 'wb').close()",
        "pass",
        "import os; os.mkdir(wav)",
        "import os; os.mkfifo(wav)",
    ],
    ids=["code", "abort", "killed", "garbage", "empty", "no file", "folder", "pipe"],
)
def test_an_engine_that_dies_or_lies_costs_one_line(
    make: Make, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    """The next line is tried, and nothing of the failed one is kept."""
    bad = f"""
    if open(text).read().startswith("bad"):
        {code}
    else:
        {textwrap.indent(GOOD.strip(), "    ").strip()}
    """
    workshop = make(Script(bad))
    first, second = settle(qtbot, workshop, line("bad"), line("good"))
    assert first is None
    assert second is not None
    assert list((tmp_path / "voice").glob("*.wav")) == [second]


@pytest.mark.parametrize("target", ["open(wav, 'wb')", "sys.stdout.buffer", "sys.stderr.buffer"])
def test_an_engine_that_writes_without_end_is_stopped(make: Make, qtbot: QtBot, target: str) -> None:
    """By its size, long before the time limit; what it prints is not read into our memory."""
    flood = f"""
    import time
    file = {target}
    while True:
        file.write(bytes(10_000))
        file.flush()
        time.sleep(0.001)
    """
    workshop = make(Script(flood), file_bytes=200_000, watch_every_ms=20)
    assert settle(qtbot, workshop, line()) == [None]


@pytest.mark.expects_log("script failed 3 times in a row")
def test_an_engine_that_fails_three_times_is_left_alone_until_forgiven(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """Said once; other engines go on; a line that works in between starts the count afresh."""
    moody = f"""
    import os
    if open(text).read().startswith("bad"):
        open("../tries", "a").write("x")
        raise SystemExit(1)
    {GOOD.lstrip()}"""
    workshop = make(Script(moody), Script(GOOD, id="other"))
    told: list[SpeechProblem | None] = []
    workshop.changed.connect(lambda: told.append(workshop.problem("script/en-gb")))
    texts = ("bad 1", "bad 2", "good 1", "bad 3", "bad 4", "bad 5", "bad 6", "good 2")
    paths = settle(qtbot, workshop, *map(line, texts), line("good 3", "other/en-gb"))
    assert [path is not None for path in paths] == [False] * 2 + [True] + [False] * 5 + [True]
    assert len((tmp_path / "voice/tries").read_text()) == 5
    assert told == [SpeechProblem.GIVEN_UP]
    assert workshop.problem("other/en-gb") is None
    workshop.forgive()
    assert told[1:] == [None]
    assert settle(qtbot, workshop, line("good 2")) != [None]


@pytest.mark.expects_log("spoken lines cannot be kept")
def test_without_room_there_is_a_reason_and_the_next_order_tries_again(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """A file in the way of the folder stands for a full disk and a missing permission."""
    (tmp_path / "voice").touch()
    workshop = make(Script(GOOD))
    with qtbot.waitSignal(workshop.changed, timeout=PATIENCE_MS):
        assert settle(qtbot, workshop, line("one"), line("two")) == [None, None]
    assert workshop.problem("script/en-gb") is SpeechProblem.NO_ROOM
    (tmp_path / "voice").unlink()
    assert settle(qtbot, workshop, line("one")) != [None]
    qtbot.waitUntil(lambda: workshop.problem("script/en-gb") is None, timeout=PATIENCE_MS)


@pytest.mark.expects_log("spoken lines cannot be kept")
def test_a_line_made_on_a_full_disk_is_not_trusted(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """espeak-ng ends well with what fitted; kept, the stump would be played ever after."""
    monkeypatch.setattr("matsession.desktop.speech.workshop.FREE_AT_LEAST_BYTES", 1 << 62)
    workshop = make(Script(GOOD))
    assert settle(qtbot, workshop, line("one"), line("two")) == [None, None]
    assert workshop.problem("script/en-gb") is SpeechProblem.NO_ROOM
    assert len(spoken(tmp_path)) == 1
    assert list((tmp_path / "voice").glob("*.wav")) == []


@pytest.mark.expects_log("spoken lines cannot be kept")
def test_a_folder_removed_in_mid_work_costs_no_more_than_the_line(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """Whoever empties the cache may do so at any time."""
    remove = """
    import os, shutil
    os.chdir("/")
    shutil.rmtree(os.path.dirname(os.path.dirname(wav)))
    """
    workshop = make(Script(remove), Script(GOOD, id="other"))
    assert settle(qtbot, workshop, line()) == [None]
    assert settle(qtbot, workshop, line("again", "other/en-gb")) != [None]


def test_a_program_that_is_gone_is_a_failure_like_any_other(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    """Removed between looking and speaking."""

    class Gone(Script):
        def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
            return Command(str(tmp_path / "gone"), [], stdin=text_file)

    assert settle(qtbot, make(Gone("")), line()) == [None]


def test_closing_ends_the_child_and_leaves_nothing_half_made(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """Even while a line is spoken; afterwards orders are not heard."""
    code = """
    import os, time
    with open("../pid.new", "w") as file:
        file.write(str(os.getpid()))
    os.rename("../pid.new", "../pid")
    time.sleep(1000)
    """
    workshop = make(Script(code))
    workshop.order([line()])
    qtbot.waitUntil((tmp_path / "voice/pid").exists, timeout=PATIENCE_MS)
    told: list[object] = []
    workshop.on_line(lambda done, path: told.append(done))
    workshop.close()
    assert is_gone(int((tmp_path / "voice/pid").read_text()))
    assert list((tmp_path / "voice").glob(".making*")) == []
    workshop.order([line()])
    workshop.hurry(line())
    workshop.look()
    assert told == []


def test_what_a_killed_program_left_is_removed(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    """A running program's work is left alone."""
    left = tmp_path / "voice/.making-999999999-1"
    running = tmp_path / f"voice/.making-{os.getppid()}-1"
    for desk in (left, running):
        desk.mkdir(parents=True)
    settle(qtbot, make(Script(GOOD)), line())
    assert not left.exists()
    assert running.exists()
