"""What the ring shows at one moment, and how it is drawn. All lengths are in units of the design's 440."""

import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from matsession.app import texts
from matsession.domain.guidance import BreathPhase
from matsession.domain.session import Phase, SessionView
from matsession.ui.breath_pacer import breath_words, fullness_of
from matsession.ui.theme import Tokens, em
from matsession.ui.widgets.digits import Digits

RING_UNITS: Final = 440
DOTS: Final = 60
_DOT_DISTANCE: Final = 186
_ARC_DISTANCE: Final = 210
_UNLIT: Final = 2.8
_LIT: Final = 6.6
_HOLLOW: Final = 5.6
_GAP_DEG: Final = 2.0
_DIGITS: Final = 0.227
"""Height of the digits as a share of the diameter,"""
_WORD_REACH: Final = 118
"""as long as they end within this distance from the middle."""
_DISC_OUT, _DISC_IN = 114, 164
_DISC_LEAST_BREATH: Final = 146
"""However much there is to hold, the disc has so much room to grow from here that it can be followed."""
_WORD_GAP: Final = 0.045
"""Between digits and words, as a share of the diameter."""
_WORDS_WIDE: Final = 0.34
_WORDS_HIGH: Final = 0.28
"""Half of what digits and words have room in, as shares of the diameter."""
_DISC_ROOM: Final = 4
"""Between the digits and the disc where it is smallest, its edge included."""


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
    breath: float | None = None
    """How full the lungs are, in steps of half a pixel of the disc's radius; None without a pacer."""

    def around(self) -> "RingPicture":
        """What ``draw_around`` draws of it."""
        return replace(
            self, digits="", above="", below="", growth=0.0, breath=None if self.breath is None else 0.0
        )

    def moved_only(self, other: "RingPicture") -> bool:
        """Whether nothing but the size of the disc is another."""
        return (
            self.breath is not None
            and other.breath is not None
            and replace(self, breath=other.breath) == other
        )

    @property
    def has_growing_dot(self) -> bool:
        """Whether the dot after those that are lit is on its way."""
        return self.state in (RingState.RUNNING, RingState.PAUSED) and not self.settling and self.lit < DOTS


def picture_of(view: SessionView, scale: float, *, still: bool = False) -> RingPicture:
    """The picture of ``view`` on a ring of ``scale`` pixels a unit; ``still`` if nothing is to move."""
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
        below=_word(view, still=still),
        lit=int(lit),
        growth=math.floor(growth * steps) / steps,
        arcs=arcs,
        arc_now=view.step_index,
        breath=_stepped(fullness_of(view, still=still), scale),
    )


def _stepped(full: float | None, scale: float) -> float | None:
    steps = max(1, round((_DISC_IN - _DISC_OUT) * scale * 2))
    return None if full is None else round(full * steps) / steps


def _word(view: SessionView, *, still: bool) -> str:
    if view.phase is Phase.PAUSED:
        return texts.tr("Paused")
    if view.breath is not None:
        return breath_words(view.breath, still=still)
    return texts.tr("so far") if view.plan.waits_for_person else texts.tr("left")


def shown_s(view: SessionView) -> float:
    """The session time that is told: what is left; of an open-ended session, what has passed."""
    return math.floor(view.elapsed_s + 1e-6) if view.plan.waits_for_person else view.left_s


def draw_ring(painter: QPainter, picture: RingPicture, area: QRectF, font: QFont, colours: Tokens) -> None:
    """Draw ``picture`` into the square ``area``."""
    if picture.state is RingState.EMPTY:
        return
    draw_around(painter, picture, area, colours)
    draw_growing_dot(painter, picture, area, colours)
    inside = Inside(picture, area, font)
    draw_disc(painter, picture, inside, area, colours)
    draw_digits(painter, inside, area.center(), colours)
    draw_words(painter, picture, inside, area, colours)


def draw_around(painter: QPainter, picture: RingPicture, area: QRectF, colours: Tokens) -> None:
    """Draw arcs, dots, and how far the disc goes: what stays the same for as long as a dot takes to grow."""
    painter.save()
    _to_units(painter, area)
    _draw_arcs(painter, picture, colours)
    _draw_dots(painter, picture, colours)
    if picture.breath is not None:
        guide = QPen(QColor(colours.border), 1.5)
        guide.setDashPattern([3, 4])
        painter.setPen(guide)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), _DISC_IN, _DISC_IN)
    painter.restore()


def draw_growing_dot(painter: QPainter, picture: RingPicture, area: QRectF, colours: Tokens) -> None:
    """Draw the one dot that ``draw_around`` leaves out."""
    if not picture.has_growing_dot:
        return
    painter.save()
    _to_units(painter, area)
    painter.setPen(Qt.PenStyle.NoPen)
    lit = colours.track if picture.growth == 0 or picture.state is RingState.PAUSED else colours.accent
    painter.setBrush(QColor(lit))
    radius = _UNLIT + (_LIT - _UNLIT) * picture.growth
    painter.drawEllipse(_dot_centre(picture.lit), radius, radius)
    painter.restore()


def _to_units(painter: QPainter, area: QRectF) -> None:
    painter.translate(area.center())
    painter.scale(area.width() / RING_UNITS, area.width() / RING_UNITS)


class Inside:
    """What stands in the middle, measured: the same for all frames of a breath."""

    def __init__(self, picture: RingPicture, area: QRectF, font: QFont) -> None:
        """Of this picture on this area."""
        self.digits = Digits(picture.digits, digits_font(picture.digits, area, font))
        self.words = _words_font(area, font)
        self.line = QFontMetricsF(self.words).height()
        reach = 0.0
        if picture.breath is not None:
            words = _words_reach(self.words, area.width(), self.digits.high, picture.above)
            reach = max(self.digits.reach(), words)
        self.reach = reach * RING_UNITS / area.width()
        """How far from the middle it ends, in units."""


def disc_area(area: QRectF) -> QRectF:
    """Where in a ring of this ``area`` the disc can be, with its edge."""
    half = (_DISC_IN + 2) * area.width() / RING_UNITS
    return _around_middle(area, half, half)


def words_area(area: QRectF) -> QRectF:
    """Where in it digits and words can be."""
    return _around_middle(area, area.width() * _WORDS_WIDE + 2, area.width() * _WORDS_HIGH + 2)


def growing_dot_area(picture: RingPicture, area: QRectF) -> QRectF:
    """Where in it the dot is that grows."""
    scale = area.width() / RING_UNITS
    centre = area.center() + _dot_centre(picture.lit) * scale
    half = (_LIT + 1) * scale + 1
    return QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)


def _around_middle(area: QRectF, wide: float, high: float) -> QRectF:
    return QRectF(area.center().x() - wide, area.center().y() - high, 2 * wide, 2 * high)


def changed_parts(before: RingPicture, after: RingPicture, area: QRectF) -> list[QRectF] | None:
    """Where the one looks different from the other; None: anywhere."""
    if before.around() != after.around():
        return None
    parts = []
    other_words = (before.digits, before.above, before.below) != (after.digits, after.above, after.below)
    if after.breath is not None and (other_words or before.breath != after.breath):
        parts.append(disc_area(area))  # more words make its smallest size another
    elif other_words:
        parts.append(words_area(area))
    if before.growth != after.growth:
        parts.append(growing_dot_area(after, area))
    return parts


def draw_disc(painter: QPainter, picture: RingPicture, inside: Inside, area: QRectF, colours: Tokens) -> None:
    """Between breathed out and breathed in; where it is smallest it still holds digits and words."""
    if picture.breath is None:
        return
    painter.save()
    _to_units(painter, area)
    smallest = min(max(_DISC_OUT, inside.reach + _DISC_ROOM), _DISC_LEAST_BREATH)
    radius = smallest + (_DISC_IN - smallest) * picture.breath
    painter.setPen(QPen(QColor(colours.accent), 2.0))
    painter.setBrush(QColor(colours.accent_soft))
    painter.drawEllipse(QPointF(), radius - 1, radius - 1)
    painter.restore()


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
        if number == picture.lit and picture.has_growing_dot:
            continue
        centre = _dot_centre(number)
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
        painter.drawEllipse(centre, radius, radius)


def _dot_centre(number: int) -> QPointF:
    # The first dot stands half a step past the top, so that sixty fill the circle evenly.
    angle = 2 * math.pi * (number + 0.5) / DOTS
    return QPointF(math.sin(angle), -math.cos(angle)) * _DOT_DISTANCE


def digits_font(text: str, area: QRectF, font: QFont) -> QFont:
    """Large; smaller where there are so many digits that the disc would have to cross them."""
    digits = QFont(font)
    digits.setPixelSize(max(1, round(_DIGITS * area.width())))
    digits.setWeight(QFont.Weight.Medium)
    most = _WORD_REACH * area.width() / RING_UNITS
    reach = Digits(text, digits).reach()
    if reach > most:
        digits.setPixelSize(max(1, round(digits.pixelSize() * most / reach)))
    return digits


def _words_font(area: QRectF, font: QFont) -> QFont:
    """As large as a panel's title where there is room; in a small ring a caption, if that fits."""
    words = QFont(font)
    width = area.width()
    words.setPixelSize(max(1, round(max(min(em() * 0.86, width * 0.075), min(em() * 1.43, width * 0.05)))))
    words.setWeight(QFont.Weight.DemiBold)
    return words


@lru_cache(maxsize=8)  # the same for all frames of a breath
def _words_reach(words: QFont, diameter: float, digits_high: float, above: str) -> float:
    """How far from the middle the words end: any of them, or the disc would jump from one to the next."""
    metrics = QFontMetricsF(words)
    breath = [texts.breath_word(phase) for phase in BreathPhase]
    width = max(metrics.horizontalAdvance(word) for word in (*breath, above))
    return math.hypot(width / 2, digits_high / 2 + diameter * _WORD_GAP + metrics.ascent())


def draw_digits(painter: QPainter, inside: Inside, middle: QPointF, colours: Tokens) -> None:
    """Draw the time around this middle."""
    digits = inside.digits
    painter.setFont(digits.font)
    painter.setPen(QColor(colours.text))
    for sign, left, room in digits.cells():
        shift = (room - digits.metrics.horizontalAdvance(sign)) / 2
        painter.drawText(QPointF(middle.x() + left + shift, middle.y() + digits.high / 2), sign)


def draw_words(
    painter: QPainter, picture: RingPicture, inside: Inside, area: QRectF, colours: Tokens
) -> None:
    """Draw what stands above and below the time."""
    middle, high = area.center(), inside.digits.high
    painter.setFont(inside.words)
    painter.setPen(QColor(colours.text2 if picture.breath is None else colours.on_soft))
    line = inside.line
    gap = area.width() * _WORD_GAP
    across = area.adjusted(area.width() * 0.16, 0, -area.width() * 0.16, 0)
    above = QRectF(across.left(), middle.y() - high / 2 - gap - line, across.width(), line)
    below = QRectF(across.left(), middle.y() + high / 2 + gap, across.width(), line)
    if picture.above:
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, picture.above)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, picture.below)
