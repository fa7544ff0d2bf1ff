"""Notices on Windows and macOS, by desktop-notifier.

Written by its source and by what its classes do on Linux; not tried on Windows or macOS, which nobody of us
has had at hand. What it cannot do, or does not do in time, is refused, and our own small window shows the
notice: where it is not installed, where the system has no buttons, where the person has forbidden notices,
and on macOS where the program is not a signed bundle.

The library calls back in threads of the system's. Everything is handed to Qt's thread before it is looked at,
and garbage is collected in that thread alone (``main.build``).
"""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from matsession.app.notice_signals import NoticeSignals
from matsession.app.ports import Notice, NoticeAnswer, NoticePlace
from matsession.desktop.qt_asyncio import QtAsyncio

log = logging.getLogger(__name__)

ANSWER_S: Final = 3.0
"""How long the system may take. macOS may be asking for permission: it counts from the next one on."""


def desktop_notifier() -> Any:
    """The library, imported when the first notice is due. Raises ImportError."""
    import desktop_notifier as library

    return library


def may_sound_now() -> bool:
    """Whether Windows takes notices at present: not in a presentation, a game or a film in full screen.

    Its focus modes, and those of macOS, hold notices back and tell no program; a chime of ours cannot know.
    """
    if sys.platform == "win32":
        import ctypes

        state = ctypes.c_int(0)
        with suppress(OSError, AttributeError):
            if ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state)) == 0:
                return state.value in (5, 7)  # QUNS_ACCEPTS_NOTIFICATIONS, QUNS_APP
    return True


class SystemNotifier(NoticeSignals):
    """Implements ``app.ports.Notifier`` by the notification centre of the system."""

    def __init__(
        self,
        icon: Path,
        library: Callable[[], Any] = desktop_notifier,
        may_sound: Callable[[], bool] = may_sound_now,
        parent: QObject | None = None,
    ) -> None:
        """``icon`` is ours; the others are replaced in tests."""
        super().__init__(parent)
        self._icon = icon
        self._library_made = library
        self._may_sound = may_sound
        self._library: Any = None
        self._center: Any = None
        self._loop: QtAsyncio | None = None
        self._wanted: dict[str, Notice] = {}
        """Those that are on their way or shown."""
        self._on_way: dict[str, Notice] = {}
        self._patience = QTimer(self, singleShot=True, interval=round(ANSWER_S * 1000))
        self._patience.timeout.connect(self._on_patience_timeout)

    def show(self, notice: Notice) -> None:
        """Ask what the system can do and whether it lets us; then show it."""
        self._wanted[notice.id] = self._on_way[notice.id] = notice
        self._patience.start()
        if self._loop is None:
            self._loop = QtAsyncio()
        self._loop.start(self._show(notice))

    def withdraw(self, notice_id: str) -> None:
        """Take it away, or do not show it."""
        self._on_way.pop(notice_id, None)
        if self._wanted.pop(notice_id, None) is not None:
            self._clear(notice_id)

    def close(self) -> None:
        """Take all away: a notice that nobody hears any more has buttons that do nothing."""
        for notice_id in list(self._wanted):
            self.withdraw(notice_id)
        self._patience.stop()
        if self._loop is not None:
            self._loop.close()
            self._loop = None
        if self._center is not None:
            self._center.on_clicked = self._center.on_dismissed = self._center.on_button_pressed = None
            self._center = None

    # -- showing -----------------------------------------------------------------------------------------

    async def _show(self, notice: Notice) -> None:
        try:
            center = self._center_made()
            if self._library.Capability.BUTTONS not in await center.get_capabilities():
                self._refuse(notice, "no buttons here")
                return
            # Not has_authorisation: 6.2 fails in it on macOS. The person is asked once, by the system.
            if not await center.request_authorisation():
                self._refuse(notice, "not allowed to")
                return
            if not self._is_wanted(notice):
                return
            sent: list[None] = []
            await center.send_notification(self._native(notice, partial(sent.append, None)))
            if not sent:
                self._refuse(notice, "it was not sent")  # the library has logged why
            elif self._is_wanted(notice):
                del self._on_way[notice.id]
                may_sound = not notice.gentle and not notice.quiet and self._may_sound()
                self.shown.emit(notice.id, str(NoticePlace.DESKTOP), may_sound)
            elif notice.id not in self._wanted:
                await center.clear(notice.id)  # withdrawn meanwhile
        except Exception as error:  # noqa: BLE001  whatever comes to a library's or a system's mind
            self._refuse(notice, repr(error))

    def _center_made(self) -> Any:
        if self._center is None:
            self._library = self._library_made()
            icon = self._library.Icon(path=self._icon)
            self._center = self._library.DesktopNotifier(app_name="MatSession", app_icon=icon)
            self._center.on_clicked = self._on_center_clicked
            self._center.on_dismissed = self._on_center_dismissed
            self._center.on_button_pressed = self._on_center_button_pressed
        return self._center

    def _native(self, notice: Notice, on_dispatched: Callable[[], None]) -> Any:
        library = self._library
        # A button is told by its answer: on macOS buttons with the same words are the same for ever.
        buttons = tuple(
            library.Button(title=words, identifier=str(answer)) for answer, words in notice.buttons
        )
        return library.Notification(
            title=notice.title,
            message=notice.body,
            urgency=library.Urgency.Low if notice.gentle else library.Urgency.Normal,
            buttons=buttons,
            identifier=notice.id,
            on_dispatched=on_dispatched,
            sound=None,  # whether anything sounds is the person's choice, and it is our own chime then
        )

    def _is_wanted(self, notice: Notice) -> bool:
        """Whether it is on its way still: not withdrawn, not shown with other words, not given up."""
        return self._on_way.get(notice.id) is notice

    def _refuse(self, notice: Notice, why: str) -> None:
        if self._is_wanted(notice):
            del self._on_way[notice.id], self._wanted[notice.id]
            log.info("the system does not show a notice: %s", why)
            self.refused.emit(notice.id, notice.quiet or not self._may_sound())

    @Slot()
    def _on_patience_timeout(self) -> None:
        for notice in list(self._on_way.values()):
            self._refuse(notice, "it takes too long")

    def _clear(self, notice_id: str) -> None:
        if self._loop is not None and self._center is not None:
            self._loop.start(self._clear_there(notice_id))

    async def _clear_there(self, notice_id: str) -> None:
        try:
            if self._center is not None:
                await self._center.clear(notice_id)
        except Exception as error:  # noqa: BLE001  it may be gone by itself
            log.info("a notice could not be taken away: %r", error)

    # -- hearing: in any thread, up to the loop ------------------------------------------------------------

    def _on_center_clicked(self, notice_id: str) -> None:
        self._hand_over(notice_id, str(NoticeAnswer.OPEN))

    def _on_center_dismissed(self, notice_id: str) -> None:
        self._hand_over(notice_id, str(NoticeAnswer.CLOSED))

    def _on_center_button_pressed(self, notice_id: str, button: str) -> None:
        self._hand_over(notice_id, button)

    def _hand_over(self, notice_id: str, answer: str) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._take, notice_id, answer)

    def _take(self, notice_id: str, answer: str) -> None:
        notice = self._wanted.get(notice_id)
        if notice is None:
            return  # of an earlier run of the program, or answered already
        offered = {str(button) for button, _ in notice.buttons} | {NoticeAnswer.OPEN, NoticeAnswer.CLOSED}
        if answer not in offered:
            log.info("the system told of a button that is not there: %.60r", answer)
            return
        self._on_way.pop(notice_id, None)
        del self._wanted[notice_id]
        if answer != NoticeAnswer.CLOSED:
            self._clear(notice_id)  # not every system does so by itself
        self.answered.emit(notice_id, answer)
