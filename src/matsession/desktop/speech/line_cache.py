"""The folder of spoken lines: a WAV file for each text, voice and speed, the longest unused removed first."""

import contextlib
import os
import stat
import struct
import wave
from pathlib import Path

from matsession.app.ports import SpokenLine
from matsession.desktop.speech.engines import split_voice_id, spoken_text, usable_speed


class NotSpeechError(ValueError):
    """A file that should be a spoken line and is not."""


class LineCache:
    """Keeps finished lines in a folder that may be removed at any time."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        """Keep at most ``limit_bytes`` in ``folder``, which is made when it is needed."""
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._checked: dict[Path, int] = {}

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._folder

    def place(self, line: SpokenLine) -> Path:
        """Where the line belongs, there or not."""
        import hashlib  # late: it brings OpenSSL, 4 MB that are not needed where nothing speaks

        engine, voice = split_voice_id(line.voice_id)
        key = "\0".join((engine, voice, f"{usable_speed(line.speed):.2f}", spoken_text(line.text)))
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name}.wav"

    def find(self, line: SpokenLine) -> Path | None:
        """The finished file, marked as used now; None where there is none that can be played."""
        path = self.place(line)
        try:
            size_bytes = path.stat().st_size
            if self._checked.get(path) != size_bytes:
                # After a power cut a file may be there with nothing in it.
                check_speech(path)
                self._checked[path] = size_bytes
        except FileNotFoundError:
            return None
        except (OSError, NotSpeechError):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):  # a cache that cannot be written can still be read
            os.utime(path)
        return path

    def adopt(self, line: SpokenLine, made: Path) -> Path:
        """Take over a file that an engine made.

        Raises NotSpeechError for one that cannot be played, OSError where it cannot be moved.
        """
        check_speech(made)
        path = self.place(line)
        made.replace(path)
        self._checked[path] = path.stat().st_size
        self._trim(keep=path)
        return path

    def _trim(self, keep: Path) -> None:
        files: list[tuple[float, int, str]] = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(".wav") and entry.name != keep.name:
                    status = entry.stat()
                    files.append((status.st_mtime, status.st_size, entry.path))
        left_bytes = sum(size_bytes for _, size_bytes, _ in files) + self._checked[keep]
        for _, size_bytes, path in sorted(files):
            if left_bytes <= self._limit_bytes:
                break
            with contextlib.suppress(OSError):
                Path(path).unlink()
                left_bytes -= size_bytes


def check_speech(path: Path) -> None:
    """Raise NotSpeechError unless this is a WAV file with sound in it, as long as it says; or OSError."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise NotSpeechError("no plain file")  # to read a pipe would be to wait for whoever fills it
    try:
        with path.open("rb") as file, wave.open(file) as sound:
            frames, rate_hz = sound.getnframes(), sound.getframerate()
            sound_bytes = frames * sound.getnchannels() * sound.getsampwidth()
    except (wave.Error, EOFError, ValueError, RuntimeError, struct.error, ZeroDivisionError) as error:
        raise NotSpeechError(f"not a WAV file: {error!r}") from error
    if frames <= 0:
        raise NotSpeechError("no sound in it")
    if not 4_000 <= rate_hz <= 192_000:
        raise NotSpeechError(f"{rate_hz} samples a second")
    # A full disk, or a length that was never filled in.
    if status.st_size < sound_bytes:
        raise NotSpeechError("shorter than it says")
