"""The session page: area, preset and plan are one choice, whichever way it is made."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.body import BodyArea, Layer, Position, Surface
from matsession.domain.evidence import Evidence
from matsession.domain.preset import Level, Preset, PresetKind
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.storage.evidence_file import EvidenceFileError
from matsession.ui import web_address
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.preset_details import PresetDetails
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.pages.session_care import PlacementStrip
from matsession.ui.widgets.area_button import AreaButton
from matsession.ui.widgets.body_map import BodyMap
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.pose_picture import PosePicture
from matsession.ui.widgets.preset_chips import PresetChip
from matsession.ui.widgets.recent_legend import RecentLegend
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.segment import Segment
from matsession.ui.widgets.stepper import LengthStepper
from matsession.ui.widgets.switch import Switch
from tests.fakes import FIRST_WALL, make_preset
from tests.ui.conftest import LOWER_BACK, NECK, World, read_known
from tests.ui.finding import accessible_text, button, click, named, press, settle, shown
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]

SLEEP = make_preset(id="goal_deeper_sleep", name="Wind down", area=BodyArea.FULL_BACK, kind=PresetKind.GOAL)
FULL = make_preset(id="full_back", name="Full back", area=BodyArea.FULL_BACK, kind=PresetKind.AREA)
SEATED = make_preset(id="feet_seated", name="Feet, seated", area=BodyArea.FEET_SEATED, kind=PresetKind.AREA)
STANDING = make_preset(id="feet_standing", name="Feet, standing", area=BodyArea.FEET_STANDING)
BOTH = make_preset(id="both", name="Back, then feet", area=BodyArea.BACK_THEN_FEET)
SOURCED = read_known().sources[1]
TELLING = replace(
    LOWER_BACK,
    level=Level.OPT_IN,
    best_time="two hours after eating",
    layer_beginner=Layer.TOWEL,
    layer_regular=Layer.BARE_OPTIONAL,
    surface=Surface.FIRM,
    honest_note="Nobody has tried this in a study.",
    vendor_claim="Feel new again",
    sources=(SOURCED.id, "A book of my own"),
)
"""A preset that tells all there is."""
LAST_DAYS = "Show the sessions of the last 14 days"
ALL = (SLEEP, FULL, LOWER_BACK, NECK, SEATED, STANDING, BOTH)


def world_of(uses: Iterable[tuple[Preset, int]] = (), **more: object) -> World:
    """A world with more presets, whose history knows how many sessions of each, one a day."""
    world = World(presets=ALL, **more)  # type: ignore[arg-type]
    for preset, count in uses:
        for ago in range(count):
            add(world, preset, ago)
    return world


def add(world: World, preset: Preset, ago: int) -> None:
    """One more session, so many days ago."""
    world.store.rows[f"{preset.id} {ago}"] = SessionRecord(
        id=f"{preset.id} {ago}",
        preset_id=preset.id,
        preset_name=preset.name,
        area=preset.area,
        started_at=FIRST_WALL - timedelta(days=ago),
        planned_s=100,
        done_s=100,
        state=RowState.FINISHED,
    )


def place(window: MainWindow) -> str:
    """The place that is chosen on the map."""
    checked = [each.words for each in shown(window, AreaButton) if each.isChecked()]
    return checked[0] if checked else ""


def chips(window: MainWindow) -> list[str]:
    """What is offered first."""
    return [chip.words for chip in shown(window, PresetChip)]


def chip(window: MainWindow) -> str:
    """The chip that is chosen."""
    checked = [each.words for each in shown(window, PresetChip) if each.isChecked()]
    return checked[0] if checked else ""


def chip_of(window: MainWindow, preset: Preset) -> PresetChip:
    """The chip of this preset."""
    [found] = [each for each in shown(window, PresetChip) if each.words == preset.name]
    return found


def area(window: MainWindow, words: str) -> AreaButton:
    """The word on the map."""
    [found] = [each for each in shown(window, AreaButton) if each.words == words]
    return found


def planned(window: MainWindow, *presets: Preset) -> list[str]:
    """Which of these names stand above the plan."""
    said = {label.text() for label in shown(window, QLabel)}
    return [preset.name for preset in presets or ALL if preset.name in said]


def go_and_come_back(window: MainWindow) -> None:
    """To the history and back again."""
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)


# -- one choice ------------------------------------------------------------------------------------------


def test_an_area_loads_its_preset(open_window: Open) -> None:
    """Click on a word: plan, chip and strip are those of its preset."""
    window = open_window(world_of())
    assert (place(window), planned(window)) == ("Lower back", ["Lower back"])
    click(area(window, "Neck"))
    assert planned(window) == [NECK.name]
    click(area(window, "Feet"))
    assert (planned(window), chip(window)) == ([SEATED.name], SEATED.name)


def test_a_preset_shows_its_area(open_window: Open) -> None:
    """Chosen by a chip or in the list of all; one that has no word of its own leaves none chosen."""
    window = open_window(world_of())
    [sleep] = [each for each in shown(window, PresetChip) if each.words == SLEEP.name]
    click(sleep)
    assert (place(window), planned(window)) == ("Full back", [SLEEP.name])
    click(button(window, "All presets"))
    assert shown(window, BodyMap) == []
    [rows] = [each for each in shown(window, RowList) if each.accessibleName() == "All presets"]
    assert [rows.model().index(row, 0).data() for row in range(rows.model().rowCount())] == [
        preset.name for preset in ALL
    ]
    rows.setCurrentIndex(rows.model().index(ALL.index(STANDING), 0))
    assert (planned(window), chip(window)) == ([STANDING.name], "")
    click(button(window, "Body map"))
    assert place(window) == "Feet"
    click(button(window, "All presets"))
    rows.setCurrentIndex(rows.model().index(ALL.index(BOTH), 0))
    click(button(window, "Body map"))
    assert (place(window), planned(window)) == ("", [BOTH.name])


def test_a_preset_of_the_same_area_stays(open_window: Open) -> None:
    """Pointing at the place that is chosen already does not change the preset."""
    window = open_window(world_of(settings=Settings(last_preset=SLEEP.id)))
    click(area(window, "Full back"))
    assert planned(window) == [SLEEP.name]
    click(area(window, "Neck"))
    click(area(window, "Full back"))
    assert planned(window) == [FULL.name]


def test_an_area_loads_the_preset_used_most(open_window: Open) -> None:
    """Who always stands on the mat gets the standing session for the feet."""
    window = open_window(world_of([(STANDING, 3), (SEATED, 1)]))
    click(area(window, "Feet"))
    assert planned(window) == [STANDING.name]


def test_only_lengths_that_the_preset_allows(open_window: Open) -> None:
    """With another area the lengths are those of its preset."""
    window = open_window(world_of())
    length, _settle = shown(window, LengthStepper)
    assert (length.minimum(), length.maximum(), length.value()) == (60, 300, 100)
    click(area(window, "Neck"))
    assert (length.minimum(), length.maximum(), length.value()) == (240, 240, 240)


def test_all_of_it_by_keys(open_window: Open) -> None:
    """Arrows on the map, Tab to the length, Enter: the session that was chosen begins."""
    world = world_of()
    window = open_window(world)
    assert window.focusWidget() is area(window, "Lower back")
    press(window.focusWidget(), Qt.Key.Key_Down)
    assert place(window) == "Feet"  # there is no preset for what lies between
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(window.page(), RunningPage)
    view = world.runner.view()
    assert view is not None
    assert view.plan.preset == SEATED


def test_the_list_of_all_by_keys(open_window: Open) -> None:
    """Space opens it with the keys in it, arrows choose, Enter starts."""
    world = world_of()
    window = open_window(world)
    all_presets = button(window, "All presets")
    all_presets.setFocus(Qt.FocusReason.TabFocusReason)
    press(all_presets, Qt.Key.Key_Space)
    assert isinstance(window.focusWidget(), RowList)
    press(window.focusWidget(), Qt.Key.Key_Down)
    press(window.focusWidget(), Qt.Key.Key_Return)
    view = world.runner.view()
    assert view is not None
    assert view.plan.preset == NECK


def test_the_list_of_all_by_a_screen_reader(open_window: Open) -> None:
    """It toggles the selection of a row and leaves the current one where it is; that chooses too."""
    window = open_window(world_of())
    click(button(window, "All presets"))
    rows = named(window, RowList, "All presets")
    eyes = QAccessible.queryAccessibleInterface(rows)
    assert eyes.child(ALL.index(NECK)).text(QAccessible.Text.Name).startswith(NECK.name)
    eyes.child(ALL.index(NECK)).actionInterface().doAction("Toggle")
    assert (planned(window), rows.currentIndex().row()) == ([NECK.name], ALL.index(NECK))
    assert [index.row() for index in rows.selectedIndexes()] == [ALL.index(NECK)]


def tab_stops(window: MainWindow) -> list[type[QWidget]]:
    """What Tab comes to, from the chosen place once around."""
    found: list[QWidget] = []
    focused = QApplication.focusWidget()
    while focused is not None and focused not in found:
        found.append(focused)
        press(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
    return [type(each) for each in found]


def test_tab_goes_down_the_page(open_window: Open) -> None:
    """From what is chosen to what follows of it, Start, the pages, the chips."""
    stops = tab_stops(open_window(world_of()))
    names = [each.__name__ for each in stops]
    assert names == [
        "AreaButton",
        "Switch",
        "Button",
        "LengthStepper",
        "Switch",
        "LengthStepper",
        "RowList",
        "RatingButton",
        "Button",
        "SignButton",
        "PageList",
        "PresetChip",
        "Button",
    ]


def test_tab_goes_down_the_narrow_page(open_window: Open) -> None:
    """The list that drops down comes first, then the side of the figure and the places."""
    stops = tab_stops(open_window(world_of(), 420, 640))
    names = [each.__name__ for each in stops]
    assert names[-3:] == ["PageList", "Choice", "_SegmentButton"]
    assert names[:3] == ["AreaButton", "Switch", "Button"]


# -- what is offered first -------------------------------------------------------------------------------


def test_starters_before_there_is_a_history(open_window: Open) -> None:
    """Those of the four that exist, then whatever there is; nothing is remembered of it."""
    world = world_of()
    window = open_window(world)
    assert chips(window) == ["Lower back", "Feet, seated", "Wind down", "Full back"]
    assert world.preferences.settings.favourites == {}


def test_what_is_used_most_is_offered_at_the_next_start(open_window: Open) -> None:
    """The first picture does not wait for the history, and nobody's chip is taken from under the mouse."""
    world = world_of([(BOTH, 1), (STANDING, 3), (SEATED, 2)])
    window = open_window(world)
    assert chips(window) == ["Lower back", "Feet, seated", "Wind down", "Full back"]
    remembered = world.preferences.settings
    assert sorted(remembered.favourites.values()) == [1, 2, 3, 4]
    window.close()
    again = open_window(world_of(settings=remembered))
    assert chips(again) == ["Feet, standing", "Feet, seated", "Back, then feet", "Lower back"]


def test_chips_change_while_nobody_looks(open_window: Open) -> None:
    """Whoever comes back from another page finds the ones used most; what stays keeps its place."""
    world = world_of(settings=Settings(last_preset="neck", favourites={"lower_back": 1, "neck": 2}))
    window = open_window(world)
    assert chips(window)[:2] == ["Lower back", NECK.name]
    for ago in range(3):
        add(world, BOTH, ago)
        add(world, STANDING, ago)
        add(world, NECK, ago)
    world.journal.changed.emit()
    assert "Back, then feet" not in chips(window)
    go_and_come_back(window)
    assert chips(window)[1] == NECK.name
    assert {"Back, then feet", "Feet, standing"} < set(chips(window))
    assert chip(window) == NECK.name
    calls = len(world.store.calls)
    go_and_come_back(window)
    assert "presets_by_use" not in world.store.calls[calls:]  # nothing new was done


# -- the last days ---------------------------------------------------------------------------------------


def test_the_last_days_are_shown_on_request(open_window: Open) -> None:
    """Numbers, words and a legend; the history is not asked before, and the wish is remembered."""
    world = world_of([(LOWER_BACK, 4), (FULL, 2)])
    add(world, NECK, 20)
    window = open_window(world)
    assert "uses_by_area" not in world.store.calls
    assert shown(window, RecentLegend) == []
    switch = named(window, Switch, LAST_DAYS)
    assert accessible_text(switch, QAccessible.Text.Name) == LAST_DAYS
    click(switch)
    assert area(window, "Lower back (6)").accessibleName() == "Lower back, 6 sessions in the last 14 days"
    assert area(window, "Neck").accessibleName() == "Neck, no session in the last 14 days"
    [legend] = shown(window, RecentLegend)
    words = [label.text() for label in shown(legend, QLabel)]
    assert words == ["no session", "1 or 2", "3 to 5", "6 and more"]
    assert world.preferences.settings.show_recent
    click(switch)
    assert area(window, "Lower back").isVisible()
    assert shown(window, RecentLegend) == []


def test_the_wish_is_there_at_the_next_start(open_window: Open) -> None:
    """The numbers come right after the first picture, and are up to date whenever one comes back."""
    world = world_of([(LOWER_BACK, 1)], settings=Settings(last_preset="lower_back", show_recent=True))
    window = open_window(world)
    assert area(window, "Lower back (1)").isChecked()
    add(world, LOWER_BACK, 1)
    world.journal.changed.emit()
    go_and_come_back(window)
    assert area(window, "Lower back (2)").isChecked()


# -- placement -------------------------------------------------------------------------------------------


def strip_words(window: MainWindow) -> list[str]:
    """What the strip below the map says."""
    [strip] = shown(window, PlacementStrip)
    return [label.text() for label in shown(strip, QLabel)]


def test_the_strip_tells_how_to_place_oneself(open_window: Open) -> None:
    """Position, checklist, cautions and who should not; a picture where the position is known."""
    bent = replace(LOWER_BACK, position=Position.SUPINE_KNEES_BENT)
    window = open_window(World(presets=(bent, NECK)))
    words = strip_words(window)
    assert words[:3] == ["Lie on your back, knees bent.", *bent.setup]
    assert "Not on a fresh injury or a severe new pain." in words
    assert any("ask a doctor first, with: Broken skin; Fever." in each for each in words)
    assert len(shown(window, PosePicture)) == 1
    click(area(window, "Neck"))
    assert strip_words(window) == []
    assert shown(window, PosePicture) == []


def test_reasons_against_in_full_on_request(open_window: Open) -> None:
    """The button shows them, hides them, and another preset begins with them hidden.

    What has no source says so, once.
    """
    window = open_window(World())
    reason = "Do not use the mat with a fever."
    click(button(window, "Show details"))
    assert reason in strip_words(window)
    assert strip_words(window).count("General knowledge; no source given here.") == 1
    click(button(window, "Hide details"))
    assert reason not in strip_words(window)
    click(button(window, "Show details"))
    click(area(window, "Neck"))
    click(area(window, "Lower back"))
    assert reason not in strip_words(window)


def test_the_details_tell_all_of_a_preset(open_window: Open) -> None:
    """Layers, what lies under the mat, when, what is known, a seller's words as such, and sources."""
    window = open_window(World(presets=(TELLING, NECK)))
    assert "Cotton T-shirt" not in strip_words(window)
    click(button(window, "Show details"))
    told = "\n".join(strip_words(window))
    for word, text in (
        ("Layer at first", "Folded towel over the points"),
        ("Layer later", "Bare skin if you like it; never required"),
        ("Under the mat", "Hard floor or firm chair"),
        ("Time of day", "two hours after eating"),
        ("Honest note", "Nobody has tried this in a study."),
        ("What a seller says (vendor claim, not a finding)", "“Feel new again”"),
        ("Sources", SOURCED.title),
    ):
        assert f"{word}\n{text}" in told
    assert "A book of my own" in told
    click(button(window, "Hide details"))
    assert "Honest note" not in strip_words(window)


def test_a_preset_without_cautions_has_details_too(open_window: Open) -> None:
    """Whoever it is for stands there; without anything to tell there is no button."""
    window = open_window(World(presets=(replace(NECK, level=Level.REGULAR), SLEEP)))
    click(area(window, "Neck"))
    assert strip_words(window) == []
    click(button(window, "Show details"))
    assert strip_words(window) == ["For whom", "For those who are used to the mat."]
    click(chip_of(window, SLEEP))
    assert [each for each in shown(window, Button) if each.text() == "Show details"] == []


def test_an_opt_in_preset_says_so_before_the_start(open_window: Open) -> None:
    """Without any details open, and to a screen reader on Start; another preset says nothing of it."""
    line = "Only if you look for it: this area needs more care."
    window = open_window(World(presets=(TELLING, NECK)))
    start = button(window, "Start")
    assert line in strip_words(window)
    assert line in start.accessibleDescription()
    click(area(window, "Neck"))
    assert line not in strip_words(window)
    assert line not in start.accessibleDescription()


def test_a_source_is_opened_or_copied(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is handed to the browser; where no browser takes it, it is selected. Tab finds it."""
    opened: list[str] = []

    def no_browser(address: str) -> bool:
        opened.append(address)
        return False

    monkeypatch.setattr(web_address, "open_address", no_browser)
    window = open_window(World(presets=(TELLING, NECK)))
    details = button(window, "Show details")
    click(details)
    address = named(window, QPlainTextEdit, f"Address: {SOURCED.title}")
    assert address.toPlainText() == SOURCED.url
    details.setFocus(Qt.FocusReason.TabFocusReason)
    press(details, Qt.Key.Key_Tab)
    assert address.hasFocus()
    click(named(window, Button, f"Open in browser: {SOURCED.title}"))
    assert opened == [SOURCED.url]
    assert "No browser took the address. Copy it from here." in strip_words(window)
    assert address.textCursor().selectedText() == SOURCED.url
    click(button(window, "Copy all references"))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [f"1. {SOURCED.title}. {SOURCED.url}", "2. A book of my own"]


def test_without_the_evidence_sources_are_told_by_name(qtbot: QtBot) -> None:
    """What was lost is said, and all else of the preset stands there."""

    def damaged() -> Evidence:
        raise EvidenceFileError("evidence.toml is missing.", "Install MatSession again.")

    details = PresetDetails(TELLING, (), damaged, lambda _address: True)
    qtbot.addWidget(details)
    details.show()
    words = [label.text() for label in shown(details, QLabel)]
    assert "Honest note" in words
    after = words[words.index("Sources") + 1 :]
    assert after[1:] == [SOURCED.id, "A book of my own"]
    assert after[0]


@pytest.mark.parametrize("position", Position)
def test_every_position_has_a_picture(qtbot: QtBot, position: Position) -> None:
    """With the mat on it for each area, and without one for the rest that needs none."""
    picture = PosePicture()
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    picture.show_position(position, BodyArea.NONE)
    bare = picture.grab().toImage()
    picture.show_position(None, BodyArea.NONE)
    assert bare != picture.grab().toImage()
    for area in (BodyArea.LOWER_BACK, BodyArea.FULL_BACK):
        picture.show_position(position, area)
        assert picture.grab().toImage() != bare


# -- narrow ----------------------------------------------------------------------------------------------


def test_a_narrow_page_has_one_list_and_one_figure(open_window: Open) -> None:
    """All presets drop down from one list, the figure can be turned, and both follow the choice."""
    window = open_window(world_of(), 420, 640)
    assert shown(window, PresetChip) == []
    [drop] = shown(window, Choice)
    assert [drop.itemText(row) for row in range(drop.count())][:3] == [
        "Wind down, 100 s",
        "Full back, 100 s",
        "Lower back, 100 s",
    ]
    assert drop.currentText() == "Lower back, 100 s"
    assert len(shown(window, Segment)) == 1
    drop.setFocus()
    press(drop, Qt.Key.Key_Down)
    assert place(window) == "Neck"
    click(area(window, "Feet"))
    assert drop.currentText() == "Feet, seated, 100 s"


def test_the_chosen_preset_stays_in_sight_in_a_narrow_window(open_window: Open, qtbot: QtBot) -> None:
    """However far one has scrolled down to the plan; in a wide one the chips scroll with the rest."""
    window = open_window(world_of(), 420, 640)
    settle()
    [drop] = shown(window, Choice)
    top = drop.mapTo(window, QPoint(0, 0))
    bar = max(
        (area.verticalScrollBar() for area in shown(window, QScrollArea)), key=lambda bar: bar.maximum()
    )
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    settle()
    assert drop.mapTo(window, QPoint(0, 0)) == top
    assert drop.visibleRegion().boundingRect() == drop.rect()
    window.resize(1100, 480)
    settle()
    chips = shown(window, PresetChip)[0]
    assert chips.parentWidget() is not None
    assert [area for area in shown(window, QScrollArea) if area.isAncestorOf(chips)]


def test_wide_and_narrow_are_the_same_page(open_window: Open, qtbot: QtBot) -> None:
    """Drawn smaller and larger again it keeps the choice, and nothing of the other look stays."""
    window = open_window(world_of())
    click(button(window, "All presets"))
    click(shown(window, PresetChip)[2])
    window.resize(420, 640)
    qtbot.waitUntil(lambda: len(shown(window, Choice)) == 1)
    assert [each.accessibleName() for each in shown(window, RowList)] == ["Steps"]
    assert (place(window), planned(window)) == ("Full back", [SLEEP.name])
    window.resize(1100, 760)
    qtbot.waitUntil(lambda: shown(window, Choice) == [])
    assert button(window, "All presets").isVisible()
    assert chip(window) == SLEEP.name
    assert shown(window, Segment) == []


@pytest.mark.parametrize("shown_as", ["plain", "recent", "all", "details"])
@pytest.mark.parametrize(
    ("width", "height"), [(1100, 760), (900, 640), (840, 640), (700, 700), (560, 700), (420, 640), (360, 480)]
)
def test_nothing_is_cut_off(open_window: Open, qtbot: QtBot, width: int, height: int, shown_as: str) -> None:
    """In every look of the page, in every room."""
    assert looked_at(open_window, qtbot, width, height, shown_as) == []


@pytest.mark.parametrize("shown_as", ["plain", "recent", "all", "details"])
@pytest.mark.parametrize(("width", "height"), [(1800, 1000), (1100, 760), (420, 640)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, open_window: Open, qtbot: QtBot, width: int, height: int, shown_as: str
) -> None:
    """With text of twice the size too."""
    assert looked_at(open_window, qtbot, width, height, shown_as) == []


def looked_at(open_window: Open, qtbot: QtBot, width: int, height: int, shown_as: str) -> list[str]:
    """The faults of the page in this look."""
    bent = replace(TELLING, position=Position.SUPINE_NECK_ROLL)
    world = World(presets=(*(each for each in ALL if each != LOWER_BACK), bent))
    for ago in range(12):
        add(world, FULL, ago)
    window = open_window(world, width, height)
    if shown_as == "recent":
        click(named(window, Switch, LAST_DAYS))
    elif shown_as == "details":
        click(button(window, "Show details"))
    elif shown_as == "all":
        for each in [each for each in shown(window, Button) if each.text() == "All presets"]:
            click(each)
    settle()  # a layout takes several rounds
    for one in shown(window, AreaButton):
        at = one.mapTo(window, QPoint(0, 0))
        assert 0 <= at.x() <= window.width() - one.width()
    return faults(window)
