"""The colours of the mat view: warm and dim, whatever the theme of the window; and its dawn.

With the window's own (theme.py) these are all hex values there are. In the dawn the ground goes from the
night to warm white, and what stands on it from light to dark ink. Between the two there is no grey that could
be told from the ground: so everything has an outline of the night's own colour, which cannot be seen in the
night and carries the shapes while their inside changes.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from PySide6.QtGui import QColor

from matsession.domain.preset_settings import Brightness

DAWN_S: Final = 60.0
"""The dawn fills the last minute."""

RISE_S, BACK_S = 20.0, 6.0
"""The light takes at least so long to come, and to go where a session became longer."""


class MatColours(NamedTuple):
    """One set of colours."""

    ground: str
    glow: str
    """In the middle of the ground."""
    digits: str
    """Digits, title and lit dots."""
    words: str
    """Small text, and the line of the breath."""
    unlit: str
    """Dots to come, and those of a pause."""
    outline: str
    """Around all of it in the dawn."""
    edge: float = 0.0
    """How wide the outline is beside its full width."""


class NoticeColours(NamedTuple):
    """What fills a whole window, and what is written on it."""

    ground: str
    ink: str


NIGHT: Final = MatColours("#080706", "#241C13", "#C2A87F", "#A8936F", "#7A6A53", "#080706")
_DAWN: Final = MatColours("#8A5E36", "#96683E", "#FFF6E6", "#FFF6E6", "#D9C9AE", "#080706")
DAY: Final = MatColours("#FFF1D8", "#FFF1D8", "#1D160D", "#3D3120", "#54462F", "#080706")

HIGH_CONTRAST_NIGHT: Final = MatColours("#000000", "#000000", "#FFFFFF", "#FFFFFF", "#9A9A9A", "#000000")
_HIGH_CONTRAST_DAWN: Final = MatColours("#767676", "#767676", "#FFFFFF", "#FFFFFF", "#C8C8C8", "#000000")
HIGH_CONTRAST_DAY: Final = MatColours("#FFFFFF", "#FFFFFF", "#000000", "#000000", "#595959", "#000000")

DIGITS: Final[Mapping[str, str]] = MappingProxyType(
    {Brightness.BRIGHT: "#F1E2C8", Brightness.MEDIUM: "#C2A87F", Brightness.DIM: "#8C7857"}
)
"""The digits of the night; the dim ones are for large text only."""

_HALF: Final = 0.5
"""At this light the ground has the colour of the dawn itself."""
_LIT_BY, _INK_FROM, _INK_BY = 0.3, 0.42, 0.62
"""What stands on the ground grows light until the first of these, and is ink at the last."""
_BARE_FROM, _BARE_BY = 0.72, 0.9
"""Between these the outline goes as well."""


def dawn(left_s: float) -> float:
    """How far the day has come with ``left_s`` to go: 0 is the night, 1 the day; gently at both ends."""
    share = min(1.0, max(0.0, 1.0 - left_s / DAWN_S))
    return share * share * (3 - 2 * share)


def follow(light: float, wanted: float, passed_s: float) -> float:
    """The light after ``passed_s``, on its way to what is wanted; it never jumps."""
    passed_s = max(0.0, passed_s)
    return light + min(passed_s / RISE_S, max(-passed_s / BACK_S, wanted - light))


def mat_colours(
    brightness: str = Brightness.MEDIUM, light: float = 0.0, *, high_contrast: bool = False
) -> MatColours:
    """The colours at this much light, from 0 (night) to 1 (day)."""
    night = HIGH_CONTRAST_NIGHT if high_contrast else NIGHT._replace(digits=DIGITS[brightness])
    if light <= 0:
        return night
    dawn = _HIGH_CONTRAST_DAWN if high_contrast else _DAWN
    day = HIGH_CONTRAST_DAY if high_contrast else DAY

    def ground(one: str, half: str, other: str) -> str:
        if light < _HALF:
            return _mixed(one, half, light / _HALF)
        return _mixed(half, other, (light - _HALF) / (1 - _HALF))

    def ink(one: str, half: str, other: str) -> str:
        if light < _INK_FROM:
            return _mixed(one, half, light / _LIT_BY)
        return _mixed(half, other, (light - _INK_FROM) / (_INK_BY - _INK_FROM))

    return MatColours(
        ground=ground(night.ground, dawn.ground, day.ground),
        glow=ground(night.glow, dawn.glow, day.glow),
        digits=ink(night.digits, dawn.digits, day.digits),
        words=ink(night.words, dawn.words, day.words),
        unlit=ink(night.unlit, dawn.unlit, day.unlit),
        outline=night.outline,
        edge=min(1.0, max(0.0, (_BARE_BY - light) / (_BARE_BY - _BARE_FROM))),
    )


def notice_colours(
    brightness: str, *, dawn: bool, high_contrast: bool
) -> tuple[NoticeColours, NoticeColours]:
    """What is written over all of the view, in its two colours, the stronger one first.

    No brighter than what was chosen to lie below; where a dawn was, as bright as that.
    """
    night = mat_colours(brightness, high_contrast=high_contrast)
    quiet = NoticeColours(night.ground, night.digits)
    if dawn:
        day = mat_colours(brightness, 1.0, high_contrast=high_contrast)
        return NoticeColours(day.ground, day.digits), quiet
    return NoticeColours(night.digits, night.ground), quiet


def _mixed(one: str, other: str, share: float) -> str:
    share = min(1.0, max(0.0, share))
    first, second = QColor(one), QColor(other)

    def part(begin: int, end: int) -> int:
        return round(begin + (end - begin) * share)

    return QColor(
        part(first.red(), second.red()),
        part(first.green(), second.green()),
        part(first.blue(), second.blue()),
    ).name()
