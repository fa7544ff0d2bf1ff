"""Notices over the bus: what is asked and sent, and that nothing that comes back is trusted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from hypothesis import given
from hypothesis import strategies as st
from jeepney import DBusAddress, HeaderFields, Message, new_signal

from matsession.app.ports import Notice, NoticeAnswer
from matsession.desktop.notifications import DesktopNotifier, PortalNotifier
from tests.desktop.fake_bus import SERVICE_CONNECTION, FakeBus, owner_changed, turn

pytestmark = pytest.mark.usefixtures("qapp")

NAME = "org.freedesktop.Notifications"
NEXT_CONNECTION = ":1.99"
"""Of the service after a restart."""
NOTICE = Notice(
    "reminder-1",
    "Time for the mat?",
    "<b>Neck</b> & more, 10 minutes.",
    (
        (NoticeAnswer.START, "Start"),
        (NoticeAnswer.LATER, "In 10 minutes"),
        (NoticeAnswer.NOT_TODAY, "Not today"),
    ),
)


class Service:
    """The desktop's end."""

    def __init__(self, fake: FakeBus) -> None:
        self.fake = fake
        self.seen: list[Message] = []
        self.shown: list[tuple[str, str, bool]] = []
        self.refused: list[str] = []
        self.quiet: list[bool] = []
        """Of each that was refused: whether it must not disturb elsewhere."""
        self.answers: list[tuple[str, str]] = []
        self.properties: dict[str, bool] = {}
        self.capabilities = ["actions", "body", "body-markup"]
        self.number: Any = ("u", (42,))
        self.portal = True
        """Whether there is one."""
        self.stop = False
        """Answer nothing from here on."""

    def serve(self) -> None:
        """Answer all that is asked, as often as something is."""
        while heard := self.fake.heard():
            self.seen += heard
            for call in heard:
                if not self.stop:
                    self._answer(call)
            turn()

    def _answer(self, call: Message) -> None:
        match call.header.fields[HeaderFields.member]:
            case "GetNameOwner":
                self.fake.reply(call, "s", (SERVICE_CONNECTION,))
            case "GetCapabilities":
                self.fake.reply(call, "as", (self.capabilities,))
            case "Get":
                name = call.body[1]
                if name in self.properties:
                    self.fake.reply(call, "v", (("b", self.properties[name]),))
                else:
                    self.fake.refuse(call, "org.freedesktop.DBus.Error.InvalidArgs", "no")
            case "Notify":
                self.fake.reply(call, *self.number)
            case "AddNotification" if self.portal:
                self.fake.reply(call)
            case "AddNotification":
                self.fake.refuse(call, "org.freedesktop.DBus.Error.ServiceUnknown", "nobody")
            case _:
                pass

    def sent(self, member: str) -> list[Message]:
        """The calls of this name."""
        return [call for call in self.seen if call.header.fields[HeaderFields.member] == member]

    def say(self, member: str, signature: str, body: tuple[Any, ...], face: str = NAME) -> None:
        """A signal of the service."""
        path = "/" + NAME.replace(".", "/") if face == NAME else "/org/freedesktop/portal/desktop"
        self.fake.say(new_signal(DBusAddress(path, interface=face), member, signature, body))
        self.serve()

    def restart(self) -> None:
        """The service ends, and another takes its name; its connection has another name."""
        for owner in ("", NEXT_CONNECTION):
            self.fake.say(owner_changed(NAME, owner), sender="org.freedesktop.DBus")
            self.serve()

    def hear(self, notifier: DesktopNotifier | PortalNotifier) -> None:
        """Write down what the notifier tells."""
        notifier.shown.connect(lambda *told: self.shown.append(told))
        notifier.refused.connect(self._on_notifier_refused)
        notifier.answered.connect(lambda *told: self.answers.append(told))

    def _on_notifier_refused(self, notice_id: str, quiet: bool) -> None:
        self.refused.append(notice_id)
        self.quiet.append(quiet)


@pytest.fixture
def service() -> Iterator[Service]:
    """A bus with a desktop on it."""
    fake = FakeBus()
    yield Service(fake)
    fake.close()


def desktop(service: Service) -> DesktopNotifier:
    """Our end of it."""
    notifier = DesktopNotifier(service.fake.bus, Path("/icons/matsession.png"))
    service.hear(notifier)
    service.serve()
    return notifier


def show(service: Service) -> DesktopNotifier:
    """With a notice upon it."""
    notifier = desktop(service)
    notifier.show(NOTICE)
    service.serve()
    return notifier


def test_it_is_shown_with_its_buttons(service: Service) -> None:
    """In their order, with a way to open the program; marks in the text are no markup."""
    show(service)
    [call] = service.sent("Notify")
    program, former, icon, title, body, actions, hints, timeout = call.body
    assert (program, former, icon, title) == ("MatSession", 0, "file:///icons/matsession.png", NOTICE.title)
    assert body == "&lt;b&gt;Neck&lt;/b&gt; &amp; more, 10 minutes."
    assert actions == [
        *("default", "Open MatSession", "start", "Start"),
        *("later", "In 10 minutes", "not_today", "Not today"),
    ]
    assert hints["desktop-entry"] == ("s", "matsession")
    assert hints["urgency"] == ("y", 1)
    assert timeout == 0
    assert service.shown == [("reminder-1", "desktop", True)]


def test_without_markup_the_text_is_as_it_is(service: Service) -> None:
    """The service would show the escapes."""
    service.capabilities = ["actions"]
    show(service)
    assert service.sent("Notify")[0].body[4] == NOTICE.body


def test_a_service_without_buttons_is_of_no_use(service: Service) -> None:
    """Refused, and nothing shown."""
    service.capabilities = ["body"]
    show(service)
    assert (service.refused, service.shown, service.sent("Notify")) == (["reminder-1"], [], [])


@pytest.mark.parametrize("number", [("u", (0,)), ("s", ("42",)), ("b", (True,)), ("as", ([],)), (None, ())])
def test_an_answer_that_is_no_number_is_refused(service: Service, number: Any) -> None:
    """Whatever the service says."""
    service.number = number
    show(service)
    assert (service.refused, service.shown) == (["reminder-1"], [])


def test_no_service_is_refused(service: Service) -> None:
    """Nobody has that name."""
    service.stop = True
    notifier = desktop(service)
    notifier.show(NOTICE)
    [call] = [
        each for each in service.fake.heard() if each.header.fields[HeaderFields.member] == "GetCapabilities"
    ]
    service.fake.refuse(call, "org.freedesktop.DBus.Error.ServiceUnknown", "nobody")
    assert service.refused == ["reminder-1"]


@pytest.mark.expects_log("lost the fake bus")
def test_a_bus_that_dies_is_refused(service: Service) -> None:
    """Shown elsewhere then."""
    notifier = desktop(service)
    service.fake.hang_up()
    notifier.show(NOTICE)
    turn()
    assert service.refused == ["reminder-1"]


@pytest.mark.parametrize("name", ["Inhibited", "paused"])
def test_do_not_disturb_is_respected(service: Service, name: str) -> None:
    """Handed over without pushing, and without a sound of ours."""
    service.properties = {name: True}
    show(service)
    assert service.sent("Notify")[0].body[6]["urgency"] == ("y", 0)
    assert service.shown == [("reminder-1", "desktop", False)]


@pytest.mark.parametrize("name", ["Inhibited", "paused", ""])
@pytest.mark.parametrize("broken", [False, True])
def test_do_not_disturb_is_told_with_what_is_refused(service: Service, name: str, broken: bool) -> None:
    """A service that has no buttons, or fails, said so all the same; our own window keeps to it."""
    if broken:
        service.number = (None, ())
    else:
        service.capabilities = ["body"]
    service.properties = {name: True}
    show(service)
    assert (service.refused, service.quiet) == (["reminder-1"], [bool(name)])


@pytest.mark.parametrize(
    ("key", "answer"),
    [("start", "start"), ("later", "later"), ("not_today", "not_today"), ("default", "open")],
)
def test_a_button_is_told_and_the_notice_is_closed(service: Service, key: str, answer: str) -> None:
    """By ourselves: not every service does it. A second press counts no more."""
    show(service)
    service.say("ActionInvoked", "us", (42, key))
    service.say("ActionInvoked", "us", (42, key))
    assert service.answers == [("reminder-1", answer)]
    assert [call.body for call in service.sent("CloseNotification")] == [(42,)]


def test_put_away_is_told(service: Service) -> None:
    """Once; our own closing is not."""
    show(service)
    service.say("NotificationClosed", "uu", (42, 2))
    service.say("ActionInvoked", "us", (42, "start"))
    assert service.answers == [("reminder-1", "closed")]


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("us", (43, "start")),
        ("us", (42, "leave")),
        ("us", (42, "")),
        ("ss", ("42", "start")),
        ("bs", (True, "start")),
        ("uu", (42, 7)),
        ("u", (42,)),
        ("as", (["start"],)),
        ("xs", (-(2**40), "start")),
        ("ds", (42.5, "start")),
    ],
)
def test_what_makes_no_sense_is_nothing(service: Service, signature: str, body: tuple[Any, ...]) -> None:
    """Other numbers, other types, buttons that are not there."""
    show(service)
    service.say("ActionInvoked", signature, body)
    service.say(
        "NotificationClosed",
        "ss" if signature == "us" else signature,
        ("42", "2") if signature == "us" else body,
    )
    assert all(answer == ("reminder-1", "closed") for answer in service.answers)
    assert ("reminder-1", "start") not in service.answers


def test_another_program_on_the_bus_cannot_press(service: Service) -> None:
    """The signal has to come from the service itself."""
    show(service)
    signal = new_signal(
        DBusAddress("/org/freedesktop/Notifications", interface=NAME), "ActionInvoked", "us", (42, "start")
    )
    service.fake.say(signal, sender=":1.666")
    assert service.answers == []


def test_withdrawn_before_it_was_shown(service: Service) -> None:
    """Then it never is."""
    notifier = desktop(service)
    notifier.show(NOTICE)
    notifier.withdraw(NOTICE.id)
    service.serve()
    assert (service.shown, service.sent("Notify")) == ([], [])


def test_withdrawn_and_closed(service: Service) -> None:
    """Closed at the service, and no answer told."""
    notifier = show(service)
    notifier.close()
    service.serve()
    assert [call.body for call in service.sent("CloseNotification")] == [(42,)]
    assert service.answers == []


def test_shown_again_it_takes_its_own_place(service: Service) -> None:
    """The service is given the former number."""
    notifier = show(service)
    notifier.show(NOTICE)
    service.serve()
    assert [call.body[1] for call in service.sent("Notify")] == [0, 42]


def test_another_service_does_not_press_by_the_number_of_the_former(service: Service) -> None:
    """It counts from one again: what it says of our old number is about another program's notice."""
    show(service)
    service.number = ("u", (7,))
    service.restart()
    pressed = new_signal(
        DBusAddress("/org/freedesktop/Notifications", interface=NAME), "ActionInvoked", "us", (42, "start")
    )
    service.fake.say(pressed, sender=NEXT_CONNECTION)
    service.serve()
    assert service.answers == []
    assert service.sent("CloseNotification") == []


def test_another_service_shows_what_the_former_showed(service: Service) -> None:
    """As a new one, told of once, and its button answers."""
    show(service)
    service.number = ("u", (7,))
    service.restart()
    assert [call.body[1] for call in service.sent("Notify")] == [0, 0]
    assert service.shown == [("reminder-1", "desktop", True)]
    pressed = new_signal(
        DBusAddress("/org/freedesktop/Notifications", interface=NAME), "ActionInvoked", "us", (7, "start")
    )
    service.fake.say(pressed, sender=NEXT_CONNECTION)
    service.serve()
    assert service.answers == [("reminder-1", "start")]
    assert [call.body for call in service.sent("CloseNotification")] == [(7,)]


def test_another_service_without_buttons_refuses_what_the_former_showed(service: Service) -> None:
    """The next way to show it takes over."""
    show(service)
    service.capabilities = ["body"]
    service.restart()
    assert service.refused == ["reminder-1"]


def test_what_is_withdrawn_between_two_services_stays_away(service: Service) -> None:
    """The next service hears nothing of it."""
    notifier = show(service)
    service.fake.say(owner_changed(NAME, ""), sender="org.freedesktop.DBus")
    notifier.withdraw(NOTICE.id)
    service.fake.say(owner_changed(NAME, NEXT_CONNECTION), sender="org.freedesktop.DBus")
    service.serve()
    assert len(service.sent("Notify")) == 1


@given(
    st.lists(
        st.tuples(st.integers(0, 2**32 - 1), st.text(max_size=10).filter(lambda key: "\0" not in key)),
        max_size=20,
    )
)
def test_random_signals_do_nothing(said: list[tuple[int, str]]) -> None:
    """Unless they happen to be ours."""
    fake = FakeBus()
    service = Service(fake)
    try:
        show(service)
        for number, key in said:
            if number != 42:
                service.say("ActionInvoked", "us", (number, key))
        assert service.answers == []
    finally:
        fake.close()


# -- in a sandbox ------------------------------------------------------------------------------------------

PORTAL = "org.freedesktop.portal.Notification"


def portal(service: Service) -> PortalNotifier:
    """Our end of the portal, with a notice upon it."""
    notifier = PortalNotifier(service.fake.bus)
    service.hear(notifier)
    service.serve()
    notifier.show(NOTICE)
    service.serve()
    return notifier


def test_the_portal_shows_it(service: Service) -> None:
    """By our own name, with its buttons."""
    portal(service)
    [call] = service.sent("AddNotification")
    name, values = call.body
    assert name == "reminder-1"
    assert values["title"] == ("s", NOTICE.title)
    kind, buttons = values["buttons"]
    assert kind == "aa{sv}"
    assert buttons[1] == {"label": ("s", "In 10 minutes"), "action": ("s", "later")}
    assert service.shown == [("reminder-1", "desktop", True)]


def test_the_portal_tells_the_button(service: Service) -> None:
    """Once; other names and buttons are nothing."""
    portal(service)
    for name, key in (("other", "start"), ("reminder-1", "nonsense")):
        service.say("ActionInvoked", "ssav", (name, key, []), PORTAL)
    assert service.answers == []
    service.say("ActionInvoked", "ssav", ("reminder-1", "start", []), PORTAL)
    service.say("ActionInvoked", "ssav", ("reminder-1", "start", []), PORTAL)
    assert service.answers == [("reminder-1", "start")]
    assert [call.body for call in service.sent("RemoveNotification")] == [("reminder-1",)]


def test_the_portal_may_refuse(service: Service) -> None:
    """There is none."""
    service.portal = False
    portal(service)
    assert (service.refused, service.quiet) == (["reminder-1"], [False])


@pytest.mark.parametrize("name", ["Inhibited", "paused"])
@pytest.mark.parametrize("there", [True, False])
def test_do_not_disturb_is_respected_in_a_sandbox(service: Service, name: str, there: bool) -> None:
    """The portal does not tell: the desktop's own service does. Where it is refused that is told on."""
    service.properties, service.portal = {name: True}, there
    portal(service)
    [call] = service.sent("AddNotification")
    assert call.body[1]["priority"] == ("s", "low")
    assert service.shown == ([("reminder-1", "desktop", False)] if there else [])
    assert service.quiet == ([] if there else [True])


def test_withdrawn_while_the_portal_is_not_asked_yet(service: Service) -> None:
    """Then it never is."""
    notifier = PortalNotifier(service.fake.bus)
    service.hear(notifier)
    notifier.show(NOTICE)
    notifier.withdraw(NOTICE.id)
    service.serve()
    assert (service.shown, service.sent("AddNotification")) == ([], [])


def test_a_slow_portal_does_not_show_it_beside_the_next_way(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken back when its time is over, for the portal may show it yet."""
    monkeypatch.setattr("matsession.desktop.notifications.ANSWER_S", 0.0)
    service.stop = True
    portal(service)
    assert service.refused == ["reminder-1"]
    told = [call.header.fields[HeaderFields.member] for call in service.seen]
    assert told[-2:] == ["AddNotification", "RemoveNotification"]
    assert service.sent("RemoveNotification")[0].body == ("reminder-1",)


def test_the_portal_takes_it_away(service: Service) -> None:
    """When it is needless, and at the end."""
    notifier = portal(service)
    notifier.close()
    service.serve()
    assert [call.body for call in service.sent("RemoveNotification")] == [("reminder-1",)]
