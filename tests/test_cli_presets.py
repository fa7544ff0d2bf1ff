"""``matsession presets show``: everything of one preset, in a terminal and as JSON."""

import json
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
