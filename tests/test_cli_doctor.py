"""``matsession doctor``: looks at everything, changes nothing, and survives whatever it finds."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from matsession import cli, doctor
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.record import RowState, SessionRecord
from matsession.storage.database import Database
from matsession.storage.history import History
from matsession.terminal.findings import Verdict
from tests.fakes import FIRST_WALL

PARTS = {
    "version", "python", "qt", "display", "terminal", "sound", "voice", "presets", "settings", "database",
    "folder, data", "folder, config", "folder, own presets", "folder, cache", "folder, runtime",
    "backups", "evidence", "mats",
    "program", "start at login",
}  # fmt: skip
if sys.platform == "linux":
    PARTS |= {"session bus", "awake"}


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


@pytest.fixture(autouse=True)
def quiet_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sound processes have a test of their own; here they would only take time."""
    monkeypatch.setattr(doctor, "_sound_problem", lambda player, sounds: "no output")


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    """What the lines say: part -> verdict and sentence."""
    lines = capsys.readouterr().out.splitlines()
    found: dict[str, tuple[str, str]] = {}
    for line in lines:
        verdict, rest = line.split(maxsplit=1)
        part, sentence = rest.split(": ", 1)
        found[part] = (verdict, sentence)
    return found


def test_a_healthy_system_has_nothing_broken(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each part, code 0, and not one file is made."""
    assert cli.run(["doctor"]) == 0
    found = findings(capsys)
    assert set(found) == PARTS
    assert {verdict for verdict, _ in found.values()} <= {"ok", "note"}
    assert found["presets"] == ("ok", "20 built-in, 0 own")
    assert not (home / "matsession").exists()


def test_it_can_be_read_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON."""
    assert cli.run(["doctor", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {finding["part"] for finding in found} == PARTS


def test_a_history_in_use_is_examined(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Schema, rows, no damage; and its bytes are the same afterwards."""
    History.open(folders.history_file).close()
    before = folders.history_file.read_bytes()
    assert cli.run(["doctor"]) == 0
    verdict, sentence = findings(capsys)["database"]
    assert verdict == "ok"
    assert "0 sessions, no damage found" in sentence
    assert folders.history_file.read_bytes() == before


def test_sums_that_do_not_fit_are_told(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """With what mends them; a mere look does not."""
    with History.open(folders.history_file) as history:
        history.save(
            SessionRecord(
                id="1",
                preset_id="neck",
                preset_name="Neck",
                area="neck",
                started_at=FIRST_WALL,
                planned_s=600,
                state=RowState.FINISHED,
            )
        )
    assert cli.run(["doctor"]) == 0
    assert findings(capsys)["sums"] == ("ok", "every sum fits the sessions")
    with Database.open(folders.history_file) as database, database.writing() as connection:
        connection.execute("UPDATE period_sum SET sessions = 3")
    before = folders.history_file.read_bytes()
    assert cli.run(["doctor"]) == 1
    verdict, sentence = findings(capsys)["sums"]
    assert (verdict, sentence[:33]) == ("broken", "4 sums do not fit the sessions; '")
    assert folders.history_file.read_bytes() == before
    assert cli.run(["stats", "--rebuild"]) == 0
    assert "1 session, " in capsys.readouterr().out
    assert cli.run(["doctor"]) == 0


def test_what_is_broken_is_told_and_left_as_it_is(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code 1, a line for each; the settings are not set aside by a mere look."""
    folders.own_presets.mkdir(parents=True)
    folders.data.mkdir()
    folders.cache.write_text("a file where a folder should be")
    (folders.own_presets / "broken.toml").write_text("name = 3")
    folders.settings_file.write_text("volume = ")
    folders.mats_file.write_text("[[mat]]\nname = 3")
    folders.history_file.write_bytes(b"My diary. " * 50)
    names = sorted(path.name for path in folders.config.parent.rglob("*"))
    assert cli.run(["doctor"]) == 1
    found = findings(capsys)
    for part, text in {
        "presets": "broken.toml: name",
        "settings": "is not valid TOML",
        "mats": "mats.toml: mat 1, name: must be a text in quotes",
        "database": "is not a history of MatSession",
        "folder, cache": "is not a folder",
    }.items():
        verdict, sentence = found[part]
        assert (verdict, text in sentence) == ("broken", True), found[part]
    assert sorted(path.name for path in folders.config.parent.rglob("*")) == names


def test_repaired_settings_are_told(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """The field and what is allowed."""
    folders.config.mkdir(parents=True)
    folders.settings_file.write_text("volume = 7.5\n")
    assert cli.run(["doctor"]) == 1
    assert findings(capsys)["settings"] == (
        "broken",
        "settings.toml: volume: 7.5 is not from 0 to 1; the default, 0.8, is used.",
    )
    assert folders.settings_file.read_text() == "volume = 7.5\n"


def test_a_home_that_is_a_file_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The doctor is called when things are wrong: it does not refuse to look."""
    file = tmp_path / "file"
    file.write_text("mine")
    assert cli.run(["doctor", "--home", str(file)]) == 1
    assert findings(capsys)["folder, data"][0] == "broken"


def test_resources_that_are_missing_are_named(tmp_path: Path) -> None:
    """Sounds, presets, guidance: an installation that lost its files."""
    folders = Folders(*(tmp_path / name for name in ("data", "config", "cache", "run", "nowhere")))
    found = {finding.part: finding for finding in doctor.examine(folders)}
    for part in ("sound", "presets", "evidence", "mats", "folder, resources"):
        assert found[part].verdict is Verdict.BROKEN
        assert "Install MatSession again." in found[part].sentence


def test_no_part_can_make_the_doctor_ill(monkeypatch: pytest.MonkeyPatch, folders: Folders) -> None:
    """A check that fails for a reason nobody thought of is a finding, and the next parts are looked at."""

    def ill() -> None:
        raise RuntimeError("out\nof order")

    for name in ("_python", "_qt", "_display", "_terminal", "_voice", "_version"):
        monkeypatch.setattr(doctor, name, ill)
    found = {finding.part: finding for finding in doctor.examine(folders)}
    assert found["qt"].sentence == "RuntimeError: out of order"
    assert found["database"].verdict is Verdict.OK


# -- the voice -------------------------------------------------------------------------------------------

NATURAL = "#!/bin/sh\necho ' --model FILE'\n"
ILL = "#!/bin/sh\nexit 1\n"
HEADING = "Pty Language Age/Gender VoiceName File"
MACHINE = f"#!/bin/sh\ncat <<'END'\n{HEADING}\n 5 en-gb --/M English gmw/en\nEND\n"
FOREIGN = f"#!/bin/sh\ncat <<'END'\n{HEADING}\n 5 fr-fr --/M French roa/fr\nEND\n"


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which all programs are that can be found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(doctor, "_display", lambda: iter(()))  # which would look for more programs
    return folder


def install(folder: Path, name: str, script: str) -> None:
    """A program of this name."""
    program = folder / name
    program.write_text(script.replace("cat <<", "/bin/cat <<"))
    program.chmod(0o755)


def voice_line(folders: Folders) -> tuple[Verdict, str]:
    """What the doctor says of the voice."""
    *others, last = [finding for finding in doctor.examine(folders) if finding.part == "voice"]
    return last.verdict, " / ".join(finding.sentence for finding in (*others, last))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("installed", "wish", "verdict", "told"),
    [
        ({}, "", Verdict.NOTE, "No voice was found: install espeak-ng, or piper"),
        ({"espeak-ng": FOREIGN}, "", Verdict.NOTE, "No voice was found: install espeak-ng, or piper"),
        ({"espeak-ng": ILL}, "", Verdict.NOTE, "No voice was found"),
        ({"espeak-ng": MACHINE}, "", Verdict.NOTE, "English (espeak-ng) would speak and is not a natural"),
        ({"espeak-ng": MACHINE}, 'voice = "on"', Verdict.OK, "English (espeak-ng) speaks; found: espeak-ng"),
        ({"espeak-ng": MACHINE}, 'voice = "off"', Verdict.NOTE, "switched off in the settings; English"),
        (
            {"espeak-ng": MACHINE},
            'voice = "on"\nvoice_id = "flite/slt"',
            Verdict.OK,
            "the voice chosen, 'flite/slt', is not installed; English (espeak-ng) takes its place / English",
        ),
        ({"espeak-ng": MACHINE, "piper": NATURAL}, "", Verdict.OK, "lessac-medium (piper) speaks; found: p"),
    ],
)
def test_the_voice_that_would_speak_is_named(
    installed: dict[str, str], wish: str, verdict: Verdict, told: str, folders: Folders, engines: Path
) -> None:
    """Engines found, the voice of a session, or what to install, after the settings and the programs."""
    for name, script in installed.items():
        install(engines, name, script)
    models = Path.home() / ".local/share/piper-voices"
    models.mkdir(parents=True)
    for name in ("en_US-lessac-medium.onnx", "en_US-lessac-medium.onnx.json"):
        (models / name).touch()
    folders.config.mkdir(parents=True)
    folders.settings_file.write_text(wish)
    said, sentence = voice_line(folders)
    assert (said, told in sentence) == (verdict, True), sentence


def test_an_engine_that_hangs_holds_nothing_up(
    folders: Folders, engines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is passed over."""
    install(engines, "espeak-ng", "#!/bin/sh\nexec /bin/sleep 60\n")
    monkeypatch.setattr(doctor, "_QUESTION_WITHIN_S", 0.2)
    assert voice_line(folders)[0] is Verdict.NOTE
