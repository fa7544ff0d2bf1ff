"""The command line: what it says, what it returns, and what it leaves alone."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from matsession import __version__, cli
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.record import RowState, SessionRecord
from matsession.storage.history import History
from tests.fakes import FIRST_WALL

PATIENCE_S = 60

OWN_PRESET = """
name = "Tiny [bold] try"
area = "lower_back"
[[step]]
name = "Lie down"
seconds = 2
show = "Lower yourself."
[[step]]
name = "Rise"
seconds = 1
on_mat = false
"""


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


@pytest.fixture
def own_preset(folders: Folders) -> Path:
    """An own preset of three seconds, called tiny."""
    folders.own_presets.mkdir(parents=True)
    path = folders.own_presets / "tiny.toml"
    path.write_text(OWN_PRESET)
    return path


def add_sessions(folders: Folders) -> None:
    """Three sessions, two days apart."""
    with History.open(folders.history_file) as history:
        for number, area in enumerate(("neck", "lower_back", "neck")):
            history.save(
                SessionRecord(
                    id=f"id-{number}",
                    preset_id=area,
                    preset_name=area.replace("_", " ").capitalize(),
                    area=area,
                    started_at=FIRST_WALL + timedelta(days=2 * number),
                    ended_at=FIRST_WALL + timedelta(days=2 * number, seconds=600),
                    planned_s=600,
                    done_s=600,
                    on_mat_s=555.0,
                    state=RowState.FINISHED,
                    rating_before=6,
                    rating_after=4,
                    note="Größer als sonst",
                )
            )


def child(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a program of its own; every warning is an error there."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "matsession", *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
    )


# -- wrong use ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["start", "lower_bak"], ["There is no preset 'lower_bak'.", "Nearest: lower_back"]),
        (["start", "Lower Back"], ["There is no preset 'Lower Back'.", "Nearest: lower_back"]),
        (["start", ""], ["There is no preset ''."]),
        (
            ["start", "lower_back", "--length", "2m"],
            ["Lower back can last from 4 min to 30 min; 2 min is not possible."],
        ),
        (["start", "lower_back", "--length", "31m"], ["from 4 min to 30 min; 31 min"]),
        (["start", "lower_back", "--length", "0s"], ["from 4 min to 30 min; 0 s"]),
        (["start", "lower_back", "--length", "10"], ["--length", "'10' is not a length; write 90s, 10m"]),
        (["start", "lower_back", "--length", "ten"], ["--length", "'ten' is not a length"]),
        (["start", "lower_back", "--length", "-5m"], ["--length"]),
        (["start", "--preparation", "6m"], ["--preparation", "'6m' is too long", "0s to 5m"]),
        (["start", "--preparation", "soon"], ["--preparation", "'soon' is not a length"]),
        (["start", "--before", "11"], ["--before", "'11' is not a whole number from 0 to 10"]),
        (["start", "--before", "3.5"], ["--before", "'3.5' is not a whole number from 0 to 10"]),
        (["start", "neck", "calves"], ["calves"]),
        (["start", "neck", "--open-end", "--length", "5m"], ["--length", "not allowed with", "--open-end"]),
        (["doctor", "--sound", "--json"], ["--json", "not allowed with", "--sound"]),
        (
            ["history", "--from", "19.3.2026"],
            ["--from", "'19.3.2026' is not a date; write it as 2026-03-19."],
        ),
        (["history", "--to", "2026-02-30"], ["--to", "'2026-02-30' is not a date"]),
        (
            ["history", "--from", "2026-03-20", "--to", "2026-03-19"],
            ["--from 2026-03-20 is after --to 2026-03-19"],
        ),
        (
            ["history", "--area", "lower_bak"],
            ["--area", "There is no area 'lower_bak'.", "Nearest: lower_back"],
        ),
        (["history", "--area", "xyz"], ["--area", "There is no area 'xyz'. Possible: full_back,"]),
        (["strat"], ["'strat'", "start"]),
        (["--nonsense"], ["--nonsense"]),
        (["presets", "--home"], ["--home"]),
        (["--home", "", "presets"], ["--home needs a folder."]),
        (["start", "\x1b[31mred"], [r"'\x1b[31mred'"]),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    arguments: list[str], expected: list[str], capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """What was wrong and what is allowed, code 2, nothing on standard output, and no file is made."""
    assert cli.run(arguments) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    for text in expected:
        assert text in errors
    assert "Traceback" not in errors
    assert "\x1b" not in errors
    assert "--help'." in errors
    assert not [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("command", ["presets", "history", "start"])
@pytest.mark.parametrize("after", [True, False])
def test_a_home_that_is_a_file_is_refused(
    command: str, after: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether --home stands before the command or after it; the file stays."""
    file = tmp_path / "file"
    file.write_text("mine")
    home = ["--home", str(file)]
    assert cli.run([command, *home] if after else [*home, command]) == 2
    assert f"The home {file} is not a folder" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is in the way of one of its parents."""
    (tmp_path / "file").write_text("mine")
    assert cli.run(["start", "neck", "--no-window", "--home", str(tmp_path / "file" / "home")]) == 2
    assert "is not a folder" in capsys.readouterr().err


# -- help and version -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], ["start"], ["presets"], ["history"], ["stats"], ["doctor"]])
def test_help_teaches_by_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself, and fits into 110 columns."""
    assert cli.run([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "matsession" in out
    assert "--home DIR" in out
    assert "examples:" in out or "exit codes:" in out
    assert max(len(line) for line in out.splitlines()) <= 110


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """One line."""
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"MatSession {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["presets"],
        ["presets", "--json"],
        ["history"],
        ["history", "--json"],
        ["stats", "--json"],
        ["nonsense"],
    ],
)
def test_what_needs_no_qt_does_not_import_it(arguments: list[str], folders: Folders) -> None:
    """These answer in a moment; importing Qt alone would take longer than all the rest."""
    add_sessions(folders)
    program = (
        "import sys; from matsession.cli import run; run(sys.argv[1:]); "
        "sys.exit(any(name.partition('.')[0] == 'PySide6' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stderr


# -- presets ----------------------------------------------------------------------------------------------


def test_presets_are_listed_with_what_to_type(own_preset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Id, name, area, allowed lengths, and which are one's own; brackets in a name are no markup."""
    assert cli.run(["presets"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["lower_back", "Lower", "back", "lower_back", "4m-30m"] in lines
    assert ["tiny", "Tiny", "[bold]", "try", "lower_back", "3s", "own"] in lines


def test_presets_as_json(own_preset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For other programs."""
    assert cli.run(["presets", "--json"]) == 0
    presets: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    tiny = next(preset for preset in presets if preset["id"] == "tiny")
    assert len(presets) == 21
    assert (tiny["min_total_s"], tiny["max_total_s"], tiny["built_in"]) == (3, 3, False)


def test_a_broken_preset_file_is_named_and_the_others_are_listed(
    own_preset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, so that JSON stays JSON."""
    own_preset.with_name("broken.toml").write_text("name = 3")
    assert cli.run(["presets", "--json"]) == 0
    out, errors = capsys.readouterr()
    assert len(json.loads(out)) == 21
    assert "broken.toml: name: must be a text in quotes" in errors


def test_asking_for_a_preset_whose_file_is_broken_names_the_file(
    own_preset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else one would look for the mistake in the command line."""
    own_preset.write_text("name = ")
    assert cli.run(["start", "tiny", "--no-window"]) == 2
    errors = capsys.readouterr().err
    assert "tiny.toml is not valid TOML" in errors
    assert "There is no preset 'tiny'." in errors


# -- history ----------------------------------------------------------------------------------------------


def test_history_as_json(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first, with every value another program may want."""
    add_sessions(folders)
    assert cli.run(["history", "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["id-2", "id-1", "id-0"]
    assert rows[2] == {
        "id": "id-0",
        "preset_id": "neck",
        "preset_name": "Neck",
        "area": "neck",
        "started_at": "2026-03-19T21:04:00+01:00",
        "ended_at": "2026-03-19T21:14:00+01:00",
        "planned_s": 600.0,
        "done_s": 600.0,
        "on_mat_s": 555.0,
        "state": "finished",
        "rating_before": 6,
        "rating_after": 4,
        "note": "Größer als sonst",
        "mat_name": "",
        "strongest": None,
        "morning_scale": "",
        "morning_rating": None,
    }


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--from", "2026-03-21"], ["id-2", "id-1"]),
        (["--to", "2026-03-21"], ["id-1", "id-0"]),
        (["--from", "2026-03-21", "--to", "2026-03-21"], ["id-1"]),
        (["--area", "neck"], ["id-2", "id-0"]),
        (["--area", "Lower back"], ["id-1"]),
        (["--from", "2027-01-01"], []),
    ],
)
def test_history_can_be_narrowed(
    filters: list[str], ids: list[str], folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both days count, and an area may be written as it is spoken."""
    add_sessions(folders)
    assert cli.run(["history", "--json", *filters]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ids


def test_history_for_a_person(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each session; piped on, no line is broken and none carries spaces at its end."""
    add_sessions(folders)
    assert cli.run(["history"]) == 0
    heading, _, *lines = capsys.readouterr().out.splitlines()
    assert heading.split()[:2] == ["Started", "Session"]
    assert len(lines) == 3
    for text in ("2026-03-23 21:04", "Neck", "10m of 10m", "9m15s", "6 -> 4", "finished", "Größer als sonst"):
        assert text in lines[0]
    assert all(line == line.rstrip() for line in lines)


def test_looking_at_a_history_makes_none(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even a folder."""
    assert cli.run(["history"]) == 0
    assert cli.run(["history", "--area", "neck"]) == 0
    assert cli.run(["history", "--json"]) == 0
    assert capsys.readouterr().out == "There are no sessions yet.\nThere is no such session.\n[]\n"
    assert not (home / "matsession").exists()


@pytest.mark.parametrize("content", [b"My diary. " * 50, b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_history_that_cannot_be_read_is_told_and_left(
    content: bytes, folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code 1, what happened and what helps."""
    folders.data.mkdir(parents=True)
    folders.history_file.write_bytes(content)
    assert cli.run(["history"]) == 1
    errors = capsys.readouterr().err
    assert str(folders.history_file) in errors
    assert "It is left as it is" in errors
    assert folders.history_file.read_bytes() == content


# -- a session, start to history --------------------------------------------------------------------------


def test_a_session_without_a_terminal(own_preset: Path, home: Path) -> None:
    """Plain lines, code 0, and the row in the history; with --home nothing is kept elsewhere."""
    other = home / "other"
    (other / "config").mkdir(parents=True)
    own_preset.parent.rename(other / "config" / "presets")
    arguments = ["start", "tiny", "--no-window", "--preparation", "0s", "--before", "7"]
    done = child(*arguments, "--home", str(other))
    assert done.returncode == 0, done.stderr
    *lines, proof = done.stdout.splitlines()
    # How many depends on what this computer can play.
    assert re.fullmatch(r"\d of 3 cues sounded(, at most \d+[.,]\d\d s late)?\.", proof)
    assert lines == [
        "Tiny [bold] try, 3 s",
        "The session starts.",
        "0:00  Step 1 of 2: Lie down. Lower yourself.",
        "0:02  Step 2 of 2: Rise.",
        "The session is over.",
        "Tiny [bold] try: 3 s of 3 s, 2 s on the mat. Saved.",
    ]
    assert "Traceback" not in done.stderr
    shown = child("--home", str(other), "history", "--json")
    (row,) = json.loads(shown.stdout)
    assert (row["planned_s"], row["done_s"], row["on_mat_s"], row["rating_before"]) == (3.0, 3.0, 2.0, 7)
    assert not (home / "matsession" / "data").exists()
    again = child("start", "--no-window", "--preparation", "0s", MATSESSION_HOME=str(other))
    assert again.stdout.splitlines()[-2] == lines[-1]


def test_an_open_ended_session_without_a_terminal(own_preset: Path) -> None:
    """Nobody can press q: it ends by itself after the longest length, and the row says so."""
    done = child("start", "tiny", "--no-window", "--preparation", "0s", "--open-end")
    assert done.returncode == 0, done.stderr
    *lines, _proof = done.stdout.splitlines()
    assert lines[:2] == ["Tiny [bold] try, open end", "It ends when you say so, and by itself after 3 s."]
    assert lines[-2:] == ["The session is over.", "Tiny [bold] try: 3 s, 2 s on the mat. Saved."]
    (row,) = json.loads(child("history", "--json").stdout)
    assert (row["state"], row["planned_s"], row["done_s"]) == ("finished", 3.0, 3.0)


def test_what_is_wrong_with_files_is_told_and_the_session_runs(own_preset: Path, folders: Folders) -> None:
    """Settings that are not TOML, a broken preset, a history of another program, a log that is a folder."""
    folders.settings_file.write_text("volume = ")
    own_preset.with_name("broken.toml").write_text("name = 3")
    folders.log_file.mkdir(parents=True)
    folders.history_file.write_bytes(b"My diary. " * 50)
    done = child("start", "tiny", "--no-window", "--preparation", "0s")
    assert done.returncode == 1
    for text in ("settings.toml is not valid TOML", "broken.toml: name", "is not a history of MatSession"):
        assert done.stderr.count(text) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "3 s of 3 s, 2 s on the mat. Not saved:" in done.stdout
    assert folders.history_file.read_bytes() == b"My diary. " * 50


def test_neither_display_nor_terminal_is_one_sentence() -> None:
    """Code 1; nothing to choose in, nothing to show."""
    done = child(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Nor is this"
    )


# -- the hearing check -------------------------------------------------------------------------------------


def test_the_hearing_check_tells_and_leaves_no_trace(home: Path) -> None:
    """Code 1 exactly where something is broken, no complaint, no question, and no file is made."""
    done = child("doctor", "--sound")
    assert done.returncode == (1 if "broken  " in done.stdout else 0)
    assert done.stderr == ""
    assert " output: " in done.stdout
    assert "ok      volume: 80 % (volume 80 %, end chime 100 %)" in done.stdout
    assert "[y/n]" not in done.stdout
    assert not (home / "matsession").exists()


def test_a_volume_of_0_fails_the_hearing_check(folders: Folders) -> None:
    """Whatever the output; and what is wrong with the settings is told there as well."""
    folders.config.mkdir(parents=True)
    folders.settings_file.write_text("volume = 0\ninterval_min = 99\n")
    done = child("doctor", "--sound")
    assert (done.returncode, done.stderr) == (1, "")
    assert "broken  volume: 0 %" in done.stdout
    assert "note    settings: settings.toml: interval_min: 99" in done.stdout
    assert folders.settings_file.read_text() == "volume = 0\ninterval_min = 99\n"


# -- when something fails ---------------------------------------------------------------------------------


def test_our_own_mistake_is_a_sentence_and_its_traceback_is_in_the_log(
    folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is not shown the inside of the program."""

    def mistaken(*_: object) -> int:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(cli, "_presets", mistaken)
    assert cli.run(["presets"]) == 1
    errors = capsys.readouterr().err
    assert errors == f"MatSession made a mistake and had to stop; the reason is in {folders.log_file}.\n"
    assert "ZeroDivisionError: ours" in folders.log_file.read_text()


def test_a_library_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a bare system Qt lacks some; dev.py knows which packages they are in."""

    def mistaken(*_: object) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(cli, "_open", mistaken)
    assert cli.run([]) == 1
    assert "libEGL.so.1: cannot open shared object file" in capsys.readouterr().err


def test_ctrl_c_is_no_mistake(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, and nothing in the log."""

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_presets", interrupted)
    assert cli.run(["presets"]) == 1
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
@pytest.mark.parametrize("command", ["presets", "history"])
def test_a_reader_that_has_seen_enough_is_no_mistake(command: str, folders: Folders) -> None:
    """``matsession presets | head -1``."""
    add_sessions(folders)
    reader, writer = os.pipe()
    os.close(reader)
    arguments = [sys.executable, "-m", "matsession", command]
    try:
        done = subprocess.run(arguments, stdout=writer, stderr=subprocess.PIPE, timeout=PATIENCE_S)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_output_of_another_encoding_is_no_mistake(folders: Folders) -> None:
    """Signs it does not know become question marks; JSON escapes them."""
    add_sessions(folders)
    table = child("history", PYTHONIOENCODING="ascii")
    assert (table.returncode, table.stderr) == (0, "")
    assert "Gr??er als sonst" in table.stdout or "Gr?" in table.stdout
    rows = json.loads(child("history", "--json", PYTHONIOENCODING="ascii").stdout)
    assert rows[0]["note"] == "Größer als sonst"
