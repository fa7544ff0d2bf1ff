"""What the tray says of reminders."""

from pathlib import Path

import pytest

from matsession.app.ports import NoticeAnswer
from matsession.app.reminder_parts import ReminderParts
from matsession.app.tray_presence import TrayPresence
from matsession.ui.tray import Tray
from matsession.ui.tray_reminders import TrayReminders
from tests.app.reminding import RemindingWorld, evening

pytestmark = pytest.mark.usefixtures("qapp")


class Desk:
    """A tray on a world in which reminders come."""

    def __init__(self, folder: Path) -> None:
        self.world = world = RemindingWorld(folder)
        self.tray = Tray(world.runner, world.presets, world.preferences, TrayPresence())
        parts = ReminderParts(world.book, world.scheduler, world.notices)
        self.joined = TrayReminders(self.tray, parts)
        world.scheduler.begin()

    def offered(self) -> list[str]:
        """The words of the menu, from top to bottom."""
        self.tray.menu.aboutToShow.emit()
        return [each.text() for each in self.tray.menu.actions() if each.isVisible() and each.text()]

    def be_quiet(self) -> None:
        """Choose it."""
        [quiet] = [each for each in self.tray.menu.actions() if each.text() == "Quiet until tomorrow"]
        quiet.trigger()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Noon in Berlin."""
    return Desk(tmp_path)


def test_without_reminders_nothing_is_said_of_them(desk: Desk) -> None:
    """No line, and nothing to be quiet about; one that is off is none."""
    assert desk.offered()[0].startswith("Start ")
    assert "Quiet until tomorrow" not in desk.offered()
    desk.world.book.put(evening(on=False))
    assert "Quiet until tomorrow" not in desk.offered()


def test_the_next_one_is_told_and_can_be_called_off(desk: Desk) -> None:
    """Until tomorrow; tomorrow there is something to be quiet about again."""
    desk.world.book.put(evening())
    assert desk.offered()[0].startswith("Next reminder: today, ")
    desk.be_quiet()
    assert desk.world.scheduler.quiet_today
    assert desk.offered()[0].startswith("Next reminder: tomorrow, ")
    assert "Quiet until tomorrow" not in desk.offered()
    desk.world.wait_until(12, day=27)
    assert "Quiet until tomorrow" in desk.offered()
    assert desk.world.due == []


def test_one_that_waits_is_a_dot_on_the_icon(desk: Desk) -> None:
    """From the notice to its answer."""
    desk.world.book.put(evening())
    desk.world.wait_until(21)
    assert desk.world.due == ["1"]
    assert desk.tray.state.due
    desk.world.notifier.answer(NoticeAnswer.NOT_TODAY)
    assert not desk.tray.state.due
