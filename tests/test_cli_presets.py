"""``matsession presets show``: everything of one preset, in a terminal and as JSON."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from matsession import cli
from matsession.desktop.paths import find_folders
from matsession.domain.preset import Preset
from matsession.preset_commands import preset_store


def all_presets() -> tuple[Preset, ...]:
    """Those that come with the program."""
    return preset_store(find_folders(None)).read().presets


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints, on one line, so that no line break is in the way."""
    assert cli.run(["presets", "show", *arguments]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    assert max(map(len, out.splitlines())) <= 88 or "://" in out
    return " ".join(out.split())


@pytest.mark.parametrize("preset_id", [preset.id for preset in all_presets()])
def test_everything_of_a_preset_is_told(preset_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each text of it, each step with its words, and each caution with its text."""
    preset = next(each for each in all_presets() if each.id == preset_id)
    told = shown(capsys, preset_id)
    texts = [preset.name, preset.summary, preset.honest_note, preset.vendor_claim, preset.after]
    texts += [*preset.setup, *preset.cautions]
    texts += [text for step in preset.steps for text in (step.name, step.show, step.say)]
    missing = [text for text in texts if text not in told]
    assert missing == []


def test_times_and_cautions(capsys: pytest.CaptureFixture[str]) -> None:
    """Steps have their times at the suggested length; a group of cautions is told as what it stands for."""
    told = shown(capsys, "calves")
    assert "10 min is suggested; from 4 min to 20 min is possible." in told
    assert "0:30 The sharp minute, 1 min." in told
    assert "1:30 Point and pull, 110 s. Grows with the session." in told
    assert "Breathing: Four in, six out." in told
    assert "Pregnancy (Do not use the mat)." in told
    assert "Not over varicose veins. The last sentence is general knowledge; no source given here." in told


@pytest.mark.parametrize(
    ("preset_id", "told_of"),
    [
        ("lower_back", "Calves on a chair and the rolled towel are"),
        ("thighs_hamstrings", "To keep the hollow of the knee free is"),
        ("calves", "To keep the hollow of the knee free is"),
        ("stomach", "Laying the mat on top is"),
        ("hands_forearms", "To take off rings and keep the inner wrist free is"),
    ],
)
def test_what_has_no_source_is_marked(
    preset_id: str, told_of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As general knowledge, in the honest note."""
    told = shown(capsys, preset_id).partition(" Honest note ")[2]
    assert f"{told_of} general knowledge; no source was found for" in told


def test_what_a_seller_says_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """In quotation marks, under a heading that says whose words they are."""
    told = shown(capsys, "goal_energy")
    assert "What a seller says (vendor claim, not a finding) “Improve circulation, Boost energy”" in told


def test_a_name_will_do(capsys: pytest.CaptureFixture[str]) -> None:
    """As it is read on the screen, in large or small letters."""
    assert shown(capsys, "full BACK").startswith("Full back (full_back) ")


def test_an_unknown_one_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest is named."""
    assert cli.run(["presets", "show", "calfs"]) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    assert "There is no preset 'calfs'." in errors
    assert "Nearest: calves" in errors
    assert "'matsession presets show --help'" in errors


@pytest.mark.parametrize("arguments", [["show", "calves", "--json"], ["--json", "show", "calves"]])
def test_a_preset_as_json(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """All values, the steps laid out at the suggested length."""
    assert cli.run(["presets", *arguments]) == 0
    values: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (values["id"], values["suggested_s"], values["level"]) == ("calves", 600, "beginner")
    assert [step["start_s"] for step in values["steps"]][:3] == [0, 30, 90]
    assert values["steps"][-1]["end_s"] == 600
    assert values["steps"][2]["mode"] == "elastic"
    clot = next(each for each in values["reasons_against"] if each["id"] == "clot_vein")
    assert clot["unsourced"] == "Not over varicose veins."


# -- one's own -----------------------------------------------------------------------------------------

MINE = """
name = "Mine"
area = "neck"
[[step]]
name = "Lie"
seconds = 30
[session]
background = "/home/me/sea.wav"
dawn = true
"""


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What ``matsession presets`` prints, and nothing went wrong."""
    assert cli.run(["presets", *arguments]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    """What it complains, with this exit code."""
    assert cli.run(["presets", *arguments]) == code
    out, errors = capsys.readouterr()
    assert out == ""
    return errors


def own_folder() -> Path:
    """The folder of own presets, in the home that the command line is told."""
    return find_folders(Path(os.environ["MATSESSION_HOME"])).own_presets


def own_files() -> list[str]:
    """The files in the folder of own presets."""
    folder = own_folder()
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_from_one_home_to_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of a built-in preset, shared, removed and brought in again."""
    assert told(capsys, "copy", "Lower back", "Evenings").startswith("Copied: Evenings (evenings), in ")
    assert own_files() == ["evenings.toml"]
    shared = tmp_path / "shared.toml"
    told(capsys, "export", "evenings", str(shared))
    assert "Removed: Evenings." in told(capsys, "remove", "Evenings")
    assert own_files() == ["deleted"]
    assert told(capsys, "import", str(shared)) == "Imported: Evenings (evenings).\n"
    kept = own_folder() / "evenings.toml"
    assert kept.read_bytes() == shared.read_bytes()
    assert "Evenings" in told(capsys)


def test_a_taken_id_comes_in_as_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second time it is another one; with --replace it takes the place of the own one."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    assert told(capsys, "import", str(file)) == "Imported: Mine (mine).\n"
    assert "'mine' was taken" in told(capsys, "import", str(file))
    assert own_files() == ["mine.toml", "mine_2.toml"]
    file.write_text(MINE.replace("30", "40"))
    kept, place = own_folder() / "deleted" / "mine.toml", own_folder() / "mine.toml"
    said = told(capsys, "import", str(file), "--replace")
    assert said.startswith(f"Imported: Mine (mine).\nYours from before lies in {kept}.\nMove it to {place} ")
    assert own_files() == ["deleted", "mine.toml", "mine_2.toml"]
    assert "seconds = 40" in place.read_text()
    assert "seconds = 30" in kept.read_text()


def test_a_preset_without_a_check_in_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the editor does; one that asks how it feels, or is short, comes in without a word of it."""
    file = tmp_path / "mine.toml"
    file.write_text(MINE.replace("30", "300"))
    told_of = "No step asks how it feels. A short check-in in every session is safer.\n"
    assert told(capsys, "import", str(file)) == f"Imported: Mine (mine).\n{told_of}"
    checks = MINE.replace("30", "300").replace(
        "[session]", '[[step]]\nname="How"\nkind="check"\nseconds=9\n[session]'
    )
    file.write_text(checks)
    assert told_of not in told(capsys, "import", str(file))


def test_own_sound_files_stay_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither what is shared nor what comes in names files of a computer."""
    own = own_folder()
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(MINE)
    shared = tmp_path / "shared.toml"
    assert "Your own sound files are not part of it." in told(capsys, "export", "mine", str(shared))
    assert "sea.wav" not in shared.read_text()
    assert "dawn = true" in shared.read_text()


def test_what_cannot_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, field and what is allowed are named, and nothing is written."""
    file = tmp_path / "bad.toml"
    file.write_text(MINE.replace("30", "-30"))
    assert "Not imported: bad.toml: step 1, seconds: must be at least 0." in refused(
        capsys, 1, "import", str(file)
    )
    assert "there is no such file" in refused(capsys, 1, "import", str(tmp_path / "gone.toml"))
    file.write_text('id = "neck"' + MINE)
    assert "'neck' is a built-in preset" in refused(capsys, 2, "import", str(file), "--replace")
    assert own_files() == []


def test_what_is_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file is written over unasked, and no built-in preset is removed."""
    file = tmp_path / "there.toml"
    file.write_text("?")
    assert "is there already" in refused(capsys, 1, "export", "neck", str(file))
    nowhere = file.parent / "nowhere"
    assert "no such folder" in refused(capsys, 1, "export", "neck", str(nowhere / "neck.toml"))
    assert not nowhere.exists()
    assert file.read_text() == "?"
    told(capsys, "export", "neck", str(file), "--replace")
    assert file.read_text().startswith("format = 1\n")
    assert "came with the program and stays" in refused(capsys, 2, "remove", "neck")
    assert "must be one line" in refused(capsys, 2, "copy", "neck", "a\tb")


def test_a_file_with_an_odd_name_comes_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A preset without an id has one of its file's name, whatever letters that has."""
    file = tmp_path / "Für abends (2).toml"
    file.write_text(MINE)
    assert told(capsys, "import", str(file)) == "Imported: Mine (f_r_abends_2).\n"
