"""Notices on Windows and macOS: what is asked of desktop-notifier, and what becomes of its answers."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread

from matsession.app.notifier_chain import NotifierChain
from matsession.app.ports import Notice, NoticeAnswer
from matsession.desktop.qt_asyncio import QtAsyncio
from matsession.desktop.system_notices import SystemNotifier
from tests.app.reminding import FakeNotifier
from tests.desktop.fake_center import Capability, Library, Urgency, turn
from tests.desktop.other_thread import nothing_collected

pytestmark = pytest.mark.usefixtures("qapp")

NOTICE = Notice(
    "reminder-1",
    "Time for the mat?",
    "Neck, 10 minutes.",
    (
        (NoticeAnswer.START, "Start"),
        (NoticeAnswer.LATER, "In 10 minutes"),
        (NoticeAnswer.NOT_TODAY, "Not today"),
    ),
)


class Heard:
    """A notifier on a made-up system, and what it tells."""

    def __init__(self) -> None:
        self.library = Library()
        self.center = self.library.center
        self.notifier = SystemNotifier(Path("/icons/matsession.png"), lambda: self.library, lambda: True)
        self.shown: list[tuple[str, str, bool]] = []
        self.refused: list[str] = []
        self.answers: list[tuple[str, str]] = []
        self.threads: set[object] = set()
        self.notifier.shown.connect(lambda *told: self.shown.append(told))
        self.notifier.refused.connect(self._on_notifier_refused)
        self.notifier.answered.connect(self._answered)

    def _on_notifier_refused(self, notice_id: str, _quiet: bool) -> None:
        self.refused.append(notice_id)

    def _answered(self, notice_id: str, answer: str) -> None:
        self.answers.append((notice_id, answer))
        self.threads.add(threading.get_ident())

    def show(self, notice: Notice = NOTICE) -> None:
        self.notifier.show(notice)
        turn()


@pytest.fixture
def heard() -> Iterator[Heard]:
    """With everything granted."""
    made = Heard()
    yield made
    made.notifier.close()


def test_it_is_shown_with_its_buttons(heard: Heard) -> None:
    """In their order; it makes no sound of its own."""
    heard.show()
    sent = heard.center.there["reminder-1"]
    assert (sent.title, sent.message, sent.urgency) == (NOTICE.title, NOTICE.body, Urgency.Normal)
    assert [(button.identifier, button.title) for button in sent.buttons] == [
        ("start", "Start"),
        ("later", "In 10 minutes"),
        ("not_today", "Not today"),
    ]
    assert sent.sound is None
    assert heard.shown == [("reminder-1", "desktop", True)]
    assert heard.refused == []


def test_a_gentle_one_does_not_push(heard: Heard) -> None:
    """Neither by its urgency nor by a sound."""
    heard.show(Notice("passed", "It passed", "", NOTICE.buttons[:1], gentle=True))
    assert heard.center.there["passed"].urgency is Urgency.Low
    assert heard.shown == [("passed", "desktop", False)]


def test_no_sound_in_a_presentation(heard: Heard) -> None:
    """The system would hold the notice back, and our chime with it."""
    heard.notifier = SystemNotifier(Path("/i.png"), lambda: heard.library, lambda: False)
    heard.notifier.shown.connect(lambda *told: heard.shown.append(told))
    heard.show()
    assert heard.shown == [("reminder-1", "desktop", False)]


@pytest.mark.parametrize("quiet", [True, False])
def test_a_presentation_holds_for_who_shows_it_instead(heard: Heard, quiet: bool) -> None:
    """Our own window would stand in the picture."""
    heard.center.allowed = False
    heard.notifier = SystemNotifier(Path("/i.png"), lambda: heard.library, lambda: not quiet)
    own = FakeNotifier()
    chain = NotifierChain((heard.notifier, own))
    chain.show(NOTICE)
    turn()
    assert own.shown == [replace(NOTICE, quiet=quiet)]


@pytest.mark.parametrize("answer", ["start", "later", "not_today"])
def test_a_button_is_an_answer(heard: Heard, answer: str) -> None:
    """Pressed in a thread of the system's, told in ours, once; the notice goes."""
    heard.show()
    heard.center.press("reminder-1", answer)
    assert heard.answers == []  # nothing of ours ran in that thread
    turn()
    heard.center.press("reminder-1", answer)
    turn()
    assert heard.answers == [("reminder-1", answer)]
    assert heard.threads == {threading.get_ident()}
    assert heard.center.there == {}


def test_click_and_dismissal(heard: Heard) -> None:
    """The body opens the program; put away is closed."""
    heard.show()
    heard.center.click("reminder-1")
    turn()
    heard.show()
    heard.center.dismiss("reminder-1")
    turn()
    assert heard.answers == [("reminder-1", "open"), ("reminder-1", "closed")]
    assert heard.center.made == 1


@pytest.mark.parametrize(
    ("notice_id", "button"), [("reminder-2", "start"), ("reminder-1", "leave"), ("", "")]
)
def test_nothing_is_trusted(heard: Heard, notice_id: str, button: str) -> None:
    """A notice of an earlier run, a button that is not there."""
    heard.show()
    heard.center.press(notice_id, button)
    turn()
    assert heard.answers == []


def test_withdrawn_when_answered_elsewhere(heard: Heard) -> None:
    """It goes, and answers to it are too late."""
    heard.show()
    heard.notifier.withdraw("reminder-1")
    turn()
    assert heard.center.there == {}
    heard.center.press("reminder-1", "start")
    turn()
    assert heard.answers == []


def test_withdrawn_on_its_way(heard: Heard) -> None:
    """It never comes, or goes at once."""
    heard.notifier.show(NOTICE)
    heard.notifier.withdraw("reminder-1")
    turn()
    assert heard.center.there == {}
    assert heard.shown == []
    assert heard.refused == []


def test_other_words_for_the_same(heard: Heard) -> None:
    """The later ones stand there, told once."""
    heard.notifier.show(NOTICE)
    heard.show(Notice("reminder-1", "Later words", "", NOTICE.buttons))
    assert heard.center.there["reminder-1"].title == "Later words"
    assert len(heard.shown) == 1


def test_our_own_window_where_it_cannot(heard: Heard, subtests: pytest.Subtests) -> None:
    """Not installed, no buttons, not allowed, not sent, a library that fails: the next one shows it."""

    def missing() -> Any:
        raise ImportError("no desktop_notifier")

    def change(of: Heard, what: str) -> None:
        match what:
            case "missing":
                of.notifier = SystemNotifier(Path("/i.png"), missing, lambda: True)
            case "no buttons":
                of.center.capabilities = frozenset({Capability.TITLE})
            case "not allowed":
                of.center.allowed = False
            case "not sent":
                of.center.sends = False
            case _:
                of.center.capabilities = None  # type: ignore[assignment]

    for what in ("missing", "no buttons", "not allowed", "not sent", "broken"):
        with subtests.test(what):
            here = Heard()
            change(here, what)
            own = FakeNotifier()
            chain = NotifierChain((here.notifier, own))
            chain.show(NOTICE)
            turn()
            assert own.shown == [NOTICE]
            assert here.shown == []
            here.notifier.close()


def test_a_person_who_is_being_asked(heard: Heard) -> None:
    """The notice does not wait for the answer; from then on the system shows them."""
    heard.center.allowed = None
    heard.show()
    assert heard.refused == []
    heard.notifier._patience.timeout.emit()
    assert heard.refused == ["reminder-1"]
    heard.center.asked.set_result(True)
    turn()
    assert heard.center.there == {}  # our own window has that one
    heard.show()
    assert heard.shown == [("reminder-1", "desktop", True)]


def test_nothing_is_left_at_the_end(heard: Heard) -> None:
    """A button of a program that has ended would do nothing."""
    heard.show()
    heard.notifier.close()
    assert heard.center.there == {}
    assert heard.center.on_button_pressed is None
    heard.show()  # what is wished afterwards begins anew
    assert "reminder-1" in heard.center.there


def test_the_loop_runs_only_in_its_thread() -> None:
    """However many threads hand over, and in their order."""
    loop = QtAsyncio()
    seen: list[tuple[int, bool]] = []
    here = QThread.currentThread()

    def note(number: int) -> None:
        seen.append((number, QThread.currentThread() is here and asyncio.get_running_loop() is loop))

    def hand_over() -> None:
        for number in range(1000):
            loop.call_soon_threadsafe(note, number)

    threads = [threading.Thread(target=hand_over) for _ in range(4)]
    with nothing_collected():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    turn()
    assert sorted(seen) == sorted((number, True) for number in range(1000) for _ in range(4))
    loop.close()
    loop.call_soon_threadsafe(note, -1)
    turn()
    assert len(seen) == 4000


@pytest.mark.expects_log("a task has failed")
def test_a_task_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """By nobody's doing it would vanish."""
    loop = QtAsyncio()

    async def fail() -> None:
        raise ValueError("so it is")

    loop.start(fail())
    turn()
    loop.close()
    assert "so it is" in caplog.text
