import contextlib
import io
import os
import struct
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.app.ports import SpokenLine
from matsession.desktop.speech.line_cache import LineCache, NotSpeechError, check_speech

LINE = SpokenLine("Lie down.", "espeak-ng/en-gb")


def wav(frames: int = 1000) -> bytes:
    """A WAV file of silence."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setparams((1, 2, 22_050, 0, "NONE", "not compressed"))
            sound.writeframes(bytes(2 * frames))
        return file.getvalue()


@pytest.fixture
def cache(tmp_path: Path) -> LineCache:
    """Room for three lines of 2044 bytes."""
    return LineCache(tmp_path, 7000)


def put(cache: LineCache, line: SpokenLine, content: bytes | None = None) -> Path:
    """Have the cache take over a file."""
    made = cache.folder / "made.tmp"
    made.write_bytes(content or wav())
    return cache.adopt(line, made)


def test_text_voice_and_speed_have_a_file_of_their_own(cache: LineCache) -> None:
    """Any of them changed is another line; spaces around the text are not."""
    path = put(cache, LINE)
    assert cache.find(replace(LINE, text=" Lie  down. ")) == path
    for other in (
        replace(LINE, text="Lie up."),
        replace(LINE, voice_id="espeak-ng/en-us"),
        replace(LINE, voice_id="flite/en-gb"),
        replace(LINE, speed=1.1),
    ):
        assert cache.find(other) is None
    assert LineCache(cache.folder, 7000).find(LINE) == path


def test_the_line_unused_for_longest_goes_first(cache: LineCache) -> None:
    """Finding a line is using it."""
    lines = [replace(LINE, text=f"Line {number}.") for number in range(4)]
    for age_s, line in enumerate(lines[:3]):
        path = put(cache, line)
        os.utime(path, (1000 + age_s, 1000 + age_s))
    cache.find(lines[0])
    put(cache, lines[3])
    assert [cache.find(line) is not None for line in lines] == [True, False, True, True]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage" * 100,
        wav(0),
        wav()[:-500],
        wav()[:40] + struct.pack("<I", 0xFFFFFFFF) + wav()[44:],
        wav()[:24] + struct.pack("<I", 0) + wav()[28:],
        b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(20),
    ],
    ids=["nothing", "garbage", "no sound", "cut short", "length of a stream", "no rate", "no format"],
)
def test_what_cannot_be_played_is_refused(cache: LineCache, content: bytes) -> None:
    """Neither taken over nor, after a power cut, found."""
    made = cache.folder / "made.tmp"
    made.write_bytes(content)
    with pytest.raises(NotSpeechError):
        cache.adopt(LINE, made)
    cache.place(LINE).write_bytes(content)
    assert cache.find(LINE) is None
    assert not cache.place(LINE).exists()


@given(st.binary(max_size=60), st.integers(0, 60))
def test_no_file_whatever_makes_the_check_stumble(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    """Bytes overwritten in the header of a good file: playable or refused."""
    path = tmp_path_factory.getbasetemp() / "noise.wav"
    good = wav()
    path.write_bytes(good[:place] + noise + good[place + len(noise) :])
    with contextlib.suppress(NotSpeechError):
        check_speech(path)


def test_a_folder_that_is_gone_has_no_lines(cache: LineCache) -> None:
    """The cache may be removed at any time."""
    put(cache, LINE).unlink()
    assert cache.find(LINE) is None
