"""The body map: pointed at, gone through by keys, heard, and drawn no more often than it changes."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession.app import texts
from matsession.domain.body import BodyArea, BodyPart, parts_of
from matsession.domain.settings import ThemeChoice
from matsession.ui.theme import apply_theme
from matsession.ui.widgets import body_map
from matsession.ui.widgets.area_button import AreaButton
from matsession.ui.widgets.body_figure import (
    HALF_WIDTH,
    HEIGHT,
    Side,
    half_width,
    paint_figure,
    part_at,
    region,
)
from matsession.ui.widgets.body_map import BodyMap
from matsession.ui.widgets.body_places import PLACES, BodyPlace, level
from matsession.ui.widgets.segment import Segment
from tests.ui.finding import accessible_text, press, settle, shown

WIDE, NARROW, TINY = (488, 480), (390, 420), (180, 700)
SIZES = {"two figures": WIDE, "rows beside one": NARROW, "rows below one": TINY}


@pytest.fixture(params=SIZES)
def shape(request: pytest.FixtureRequest) -> str:
    """Each of the shapes."""
    return str(request.param)


def open_map(qtbot: QtBot, shape: str = "two figures") -> BodyMap:
    """A map of its own, with the keys."""
    widget = BodyMap()
    qtbot.addWidget(widget)
    widget.set_narrow(shape != "two figures")
    width, height = SIZES[shape]
    widget.resize(width, max(height, widget.heightForWidth(width)))
    with qtbot.waitActive(widget):
        widget.show()
    return widget


def areas(widget: BodyMap) -> list[AreaButton]:
    """Its buttons, down the body."""
    return [each for each in widget.buttons() if isinstance(each, AreaButton)]


def button(widget: BodyMap, area: BodyArea) -> AreaButton:
    """The button that stands for this area."""
    [found] = [each for each in areas(widget) if area in each.place.areas]
    return found


def chosen(widget: BodyMap) -> BodyArea | None:
    """What is chosen."""
    checked = widget.checked()
    return checked.place.areas[0] if isinstance(checked, AreaButton) else None


def points(widget: BodyMap) -> dict[BodyPlace, QPoint]:
    """A point on each place that can be pointed at on the side that is shown."""
    found: dict[BodyPlace, list[QPoint]] = {}
    for x in range(2, widget.width(), 3):
        for y in range(2, widget.height(), 3):
            place = widget.place_under(QPointF(x, y))
            if place is not None and widget.childAt(x, y) is None:
                found.setdefault(place, []).append(QPoint(x, y))
    return {place: each[len(each) // 2] for place, each in found.items()}


def nowhere(widget: BodyMap) -> QPoint:
    """A point beside all that can be chosen."""
    column = [QPoint(1, y) for y in range(0, widget.height(), 3)]
    return next(at for at in column if widget.childAt(at) is None and not widget.place_under(QPointF(at)))


def image(widget: BodyMap) -> QImage:
    """What is seen."""
    return widget.grab().toImage()


# -- the figures -----------------------------------------------------------------------------------------


def test_regions_do_not_overlap() -> None:
    """Each point of a figure belongs to one part at the most."""
    for side in Side:
        paths = [path for part in BodyPart if (path := region(side, part)) is not None]
        for x in range(-HALF_WIDTH, HALF_WIDTH, 4):
            for y in range(0, HEIGHT, 4):
                assert sum(path.contains(QPointF(x, y)) for path in paths) <= 1


def test_what_cannot_be_chosen() -> None:
    """Face, throat, chest, arms, knees and shins lead nowhere."""
    front = {"face": (0, 30), "throat": (0, 70), "chest": (0, 120), "arm": (75, 200), "pelvis": (0, 240)}
    front |= {"knee": (25, 350), "shin": (25, 400)}
    assert {name: part_at(Side.FRONT, *at) for name, at in front.items()} == dict.fromkeys(front)
    back = {"head": (0, 30), "arm": (75, 200), "knee": (25, 350), "beside": (0, 450)}
    assert {name: part_at(Side.BACK, *at) for name, at in back.items()} == dict.fromkeys(back)


def test_lines_end_on_what_they_mean() -> None:
    """The dot at the end of each line lies on a part of its place."""
    for place in PLACES:
        for side, x, y in place.points:
            paths = [path for part in place.parts if (path := region(side, part)) is not None]
            assert any(path.contains(QPointF(x, y)) for path in paths), place


def test_no_shape_is_wider_than_reckoned() -> None:
    """Where words may stand follows from the outline's width."""
    for side in Side:
        for part in BodyPart:
            path = region(side, part)
            if path is not None:
                edge = path.boundingRect()
                assert edge.right() <= half_width(edge.top(), edge.bottom()) <= HALF_WIDTH


# -- heard -----------------------------------------------------------------------------------------------


def test_places_are_radio_buttons_in_a_group(qtbot: QtBot, shape: str) -> None:
    """Ten radio buttons under "Where is the mat?", each with its name, one of them checked."""
    widget = open_map(qtbot, shape)
    widget.show_area(BodyArea.LOWER_BACK)
    group = QAccessible.queryAccessibleInterface(widget)
    assert group.role() == QAccessible.Role.Grouping
    assert accessible_text(widget, QAccessible.Text.Name) == "Where is the mat?"
    heard = {}
    for each in areas(widget):
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.role() == QAccessible.Role.RadioButton
        heard[accessible_text(each, QAccessible.Text.Name)] = bool(interface.state().checked)
    assert list(heard) == [
        "Neck",
        "Shoulders, upper back",
        "Full back",
        "Lower back",
        "Belly",
        "Hips and glutes",
        "Hands",
        "Thighs",
        "Calves",
        "Feet",
    ]
    assert [name for name, checked in heard.items() if checked] == ["Lower back"]


def test_an_assistant_can_choose(qtbot: QtBot) -> None:
    """What a screen reader offers as an action chooses as a click does."""
    widget = open_map(qtbot)
    with qtbot.waitSignal(widget.place_chosen) as told:
        button(widget, BodyArea.CALVES).toggle()
    assert told.args[0].areas == (BodyArea.CALVES,)


# -- chosen ----------------------------------------------------------------------------------------------


def test_every_area_is_shown(qtbot: QtBot, shape: str) -> None:
    """The word of a preset's place is chosen; where no word stands for it, none is, and nothing is told."""
    widget = open_map(qtbot, shape)
    with qtbot.assertNotEmitted(widget.place_chosen):
        for area in BodyArea:
            widget.show_area(area)
            places = [place for place in PLACES if area in place.areas]
            assert chosen(widget) == (places[0].areas[0] if places else None)
    assert {area for area in BodyArea if not any(area in place.areas for place in PLACES)} == {
        BodyArea.BACK_THEN_FEET,
        BodyArea.CHEST,
        BodyArea.NONE,
    }


def test_a_place_without_a_word_is_filled(qtbot: QtBot) -> None:
    """Back, then feet: all three parts look chosen, though no single word is."""
    widget = open_map(qtbot)
    widget.show_area(BodyArea.NONE)
    empty = image(widget)
    where = points(widget)
    widget.show_area(BodyArea.BACK_THEN_FEET)
    filled = image(widget)
    wanted = set(parts_of(BodyArea.BACK_THEN_FEET))

    def differs(at: QPoint) -> bool:
        around = [at + QPoint(x, y) for x in range(-2, 3) for y in range(-2, 3)]
        return any(empty.pixel(each) != filled.pixel(each) for each in around)

    assert {place.parts[0] for place, at in where.items() if differs(at)} == wanted


@pytest.mark.parametrize("side", Side)
def test_a_click_on_the_figure_is_a_click_on_its_word(qtbot: QtBot, shape: str, side: Side) -> None:
    """All parts can be pointed at, on the one figure or by turning it."""
    widget = open_map(qtbot, shape)
    if shape != "two figures":
        [turn] = shown(widget, Segment)
        QTest.mouseClick(turn.buttons()[list(Side).index(side)], Qt.MouseButton.LeftButton)
    where = points(widget)
    seen = {part for part in BodyPart if region(side, part) is not None and part is not BodyPart.CHEST}
    assert seen <= {place.parts[0] for place in where}
    for place, at in where.items():
        with qtbot.waitSignal(widget.place_chosen) as told:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        assert told.args == [place]
        assert chosen(widget) is place.areas[0]


def test_a_click_beside_the_figure_chooses_nothing(qtbot: QtBot) -> None:
    """The right button neither."""
    widget = open_map(qtbot)
    with qtbot.assertNotEmitted(widget.place_chosen):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(1, 60))
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=next(iter(points(widget).values())))


def test_arrows_go_down_the_body(qtbot: QtBot, shape: str) -> None:
    """Each arrow chooses the next place; at both ends nothing happens; Tab has one stop."""
    widget = open_map(qtbot, shape)
    widget.show_area(BodyArea.NECK)
    widget.focus_chosen()
    told: list[BodyPlace] = []
    widget.place_chosen.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right) * 6:
        press(QApplication.focusWidget(), key)
    assert told == list(PLACES[1:])
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left) * 6:
        press(QApplication.focusWidget(), key)
    assert told == [*PLACES[1:], *PLACES[-2::-1]]
    stops = [each for each in areas(widget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.place for each in stops] == [PLACES[0]]


def test_the_first_arrow_chooses_where_one_stands(qtbot: QtBot) -> None:
    """With nothing chosen the keys stand on the first place, and no arrow skips it."""
    widget = open_map(qtbot)
    widget.focus_chosen()
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert chosen(widget) is BodyArea.NECK


def test_places_without_a_preset_are_not_offered(qtbot: QtBot) -> None:
    """Neither keys nor clicks lead there, and it is said why."""
    widget = open_map(qtbot)
    where = points(widget)
    widget.set_available({BodyArea.NECK, BodyArea.FEET_STANDING})
    assert [each.place.areas[0] for each in areas(widget) if each.isEnabled()] == [
        BodyArea.NECK,
        BodyArea.FEET_SEATED,
    ]
    assert "no preset" in button(widget, BodyArea.CALVES).toolTip()
    with qtbot.assertNotEmitted(widget.place_chosen):
        for place, at in where.items():
            if place.parts[0] not in (BodyPart.NECK, BodyPart.FEET):
                QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    widget.focus_chosen()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert chosen(widget) is BodyArea.FEET_SEATED


def test_the_figure_turns_to_what_is_chosen(qtbot: QtBot) -> None:
    """A place on the other side turns it; one that is on both sides does not."""
    widget = open_map(qtbot, "rows beside one")
    [turn] = shown(widget, Segment)
    seen = []
    for area in (BodyArea.NECK, BodyArea.STOMACH, BodyArea.HANDS_FOREARMS, BodyArea.CALVES, BodyArea.CHEST):
        widget.show_area(area)
        seen.append(list(Side)[turn.chosen()])
    assert seen == [Side.BACK, Side.FRONT, Side.FRONT, Side.BACK, Side.FRONT]


# -- seen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [440, 488, 560, 800, 1200])
@pytest.mark.parametrize("more", [0, 40, 200, 700])
def test_words_touch_neither_each_other_nor_a_figure(qtbot: QtBot, width: int, more: int) -> None:
    """Each has its place between the two figures, whatever the room."""
    widget = open_map(qtbot)
    widget.show_uses(dict.fromkeys(BodyArea, 12))
    widget.resize(width, widget.heightForWidth(width) + more)
    pills = []
    for each in areas(widget):
        pill = QRect(0, 0, each.pill_width(), 24)
        pill.moveCenter(each.geometry().center())
        assert widget.rect().contains(pill)
        for x in range(pill.left(), pill.right()):
            assert widget.place_under(QPointF(x, pill.center().y())) is None
        pills.append(pill)
    for above, below in pairwise(pills):
        assert above.bottom() < below.top()


def test_longer_words_become_rows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language whose words find no room between the figures the list stands beside one of them."""
    monkeypatch.setattr(texts, "map_place", lambda area: f"Schulterblattinnenseite und {area}")
    widget = BodyMap()
    qtbot.addWidget(widget)
    widget.resize(488, 480)
    widget.show()
    assert len(shown(widget, Segment)) == 1
    for each in areas(widget):
        assert each.height() >= each.heightForWidth(each.width())
        assert each.width() >= each.minimumSizeHint().width()
        assert widget.rect().contains(each.geometry())


def point_at(widget: BodyMap, where: QPoint) -> None:
    """The mouse comes here. Sent, not moved: Qt has one pointer for all tests, each leaves it elsewhere."""
    for each in areas(widget):
        if each.underMouse():
            QApplication.sendEvent(each, QEvent(QEvent.Type.Leave))
    at, on_screen = QPointF(where), QPointF(widget.mapToGlobal(where))
    if not widget.underMouse():
        QApplication.sendEvent(widget, QEnterEvent(at, at, on_screen))
    none, kept = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, at, on_screen, none, none, kept))
    settle()


def test_what_the_mouse_is_at_stands_out(qtbot: QtBot, shape: str) -> None:
    """On the figure as well as at the word, and it goes again."""
    widget = open_map(qtbot, shape)
    place, at = next(iter(points(widget).items()))
    point_at(widget, nowhere(widget))
    still = image(widget)
    point_at(widget, at)
    over = image(widget)
    word = button(widget, place.areas[0]).geometry()
    assert over.pixel(at) != still.pixel(at)
    assert over.copy(word) != still.copy(word)
    assert widget.cursor().shape() is Qt.CursorShape.PointingHandCursor
    point_at(widget, nowhere(widget))
    assert image(widget) == still


def test_the_ring_comes_with_the_keys(qtbot: QtBot, shape: str) -> None:
    """A click shows no ring; an arrow does, at the word and around its part of the figure."""
    widget = open_map(qtbot, shape)
    QTest.mouseClick(button(widget, BodyArea.CALVES), Qt.MouseButton.LeftButton)
    QTest.mouseMove(widget, nowhere(widget))
    clicked = image(widget)
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    press(QApplication.focusWidget(), Qt.Key.Key_Up)
    ringed = image(widget)
    word = button(widget, BodyArea.CALVES).geometry()
    assert ringed.copy(word) != clicked.copy(word)
    outside = [
        QPoint(x, y)
        for x in range(widget.width())
        for y in range(widget.height())
        if ringed.pixel(x, y) != clicked.pixel(x, y) and not word.contains(x, y)
    ]
    assert len(outside) > 100


def test_the_figures_are_painted_only_when_they_change(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mouse and keys repaint a picture that is kept; another choice, theme or size makes it anew."""
    painted: list[Side] = []

    def paint(painter: QPainter, side: Side, *rest: Any) -> None:
        painted.append(side)
        paint_figure(painter, side, *rest)

    monkeypatch.setattr(body_map, "paint_figure", paint)
    widget = open_map(qtbot)
    image(widget)
    assert painted == list(Side)

    def paints_anew() -> bool:
        painted.clear()
        image(widget)
        return bool(painted)

    QTest.mouseMove(widget, next(iter(points(widget).values())))
    widget.focus_chosen()
    press(QApplication.focusWidget(), Qt.Key.Key_Control)
    assert not paints_anew()
    widget.show_area(BodyArea.CALVES)
    assert paints_anew()
    widget.show_uses({"calves": 2})
    assert paints_anew()
    widget.resize(520, 500)
    assert paints_anew()
    apply_theme(QApplication.instance(), ThemeChoice.DARK).setParent(None)  # type: ignore[arg-type]
    assert paints_anew()
    assert not paints_anew()


# -- the last days ---------------------------------------------------------------------------------------


def test_the_last_days_are_told_in_words(qtbot: QtBot, shape: str) -> None:
    """A number at the word, a sentence for the ear, a shade on the figure; all of it goes again."""
    widget = open_map(qtbot, shape)
    plain = image(widget)
    words = [each.words for each in areas(widget)]
    uses: Mapping[str, int] = {"lower_back": 2, "full_back": 3, "feet_standing": 1}
    widget.show_uses(uses)
    said = {each.words: each.accessibleName() for each in areas(widget)}
    assert said["Lower back (5)"] == "Lower back, 5 sessions in the last 14 days"
    assert said["Full back (3)"] == "Full back, 3 sessions in the last 14 days"
    assert said["Feet (1)"] == "Feet, 1 session in the last 14 days"
    assert said["Calves"] == "Calves, no session in the last 14 days"
    assert image(widget) != plain
    widget.show_uses(None)
    assert [each.words for each in areas(widget)] == words
    assert image(widget) == plain


def test_shades_stand_for_numbers() -> None:
    """As the legend says: none, 1 or 2, 3 to 5, 6 and more."""
    assert [level(sessions) for sessions in range(8)] == [0, 1, 1, 2, 2, 2, 3, 3]
