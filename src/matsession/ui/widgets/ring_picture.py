"""What the ring shows at one moment, and how it is drawn. All lengths are in units of the design's 440."""

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from matsession.app import texts
from matsession.domain.session import Phase, SessionView
from matsession.ui.theme import Tokens, em

RING_UNITS: Final = 440
DOTS: Final = 60
_DOT_DISTANCE: Final = 186
_ARC_DISTANCE: Final = 210
_UNLIT: Final = 2.8
_LIT: Final = 6.6
_HOLLOW: Final = 5.6
_GAP_DEG: Final = 2.0
_DIGITS: Final = 0.227
"""Height of the digits as a share of the diameter."""


class RingState(Enum):
    """What kind of picture it is."""

    EMPTY = auto()
    SETTLING = auto()
    RUNNING = auto()
    PAUSED = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class RingPicture:
    """All that can be seen of the ring; two equal pictures look the same to the pixel."""

    state: RingState = RingState.EMPTY
    settling: bool = False
    digits: str = ""
    above: str = ""
    below: str = ""
    lit: int = 0
    growth: float = 0.0
    """How far the dot that grows has come, in steps of half a pixel of its radius."""
    arcs: tuple[tuple[float, float], ...] = ()
    """Begin and end of each step, in degrees clockwise from the top."""
    arc_now: int = -1


def picture_of(view: SessionView, scale: float) -> RingPicture:
    """The picture of ``view`` on a ring of ``scale`` pixels a unit."""
    total_s = view.plan.total_s
    arcs = tuple(
        (360 * planned.start_s / total_s, 360 * planned.end_s / total_s) for planned in view.plan.steps
    )
    if view.in_preparation:
        left_s = math.ceil(view.preparation_left_s - 1e-6)
        paused = view.phase is Phase.PAUSED
        return RingPicture(
            state=RingState.PAUSED if paused else RingState.SETTLING,
            settling=True,
            digits=str(left_s) if left_s < 60 else texts.clock(left_s),
            above=texts.tr("Paused") if paused else texts.tr("Starts in"),
            below=texts.tr("seconds") if left_s < 60 else texts.tr("minutes"),
            lit=math.ceil(DOTS * view.preparation_left_s / max(1.0, view.preparation_s) - 1e-6),
            arcs=arcs,
        )
    if view.phase is Phase.FINISHED:
        return RingPicture(
            state=RingState.DONE,
            digits=texts.clock(0),
            below=texts.tr("Done"),
            lit=DOTS,
            arcs=arcs,
            arc_now=len(arcs),
        )
    lit, growth = divmod(min(DOTS - 1e-9, DOTS * view.elapsed_s / total_s), 1.0)
    steps = max(1, round((_LIT - _UNLIT) * scale * 2))
    paused = view.phase is not Phase.RUNNING
    return RingPicture(
        state=RingState.PAUSED if paused else RingState.RUNNING,
        digits=texts.clock(shown_s(view)),
        above=texts.tr("Open end") if view.plan.waits_for_person else "",
        below=_word(view),
        lit=int(lit),
        growth=math.floor(growth * steps) / steps,
        arcs=arcs,
        arc_now=view.step_index,
    )


def _word(view: SessionView) -> str:
    if view.phase is Phase.PAUSED:
        return texts.tr("Paused")
    if view.breath is not None:
        return texts.breath_word(view.breath.phase)
    return texts.tr("so far") if view.plan.waits_for_person else texts.tr("left")


def shown_s(view: SessionView) -> float:
    """The session time that is told: what is left; of an open-ended session, what has passed."""
    return math.floor(view.elapsed_s + 1e-6) if view.plan.waits_for_person else view.left_s


def draw_ring(painter: QPainter, picture: RingPicture, area: QRectF, font: QFont, colours: Tokens) -> None:
    """Draw ``picture`` into the square ``area``."""
    if picture.state is RingState.EMPTY:
        return
    painter.save()
    painter.translate(area.center())
    scale = area.width() / RING_UNITS
    painter.scale(scale, scale)
    _draw_arcs(painter, picture, colours)
    _draw_dots(painter, picture, colours)
    painter.restore()
    _draw_words(painter, picture, area, font, colours)


def _draw_arcs(painter: QPainter, picture: RingPicture, colours: Tokens) -> None:
    circle = QRectF(-_ARC_DISTANCE, -_ARC_DISTANCE, 2 * _ARC_DISTANCE, 2 * _ARC_DISTANCE)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lit = colours.track if picture.state is RingState.PAUSED else colours.accent
    for index, (begin, end) in enumerate(picture.arcs):
        now = index == picture.arc_now
        reached = index <= picture.arc_now
        pen = QPen(QColor(lit if reached else colours.border), 5.0 if now else 2.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if now else Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        span = max(0.5, end - begin - _GAP_DEG)
        # Qt counts sixteenths of a degree, from three o'clock, the other way round.
        painter.drawArc(circle, round((90 - begin - _GAP_DEG / 2) * 16), -round(span * 16))


def _draw_dots(painter: QPainter, picture: RingPicture, colours: Tokens) -> None:
    track = QColor(colours.track)
    lit = track if picture.state is RingState.PAUSED else QColor(colours.accent)
    for number in range(DOTS):
        # The first dot stands half a step past the top, so that sixty fill the circle evenly.
        angle = 2 * math.pi * (number + 0.5) / DOTS
        centre = QPointF(math.sin(angle), -math.cos(angle)) * _DOT_DISTANCE
        painter.setPen(Qt.PenStyle.NoPen)
        if number < picture.lit and picture.settling:
            painter.setPen(QPen(lit, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, _HOLLOW, _HOLLOW)
            continue
        radius = _UNLIT
        painter.setBrush(track)
        if number < picture.lit:
            radius = _LIT
            painter.setBrush(lit)
        elif number == picture.lit and picture.growth > 0 and not picture.settling:
            radius = _UNLIT + (_LIT - _UNLIT) * picture.growth
            painter.setBrush(lit)
        painter.drawEllipse(centre, radius, radius)


def _draw_words(painter: QPainter, picture: RingPicture, area: QRectF, font: QFont, colours: Tokens) -> None:
    digits = QFont(font)
    digits.setPixelSize(max(1, round(_DIGITS * area.width())))
    digits.setWeight(QFont.Weight.Medium)
    digits.setFeature(QFont.Tag("tnum"), 1)
    metrics = QFontMetricsF(digits)
    cell = max(metrics.horizontalAdvance(digit) for digit in "0123456789")
    colon = metrics.horizontalAdvance(":")
    width = sum(colon if sign == ":" else cell for sign in picture.digits)
    left = area.center().x() - width / 2
    high = metrics.capHeight()
    painter.setFont(digits)
    painter.setPen(QColor(colours.text))
    for sign in picture.digits:
        room = colon if sign == ":" else cell
        shift = (room - metrics.horizontalAdvance(sign)) / 2
        painter.drawText(QPointF(left + shift, area.center().y() + high / 2), sign)
        left += room
    words = QFont(font)
    words.setPixelSize(max(1, min(round(em() * 1.43), round(area.width() * 0.075))))
    words.setWeight(QFont.Weight.DemiBold)
    painter.setFont(words)
    painter.setPen(QColor(colours.text2))
    line = QFontMetricsF(words).height()
    gap = area.width() * 0.045
    across = area.adjusted(area.width() * 0.16, 0, -area.width() * 0.16, 0)
    above = QRectF(across.left(), area.center().y() - high / 2 - gap - line, across.width(), line)
    below = QRectF(across.left(), area.center().y() + high / 2 + gap, across.width(), line)
    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, picture.above)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, picture.below)
