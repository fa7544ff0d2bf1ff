"""One button for everything: any of a few keys, or a click anywhere in the window, is that button."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent

from matsession.app.one_button_control import OneButtonControl
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.ui.window_filter import WindowFilter

ONE_BUTTON_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_F5,
        Qt.Key.Key_Period,
        Qt.Key.Key_B,
    }
)
"""What a person finds with closed eyes, and what cheap presenters send. Escape is not among them."""

_OTHER_MEANING: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_CLICKS: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

_MOUSE: Final = -1
"""Stands for any mouse button beside the numbers of keys."""

_UP_AFTER_MS: Final = 15
"""Where repeats look real, a key counts as up when nothing has come of the same moment for so long."""


def repeats_look_real() -> bool:
    """Whether a held key may come as if a hand pressed it again and again.

    Under X11 each repeat is an up and a down of the same moment; Qt knows them as such only if the second has
    arrived when it handles the first (tried on Xvfb: mostly it has not).
    """
    return QGuiApplication.platformName() == "xcb"


class OneButtonFilter(WindowFilter):
    """Hands presses and releases to the control while that is wished and a session is under way.

    A click counts wherever it falls, on a button too: who has closed eyes cannot know what lies below the
    pointer. Tab, plus and the other keys mean what they always mean.
    """

    def __init__(
        self,
        control: OneButtonControl,
        runner: SessionRunner,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        always: bool = False,
    ) -> None:
        """Nothing is watched before ``watch``. ``always``: whether the person switched it on or not."""
        super().__init__(parent)
        self._always = always
        self._control = control
        self._runner = runner
        self._preferences = preferences
        self._down: set[int] = set()
        """What was pressed here and has not been released; its release belongs to us, come what may."""
        self._going_up: tuple[int, int] | None = None
        """A key, and the moment at which it went up unless it is held."""
        self._up = QTimer(self, singleShot=True, interval=_UP_AFTER_MS, timerType=Qt.TimerType.PreciseTimer)
        self._up.timeout.connect(self._on_up_timeout)

    def sees(self, event: QEvent) -> bool:
        """Keep what is the one button, let all else through."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._key(event)
        if kind in _CLICKS:
            return self._press(_MOUSE)
        if kind == QEvent.Type.MouseButtonRelease:
            return self._release(_MOUSE)
        return False

    def window_left(self) -> None:
        """A key may go up without our hearing of it."""
        self._on_up_timeout()
        if self._down:
            self._down.clear()
            self._control.lose_focus()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.isAutoRepeat():
            return key in self._down  # the end of a hold must not become a press on the next page
        if event.type() == QEvent.Type.KeyRelease:
            return self._key_up(key, event.timestamp())
        if self._going_up == (key, event.timestamp()):
            self._going_up = None  # it was never up
            self._up.stop()
            return True
        self._on_up_timeout()
        if key not in ONE_BUTTON_KEYS or event.modifiers() & _OTHER_MEANING:
            return False
        return self._press(key)

    def _key_up(self, key: int, at_ms: int) -> bool:
        self._on_up_timeout()
        if key not in self._down or not repeats_look_real():
            return self._release(key)
        self._going_up = (key, at_ms)
        self._up.start()
        return True

    def _press(self, what: int) -> bool:
        wished = self._always or self._preferences.settings.one_button
        if not (wished and self._runner.active):
            return False
        self._down.add(what)
        self._control.press()
        return True

    def _release(self, what: int) -> bool:
        if what not in self._down:
            return False
        self._down.remove(what)
        self._control.release()
        return True

    @Slot()
    def _on_up_timeout(self) -> None:
        """The key is up indeed."""
        self._up.stop()
        going_up, self._going_up = self._going_up, None
        if going_up is not None:
            self._release(going_up[0])
