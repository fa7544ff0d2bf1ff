"""A window on stand-ins: time is turned by hand, history lies in a dictionary."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import lru_cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession.app.exchange import HistoryFiles
from matsession.app.journal import Journal, OpenedStore
from matsession.app.mat_shelf import MatShelf
from matsession.app.media_control import MediaControl
from matsession.app.morning_question import MorningQuestion
from matsession.app.mute import Mute
from matsession.app.one_button_control import OneButtonControl
from matsession.app.preferences import Preferences
from matsession.app.preset_book import PresetBook
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.programme_book import ProgrammeBook
from matsession.app.reminder_book import ReminderBook
from matsession.app.reminder_notices import ReminderNotices
from matsession.app.reminder_parts import ReminderParts
from matsession.app.reminder_scheduler import ReminderScheduler
from matsession.app.safekeeping import Safekeeping
from matsession.app.session_book import SessionBook
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_parts import SessionParts
from matsession.app.session_runner import SessionRunner
from matsession.app.setting_changes import SettingChanges
from matsession.app.speaker import Speaker
from matsession.app.time_teller import TimeTeller
from matsession.app.tray_presence import TrayPresence
from matsession.app.try_out import TryOut
from matsession.app.unheard_end import UnheardEnd
from matsession.app.voice import Voice
from matsession.desktop.pictures import keep_picture
from matsession.domain.body import BodyArea, Layer, Surface
from matsession.domain.evidence import Evidence
from matsession.domain.guidance import (
    AskedWhen,
    Better,
    Caution,
    CautionLevel,
    Guidance,
    RatingScale,
)
from matsession.domain.mat import CatalogueMat
from matsession.domain.preset import Preset
from matsession.domain.programme import Programme, ProgrammeDay
from matsession.domain.proof import CueReport
from matsession.domain.settings import Settings, ThemeChoice
from matsession.storage.evidence_file import read_evidence
from matsession.storage.morning_state import MorningStateFile
from matsession.storage.own_mats import OwnMatsFile
from matsession.storage.programme_course import CourseFile
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.theme import apply_theme
from tests.app.reminding import FakeAlarm, FakeNotifier
from tests.fakes import FakeAutostart, FakeClock, FakeLock, FakeSpeech, FakeStore, make_preset, make_step
from tests.ui.fake_sound import FakeSound
from tools.shots.__main__ import fix_surroundings

KNOWN = Path(__file__).parents[2] / "resources" / "evidence.toml"


@lru_cache(maxsize=1)
def read_known() -> Evidence:
    """What comes with the program."""
    return read_evidence(KNOWN)


GUIDANCE = Guidance(
    cautions=(
        Caution(
            "skin", CautionLevel.DO_NOT_USE, "Broken skin", "Do not use the mat on broken skin.", asked=True
        ),
        Caution(
            "fever",
            CautionLevel.DO_NOT_USE,
            "Fever",
            "Do not use the mat with a fever.",
            unsourced="Do not use the mat with a fever.",
            asked=True,
        ),
        Caution("heart", CautionLevel.ASK_FIRST, "Heart disease", "Ask your doctor first.", asked=True),
        Caution("asleep", CautionLevel.NOTE, "Falling asleep", "The program ends by itself."),
        Caution("all", CautionLevel.GROUP, "All", "Stands for others.", members=("skin", "fever")),
    ),
    scales=(
        RatingScale(
            "pain_nrs",
            AskedWhen.BEFORE_AFTER,
            "How much pain do you have right now?",
            "0 no pain",
            "10 worst pain imaginable",
            Better.LOWER,
        ),
        RatingScale(
            "sleep_sqs",
            AskedWhen.NEXT_MORNING,
            "How was your sleep last night?",
            "0 terrible",
            "10 excellent",
            Better.HIGHER,
        ),
        RatingScale(
            "discomfort_peak",
            AskedWhen.AFTER,
            "How strong was the strongest moment on the mat?",
            "0 nothing",
            "10 unbearable",
            Better.NONE,
        ),
    ),
    stop_signs=("Sharp pain that does not ease", "Numbness, or a limb falling asleep", "Dizziness"),
)

CATALOGUE = (
    CatalogueMat("thirty", "Thirty by seventeen", "source_text", 762, 431.8, 25.4, 8820, note="A note."),
    CatalogueMat("plate", "Hard plate", "vendor", rigid=True),
    CatalogueMat("set", "Mat and pillow", "review", pillow=True, includes="pillow"),
)

LOWER_BACK = make_preset(
    id="lower_back",
    name="Lower back",
    summary="Knees bent, belly breathing, weight shared by the whole lower back.",
    setup=("Mat lengthwise, from the lower ribs to the tailbone.", "Knees bent, or calves up on a chair."),
    cautions=("Not on a fresh injury or a severe new pain.",),
    avoid_if=("all",),
    after="Roll to your side first; do not sit straight up from lying.",
)
NECK = make_preset(
    id="neck",
    name="Neck, shoulders and the upper part of the back",
    area=BodyArea.NECK,
    steps=tuple(make_step(f"step_{number}", 30) for number in range(8)),
    suggested_s=240,
    min_total_s=240,
    max_total_s=240,
)
REST = make_step("more_rest", 60)
PROGRAMME = Programme(
    id="two_days",
    name="Two days",
    rules=("Repeat what was too strong.",),
    days=(
        ProgrammeDay(1, 1, "lower_back", Layer.TOWEL, Surface.SOFT, note="One minute."),
        ProgrammeDay(2, 0, "", Layer.NONE, Surface.MEDIUM, rest=True, note="Rest day."),
        ProgrammeDay(3, 4, "neck", Layer.TSHIRT, Surface.SOFT, note="Four minutes."),
    ),
)
DATA, CONFIG = Path("/home/someone/data"), Path("/home/someone/config")


@dataclass
class World:
    """Everything a window needs, and what stands behind it."""

    clock: FakeClock = field(default_factory=FakeClock)
    chimes: FakeSound = field(default_factory=FakeSound)
    speech: FakeSpeech = field(default_factory=FakeSpeech)
    store: FakeStore = field(default_factory=FakeStore)
    lock: FakeLock = field(default_factory=FakeLock)
    presets: tuple[Preset, ...] = (LOWER_BACK, NECK)
    preset_problems: tuple[str, ...] = ()
    setting_problems: tuple[str, ...] = ()
    settings: Settings = field(
        default_factory=lambda: Settings(last_preset="lower_back", programme_shown=False)
    )
    saved: list[Settings] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Join them as the composition root does."""
        self.runner = SessionRunner(self.clock)
        self.mats = MatShelf(
            OwnMatsFile(Path.home() / "mats.toml"), Path.home() / "photos", lambda: CATALOGUE, keep_picture
        )
        self.journal = Journal(self.runner, lambda: OpenedStore(self.store), mat_name=self.mats.name_in_use)
        self.library = PresetLibrary(lambda: LoadedPresets(self.presets, self.preset_problems), GUIDANCE)
        self.preferences = Preferences(self.settings, self.saved.append, self.setting_problems)
        self.library.heed(self.preferences, self.mats)
        self.changes = SettingChanges(self.preferences)
        clock = (
            self.clock
        )  # nothing here may hold the world itself: timers would wait for the garbage collector
        self.book = SessionBook(self.journal, self.preferences, lambda: clock.now().wall)
        self.morning_file = Path.home() / "next-morning.json"
        self.morning = MorningQuestion(
            self.journal,
            self.book,
            self.preferences,
            GUIDANCE,
            MorningStateFile(self.morning_file),
        )
        self.course_file = Path.home() / "programme.toml"
        self.programme = ProgrammeBook(
            lambda: PROGRAMME,
            CourseFile(self.course_file),
            self.runner,
            self.journal,
            self.library,
            self.preferences,
        )
        self.launcher = SessionLauncher(
            self.runner, self.journal, self.chimes, self.lock, GUIDANCE, self.preferences
        )
        self.voice = Voice(self.speech)
        self.voice.follow(self.preferences)
        self.speaker = Speaker(self.chimes, self.voice)
        self.teller = TimeTeller(self.runner, self.chimes, self.speaker)
        self.control = OneButtonControl(self.runner, self.teller)
        self.media = MediaControl(self.runner, self.teller)
        self._files: HistoryFiles | None = None
        self._keeping: Safekeeping | None = None
        self._own_presets: PresetBook | None = None
        self._try_out: TryOut | None = None
        self.unheard_end = UnheardEnd(self.runner, self.chimes, self.preferences)
        self.mute = Mute(self.runner)
        self.alarm = FakeAlarm()
        self.notifier = FakeNotifier()
        folder = Path.home() / "reminders"
        book = ReminderBook(
            RemindersFile(folder / "reminders.toml"), ReminderStateFile(folder / "state.json"), self.clock
        )
        scheduler = ReminderScheduler(
            book,
            self.runner,
            self.journal,
            self.library,
            self.preferences,
            self.clock,
            self.alarm,
            self.clock.now().wall.tzinfo or UTC,
        )
        notices = ReminderNotices(book, scheduler, self.runner, self.chimes, self.notifier)
        self.reminders = ReminderParts(book, scheduler, notices)
        self.autostart = FakeAutostart()
        self.tray = TrayPresence()

    def files(self) -> HistoryFiles:
        """What writes files, made once."""
        if self._files is None:
            self._files = HistoryFiles(self.journal, self.preferences)
        return self._files

    def keeping(self) -> Safekeeping:
        """What makes backups, made once."""
        if self._keeping is None:
            self._keeping = Safekeeping(self.journal, self.book, DATA / "history.sqlite3")
        return self._keeping

    def own_presets(self) -> PresetBook:
        """What keeps own presets, made once."""
        if self._own_presets is None:
            self._own_presets = PresetBook(self.library, self.preferences, Path.home() / "presets")
        return self._own_presets

    def try_out(self) -> TryOut:
        """What lets a preset be tried, made once."""
        if self._try_out is None:
            self._try_out = TryOut(
                self.clock,
                self.chimes,
                self.preferences,
                self.launcher,
                self.runner,
                GUIDANCE,
                Path("/sounds"),
            )
        return self._try_out

    def window(self) -> MainWindow:
        """A window on all this."""
        return MainWindow(self.library, self.preferences, self.session_parts)

    def session_parts(self) -> SessionParts:
        """What a session needs."""
        return SessionParts(
            launcher=self.launcher,
            runner=self.runner,
            journal=self.journal,
            book=self.book,
            programme=self.programme,
            morning=self.morning,
            files=self.files,
            keeping=self.keeping,
            chimes=self.chimes,
            voice=self.voice,
            speaker=self.speaker,
            teller=self.teller,
            control=self.control,
            media=self.media,
            unheard_end=self.unheard_end,
            mute=self.mute,
            background_file=self.background_file,
            rest=REST,
            changes=self.changes,
            mats=self.mats,
            data_folder=DATA,
            config_folder=CONFIG,
            presets=self.own_presets,
            try_out=self.try_out,
            reminders=self.reminders,
            autostart=self.autostart,
            tray=self.tray,
            evidence=read_known,
        )

    def background_file(self) -> Path | None:
        """As the mixing desk tells it."""
        wish = self.preferences.settings.background
        return Path("/sounds") / wish if wish else None

    def hear(self, reports: Sequence[CueReport]) -> None:
        """The output tells what became of these chimes."""
        for report in reports:
            self.journal.note_cue(report)

    def running_page(self) -> RunningPage:
        """The page of a session."""
        return RunningPage(self.runner, self.preferences, self.chimes, self.teller, self.mute)

    def rating_page(self) -> RatingPage:
        """The page after a session."""
        return RatingPage(self.library, self.journal, self.runner, REST, self.programme.is_of_programme)

    def settings_page(self) -> SettingsPage:
        """The page of settings."""
        return SettingsPage(
            self.changes,
            self.chimes,
            self.voice,
            self.background_file,
            DATA,
            CONFIG,
            self.autostart,
            self.library,
            self.mats,
        )

    def start(self, *, preparation_s: float = 0, open_ended: bool = False) -> None:
        """Begin a session of 100 seconds, or one without an end."""
        self.launcher.start(LOWER_BACK, 100, preparation_s, open_ended=open_ended)

    def pass_time(self, seconds: float) -> None:
        """Let time pass and be seen."""
        self.clock.advance(seconds)
        self.runner.tick()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to talk to, QTest no letter for media keys."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "keyToAscii"))


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """The same look for each test, whatever the machine prefers."""
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    theme.setParent(None)


@pytest.fixture
def world() -> World:
    """A world at rest."""
    return World()


@pytest.fixture
def open_window(qtbot: QtBot) -> Callable[..., MainWindow]:
    """Open a window on a world, at a size, and wait until it can be used."""
    held: list[MainWindow] = []

    def opening(world: World, width: int = 1100, height: int = 760) -> MainWindow:
        window = world.window()
        held.append(window)
        qtbot.addWidget(window, before_close_func=lambda _window: world.runner.stop())
        window.resize(width, height)
        with qtbot.waitSignal(window.painted), qtbot.waitActive(window):
            window.show()
        return window

    return opening


@pytest.fixture
def double_text(qapp: QApplication) -> Iterator[None]:
    """Text of twice the size, for as long as the test lasts."""
    before = QFont(qapp.font())
    large = QFont(before)
    large.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(large)
    apply_theme(qapp, ThemeChoice.LIGHT).setParent(None)
    yield
    qapp.setFont(before)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def surroundings(qapp: QApplication) -> Iterator[None]:
    """Fonts and locale of the pictures, for as long as the test lasts."""
    font, locale, flash_ms = QFont(qapp.font()), QLocale(), qapp.cursorFlashTime()
    fix_surroundings(qapp)
    apply_theme(qapp, ThemeChoice.LIGHT).setParent(None)
    yield
    qapp.setFont(font)
    qapp.setCursorFlashTime(flash_ms)
    QLocale.setDefault(locale)
