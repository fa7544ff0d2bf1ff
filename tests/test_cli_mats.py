"""``matsession mats``, and what the mat in use and the answers about safety mean to the other commands."""

import json
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage

from matsession import cli, doctor, handover
from matsession.choices import read_choices
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.order import Answer
from matsession.domain.settings import Settings
from matsession.storage.evidence_file import read_evidence
from matsession.storage.mat_catalogue import read_catalogue
from matsession.storage.own_mats import OwnMatsFile
from matsession.storage.settings_file import SettingsFile

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


def told(capsys: Capture) -> str:
    """What was printed, and forget it."""
    return capsys.readouterr().out


def test_mats_are_added_used_and_removed(folders: Folders, capsys: Capture) -> None:
    """By their names; the first one is in use, and what is not said is not known."""
    SettingsFile(folders.settings_file).save(Settings(length_unit="cm"))
    assert cli.run(["mats"]) == 0
    assert "There are no mats yet." in told(capsys)
    assert cli.run(["mats", "add", "Green mat", "--size", "17x30in", "--points", "8820", "--soft"]) == 0
    assert "76.2x43.2 cm, 8820 points, about 2.7 per cm²" in told(capsys)
    assert cli.run(["mats", "add", "Attic", "--like", "swedish_spike", "--no-pillow"]) == 0
    assert cli.run(["mats", "use", "attic"]) == 0
    assert told(capsys).endswith("In use: Attic.\n")
    assert cli.run(["mats", "--json"]) == 0
    green, attic = json.loads(told(capsys))
    assert (green["length_mm"], green["width_mm"], green["points_per_square_inch"]) == (762, 431.8, 17.29)
    assert (green["pillow"], green["in_use"]) == (None, False)
    assert (attic["rigid"], attic["pillow"], attic["points"], attic["in_use"]) == (True, False, None, True)
    assert attic["points_per_square_cm"] is None
    assert cli.run(["mats"]) == 0
    assert "The mat in use is rigid" in told(capsys)
    assert cli.run(["mats", "remove", "Attic"]) == 0
    assert [mat.name for mat in OwnMatsFile(folders.mats_file).read().mats] == ["Green mat"]


@pytest.mark.parametrize("system", list(QLocale.MeasurementSystem))
@pytest.mark.parametrize("wish", ["in", "cm", ""])
def test_sizes_are_told_in_the_unit_of_the_window(
    folders: Folders,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    wish: str,
    system: QLocale.MeasurementSystem,
) -> None:
    """The one that was chosen, else that of the system."""
    monkeypatch.setattr(QLocale, "measurementSystem", lambda _locale: system)
    SettingsFile(folders.settings_file).save(Settings(length_unit=wish))
    inches = wish == "in" or (not wish and system is not QLocale.MeasurementSystem.MetricSystem)
    assert cli.run(["mats", "add", "Green mat", "--size", "30x17in", "--points", "8820"]) == 0
    known = (
        "30x17 in, 8820 points, about 17 per in²" if inches else "76.2x43.2 cm, 8820 points, about 2.7 per"
    )
    assert known in told(capsys)
    assert cli.run(["mats"]) == 0
    assert known in told(capsys)
    assert cli.run(["mats", "--catalogue"]) == 0
    assert ("30x17x1 in, 8820" if inches else "76.2x43.2x2.5 cm, 8820") in told(capsys)


def test_the_only_mat_is_in_use_without_being_chosen(folders: Folders, capsys: Capture) -> None:
    """Which is said to who wants none to be."""
    assert cli.run(["mats", "add", "Plate", "--rigid"]) == 0
    assert cli.run(["mats", "use", "none"]) == 0
    assert told(capsys).endswith("In use: Plate, the only one there is.\n")
    assert cli.run(["mats", "add", "Green"]) == 0
    assert cli.run(["mats", "use", "none"]) == 0
    assert told(capsys).endswith("In use: none.\n")


def test_a_photo_is_copied(folders: Folders, tmp_path: Path) -> None:
    """Into the folder of mats; what is none is told, and no mat is added."""
    picture = tmp_path / "mat.png"
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(picture))
    assert cli.run(["mats", "add", "Mine", "--photo", str(picture)]) == 0
    assert (folders.mat_photos / "mine-1.jpg").is_file()
    picture.write_text("nothing")
    assert cli.run(["mats", "add", "Other", "--photo", str(picture)]) == 1
    assert len(OwnMatsFile(folders.mats_file).read().mats) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["add", "A", "--size", "3"], 2, "'3' is no size; write two sides and a unit"),
        (["add", "A", "--points", "0"], 1, "its points 0 is not from 1 to 100000"),
        (["add", "A", "--points", "many"], 2, "--points"),
        (["add", "None"], 1, "its name must not be 'none', which stands for no mat."),
        (["add", " "], 1, "its name must not be empty"),
        (["add", "A", "--like", "himalya"], 1, "The nearest is 'himalaya'."),
        (["use", "nothing"], 1, "There is no mat 'nothing'."),
        (["remove", "nothing"], 1, "There are no mats yet."),
    ],
)
def test_what_cannot_be_is_told(
    folders: Folders, capsys: Capture, arguments: list[str], code: int, sentence: str
) -> None:
    """In a sentence, and nothing is written."""
    assert cli.run(["mats", *arguments]) == code
    assert sentence in capsys.readouterr().err
    assert not folders.mats_file.exists()


def test_a_file_that_cannot_be_read_is_left_alone(folders: Folders, capsys: Capture) -> None:
    """By every command that would write it."""
    folders.mats_file.parent.mkdir(parents=True, exist_ok=True)
    folders.mats_file.write_text("[[mat")
    assert cli.run(["mats", "add", "A"]) == 1
    assert "mats.toml" in capsys.readouterr().err
    assert folders.mats_file.read_text() == "[[mat"
    assert cli.run(["mats"]) == 0


def test_the_catalogue(capsys: Capture) -> None:
    """All twelve, for a person and as JSON."""
    assert cli.run(["mats", "--catalogue"]) == 0
    assert "Your mat's leaflet comes first." in told(capsys)
    assert cli.run(["mats", "--catalogue", "--json"]) == 0
    found = json.loads(told(capsys))
    assert len(found) == 12
    assert found[0]["points"] == 8820
    assert found[1]["points"] is None


def test_the_catalogue_leaves_nothing_out(
    folders: Folders, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes, hardness, what comes with it, quotations and sources with their addresses, in 80 columns."""
    monkeypatch.setattr("matsession.terminal.prose.width_of", lambda _out: 80)
    assert cli.run(["mats", "--catalogue"]) == 0
    out = told(capsys)
    assert [line for line in out.splitlines() if len(line) > 80 and "http" not in line] == []
    told_of = {block.split(":")[0]: " ".join(block.split()) for block in out.split("\n\n")}
    sources = {source.id: source for source in read_evidence(folders.evidence_file).sources}
    for mat in read_catalogue(folders.mat_catalogue):
        wanted = [mat.name, mat.origin.split("_")[0], mat.note, mat.quote, mat.includes]
        wanted += ["with a pillow" if mat.pillow else "", "rigid" if mat.rigid else ""]
        wanted += [part for each in mat.sources for part in (sources[each].title, sources[each].url)]
        assert [part for part in wanted if part not in told_of[mat.id]] == []


def test_presets_are_marked(folders: Folders, capsys: Capture) -> None:
    """With why; nothing is marked for who said nothing."""
    assert cli.run(["presets"]) == 0
    assert "Care" not in told(capsys)
    answers = {"neuropathy": True, "blood_pressure": True}
    SettingsFile(folders.settings_file).save(Settings(true_for_me=answers))
    assert cli.run(["presets"]) == 0
    listed = told(capsys)
    assert "Hidden because you said: Numb feet, or another loss of feeling." in listed
    assert "You said: High or low blood pressure. Ask your doctor first." in listed
    lines = {line.split()[0]: line for line in listed.splitlines() if line.strip()}
    assert lines["feet_standing"].endswith("hidden")
    assert lines["lower_back"].endswith("ask first")
    assert lines["rest_without_mat"].endswith("40m")
    assert cli.run(["presets", "--json"]) == 0
    by_id = {each["id"]: each for each in json.loads(told(capsys))}
    assert (by_id["neck"]["suits"], by_id["neck"]["because"]) == ("cautioned", ["blood_pressure"])
    assert by_id["feet_seated"]["because"] == ["neuropathy", "blood_pressure"]


@pytest.mark.parametrize("because", ["answer", "mat"])
def test_a_hidden_preset_is_refused_and_started_anyway(
    folders: Folders, capsys: Capture, monkeypatch: pytest.MonkeyPatch, because: str
) -> None:
    """With the sentence that names the way; nothing is kept of the wish."""
    started: list[object] = []

    def run(_folders: Folders, wish: object) -> int:
        started.append(wish)
        return 0

    monkeypatch.setattr(cli, "_run_in_terminal", run)
    if because == "answer":
        SettingsFile(folders.settings_file).save(Settings(true_for_me={"balance": True}))
    else:
        assert cli.run(["mats", "add", "Plate", "--rigid"]) == 0
    capsys.readouterr()
    assert cli.run(["start", "feet_standing", "--no-window"]) == 1
    err = capsys.readouterr().err
    assert "Feet, standing (intervals) is hidden because" in err
    assert "start it with --anyway" in err
    assert started == []
    assert cli.run(["start", "feet_standing", "--no-window", "--anyway"]) == 0
    assert len(started) == 1
    assert cli.run(["start", "lower_back", "--no-window"]) == 0


SLIPS = """[true_for_me]
neuropthy = true
heart = "yes"
fevr = false
all_do_not_use = true
"""


def slips(folders: Folders) -> None:
    """Write answers that are not understood; ``fevr = false`` would hide nothing either way."""
    folders.settings_file.parent.mkdir(parents=True, exist_ok=True)
    folders.settings_file.write_text(SLIPS)


def check_slips(sentences: str) -> None:
    """File, field, the nearest id and the allowed ones."""
    assert "settings.toml: true_for_me, heart: must be true or false; it is left out." in sentences
    unknown = "settings.toml: true_for_me: 'neuropthy' is not a known answer; the nearest is 'neuropathy'. "
    assert f"{unknown}Allowed: pregnancy, bleeding, skin, neuropathy, " in sentences
    assert "back_red_flags. No preset is hidden because of it." in sentences
    assert "'all_do_not_use' is not a known answer" in sentences
    assert "fevr" not in sentences


@pytest.mark.parametrize(
    "arguments",
    [["presets"], ["presets", "--json"], ["presets", "show", "neck"], ["doctor"], ["programme"]],
)
def test_an_answer_that_is_not_understood_is_told(
    folders: Folders, capsys: Capture, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Wherever presets are judged by the answers: else a slip in a word would hide nothing, in silence."""
    monkeypatch.setattr(doctor, "_sound_problem", lambda player, sounds: "no output")
    slips(folders)
    assert cli.run(arguments) == (1 if arguments == ["doctor"] else 0)
    told_here = capsys.readouterr()
    check_slips(told_here.out if arguments == ["doctor"] else told_here.err)
    assert folders.settings_file.read_text() == SLIPS


def test_a_start_tells_of_answers_that_are_not_understood(
    folders: Folders, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another program has the window; a session in the terminal tells what it reads itself."""
    slips(folders)
    monkeypatch.setattr(handover, "to_window", lambda _folders, _order: Answer(True, "started"))
    assert cli.run(["start", "neck"]) == 0
    check_slips(capsys.readouterr().err)
    check_slips("\n".join(read_choices(folders).preferences.problems))


def test_a_window_keeps_answers_that_are_not_understood(folders: Folders) -> None:
    """As they were written, however often it saves and without a new copy each time, until one is ticked."""
    slips(folders)
    for volume in (0.3, 0.4):
        read_choices(folders).preferences.change(volume=volume)
    written = tomllib.loads(folders.settings_file.read_text())
    assert written["volume"] == 0.4
    assert written["true_for_me"] == tomllib.loads(SLIPS)["true_for_me"]
    assert [each.name for each in folders.settings_file.parent.glob("settings*")] == ["settings.toml"]
    preferences = read_choices(folders).preferences
    preferences.change(true_for_me={"heart": True})
    preferences.change(true_for_me={})
    assert tomllib.loads(folders.settings_file.read_text())["true_for_me"] == {}
