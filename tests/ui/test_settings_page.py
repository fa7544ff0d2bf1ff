"""The page of settings: what is chosen is in force at once, can be heard, and can be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, QTime
from PySide6.QtGui import QAccessible, QDesktopServices, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QScrollBar,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from matsession.app import setting_words
from matsession.app.ports import SpeechProblem, SpokenLine
from matsession.app.setting_changes import NOT_RESET
from matsession.domain.guidance import ChimeName
from matsession.domain.settings import SETTING_NAMES, Settings, ThemeChoice
from matsession.domain.week import Weekday
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.theme import DARK, HIGH_CONTRAST, apply_theme, em, tokens
from matsession.ui.widgets.level_slider import Slider
from matsession.ui.widgets.painted_radio import RadioGroup
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.weekday_choice import WeekdayChoice
from matsession.ui.window_keeper import WindowKeeper
from tests.app.test_voice import MACHINE, NATURAL
from tests.ui.conftest import World
from tests.ui.fake_sound import BUILT_IN, HEADSET
from tests.ui.finding import accessible_text, button, click, key_of, named, press, settle, shown
from tests.ui.test_layout import faults

Show = Callable[..., SettingsPage]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Opens the page on a world."""

    def opening(world: World, width: int = 900, height: int = 700) -> SettingsPage:
        page = world.settings_page()
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitActive(page):
            page.show()
        return page

    return opening


def slider(page: QWidget, name: str) -> Slider:
    """The slider of this name."""
    found = named(page, Slider, name)
    assert isinstance(found, Slider)
    return found


def choice(page: QWidget, name: str) -> QComboBox:
    """The choice of this name."""
    found = named(page, QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def choose(page: QWidget, name: str, words: str) -> None:
    """Choose it as a person does."""
    box = choice(page, name)
    index = box.findText(words)
    assert index >= 0, [box.itemText(each) for each in range(box.count())]
    box.setCurrentIndex(index)
    box.activated.emit(index)


def offered(page: QWidget, name: str) -> list[str]:
    """What can be chosen."""
    box = choice(page, name)
    return [box.itemText(index) for index in range(box.count())]


def words(page: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(page, QLabel))


def select_file(page: QWidget, path: str) -> None:
    """Choose a file in the dialog that is open."""
    [dialog] = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(path)
    dialog.done(0)


# -- sound -------------------------------------------------------------------------------------------


def test_the_volume_is_kept_for_each_output(world: World, show: Show) -> None:
    """What is set on a headset does not follow to the loudspeakers."""
    page = show(world)
    press(slider(page, "Volume"), Qt.Key.Key_Left)
    assert world.preferences.settings.volume_by_output == {BUILT_IN.name: 0.75}
    world.chimes.plug(HEADSET.name, BUILT_IN, HEADSET)
    assert slider(page, "Volume").value() == 80
    press(slider(page, "Volume"), Qt.Key.Key_Home)
    assert world.preferences.settings.volume_by_output == {BUILT_IN.name: 0.75, HEADSET.name: 0.0}
    assert accessible_text(slider(page, "Volume"), QAccessible.Text.Description) == "0 %"


def test_a_drag_and_a_held_key_are_one_change(world: World, show: Show) -> None:
    """However many values are passed on the way."""
    page = show(world)
    volume = slider(page, "Volume")
    before = len(world.saved)
    press(volume, Qt.Key.Key_Left)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(volume, held)
    assert len(world.saved) == before + 1
    QTest.keyRelease(volume, Qt.Key.Key_Left)
    assert len(world.saved) == before + 2
    assert world.preferences.settings.volume_for(BUILT_IN.name) == 0.5
    middle = volume.height() // 2
    QTest.mousePress(
        volume, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(volume.width(), middle)
    )
    for x in (80, 60, 5):
        QTest.mouseMove(volume, QPoint(x, middle))
    assert len(world.saved) == before + 2
    QTest.mouseRelease(volume, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, middle))
    assert len(world.saved) == before + 3


def test_outputs_come_and_go(world: World, show: Show) -> None:
    """The list follows; a chosen one that is gone stays chosen and says so."""
    page = show(world)
    assert offered(page, "Output") == ["Same as system", "Built-in Audio", "Headset WH-1000"]
    choose(page, "Output", "Headset WH-1000")
    assert world.preferences.settings.output == HEADSET.id
    world.chimes.plug(BUILT_IN.name, BUILT_IN)
    assert choice(page, "Output").currentText() == "The chosen one, not connected"
    assert "Plays on Built-in Audio" in words(page)
    world.chimes.plug(HEADSET.name, BUILT_IN, HEADSET)
    assert choice(page, "Output").currentText() == "Headset WH-1000"


def test_a_test_chime(world: World, show: Show) -> None:
    """It is the end chime, as in a session."""
    page = show(world)
    button(page, "Play a test chime").click()
    assert world.chimes.played == [ChimeName.CLOSE]
    assert "The end chime plays now." in words(page)


def test_each_sound_is_folded_away(world: World, show: Show) -> None:
    """Calm at first; then eight sounds with level, preview and file."""
    page = show(world)
    assert len(shown(page, Slider)) == 4
    button(page, "Show each sound").click()
    assert len(shown(page, Slider)) == 14
    press(slider(page, "Level of Wake"), Qt.Key.Key_PageDown)
    assert world.preferences.settings.levels == {"wake": 0.8}
    click(named(page, QAbstractButton, "Listen to Wake"))
    assert world.chimes.previewed == [(ChimeName.WAKE, 0.8)]
    button(page, "Hide each sound").click()
    assert len(shown(page, Slider)) == 4


def test_an_own_sound(world: World, show: Show) -> None:
    """Chosen, heard at once, named; unreadable, that is told; taken back to the built-in one."""
    page = show(world)
    button(page, "Show each sound").click()
    click(named(page, QAbstractButton, "Own file for End"))
    select_file(page, "/music/gong.flac")
    assert world.preferences.settings.own_sounds == {"close": "/music/gong.flac"}
    assert world.chimes.previewed == [(ChimeName.CLOSE, 1.0)]
    assert "gong.flac" in words(page)
    world.chimes.fail_to_read("close", "It is not a sound file")
    told = "gong.flac cannot be played: It is not a sound file. The built-in sound is used."
    assert told in words(page)
    QApplication.sendPostedEvents()  # the row with the sentence is laid out
    click(named(page, QAbstractButton, "Built-in sound for End"))
    assert world.preferences.settings.own_sounds == {}
    assert told not in words(page)


def test_an_unreadable_sound_unfolds_its_row(show: Show) -> None:
    """What is wrong is not hidden behind a button."""
    world = World(settings=Settings(own_sounds={"step": "/music/drop.ogg"}))
    page = show(world)
    world.chimes.fail_to_read("/music/drop.ogg", "It is empty.")
    assert "drop.ogg cannot be played: It is empty. The built-in sound is used." in words(page)


# -- background --------------------------------------------------------------------------------------


def test_a_background_is_chosen_and_heard(world: World, show: Show) -> None:
    """Listening follows the choice and the level, and ends with the page."""
    page = show(world)
    assert not button(page, "Listen").isEnabled()
    choose(page, "Background sound", "Rain")
    button(page, "Listen").click()
    choose(page, "Background sound", "Low surf")
    press(slider(page, "Level of the background"), Qt.Key.Key_Right)
    page.hide()
    heard = [(path, level) for path, level, _ in world.chimes.backgrounds]
    rain, surf = Path("/sounds/rain"), Path("/sounds/surf")
    assert heard == [(rain, 0.3), (surf, 0.3), (surf, 0.35), (None, 0.0)]


def test_an_own_background(world: World, show: Show) -> None:
    """Nothing changes until a file is chosen; an unreadable one is named."""
    page = show(world)
    choose(page, "Background sound", "Own file…")
    assert choice(page, "Background sound").currentText() == "None"
    select_file(page, "/music/sea.mp3")
    assert world.preferences.settings.background == "/music/sea.mp3"
    assert choice(page, "Background sound").currentText() == "sea.mp3"
    world.chimes.fail_to_read("/music/sea.mp3", "It is cut off.")
    assert "sea.mp3 cannot be played: It is cut off." in words(page)
    assert button(page, "Listen").isEnabled()


# -- during the session ------------------------------------------------------------------------------


def test_what_happens_during_a_session(world: World, show: Show) -> None:
    """Interval, warning, hearing check, doze guard and one button."""
    page = show(world)
    choose(page, "Interval chime", "Every 5 min")
    choose(page, "Chime before the end", "1 min before")
    click(named(page, Switch, "One button for everything"))
    press(named(page, Switch, "Wake chime returns if I don't react"), Qt.Key.Key_Space)
    click(named(page, Switch, "Hearing check"))
    settings = world.preferences.settings
    assert (settings.interval_min, settings.warning_s) == (5, 60)
    assert not settings.hearing_check
    assert (settings.one_button, settings.doze_guard) == (True, False)
    assert not slider(page, "Loudest wake chime").isEnabled()


def test_the_words_of_a_switch_turn_it(world: World, show: Show) -> None:
    """A large target for a hand that is not steady."""
    page = show(world)
    [label] = [each for each in shown(page, QLabel) if each.text() == "One button for everything"]
    click(label)
    assert world.preferences.settings.one_button


def test_a_value_from_elsewhere_is_offered_too(show: Show) -> None:
    """What the settings file says is shown, though the page would not offer it."""
    page = show(World(settings=Settings(interval_min=9, warning_s=45)))
    assert choice(page, "Interval chime").currentText() == "Every 9 min"
    assert choice(page, "Chime before the end").currentText() == "45 s before"


# -- voice -------------------------------------------------------------------------------------------


def test_a_voice_is_chosen_and_heard(world: World, show: Show) -> None:
    """The list comes when the voices are found; the sample plays when it is made."""
    page = show(world)
    assert world.speech.looks == 1
    assert not choice(page, "Voice").isEnabled()
    world.speech.find(NATURAL, MACHINE)
    assert offered(page, "Voice") == ["The best there is", "alba (en-gb)", "English (en-gb)"]
    choose(page, "Voice", "English (en-gb)")
    choose(page, "Speak the steps", "Always")
    press(slider(page, "Pace"), Qt.Key.Key_Left)
    settings = world.preferences.settings
    assert (settings.voice, settings.voice_id, settings.voice_speed) == ("on", MACHINE.id, 0.9)
    button(page, "Hear a sample").click()
    [line] = world.speech.hurried
    assert (line.voice_id, line.speed) == (MACHINE.id, 0.9)
    assert "The sample is being made." in words(page)
    world.speech.settle(line, Path("/cache/sample.wav"))
    assert world.chimes.previewed == [(Path("/cache/sample.wav"), 1.0)]


def test_a_sample_that_fails_is_told(world: World, show: Show) -> None:
    """And a sample that somebody else asked for is not played here."""
    page = show(world)
    world.speech.find(NATURAL)
    button(page, "Hear a sample").click()
    [line] = world.speech.hurried
    world.speech.settle(line, None)
    assert "This voice could not speak." in words(page)
    world.voice.sample(NATURAL.id, 1.0)
    world.speech.settle(SpokenLine(line.text, NATURAL.id), Path("/cache/other.wav"))
    assert world.chimes.previewed == []


def test_without_an_engine_it_says_what_to_install(world: World, show: Show) -> None:
    """One sentence, and the rest switched off."""
    world.speech.trouble = SpeechProblem.NO_ENGINE
    page = show(world)
    world.speech.find()
    assert "install espeak-ng" in words(page)
    assert not button(page, "Hear a sample").isEnabled()


# -- undo --------------------------------------------------------------------------------------------


def test_changes_are_taken_back_one_by_one(world: World, open_window: Callable[..., MainWindow]) -> None:
    """By key or button, the last one first; then there is nothing left to take back."""
    window = open_window(world)
    press(window, key_of(Page.SETTINGS), Qt.KeyboardModifier.ControlModifier)
    page = window.page()
    assert isinstance(page, SettingsPage)
    assert not button(page, "Undo last change").isEnabled()
    choose(page, "Interval chime", "Every 5 min")
    press(slider(page, "Volume"), Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settings = world.preferences.settings
    assert (settings.volume_by_output, settings.interval_min) == ({}, 5)
    assert slider(page, "Volume").value() == 80
    button(page, "Undo last change").click()
    assert choice(page, "Interval chime").currentText() == "Off"
    assert not button(page, "Undo last change").isEnabled()


def test_a_reset_is_one_change(show: Show) -> None:
    """What is chosen here goes, what is remembered stays, and all of it can be taken back."""
    chosen = Settings(
        volume=0.2, interval_min=3, one_button=True, last_preset="neck", lengths_s={"neck": 240}
    )
    world = World(settings=chosen)
    page = show(world)
    button(page, "Reset to defaults").click()
    assert world.preferences.settings == Settings(last_preset="neck", lengths_s={"neck": 240})
    assert slider(page, "Volume").value() == 80
    button(page, "Undo last change").click()
    assert world.preferences.settings == chosen


# -- room and names ----------------------------------------------------------------------------------


def unfolded(world: World, show: Show, width: int, height: int, qtbot: QtBot) -> SettingsPage:
    """The page with everything on it."""
    page = show(world, width, height)
    world.speech.find(NATURAL, MACHINE)
    button(page, "Show each sound").click()
    world.preferences.change(own_sounds={"step": "/music/a bell from the mountains.ogg"})
    world.chimes.fail_to_read("step", "It is not a sound file.")
    button(page, "Play a test chime").click()
    settle()
    return page


@pytest.mark.parametrize(("width", "height"), [(888, 760), (776, 640), (420, 640), (360, 480)])
def test_nothing_is_cut_off(world: World, show: Show, qtbot: QtBot, width: int, height: int) -> None:
    """Every text and button has the room it needs."""
    assert faults(unfolded(world, show, width, height, qtbot)) == []


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, world: World, show: Show, qtbot: QtBot, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    assert faults(unfolded(world, show, width, height, qtbot)) == []


def test_everything_has_a_name_of_its_own(world: World, show: Show, qtbot: QtBot) -> None:
    """Eight sounds have eight sliders, and a screen reader tells them apart."""
    page = unfolded(world, show, 888, 760, qtbot)
    controls: list[QWidget] = [*shown(page, QAbstractButton), *shown(page, QSlider), *shown(page, QComboBox)]
    # What Qt tells on Linux of a combo box is its choice; its name there is the label that stands for it.
    names = [
        (type(each).__name__, each.accessibleName() or accessible_text(each, QAccessible.Text.Name))
        for each in controls
    ]
    assert all(name for _, name in names)
    assert len(set(names)) == len(names)


# -- mat view ----------------------------------------------------------------------------------------


def test_mat_view_and_mini_window(world: World, show: Show) -> None:
    """Each switch is in force at once; brightness and screen are chosen from what there is."""
    page = show(world)
    for name, setting in (
        ("Mat view opens at Start", "mat_at_start"),
        ("Dawn at the end", "dawn"),
        ("Mini window stays on top", "mini_on_top"),
    ):
        assert getattr(world.preferences.settings, setting) is False
        click(named(page, Switch, name))
        assert getattr(world.preferences.settings, setting) is True
    choose(page, "Brightness of the mat view", "Dim")
    assert world.preferences.settings.mat_brightness == "dim"
    assert offered(page, "Screen of the mat view")[0] == "Where the window is"
    button(page, "Undo last change").click()
    assert world.preferences.settings.mat_brightness == "medium"


def test_a_screen_that_is_not_there_is_told(show: Show) -> None:
    """The choice is kept, and it is said what happens until the screen is back."""
    world = World(settings=Settings(mat_screen="HDMI-9"))
    page = show(world)
    assert choice(page, "Screen of the mat view").currentText() == "HDMI-9, not connected"
    assert "Until it is connected, the mat view opens where the window is." in words(page)
    choose(page, "Screen of the mat view", "Where the window is")
    assert world.preferences.settings.mat_screen == ""
    assert "HDMI-9, not connected" not in offered(page, "Screen of the mat view")


# -- appearance and data -----------------------------------------------------------------------------


def test_the_theme_is_chosen(world: World, show: Show, qapp: QApplication) -> None:
    """At once, for the whole window, and taken back."""
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    theme.follow(world.preferences)
    page = show(world)
    choose(page, "Theme", "Dark")
    assert tokens() == DARK
    choose(page, "Theme", "High contrast")
    assert tokens() == HIGH_CONTRAST
    button(page, "Undo last change").click()
    assert tokens() == DARK
    theme.setParent(None)


def test_larger_text_makes_a_new_window(world: World, qapp: QApplication, qtbot: QtBot) -> None:
    """Of the same size, with the keys where they were; what was changed can still be taken back."""
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    theme.follow(world.preferences)
    keeper = WindowKeeper(world.window, world.preferences)
    first = keeper.window
    with qtbot.waitActive(first):
        first.show()
    usual = em()
    first.showMaximized()
    press(first, key_of(Page.SETTINGS), Qt.KeyboardModifier.ControlModifier)
    page = first.page()
    assert page is not None
    with qtbot.waitSignal(first.destroyed):
        choose(page, "Text size", "200 % of it")
    second = keeper.window
    assert second.isMaximized()
    assert second is not first
    assert em() == 2 * usual
    page = second.page()
    assert isinstance(page, SettingsPage)
    text_size = choice(page, "Text size")
    settle()
    assert second.focusWidget() is text_size
    assert text_size.visibleRegion().boundingRect() == text_size.rect()
    second.resize(500, 600)  # as a desktop does that is late to say how large a window is
    settle()
    assert text_size.visibleRegion().boundingRect() == text_size.rect()
    [scrolled] = shown(page, ScrollPage)
    scrolled.verticalScrollBar().triggerAction(QScrollBar.SliderAction.SliderToMinimum)
    second.resize(700, 600)
    settle()
    assert scrolled.verticalScrollBar().value() == 0  # whoever scrolls wants to be elsewhere
    with qtbot.waitSignal(second.destroyed):
        press(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.addWidget(keeper.window)
    assert (world.preferences.settings.text_percent, em()) == (100, usual)
    theme.setParent(None)


def test_folders_are_shown(world: World, show: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the desktop's own way, and made where nothing has needed them yet."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr("tests.ui.conftest.DATA", tmp_path / "data")
    page = show(world)
    click(named(page, QAbstractButton, "Open the folder of the history"))
    assert opened == [str(tmp_path / "data")]
    assert (tmp_path / "data").is_dir()


# -- days in the history -----------------------------------------------------------------------------


def pill(page: QWidget, day: str) -> QCheckBox:
    """The check box of this day."""
    found = named(page, QCheckBox, day)
    assert isinstance(found, QCheckBox)
    return found


def test_days_in_the_history(world: World, show: Show) -> None:
    """When a day turns, whether days in a row are counted, and which are off."""
    page = show(world)
    assert choice(page, "The day turns at").currentText() == QLocale().toString(
        QTime(4, 0), QLocale.FormatType.ShortFormat
    )
    box = choice(page, "The day turns at")
    choose(page, "The day turns at", box.itemText(0))
    click(pill(page, "Sunday"))
    assert world.preferences.settings.day_turn_min == 0
    assert world.preferences.settings.rest_weekdays == {"sunday": True}
    click(named(page, Switch, "Count days in a row"))
    assert world.preferences.settings.show_streak is False
    assert not pill(page, "Sunday").isEnabled()


def test_one_day_of_the_week_has_to_be_left(show: Show) -> None:
    """The seventh is refused, with the reason; nothing is changed."""
    off = {day.value: True for day in Weekday if day is not Weekday.TUESDAY}
    world = World(settings=Settings(rest_weekdays=off))
    page = show(world)
    click(pill(page, "Tuesday"))
    assert "One day of the week has to be left." in words(page)
    assert not pill(page, "Tuesday").isChecked()
    assert world.saved == []
    click(pill(page, "Monday"))
    assert "One day of the week has to be left." not in words(page)
    assert "monday" not in world.preferences.settings.rest_weekdays


def test_a_turn_between_the_hours_is_offered_too(show: Show) -> None:
    """What the settings file says is shown."""
    page = show(World(settings=Settings(day_turn_min=270)))
    assert choice(page, "The day turns at").currentText() == QLocale().toString(
        QTime(4, 30), QLocale.FormatType.ShortFormat
    )


def test_the_mat_view_is_turned(world: World, show: Show) -> None:
    """By quarters; what R has turned is shown."""
    page = show(world)
    click(button(page, "90°"))
    assert world.preferences.settings.mat_turns == 1
    world.preferences.change(mat_turns=3)
    assert button(page, "270°").isChecked()
    button(page, "Undo last change").click()
    assert world.preferences.settings.mat_turns == 0


# -- every setting -----------------------------------------------------------------------------------

ELSEWHERE = {
    "preparation_s": "the plan of the session page",
    "show_recent": "the body map",
    "favourites": "by themselves: what is used most",
}
"""What is chosen where it matters, and not on this page."""


def test_every_setting_has_its_words_and_its_place(world: World, show: Show) -> None:
    """Whoever adds a setting gives it a row here, or says where it is chosen or that it is remembered."""
    page = show(world)
    button(page, "Show each sound").click()
    beside = {
        each.accessibleName() or accessible_text(each, QAccessible.Text.Name)
        for kind in (QAbstractButton, QComboBox, QSlider, RadioGroup, WeekdayChoice)
        for each in shown(page, kind)
    }
    for name in SETTING_NAMES:
        if name in NOT_RESET:
            continue
        told = setting_words.setting(name)
        if name in ("levels", "own_sounds"):
            told = {"levels": "Level of End", "own_sounds": "Own file for End"}[name]
        assert (told in beside) is (name not in ELSEWHERE), name
