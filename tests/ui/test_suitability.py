"""What does not suit is not offered, says why, and can be started all the same."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget

from matsession.app.quick_start import QuickStart
from matsession.app.suitability_words import UnsuitableError
from matsession.domain.body import BodyArea
from matsession.domain.guidance import Caution, CautionLevel
from matsession.domain.mat import Mat
from matsession.domain.order import StartWish
from matsession.domain.preset import Preset
from matsession.domain.reminder import Reminder
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.tray import Tray
from matsession.ui.widgets.area_button import AreaButton
from matsession.ui.widgets.banner import Banner
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.preset_chips import PresetChip
from matsession.ui.widgets.reminder_card import ReminderCard
from matsession.ui.widgets.rows import RowList
from tests.fakes import make_preset
from tests.ui.conftest import LOWER_BACK, World
from tests.ui.finding import accessible_text, button, click, named, press, settle, shown
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]

NECK = make_preset(id="neck", name="Neck", area=BodyArea.NECK)
STANDING = make_preset(id="feet_standing", name="Feet, standing", area=BodyArea.FEET_STANDING)
REST = make_preset(id="rest", name="Rest", area=BodyArea.NONE)
ALL = (LOWER_BACK, NECK, STANDING, REST)
"""Only LOWER_BACK names a caution: the group of broken skin and fever."""


def world_of(*answers: str, last: str = "lower_back") -> World:
    """Somebody who said these are true for them."""
    return World(presets=ALL, settings=Settings(last_preset=last, true_for_me=dict.fromkeys(answers, True)))


def chips(window: QWidget) -> list[str]:
    """What is offered first."""
    return [chip.words for chip in shown(window, PresetChip)]


def words(window: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def banners(window: QWidget) -> list[str]:
    """What stands above the page or on it, as a screen reader hears it."""
    return [banner.accessibleName() for banner in shown(window, Banner)]


def listed(window: QWidget) -> list[str]:
    """The rows of all presets, as a screen reader hears them."""
    [rows] = [each for each in shown(window, RowList) if each.accessibleName() == "All presets"]
    model = rows.model()
    return [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]


def names(presets: tuple[Preset, ...]) -> list[str]:
    """Of these."""
    return [preset.name for preset in presets]


def test_nothing_is_hidden_from_who_said_nothing(open_window: Open) -> None:
    """And nothing is made for it."""
    window = open_window(world_of())
    assert chips(window) == names(ALL)
    assert banners(window) == []
    assert "hidden" not in words(window)
    assert button(window, "Start").isEnabled()


def test_an_answer_hides_what_names_it(open_window: Open) -> None:
    """From chips, map and list; the sentence says which answer it was, and leads to it."""
    window = open_window(world_of("fever"))
    assert chips(window) == ["Neck", "Feet, standing", "Rest"]
    lower = [each for each in shown(window, AreaButton) if each.words == "Lower back"]
    assert not lower[0].isEnabled()
    assert "1 preset is hidden because you said: Fever." in words(window)
    click(button(window, "All presets"))
    assert [row.split(",")[0] for row in listed(window)] == ["Neck", "Feet", "Rest"]
    click([each for each in shown(window, Button) if each.text() == "Change answers"][-1])
    assert isinstance(window.page(), SettingsPage)
    [fever] = [each for each in shown(window, CheckBox) if each.text() == "Fever"]
    assert fever.isChecked()
    click(fever)
    settle()
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert "Lower back" in chips(window)
    assert "hidden" not in words(window)


def test_a_hidden_one_can_be_looked_at_and_started(open_window: Open) -> None:
    """With the reason above it, and other words on Start; nothing of that is kept."""
    world = world_of("fever")
    window = open_window(world)
    click(button(window, "Show them anyway"))
    settle()
    assert [row for row in listed(window) if "hidden" in row] == ["Lower back, hidden, 1 minute 40 seconds"]
    [rows] = [each for each in shown(window, RowList) if each.accessibleName() == "All presets"]
    rows.setCurrentIndex(rows.model().index(0, 0))
    settle()
    [told] = banners(window)
    assert told == "Careful: Hidden because you said: Fever. Do not use the mat with a fever."
    start = button(window, "Start anyway")
    assert accessible_text(start, QAccessible.Text.Description) == "Hidden because you said: Fever."
    click(start)
    assert world.runner.active
    assert world.preferences.settings.true_for_me == {"fever": True}


def test_hidden_again(open_window: Open) -> None:
    """The one that was chosen among them gives way to one that is offered."""
    window = open_window(world_of("fever"))
    click(button(window, "Show them anyway"))
    [rows] = [each for each in shown(window, RowList) if each.accessibleName() == "All presets"]
    rows.setCurrentIndex(rows.model().index(0, 0))
    settle()
    click(button(window, "Hide them again"))
    settle()
    assert len(listed(window)) == 3
    assert not [each for each in banners(window) if "Hidden" in each]
    assert button(window, "Start").isEnabled()


def test_ask_first_is_said_before_start(open_window: Open) -> None:
    """A mark on each chip, seen and heard; not on a rest without a mat."""
    window = open_window(world_of("heart", last="neck"))
    assert chips(window) == names(ALL)
    heard = [chip.accessibleName() for chip in shown(window, PresetChip)]
    assert [each.endswith("ask first") for each in heard] == [True, True, True, False]
    [told] = banners(window)
    assert "You said: Heart disease. Ask your doctor first." in told
    click(next(chip for chip in shown(window, PresetChip) if chip.words == "Rest"))
    assert banners(window) == []


def test_the_last_preset_may_be_hidden_by_now(open_window: Open) -> None:
    """Another one is chosen then; as it names nothing, it is marked."""
    window = open_window(world_of("skin", last="lower_back"))
    [told] = banners(window)
    assert "You said: Broken skin. Ask your doctor first." in told
    assert "Neck" in words(window)
    assert button(window, "Start").isEnabled()


def test_an_urgent_answer_leaves_the_rest_alone(open_window: Open) -> None:
    """Nothing on a mat is offered any more."""
    world = world_of("flags")
    flags = Caution("flags", CautionLevel.URGENT, "Warning signs", "Get medical help.", asked=True)
    world.library._guidance = world.library.guidance._replace(cautions=(flags,))
    window = open_window(world)
    assert chips(window) == ["Rest"]


def test_a_rigid_mat_hides_standing_and_another_mat_shows_it(open_window: Open) -> None:
    """At once, by the line of the plan; there is no line before a second mat is known."""
    world = world_of()
    world.mats.put(Mat(id="plate", name="Plate", rigid=True))
    window = open_window(world)
    assert chips(window) == ["Lower back", "Neck", "Rest"]
    assert "1 preset is hidden because the mat in use is rigid." in words(window)
    assert [each for each in shown(window, Choice) if each.accessibleName() == "Mat"] == []
    with pytest.raises(AssertionError):
        button(window, "Change answers")
    world.mats.put(Mat(id="soft", name="Soft", rigid=False))
    settle()
    line = named(window, QComboBox, "Mat")
    assert [line.itemText(index) for index in range(line.count())] == ["Not told", "Plate", "Soft"]
    line.setCurrentIndex(2)
    line.activated.emit(2)
    settle()
    assert world.mats.name_in_use() == "Soft"
    assert "Feet, standing" in chips(window)


def test_the_mat_is_kept_with_the_session(open_window: Open) -> None:
    """As it was called at Start."""
    world = world_of()
    world.mats.put(Mat(id="soft", name="Soft"))
    window = open_window(world)
    press(window.focusWidget(), Qt.Key.Key_Return)
    [row] = world.store.rows.values()
    assert row.mat_name == "Soft"


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640), (360, 480)])
@pytest.mark.parametrize("answer", ["fever", "heart"])
def test_nothing_is_cut_off(open_window: Open, width: int, height: int, answer: str) -> None:
    """In windows down to the smallest."""
    window = open_window(world_of(answer, "heart"), width, height)
    settle()
    assert faults(window) == []


# -- elsewhere ----------------------------------------------------------------------------------------


def test_the_tray_does_not_offer_it(qapp: object) -> None:
    """Neither as the last one nor among the others."""
    world = world_of("fever")
    tray = Tray(world.runner, world.library, world.preferences, world.tray)
    texts = [action.text() for action in tray.menu.actions() if action.isVisible()]
    assert not [each for each in texts if each.startswith("Start Lower back")]
    others = tray.menu.findChildren(QMenu)[0]
    assert [action.text() for action in others.actions()] == ["Neck", "Feet, standing", "Rest"]


def test_a_quick_start_is_refused_with_the_reason(qapp: object) -> None:
    """Unless it is wanted anyway."""
    world = world_of("fever")
    quick = QuickStart(world.launcher, world.library, world.preferences)
    with pytest.raises(UnsuitableError, match="Lower back is hidden because you said: Fever"):
        quick.start(StartWish("lower_back"))
    assert world.store.rows == {}
    quick.start(StartWish("lower_back", anyway=True))
    assert len(world.store.rows) == 1
    world.runner.stop()


def test_a_reminder_keeps_what_it_names(open_window: Open) -> None:
    """The editor does not offer a hidden one, but shows the one that a reminder is for."""
    world = world_of("fever")
    world.reminders.book.put(
        Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday), preset_id="lower_back")
    )
    world.reminders.scheduler.begin()
    window = open_window(world)
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    click(shown(window, ReminderCard)[0])
    choice = named(window, QComboBox, "Session")
    offered = [choice.itemText(index) for index in range(choice.count())]
    assert offered == [
        "What is next, or what I did last",
        "Neck",
        "Feet, standing",
        "Rest",
        "Lower back (hidden)",
    ]
    assert choice.currentText() == "Lower back (hidden)"


def test_the_page_of_sessions_is_there(open_window: Open) -> None:
    """Even where nothing at all is offered."""
    world = World(presets=(LOWER_BACK,), settings=Settings(true_for_me={"fever": True}))
    window = open_window(world)
    assert isinstance(window.page(), SessionPage)
    assert "There is no preset to choose." in words(window)
    assert not button(window, "Start").isEnabled()
    click(button(window, "Show them anyway"))
    settle()
    assert button(window, "Start anyway").isEnabled()
