"""The tray's menu and picture, and what closing the window means where there is a tray."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from matsession.domain.errors import MatSessionError
from matsession.domain.programme_course import begun_anew
from matsession.domain.record import RowState
from matsession.domain.reminder import Reminder
from matsession.domain.session import Phase
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.storage.programme_course import CourseFile
from matsession.ui.close_question import CloseQuestion
from matsession.ui.main_window import MainWindow
from matsession.ui.tray import Tray
from matsession.ui.tray_notice import NoTrayNotice, TrayNotice
from matsession.ui.tray_picture import SIZES_PX, TrayState, tray_icon
from matsession.ui.widgets.switch import Switch
from tests.fakes import make_preset
from tests.ui.conftest import World
from tests.ui.finding import button, click, named

Open = Callable[..., MainWindow]


class Desk:
    """A tray on a world, and what it wished for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.wishes: list[object] = []
        self.tray = Tray(world.runner, world.library, world.preferences, world.tray, world.programme)
        for name in ("programme", "open", "mat_view", "quit", "quiet"):
            getattr(self.tray, f"{name}_wished").connect(self._noting(name))
        self.tray.start_wished.connect(self.wishes.append)

    def _noting(self, name: str) -> Callable[[], None]:
        return lambda: self.wishes.append(name)

    def phase(self) -> Phase | None:
        """Where the session stands."""
        return self.world.runner.phase

    def offered(self) -> list[str]:
        """The words of the menu, from top to bottom."""
        self.tray.menu.aboutToShow.emit()
        return [each.text() for each in self.tray.menu.actions() if each.isVisible() and each.text()]

    def choose(self, words: str) -> None:
        """Choose an entry, of the submenu as well."""
        self.tray.menu.aboutToShow.emit()
        others = self.tray.menu.findChild(QMenu)
        found: list[QAction] = [*self.tray.menu.actions(), *(others.actions() if others else [])]
        [action] = [each for each in found if each.text() == words and each.isVisible()]
        action.trigger()


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    """A tray."""
    desk = Desk(world)
    yield desk
    desk.tray.deleteLater()


def test_the_menu_at_rest(desk: Desk) -> None:
    """The last preset with its length, all others, the window, and the way out."""
    assert desk.offered() == [
        "Start Lower back, 100 s",
        "Start another preset",
        "Open MatSession",
        "Quit",
    ]
    desk.choose("Start Lower back, 100 s")
    desk.choose("Neck, shoulders and the upper part of the back")
    desk.choose("Open MatSession")
    desk.choose("Quit")
    assert desk.wishes == ["lower_back", "neck", "open", "quit"]


def test_the_programme_comes_first_in_the_menu(desk: Desk) -> None:
    """Today's session of it, while there is one."""
    desk.world.programme.start()
    assert desk.offered()[:2] == ["Start day 1: Lower back, 1 min", "Start Lower back, 100 s"]
    desk.choose("Start day 1: Lower back, 1 min")
    assert desk.wishes == ["programme"]
    desk.world.programme.pause()
    assert desk.offered()[0] == "Start Lower back, 100 s"
    CourseFile(desk.world.course_file).save(begun_anew(desk.world.programme.today()))
    assert desk.offered()[0] == "Start day 1: Lower back, 1 min"  # it was said on the command line


def test_the_menu_in_a_session(desk: Desk) -> None:
    """Where it stands, and what can be done with it."""
    desk.world.start()
    desk.world.pass_time(40)
    assert desk.offered() == [
        "Lower back, 1:00 left",
        "Pause",
        "1 minute more",
        "End session",
        "Open mat view",
        "Open MatSession",
        "Quit…",
    ]
    desk.choose("Pause")
    assert desk.phase() is Phase.PAUSED
    assert "Go on" in desk.offered()
    desk.choose("Go on")
    desk.choose("1 minute more")
    assert desk.offered()[0] == "Lower back, 2:00 left"
    desk.choose("Open mat view")
    desk.choose("End session")
    assert desk.phase() is Phase.STOPPED
    assert desk.offered()[0] == "Start Lower back, 100 s"
    assert desk.wishes == ["mat_view"]


def test_settling_in_and_an_open_end(desk: Desk) -> None:
    """The first line says what there is to say."""
    desk.world.start(preparation_s=20)
    assert desk.offered()[0] == "Lower back, settling in"
    desk.world.runner.end()
    desk.world.start(open_ended=True)
    desk.world.pass_time(25)
    assert desk.offered()[0] == "Lower back, 0:25 so far"


def test_lengths_and_names_are_as_they_are_now(world: World) -> None:
    """The length last chosen; an open end; a name with an ampersand."""
    world.library._load = lambda: world.library._loaded._replace(
        presets=(make_preset(id="lower_back", name="Back & neck"),)
    )
    desk = Desk(world)
    world.preferences.change(lengths_s={"lower_back": 120})
    world.library.reload()
    assert desk.offered()[0] == "Start Back && neck, 2 min"
    world.preferences.change(open_ends={"lower_back": True})
    assert desk.offered()[0] == "Start Back && neck, open end"


def test_reminders_have_their_places(desk: Desk) -> None:
    """A line at rest, a wish for quiet, and a dot on the icon."""
    desk.tray.tell_at_rest("Next reminder: today, 21:00")
    desk.tray.offer_quiet(True)
    assert desk.offered()[0] == "Next reminder: today, 21:00"
    desk.choose("Quiet until tomorrow")
    assert desk.wishes == ["quiet"]
    desk.tray.show_due(True)
    assert desk.tray.state == TrayState(due=True)


def test_the_icon_is_painted_at_most_twelve_times_in_a_session(desk: Desk) -> None:
    """As it fills, however often time is looked at; bars while it is paused; the mark afterwards."""
    states = [desk.tray.state]
    desk.world.start()
    for _ in range(99):
        desk.world.pass_time(1)
        if desk.tray.state != states[-1]:
            states.append(desk.tray.state)
    assert states == [TrayState(), *(TrayState(lit) for lit in range(12))]
    desk.world.runner.pause()
    assert desk.tray.state == TrayState(11, paused=True)
    desk.world.runner.stop()
    assert desk.tray.state == TrayState()


def test_each_state_has_a_picture_of_its_own(qtbot: QtBot) -> None:
    """In every size that is asked for."""
    states = [TrayState(), TrayState(due=True), TrayState(0, paused=True)]
    states += [TrayState(lit) for lit in range(12)]
    for size_px in SIZES_PX:
        images = [tray_icon(state).pixmap(QSize(size_px, size_px)).toImage() for state in states]
        assert all(image.width() == size_px for image in images)
        assert all(one != other for number, one in enumerate(images) for other in images[:number])


# -- the window -----------------------------------------------------------------------------------------


def notice(window: MainWindow) -> TrayNotice:
    """What is said at the first closing."""
    [box] = window.findChildren(TrayNotice)
    return box


def test_closing_hides_where_there_is_a_tray_and_says_so_once(world: World, open_window: Open) -> None:
    """In a session too, which goes on; the second time nothing is said."""
    window = open_window(world)
    world.tray.there = True
    world.start()
    window.close()
    assert window.isVisible()
    assert notice(window).windowTitle() == "MatSession goes on in the tray"
    click(button(notice(window), "Hide the window"))
    assert not window.isVisible()
    assert world.runner.active
    assert world.preferences.settings.tray_told
    window.come_forward()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert world.runner.active


def test_the_notice_can_be_put_aside(world: World, open_window: Open) -> None:
    """Then the window stays, and it will be said again."""
    window = open_window(world)
    world.tray.there = True
    window.close()
    notice(window).reject()
    assert window.isVisible()
    assert not world.preferences.settings.tray_told


def test_quitting_is_possible_from_the_notice(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Close-to-tray that cannot be quit is a complaint about other programs."""
    window = open_window(world)
    world.tray.there = True
    window.close()
    with qtbot.waitSignal(window.closed):
        click(button(notice(window), "Quit instead"))
    assert not window.isVisible()


def test_quitting_asks_about_a_session(world: World, open_window: Open, qtbot: QtBot) -> None:
    """From a hidden window as well; whoever keeps going has it in the tray again."""
    window = open_window(world)
    world.tray.there = True
    world.preferences.change(tray_told=True)
    world.start()
    world.pass_time(30)
    window.close()
    assert not window.isVisible()
    window.quit()
    assert window.isVisible()
    [question] = window.findChildren(CloseQuestion)
    click(button(question, "Keep going"))
    window.close()
    assert not window.isVisible()
    assert world.runner.active
    window.quit()
    question = window.findChildren(CloseQuestion)[-1]
    with qtbot.waitSignal(window.closed):
        click(button(question, "End and close"))
    [row] = world.store.rows.values()
    assert (row.state, row.done_s) == (RowState.STOPPED, 30.0)


def test_a_hidden_window_can_be_quit(world: World, open_window: Open, qtbot: QtBot) -> None:
    """From the tray's menu, without being shown first; also one that was never shown."""
    window = open_window(world)
    world.tray.there = True
    world.preferences.change(tray_told=True)
    window.close()
    with qtbot.waitSignal(window.closed):
        window.quit()
    fresh = world.window()
    qtbot.addWidget(fresh)
    with qtbot.waitSignal(fresh.closed):
        fresh.quit()


def test_a_shutdown_closes_a_hidden_window(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Nothing is hidden or asked then; the session is saved."""
    window = open_window(world)
    world.tray.there = True
    world.start()
    world.pass_time(12)
    with qtbot.waitSignal(window.closed):
        window.leave()
    [row] = world.store.rows.values()
    assert row.state is RowState.STOPPED


def test_without_a_tray_closing_closes(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A window that hid where nothing shows it again would be lost."""
    window = open_window(world)
    with qtbot.waitSignal(window.closed):
        window.close()


def no_tray_notice(window: MainWindow) -> NoTrayNotice:
    """What is asked at the first closing without a tray."""
    [box] = window.findChildren(NoTrayNotice)
    return box


def remind(world: World, *, on: bool = True) -> None:
    """Have one reminder."""
    world.reminders.book.put(
        Reminder(id="evening", time_min=21 * 60, weekdays=frozenset(Weekday), on=on, preset_id="lower_back")
    )


def test_without_a_tray_it_is_asked_once_for_the_sake_of_reminders(world: World, open_window: Open) -> None:
    """They would end without a word; who minimises has every later closing minimise."""
    window = open_window(world)
    remind(world)
    window.close()
    window.close()
    assert window.isVisible()
    click(button(no_tray_notice(window), "Minimise"))
    assert window.isMinimized()
    assert world.preferences.settings.close_without_tray == "minimise"
    window.come_forward()
    assert not window.isMinimized()
    world.start()
    window.close()
    assert window.isMinimized()
    assert world.runner.active
    assert world.preferences.settings.window_width == window.width()


def test_quit_is_remembered_too(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The next window ends at once."""
    window = open_window(world)
    remind(world)
    window.close()
    with qtbot.waitSignal(window.closed):
        click(button(no_tray_notice(window), "Quit"))
    assert world.preferences.settings.close_without_tray == "quit"
    fresh = open_window(world)
    with qtbot.waitSignal(fresh.closed):
        fresh.close()


def test_the_question_can_be_put_aside(world: World, open_window: Open) -> None:
    """Nothing is remembered; it comes again, and a quit by the keys or a shutdown needs no answer."""
    window = open_window(world)
    remind(world)
    window.close()
    no_tray_notice(window).reject()
    assert window.isVisible()
    assert world.preferences.settings.close_without_tray == "ask"
    window.close()
    assert window.isVisible()


@pytest.mark.parametrize("way", ["quit", "leave"])
def test_who_quits_is_not_asked_about_reminders(
    world: World, open_window: Open, qtbot: QtBot, way: str
) -> None:
    """Quit says what it means, and at a shutdown nobody can answer."""
    window = open_window(world)
    remind(world)
    with qtbot.waitSignal(window.closed):
        getattr(window, way)()


def test_reminders_that_are_off_are_no_reason_to_ask(world: World, open_window: Open, qtbot: QtBot) -> None:
    """None of them would have come."""
    window = open_window(world)
    remind(world, on=False)
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_session_is_asked_about_first(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Then the reminders are; two boxes at once would be one too many."""
    window = open_window(world)
    remind(world)
    world.start()
    world.pass_time(45)
    window.close()
    assert not window.findChildren(NoTrayNotice)
    [question] = window.findChildren(CloseQuestion)
    click(button(question, "End and close"))
    assert not world.runner.active
    with qtbot.waitSignal(window.closed):
        click(button(no_tray_notice(window), "Quit"))
    [row] = world.store.rows.values()
    assert (row.state, row.done_s) == (RowState.STOPPED, 45.0)


# -- the settings ---------------------------------------------------------------------------------------


def test_start_at_login_is_what_the_system_says(world: World, qtbot: QtBot) -> None:
    """Read each time the page is shown; a failure is told, and the switch shows what is."""
    page = world.settings_page()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    switch = named(page, Switch, "Start at login")
    assert isinstance(switch, Switch)
    click(switch)
    assert world.autostart.on
    page.hide()
    world.autostart.on = False  # somebody removed it
    page.show()
    assert not switch.isChecked()
    world.autostart.failure = MatSessionError("Start at login could not be changed: read-only.")
    click(switch)
    assert not switch.isChecked()
    assert switch.accessibleDescription() == "Start at login could not be changed: read-only."


def test_where_the_desktop_decides_there_is_nothing_to_switch(world: World, qtbot: QtBot) -> None:
    """And a hint says who does."""
    world.autostart.possible = False
    page = world.settings_page()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    switch = named(page, Switch, "Start at login")
    assert not switch.isEnabled()
    assert switch.accessibleDescription() == "Here the settings of your desktop decide about it."


def test_the_icon_can_be_switched_off(world: World) -> None:
    """Then closing closes, whatever the desktop has."""
    world.preferences.change(tray=False)
    desk = Desk(world)
    assert desk.tray.icon is None
    assert not world.tray.there
    assert replace(Settings(), tray=False) != Settings()
