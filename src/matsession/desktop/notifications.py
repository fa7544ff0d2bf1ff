"""Notices shown by the desktop: org.freedesktop.Notifications, and the portal inside a sandbox.

The service is asked first whether it shows buttons, and whether it may disturb. One without buttons is no use
for a reminder, and the notice is refused; who shows it instead hears what it said of disturbing.

Nothing that comes over the bus is trusted: a signal counts only if it names a notice and a button of ours, in
the right types (other programs were crashed by servers that sent wrong ones).
"""

import contextlib
import html
import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, MatchRule, Message, message_bus, new_method_call
from PySide6.QtCore import QObject

from matsession.app import texts
from matsession.app.notice_signals import NoticeSignals
from matsession.app.ports import Notice, NoticeAnswer, NoticePlace
from matsession.desktop.dbus import Body, Bus, BusError

log = logging.getLogger(__name__)

_NAME: Final = "org.freedesktop.Notifications"
_SERVICE: Final = DBusAddress("/org/freedesktop/Notifications", bus_name=_NAME, interface=_NAME)
_PORTAL_NAME: Final = "org.freedesktop.portal.Desktop"
_PORTAL_FACE: Final = "org.freedesktop.portal.Notification"
_PORTAL: Final = DBusAddress("/org/freedesktop/portal/desktop", bus_name=_PORTAL_NAME, interface=_PORTAL_FACE)
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

ANSWER_S: Final = 3.0
"""How long the service may take; then the next way to show a notice is tried."""

DO_NOT_DISTURB: Final = (
    (_NAME, "Inhibited"),  # KDE
    ("org.dunstproject.cmd0", "paused"),
)
"""Where a service says that the person does not wish to be disturbed: interface and property.

GNOME's own has no such word on the bus; it holds back banners by itself.
"""

_FOR_EVER: Final = 0
_AS_USUAL: Final = -1
_DEFAULT: Final = "default"
_DISMISSED: Final = 2


def in_sandbox() -> bool:
    """Whether the desktop is reached through the portal only."""
    return Path("/.flatpak-info").exists() or "SNAP_NAME" in os.environ


class _BusNotifier(NoticeSignals):
    """What both have in common."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus

    def _ask_disturb(self, quiet: bool, left: list[tuple[str, str]], then: Callable[[bool], None]) -> None:
        """One property after the other; the first that says so counts, and errors say nothing."""
        if quiet or not left:
            then(quiet)
            return
        (interface, name), rest = left[0], left[1:]
        call = new_method_call(_SERVICE.with_interface(_PROPERTIES), "Get", "ss", (interface, name))
        self._bus.call(
            call,
            lambda body: self._ask_disturb(_is_true(body), rest, then),
            lambda _error: self._ask_disturb(False, rest, then),
            ANSWER_S,
        )


class DesktopNotifier(_BusNotifier):
    """The notification service of the desktop."""

    def __init__(self, bus: Bus, icon: Path | None = None, parent: QObject | None = None) -> None:
        """Talk to it on the session bus; ``icon`` is ours."""
        super().__init__(bus, parent)
        self._icon = icon
        self._wanted: dict[str, Notice] = {}
        """Those that are on their way or shown."""
        self._numbers: dict[int, str] = {}
        """The service's numbers of those that are shown."""
        self._lost: set[str] = set()
        """Those that went with a service that ended; the next one is to show them."""
        owner_rule = MatchRule(
            type="signal",
            sender=message_bus.bus_name,
            interface=message_bus.interface,
            member="NameOwnerChanged",
        )
        owner_rule.add_arg_condition(0, _NAME)
        bus.listen(owner_rule, self._on_owner_changed)
        for member, heard in (
            ("ActionInvoked", self._on_service_action_invoked),
            ("NotificationClosed", self._on_service_notification_closed),
        ):
            rule = MatchRule(
                type="signal", sender=_NAME, path=_SERVICE.object_path, interface=_NAME, member=member
            )
            bus.listen(rule, heard)

    def show(self, notice: Notice) -> None:
        """Ask what the service can do, then whether it may disturb, then show it."""
        self._lost.discard(notice.id)
        self._begin(notice)

    def _begin(self, notice: Notice) -> None:
        self._wanted[notice.id] = notice
        self._bus.call(
            new_method_call(_SERVICE, "GetCapabilities"),
            partial(self._on_capabilities, notice),
            partial(self._on_error, notice, notice.quiet),
            ANSWER_S,
        )

    def withdraw(self, notice_id: str) -> None:
        """Take it away, or do not show it."""
        self._wanted.pop(notice_id, None)
        self._lost.discard(notice_id)
        for number, shown_id in list(self._numbers.items()):
            if shown_id == notice_id:
                del self._numbers[number]
                self._close(number)

    def close(self) -> None:
        """Take all away."""
        for notice_id in list(self._wanted):
            self.withdraw(notice_id)

    # -- showing -----------------------------------------------------------------------------------------

    def _on_capabilities(self, notice: Notice, body: Body) -> None:
        match body:
            case (list(found),):
                can = found
            case _:
                can = []
        self._ask_disturb(notice.quiet, list(DO_NOT_DISTURB), partial(self._on_asked, notice, can))

    def _on_asked(self, notice: Notice, can: list[object], quiet: bool) -> None:
        if "actions" in can:
            self._notify(notice, "body-markup" in can, quiet)
        else:
            self._refuse(notice, "the desktop's notifications have no buttons", quiet=quiet)

    def _notify(self, notice: Notice, markup: bool, quiet: bool) -> None:
        if self._wanted.get(notice.id) is not notice:
            return  # withdrawn, or shown with other words, meanwhile
        actions = [_DEFAULT, texts.tr("Open MatSession")]
        for answer, words in notice.buttons:
            actions += [str(answer), words]
        hints: dict[str, tuple[str, Any]] = {
            "desktop-entry": ("s", "matsession"),
            "category": ("s", "x-matsession.reminder"),
            "urgency": ("y", 0 if notice.gentle or quiet else 1),
            # Whether anything sounds is the person's choice, and it is our own chime then.
            "suppress-sound": ("b", True),
        }
        told = html.escape(notice.body, quote=False) if markup else notice.body
        former = next((number for number, each in self._numbers.items() if each == notice.id), 0)
        icon = self._icon.as_uri() if self._icon is not None else "matsession"
        body = (
            "MatSession",
            former,
            icon,
            notice.title,
            told,
            actions,
            hints,
            _AS_USUAL if notice.gentle else _FOR_EVER,
        )
        self._bus.call(
            new_method_call(_SERVICE, "Notify", "susssasa{sv}i", body),
            partial(self._on_notified, notice, quiet),
            partial(self._on_error, notice, quiet),
            ANSWER_S,
        )

    def _on_notified(self, notice: Notice, quiet: bool, body: Body) -> None:
        number = _number(body)
        if number is None:
            self._refuse(notice, f"the desktop answered {body!r}", quiet=quiet)
        elif self._wanted.get(notice.id) is not notice:
            self._close(number)
        else:
            self._numbers = {key: each for key, each in self._numbers.items() if each != notice.id}
            self._numbers[number] = notice.id
            if notice.id in self._lost:
                self._lost.discard(notice.id)  # it was told of when the former service showed it
                return
            self.shown.emit(notice.id, str(NoticePlace.DESKTOP), not quiet and not notice.gentle)

    def _on_error(self, notice: Notice, quiet: bool, error: BusError) -> None:
        self._refuse(notice, f"{error.name} {error.text}", quiet=quiet)

    def _refuse(self, notice: Notice, why: str, *, quiet: bool) -> None:
        if self._wanted.get(notice.id) is notice:
            del self._wanted[notice.id]
            self._lost.discard(notice.id)
            log.info("the desktop does not show a notice: %s", why)
            self.refused.emit(notice.id, quiet)

    def _close(self, number: int) -> None:
        self._bus.call(new_method_call(_SERVICE, "CloseNotification", "u", (number,)))

    # -- hearing -----------------------------------------------------------------------------------------

    def _on_owner_changed(self, message: Message) -> None:
        """Another service counts from one again: a number of the former would be somebody else's notice."""
        match message.body:
            case (str(name), str(), str(owner)) if name == _NAME:
                self._lost.update(self._numbers.values())
                self._numbers.clear()
                if owner:
                    for notice_id in sorted(self._lost):
                        self._begin(self._wanted[notice_id])
            case _:
                pass

    def _on_service_action_invoked(self, message: Message) -> None:
        number, key = _number(message.body), message.body[1] if len(message.body) > 1 else None
        notice_id = self._numbers.get(number) if number is not None else None
        if number is None or notice_id is None:
            return  # another program's
        answer = _answer(self._wanted.get(notice_id), key)
        if answer is None:
            log.info("the desktop told of a button that is not there: %.60r", key)
            return
        del self._numbers[number]
        self._wanted.pop(notice_id, None)
        self._close(number)  # not every service does so by itself
        self.answered.emit(notice_id, str(answer))

    def _on_service_notification_closed(self, message: Message) -> None:
        number = _number(message.body)
        notice_id = self._numbers.pop(number, None) if number is not None else None
        if notice_id is None:
            return
        self._wanted.pop(notice_id, None)
        self.answered.emit(notice_id, str(NoticeAnswer.CLOSED))


class PortalNotifier(_BusNotifier):
    """The portal, which shows them for programs in a sandbox. It names notices by our own words."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        """Talk to it on the session bus."""
        super().__init__(bus, parent)
        self._wanted: dict[str, Notice] = {}
        rule = MatchRule(
            type="signal",
            sender=_PORTAL_NAME,
            path=_PORTAL.object_path,
            interface=_PORTAL_FACE,
            member="ActionInvoked",
        )
        bus.listen(rule, self._on_portal_action_invoked)

    def show(self, notice: Notice) -> None:
        """Hand it over; the portal has buttons by its specification.

        It never says whether it may disturb: the desktop's service is asked, where the sandbox reaches it.
        """
        self._wanted[notice.id] = notice
        self._ask_disturb(notice.quiet, list(DO_NOT_DISTURB), partial(self._add, notice))

    def _add(self, notice: Notice, quiet: bool) -> None:
        if self._wanted.get(notice.id) is not notice:
            return  # withdrawn, or shown with other words, meanwhile
        values = {
            "title": ("s", notice.title),
            "body": ("s", notice.body),
            "priority": ("s", "low" if notice.gentle or quiet else "normal"),
            "default-action": ("s", _DEFAULT),
            "buttons": (
                "aa{sv}",
                [{"label": ("s", words), "action": ("s", str(answer))} for answer, words in notice.buttons],
            ),
        }
        self._bus.call(
            new_method_call(_PORTAL, "AddNotification", "sa{sv}", (notice.id, values)),
            partial(self._on_added, notice, quiet),
            partial(self._on_error, notice, quiet),
            ANSWER_S,
        )

    def withdraw(self, notice_id: str) -> None:
        """Take it away."""
        if self._wanted.pop(notice_id, None) is not None:
            self._remove(notice_id)

    def close(self) -> None:
        """Take all away."""
        for notice_id in list(self._wanted):
            self.withdraw(notice_id)

    def _remove(self, notice_id: str) -> None:
        self._bus.call(new_method_call(_PORTAL, "RemoveNotification", "s", (notice_id,)))

    def _on_added(self, notice: Notice, quiet: bool, _body: Body) -> None:
        if self._wanted.get(notice.id) is notice:
            self.shown.emit(notice.id, str(NoticePlace.DESKTOP), not notice.gentle and not quiet)

    def _on_error(self, notice: Notice, quiet: bool, error: BusError) -> None:
        if self._wanted.get(notice.id) is notice:
            del self._wanted[notice.id]
            log.info("the portal does not show a notice: %s %s", error.name, error.text)
            self._remove(notice.id)  # one that is only slow would show it yet, beside the next way's
            self.refused.emit(notice.id, quiet)

    def _on_portal_action_invoked(self, message: Message) -> None:
        match message.body:
            case (str(notice_id), str(key), *_) if notice_id in self._wanted:
                answer = _answer(self._wanted[notice_id], key)
                if answer is not None:
                    del self._wanted[notice_id]
                    self._remove(notice_id)
                    self.answered.emit(notice_id, str(answer))
            case _:
                pass


def _number(body: Body) -> int | None:
    """The service's number of a notice; nothing that only looks like one."""
    match body:
        case (int(number), *_) if number is not True and number is not False and 0 < number < 2**32:
            return number
        case _:
            return None


def _is_true(body: Body) -> bool:
    match body:
        case (("b", True),):
            return True
        case _:
            return False


def _answer(notice: Notice | None, key: object) -> NoticeAnswer | None:
    """The button of this notice that is meant, or None."""
    if notice is None:
        return None
    if key == _DEFAULT:
        return NoticeAnswer.OPEN
    with contextlib.suppress(ValueError):
        answer = NoticeAnswer(str(key))
        if answer in [button for button, _ in notice.buttons]:
            return answer
    return None
