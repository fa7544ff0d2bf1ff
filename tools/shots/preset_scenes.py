"""The scenes of the page of presets."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from matsession.app import texts
from matsession.app.try_out import PACE, READY_S
from matsession.ui.main_pages import Page
from matsession.ui.pages.presets_page import PresetsPage
from matsession.ui.pages.step_list import StepList
from matsession.ui.widgets.field import DraftField
from matsession.ui.widgets.preset_list import PresetList
from tools.shots.scenes import scene
from tools.shots.stage import USUAL, Stage

EVENING: Final = """
name = "Evening, full back"
area = "full_back"
position = "supine_knees_bent"
summary = "Quiet and long, with rain."

[session]
preparation_s = 60
background = "rain"
voice = "on"
dawn = true

[[step]]
name = "Arrive"
seconds = 60
kind = "lower"
show = "Let your weight sink in. A prickly feeling is usual."
say = "Let your weight sink in."
[[step]]
name = "Slow the breath"
seconds = 120
breath = "out_6"
show = "Breathe in for 4, out for 6."
[[step]]
name = "Soften"
seconds = 180
min_s = 60
mode = "elastic"
show = "Let your lower back grow heavy. Unclench your jaw and hands."
[[step]]
name = "How does it feel?"
seconds = 30
kind = "check"
chime = "check"
show = "If it hurts or feels numb, get up."
[[step]]
name = "Rest"
seconds = 180
min_s = 60
mode = "elastic"
chime = "none"
show = "Nothing to do. Stay only as long as it is comfortable."
[[step]]
name = "Return"
seconds = 60
kind = "return"
chime = "wake"
show = "Wiggle fingers and toes. Roll to one side."
"""
OWN: Final = {
    "evening.toml": EVENING,
    "feet.toml": EVENING.replace("Evening, full back", "Feet"),
}


def _open(stage: Stage, preset_id: str, own: dict[str, str] | None = None) -> PresetsPage:
    """The page with this preset open."""
    stage.open(own_presets=OWN if own is None else own)
    stage.page(Page.PRESETS)
    for each in stage.window.findChildren(PresetList):
        each.chosen.emit(preset_id)
    stage.settle()
    return stage.find(PresetsPage)


@scene("presets", "list")
def presets_list(stage: Stage) -> None:
    """Nothing is open yet; there are no own ones."""
    stage.open()
    stage.page(Page.PRESETS)


@scene("presets", "editor", whole=True)
def presets_editor(stage: Stage) -> None:
    """An own one is open."""
    _open(stage, "evening")


@scene("presets", "built-in", whole=True)
def presets_built_in(stage: Stage) -> None:
    """A built-in one can be looked at, copied and hidden."""
    _open(stage, "lower_back", {})


@scene("presets", "built-in-step", whole=True)
def presets_built_in_step(stage: Stage) -> None:
    """A step of a built-in one is open, to be read."""
    _open(stage, "lower_back", {})
    stage.find(StepList).open_step(4)
    stage.settle()


@scene("presets", "step", whole=True)
def presets_step(stage: Stage) -> None:
    """A step is open, and two changes are not saved."""
    _open(stage, "evening")
    stage.find(StepList).open_step(2)
    stage.settle()
    name = next(each for each in stage.find(StepList).findChildren(DraftField) if each.isVisible())
    QTest.keyClicks(name, "er")
    stage.settle()


@scene("presets", "problems", whole=True)
def presets_problems(stage: Stage) -> None:
    """Without a name and without steps it cannot be saved."""
    page = _open(stage, "evening")
    for _ in range(6):
        page.findChildren(StepList)[0].row_of(0).remove_wished.emit(0)
    name = next(each for each in page.findChildren(DraftField) if each.accessibleName() == texts.tr("Name"))
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Delete)
    stage.settle()


@scene("presets", "new", whole=True)
def presets_new(stage: Stage) -> None:
    """One that is kept nowhere yet, without a check-in."""
    stage.open(own_presets=OWN)
    stage.page(Page.PRESETS)
    stage.click("New preset")
    stage.find(StepList).row_of(2).remove_wished.emit(2)
    stage.settle()


@scene("presets", "preview")
def presets_preview(stage: Stage) -> None:
    """As it would be in a session of 25 minutes."""
    page = _open(stage, "lower_back", {})
    editor = page.findChildren(StepList)[0].parentWidget()
    assert editor is not None
    steppers = [each for each in editor.children() if hasattr(each, "offer") and hasattr(each, "stepBy")]
    steppers[0].setValue(1500)  # type: ignore[attr-defined]  # the first of them is that of the preview
    stage.settle()


@scene("presets", "settings", whole=True)
def presets_settings(stage: Stage) -> None:
    """The settings it brings along."""
    _open(stage, "evening")
    stage.click("Settings of this preset")


@scene("presets", "leave")
def presets_leave(stage: Stage) -> None:
    """Another one is to be opened before this one is saved."""
    presets_step(stage)
    for each in stage.window.findChildren(PresetList):
        each.chosen.emit("feet")
    stage.settle()


@scene("presets", "elsewhere")
def presets_elsewhere(stage: Stage) -> None:
    """Another hand wrote the file meanwhile."""
    presets_step(stage)
    file = stage.folders.own_presets / "evening.toml"
    file.write_text(EVENING.replace("Soften", "Sink"), encoding="utf-8")
    stage.program.presets.reload()
    stage.settle()


def _arrive(stage: Stage, text: str) -> None:
    page = _open(stage, "evening")
    file = Path(stage.folders.config) / "from-a-friend.toml"
    file.write_text(text, encoding="utf-8")
    page.offer_file(str(file))
    stage.settle()


@scene("presets", "import")
def presets_import(stage: Stage) -> None:
    """What would come of a file; an own one has its id."""
    _arrive(stage, 'id = "evening"' + EVENING)


@scene("presets", "import-without-check")
def presets_import_without_check(stage: Stage) -> None:
    """No step of it asks how it feels, which is said first."""
    _arrive(stage, 'id = "evening"' + EVENING.replace('kind = "check"', 'kind = "rest"'))


@scene("presets", "refused")
def presets_refused(stage: Stage) -> None:
    """A file with a slip in it."""
    _arrive(stage, EVENING.replace('mode = "elastic"', 'mode = "elastik"', 1))


@scene("presets", "try")
def presets_try(stage: Stage) -> None:
    """A try is under way."""
    _open(stage, "evening")
    stage.click("Try it")
    runner = stage.program.try_out().runner
    assert runner is not None
    for _ in range(20):
        stage.clock.advance((READY_S + 260 / PACE) / 20)
        runner.tick()
    stage.settle()


@scene("presets", "deleted")
def presets_deleted(stage: Stage) -> None:
    """One was deleted and can be had back; another one is hidden."""
    page = _open(stage, "lower_back")
    page.findChildren(PresetList)[1].chosen.emit("neck")
    stage.settle()
    stage.click("Hide")
    for each in stage.window.findChildren(PresetList):
        each.chosen.emit("feet")
    stage.settle()
    page.delete()
    stage.settle()


@scene("session", "own-settings")
def session_own_settings(stage: Stage) -> None:
    """The chosen preset brings settings along."""
    stage.open(own_presets=OWN, settings=replace(USUAL, last_preset="evening"))
