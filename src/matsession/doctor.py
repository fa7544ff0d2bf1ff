"""``matsession doctor``: looks at each part the program needs, and says in a line how it fares.

It changes nothing, makes no file and opens no window. Each look is guarded: a part that is broken beyond all
expectation is told as broken, and the next one is looked at.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from matsession import __version__
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.terminal.findings import Finding, Verdict
from matsession.terminal.notation import shortened

if TYPE_CHECKING:
    from matsession.app.ports import SpeechVoice
    from matsession.desktop.speech.engines import SpeechEngine


_Look = Callable[[], Iterator[Finding]]

_SOUND_WITHIN_MS: Final = 8000
"""Longest wait for a sound process; a third of a second is usual, and a cold disk takes more."""
_QUESTION_WITHIN_S: Final = 15

_OUTPUT_NAME: Final = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices
application = QCoreApplication([])
sys.stdout.buffer.write(QMediaDevices.defaultAudioOutput().description().encode())
sys.stdout.flush()
import os
os._exit(0)
"""


def examine(folders: Folders) -> Iterator[Finding]:
    """Look at every part, one after the other."""
    looks: list[tuple[str, _Look]] = [
        ("version", _version),
        ("python", _python),
        ("qt", _qt),
        ("display", _display),
        ("terminal", _terminal),
        ("program", lambda: _program(folders)),
        ("desktop", lambda: _desktop(folders)),
        ("sound", lambda: _sound(folders)),
        ("voice", lambda: _voice(folders)),
        ("folders", lambda: _folders(folders)),
        ("presets", lambda: _presets(folders)),
        ("evidence", lambda: _evidence(folders)),
        ("settings", lambda: _settings(folders)),
        ("mats", lambda: _mats(folders)),
        ("database", lambda: _database(folders)),
        ("backups", lambda: _backups(folders)),
    ]
    for part, look in looks:
        yield from _guarded(part, look)


def _guarded(part: str, look: _Look) -> Iterator[Finding]:
    try:
        yield from look()
    except MatSessionError as error:
        yield Finding(part, Verdict.BROKEN, str(error))
    except Exception as error:  # noqa: BLE001  whatever is broken, the other parts are still to be looked at
        reason = " ".join(str(error).split()) or "no reason given"
        yield Finding(part, Verdict.BROKEN, f"{type(error).__name__}: {reason}")


def _version() -> Iterator[Finding]:
    yield Finding("version", Verdict.OK, f"MatSession {__version__}")


def _python() -> Iterator[Finding]:
    import sqlite3

    sentence = f"{platform.python_version()} ({sys.executable}), SQLite {sqlite3.sqlite_version}"
    yield Finding("python", Verdict.OK, f"{sentence}, {platform.platform()}")


def _qt() -> Iterator[Finding]:
    import PySide6
    from PySide6.QtCore import qVersion

    yield Finding("qt", Verdict.OK, f"PySide6 {PySide6.__version__}, Qt {qVersion()}")


def _display() -> Iterator[Finding]:
    from matsession.terminal.display import display_trouble

    trouble = display_trouble()
    if trouble:
        # Not broken: a computer without a display is what the terminal front is for.
        yield Finding("display", Verdict.NOTE, f"{trouble} Sessions run in the terminal.")
        return
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    told = ", ".join(f"{name}={os.environ[name]!a}" for name in names if os.environ.get(name))
    yield Finding("display", Verdict.OK, f"a window can be opened ({told or sys.platform})")


def _program(folders: Folders) -> Iterator[Finding]:
    from matsession import handover
    from matsession.domain.order import Order, Verb

    answer = handover.command(folders, Order(Verb.STATUS))
    sentence = f"it runs: {answer.sentence}" if answer else "it does not run"
    yield Finding("program", Verdict.OK, sentence)


_AWAKE: Final = {
    "org.gnome.SessionManager": "GNOME's session manager",
    "org.freedesktop.PowerManagement": "the power manager",
}


def _desktop(folders: Folders) -> Iterator[Finding]:
    """What the desktop does for us: start at login, media keys, a tray, a computer that stays awake."""
    from matsession.desktop.autostart import autostart

    login = autostart(folders)
    on = "on" if login.is_on() else "off"
    yield Finding("start at login", Verdict.OK, on if login.possible else "the desktop decides about it")
    if sys.platform != "linux":
        return
    from matsession.desktop.bus_names import names_there
    from matsession.desktop.tray_host import WATCHER

    there = names_there("SESSION", [*_AWAKE, WATCHER])
    if there is None:
        yield Finding("session bus", Verdict.NOTE, "there is none: no media keys, other players play on")
    else:
        tray = "a tray" if WATCHER in there else "no tray, unless an old one of X11"
        yield Finding("session bus", Verdict.OK, f"media keys are heard; {tray}")
    by = [words for name, words in _AWAKE.items() if name in (there or ())]
    if names_there("SYSTEM", ["org.freedesktop.login1"]):
        by.append("logind")
    if by:
        yield Finding("awake", Verdict.OK, f"in a session the computer is kept awake by {by[0]}")
    else:
        yield Finding("awake", Verdict.NOTE, "nobody here keeps the computer from going to sleep")


def _terminal() -> Iterator[Finding]:
    from matsession.terminal.device import TerminalDevice

    device = TerminalDevice(sys.stdin, sys.stdout, sys.stderr)
    if not device.draws:
        sentence = "the output is no terminal; a session is told line by line"
        yield Finding("terminal", Verdict.NOTE, sentence)
        return
    width, height = device.size()
    keys = "keys are heard" if device.source_fd is not None else "without a keyboard"
    yield Finding("terminal", Verdict.OK, f"{width} columns, {height} rows, {keys}")


def _sound(folders: Folders) -> Iterator[Finding]:
    from matsession.domain.guidance import ChimeName

    missing = [f"{chime}.wav" for chime in ChimeName if not (folders.sounds / f"{chime}.wav").is_file()]
    if missing:
        names = ", ".join(missing)
        yield Finding("sound", Verdict.BROKEN, f"{folders.sounds} lacks {names}. Install MatSession again.")
        return
    problems = []
    for player in ("qt", "playsound"):
        problem = _sound_problem(player, folders.sounds)
        if problem is None:
            output = _output_name() if player == "qt" else ""
            to = f" to {output}" if output else ""
            yield Finding("sound", Verdict.OK, f"chimes are played by {player}{to}")
            return
        problems.append(f"{player}: {problem}")
    # A session runs without: the screen guides. So it is a note, as on a computer without loudspeakers.
    yield Finding("sound", Verdict.NOTE, f"chimes are silent ({'; '.join(problems)})")


def _sound_problem(player: str, sounds: Path) -> str | None:
    """Start the sound process as a session would, and hear what it says first; None where it is ready."""
    from PySide6.QtCore import QProcess

    from matsession.app import texts
    from matsession.app.ports import SoundProblem
    from matsession.desktop.sound.sound_link import sound_command

    program, *arguments = sound_command(player, sounds)
    process = QProcess()
    environment = QProcess.systemEnvironment()
    environment.append(f"PYTHONPATH={_packages()}")
    process.setEnvironment(environment)
    process.start(program, arguments)
    try:
        while not process.canReadLine():
            if not process.waitForReadyRead(_SOUND_WITHIN_MS):
                return "the sound process does not answer"
        said = bytes(process.readLine().data()).decode(errors="replace").split()
    finally:
        process.closeWriteChannel()
        if not process.waitForFinished(1000):
            process.kill()
            process.waitForFinished(1000)
    match said:
        case ["ready"]:
            return None
        case ["problem", name] if name in list(SoundProblem):
            return texts.sound_problem(SoundProblem(name)).partition(". ")[0]
        case _:
            return " ".join(said) or "the sound process says nothing"


def _output_name() -> str:
    """What Qt calls the output; asked in a process of its own, because some sound servers never answer."""
    if getattr(sys, "frozen", False):
        return ""
    try:
        asked = subprocess.run(
            [sys.executable, "-c", _OUTPUT_NAME], capture_output=True, timeout=_QUESTION_WITHIN_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(asked.stdout.decode(errors="replace").split())


def _voice(folders: Folders) -> Iterator[Finding]:
    from matsession.app.ports import SpeechProblem
    from matsession.app.texts import speech_problem
    from matsession.app.voice import LANGUAGE, speaks, voice_to_use, wished
    from matsession.desktop.speech.engines import find_engines, split_voice_id
    from matsession.storage.settings_file import SettingsFile

    settings, _ = SettingsFile(folders.settings_file).look()
    engines = find_engines()
    found = [voice for engine in engines for voice in _voices_of(engine)]
    voices = [voice for voice in found if voice.language.partition("-")[0] == LANGUAGE]
    voice = voice_to_use(voices, settings.voice_id)
    if voice is None:
        yield Finding("voice", Verdict.NOTE, speech_problem(SpeechProblem.NO_ENGINE))
        return
    name = f"{voice.name} ({split_voice_id(voice.id)[0]})"
    if settings.voice_id and voice.id != settings.voice_id:
        chosen = shortened(settings.voice_id)
        sentence = f"the voice chosen, {chosen}, is not installed; {name} takes its place"
        yield Finding("voice", Verdict.NOTE, sentence)
    there = ", ".join(engine.id for engine in engines)
    wish = wished(settings)
    if speaks(wish, voice):
        yield Finding("voice", Verdict.OK, f"{name} speaks; found: {there}")
    elif wish is None:
        sentence = (
            f"{name} would speak and is not a natural voice, so lines are spoken only when you switch the "
            f'voice on: in the settings, or with voice = "on" in settings.toml; found: {there}'
        )
        yield Finding("voice", Verdict.NOTE, sentence)
    else:
        sentence = f"switched off in the settings; {name} would speak; found: {there}"
        yield Finding("voice", Verdict.NOTE, sentence)


def _voices_of(engine: "SpeechEngine") -> "Sequence[SpeechVoice]":
    """The voices of a speech program; none where it does not answer."""
    command = engine.listing()
    try:
        told = subprocess.run(
            [command.program, *command.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **command.environment},
            timeout=_QUESTION_WITHIN_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return engine.voices(told.stdout.decode(errors="replace"))


def _folders(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.errors import shown

    named = {
        "data": folders.data,
        "config": folders.config,
        "own presets": folders.own_presets,
        "cache": folders.cache,
        "runtime": folders.runtime,
    }
    for name, path in named.items():
        trouble = _folder_trouble(path)
        if trouble:
            yield Finding(f"folder, {name}", Verdict.BROKEN, f"{shown(path)} {trouble}")
        elif path.exists():
            yield Finding(f"folder, {name}", Verdict.OK, f"{shown(path)}")
        else:
            yield Finding(f"folder, {name}", Verdict.OK, f"{shown(path)} (made when it is needed)")
    if not folders.resources.is_dir():
        sentence = f"{shown(folders.resources)} is missing. Install MatSession again."
        yield Finding("folder, resources", Verdict.BROKEN, sentence)


def _folder_trouble(path: Path) -> str | None:
    """Why nothing can be written there; for a folder that is still to be made, its nearest parent counts."""
    for place in (path, *path.parents):
        if place.exists() or place.is_symlink():
            if not place.is_dir():
                return "is not a folder" if place == path else f"cannot be made: {place} is not a folder"
            if not os.access(place, os.W_OK | os.X_OK):
                return "cannot be written" if place == path else f"cannot be made: {place} cannot be written"
            return None
    return "cannot be made"


def _presets(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.guidance_file import read_guidance
    from matsession.storage.preset_files import read_preset
    from matsession.storage.preset_folders import read_presets

    guidance = read_guidance(folders.guidance_file)
    found = read_presets(folders.built_in_presets, folders.own_presets, guidance, read_preset)
    built_in = sum(preset.built_in for preset in found.presets)
    own = len(found.presets) - built_in
    verdict = Verdict.OK if built_in else Verdict.BROKEN
    yield Finding("presets", verdict, f"{built_in} built-in, {own} own")
    for problem in found.problems:
        yield Finding("presets", Verdict.BROKEN, problem.sentence)


def _evidence(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.evidence_file import read_evidence

    evidence = read_evidence(folders.evidence_file)
    counts = f"{len(evidence.statements)} statements, {len(evidence.studies)} studies"
    yield Finding("evidence", Verdict.OK, f"{counts}, {len(evidence.sources)} sources")


def _settings(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.errors import shown
    from matsession.storage.guidance_file import read_guidance
    from matsession.storage.settings_file import SettingsFile

    path = folders.settings_file
    _, problems = SettingsFile(path).look(read_guidance(folders.guidance_file))
    for problem in problems:
        yield Finding("settings", Verdict.BROKEN, problem)
    if not problems and path.exists():
        yield Finding("settings", Verdict.OK, f"{shown(path)}")
    elif not problems:
        yield Finding("settings", Verdict.OK, f"{shown(path)} does not exist yet; the defaults are used")


def _mats(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.mat_catalogue import read_catalogue
    from matsession.storage.own_mats import OwnMatsFile

    sold = len(read_catalogue(folders.mat_catalogue))
    found = OwnMatsFile(folders.mats_file).read()
    yield Finding("mats", Verdict.OK, f"{len(found.mats)} own, {sold} in the catalogue")
    for problem in found.problems:
        yield Finding("mats", Verdict.BROKEN, problem)


def _database(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.database import Database, read_migrations
    from matsession.storage.errors import shown
    from matsession.storage.sums import SessionSums

    path = folders.history_file
    latest = len(read_migrations())
    if not path.exists() and not path.is_symlink():
        yield Finding("database", Verdict.OK, f"{shown(path)} does not exist yet")
        return
    if path.is_file():
        with path.open("rb") as file:
            version = int.from_bytes(file.read(64)[60:64], "big")  # SQLite file format 1.3, user version
        if version < latest:
            # Opened by us it would be brought up to date, which is for the program itself to do.
            sentence = f"{shown(path)} has schema {version}; the next start brings it to {latest}"
            yield Finding("database", Verdict.NOTE, sentence)
            return
    with Database.open(path, timeout_s=1.0, check=True) as database:
        with database.reading() as connection:
            rows = connection.execute("SELECT count(*) FROM session WHERE deleted_ms IS NULL").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        wrong_sums = SessionSums(database).check()
    sentence = f"{shown(path)} opens, schema {version}, {rows} sessions, no damage found"
    yield Finding("database", Verdict.OK, sentence)
    if wrong_sums:
        sentence = f"{wrong_sums} sums do not fit the sessions; 'matsession stats --rebuild' adds all up anew"
        yield Finding("sums", Verdict.BROKEN, sentence)
    else:
        yield Finding("sums", Verdict.OK, "every sum fits the sessions")


def _backups(folders: Folders) -> Iterator[Finding]:
    from matsession.storage.backups import Backups

    backups = Backups(folders.history_file)
    found = backups.all()
    if not found:
        yield Finding("backups", Verdict.OK, "none yet; one is made every day that the program is open")
        return
    newest = found[0]
    sentence = f"{len(found)} in {backups.folder}, the newest of {newest.made_at:%Y-%m-%d %H:%M}"
    if backups.is_good(newest.path):
        yield Finding("backups", Verdict.OK, sentence)
    else:
        yield Finding("backups", Verdict.NOTE, f"{sentence}, which is damaged; 'matsession restore --list'")


def _packages() -> Path:
    return Path(__file__).resolve().parents[1]
