"""``matsession doctor``: looks at everything, changes nothing, and survives whatever it finds."""

import json
from pathlib import Path
from typing import Any

import pytest

from matsession import cli, doctor
from matsession.desktop.paths import Folders, find_folders
from matsession.storage.history import History

PARTS = {
    "version", "python", "qt", "display", "terminal", "sound", "voice", "presets", "settings", "database",
    "folder, data", "folder, config", "folder, own presets", "folder, cache", "folder, runtime",
}  # fmt: skip


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


def test_what_is_broken_is_told_and_left_as_it_is(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code 1, a line for each; the settings are not set aside by a mere look."""
    folders.own_presets.mkdir(parents=True)
    folders.data.mkdir()
    folders.cache.write_text("a file where a folder should be")
    (folders.own_presets / "broken.toml").write_text("name = 3")
    folders.settings_file.write_text("volume = ")
    folders.history_file.write_bytes(b"My diary. " * 50)
    names = sorted(path.name for path in folders.config.parent.rglob("*"))
    assert cli.run(["doctor"]) == 1
    found = findings(capsys)
    for part, text in {
        "presets": "broken.toml: name",
        "settings": "is not valid TOML",
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
    for part in ("sound", "presets", "folder, resources"):
        assert found[part].verdict is doctor.Verdict.BROKEN
        assert "Install MatSession again." in found[part].sentence


def test_no_part_can_make_the_doctor_ill(monkeypatch: pytest.MonkeyPatch, folders: Folders) -> None:
    """A check that fails for a reason nobody thought of is a finding, and the next parts are looked at."""

    def ill() -> None:
        raise RuntimeError("out\nof order")

    for name in ("_python", "_qt", "_display", "_terminal", "_voice", "_version"):
        monkeypatch.setattr(doctor, name, ill)
    found = {finding.part: finding for finding in doctor.examine(folders)}
    assert found["qt"].sentence == "RuntimeError: out of order"
    assert found["database"].verdict is doctor.Verdict.OK
