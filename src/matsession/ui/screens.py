"""Which screen the mat view opens on."""

from collections.abc import Sequence

from PySide6.QtGui import QScreen

from matsession.app import texts


def chosen_screen(name: str, screens: Sequence[QScreen], otherwise: QScreen) -> QScreen:
    """The screen of this name; where none is named, or it is not connected, another one."""
    return next((screen for screen in screens if name and screen.name() == name), otherwise)


def next_screen(now: QScreen, screens: Sequence[QScreen]) -> QScreen:
    """The one after ``now``, and after the last one the first."""
    return screens[(screens.index(now) + 1) % len(screens)] if now in screens else screens[0]


def screen_words(screen: QScreen) -> str:
    """What a person knows it by."""
    size = screen.geometry().size() * screen.devicePixelRatio()
    return texts.tr("{screen}, {width} × {height}").format(
        screen=screen.name(), width=size.width(), height=size.height()
    )
