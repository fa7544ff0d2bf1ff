"""What a scene plays on: the real program and its window, on a clock turned by hand."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QPoint,
    QPropertyAnimation,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QScrollArea, QWidget

from matsession.app import texts
from matsession.app.ports import Notice, Notifier
from matsession.app.session_runner import CHECKPOINT_S
from matsession.choices import read_choices
from matsession.desktop.paths import Folders, resources_folder
from matsession.domain.mat import Mat
from matsession.domain.programme_course import Answer
from matsession.domain.programme_course import answered as told
from matsession.domain.record import SessionRecord
from matsession.domain.reminder import QuietHours, Reminder
from matsession.domain.session import Phase, SessionView
from matsession.domain.settings import Settings
from matsession.main import Program, build
from matsession.storage.own_mats import OwnMatsFile
from matsession.storage.programme_course import CourseFile
from matsession.storage.programme_file import read_programme
from matsession.storage.reminders import RemindersFile
from matsession.storage.settings_file import SettingsFile
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.reminder_window import WindowNotifier
from matsession.ui.widgets.session_table import SessionTable
from tools.shots.sample_history import add_to, write_sample
from tools.shots.sample_programme import followed
from tools.shots.stand_ins import BUILT_IN, FixedClock, QuietSound, QuietSpeech

Kind = TypeVar("Kind", bound=QWidget)

USUAL: Final = Settings(last_preset="lower_back", last_output=BUILT_IN.name, programme_shown=False)
"""Somebody who has used the program for a while."""

_ROUNDS = 5
"""So many times the event loop runs empty: a layout may ask for another one."""
_PARTS_MAX = 12
_ABOVE_PX = 20
_OVERLAP = 0.9
"""The next part of a page that scrolls begins so much further down."""


class Stage:
    """One scene, from an empty home to its picture. A scene begins with ``open``."""

    def __init__(self, home: Path, size: QSize, history: Path) -> None:
        """Keep everything in ``home``, which is new.

        ``history`` is a file with the sample history, made where it is missing; scenes share it, and the
        cache beside it.
        """
        cache = history.with_name("cache")
        self.folders = Folders(home / "data", home / "config", cache, home / "run", resources_folder())
        self.clock = FixedClock()
        self._size = size
        self._history = history
        self._program: Program | None = None
        self._window: MainWindow | None = None
        self._notifier: WindowNotifier | None = None
        self._others = QApplication.topLevelWidgets()

    # -- before the window ---------------------------------------------------------------------------

    def open(
        self,
        *,
        settings: Settings = USUAL,
        sound: QuietSound | None = None,
        history: bool = True,
        left_open: SessionRecord | None = None,
        more: Iterable[SessionRecord] = (),
        own_presets: Mapping[str, str] | None = None,
    ) -> MainWindow:
        """Start the program as a person finds it, and wait until it can be used.

        ``own_presets`` are files by name. Without ``history`` nothing was ever done.
        """
        if history:
            self._copy_history()
        if left_open is not None:
            add_to(self.folders.history_file, left_open)
        if sessions := tuple(more):
            self.folders.data.mkdir(parents=True, exist_ok=True)
            add_to(self.folders.history_file, *sessions)
        SettingsFile(self.folders.settings_file).save(settings)
        for name, text in (own_presets or {}).items():
            self.folders.own_presets.mkdir(parents=True, exist_ok=True)
            (self.folders.own_presets / name).write_text(text, encoding="utf-8")
        sound = sound or QuietSound()
        choices = read_choices(self.folders)
        self._program = build(self.folders, choices, clock=self.clock, chimes=sound, speech=QuietSpeech())
        self._window = MainWindow(choices.presets, choices.preferences, self._program.session_parts)
        self._window.resize(self._size)
        self._window.show()
        QTest.qWaitForWindowActive(self._window)
        self.settle()
        return self._window

    def follow_programme(self, through: int, *, ago: int = 1, answered: bool = True) -> list[SessionRecord]:
        """Have the days up to this one done, the last ``ago`` days ago; the lines of it, for ``open``.

        ``answered``: it has been said that no marks were left.
        """
        programme = read_programme(self.folders.programme_file)
        course, lines = followed(programme, through, ago=ago)
        if answered and course.last is not None:
            course = told(course, course.last, marks=Answer.NO)
        CourseFile(self.folders.programme_course_file).save(course)
        return lines

    def write_reminders(self, *reminders: Reminder, quiet: QuietHours) -> None:
        """Keep these, before the window is opened."""
        RemindersFile(self.folders.reminders_file).save(reminders, quiet)

    def write_mats(self, *mats: Mat, in_use: str = "") -> None:
        """Keep these, before the window is opened."""
        OwnMatsFile(self.folders.mats_file).save(mats, in_use)

    def show_notice(self, notice: Notice) -> None:
        """Show it in a window of our own."""
        self._notifier = WindowNotifier(lambda: None)
        self._notifier.show(notice)
        self.settle()

    def show_notices_by(self, notifier: Notifier) -> None:
        """Let this one show what reminders tell, once the program is open."""
        self.program.reminding._notifier.add(notifier)  # ``begin`` would watch files and wait, too

    def _copy_history(self) -> None:
        if not self._history.exists():
            write_sample(self._history)
        self.folders.data.mkdir(parents=True, exist_ok=True)
        shutil.copy(self._history, self.folders.history_file)

    # -- what there is -------------------------------------------------------------------------------

    @property
    def program(self) -> Program:
        """The program, once it is open."""
        assert self._program is not None, "a scene begins with open()"
        return self._program

    @property
    def window(self) -> MainWindow:
        """The window, once it is open."""
        assert self._window is not None, "a scene begins with open()"
        return self._window

    def find(self, kind: type[Kind]) -> Kind:
        """The first of this kind that can be seen."""
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert found, f"no {kind.__name__} to be seen"
        return found[0]

    # -- a person's hands ----------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focused: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key, modifier)
        self.settle()

    def press_in_front(self, key: Qt.Key) -> None:
        """Press a key in the window that stands in front of the others, as the window system does."""
        QTest.keyClick(self.windows()[-1].windowHandle(), key)
        self.settle()

    def scroll_to(self, text: str) -> None:
        """Bring the words ``text`` to the top of the part that scrolls."""
        for label in self.window.findChildren(QLabel):
            if label.isVisible() and label.text() == texts.tr(text):
                area: QWidget | None = label
                while area is not None and not isinstance(area, QScrollArea):
                    area = area.parentWidget()
                assert area is not None, f"{text!r} is not within what scrolls"
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + label.mapTo(area.viewport(), QPoint(0, 0)).y() - _ABOVE_PX)
                self.settle()
                return
        raise AssertionError(f"nothing says {text!r}")

    def click(self, text: str) -> None:
        """Click on the button that says ``text``, in whichever language the program speaks now."""
        for button in self.window.findChildren(QAbstractButton):
            if button.isVisible() and button.text() == texts.tr(text):
                button.click()
                self.settle()
                return
        raise AssertionError(f"no button says {text!r}")

    def click_again(self, text: str, number: int) -> None:
        """Click on the one with this number, from 0, of several buttons that say ``text``."""
        same = [
            each
            for each in self.window.findChildren(QAbstractButton)
            if each.isVisible() and each.text() == texts.tr(text)
        ]
        same[number].click()
        self.settle()

    def offers(self, text: str) -> bool:
        """Whether there is a button to be seen that says ``text``."""
        buttons = self.window.findChildren(QAbstractButton)
        return any(each.isVisible() and each.text() == texts.tr(text) for each in buttons)

    def wait_for(self, done: Callable[[], bool]) -> None:
        """Let the program work until it is done."""
        deadline = QDeadlineTimer(10_000)
        while not done():
            assert not deadline.hasExpired(), "it takes too long"
            QCoreApplication.processEvents()
        self.settle()

    def choose(self, name: str, number: int) -> None:
        """Choose a line of the list that drops down and is called ``name``."""
        for choice in self.window.findChildren(QComboBox):
            if choice.isVisible() and choice.accessibleName() == texts.tr(name):
                choice.setCurrentIndex(number)
                self.settle()
                return
        raise AssertionError(f"nothing to choose from is called {name!r}")

    def select_first_session(self) -> None:
        """Stand on the first line of the list of sessions."""
        table = self.find(SessionTable)
        table.setFocus()
        table.select([0])
        self.settle()

    def page(self, page: Page) -> None:
        """Go to a page of the navigation by its key."""
        self.press(Qt.Key(Qt.Key.Key_1.value + page), Qt.KeyboardModifier.ControlModifier)

    def begin(self) -> None:
        """Start what the session page shows."""
        self.press(Qt.Key.Key_Return)

    def begin_running(self, elapsed_s: float) -> None:
        """Start it, settle in, and come to this session time."""
        self.begin()
        self.pass_time(USUAL.preparation_s + elapsed_s)

    def pass_time(self, seconds: float) -> None:
        """Let time pass as it does for a hidden window: from one thing that happens to the next."""
        while seconds > 0:
            view = self.program.runner.view()
            step_s = min(seconds, CHECKPOINT_S if view is None else _until_something_happens_s(view))
            self.clock.advance(step_s)
            self.program.runner.tick()
            seconds -= step_s
        self.settle()

    def sleep(self, seconds: float) -> None:
        """The computer sleeps and wakes."""
        self.clock.sleep(seconds)
        self.program.runner.tick()
        self.settle()

    def lose_history(self) -> None:
        """The disk with the history is gone."""
        shutil.rmtree(self.folders.data)

    # -- the picture ---------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything find its place."""
        for _ in range(_ROUNDS):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self._window is not None:
            for fade in self._window.findChildren(QPropertyAnimation):
                if fade.state() is QPropertyAnimation.State.Running:
                    fade.setCurrentTime(fade.duration())

    def windows(self) -> list[QWidget]:
        """What is open: the program's window, unless it is hidden, then what stands in front of it."""
        shown = [
            each
            for each in QApplication.topLevelWidgets()
            if each not in self._others and each.isVisible() and not each.isMinimized()
        ]
        return sorted(shown, key=lambda each: each is not self._window)

    def picture(self) -> QImage:
        """All of it as it is now."""
        first, *others = self.windows()
        picture = first.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for each in others:
            drops_down = each.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            picture = _put_in_front(picture, each, each.pos() - first.pos() if drops_down else None)
        return picture

    def pictures(self) -> list[QImage]:
        """The same, and where the page scrolls one more for each part further down."""
        found = [self.picture()]
        areas = [area for area in self.window.findChildren(QScrollArea) if area.isVisible()]
        area = max(areas, key=lambda area: area.verticalScrollBar().maximum(), default=None)
        if area is None:
            return found
        bar = area.verticalScrollBar()
        while bar.value() < bar.maximum() and len(found) < _PARTS_MAX:
            bar.setValue(bar.value() + round(_OVERLAP * bar.pageStep()))
            self.settle()
            found.append(self.picture())
        return found

    def close(self) -> None:
        """Clear the stage."""
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None
        if self._window is not None:
            self._window.deleteLater()
            self._window = None
            self.settle()
        if self._program is not None:
            while self._program.runner.active:  # an open end needs two
                self._program.runner.stop()
            self._program.close()
            self._program = None


def _until_something_happens_s(view: SessionView) -> float:
    """No longer than until the next cue: one that comes late would be told as such."""
    if view.phase is Phase.PREPARATION:
        return view.preparation_left_s
    coming = [cue.at_s - view.elapsed_s for cue in view.plan.cues if cue.at_s > view.elapsed_s]
    return min([CHECKPOINT_S, *coming])


def _put_in_front(picture: QImage, dialog: QWidget, at: QPoint | None) -> QImage:
    """The dialog ``at`` its place, else in the middle; in a larger picture where it sticks out.

    A thin line stands for its frame.
    """
    face = dialog.grab().toImage()
    size = picture.size().expandedTo(face.size() + QSize(2, 2))
    both = QImage(size, picture.format())
    both.fill(dialog.palette().color(QPalette.ColorRole.Window))
    middle = QPoint((size.width() - face.width()) // 2, (size.height() - face.height()) // 2)
    place = QRect(middle if at is None else at, face.size())
    painter = QPainter(both)
    painter.drawImage(0, 0, picture)
    painter.fillRect(place.adjusted(-1, -1, 1, 1), QColor(dialog.palette().color(QPalette.ColorRole.Dark)))
    painter.drawImage(place.topLeft(), face)
    painter.end()
    return both
