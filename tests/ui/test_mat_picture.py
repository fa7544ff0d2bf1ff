"""The mat view's picture: sized by the design's rule, nothing overlaps, and partly painted it is the same."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from matsession.ui.mat_colours import mat_colours
from matsession.ui.widgets.mat_picture import MatLayout, MatPicture, burn_in_shift, draw_mat
from matsession.ui.widgets.ring_picture import RingPicture, RingState

SIZES = [(1600, 900), (900, 1600), (1280, 1024), (1024, 768), (800, 480), (3440, 1440), (1920, 1080)]
LONG_CUE = (
    "Do not push down. Let the lower back spread a little with each breath, and let the floor hold all of "
    "your weight. Pain shooting down a leg, or numbness? Stop and roll off."
)
HINTS = (
    "Space: time left",
    "Space twice: pause",
    "Hold Space: way back",
    "R: turn the view",
    "↑ ↓: brightness",
    "S: other screen",
    "Esc: leave the mat view",
)
ARCS = ((0.0, 60.0), (60.0, 200.0), (200.0, 360.0))
PICTURE = MatPicture(
    ring=RingPicture(RingState.RUNNING, digits="8:58", lit=20, growth=0.5, arcs=ARCS),
    title="Soften",
    cue="Breathe in",
    line=200,
    hints=HINTS,
    hint_opacity=1.0,
)


def layout(width: int, height: int, turns: int = 0, shift: tuple[int, int] = (0, 0)) -> MatLayout:
    """Where all lies on such a screen."""
    return MatLayout(QSizeF(width, height), turns, shift, QFont(QApplication.font()))


def test_the_rule_of_the_digits(qapp: QApplication) -> None:
    """0.52 of the height in landscape, 0.63 of the width in portrait, and never wider than the screen."""
    assert layout(1600, 900).digits_px("6:42") == pytest.approx(0.52 * 900)
    assert layout(1600, 900, turns=1).digits_px("6:42") == pytest.approx(0.63 * 900)
    assert layout(900, 1600).digits_px("6:42") == pytest.approx(0.63 * 900)
    assert layout(900, 1600, turns=3).digits_px("6:42") == pytest.approx(0.52 * 900)
    for width, height in SIZES:
        wide = layout(width, height).digits_area("28:58").width()
        assert wide <= 0.92 * width


@pytest.mark.parametrize("digits", ["0:07", "8:58", "28:58", "1:08:58", "24"])
def test_fewer_digits_are_not_larger(qapp: QApplication, digits: str) -> None:
    """Nothing grows in the middle of a session."""
    for width, height in SIZES:
        where = layout(width, height)
        assert where.digits_px(digits) <= where.digits_px("88:88")


def inside(part: QRectF, whole: QRectF) -> bool:
    """Whether it lies within, to the pixel."""
    return whole.adjusted(-1, -1, 1, 1).contains(part)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("digits", ["28:58", "24"])
@pytest.mark.parametrize("large_text", [False, True])
def test_no_part_lies_upon_another(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    width: int,
    height: int,
    turns: int,
    digits: str,
    large_text: bool,
) -> None:
    """Words, digits, line, dots and hints have each their place, on the screen, in each turn."""
    if large_text:
        request.getfixturevalue("double_text")
    where = layout(width, height, turns, (4, -4))
    parts = [where.words_area, where.digits_area(digits), where.line_area, where.dots_area, where.hints_area]
    for one, other in itertools.combinations(parts, 2):
        assert not one.intersects(other), (one, other)
    screen = QRectF(0, 0, width, height)
    for part in parts:
        assert inside(where.turned.mapRect(part), screen.adjusted(-6, -6, 6, 6))
    for font, placed, area in (
        (*where.cue_lines(LONG_CUE), where.words_area),
        (*where.hint_places(HINTS), where.hints_area),
    ):
        metrics = QFontMetricsF(font)
        for place, text in placed:
            box = metrics.boundingRect(text).translated(place)
            assert inside(box, area.adjusted(-2, -2, 2, 2)), (text, box, area)
    title = "Lie back slowly, with bent knees, and breathe"
    assert QFontMetricsF(where.title_font(title)).horizontalAdvance(title) <= where.words_area.width() + 1


def test_turns_go_to_the_right(qapp: QApplication) -> None:
    """After a quarter turn the top of the picture lies at the right of the screen."""
    tops = [
        layout(1600, 900, turns).turned.map(QPointF(*top))
        for turns, top in enumerate([(800, 0), (450, 0), (800, 0), (450, 0)])
    ]
    assert tops == [QPointF(800, 0), QPointF(1600, 450), QPointF(800, 900), QPointF(0, 450)]


def test_the_shift_is_small_and_comes_round(qapp: QApplication) -> None:
    """Never more than 6 pixels from the middle; by at most 3 from one minute to the next."""
    shifts = [burn_in_shift(minute) for minute in range(64)]
    assert all(math.hypot(*shift) <= 6.5 for shift in shifts)
    assert all(math.dist(one, other) <= 3.2 for one, other in itertools.pairwise(shifts))
    assert len(set(shifts)) >= 12


def painted(picture: MatPicture, where: MatLayout, onto: QImage, region: QRegion) -> None:
    """Paint it as the widget does: only what is in the region."""
    painter = QPainter(onto)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRegion(region)
    draw_mat(painter, picture, where, region)
    painter.end()


PICTURES = st.builds(
    MatPicture,
    ring=st.builds(
        RingPicture,
        state=st.sampled_from([RingState.RUNNING, RingState.RUNNING, RingState.PAUSED]),
        digits=st.sampled_from(["9:59", "10:00", "8:58", "8:57", "24"]),
        lit=st.integers(0, 60),
        growth=st.sampled_from([0.0, 0.5]),
        arcs=st.just(ARCS),
    ),
    title=st.sampled_from(["Soften", "Rest"]),
    cue=st.sampled_from(["Breathe in", LONG_CUE]),
    line=st.sampled_from([None, 0, 20, 90]),
    hints=st.sampled_from([HINTS, HINTS[:2]]),
    hint_opacity=st.sampled_from([0.0, 0.5, 1.0]),
    colours=st.sampled_from([mat_colours(), mat_colours(light=0.5)]),
)


@given(PICTURES, PICTURES, st.integers(0, 3), st.sampled_from([(800, 480), (600, 1024)]))
@hypothesis_settings(max_examples=60)
def test_partly_painted_it_is_the_same(
    qapp: QApplication, old: MatPicture, new: MatPicture, turns: int, size: tuple[int, int]
) -> None:
    """What is painted anew is enough: nothing of the old picture is left."""
    old, new = replace(old, turns=turns), replace(new, turns=turns)
    where = layout(*size, turns)
    everything = QRegion(0, 0, *size)
    partly = QImage(*size, QImage.Format.Format_RGB32)
    painted(old, where, partly, everything)
    parts = where.changed(old, new)
    region = everything
    if parts is not None:
        region = QRegion()
        for part in parts:
            region = region.united(part.toAlignedRect())
    if not region.isEmpty():
        painted(new, where, partly, region)
    whole = QImage(*size, QImage.Format.Format_RGB32)
    painted(new, where, whole, everything)
    # The glow may come out a shade of 255 otherwise where less of it is filled at once.
    assert most_different(partly, whole) <= 2


def most_different(one: QImage, other: QImage) -> int:
    """By how much the most different pixel differs, in any of its colours."""
    painter = QPainter(one)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    plain = one.convertToFormat(QImage.Format.Format_RGB888)
    return max(bytes(plain.constBits()))


def test_a_second_paints_little(qapp: QApplication) -> None:
    """From 8:58 to 8:57 one digit changes, and nothing else is painted."""
    where = layout(1600, 900)
    parts = where.changed(PICTURE, replace(PICTURE, ring=replace(PICTURE.ring, digits="8:57")))
    assert parts is not None
    assert len(parts) == 1
    assert parts[0].width() * parts[0].height() < 0.15 * 1600 * 900
    assert where.changed(PICTURE, replace(PICTURE, line=201)) == [where.line_area]
